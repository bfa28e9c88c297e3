"""Everything a nurse can do at a chair, as the machine does it: the call, and the facts that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.charting import Act, Charting, Recorded
from models.clinical import facts as f
from models.clinical.facts import Details
from models.clinical.protocol import load
from tests.charting import ward

ALEMTUZUMAB = load()
DOCTOR = "Dr Silva"
Call = Callable[[Charting, Act, str], Recorded]


@dataclass(frozen=True)
class Deed:
    """`details` is what should stand in the record first."""

    name: str
    call: Call
    details: tuple[Details, ...] = ()
    refused: bool = False
    """Refused by what it says, whatever the day."""
    at: datetime | None = None
    """When what it replaces happened, or should have."""
    elsewhere: tuple[tuple[str, tuple[Details, ...]], ...] = ()
    """What it brings to another infusion day."""


CALM = replace(ward.CALM, spo2=99)
UNUSUAL = replace(CALM, spo2=101)
SETS: dict[str, f.VitalSignsRecorded] = {
    "calm": CALM,
    "fast": replace(CALM, heart_rate=115),
    "in pain": replace(CALM, symptoms=(f.Symptom(symptom="chest pain"),)),
    "pain gone": replace(CALM, symptoms=(f.Symptom(symptom="chest pain", change="gone"),)),
    "heart rate only": f.VitalSignsRecorded(heart_rate=74, partial_reason="no reading"),
    "fast, no pressure": f.VitalSignsRecorded(heart_rate=118, symptoms=(), partial_reason="no reading"),
    "nobody asked": replace(CALM, symptoms=None, partial_reason="no reading"),
    "pressure only": f.VitalSignsRecorded(systolic=120, diastolic=76, partial_reason="no reading"),
    "only pain": f.VitalSignsRecorded(symptoms=(f.Symptom(symptom="chest pain"),), partial_reason="no reading"),
    "only asked": f.VitalSignsRecorded(symptoms=(), partial_reason="no reading"),
    "unusual, confirmed": replace(UNUSUAL, confirmed=True),
    "unusual": UNUSUAL,
    "swapped": replace(CALM, systolic=70, diastolic=118),
}
REFUSED_SETS = ("unusual", "swapped")
PAINS = (f.Symptom(symptom="chest pain"), f.Symptom(symptom="chest pain", change="gone"), f.Symptom(symptom="rash"))
STEROID = f.MedicationGiven(medicine="steroid", outcome="given", name="methylprednisolone", dose_mg=1000)


def vital_signs(kind: str, adds_to: int | None = None) -> Deed:
    measured = replace(SETS[kind], adds_to=adds_to)
    return Deed("vital-signs", lambda c, a, d: c.record_vital_signs(a, d, measured), (measured,), kind in REFUSED_SETS)


def symptoms(said: f.Symptom) -> Deed:
    reported = f.SymptomReported(symptoms=(said,))
    return Deed("symptoms", lambda c, a, d: c.report_symptoms(a, d, reported), (reported,))


def plain(name: str, method: Callable[[Charting, Act, str, Any], Recorded], details: Details) -> Deed:
    """An act whose body is its fact."""
    return Deed(name, lambda c, a, d: method(c, a, d, details), (details,))


def checks(answer: str) -> Deed:
    asked = [one.id for one in ALEMTUZUMAB.checks.values() if one.kind == "yes_no"][:3]
    answers = [f.CheckAnswered(check=one, answer=answer) for one in asked]
    return Deed("checks", lambda c, a, d: c.answer_checks(a, d, answers), tuple(answers))


def bag(volume_ml: float) -> Deed:
    return plain("prepare", Charting.prepare_bag, f.BagPrepared(product="LEMTRADA", batch="B1", volume_ml=volume_ml))


def start(rate: float) -> Deed:
    return Deed("start", lambda c, a, d: c.start_infusion(a, d, rate), (f.InfusionStarted(rate_ml_per_hour=rate),))


def change_rate(rate: float) -> Deed:
    changed = f.RateChanged(rate_ml_per_hour=rate, reason="settled")
    return Deed("rate", lambda c, a, d: c.change_rate(a, d, rate, "settled"), (changed,))


def pause(reason: str) -> Deed:
    return Deed("pause", lambda c, a, d: c.pause_infusion(a, d, reason), (f.InfusionPaused(reason=reason),))


def resume(rate: float, with_doctor: bool, needs_doctor: bool, last_rate: float) -> Deed:
    doctor, reason = (DOCTOR, "seen") if with_doctor else ("", "")
    resumed = f.InfusionResumed(rate_ml_per_hour=rate)
    outcome = "slowed" if rate < last_rate else "resumed"
    closed = f.EvaluationClosed(outcome=outcome, doctor=DOCTOR, reason="seen")
    details = (closed, resumed) if needs_doctor and with_doctor else (resumed,)
    return Deed("resume", lambda c, a, d: c.resume_infusion(a, d, rate, doctor, reason), details)


STOP = Deed("stop", lambda c, a, d: c.stop_infusion(a, d), (f.InfusionStopped(),))
COMPLETE = Deed("complete", lambda c, a, d: c.complete_infusion(a, d), (f.InfusionCompleted(),))


def close(outcome: str) -> Deed:
    closed = f.EvaluationClosed(outcome=outcome, doctor=DOCTOR, reason="seen")
    return plain("close-evaluation", Charting.close_evaluation, closed)


def not_done(reason: str, again_at: datetime | None) -> Deed:
    return plain("not-done", Charting.round_not_done, f.RoundNotDone(reason=reason, try_again_at=again_at))


def review(accepts: bool, minutes: int | None) -> Deed:
    accepted = (("heart_rate", 115.0),) if accepts else ()
    reviewed = f.DoctorReviewed(doctor=DOCTOR, decision="go on", accepted=accepted, next_set_minutes=minutes)
    return plain("review", Charting.review, reviewed)


def note(text: str) -> Deed:
    return Deed("notes", lambda c, a, d: c.add_note(a, d, text), (f.NoteAdded(text=text),))


def allergies(words: str) -> Deed:
    corrected = f.PatientDetailsCorrected(allergies=words, reason="said so")
    return plain("patient-details", Charting.correct_patient_details, corrected)


def arrive(chair: str) -> Deed:
    arrived = f.Arrived(chair=chair, supervising_neurologist="Dr Haddad", emergency_contact="ICU 5555")
    return Deed("arrive", lambda c, a, d: c.arrive(a, d, chair=chair), (arrived,))


def defer() -> Deed:
    return Deed("defer", lambda c, a, d: c.defer(a, d, "infection"), (f.Deferred(reason="infection"),))


def move(chair: str) -> Deed:
    return Deed("move", lambda c, a, d: c.move(a, d, chair), (f.ChairAssigned(chair=chair),))


def swap(here: str, other: str, there: str) -> Deed:
    """`here` and `there` are chairs, `other` is the infusion day in the other one."""
    elsewhere = ((other, (f.ChairAssigned(chair=here),)),)
    moved = (f.ChairAssigned(chair=there),)
    return Deed("swap", lambda c, a, d: c.swap(a, d, other), moved, elsewhere=elsewhere)


def assign(nurse: str | None, by: str, responsible: str | None) -> Deed:
    at_once = nurse in (None, by) or responsible is None
    details = f.NurseAssigned(nurse=nurse) if at_once else f.HandoverOffered(to=str(nurse))
    return Deed("assign", lambda c, a, d: c.assign(a, d, nurse), (details,))


def correct(wrong: f.Fact, replacement: Details | None, at: datetime | None) -> Deed:
    """At another time only where `at` says one."""
    strike = f.EnteredInError(position=wrong.position, reason="wrong value")
    details = (strike,) if replacement is None else (strike, replacement)
    return Deed(
        "corrections",
        lambda c, a, d: c.correct(a, d, wrong.position, "wrong value", "", replacement, at),
        details,
        at=at or wrong.happened_at,
    )


TRANSFER = plain("transfer", Charting.transfer, f.Transferred(where_to="ward", receiver="Dr Chen"))
DISCHARGE = plain("discharge", Charting.discharge, f.Discharged(where_to="home"))
ADVICE = plain("advice", Charting.give_advice, f.AdviceGiven(advice=tuple(ALEMTUZUMAB.advice)))
PLATELETS = plain("samples", Charting.take_sample, f.SampleTaken(sample="platelets"))
REFERENCE = plain(
    "reference-values",
    Charting.set_reference_values,
    f.ReferenceValueSet(heart_rate=72, systolic=118, diastolic=74, doctor=DOCTOR, reason="old record lost"),
)


def interval(minutes: int) -> Deed:
    return plain("interval", Charting.set_round_interval, f.RoundIntervalSet(interval_minutes=minutes))


def medicine(outcome: str) -> Deed:
    return plain("medications", Charting.give_medication, replace(STEROID, outcome=outcome))
