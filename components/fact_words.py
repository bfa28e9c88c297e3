"""What each kind of fact reads like in the record: one short line in the ward's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from components.wording import clock_time, date_words, dates_said
from models.clinical import facts as f
from models.clinical.evaluation_entries import instant
from models.clinical.facts import Fact
from models.clinical.protocol import Protocol


def fact_words(fact: Fact, protocol: Protocol, staff: Mapping[str, str], zone: str) -> str:
    """Ids become the protocol's words, staff ids their names."""
    details = fact.details
    if isinstance(details, f.EvaluationStep) and (told := instant(details.answer)):
        details = replace(details, answer=clock_time(told, zone))
    return _WORDS[type(details)](details, protocol, staff)


def _choice(rows: Mapping[str, Any], chosen: str) -> str:
    """Reasons are ids of the protocol or a nurse's own words."""
    return rows[chosen].words if chosen in rows else chosen


def _and(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def values_words(details: f.VitalSignsRecorded | f.ReferenceValueSet) -> str:
    """`92 /min · 142/88 mmHg · 37.1 °C`; what was not measured is left out."""
    read = {
        name: getattr(details, name, None)
        for name in (
            "heart_rate",
            "systolic",
            "diastolic",
            "temperature",
            "spo2",
            "respiratory_rate",
            "consciousness",
            "arm",
        )
    }
    pressure = ""
    if read["systolic"] is not None or read["diastolic"] is not None:
        pressure = f"{_or_none(read['systolic'])}/{_or_none(read['diastolic'])} mmHg"
    units = (("heart_rate", "/min"), ("temperature", "°C"), ("spo2", "% SpO₂"), ("respiratory_rate", "breaths/min"))
    numbers = {name: f"{read[name]} {unit}" for name, unit in units if read[name] is not None}
    return _and(
        numbers.get("heart_rate", ""),
        pressure,
        numbers.get("temperature", ""),
        numbers.get("spo2", ""),
        numbers.get("respiratory_rate", ""),
        read["consciousness"] or "",
        f"{read['arm']} arm" if read["arm"] else "",
    )


def _or_none(value: int | None) -> str:
    return "–" if value is None else str(value)


def symptoms_words(symptoms: tuple[f.Symptom, ...] | None, protocol: Protocol) -> str:
    if symptoms is None:
        return "symptoms not asked"
    if not symptoms:
        return "no new symptom"
    return ", ".join(_symptom(s, protocol) for s in symptoms)


def _symptom(symptom: f.Symptom, protocol: Protocol) -> str:
    change = "" if symptom.change == "new" else f" {symptom.change}"
    severity = f" ({symptom.severity})" if symptom.severity else ""
    return f"{_choice(protocol.symptoms, symptom.symptom)}{severity}{change}"


def _vital_signs(d: f.VitalSignsRecorded, protocol: Protocol, _staff: Mapping[str, str]) -> str:
    partial = f"partial: {_choice(protocol.partial_reasons, d.partial_reason)}" if d.partial_reason else ""
    return _and(values_words(d), symptoms_words(d.symptoms, protocol), partial, "confirmed" if d.confirmed else "")


def _medication(d: f.MedicationGiven, protocol: Protocol, _staff: Mapping[str, str]) -> str:
    dose = f" {d.dose_mg:g} mg" if d.dose_mg is not None else ""
    return _and(f"{d.name or _choice(protocol.medicines, d.medicine)}{dose}: {d.outcome}", d.note)


def _reference(d: f.ReferenceValueSet, _protocol: Protocol, _staff: Mapping[str, str]) -> str:
    taken = f"taken {date_words(d.taken_on)}" if d.taken_on else ""
    return _and(f"Reference values {values_words(d)}", d.doctor, d.reason, taken)


def _review(d: f.DoctorReviewed, protocol: Protocol, _staff: Mapping[str, str]) -> str:
    by_phone = "" if d.present else " (by phone)"
    accepted = ", ".join(f"{name} up to {value:g}" for name, value in d.accepted)
    return _and(
        f"Reviewed by {d.doctor}{by_phone}: {_choice(protocol.review_decisions, d.decision)}",
        f"accepted {accepted}" if accepted else "",
    )


def _corrected(d: f.PatientDetailsCorrected, _protocol: Protocol, _staff: Mapping[str, str]) -> str:
    new = [d.family_name, d.given_name, date_words(d.born) if d.born else None, d.allergies]
    return _and("Patient details corrected: " + ", ".join(n for n in new if n is not None), d.reason)


def _advice(d: f.AdviceGiven, _protocol: Protocol, _staff: Mapping[str, str]) -> str:
    """By their ids: the sentences would fill the page."""
    return "Explained: " + ", ".join(d.advice)


def _not_done(d: f.RoundNotDone, protocol: Protocol, _staff: Mapping[str, str]) -> str:
    return f"Vital signs not done: {_choice(protocol.not_done_reasons, d.reason)}"


def _step(d: f.EvaluationStep, protocol: Protocol) -> str:
    listed = protocol.check_lists.get(d.reaction)
    steps = protocol.evaluation_head if listed is None else listed.steps
    words = next((step.words for step in steps if step.id == d.step), d.step)
    return f"{'First steps' if listed is None else listed.short.partition(':')[0]}: {words}, {d.answer}"


def _result(d: f.SampleTaken, protocol: Protocol) -> str:
    if d.result is None:
        return ""
    unit = protocol.samples[d.sample].unit if d.sample in protocol.samples else ""
    return f"{d.result:g} {unit}".strip()


def _check(d: f.CheckAnswered, protocol: Protocol, _staff: Mapping[str, str]) -> str:
    unit = protocol.checks[d.check].unit if d.check in protocol.checks else ""
    return f"{_choice(protocol.checks, d.check)}: {dates_said(d.answer)} {unit}".strip()


Words = Callable[[Any, Protocol, Mapping[str, str]], str]

_WORDS: dict[type, Words] = {
    f.Booked: lambda d, p, s: _and(f"Booked for chair {d.chair}", d.note),
    f.Arrived: lambda d, p, s: f"Arrived in chair {d.chair} · neurologist {d.supervising_neurologist}",
    f.ChairAssigned: lambda d, p, s: _and(f"Moved to chair {d.chair}", d.reason),
    f.NurseAssigned: lambda d, p, s: f"Responsible nurse: {s.get(d.nurse, d.nurse) if d.nurse else 'nobody'}",
    f.HandoverOffered: lambda d, p, s: f"Handover offered to {s.get(d.to, d.to)}",
    f.PatientDetailsCorrected: _corrected,
    f.Deferred: lambda d, p, s: f"Deferred: {_choice(p.defer_reasons, d.reason)}",
    f.CheckAnswered: _check,
    f.MedicationGiven: _medication,
    f.BagPrepared: lambda d, p, s: f"Bag mixed: {d.product}, batch {d.batch}, {d.volume_ml:g} mL",
    f.InfusionStarted: lambda d, p, s: f"Infusion started at {d.rate_ml_per_hour:g} mL/h",
    f.RateChanged: lambda d, p, s: f"Rate {d.rate_ml_per_hour:g} mL/h: {_choice(p.rate_reasons, d.reason)}",
    f.InfusionPaused: lambda d, p, s: _and(f"Paused: {_choice(p.pause_reasons, d.reason)}", d.note),
    f.InfusionResumed: lambda d, p, s: f"Resumed at {d.rate_ml_per_hour:g} mL/h",
    f.InfusionStopped: lambda d, p, s: _and("STOPPED", d.reason),
    f.InfusionCompleted: lambda d, p, s: "Infusion completed",
    f.VitalSignsRecorded: _vital_signs,
    f.SymptomReported: lambda d, p, s: f"Symptom: {symptoms_words(d.symptoms, p)}",
    f.RoundNotDone: _not_done,
    f.RoundIntervalSet: lambda d, p, s: _and(f"Rounds every {d.interval_minutes} min", d.reason),
    f.ReferenceValueSet: _reference,
    f.DoctorReviewed: _review,
    f.EvaluationOpened: lambda d, p, s: f"Evaluation opened: {d.reason}",
    f.EvaluationClosed: lambda d, p, s: _and(
        f"Evaluation closed: {_choice(p.evaluation_outcomes, d.outcome)}", d.doctor, d.reason
    ),
    f.ReactionSuspected: lambda d, p, s: _and(f"Considered: {_choice(p.check_lists, d.reaction)}", d.doctor),
    f.EvaluationStep: lambda d, p, s: _step(d, p),
    f.ReactionGraded: lambda d, p, s: f"Grade {d.grade}",
    f.AlertAnswered: lambda d, p, s: _and(
        f"Alert {d.alert.rpartition('/')[0]}: {d.answer}", d.outcome, d.doctor, d.note
    ),
    f.CallLogged: lambda d, p, s: f"{d.whom} {d.what}",
    f.DischargePrepared: lambda d, p, s: _and(f"Discharge prepared: {_choice(p.destinations, d.where_to)}", d.receiver),
    f.NightReceiver: lambda d, p, s: f"For the night: {d.receiver}, {d.place}",
    f.SampleTaken: lambda d, p, s: _and(f"{_choice(p.samples, d.sample)} taken", _result(d, p), d.note),
    f.AdviceGiven: _advice,
    f.Discharged: lambda d, p, s: _and(f"Discharged: {_choice(p.destinations, d.where_to)}", d.receiver),
    f.Transferred: lambda d, p, s: _and(f"Transferred: {_choice(p.destinations, d.where_to)}", d.receiver, d.reason),
    f.NoteAdded: lambda d, p, s: f"Note: {d.text}",
    f.Overridden: lambda d, p, s: f"{d.doctor} let {d.act} pass: {_choice(p.override_reasons, d.reason)}",
    f.EnteredInError: lambda d, p, s: _and(f"Entered in error: {_choice(p.correction_reasons, d.reason)}", d.note),
}
