"""The facts of an infusion day: what happened, when, and who recorded it.

A fact is appended and never changed. `happened_at` is the true time (UTC), `recorded_at` the time it reached the
record; `position` counts within the infusion day from 1. The details say what happened and stand in the record as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

# ---- booking, chair, people ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    chair: str
    planned_start: datetime
    note: str = ""
    supervising_neurologist: str = ""
    emergency_contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    chair: str
    supervising_neurologist: str
    emergency_contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairAssigned:
    """The patient sits in another chair from now on; a swap is two of these, one on each day, in one transaction."""

    chair: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NurseAssigned:
    """The responsible nurse (a staff id), or nobody (None); also how a handover is accepted."""

    nurse: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOffered:
    """The responsible nurse stays responsible until `to` (a staff id) accepts."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDetailsCorrected:
    """None leaves a detail as it was."""

    family_name: str | None = None
    given_name: str | None = None
    born: date | None = None
    allergies: str | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    reason: str


# ---- hour one --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswered:
    """`check` is a protocol check id; `answer` is text: yes/no/unknown, a name, an ISO date or a number."""

    check: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicationGiven:
    """`medicine` is a protocol medicine id (steroid, antihistamine, ...) or `other`; `outcome` given, not given or
    not prescribed. The fact's happened_at is the time it was given (for the steroid: began)."""

    medicine: str
    outcome: str
    name: str = ""
    dose_mg: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagPrepared:
    """happened_at is the time of mixing; the bag expires a protocol time after it."""

    product: str
    batch: str
    volume_ml: float


# ---- the infusion ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionStarted:
    rate_ml_per_hour: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChanged:
    rate_ml_per_hour: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionPaused:
    """`reason` is one of the protocol's pause reasons (D-11)."""

    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionResumed:
    rate_ml_per_hour: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionStopped:
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionCompleted:
    pass


# ---- vital signs, symptoms, review -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """A symptom as found: `symptom` a protocol id; `change` new, same, better, worse or gone."""

    symptom: str
    severity: str | None = None
    change: str = "new"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalSignsRecorded:
    """One set. None is not measured; `symptoms` None is not asked, empty is asked and none new.

    heart_rate, respiratory_rate per minute; systolic, diastolic mmHg; temperature °C with one decimal; spo2 %.
    `adds_to` is the position of a partial set whose missing values this one brings (D-16).
    """

    heart_rate: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    symptoms: tuple[Symptom, ...] | None = None
    temperature: float | None = None
    spo2: int | None = None
    respiratory_rate: int | None = None
    consciousness: str | None = None
    arm: str | None = None
    confirmed: bool = False
    partial_reason: str = ""
    adds_to: int | None = None
    moved_from: str = ""
    """The chair at which it was recorded first, for the wrong patient (D-15)."""
    level_shown: str = ""
    """The level whoever saved it was shown: an amber set is *seen* by its recorder (D-8). Charting fills it in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomReported:
    """Symptoms said between rounds; `level_shown` as for a set."""

    symptoms: tuple[Symptom, ...]
    moved_from: str = ""
    level_shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundNotDone:
    reason: str
    try_again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundIntervalSet:
    interval_minutes: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceValueSet:
    """A course baseline a doctor set (`doctor`, `reason`) or values from the earlier record (`taken_on`)."""

    heart_rate: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    spo2: int | None = None
    doctor: str = ""
    reason: str = ""
    taken_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorReviewed:
    """A review after two ambers (D-7), also the doctor's name that releases an extended observation (D-17).

    `accepted` are (parameter, value) pairs accepted `until`; `present` False is by phone.
    """

    doctor: str
    decision: str
    present: bool = True
    accepted: tuple[tuple[str, float], ...] = ()
    until: datetime | None = None
    next_set_minutes: int | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationOpened:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationClosed:
    """`outcome`: resumed, slowed, stopped today, discontinued permanently, transferred or entered in error."""

    outcome: str
    doctor: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionSuspected:
    """`reaction` is a protocol check list id, or *none of these* with the doctor's name; several may be suspected."""

    reaction: str
    doctor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationStep:
    """One tick of a check list; of the head `reaction` is *head*. happened_at is the time the step asks for.

    `answer` is *done*, a text, yes or no, or the instant a step of kind time asks for where that lies ahead.
    """

    reaction: str
    step: str
    answer: str = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLogged:
    """`what`: called or arrived."""

    whom: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionGraded:
    """`grade` is one of the protocol's, 1 to 4."""

    grade: int


