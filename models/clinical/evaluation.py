"""Whether the evaluation of a suspected serious reaction is open, since when and why, and what it locks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clinical.day_sheet import DaySheet
from models.clinical.facts import EvaluationClosed, EvaluationOpened, InfusionPaused, InfusionStopped
from models.clinical.findings import Level, VitalSet
from models.clinical.infusion_day import ENDS_IN_ERROR, Stand
from models.clinical.progress import Progress
from models.clinical.protocol import Protocol
from models.clinical.sets import DaySets, Report


@dataclass(frozen=True, slots=True, order=True)
class Red:
    """A red set or symptom report that counts."""

    happened_at: datetime
    position: int
    why: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`closed` is the position of the newest closing, 0 before one: it answers what was recorded before it."""

    opened_at: datetime | None
    reason: str
    closed: int

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None


def reds_of(sets: DaySets) -> list[Red]:
    """In the order they happened."""
    seen: list[VitalSet | Report] = [*sets.standing, *sets.reports]
    return sorted(Red(s.happened_at, s.newest_position, s.findings[0].limit) for s in seen if s.level is Level.RED)


def evaluation(sheet: DaySheet, walked: Progress, reds: Sequence[Red]) -> Evaluation:
    """Open by a fact, by a red reading nobody has closed, or by a STOP that nobody has decided on (D-2, D-9)."""
    closed = max((fact.position for fact, _ in sheet.of(EvaluationClosed)), default=0)
    happened_at = {fact.position: fact.happened_at for fact in sheet.facts}
    about = [
        (happened_at.get(fact.caused_by or 0, fact.happened_at), opened.reason)
        for fact, opened in sheet.of(EvaluationOpened)
        if fact.position > closed
    ]
    about += [(red.happened_at, red.why) for red in reds if red.position > closed]
    if walked.stand is Stand.STOPPED and walked.frozen_at is not None:
        about.append((walked.frozen_at, "STOP"))
    if not about:
        return Evaluation(None, "", closed)
    opened_at, reason = min(about, key=lambda one: one[0])
    return Evaluation(opened_at, reason, closed)


def doctor_closed(sheet: DaySheet) -> int:
    """Position of the newest closing with a doctor's decision, 0 before one."""
    return max((f.position for f, closed in sheet.of(EvaluationClosed) if closed.outcome != ENDS_IN_ERROR), default=0)


def resume_needs_evaluation(walked: Progress, state: Evaluation, protocol: Protocol) -> bool:
    """After STOP, after a pause for a reaction and after red, a doctor's name and a reason come first (D-2, D-11)."""
    return state.is_open or (_is_for_reaction(walked, protocol) and not _is_decided(walked, state))


def resumes_slowly(walked: Progress, state: Evaluation, reds: Sequence[Red], protocol: Protocol) -> bool:
    """After STOP, a reaction or the red of this run or pause, Resume offers part of the last rate (D-11)."""
    if walked.idle_since is None:
        return False
    if state.is_open or _is_for_reaction(walked, protocol):
        return True
    ran_at = walked.stretches[-2].begins
    return _is_decided(walked, state) and any(red.happened_at >= ran_at for red in reds)


def _is_for_reaction(walked: Progress, protocol: Protocol) -> bool:
    held = walked.idle_since.details if walked.idle_since is not None else None
    if isinstance(held, InfusionPaused):
        reason = protocol.pause_reasons.get(held.reason)
        return reason is None or reason.locks_resume
    return isinstance(held, InfusionStopped)


def _is_decided(walked: Progress, state: Evaluation) -> bool:
    return walked.idle_since is not None and state.closed > walked.idle_since.position
