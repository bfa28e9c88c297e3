"""Whether an act may be recorded: true times (D-14), the table, what must come first, locks and overrides (D-13)."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from models.clinical.accept import accept, true_time
from models.clinical.facts import (
    AdviceGiven,
    AlertAnswered,
    Arrived,
    BagPrepared,
    Booked,
    ChairAssigned,
    CheckAnswered,
    Deferred,
    Details,
    Discharged,
    DischargePrepared,
    DoctorReviewed,
    EvaluationClosed,
    EvaluationOpened,
    HandoverOffered,
    InfusionCompleted,
    InfusionDay,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    MedicationGiven,
    NoteAdded,
    NurseAssigned,
    PatientDetailsCorrected,
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
from models.clinical.infusion_day import ACT_OF
from models.clinical.refusal import Refusal
from models.clinical.rest_of_course import Course
from models.clinical.status import Phase
from tests.clinical.builders import A_START, NURSE, Line, a_set, a_strike, an_infusion_day, at, its_course, the_protocol
from tests.clinical.test_go_no_go import ready_lines


@dataclass(frozen=True)
class ADoctor:
    doctor: str = "Dr Sand"
    reason: str = "examined"


def ask(
    day: InfusionDay, *details: Details, now: str = "12:00", happened: str | None = None, act: str = "",
    actor: str = NURSE, override: ADoctor | None = None, course: Course | None = None,
) -> tuple[str, ...]:  # fmt: skip
    name = act or ACT_OF[type(details[-1])]
    return accept(
        day, course or its_course(day), the_protocol(), at(now), name, details, at(happened or now), actor, override
    )  # fmt: skip


def refused(day: InfusionDay, *details: Details, **how) -> Refusal:
    with pytest.raises(Refusal) as caught:
        ask(day, *details, **how)
    assert caught.value.sentence.endswith(".")
    return caught.value


def infusing(*lines: Line, **known) -> InfusionDay:
    return an_infusion_day(*lines, phase=Phase.INFUSION, **known)


def arrived(*lines: Line, **known) -> InfusionDay:
    return an_infusion_day(*lines, phase=Phase.PRE_MEDICATION, **known)


def expected() -> InfusionDay:
    return an_infusion_day(("07:00", Booked(chair="3", planned_start=at("08:00"))))


_STOPPED = "The infusion in chair 3 is stopped. Its evaluation decides whether it goes on: close it first."
_STARTED = "The infusion in chair 3 has started, so the day cannot be deferred. Stop, transfer or discharge."
_HANDOVER = "Chair 3 has a responsible nurse. The nurse offers the handover and the receiver accepts it."
_NOT_HERS = "Only the responsible nurse of chair 3 can offer its handover."
PAUSE = InfusionPaused(reason="toilet")
RESUME = InfusionResumed(rate_ml_per_hour=25.3)
STOP = InfusionStopped()
COMPLETE = InfusionCompleted()
HOME = Discharged(where_to="home")


def closing(outcome: str = "resumed", doctor: str = "Dr Sand", reason: str = "settled") -> EvaluationClosed:
    return EvaluationClosed(outcome=outcome, doctor=doctor, reason=reason)


# ---- true times ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("happened", "taken"), [("12:00:02", "12:00"), ("12:00", "12:00"), ("11:59:59", "11:59:59")])
def test_two_seconds_ahead_count_as_now(happened, taken):
    assert true_time(at(happened), at("12:00"), the_protocol()) == at(taken)


def test_a_time_still_to_come_is_refused():
    ahead = refused(infusing(), a_set(), happened="12:00:03")
    told = "That time is still to come. Record it when it has happened."
    assert (ahead.sentence, ahead.field) == (told, "happened_at")


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(Refusal) as refusal:
        true_time(datetime(2026, 11, 20, 12, 0), at("12:00"), the_protocol())  # noqa: DTZ001
    assert (refusal.value.sentence, refusal.value.field) == ("A true time needs its time zone.", "happened_at")


def test_a_time_in_another_zone_is_the_same_time():
    there = timezone(timedelta(hours=2))
    moment = datetime(2026, 11, 20, 13, 59, tzinfo=there)
    assert true_time(moment, at("12:00"), the_protocol()) == datetime(2026, 11, 20, 11, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("happened", "why"), [("07:45", ""), ("07:44:59", "That is before ASHDOWN arrived in chair 3.")]
)
@pytest.mark.parametrize(
    "details", [a_set(), NoteAdded(text="called"), MedicationGiven(medicine="antiviral", outcome="given")]
)
def test_nothing_happens_before_the_arrival(happened, why, details):
    if why:
        assert refused(arrived(), details, happened=happened).sentence == why
    else:
        assert ask(arrived(), details, happened=happened) == ()


# act with its true time, after start 09:30, pause 10:00 and resume 10:20
ORDER = """
rate 10:20     | allowed
rate 10:19:59  | The resumption in chair 3 is recorded after that time. Choose a time after it.
pause 10:20    | allowed
stop 10:10     | The resumption in chair 3 is recorded after that time. Choose a time after it.
set 10:10      | allowed
note 08:00     | allowed
complete 12:00 | allowed
"""
MADE: dict[str, Details] = {
    "rate": RateChanged(rate_ml_per_hour=20, reason="poorly tolerated"),
    "pause": PAUSE,
    "stop": STOP,
    "set": a_set(),
    "note": NoteAdded(text="called"),
    "complete": COMPLETE,
}


@pytest.mark.parametrize("row", ORDER.strip().splitlines())
def test_acts_of_the_infusion_keep_their_order_and_the_others_may_come_late(row):
    act, told = (cell.strip() for cell in row.split("|"))
    name, happened = act.split()
    day = infusing(("10:00", PAUSE), ("10:20", RESUME))
    if told == "allowed":
        assert ask(day, MADE[name], happened=happened) == ()
    else:
        refusal = refused(day, MADE[name], happened=happened)
        assert (refusal.sentence, refusal.field) == (told, "happened_at")


def test_moves_keep_their_order():
    day = infusing(("11:00", ChairAssigned(chair="4")))
    told = "The move in chair 4 is recorded after that time. Choose a time after it."
    assert refused(day, ChairAssigned(chair="5"), happened="10:59:59").sentence == told
    assert refused(day, ChairAssigned(chair="5"), happened="10:59:59", act="swap").sentence == told
    assert ask(day, ChairAssigned(chair="5"), happened="11:00") == ()


def test_what_happened_before_discharge_can_still_be_recorded():
    gone = infusing(("13:30", COMPLETE), ("15:30", HOME))
    assert ask(gone, a_set(), now="18:00", happened="15:29:59") == ()
    assert ask(gone, a_set(), now="18:00", happened="14:00") == ()
    assert refused(gone, a_set(), now="18:00", happened="15:30:01").sentence == (
        "ASHDOWN was discharged from chair 3. What happened before that can be recorded with its true time."
    )
    assert ask(gone, NoteAdded(text="called home"), now="18:00") == ()


def test_a_discharge_cannot_come_before_what_was_recorded_after_it():
    seen_later = infusing(("13:30", COMPLETE), ("15:40", a_set()))
    refusal = refused(seen_later, HOME, now="15:50", happened="15:35", override=ADoctor())
    assert refusal.field == "happened_at"
    assert refusal.sentence.startswith("The set of vital signs in chair 3 is recorded after that time")


# ---- the table -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "details", "told"),
    [
        (expected(), a_set(), "ASHDOWN has not arrived in chair 3. Record the arrival first."),
        (infusing(), A_START, "The infusion in chair 3 is already running."),
        (infusing(), HOME, "The infusion in chair 3 is still open. Complete or stop it first."),
        (infusing(("10:00", STOP)), RESUME, _STOPPED),
        (infusing(), Deferred(reason="infection"), _STARTED),
    ],
)  # fmt: skip
def test_the_table_decides_first(day, details, told):
    assert refused(day, details).sentence == told


@pytest.mark.parametrize(
    ("day", "details"),
    [
        (expected(), Arrived(chair="3", supervising_neurologist="", emergency_contact="")),
        (expected(), Deferred(reason="did not come")),
        (expected(), ChairAssigned(chair="4")),
        (arrived(), Deferred(reason="infection")),
        (arrived(), Transferred(where_to="ward", receiver="")),
        (infusing(), PAUSE),
        (infusing(), STOP),
        (infusing(), COMPLETE),
        (infusing(), Transferred(where_to="intensive care", receiver="")),
        (infusing(("10:00", PAUSE)), RESUME),
        (infusing(("10:00", PAUSE)), STOP),
        (infusing(("10:00", STOP)), Transferred(where_to="intensive care", receiver="")),
        (infusing(), PatientDetailsCorrected(family_name="Ashdowne", reason="spelling")),
    ],
)
def test_what_the_table_allows_is_recorded(day, details):
    assert ask(day, details) == ()


# ---- evaluations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "held",
    [
        [("10:00", STOP)],
        [("10:00", InfusionPaused(reason="reaction"))],
        [("09:50", a_set(131)), ("10:00", PAUSE)],
        [("10:00", PAUSE), ("10:05", a_set(131))],
        [("10:00", PAUSE), ("10:05", EvaluationOpened(reason="red"))],
    ],
)
def test_after_a_stop_a_reaction_or_red_resume_needs_a_doctor(held):
    day = infusing(*held)
    if not isinstance(held[0][1], InfusionStopped):
        refusal = refused(day, RESUME)
        assert (refusal.sentence, refusal.field) == (
            "Resume in chair 3 needs a doctor's name and the reason.",
            "doctor",
        )
    assert ask(day, closing("slowed"), RESUME) == ()


@pytest.mark.parametrize(
    "held",
    [
        [("10:00", PAUSE)],
        [("10:00", InfusionPaused(reason="reaction")), ("10:10", closing())],
        [("09:50", a_set(131)), ("09:55", closing()), ("10:00", PAUSE)],
        [("10:00", STOP), ("10:10", closing())],
    ],
)
def test_otherwise_resume_is_one_tap(held):
    assert ask(infusing(*held), RESUME) == ()


def test_an_evaluation_is_closed_only_when_one_is_open():
    told = "No evaluation is open for ASHDOWN in chair 3."
    assert refused(infusing(), closing()).sentence == told
    assert refused(infusing(("10:00", a_set(131)), ("10:10", closing())), closing()).sentence == told
    assert ask(infusing(("10:00", a_set(131))), closing()) == ()


@pytest.mark.parametrize("outcome", ["stopped today", "discontinued permanently", "transferred"])
def test_a_running_infusion_is_stopped_before_its_evaluation_ends_it(outcome):
    assert "Record STOP" in refused(infusing(("10:00", a_set(131))), closing(outcome)).sentence
    assert ask(infusing(("10:00", STOP)), closing(outcome)) == ()


STRUCK: dict[str, list[Line]] = {
    "stopped today": [], "transferred": [], "entered in error": [("10:06", a_strike(6))],
}  # fmt: skip


@pytest.mark.parametrize("outcome", STRUCK)
def test_an_evaluation_that_was_open_when_the_patient_left_can_still_be_closed(outcome):
    red: list[Line] = [("10:00", a_set(131)), ("10:00", EvaluationOpened(reason="red"))]
    left = infusing(*red, ("10:05", Transferred(where_to="ward", receiver="Dr Chen")), *STRUCK[outcome])
    assert ask(left, closing(outcome)) == ()
    assert "was transferred" in refused(left, closing("resumed")).sentence


def test_while_an_evaluation_is_open_the_drug_goes_slower_but_not_faster():
    red = infusing(("10:00", a_set(131)))
    assert ask(red, RateChanged(rate_ml_per_hour=12.7, reason="poorly tolerated")) == ()
    faster = RateChanged(rate_ml_per_hour=25.4, reason="doctor's order")
    assert refused(red, faster).field == "rate_ml_per_hour"
    assert ask(infusing(("10:00", a_set(131)), ("10:10", closing())), faster) == ()


# alert, of a red or an amber reading | answer | outcome | field refused
ANSWERS = [
    (131, "known and accepted", "", "answer"),
    (115, "known and accepted", "", ""),
    (131, "outcome", "seen and safe", ""),
    (115, "outcome", "seen and safe", "answer"),
    (131, "outcome", "stopped", "outcome"),
    (131, "outcome", "paused", "outcome"),
]


@pytest.mark.parametrize(("rate", "answer", "outcome", "field"), ANSWERS)
def test_red_is_not_accepted_and_an_outcome_is_for_what_is_high_and_has_happened(rate, answer, outcome, field):
    promised = {"doctor": "Dr Sand", "until": at("18:00")} if answer == "known and accepted" else {}
    said = AlertAnswered(alert="heart_rate high/6", answer=answer, outcome=outcome, **promised)
    day = infusing(("10:00", a_set(rate)))
    assert (refused(day, said).field if field else ask(day, said)) == (field or ())


def test_a_sign_is_no_doctor():
    for nobody in (".", "D", "  "):
        assert refused(infusing(("10:00", STOP)), closing(doctor=nobody)).field == "doctor"


def test_an_evaluation_is_in_error_only_when_its_red_reading_is_struck():
    red: list[Line] = [("10:00", a_set(131)), ("10:00", EvaluationOpened(reason="red"))]
    in_error = closing("entered in error", doctor="")
    assert refused(infusing(*red), in_error).field == "outcome"
    assert ask(infusing(*red, ("10:05", a_strike(6))), in_error) == ()
    assert "Correct the STOP first" in refused(infusing(("10:00", STOP)), in_error).sentence


# ---- locks -----------------------------------------------------------------------------------------------------------


def test_a_start_with_everything_there_passes_no_lock():
    assert ask(arrived(*ready_lines()), A_START, now="09:30") == ()


def test_a_locked_start_names_its_locks_and_a_doctor_opens_them():
    day = arrived(*ready_lines(without="hiv"))
    refusal = refused(day, A_START, now="09:30")
    assert refusal.sentence == "The infusion in chair 3 cannot start yet: HIV infection."
    assert refusal.locks == ("hiv",)
    assert ask(day, A_START, now="09:30", override=ADoctor()) == ("hiv",)


@pytest.mark.parametrize("unsaid", [ADoctor(doctor=" "), ADoctor(reason="")])
def test_an_override_needs_the_doctor_and_the_reason(unsaid):
    refusal = refused(arrived(*ready_lines(without="hiv")), A_START, now="09:30", override=unsaid)
    assert refusal.field == "override"


def test_no_doctor_opens_missing_baseline_vital_signs_or_a_second_infusion_a_date():
    day = arrived(*ready_lines(without="fresh set", baseline=("08:00", a_set(None))))
    assert refused(day, A_START, now="09:30", override=ADoctor()).locks == ()
    again = Course(number=1, patient_infusion_dates=frozenset({date(2026, 11, 20)}))
    assert refused(arrived(*ready_lines()), A_START, now="09:30", override=ADoctor(), course=again).locks == ()


def test_a_start_is_judged_at_its_true_time():
    day = arrived(*ready_lines(hiv=("09:20", CheckAnswered(check="hiv", answer="no"))))
    assert refused(day, A_START, now="09:50", happened="09:15").locks == ("hiv",)
    assert refused(day, A_START, now="09:50").locks == ("fresh set",)
    assert ask(day, A_START, now="09:50", happened="09:40") == ()


def test_a_discharge_that_is_not_ready_tells_the_minutes_and_goes_by_override():
    day = infusing(("13:30", COMPLETE))
    refusal = refused(day, HOME, now="14:52")
    assert refusal.sentence.startswith(
        "Discharge from chair 3 is locked: 38 min of observation left, no final vital signs"
    )
    assert refusal.locks == ("observation", "final set", "advice")
    assert ask(day, HOME, now="14:52", override=ADoctor()) == refusal.locks
    assert refused(day, HOME, now="15:30").sentence.startswith("Discharge from chair 3 is locked: no final vital signs")


def test_an_override_that_is_not_needed_passes_nothing():
    assert ask(infusing(), PAUSE, override=ADoctor()) == ()


# ---- who -------------------------------------------------------------------------------------------------------------

ME, HER = NurseAssigned(nurse=NURSE), NurseAssigned(nurse="lindqvist")


@pytest.mark.parametrize(
    ("before", "details", "actor", "why"),
    [
        ((), ME, NURSE, ""),
        ((), HER, NURSE, ""),
        ((), NurseAssigned(nurse=None), NURSE, ""),
        ((ME,), HER, "lindqvist", ""),
        ((ME,), NurseAssigned(nurse=None), NURSE, ""),
        ((ME,), HER, NURSE, _HANDOVER),
        ((ME,), NurseAssigned(nurse=None), "lindqvist", _HANDOVER),
        ((ME,), HandoverOffered(to="lindqvist"), NURSE, ""),
        ((), HandoverOffered(to="lindqvist"), NURSE, "Nobody is responsible for chair 3 yet. Assign a nurse instead."),
        ((ME,), HandoverOffered(to="lindqvist"), "lindqvist", _NOT_HERS),
        ((ME,), HandoverOffered(to=NURSE), NURSE, "This nurse is already responsible for chair 3."),
    ],
)  # fmt: skip
def test_a_handover_is_accepted_by_its_receiver(before, details, actor, why):
    day = arrived(*((f"08:0{place}", one) for place, one in enumerate(before)))
    if why:
        refusal = refused(day, details, actor=actor)
        assert (refusal.sentence, refusal.field) == (why, "nurse")
    else:
        assert ask(day, details, actor=actor) == ()


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
