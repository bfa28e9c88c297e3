"""The bodies of what a nurse records at a chair: well-formed or refused, and turned into facts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from dashboard.api.body import Body, Part
from dashboard.api.fields import Amount, Answer, Count, Day, Flag, Instant, OneDecimal, Rated, Reason, Text, Whole, Word
from models.clinical import facts

# ---- hour one --------------------------------------------------------------------------------------------------------


class Checks(Body):
    answers: Annotated[dict[Word, Answer], Field(min_length=1, max_length=60)]

    def answered(self) -> list[facts.CheckAnswered]:
        return [facts.CheckAnswered(check=check, answer=answer) for check, answer in self.answers.items()]


class OneCheck(Body):
    """A check answered anew, also written as `answers` with one of them; only replacements take it."""

    records = facts.CheckAnswered
    check: Word
    answer: Answer

    @model_validator(mode="before")
    @classmethod
    def from_answers(cls, body: Any) -> Any:
        answers = body.get("answers") if isinstance(body, dict) else None
        if not isinstance(answers, dict) or len(answers) != 1:
            return body
        ((check, answer),) = answers.items()
        rest = {name: value for name, value in body.items() if name != "answers"}
        return rest | {"check": check, "answer": answer}


class Medication(Body):
    records = facts.MedicationGiven
    medicine: Word
    outcome: Literal["given", "not given", "not prescribed"]
    name: Text = ""
    dose_mg: Amount | None = None
    note: Text = ""


class Prepare(Body):
    product: Word | None = None
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
    confirmed: Flag = False


class StartAgain(Body):
    """A start with another rate or time; only replacements take it."""

    records = facts.InfusionStarted
    rate_ml_per_hour: Rated


class Rate(Body):
    records = facts.RateChanged
    rate_ml_per_hour: Rated
    reason: Reason
    confirmed: Flag = False


class Pause(Body):
    records = facts.InfusionPaused
    reason: Reason
    note: Text = ""


class Resume(Body):
    rate_ml_per_hour: Rated | None = None
    doctor: Text = ""
    reason: Text = ""
    confirmed: Flag = False


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


class SuspectReaction(Body):
    records = facts.ReactionSuspected
    reaction: Word
    doctor: Text = ""


class Step(Body):
    records = facts.EvaluationStep
    reaction: Word
    step: Word
    answer: Annotated[Text, Field(min_length=1)] = "done"


class Call(Body):
    records = facts.CallLogged
    whom: Word
    what: Literal["called", "arrived"]


class Grade(Body):
    records = facts.ReactionGraded
    grade: Count


class TouchedByMistake(Body):
    stop: Count


class AnswerAlert(Body):
    records = facts.AlertAnswered
    alert: Word
    answer: Literal["seen", "acting", "known and accepted", "outcome"]
    doctor: Text = ""
    until: Instant | None = None
    outcome: Text = ""
    note: Text = ""


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


class PrepareDischarge(Body):
    records = facts.DischargePrepared
    where_to: Word
    receiver: Text = ""


class Discharge(Body):
    records = facts.Discharged
    where_to: Text = ""
    receiver: Text = ""


class Transfer(Body):
    records = facts.Transferred
    where_to: Word
    receiver: Word
    reason: Text = ""
