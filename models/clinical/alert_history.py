"""The alerts a day has had: lived through again from record to record and deadline to deadline, and what they cost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from models.clinical.alert import Alert, AlertKind, Priority
from models.clinical.chair_status import chair_status
from models.clinical.day_sheet import lay_out
from models.clinical.facts import AlertAnswered, Fact, InfusionDay
from models.clinical.protocol import Protocol
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus

HOUR = timedelta(hours=1)
HELD = frozenset({"confirmed pair", "red value"})
"""What the repeat raised: red because it held, or red by itself."""
FIRST_OF_PAIR = frozenset({"first of a pair", "repeat missed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAlert:
    """One alert as it was lived through; `priority` is the highest it had."""

    id: str
    kind: AlertKind
    what: str
    priority: Priority
    raised_at: datetime
    times: int
    """How often the same trouble had been raised when this alert was."""
    raised_again: int = 0
    sounded_at: datetime | None = None
    """Since when it waited for an answer; None when its recorder had seen it and it never sounded."""
    escalated: bool = False
    answered_at: datetime | None = None
    """The first answer after it sounded."""
    answered_by: str | None = None
    ended_at: datetime | None = None
    """None when it still stands."""
    holds: bool = True
    """False once the value is normal again, though a high one waits for its outcome."""

    @property
    def rule(self) -> str:
        return self.id.rpartition("/")[0]

    def joined(self, alert: Alert, now: datetime) -> PastAlert:
        """With what it has become."""
        return replace(
            self,
            what=alert.what if alert.priority > self.priority else self.what,
            priority=max(self.priority, alert.priority),
            raised_again=max(self.raised_again, alert.times_raised - self.times),
            sounded_at=now if alert.sounds and self.sounded_at is None else self.sounded_at,
            escalated=self.escalated or alert.escalated,
            holds=alert.holds,
        )

    def answered(self, answers: Sequence[tuple[Fact, AlertAnswered]]) -> PastAlert:
        for fact, said in answers:
            if said.alert == self.id and self.sounded_at is not None and fact.recorded_at >= self.sounded_at:
                return replace(self, answered_at=fact.recorded_at, answered_by=fact.recorded_by)
        return self


def alert_history(day: InfusionDay, course: Course, protocol: Protocol, until: datetime) -> tuple[PastAlert, ...]:
    """In the order they were raised. Each moment knows only what had been recorded by then."""
    past: dict[str, PastAlert] = {}
    standing: set[str] = set()
    for status in _moments(day, course, protocol, until):
        now = {alert.id: alert for alert in status.alerts}
        for id in standing - now.keys():
            past[id] = replace(past[id], ended_at=status.now)
        for id, alert in now.items():
            past[id] = (past.get(id) or _first(alert)).joined(alert, status.now)
        standing = set(now)
    answers = lay_out(day.facts).of(AlertAnswered)
    lived = [one.answered(answers) for one in past.values()]
    return tuple(sorted(lived, key=lambda one: (one.raised_at, one.id)))


def _first(alert: Alert) -> PastAlert:
    return PastAlert(
        id=alert.id,
        kind=alert.kind,
        what=alert.what,
        priority=alert.priority,
        raised_at=alert.raised_at,
        times=alert.times_raised,
    )


def _moments(day: InfusionDay, course: Course, protocol: Protocol, until: datetime) -> Iterator[ChairStatus]:
    """The statuses at every record and at every deadline between two records."""
    records = sorted({fact.recorded_at for fact in day.facts if fact.recorded_at <= until})
    known = day
    for recorded_at, following in zip(records, [*records[1:], until], strict=False):
        known = replace(day, facts=tuple(fact for fact in day.facts if fact.recorded_at <= recorded_at))
        at: datetime | None = recorded_at
        while at is not None:
            status = chair_status(known, course, protocol, at)
            yield status
            at = next((moment for moment in status.deadlines if moment < following), None)
    if records:
        yield chair_status(known, course, protocol, until)


# ---- what they cost --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What some alerts cost over some chair-hours; times in seconds, None when nothing was answered."""

    raised: int
    sounded: int
    raised_again: int
    escalated: int
    answered: int
    median_answer_s: float | None
    p90_answer_s: float | None
    per_chair_hour: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLoad(Load):
    """Of one priority."""

    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLoad(Load):
    """Of one row of the protocol's alerts, `what`, in the priority its alerts came to at most."""

    what: str
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """First readings that would be red if they held: what the repeat said."""

    asked: int
    confirmed: int
    artefact: int


def alert_load(past: Sequence[PastAlert], chair_hours: float) -> tuple[AlertLoad, ...]:
    """Highest priority first."""
    return tuple(
        AlertLoad(priority=priority, **_load([one for one in past if one.priority is priority], chair_hours))
        for priority in sorted(Priority, reverse=True)
    )


def kind_load(past: Sequence[PastAlert], chair_hours: float) -> tuple[KindLoad, ...]:
    """Every kind that was raised, highest priority first, then the most frequent."""
    kinds = {(one.what, one.priority) for one in past}
    loads = [
        KindLoad(what=what, priority=priority, **_load(_of(past, what, priority), chair_hours))
        for what, priority in kinds
    ]
    return tuple(sorted(loads, key=lambda one: (-one.priority, -one.raised, one.what)))


def _of(past: Sequence[PastAlert], what: str, priority: Priority) -> list[PastAlert]:
    return [one for one in past if (one.what, one.priority) == (what, priority)]


def _load(mine: Sequence[PastAlert], chair_hours: float) -> dict[str, Any]:
    waited = sorted(
        (one.answered_at - one.sounded_at).total_seconds() for one in mine if one.sounded_at and one.answered_at
    )  # fmt: skip
    sounded = sum(one.sounded_at is not None for one in mine)
    return {
        "raised": len(mine),
        "sounded": sounded,
        "raised_again": sum(one.raised_again for one in mine),
        "escalated": sum(one.escalated for one in mine),
        "answered": len(waited),
        "median_answer_s": median(waited) if waited else None,
        "p90_answer_s": waited[math.ceil(0.9 * len(waited)) - 1] if waited else None,
        "per_chair_hour": sounded / chair_hours if chair_hours else 0.0,
    }


def pairs(days: Iterable[Sequence[PastAlert]]) -> Pairs:
    """Confirmed by the next alert of the rule, else an artefact; a first reading still asked for again is neither."""
    asked = confirmed = artefact = 0
    for past in days:
        for one in past:
            if one.what not in FIRST_OF_PAIR:
                continue
            asked += 1
            later = [other for other in past if other.rule == one.rule and other.raised_at > one.raised_at]
            if later and later[0].what in HELD:
                confirmed += 1
            elif one.ended_at is not None or not one.holds:
                artefact += 1
    return Pairs(asked=asked, confirmed=confirmed, artefact=artefact)


def chair_hours(status: ChairStatus) -> float:
    """From arrival to the end of the day, or until now."""
    if status.arrived_at is None:
        return 0.0
    return max(((status.closed_at or status.now) - status.arrived_at) / HOUR, 0.0)
