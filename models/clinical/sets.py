"""The sets and the symptom reports of a day with their levels, walked through once in the order they happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from models.clinical.baseline import course_baseline, infusion_start, todays_baseline
from models.clinical.day_sheet import DaySheet, by_time, lay_out
from models.clinical.facts import (
    EnteredInError,
    EvaluationClosed,
    Fact,
    InfusionDay,
    Symptom,
    SymptomReported,
    VitalSignsRecorded,
)
from models.clinical.findings import Baseline, Finding, Level, VitalSet
from models.clinical.infusion_day import ENDS_IN_ERROR
from models.clinical.limits import NOTHING_MEASURED, Limits, level_of, limits_for
from models.clinical.protocol import Protocol
from models.clinical.rest_of_course import Course
from models.clinical.symptoms import ASKS_AGAIN, NONE_EVALUATED, asking_again, open_after
from models.clinical.taken import TakenSet, first_complete, taken_sets
from models.clinical.vital_signs import PARAMETERS, is_complete, values_of


@dataclass(frozen=True, slots=True)
class Report:
    """Symptoms said between rounds."""

    position: int
    happened_at: datetime
    symptoms: tuple[Symptom, ...]
    level: Level
    findings: tuple[Finding, ...]

    @property
    def newest_position(self) -> int:
        return self.position


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySets:
    """`sets` holds every set by happened-at, struck ones too; the rest is of those that count."""

    sets: tuple[VitalSet, ...]
    standing: tuple[VitalSet, ...]
    reports: tuple[Report, ...]
    last_values: Mapping[str, tuple[float | str, datetime]]
    open_symptoms: tuple[Symptom, ...]
    course_baseline: Baseline | None
    todays_baseline: Baseline | None


@dataclass(slots=True)
class _Walk:
    """What is known at each point of the day: the previous readings and the open symptoms."""

    limits: Limits
    protocol: Protocol
    first: TakenSet | None
    """Today's baseline set."""
    closings: tuple[int, ...]
    """Positions of the evaluations a doctor closed; each settles the symptoms that stood in the record before it."""
    previous: list[Any] = field(default_factory=lambda: list(NOTHING_MEASURED))
    measured_at: dict[int, datetime] = field(default_factory=dict)
    open_now: tuple[Symptom, ...] = ()
    todays_first: frozenset[str] = frozenset()
    asked_at: dict[str, int] = field(default_factory=dict)
    """Position of the entry that said newest of a symptom that it is new or worse."""
    still: frozenset[str] = NONE_EVALUATED
    """Evaluated symptoms that the set before had not gone either."""

    def take(self, one: TakenSet) -> VitalSet:
        fact, recorded, added = one
        values, open_before = values_of(recorded), self.open_now
        evaluated = self.evaluated(fact.position if added is None else added, recorded.symptoms or ())
        if recorded.symptoms:
            self.open_now = open_after(open_before, recorded.symptoms)
        if one is self.first:
            self.todays_first = frozenset(symptom.symptom for symptom in self.open_now)
        found = self.limits.of(values, self.previous, recorded.symptoms, open_before, self.todays_first, evaluated)
        found, self.still = asking_again(found, self.still), evaluated
        for index, value in enumerate(values):
            if value is not None:
                self.previous[index] = value
                self.measured_at[index] = fact.happened_at
        if added is None:
            return _as_taken(fact, found, self.protocol)
        return vital_set(fact, recorded, found, self.protocol, added)

    def hear(self, fact: Fact, reported: tuple[Symptom, ...]) -> Report:
        evaluated = self.evaluated(fact.position, reported)
        found = self.limits.of_report(reported, tuple(self.previous), self.open_now, self.todays_first, evaluated)
        self.open_now = open_after(self.open_now, reported)
        return Report(fact.position, fact.happened_at, reported, level_of(found, complete=False), found)

    def evaluated(self, position: int, reported: tuple[Symptom, ...]) -> frozenset[str]:
        """Open symptoms that a doctor had decided on when this entry was made and that it does not ask about again."""
        if not reported and not self.closings:
            return NONE_EVALUATED
        known = {symptom.symptom for symptom in self.open_now}
        for said in reported:
            if said.change in ASKS_AGAIN or said.symptom not in known:
                self.asked_at[said.symptom] = position
        closed = max((at for at in self.closings if at < position), default=0)
        if not closed:
            return NONE_EVALUATED
        return frozenset(name for name in known if self.asked_at[name] < closed)

    def last_values(self) -> dict[str, tuple[float | str, datetime]]:
        newest = zip(PARAMETERS, self.previous, strict=True)
        return {
            name: (value, self.measured_at[index]) for index, (name, value) in enumerate(newest) if value is not None
        }


