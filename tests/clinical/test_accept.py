"""What may be recorded now: by the table of acts, in an evaluation, and by whom."""

import pytest

from models.clinical.facts import (
    AlertAnswered,
    Arrived,
    Booked,
    ChairAssigned,
    Deferred,
    EvaluationOpened,
    HandoverOffered,
    InfusionDay,
    InfusionPaused,
    InfusionStopped,
    NurseAssigned,
    PatientDetailsCorrected,
    RateChanged,
    Transferred,
)
from tests.clinical.asking import COMPLETE, HOME, PAUSE, RESUME, STOP, arrived, ask, closing, infusing, refused
from tests.clinical.builders import A_START, NURSE, Line, a_set, a_strike, an_infusion_day, at


def expected() -> InfusionDay:
    return an_infusion_day(("07:00", Booked(chair="3", planned_start=at("08:00"))))


_STOPPED = "The infusion in chair 3 is stopped. Its evaluation decides whether it goes on: close it first."
_STARTED = "The infusion in chair 3 has started, so the day cannot be deferred. Stop, transfer or discharge."
_HANDOVER = "Chair 3 has a responsible nurse. The nurse offers the handover and the receiver accepts it."
_NOT_HERS = "Only the responsible nurse of chair 3 can offer its handover."

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
