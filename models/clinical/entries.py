"""Which entries cannot be: for every kind of fact what it must hold, field by field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.clinical.day_sheet import DaySheet
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
from models.clinical.infusion_clock import in_words
from models.clinical.protocol import Protocol
from models.clinical.refusal import Refusal
from models.clinical.symptoms import impossible_symptom
from models.clinical.vital_signs import PARAMETERS, has_readings, impossible, is_complete

OUTCOMES = ("given", "not given", "not prescribed")
OTHER = "other"
TIMES_PLANNED = 10
"""A rate or a volume beyond so many times the planned one is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry is judged by; `at` is its true time."""

    protocol: Protocol
    sheet: DaySheet
    at: datetime


def refuse_impossible(details: Details, entry: Entry) -> None:
    """Raises for the first field that cannot be; what is only unlikely passes here."""
    check = CHECKS.get(type(details))
    if check is not None:
        check(details, entry)


def _require(holds: object, field: str, sentence: str) -> None:
    if not holds:
        raise Refusal(sentence, field=field)


def _said(text: str, field: str, sentence: str) -> None:
    _require(text.strip(), field, sentence)


def _one_of(word: str, rows: Mapping[str, Any], field: str, what: str) -> None:
    _require(word in rows, field, f"{what} is one of: {', '.join(rows)}.")


def _amount(value: float, most: float, field: str, sentence: str) -> None:
    _require(math.isfinite(value) and 0 < value <= most, field, sentence)


def _check_answered(details: CheckAnswered, entry: Entry) -> None:
    row = entry.protocol.checks.get(details.check)
    if row is None:
        raise Refusal(f"The protocol has no question {details.check!r}.", field="check")
    _said(details.answer, row.id, f"{row.words} An answer is needed.")
    if row.kind == "yes_no":
        _one_of(details.answer, {"yes": 0, "no": 0, "unknown": 0}, row.id, "The answer")
    elif row.kind == "date":
        _require(_is_past(details.answer, entry.at), row.id, f"{row.words}: a date up to today, as 2026-04-05.")
    elif row.kind == "number":
        _require(_is_amount(details.answer), row.id, f"{row.words}: a number in {row.unit}.")


def _is_past(text: str, at: datetime) -> bool:
    """Up to tomorrow by UTC, which is today somewhere."""
    try:
        return (date.fromisoformat(text) - at.date()).days <= 1
    except ValueError:
        return False


def _is_amount(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and float(text) >= 0
    except ValueError:
        return False


def _medication(details: MedicationGiven, entry: Entry) -> None:
    _one_of(details.medicine, {**entry.protocol.medicines, OTHER: 0}, "medicine", "The medicine")
    _one_of(details.outcome, dict.fromkeys(OUTCOMES), "outcome", "The outcome")
    if details.medicine == OTHER:
        _said(details.name, "name", "Name the medicine.")
    if details.dose_mg is not None:
        _amount(details.dose_mg, math.inf, "dose_mg", "The dose is a number of mg above 0.")


def _bag(details: BagPrepared, entry: Entry) -> None:
    _said(details.product, "product", "Name the product in the bag.")
    _said(details.batch, "batch", "Give the batch of the product.")
    most = entry.protocol.volume_ml * TIMES_PLANNED
    _amount(details.volume_ml, most, "volume_ml", f"The volume of the bag is above 0 and at most {most:g} mL.")


def _rate(details: InfusionStarted | RateChanged | InfusionResumed, entry: Entry) -> None:
    most = entry.protocol.planned_rate_ml_per_hour * TIMES_PLANNED
    sentence = f"The rate is above 0 and at most {most:g} mL/h. To hold the drug, record a pause."
    _amount(details.rate_ml_per_hour, most, "rate_ml_per_hour", sentence)
    if isinstance(details, RateChanged):
        _said(details.reason, "reason", "Say why the rate is changed.")


def _pause(details: InfusionPaused, entry: Entry) -> None:
    _one_of(details.reason, entry.protocol.pause_reasons, "reason", "The reason for a pause")


def _vital_signs(details: VitalSignsRecorded, entry: Entry) -> None:
    cannot_be = impossible(details) or impossible_symptom(details.symptoms, entry.protocol)
    if cannot_be is not None:
        raise Refusal(cannot_be[1], field=cannot_be[0])
    _require(has_readings(details), "heart_rate", "Nothing is measured in this set.")
    if details.adds_to is not None:
        _addition(details, details.adds_to, entry)


def _addition(details: VitalSignsRecorded, adds_to: int, entry: Entry) -> None:
    """Only what is missing, to a set that is partial, while it is fresh (D-16)."""
    first = next(((f, s) for f, s in entry.sheet.of(VitalSignsRecorded) if f.position == adds_to), None)
    if first is None or first[1].adds_to is not None or is_complete(first[1]):
        raise Refusal("There is no partial set to add this to. Record a new set.", field="adds_to")
    longest = entry.protocol.durations.partial_completion
    sentence = f"Values can be added within {in_words(longest)} of the set. Record a new set."
    _require(first[0].happened_at <= entry.at <= first[0].happened_at + longest, "adds_to", sentence)
    for name in ("symptoms", *PARAMETERS):
        twice = getattr(first[1], name) is not None and getattr(details, name) is not None
        _require(not twice, name, "That set has this value already. Correct it instead.")


def _symptoms(details: SymptomReported, entry: Entry) -> None:
    _require(details.symptoms, "symptoms", "Choose the symptom.")
    if (cannot_be := impossible_symptom(details.symptoms, entry.protocol)) is not None:
        raise Refusal(cannot_be[1], field=cannot_be[0])


def _not_done(details: RoundNotDone, entry: Entry) -> None:
    _one_of(details.reason, entry.protocol.not_done_reasons, "reason", "The reason")
    if details.try_again_at is None:
        return
    longest = entry.protocol.durations.not_done_try_again
    in_time = entry.at < details.try_again_at <= entry.at + longest
    _require(in_time, "try_again_at", f"Try again within {in_words(longest)}.")
    taken = [fact.happened_at for fact, one in entry.sheet.of(VitalSignsRecorded) if is_complete(one)]
    since = max((at for at in taken if at <= entry.at), default=None)
    promised = [
        fact for fact, missed in entry.sheet.of(RoundNotDone)
        if missed.try_again_at is not None and (since is None or fact.happened_at > since)
    ]  # fmt: skip
    _require(not promised, "try_again_at", "This round was put off once already. Take it now, or say why not.")


def _interval(details: RoundIntervalSet, entry: Entry) -> None:
    offered = entry.protocol.round_intervals
    sentence = f"The interval is {', '.join(map(str, offered))} min."
    _require(details.interval_minutes in offered, "interval_minutes", sentence)


def _reference(details: ReferenceValueSet, entry: Entry) -> None:
    set_by_doctor = details.doctor.strip() and details.reason.strip()
    sentence = "A reference value needs a doctor's name and a reason, or the date it was taken on."
    _require(set_by_doctor or details.taken_on, "doctor", sentence)
    if details.taken_on is not None:
        _require(_is_past(details.taken_on.isoformat(), entry.at), "taken_on", "The date it was taken on is past.")
    values = VitalSignsRecorded(
        heart_rate=details.heart_rate, systolic=details.systolic, diastolic=details.diastolic, spo2=details.spo2
    )
    _require(has_readings(values), "heart_rate", "No reference value is given.")
    if (cannot_be := impossible(values)) is not None:
        raise Refusal(cannot_be[1], field=cannot_be[0])


def _review(details: DoctorReviewed, entry: Entry) -> None:
    _said(details.doctor, "doctor", "Name the doctor.")
    _said(details.decision, "decision", "Say what the doctor decided.")
    for parameter, value in details.accepted:
        _one_of(parameter, PARAMETERS, "accepted", "An accepted value")
        _require(math.isfinite(value), "accepted", "An accepted value is a number.")
    if details.next_set_minutes is not None:
        offered = ", ".join(map(str, entry.protocol.round_intervals))
        in_list = details.next_set_minutes in entry.protocol.round_intervals
        _require(in_list, "next_set_minutes", f"The next set is in {offered} min.")
    _require(details.until is None or details.until > entry.at, "until", "Accepted values end after the review.")
    _require(details.asked_at is None or details.asked_at <= entry.at, "asked_at", "The doctor is asked before coming.")


def _closing(details: EvaluationClosed, entry: Entry) -> None:
    _one_of(details.outcome, entry.protocol.evaluation_outcomes, "outcome", "The outcome")
    if entry.protocol.evaluation_outcomes[details.outcome].needs_doctor:
        _said(details.doctor, "doctor", "An evaluation is closed with the doctor's name.")
    _said(details.reason, "reason", "Say why the evaluation is closed so.")


def _sample(details: SampleTaken, entry: Entry) -> None:
    _one_of(details.sample, entry.protocol.samples, "sample", "The sample")
    if details.result is not None:
        unit = entry.protocol.samples[details.sample].unit
        holds = math.isfinite(details.result) and details.result >= 0
        _require(holds, "result", f"The result is a number in {unit}.")


def _advice(details: AdviceGiven, entry: Entry) -> None:
    _require(details.advice, "advice", "Choose what was explained.")
    for id in details.advice:
        _one_of(id, entry.protocol.advice, "advice", "The advice")


def _discharge(details: Discharged, entry: Entry) -> None:
    _one_of(details.where_to, entry.protocol.destinations, "where_to", "The destination")
    if entry.protocol.destinations[details.where_to].needs_receiver:
        _said(details.receiver, "receiver", "Say who takes over.")


CHECKS: Mapping[type[Details], Callable[[Any, Entry], None]] = {
    CheckAnswered: _check_answered,
    MedicationGiven: _medication,
    BagPrepared: _bag,
    InfusionStarted: _rate,
    RateChanged: _rate,
    InfusionResumed: _rate,
    InfusionPaused: _pause,
    VitalSignsRecorded: _vital_signs,
    SymptomReported: _symptoms,
    RoundNotDone: _not_done,
    RoundIntervalSet: _interval,
    ReferenceValueSet: _reference,
    DoctorReviewed: _review,
    EvaluationClosed: _closing,
    SampleTaken: _sample,
    AdviceGiven: _advice,
    Discharged: _discharge,
    Transferred: lambda details, _: _said(details.where_to, "where_to", "Say where the patient goes."),
    NoteAdded: lambda details, _: _said(details.text, "text", "The note is empty."),
    Deferred: lambda details, _: _said(details.reason, "reason", "Say why the day is deferred."),
    ChairAssigned: lambda details, _: _said(details.chair, "chair", "Name the chair."),
}