class OfDay:
    """The same day, course and protocol are asked about again whenever time passes, mostly the very same day."""

    __slots__ = ("course", "day", "protocol", "sheet")

    def __init__(self, day: InfusionDay, course: Course, protocol: Protocol, sheet: DaySheet | None) -> None:
        self.day, self.course, self.protocol, self.sheet = day, course, protocol, sheet

    def __hash__(self) -> int:
        return hash((self.day.id, self.day.position))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, OfDay)
            and (self.day is other.day or self.day == other.day)
            and (self.course is other.course or self.course == other.course)
            and self.protocol is other.protocol
        )


def sets_of(day: InfusionDay, course: Course, protocol: Protocol, sheet: DaySheet | None = None) -> DaySets:
    return _sets_of(OfDay(day, course, protocol, sheet))


@lru_cache(maxsize=100)
def _sets_of(asked: OfDay) -> DaySets:
    day, course, protocol = asked.day, asked.course, asked.protocol
    sheet = asked.sheet if asked.sheet is not None else lay_out(day.facts)
    taken = taken_sets(sheet)
    baseline = course_baseline(day, sheet, taken, course, protocol)
    closings = tuple(fact.position for fact, one in sheet.of(EvaluationClosed) if one.outcome != ENDS_IN_ERROR)
    walk = _Walk(limits_for(protocol, baseline), protocol, first_complete(taken, infusion_start(sheet)), closings)
    sets, reports = _walked(walk, taken, sheet)
    return DaySets(
        sets=_with_struck(sets, sheet, day.facts, protocol),
        standing=tuple(sets),
        reports=tuple(reports),
        last_values=walk.last_values(),
        open_symptoms=walk.open_now,
        course_baseline=baseline,
        todays_baseline=todays_baseline(sheet, taken),
    )


def _walked(walk: _Walk, taken: Sequence[TakenSet], sheet: DaySheet) -> tuple[list[VitalSet], list[Report]]:
    sets: list[VitalSet] = []
    reports: list[Report] = []
    said = iter([*sheet.of(SymptomReported)])
    upcoming = next(said, None)
    for one in taken:
        while upcoming is not None and by_time(upcoming[0]) < by_time(one.fact):
            reports.append(walk.hear(upcoming[0], upcoming[1].symptoms))
            upcoming = next(said, None)
        sets.append(walk.take(one))
    while upcoming is not None:
        reports.append(walk.hear(upcoming[0], upcoming[1].symptoms))
        upcoming = next(said, None)
    return sets, reports


def _with_struck(
    sets: list[VitalSet], sheet: DaySheet, facts: Sequence[Fact], protocol: Protocol
) -> tuple[VitalSet, ...]:
    """A struck set has no level and says why it does not count."""
    if not sheet.struck:
        return tuple(sets)
    struck = [
        replace(vital_set(fact, fact.details, (), protocol), level=Level.NOT_MEASURED, struck=_why(sheet, fact))
        for fact in facts
        if fact.position in sheet.struck and isinstance(fact.details, VitalSignsRecorded)
    ]
    return tuple(sorted([*sets, *struck], key=by_time))


def _why(sheet: DaySheet, fact: Fact) -> str:
    strike = sheet.struck[fact.position].details
    return strike.reason if isinstance(strike, EnteredInError) else ""


def vital_set(
    fact: Fact, recorded: VitalSignsRecorded, found: tuple[Finding, ...], protocol: Protocol, added: int | None = None
) -> VitalSet:
    complete = is_complete(recorded)
    return VitalSet(
        position=fact.position,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        recorded_by=fact.recorded_by,
        heart_rate=recorded.heart_rate,
        systolic=recorded.systolic,
        diastolic=recorded.diastolic,
        symptoms=recorded.symptoms,
        temperature=recorded.temperature,
        spo2=recorded.spo2,
        respiratory_rate=recorded.respiratory_rate,
        consciousness=recorded.consciousness,
        arm=recorded.arm,
        level=level_of(found, complete=complete),
        findings=found,
        is_complete=complete,
        late=fact.recorded_at - fact.happened_at > protocol.durations.late_entry,
        added=added,
    )


@lru_cache(maxsize=5 * 1000)  # a day is walked again with every change, and its former sets stay what they were
def _as_taken(fact: Fact, found: tuple[Finding, ...], protocol: Protocol) -> VitalSet:
    return vital_set(fact, cast(VitalSignsRecorded, fact.details), found, protocol)


def preview(
    day: InfusionDay, course: Course, protocol: Protocol, now: datetime, recorded: VitalSignsRecorded
) -> tuple[Level, tuple[Finding, ...]]:
    """The level a set would have if it were recorded as taken at `now`; shown while it is typed."""
    position = day.position + 1
    typed = Fact(
        infusion_day_id=day.id,
        position=position,
        happened_at=now,
        recorded_at=now,
        recorded_by="",
        details=recorded,
    )
    with_it = replace(day, facts=(*day.facts, typed))
    positions = {position, recorded.adds_to}
    newest_first = reversed(sets_of(with_it, course, protocol).standing)
    shown = next(one for one in newest_first if one.position in positions)
    return shown.level, shown.findings
