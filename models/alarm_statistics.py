"""What the alerts of a ward's days cost its nurses: the figures of the statistics page and of the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clinical.alert_history import (
    AlertLoad,
    KindLoad,
    Pairs,
    PastAlert,
    alert_history,
    alert_load,
    chair_hours,
    kind_load,
    pairs,
)
from models.clinical.chair_status import chair_status
from models.clinical.facts import InfusionDay
from models.clinical.protocol import Protocol
from models.clinical.rest_of_course import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAlerts:
    """The alerts one infusion day has had."""

    infusion_day_id: str
    chair: str
    chair_hours: float
    alerts: tuple[PastAlert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmStatistics:
    until: datetime
    chair_hours: float
    load: tuple[AlertLoad, ...]
    """Highest priority first."""
    kinds: tuple[KindLoad, ...]
    pairs: Pairs
    days: tuple[DayAlerts, ...]


Remembered = dict[tuple[str, int], DayAlerts]
"""Closed days by their id and newest position: until somebody corrects one, its alerts stay what they were."""


def alarm_statistics(
    days: Sequence[tuple[InfusionDay, Course]],
    protocol: Protocol,
    until: datetime,
    remembered: Remembered | None = None,
) -> AlarmStatistics:
    """Of days on which somebody arrived; what is remembered is not lived through again."""
    known = {} if remembered is None else remembered
    told = tuple(one for day, course in days if (one := _day(day, course, protocol, until, known)) is not None)
    hours = sum(one.chair_hours for one in told)
    past = [alert for one in told for alert in one.alerts]
    return AlarmStatistics(
        until=until,
        chair_hours=hours,
        load=alert_load(past, hours),
        kinds=kind_load(past, hours),
        pairs=pairs(one.alerts for one in told),
        days=told,
    )


def _day(
    day: InfusionDay, course: Course, protocol: Protocol, until: datetime, remembered: Remembered
) -> DayAlerts | None:
    if (day.id, day.position) in remembered:
        return remembered[day.id, day.position]
    status = chair_status(day, course, protocol, until)
    if status.arrived_at is None:
        return None
    lived = DayAlerts(
        infusion_day_id=day.id,
        chair=status.chair,
        chair_hours=chair_hours(status),
        alerts=alert_history(day, course, protocol, until),
    )
    if status.closed_at is not None:
        remembered[day.id, day.position] = lived
    return lived
