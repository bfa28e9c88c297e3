"""The bodies of hour one, the infusion and the way home: well-formed or refused, and turned into facts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from dashboard.api.body import Body
from dashboard.api.fields import Amount, Answer, Flag, OneDecimal, Rated, Reason, Text, Word
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
