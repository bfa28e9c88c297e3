"""What an act brings about by itself: the level its recorder is shown, and the evaluation that red or STOP opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from models.clinical.evaluation import Evaluation
from models.clinical.facts import (
    EnteredInError,
    EvaluationOpened,
    Fact,
    InfusionDay,
    InfusionStopped,
    ReferenceValueSet,
    SymptomReported,
    VitalSignsRecorded,
)
from models.clinical.findings import Level
from models.clinical.protocol import Protocol
from models.clinical.replay import replay
from models.clinical.rest_of_course import Course
from models.clinical.sets import DaySets
from models.store.rows import NewFact

MAY_OPEN = (VitalSignsRecorded, SymptomReported, InfusionStopped, EnteredInError, ReferenceValueSet)
"""What can turn a chair red, or stops the drug: for all else there is no need to look."""

SHOWS_LEVEL = (VitalSignsRecorded, SymptomReported)


def as_if_recorded(
    day: InfusionDay, lines: Sequence[NewFact], staff: str, now: datetime, device: str = ""
) -> InfusionDay:
    """The day as it would read with these lines."""
    facts = [
        Fact(
            infusion_day_id=day.id,
            position=position,
            happened_at=line.happened_at.astimezone(UTC),
            recorded_at=now.astimezone(UTC),
            recorded_by=staff,
            details=line.details,
            device=device,
            caused_by=line.caused_by,
        )
        for position, line in enumerate(lines, day.position + 1)
    ]
    return replace(day, facts=(*day.facts, *facts))


def linked(lines: Sequence[NewFact], first_position: int) -> list[NewFact]:
    """A replacement names the strike before it as its cause."""
    return [
        replace(line, caused_by=first_position + place - 1)
        if place and isinstance(lines[place - 1].details, EnteredInError)
        else line
        for place, line in enumerate(lines)
    ]


def brought_about(
    day: InfusionDay,
    course: Course,
    lines: Sequence[NewFact],
    protocol: Protocol,
    staff: str,
    now: datetime,
    device: str = "",
) -> list[NewFact]:
    """The lines with the level they are answered with, and the evaluation they open.

    No level rests on the level that was shown. Most sets turn out normal: taken as such, the day that is looked at
    here equals the one that is recorded, and is replayed once for both.
    """
    if not any(isinstance(line.details, MAY_OPEN) for line in lines):
        return list(lines)
    after = replay(as_if_recorded(day, [as_if_normal(line) for line in lines], staff, now, device), course, protocol)
    opened = [] if replay(day, course, protocol).state.is_open else evaluation_opened(day, lines, after.state, now)
    return [*with_levels(day, lines, after.sets), *opened]


def with_levels(day: InfusionDay, lines: Sequence[NewFact], after: DaySets) -> list[NewFact]:
    """Sets and reports with the level their saving answers with: whoever saved an amber one has seen it (D-8)."""
    levels = {one.position: one.level for one in after.standing} | {one.position: one.level for one in after.reports}
    return [_with_level(line, position, levels) for position, line in enumerate(lines, day.position + 1)]


def as_if_normal(line: NewFact) -> NewFact:
    return _showing(line, Level.NORMAL.word)


def _showing(line: NewFact, word: str) -> NewFact:
    saved = line.details
    return replace(line, details=replace(saved, level_shown=word)) if isinstance(saved, SHOWS_LEVEL) else line


def _with_level(line: NewFact, position: int, levels: Mapping[int, Level]) -> NewFact:
    saved = line.details
    if not isinstance(saved, SHOWS_LEVEL):
        return line
    added_to = saved.adds_to if isinstance(saved, VitalSignsRecorded) else None
    level = levels.get(position, levels.get(added_to or 0))
    return _showing(line, level.word if level is not None else "")


def evaluation_opened(day: InfusionDay, lines: Sequence[NewFact], after: Evaluation, now: datetime) -> list[NewFact]:
    """The evaluation these lines open, or nothing: none is opened twice, later red joins the open one."""
    if not after.is_open:
        return []
    stops = [place for place, line in enumerate(lines, 1) if isinstance(line.details, InfusionStopped)]
    cause = day.position + (stops[0] if stops else len(lines))
    return [NewFact(EvaluationOpened(reason=after.reason), now, caused_by=cause)]
