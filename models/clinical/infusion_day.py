"""What may follow what in an infusion day: one literal table, and the sentence for everything else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from models.clinical.facts import (
    AdviceGiven,
    AlertAnswered,
    Arrived,
    BagPrepared,
    Booked,
    CallLogged,
    ChairAssigned,
    CheckAnswered,
    Deferred,
    Details,
    Discharged,
    DischargePrepared,
    DoctorReviewed,
    EvaluationClosed,
    EvaluationOpened,
    EvaluationStep,
    HandoverOffered,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    MedicationGiven,
    NightReceiver,
    NoteAdded,
    NurseAssigned,
    Overridden,
    PatientDetailsCorrected,
    RateChanged,
    ReactionGraded,
    ReactionSuspected,
    ReferenceValueSet,
    RoundIntervalSet,
    RoundNotDone,
    SampleTaken,
    SymptomReported,
    Transferred,
    VitalSignsRecorded,
)
from models.clinical.status import Phase


class Stand(StrEnum):
    """Where a day stands: the phase, and what the drug does. *Stopped* waits for its evaluation to close (D-2)."""

    EXPECTED = "expected"
    PRE_MEDICATION = "pre-medication"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    OBSERVATION = "observation"
    DISCHARGED = "discharged"
    TRANSFERRED = "transferred"
    DEFERRED = "deferred"


E, P, R, U, S, O, D, T, F = Stand  # noqa: E741  the columns of the table below

PHASE: Mapping[Stand, Phase] = {
    E: Phase.EXPECTED, P: Phase.PRE_MEDICATION, R: Phase.INFUSION, U: Phase.INFUSION, S: Phase.OBSERVATION,
    O: Phase.OBSERVATION, D: Phase.DISCHARGED, T: Phase.TRANSFERRED, F: Phase.DEFERRED,
}  # fmt: skip
CLOSED = frozenset({D, T, F})
OPEN = frozenset({P, R, U, S, O})
INFUSING = frozenset({R, U})

# act (or outcome of an evaluation) → where it leads from each stand it is allowed in; D-1 and D-2
FOLLOWS: Mapping[str, Mapping[Stand, Stand]] = {
    "arrive":           {E: P},
    "defer":            {E: F, P: F},
    "start":            {P: R},
    "rate":             {R: R},
    "pause":            {R: U},
    "resume":           {U: R},
    "stop":             {R: S, U: S},
    "complete":         {R: O, U: O},
    "discharge":        {O: D},
    "transfer":         {P: T, R: T, U: T, S: T, O: T},
    "resumed":          {P: P, R: R, U: U, S: U, O: O},
    "ended":            {P: P, S: O, O: O, D: D, T: T},
    "entered in error": {P: P, R: R, U: U, O: O, D: D, T: T},
    "close-evaluation": {P: P, R: R, U: U, S: S, O: O, D: D, T: T},
    "suspect-reaction": {P: P, R: R, U: U, S: S, O: O},
    "evaluation-step":  {P: P, R: R, U: U, S: S, O: O},
    "call":             {P: P, R: R, U: U, S: S, O: O},
    "grade":            {P: P, R: R, U: U, S: S, O: O},
    "touched-by-mistake": {S: S},
    "answer-alert":     {P: P, R: R, U: U, S: S, O: O},
    "checks":           {P: P, R: R, U: U, S: S, O: O},
    "medications":      {P: P, R: R, U: U, S: S, O: O},
    "prepare":          {P: P},
    "vital-signs":      {P: P, R: R, U: U, S: S, O: O},
    "symptoms":         {P: P, R: R, U: U, S: S, O: O},
    "not-done":         {R: R, U: U, S: S, O: O},
    "interval":         {R: R, U: U, S: S, O: O},
    "reference-values": {P: P, R: R, U: U, S: S, O: O},
    "review":           {P: P, R: R, U: U, S: S, O: O},
    "samples":          {P: P, R: R, U: U, S: S, O: O},
    "advice":           {P: P, R: R, U: U, S: S, O: O},
    "prepare-discharge": {R: R, U: U, S: S, O: O},
    "close-ward":       {P: P, R: R, U: U, S: S, O: O},
    "assign":           {E: E, P: P, R: R, U: U, S: S, O: O},
    "move":             {E: E, P: P, R: R, U: U, S: S, O: O},
    "swap":             {E: E, P: P, R: R, U: U, S: S, O: O},
    "patient-details":  {E: E, P: P, R: R, U: U, S: S, O: O, D: D, T: T, F: F},
    "notes":            {E: E, P: P, R: R, U: U, S: S, O: O, D: D, T: T, F: F},
    "corrections":      {E: E, P: P, R: R, U: U, S: S, O: O, D: D, T: T, F: F},
}  # fmt: skip

ACTS: tuple[str, ...] = tuple(
    act for act in FOLLOWS if act not in {"resumed", "ended", "entered in error", "patient-details"}
)
INFUSION_ACTS = frozenset({"start", "rate", "pause", "resume", "stop", "complete"})

# Why an act is refused: by act and stand, else by stand. {chair} and {patient} are put in.
_NOT_ENDED = "The infusion in chair {chair} is still open. Complete or stop it first."
_STOPPED = "The infusion in chair {chair} is stopped. Its evaluation decides whether it goes on: close it first."
_ENDED = "The infusion in chair {chair} has ended."
_ROUNDS = "Rounds in chair {chair} begin with the infusion."
_HAS_STARTED = "The infusion in chair {chair} has started, so the day cannot be deferred. Stop, transfer or discharge."
REASONS: Mapping[str, Mapping[Stand, str]] = {
    "arrive": dict.fromkeys(OPEN, "{patient} is already in chair {chair}."),
    "defer": dict.fromkeys((R, U, S, O), _HAS_STARTED),
    "start": {
        R: "The infusion in chair {chair} is already running.",
        U: "The infusion in chair {chair} is paused. Resume it instead.",
        O: "Today's infusion in chair {chair} has ended. There is one infusion a day.",
    },
    "rate": {U: "The infusion in chair {chair} is paused. Resume it at the new rate instead."},
    "pause": {U: "The infusion in chair {chair} is already paused."},
    "resume": {R: "The infusion in chair {chair} is running."},
    "stop": {S: "The infusion in chair {chair} is already stopped."},
    "discharge": {
        P: "The infusion in chair {chair} has not started. Defer the day or transfer the patient instead.",
        S: "The infusion in chair {chair} is stopped and its evaluation is open. Close it before discharge.",
    },
    "ended": {
        R: "The infusion in chair {chair} is still running. Record STOP before closing the evaluation so.",
        U: "The infusion in chair {chair} is paused. Record STOP before closing the evaluation so.",
    },
    "entered in error": {
        S: "The infusion in chair {chair} is stopped. Correct the STOP first, or close with the doctor's decision.",
    },
    "prepare": dict.fromkeys((R, U), "The bag in chair {chair} is already in use."),
    "not-done": {P: _ROUNDS},
    "interval": {P: _ROUNDS},
    "touched-by-mistake": dict.fromkeys((E, P, R, U, O, D, T, F), "There is no STOP to take back in chair {chair}."),
}
BY_STAND: Mapping[Stand, str] = {
    E: "{patient} has not arrived in chair {chair}. Record the arrival first.",
    P: "The infusion in chair {chair} has not started.",
    R: _NOT_ENDED,
    U: _NOT_ENDED,
    S: _STOPPED,
    O: _ENDED,
    D: "{patient} was discharged from chair {chair}. What happened before that can be recorded with its true time.",
    T: "{patient} was transferred from chair {chair}. What happened before that can be recorded with its true time.",
    F: "The day of {patient} in chair {chair} was deferred. Book a new day.",
}

ACT_OF: Mapping[type[Details], str] = {
    Arrived: "arrive", ChairAssigned: "move", NurseAssigned: "assign", HandoverOffered: "assign", Deferred: "defer",
    PatientDetailsCorrected: "patient-details", CheckAnswered: "checks", MedicationGiven: "medications",
    BagPrepared: "prepare", InfusionStarted: "start", RateChanged: "rate", InfusionPaused: "pause",
    InfusionResumed: "resume", InfusionStopped: "stop", InfusionCompleted: "complete",
    VitalSignsRecorded: "vital-signs", SymptomReported: "symptoms", RoundNotDone: "not-done",
    RoundIntervalSet: "interval", ReferenceValueSet: "reference-values", DoctorReviewed: "review",
    EvaluationClosed: "close-evaluation", SampleTaken: "samples", AdviceGiven: "advice", Discharged: "discharge",
    Transferred: "transfer", NoteAdded: "notes", ReactionSuspected: "suspect-reaction",
    EvaluationStep: "evaluation-step", CallLogged: "call", ReactionGraded: "grade", AlertAnswered: "answer-alert",
    DischargePrepared: "prepare-discharge", NightReceiver: "close-ward",
}  # fmt: skip
NOUN: Mapping[str, str] = {
    "arrive": "arrival", "defer": "deferral", "start": "start", "rate": "rate change", "pause": "pause",
    "resume": "resumption", "stop": "STOP", "complete": "completion", "discharge": "discharge",
    "transfer": "transfer", "resumed": "closing of the evaluation", "ended": "closing of the evaluation",
    "entered in error": "closing of the evaluation", "checks": "answer", "medications": "medicine",
    "prepare": "bag", "vital-signs": "set of vital signs", "symptoms": "symptom", "not-done": "round not done",
    "interval": "change of the interval", "reference-values": "reference value", "review": "doctor's review",
    "samples": "sample", "advice": "advice", "assign": "assignment", "move": "move",
    "suspect-reaction": "suspected reaction", "evaluation-step": "step of the evaluation", "call": "call",
    "grade": "grade", "answer-alert": "answer to an alert", "prepare-discharge": "preparation of the discharge",
    "close-ward": "receiver for the night",
}  # fmt: skip
"""What a row of the table is called in a sentence; rows allowed in every stand need none."""
_ALWAYS = (Booked, Overridden, EvaluationOpened)
_GOES_ON = frozenset({"resumed", "slowed"})
ENDS_IN_ERROR = "entered in error"
TOUCHED_BY_MISTAKE = "touched by mistake"
"""The reason of a STOP taken back within seconds."""


def step_of(details: Details) -> str | None:
    """The row of the table a fact is looked up in; None for facts that stand anywhere."""
    if isinstance(details, _ALWAYS):
        return None
    if isinstance(details, EvaluationClosed):
        if details.outcome in _GOES_ON:
            return "resumed"
        return ENDS_IN_ERROR if details.outcome == ENDS_IN_ERROR else "ended"
    return ACT_OF[type(details)]


def sentence(act: str, stand: Stand, chair: str, patient: str) -> str | None:
    """Why this act is refused in this stand; None where it is allowed."""
    if stand in FOLLOWS[act]:
        return None
    return REASONS.get(act, {}).get(stand, BY_STAND[stand]).format(chair=chair, patient=patient)
