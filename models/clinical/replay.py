"""What follows from the facts of a day alone, worked out once for every question about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from models.clinical.day_sheet import DaySheet, lay_out
from models.clinical.evaluation import Evaluation, Red, evaluation, reds_of
from models.clinical.facts import InfusionDay
from models.clinical.go_no_go import HourOne, hour_one, start_locks
from models.clinical.locks import Lock
from models.clinical.monitoring import Rounds, rounds_since
from models.clinical.progress import Progress, progress
from models.clinical.protocol import Protocol
from models.clinical.rest_of_course import Course
from models.clinical.sets import DaySets, OfDay, sets_of
from models.clinical.status import CheckStatus


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    day: InfusionDay
    course: Course
    protocol: Protocol
    sheet: DaySheet
    walked: Progress
    sets: DaySets
    reds: Sequence[Red]
    state: Evaluation
    rounds: Rounds | None
    """None before the infusion was started."""

    @property
    def family_name(self) -> str:
        return self.day.patient.family_name.upper()

    @property
    def red_stands(self) -> bool:
        """A red reading that no closing has answered; without one an open evaluation may be in error (D-9)."""
        return any(red.position > self.state.closed for red in self.reds)

    def hour_one(self, at: datetime) -> tuple[CheckStatus, ...]:
        return hour_one(self._hour_one(at))

    def start_locks(self, at: datetime, lines: Sequence[CheckStatus]) -> list[Lock]:
        return start_locks(self._hour_one(at), lines, evaluation_open=self.state.is_open)

    def _hour_one(self, at: datetime) -> HourOne:
        return HourOne(self.day, self.sheet, self.course, self.protocol, self.sets.standing, at)


def replay(day: InfusionDay, course: Course, protocol: Protocol) -> Replay:
    """The same day is asked about again whenever time passes."""
    return _replay(OfDay(day, course, protocol, None))


@lru_cache(maxsize=100)
def _replay(asked: OfDay) -> Replay:
    day, course, protocol = asked.day, asked.course, asked.protocol
    sheet = lay_out(day.facts)
    walked = progress(sheet.facts)
    sets = sets_of(day, course, protocol, sheet)
    reds = reds_of(sets)
    started_at = walked.started_at
    rounds = rounds_since(started_at, sheet, sets, protocol) if started_at is not None else None
    return Replay(day, course, protocol, sheet, walked, sets, reds, evaluation(sheet, walked, reds), rounds)
