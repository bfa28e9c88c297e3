"""The alarm statistics of the ward's own last days; a closed day is lived through once and then remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Lock

from models.alarm_statistics import AlarmStatistics, Remembered, alarm_statistics
from models.charting import Charting
from models.clinical.facts import InfusionDay

MOST_DAYS = 30


class AlarmLoad:
    """One at a time: who asks second finds the days of the first remembered."""

    def __init__(self, charting: Charting) -> None:
        self.charting = charting
        self._remembered: Remembered = {}
        self._lock = Lock()

    @property
    def zone(self) -> str:
        return self.charting.store.ward().zone

    def of_last(self, days: int) -> AlarmStatistics:
        """Of today and the dates before it, so many together; today's with those open since earlier."""
        charting = self.charting
        with self._lock:
            asked = [(day, charting.course(day)) for day in self._days(min(days, MOST_DAYS))]
            return alarm_statistics(asked, charting.protocol, charting.clock.now(), self._remembered)

    def _days(self, count: int) -> Iterator[InfusionDay]:
        today = self.charting.local_date()
        found = {day.id: day for day in self.charting.store.open_days(today)}
        for ago in range(1, count):
            on = today - timedelta(days=ago)
            found |= {day.id: day for day in self.charting.store.open_days(on) if day.date == on}
        yield from found.values()
