"""Which entries cannot be: for every kind of fact what it must hold, field by field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from models.clinical import evaluation_entries, hour_one_entries, round_entries
from models.clinical.facts import (
    AdviceGiven,
    AlertAnswered,
    BagPrepared,
    CallLogged,
    ChairAssigned,
    CheckAnswered,
    Deferred,
    Details,
    Discharged,
    DischargePrepared,
    DoctorReviewed,
    EvaluationClosed,
    EvaluationStep,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    MedicationGiven,
    NightReceiver,
    NoteAdded,
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
from models.clinical.fields import TIMES_PLANNED, Entry, amount, one_of, require, said


def refuse_impossible(details: Details, entry: Entry) -> None:
    """Raises for the first field that cannot be; what is only unlikely passes here."""
    check = CHECKS.get(type(details))
    if check is not None:
        check(details, entry)


def _rate(details: InfusionStarted | RateChanged | InfusionResumed, entry: Entry) -> None:
    most = entry.protocol.planned_rate_ml_per_hour * TIMES_PLANNED
    sentence = f"The rate is above 0 and at most {most:g} mL/h. To hold the drug, record a pause."
    amount(details.rate_ml_per_hour, most, "rate_ml_per_hour", sentence)
    if isinstance(details, RateChanged):
        said(details.reason, "reason", "Say why the rate is changed.")


def _pause(details: InfusionPaused, entry: Entry) -> None:
    one_of(details.reason, entry.protocol.pause_reasons, "reason", "The reason for a pause")


def _closing(details: EvaluationClosed, entry: Entry) -> None:
    one_of(details.outcome, entry.protocol.evaluation_outcomes, "outcome", "The outcome")
    if entry.protocol.evaluation_outcomes[details.outcome].needs_doctor:
        said(details.doctor, "doctor", "An evaluation is closed with the doctor's name.")
    said(details.reason, "reason", "Say why the evaluation is closed so.")


def _sample(details: SampleTaken, entry: Entry) -> None:
    one_of(details.sample, entry.protocol.samples, "sample", "The sample")
    if details.result is not None:
        unit = entry.protocol.samples[details.sample].unit
        holds = math.isfinite(details.result) and details.result >= 0
        require(holds, "result", f"The result is a number in {unit}.")


def _advice(details: AdviceGiven, entry: Entry) -> None:
    require(details.advice, "advice", "Choose what was explained.")
    for id in details.advice:
        one_of(id, entry.protocol.advice, "advice", "The advice")


def _night(details: NightReceiver, entry: Entry) -> None:
    said(details.receiver, "receiver", "Say who looks after the patient for the night.")
    said(details.place, "place", "Say where.")


def _discharge(details: Discharged | DischargePrepared, entry: Entry) -> None:
    one_of(details.where_to, entry.protocol.destinations, "where_to", "The destination")
    if entry.protocol.destinations[details.where_to].needs_receiver:
        said(details.receiver, "receiver", "Say who takes over.")


CHECKS: Mapping[type[Details], Callable[[Any, Entry], None]] = {
    CheckAnswered: hour_one_entries.check_answered,
    MedicationGiven: hour_one_entries.medication,
    BagPrepared: hour_one_entries.bag,
    InfusionStarted: _rate,
    RateChanged: _rate,
    InfusionResumed: _rate,
    InfusionPaused: _pause,
    VitalSignsRecorded: round_entries.vital_signs,
    SymptomReported: round_entries.symptoms,
    RoundNotDone: round_entries.not_done,
    RoundIntervalSet: round_entries.interval,
    ReferenceValueSet: hour_one_entries.reference_values,
    DoctorReviewed: round_entries.review,
    EvaluationClosed: _closing,
    ReactionSuspected: evaluation_entries.reaction,
    EvaluationStep: evaluation_entries.step,
    CallLogged: evaluation_entries.call,
    ReactionGraded: evaluation_entries.grade,
    AlertAnswered: evaluation_entries.answer,
    SampleTaken: _sample,
    AdviceGiven: _advice,
    DischargePrepared: _discharge,
    Discharged: _discharge,
    NightReceiver: _night,
    Transferred: lambda details, _: said(details.where_to, "where_to", "Say where the patient goes."),
    NoteAdded: lambda details, _: said(details.text, "text", "The note is empty."),
    Deferred: lambda details, _: said(details.reason, "reason", "Say why the day is deferred."),
    ChairAssigned: lambda details, _: said(details.chair, "chair", "Name the chair."),
}
