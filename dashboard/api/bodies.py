"""The bodies of what a nurse records at a chair: well-formed or refused, and turned into facts."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dashboard.api.fields import Amount, Count, Day, Flag, Instant, OneDecimal, Rated, Reason, Text, Whole, Word
from models.charting import Override
from models.clinical import facts


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, allow_inf_nan=False, frozen=True)


class OverrideBody(Part):
    doctor: Word
    reason: Reason

    def override(self) -> Override:
        return Override(self.doctor, self.reason)


class Body(Part):
    """What every act may say beside its own: its true time, a doctor's override, and that it shall be recorded late."""

    records: ClassVar[type[Any]]
    happened_at: Instant | None = None
    override: OverrideBody | None = None
    late: Flag = False

    def details(self) -> facts.Details:
        """The fact this body records, whose fields carry the same names."""
        names = [one.name for one in fields(self.records) if one.name in type(self).model_fields]
        details: facts.Details = self.records(**{name: self.value_of(name) for name in names})
        return details

    def value_of(self, name: str) -> Any:
        return getattr(self, name)


# ---- hour one --------------------------------------------------------------------------------------------------------


class Checks(Body):
    answers: Annotated[dict[Word, Word], Field(min_length=1, max_length=60)]

    def answered(self) -> list[facts.CheckAnswered]:
        return [facts.CheckAnswered(check=check, answer=answer) for check, answer in self.answers.items()]


class OneCheck(Body):
    """A check answered anew; only replacements take it."""

    records = facts.CheckAnswered
    check: Word
    answer: Word


class Medication(Body):
    records = facts.MedicationGiven
    medicine: Word
    outcome: Literal["given", "not given", "not prescribed"]
    name: Text = ""
    dose_mg: Amount | None = None
    note: Text = ""


class Prepare(Body):
    product: Word
    batch: Word
    volume_ml: OneDecimal | None = None


class PrepareAgain(Body):
    """A bag with another batch, volume or time of mixing; only replacements take it."""

    records = facts.BagPrepared
    product: Word
    batch: Word
    volume_ml: OneDecimal


# ---- the infusion ----------------------------------------------------------------------------------------------------


class Start(Body):
    rate_ml_per_hour: Rated | None = None


class StartAgain(Body):
    """A start with another rate or time; only replacements take it."""

    records = facts.InfusionStarted
    rate_ml_per_hour: Rated


class Rate(Body):
    records = facts.RateChanged
    rate_ml_per_hour: Rated
    reason: Reason


class Pause(Body):
    records = facts.InfusionPaused
    reason: Reason
    note: Text = ""


class Resume(Body):
    rate_ml_per_hour: Rated | None = None
    doctor: Text = ""
    reason: Text = ""


class ResumeAgain(Body):
    """A resumption with another rate or time; only replacements take it."""

    records = facts.InfusionResumed
    rate_ml_per_hour: Rated


class Stop(Body):
    records = facts.InfusionStopped
    reason: Text = ""


class Complete(Body):
    records = facts.InfusionCompleted


class CloseEvaluation(Body):
    records = facts.EvaluationClosed
    outcome: Word
    doctor: Text = ""
    reason: Reason


# ---- vital signs, symptoms, review -----------------------------------------------------------------------------------


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

    def value_of(self, name: str) -> Any:
        if name == "symptoms" and self.symptoms is not None:
            return tuple(entry.found() for entry in self.symptoms)
        return getattr(self, name)


class SymptomReport(Body):
    records = facts.SymptomReported
    symptoms: Annotated[Symptoms, Field(min_length=1)]

    def value_of(self, name: str) -> Any:
        return tuple(entry.found() for entry in self.symptoms)


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
    accepted: Annotated[dict[Word, OneDecimal], Field(max_length=10)] = {}
    until: Instant | None = None
    next_set_minutes: Count | None = None
    asked_at: Instant | None = None

    def value_of(self, name: str) -> Any:
        return tuple(sorted(self.accepted.items())) if name == "accepted" else getattr(self, name)


# ---- after the infusion, any time ------------------------------------------------------------------------------------


class Sample(Body):
    records = facts.SampleTaken
    sample: Word
    result: Amount | None = None
    note: Text = ""


class Advice(Body):
    records = facts.AdviceGiven
    advice: Annotated[list[Word], Field(min_length=1, max_length=60)]

    def value_of(self, name: str) -> Any:
        return tuple(self.advice)


class Note(Body):
    records = facts.NoteAdded
    text: Annotated[Text, Field(min_length=1)]


class Discharge(Body):
    records = facts.Discharged
    where_to: Word
    receiver: Text = ""


class Transfer(Body):
    records = facts.Transferred
    where_to: Word
    receiver: Word
    reason: Text = ""
