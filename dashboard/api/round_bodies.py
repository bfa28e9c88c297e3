"""The bodies of what is found on rounds: vital signs and symptoms, what they are judged by, and what a doctor says."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from dashboard.api.body import Body, Part
from dashboard.api.fields import Count, Day, Flag, Instant, OneDecimal, Reason, Text, Whole, Word
from models.clinical import facts


def spelled_out(value: object) -> object:
    return {"symptom": value} if isinstance(value, str) else value


class SymptomEntry(Part):
    symptom: Word
    severity: Word | None = None
    change: Literal["new", "same", "better", "worse", "gone"] = "new"
    note: Text = ""

    def found(self) -> facts.Symptom:
        return facts.Symptom(symptom=self.symptom, severity=self.severity, change=self.change, note=self.note)


Symptoms = Annotated[
    list[Annotated[SymptomEntry, BeforeValidator(spelled_out, json_schema_input_type=str | SymptomEntry)]],
    Field(max_length=60),
]


class VitalSigns(Body):
    records = facts.VitalSignsRecorded
    heart_rate: Whole | None = None
    systolic: Whole | None = None
    diastolic: Whole | None = None
    symptoms: Symptoms | None = None
    temperature: OneDecimal | None = None
    spo2: Whole | None = None
    respiratory_rate: Whole | None = None
    consciousness: Word | None = None
    arm: Word | None = None
    confirmed: Flag = False
    partial_reason: Text = ""
    adds_to: Count | None = None
    moved_from: Text = ""

    def value_of(self, name: str) -> Any:
        if name == "symptoms" and self.symptoms is not None:
            return tuple(entry.found() for entry in self.symptoms)
        return getattr(self, name)


class SymptomReport(Body):
    records = facts.SymptomReported
    symptoms: Annotated[Symptoms, Field(min_length=1)]
    moved_from: Text = ""

    def value_of(self, name: str) -> Any:
        return tuple(entry.found() for entry in self.symptoms) if name == "symptoms" else getattr(self, name)


class NotDone(Body):
    records = facts.RoundNotDone
    reason: Reason
    try_again_at: Instant | None = None


class Interval(Body):
    records = facts.RoundIntervalSet
    interval_minutes: Count
    reason: Text = ""


class ReferenceValues(Body):
    records = facts.ReferenceValueSet
    heart_rate: Whole | None = None
    systolic: Whole | None = None
    diastolic: Whole | None = None
    spo2: Whole | None = None
    doctor: Text = ""
    reason: Text = ""
    taken_on: Day | None = None


class Review(Body):
    records = facts.DoctorReviewed
    doctor: Word
    decision: Reason
    present: Flag = True
    accepted: Annotated[dict[Word, OneDecimal], Field(max_length=10, default_factory=dict)]
    until: Instant | None = None
    next_set_minutes: Count | None = None
    asked_at: Instant | None = None

    def value_of(self, name: str) -> Any:
        return tuple(sorted(self.accepted.items())) if name == "accepted" else getattr(self, name)
