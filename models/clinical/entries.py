"""Which entries cannot be: for every kind of fact what it must hold, field by field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from models.clinical import hour_one_entries, round_entries
from models.clinical.facts import (
    AdviceGiven,
    BagPrepared,
    ChairAssigned,
    CheckAnswered,
    Deferred,
    Details,
    Discharged,
    DoctorReviewed,
    EvaluationClosed,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    MedicationGiven,
    NoteAdded,
    RateChanged,
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


def _discharge(details: Discharged, entry: Entry) -> None:
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
    SampleTaken: _sample,
    AdviceGiven: _advice,
    Discharged: _discharge,
    Transferred: lambda details, _: said(details.where_to, "where_to", "Say where the patient goes."),
    NoteAdded: lambda details, _: said(details.text, "text", "The note is empty."),
    Deferred: lambda details, _: said(details.reason, "reason", "Say why the day is deferred."),
    ChairAssigned: lambda details, _: said(details.chair, "chair", "Name the chair."),
}
