"""Entries that cannot be are refused with their field; partial sets; rounds put off."""

from dataclasses import replace
from datetime import date

import pytest

from models.clinical.facts import (
    AdviceGiven,
    BagPrepared,
    ChairAssigned,
    CheckAnswered,
    Deferred,
    Details,
    Discharged,
    DischargePrepared,
    DoctorReviewed,
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
    Symptom,
    SymptomReported,
    Transferred,
    VitalSignsRecorded,
)
from tests.clinical.asking import COMPLETE, HOME, PAUSE, ADoctor, arrived, ask, closing, infusing, refused
from tests.clinical.builders import a_set, a_strike, at
from tests.clinical.test_go_no_go import ready_lines

# ---- entries ---------------------------------------------------------------------------------------------------------


REVIEWED = {"doctor": "Dr Sand", "decision": "go on"}


# what cannot be → the field that is named; the last column is what may be
ENTRIES: list[tuple[Details, str]] = [
    (CheckAnswered(check="shoe size", answer="no"), "check"),
    (CheckAnswered(check="hiv", answer=" "), "hiv"),
    (CheckAnswered(check="hiv", answer="perhaps"), "hiv"),
    (CheckAnswered(check="hiv", answer="unknown"), ""),
    (CheckAnswered(check="ecg date", answer="yesterday"), "ecg date"),
    (CheckAnswered(check="ecg date", answer="2026-11-22"), "ecg date"),
    (CheckAnswered(check="ecg date", answer="2026-11-20"), ""),
    (CheckAnswered(check="platelets baseline", answer="many"), "platelets baseline"),
    (CheckAnswered(check="platelets baseline", answer="nan"), "platelets baseline"),
    (CheckAnswered(check="platelets baseline", answer="-1"), "platelets baseline"),
    (CheckAnswered(check="platelets baseline", answer="210"), ""),
    (CheckAnswered(check="fit for infusion", answer="Dr Sand"), ""),
    (MedicationGiven(medicine="tea", outcome="given"), "medicine"),
    (MedicationGiven(medicine="steroid", outcome="maybe"), "outcome"),
    (MedicationGiven(medicine="steroid", outcome="given", dose_mg=0), "dose_mg"),
    (MedicationGiven(medicine="steroid", outcome="given", dose_mg=float("nan")), "dose_mg"),
    (MedicationGiven(medicine="steroid", outcome="given", dose_mg=1000), ""),
    (MedicationGiven(medicine="steroid", outcome="given"), "dose_mg"),
    (MedicationGiven(medicine="steroid", outcome="not given"), ""),
    (MedicationGiven(medicine="antihistamine", outcome="given"), ""),
    (MedicationGiven(medicine="other", outcome="given"), "name"),
    (MedicationGiven(medicine="other", outcome="given", name="paracetamol"), ""),
    (RateChanged(rate_ml_per_hour=0, reason="settled"), "rate_ml_per_hour"),
    (RateChanged(rate_ml_per_hour=253.1, reason="settled"), "rate_ml_per_hour"),
    (RateChanged(rate_ml_per_hour=float("inf"), reason="settled"), "rate_ml_per_hour"),
    (RateChanged(rate_ml_per_hour=253, reason=""), "reason"),
    (RateChanged(rate_ml_per_hour=253, reason="settled"), ""),
    (InfusionPaused(reason="tired"), "reason"),
    (VitalSignsRecorded(), "heart_rate"),
    (VitalSignsRecorded(heart_rate=-1), "heart_rate"),
    (VitalSignsRecorded(systolic=80, diastolic=80), "diastolic"),
    (VitalSignsRecorded(symptoms=(Symptom(symptom="hunger"),)), "symptoms"),
    (VitalSignsRecorded(heart_rate=70), "partial_reason"),
    (VitalSignsRecorded(heart_rate=70, partial_reason=" "), "partial_reason"),
    (VitalSignsRecorded(heart_rate=0, partial_reason="no reading"), ""),
    (VitalSignsRecorded(symptoms=(), partial_reason="no reading"), ""),
    (a_set(), ""),
    (replace(a_set(), arm="left"), ""),
    (replace(a_set(), arm="third"), "arm"),
    (a_set(symptoms=["rash", "rash"]), "symptoms"),
    (SymptomReported(symptoms=()), "symptoms"),
    (SymptomReported(symptoms=(Symptom(symptom="hunger"),)), "symptoms"),
    (SymptomReported(symptoms=(Symptom(symptom="rash"),)), ""),
    (SymptomReported(symptoms=(Symptom(symptom="rash"), Symptom(symptom="rash", change="gone"))), "symptoms"),
    (RoundNotDone(reason="lunch"), "reason"),
    (RoundNotDone(reason="other", try_again_at=at("12:10:01")), "try_again_at"),
    (RoundNotDone(reason="other", try_again_at=at("12:00")), "try_again_at"),
    (RoundNotDone(reason="other", try_again_at=at("12:10")), ""),
    (RoundNotDone(reason="other"), ""),
    (RoundIntervalSet(interval_minutes=45), "interval_minutes"),
    (RoundIntervalSet(interval_minutes=15), ""),
    (ReferenceValueSet(systolic=120), "doctor"),
    (ReferenceValueSet(systolic=120, doctor="Dr Sand"), "doctor"),
    (ReferenceValueSet(doctor="Dr Sand", reason="day 1 was odd"), "heart_rate"),
    (ReferenceValueSet(systolic=80, diastolic=120, doctor="Dr Sand", reason="day 1 was odd"), "diastolic"),
    (ReferenceValueSet(systolic=120, taken_on=date(2026, 11, 22)), "taken_on"),
    (ReferenceValueSet(systolic=120, taken_on=date(2026, 10, 1)), ""),
    (ReferenceValueSet(systolic=120, doctor="Dr Sand", reason="day 1 was odd"), ""),
    (DoctorReviewed(doctor="", decision="go on"), "doctor"),
    (DoctorReviewed(doctor="Dr Sand", decision=""), "decision"),
    (DoctorReviewed(**REVIEWED, accepted=(("mood", 1.0),)), "accepted"),
    (DoctorReviewed(**REVIEWED, accepted=(("systolic", float("nan")),)), "accepted"),
    (DoctorReviewed(**REVIEWED, next_set_minutes=20), "next_set_minutes"),
    (DoctorReviewed(**REVIEWED, until=at("12:00")), "until"),
    (DoctorReviewed(**REVIEWED, asked_at=at("12:01")), "asked_at"),
    (DoctorReviewed(**REVIEWED, accepted=(("systolic", 150.0),), next_set_minutes=15), ""),
    (DoctorReviewed(**REVIEWED, until=at("12:01"), asked_at=at("12:00")), ""),
    (SampleTaken(sample="urine"), "sample"),
    (SampleTaken(sample="platelets", result=-1), "result"),
    (SampleTaken(sample="platelets", result=0), ""),
    (SampleTaken(sample="platelets"), ""),
    (AdviceGiven(advice=()), "advice"),
    (AdviceGiven(advice=("rest",)), "advice"),
    (AdviceGiven(advice=("infection",)), ""),
    (Transferred(where_to=" ", receiver=""), "where_to"),
    (NoteAdded(text="\n"), "text"),
    (ChairAssigned(chair=""), "chair"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("details", "field"), ENTRIES, ids=[f"{type(one).__name__} {field or 'fits'}" for one, field in ENTRIES]
)
def test_an_entry_that_cannot_be_is_refused_with_its_field(details, field):
    if field:
        assert refused(infusing(), details).field == field
    else:
        assert ask(infusing(), details) == ()


@pytest.mark.parametrize(
    ("details", "day", "field"),
    [
        (BagPrepared(product="", batch="B1", volume_ml=100), arrived(), "product"),
        (BagPrepared(product="LEMTRADA", batch=" ", volume_ml=100), arrived(), "batch"),
        (BagPrepared(product="LEMTRADA", batch="B1", volume_ml=0), arrived(), "volume_ml"),
        (BagPrepared(product="LEMTRADA", batch="B1", volume_ml=1013), arrived(), "volume_ml"),
        (InfusionStarted(rate_ml_per_hour=0), arrived(*ready_lines()), "rate_ml_per_hour"),
        (InfusionResumed(rate_ml_per_hour=-1), infusing(("10:00", PAUSE)), "rate_ml_per_hour"),
        (Deferred(reason=""), arrived(), "reason"),
        (closing(outcome="better"), infusing(("10:00", a_set(131))), "outcome"),
        (closing(doctor=""), infusing(("10:00", a_set(131))), "doctor"),
        (closing(reason=""), infusing(("10:00", a_set(131))), "reason"),
        (Discharged(where_to="pub"), infusing(("10:00", COMPLETE)), "where_to"),
        (Discharged(where_to="ward"), infusing(("10:00", COMPLETE)), "receiver"),
        (Discharged(where_to="against advice"), infusing(("10:00", COMPLETE)), "receiver"),
        (DischargePrepared(where_to="against advice"), infusing(("10:00", COMPLETE)), "receiver"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_in_its_phase(details, day, field):
    assert refused(day, details).field == field


def test_home_needs_no_receiver_and_a_ward_does():
    day = infusing(("10:00", COMPLETE))
    assert ask(day, HOME, override=ADoctor()) != ()
    assert ask(day, Discharged(where_to="ward", receiver="Sister Maas"), override=ADoctor()) != ()


# ---- partial sets and rounds put off (D-16) --------------------------------------------------------------------------


PARTIAL = a_set(pressure="118/--")


@pytest.mark.parametrize(
    ("added", "happened", "field"),
    [
        (a_set(None, "--/74", symptoms=None, adds_to=6), "12:15", ""),
        (a_set(None, "--/74", symptoms=None, adds_to=6), "12:15:01", "adds_to"),
        (a_set(None, "--/74", symptoms=None, adds_to=6), "11:59:59", "adds_to"),
        (a_set(74, "--/74", symptoms=None, adds_to=6), "12:10", "heart_rate"),
        (a_set(None, "--/74", symptoms=(), adds_to=6), "12:10", "symptoms"),
        (a_set(None, "--/118", symptoms=None, adds_to=6), "12:10", "diastolic"),
        (a_set(None, "--/74", symptoms=None, adds_to=3), "12:10", "adds_to"),
        (a_set(None, "--/74", symptoms=None, adds_to=99), "12:10", "adds_to"),
    ],
)
def test_missing_values_are_added_to_a_partial_set_within_15_min(added, happened, field):
    day = infusing(("12:00", PARTIAL))
    if field:
        assert refused(day, added, now="13:00", happened=happened).field == field
    else:
        assert ask(day, added, now="13:00", happened=happened) == ()


def test_nothing_is_added_to_an_addition_or_to_a_struck_set():
    day = infusing(("12:00", PARTIAL), ("12:05", a_set(None, "--/74", symptoms=None, adds_to=6)))
    assert refused(day, a_set(None, "--/--", 36.5, symptoms=None, adds_to=7), now="12:06").field == "adds_to"
    assert refused(day, a_set(None, "--/--", 36.5, symptoms=None, adds_to=6), now="12:06").field == "adds_to"
    warm = infusing(("12:00", PARTIAL), ("12:05", a_set(None, "--/--", 36.5, symptoms=None, adds_to=6)))
    assert refused(warm, a_set(None, "--/--", 36.6, symptoms=None, adds_to=6), now="12:06").field == "temperature"
    assert ask(warm, a_set(None, "--/74", symptoms=None, adds_to=6), now="12:06") == ()
    struck = infusing(("12:00", PARTIAL), ("12:01", a_strike(6)))
    assert refused(struck, a_set(None, "--/74", symptoms=None, adds_to=6), now="12:06").field == "adds_to"


def test_a_round_is_put_off_once():
    put_off = RoundNotDone(reason="other", try_again_at=at("10:38"))
    again = RoundNotDone(reason="other", try_again_at=at("10:46"))
    assert refused(infusing(("10:30", put_off)), again, now="10:40").field == "try_again_at"
    assert ask(infusing(("10:30", put_off)), RoundNotDone(reason="other"), now="10:40") == ()
    assert ask(infusing(("10:30", put_off), ("10:35", a_set())), again, now="10:40") == ()


def test_a_round_is_put_off_once_at_one_and_the_same_moment_too():
    """The set and both attempts told with the same true time: what was recorded later is later."""
    put_off = RoundNotDone(reason="other", try_again_at=at("10:38"))
    at_the_set = infusing(("10:30", a_set()), ("10:30", put_off))
    assert refused(at_the_set, put_off, now="10:31", happened="10:30").field == "try_again_at"
    assert ask(infusing(("10:30", put_off), ("10:30", a_set())), put_off, now="10:31", happened="10:30") == ()
