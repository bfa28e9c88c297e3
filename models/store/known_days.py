"""Infusion days as they were read last: a fact never changes, so of a day that is known only newer ones are read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

from sqlalchemy import Connection

from models.clinical.facts import EnteredInError, Fact, InfusionDay, PatientDetailsCorrected
from models.store import reading

MOST_DAYS = 400
"""A ward of thirty chairs with all days of its patients."""
READ_ANEW = (PatientDetailsCorrected, EnteredInError)
"""What may change a patient's details, on every day of that patient: the store applies those itself."""


class KnownDays:
    """Thread-safe. `alongside` compares with the newest positions in the database, `from_memory` does not.

    A day of which nothing new was recorded is the very same object as before.
    """

    def __init__(self) -> None:
        self._days: OrderedDict[str, InfusionDay] = OrderedDict()
        self._of_same_patient: dict[str, tuple[str, ...]] = {}
        """Day → all days of its patient, where nothing can have been recorded that is not known here."""
        self._lock = Lock()
        self.changes = 0
        """How often this process has recorded, or tried to."""

    def from_memory(self, day_id: str) -> list[InfusionDay] | None:
        """As `alongside`, where this process alone writes the database; None where that must be asked."""
        with self._lock:
            days = [self._days.get(each) for each in self._of_same_patient.get(day_id, ())]
        known = [day for day in days if day is not None]
        return known if known and len(known) == len(days) else None

    def trust(self, days: Sequence[InfusionDay], changes: int) -> None:
        """All days of a patient; `changes` as it was before the database was asked: an answer may be older than one."""
        with self._lock:
            if changes == self.changes:
                ids = tuple(day.id for day in days)
                self._of_same_patient |= dict.fromkeys(ids, ids)

    def doubt(self) -> None:
        """Days were booked, a patient's details changed, or nobody knows what was recorded: the database is asked."""
        with self._lock:
            self.changes += 1
            self._of_same_patient.clear()

    def alongside(self, connection: Connection, day_id: str) -> list[InfusionDay]:
        """This day and every other day of its patient; empty where there is no such day."""
        newest = reading.positions_alongside(connection, day_id)
        with self._lock:
            known = [self._days.get(each) for each in newest]
        days = [self._grown(connection, day, newest[day.id]) for day in known if day is not None]
        current = [day for day in days if day is not None]
        if len(current) < len(newest):
            current = reading.days_alongside(connection, day_id)
        self._keep(current)
        return current

    def of(self, day_id: str) -> InfusionDay | None:
        """Without asking the database: maybe older than what it holds."""
        return self._days.get(day_id)

    def append(self, facts: Sequence[Fact]) -> None:
        """What this process has just committed itself; the next writer waits until it is known here."""
        if any(isinstance(fact.details, READ_ANEW) for fact in facts):
            self.doubt()
        with self._lock:
            self.changes += 1
        for day_id in {fact.infusion_day_id for fact in facts}:
            new = tuple(fact for fact in facts if fact.infusion_day_id == day_id)
            with self._lock:
                known = self._days.pop(day_id, None)
            if known is not None and (day := _with(known, new)) is not None:
                self._keep([day])

    def _grown(self, connection: Connection, day: InfusionDay, position: int) -> InfusionDay | None:
        if position <= day.position:
            return day
        return _with(day, reading.facts_after(connection, day.id, day.position))

    def _keep(self, days: Sequence[InfusionDay]) -> None:
        with self._lock:
            for day in days:
                known = self._days.pop(day.id, day)
                # Two at once may have read it: whoever knows more is right.
                self._days[day.id] = known if known.position > day.position else day
            while len(self._days) > MOST_DAYS:
                self._days.popitem(last=False)


def _with(day: InfusionDay, new: tuple[Fact, ...]) -> InfusionDay | None:
    """None where the day must be read anew: as a whole, or because these facts do not follow its own."""
    follows = bool(new) and new[0].position == day.position + 1
    if not follows or any(isinstance(fact.details, READ_ANEW) for fact in new):
        return None
    return replace(day, facts=(*day.facts, *new))
