"""Builders for the clinical tests: an infusion day from lines of (clock time, what happened)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from models.clinical.course import history
from models.clinical.facts import (
    Arrived,
    Booked,
    Details,
    EnteredInError,
    Fact,
    InfusionDay,
    InfusionStarted,
    MedicationGiven,
    Patient,
    Symptom,
    VitalSignsRecorded,
)
from models.clinical.findings import Baseline
from models.clinical.protocol import Protocol, load
from models.clinical.rest_of_course import Course
from models.clinical.status import Phase

TODAY = date(2026, 11, 20)
NURSE = "okafor"

Line = tuple[str, Details] | tuple[str, Details, str]
"""Clock time it happened, what happened, and the clock time it was recorded where that was later."""


@cache
def the_protocol() -> Protocol:
    return load()


def at(clock: str, on: date = TODAY) -> datetime:
    """`08:15` or `08:15:30` of the day as UTC; `+1 00:20` is the day after."""
    days, _, rest = clock.rpartition(" ")
    return datetime.combine(on + timedelta(days=int(days or 0)), time.fromisoformat(rest), UTC)


def a_patient(**changed: object) -> Patient:
    known: dict[str, object] = {
        "id": "p1",
        "patient_id": "9990000018",
        "family_name": "Ashdown",
        "given_name": "Miriam",
        "born": date(1988, 4, 5),
    }
    return Patient(**{**known, **changed})  # type: ignore[arg-type]


def a_set(
    heart_rate: int | None = 74,
    pressure: str = "118/74",
    temperature: float | None = None,
    spo2: int | None = None,
    respiratory_rate: int | None = None,
    *,
    symptoms: Sequence[Symptom | str] | None = (),
    consciousness: str | None = None,
    adds_to: int | None = None,
) -> VitalSignsRecorded:
    """A complete uneventful set; `pressure` `118/--` has no diastolic, `symptoms` None was not asked."""
    systolic, _, diastolic = pressure.partition("/")
    return VitalSignsRecorded(
        heart_rate=heart_rate,
        systolic=int(systolic) if systolic.isdigit() else None,
        diastolic=int(diastolic) if diastolic.isdigit() else None,
        temperature=temperature,
        spo2=spo2,
        respiratory_rate=respiratory_rate,
        symptoms=None if symptoms is None else tuple(a_symptom(one) for one in symptoms),
        consciousness=consciousness,
        adds_to=adds_to,
    )


def a_symptom(words: Symptom | str, **details: str) -> Symptom:
    """`headache`, `headache mild`, `headache worse`: a severity or a change may follow the symptom."""
    if isinstance(words, Symptom):
        return words
    name, _, last = words.rpartition(" ")
    if last in the_protocol().severities:
        return Symptom(symptom=name, severity=last, **details)
    if last in ("same", "better", "worse", "gone"):
        return Symptom(symptom=name, change=last, **details)
    return Symptom(symptom=words, **details)


def facts_of(lines: Sequence[Line], on: date = TODAY, infusion_day_id: str = "d1") -> tuple[Fact, ...]:
    """Positions count from 1 in the order of the lines."""
    return tuple(
        Fact(
            infusion_day_id=infusion_day_id,
            position=position,
            happened_at=at(line[0], on),
            recorded_at=at(line[2] if len(line) == 3 else line[0], on),
            recorded_by=NURSE,
            details=line[1],
        )
        for position, line in enumerate(lines, 1)
    )


BEGINNING: tuple[Line, ...] = (
    ("07:00", Booked(chair="3", planned_start=at("09:30"))),
    ("07:45", Arrived(chair="3", supervising_neurologist="Dr Sand", emergency_contact="2222")),
)
A_STEROID = MedicationGiven(medicine="steroid", outcome="given", name="methylprednisolone", dose_mg=1000)
A_START = InfusionStarted(rate_ml_per_hour=25.3)


def an_infusion_day(
    *lines: Line,
    course: int = 1,
    day: int = 1,
    on: date = TODAY,
    phase: Phase = Phase.EXPECTED,
    day_id: str = "",
    patient: Patient | None = None,
) -> InfusionDay:
    """A day with these lines; `phase` puts the lines before them that bring the day into that phase.

    Without a phase the lines stand alone and their positions count from 1. Pre-medication has two lines before them,
    infusion five: arrival 07:45, baseline set 08:00 (118/74, heart rate 74), steroid 08:15, start 09:30.
    """
    before: list[Line] = []
    if phase is not Phase.EXPECTED:
        before += BEGINNING
    if phase is Phase.INFUSION:
        before += [("08:00", a_set()), ("08:15", A_STEROID), ("09:30", A_START)]
    day_id = day_id or f"c{course}d{day}"
    facts = facts_of([*before, *lines], on, day_id)
    return InfusionDay(id=day_id, patient=patient or a_patient(), course=course, day=day, date=on, facts=facts)


def a_course(number: int = 1, **known: object) -> Course:
    return Course(number=number, **known)  # type: ignore[arg-type]


def its_course(day: InfusionDay, *other_days: InfusionDay) -> Course:
    return history(day, other_days, the_protocol())


def a_baseline(
    heart_rate: int | None = 74, pressure: str = "118/74", spo2: int | None = 98, origin: str = "day-1"
) -> Baseline:
    systolic, _, diastolic = pressure.partition("/")
    values: dict[str, Any] = {
        "heart_rate": heart_rate,
        "systolic": int(systolic),
        "diastolic": int(diastolic),
        "spo2": spo2,
    }
    return Baseline(
        **values,
        label="day 1, 16-Nov-2026",
        origin={name: origin for name, v in values.items() if v is not None},
        labels={origin: "day 1, 16-Nov-2026"},
    )


def a_strike(position: int, reason: str = "wrong value") -> EnteredInError:
    return EnteredInError(position=position, reason=reason)