# ---- alerts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAnswered:
    """`alert` is the alert's id; `answer`: seen, acting, known and accepted (by `doctor`, `until`) or outcome.

    `until` with *acting* is a promised time. `outcome` is one of the protocol's alert outcomes.
    """

    alert: str
    answer: str
    doctor: str = ""
    until: datetime | None = None
    outcome: str = ""
    note: str = ""


# ---- after the infusion ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTaken:
    """`sample` is a protocol sample id (platelets); `result` where known, in the protocol's unit."""

    sample: str
    result: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceGiven:
    """`advice` are protocol advice ids explained to the patient."""

    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DischargePrepared:
    """Where to and who takes over, said before the observation ends (D-19)."""

    where_to: str
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightReceiver:
    """The ward closes for the night: who looks after this open day, and where."""

    receiver: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharged:
    where_to: str
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    where_to: str
    receiver: str
    reason: str = ""


# ---- any time --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """A doctor let an act pass these locks (D-13); stands before the act in the same transaction."""

    act: str
    locks: tuple[str, ...]
    doctor: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredInError:
    """Strikes the fact at `position`; the replacing fact, where given, follows and names this one as its cause."""

    position: int
    reason: str
    note: str = ""


Details = (
    Booked | Arrived | ChairAssigned | NurseAssigned | HandoverOffered | PatientDetailsCorrected | Deferred
    | CheckAnswered | MedicationGiven | BagPrepared
    | InfusionStarted | RateChanged | InfusionPaused | InfusionResumed | InfusionStopped | InfusionCompleted
    | VitalSignsRecorded | SymptomReported | RoundNotDone | RoundIntervalSet | ReferenceValueSet | DoctorReviewed
    | EvaluationOpened | EvaluationClosed | ReactionSuspected | EvaluationStep | CallLogged | ReactionGraded
    | AlertAnswered
    | SampleTaken | AdviceGiven | DischargePrepared | NightReceiver | Discharged | Transferred
    | NoteAdded | Overridden | EnteredInError
)  # fmt: skip

KINDS: dict[str, type[Details]] = {kind.__name__: kind for kind in Details.__args__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the record."""

    infusion_day_id: str
    position: int
    happened_at: datetime
    recorded_at: datetime
    recorded_by: str
    details: Details
    device: str = ""
    caused_by: int | None = None

    def __hash__(self) -> int:
        """By its place in the record, which no other fact has; hashing all of it would take longer than reading it."""
        return hash((self.infusion_day_id, self.position))

    @property
    def kind(self) -> str:
        return type(self.details).__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """`id` is ours and opaque; `patient_id` is the hospital's number. Corrected details are already applied."""

    id: str
    patient_id: str
    family_name: str
    given_name: str
    born: date
    allergies: str = ""

    def corrected(self, correction: PatientDetailsCorrected) -> Patient:
        return Patient(
            id=self.id,
            patient_id=self.patient_id,
            family_name=correction.family_name or self.family_name,
            given_name=correction.given_name or self.given_name,
            born=correction.born or self.born,
            allergies=self.allergies if correction.allergies is None else correction.allergies,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionDay:
    """An infusion day: its identity and its facts in order of position."""

    id: str
    patient: Patient
    course: int
    day: int
    date: date
    facts: tuple[Fact, ...] = field(default=())

    @property
    def position(self) -> int:
        """Position of the newest fact; 0 before the first."""
        return self.facts[-1].position if self.facts else 0


def struck(facts: Iterable[Fact]) -> frozenset[int]:
    """Positions entered in error."""
    return frozenset(fact.details.position for fact in facts if isinstance(fact.details, EnteredInError))


def standing(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts that count: not entered in error, ordered by when they happened, then by position."""
    errors = struck(facts)
    return tuple(
        sorted(
            (f for f in facts if f.position not in errors and not isinstance(f.details, EnteredInError)),
            key=lambda fact: (fact.happened_at, fact.position),
        )
    )
