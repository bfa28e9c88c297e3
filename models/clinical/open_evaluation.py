"""What the panel shows of an open evaluation: its steps, reactions to consider, calls, grade and ways to close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One tick of a check list. A step of another list with the same id is the same step."""

    id: str
    words: str
    kind: str
    """tick, time, past (a time to be asked for, never now), ahead (a time to come), text, yes_no or choice."""
    source: str = ""
    done: bool = False
    answer: str = ""
    at: datetime | None = None
    """The time it tells: when it was done; elapsed time counts from here."""
    done_by: str | None = None
    position: int | None = None
    """Of the newest tick; to take it back is to enter this fact in error."""
    times: tuple[datetime, ...] = ()
    """Of every tick, for what is done again."""
    due_from: datetime | None = None
    due_at: datetime | None = None
    """None when nothing is due; an alert stands from here until it is ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionView:
    """A reaction to consider. `preselected` because of the reported symptoms `because`: a suggestion, no diagnosis."""

    id: str
    words: str
    chosen: bool
    preselected: bool
    because: tuple[str, ...]
    signs: str
    actions: str
    source: str
    steps: tuple[StepView, ...]
    chosen_by: str | None = None
    chosen_at: datetime | None = None
    position: int | None = None
    """Of the fact that chose it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """`whom` is a name of the ward's call numbers, or free text."""

    whom: str
    called_at: datetime | None
    called_by: str | None
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """An outcome the evaluation may be closed with; `refused` is the sentence why not now, else empty."""

    id: str
    words: str
    needs_doctor: bool
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationView:
    """The open evaluation: the head of every prompt, the reactions to consider, calls, grade and the ways to close."""

    opened_at: datetime
    reason: str
    head: tuple[StepView, ...]
    reactions: tuple[ReactionView, ...]
    none_of_these: str
    """The doctor who said that it is none of these; else empty."""
    calls: tuple[CallView, ...]
    grade: int | None
    grade_words: str
    outcomes: tuple[OutcomeView, ...]
    in_error: bool
    """No red reading and no STOP that opened it stands any more: it can be closed as entered in error."""
