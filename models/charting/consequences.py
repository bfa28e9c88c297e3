"""What an act brings about by itself: a STOP and anything that yields red open an evaluation (D-2, D-9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from models.clinical.chair_status import chair_status
from models.clinical.facts import EnteredInError, EvaluationOpened, Fact, InfusionDay, InfusionStopped
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus, Course, Level, VitalSet
from models.store.rows import NewFact


def as_if_recorded(day: InfusionDay, lines: Sequence[NewFact], staff: str, now: datetime) -> InfusionDay:
    """The day as it would read with these lines."""
    facts = [
        Fact(
            infusion_day_id=day.id,
            position=position,
            happened_at=line.happened_at,
            recorded_at=now,
            recorded_by=staff,
            details=line.details,
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


def evaluation_opened(
    day: InfusionDay, course: Course, before: ChairStatus, lines: Sequence[NewFact], protocol: Protocol, staff: str
) -> list[NewFact]:
    """The evaluation these lines open, or nothing: none is opened twice, later red joins the open one."""
    if before.evaluation_open:
        return []
    for place, line in enumerate(lines, day.position + 1):
        if isinstance(line.details, InfusionStopped):
            return [NewFact(EvaluationOpened(reason="STOP"), line.happened_at, caused_by=place)]
    after = chair_status(as_if_recorded(day, lines, staff, before.now), course, protocol, before.now)
    if not (reasons := newly_red(before, after)):
        return []
    return [NewFact(EvaluationOpened(reason=", ".join(reasons)), before.now, caused_by=day.position + len(lines))]


def newly_red(before: ChairStatus, after: ChairStatus) -> list[str]:
    """Why the chair or one of its sets is red now and was not: a late entry can confirm a later value."""
    known = {one.position for one in before.sets if is_red(one)}
    findings = [finding for one in after.sets if is_red(one) and one.position not in known for finding in one.findings]
    shown = {(finding.parameter, finding.value) for finding in before.findings}
    findings += [finding for finding in after.findings if (finding.parameter, finding.value) not in shown]
    return list(dict.fromkeys(f"{one.parameter} {one.value}" for one in findings if one.level is Level.RED))


def is_red(one: VitalSet) -> bool:
    return one.struck is None and one.level is Level.RED
