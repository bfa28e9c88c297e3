"""The one next thing in a chair: the earliest of anything due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clinical.evaluation import Evaluation
from models.clinical.findings import Level
from models.clinical.infusion_day import CLOSED, Stand
from models.clinical.infusion_figures import Figures
from models.clinical.locks import Lock
from models.clinical.monitoring import FINAL_SET, REPEAT, VITAL_SIGNS, Round
from models.clinical.status import NextStep

ROUND_WORDS = {VITAL_SIGNS: "Vital signs", REPEAT: "Repeat vital signs", FINAL_SET: "Final vital signs"}
SHOWN_LOCKS = 3


@dataclass(frozen=True, slots=True)
class Ahead:
    """All that may be next."""

    stand: Stand
    planned_start: datetime
    may_start_at: datetime | None
    start_locks: Sequence[Lock]
    state: Evaluation
    review_asked_at: datetime | None
    next_round: Round | None
    """None before the infusion and after the day."""
    missed: str
    """Why the round due was not done, where somebody said so."""
    figures: Figures
    ready_since: datetime | None
    now: datetime


def next_step(ahead: Ahead) -> NextStep:
    if ahead.stand in CLOSED:
        return NextStep(what="")
    if ahead.stand is Stand.EXPECTED:
        return NextStep(what="Arrival", due_at=ahead.planned_start)
    if ahead.state.is_open:
        since, why = ahead.state.opened_at, ahead.state.reason
        return NextStep(what="Evaluate", due_at=since, level=Level.RED, overdue=True, detail=why)
    if ahead.next_round is None:
        return _hour_one(ahead)
    steps = [step for step in _steps(ahead, ahead.next_round) if step.due_at is not None]
    return min(steps, key=lambda step: step.due_at or ahead.now)


def _hour_one(ahead: Ahead) -> NextStep:
    """Its end never locks: *may start* or *late* (D-12)."""
    if not ahead.start_locks:
        return NextStep(what="Start infusion", due_at=ahead.may_start_at)
    shown = [lock.words for lock in ahead.start_locks[:SHOWN_LOCKS]]
    more = len(ahead.start_locks) - len(shown)
    detail = ", ".join(shown) + (f" and {more} more" if more else "")
    return NextStep(what="Hour one", due_at=ahead.may_start_at, detail=detail)


def _steps(ahead: Ahead, next_round: Round) -> Iterator[NextStep]:
    """Of two due at the same moment the first counts."""
    yield _due(ahead, ROUND_WORDS[next_round.kind], next_round.due_at, ahead.missed)
    if ahead.review_asked_at is not None:
        yield _due(ahead, "Doctor's review", ahead.review_asked_at)
    if ahead.stand is Stand.PAUSED:
        yield _due(ahead, "Resume infusion", ahead.figures.resume_by)
    if ahead.stand is Stand.RUNNING:
        yield _due(ahead, "Complete infusion", ahead.figures.forecast_end)
    if ahead.stand is Stand.OBSERVATION:
        yield NextStep(what="Discharge", due_at=ahead.ready_since)


def _due(ahead: Ahead, what: str, due_at: datetime | None, detail: str = "") -> NextStep:
    overdue = due_at is not None and ahead.now >= due_at
    level = Level.AMBER if overdue else Level.NORMAL
    return NextStep(what=what, due_at=due_at, level=level, overdue=overdue, detail=detail)
