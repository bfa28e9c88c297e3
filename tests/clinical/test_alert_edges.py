"""The edges of alerts: the very second, the answer just before and just after, and what an answer must not touch.

Each of these was first a fault that no test had noticed (`make mutants`).
"""

from datetime import timedelta

import pytest

from models.clinical.alert import AlertState, Priority
from models.clinical.facts import (
    AlertAnswered,
    DoctorReviewed,
    EnteredInError,
    EvaluationClosed,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
    RateChanged,
    RoundNotDone,
    Symptom,
    SymptomReported,
)
from models.clinical.status import Phase
from tests.clinical.builders import A_START, A_STEROID, BEGINNING, NURSE, Line, a_set, a_symptom, at
from tests.clinical.raised import a_saved_set, ids
from tests.clinical.test_alert_life import AMBER, HOLDS, ID, RED, alert, answer, outcome, status, the_alert
from tests.clinical.test_go_no_go import BAG, ready_lines

SAVED: Line = ("10:30", a_saved_set(74, "142/74"))
PAUSED, RESUMED = InfusionPaused(reason="toilet"), InfusionResumed(rate_ml_per_hour=25.3)


def accepted(value: float, until: str | None = None) -> DoctorReviewed:
    end = at(until) if until else None
    return DoctorReviewed(doctor="Dr Sand", decision="go on", accepted=(("systolic", value),), until=end)


# ---- escalated from when it waits, and from nothing before -----------------------------------------------------------

# lines | now | escalates at
PATIENCE = [
    ([SAVED], "10:46", "10:48"),  # seen while saving; it waits since the repeat was missed
    ([AMBER, answer("10:31"), ("10:40", a_set(pressure="143/74"))], "10:41", "10:43"),  # the first was answered
    ([SAVED, ("10:31", a_set(pressure="143/74"))], "10:31:30", "10:34"),  # the first was seen
    ([AMBER, ("10:31", a_set(pressure="143/74"))], "10:31:30", "10:33"),  # the first waits still
    ([AMBER, ("10:31", a_set(pressure="143/74")), ("10:32", a_set(pressure="144/74"))], "10:32:30", "10:33"),
    ([AMBER, ("10:31", a_set()), ("10:32", a_set(pressure="143/74"))], "10:32:30", "10:35"),  # normal in between
    # the second was acted on and has returned; what the first waited for is answered with it
    (
        [RED, ("10:30:30", a_set(pressure="183/80")), answer("10:30:45", "acting", "systolic high/7")],
        "10:34",
        "10:34:45",
    ),
    ([RED, ("10:30:30", a_set(pressure="183/80"))], "10:30:40", "10:31"),
]


@pytest.mark.parametrize(("lines", "now", "expected"), PATIENCE, ids=range(len(PATIENCE)))
def test_patience_counts_from_the_first_reading_nobody_answered(lines: list[Line], now: str, expected: str):
    high = [one for one in status(*lines, now=now).alerts if one.id.startswith("systolic high")]
    newest = max(high, key=lambda one: one.position or 0)
    assert (newest.escalates_at, newest.escalated) == (at(expected), False)
    assert at(expected) in status(*lines, now=now).deadlines


# ---- held, returned --------------------------------------------------------------------------------------------------

ACTING = answer("10:31", "acting")
HELD = [
    (
        [("10:00", PAUSED), ("10:05", RESUMED), RED, answer("10:31", "acting", alert="systolic high/8")],
        AlertState.RAISED,
    ),
    ([RED, ACTING, ("10:32", PAUSED), ("10:33", RESUMED)], AlertState.ACTING),
    ([RED, ACTING], AlertState.RAISED),
]


@pytest.mark.parametrize(("lines", "state"), HELD, ids=["paused before", "paused after", "never"])
def test_only_a_pause_after_the_alert_keeps_it_from_returning(lines: list[Line], state: AlertState):
    [found] = [one for one in status(*lines, now="10:40").alerts if one.id.startswith("systolic high")]
    assert found.state is state


def test_an_answer_in_the_very_second_it_was_raised_returns_three_minutes_later():
    found = the_alert(RED, answer("10:30", "acting"), now="10:31")
    assert (found.state, found.returns_at) == (AlertState.ACTING, at("10:33"))


def test_an_answer_in_the_very_second_the_repeat_was_missed_answers_that_too():
    found = the_alert(HOLDS, answer("10:35"), now="10:35")
    assert (found.state, found.priority, found.returns_at) == (AlertState.SEEN, Priority.HIGH, at("10:38"))
    taken = answer("10:35", "known and accepted", until="11:30", doctor="Dr Sand")
    found = the_alert(HOLDS, taken, now="10:36")
    assert (found.state, found.priority, found.what) == (AlertState.ACCEPTED, Priority.HIGH, "repeat missed")


def test_accepted_after_the_repeat_was_missed_it_stays_what_it_had_become():
    taken = answer("10:37", "known and accepted", until="11:30", doctor="Dr Sand")
    assert the_alert(HOLDS, taken, now="10:40").priority is Priority.HIGH
    before = answer("10:33", "known and accepted", until="11:30", doctor="Dr Sand")
    assert the_alert(HOLDS, before, now="10:40").priority is Priority.MEDIUM


# ---- what an answer tells --------------------------------------------------------------------------------------------


def test_an_answered_one_tells_how_often_it_had_been_raised():
    assert the_alert(HOLDS, answer("10:37"), now="10:38").times_raised == 2
    assert the_alert(HOLDS, answer("10:31"), now="10:32").times_raised == 1


def test_one_that_is_over_unseen_tells_when_it_was_raised_and_stands_last():
    found = status(AMBER, ("10:40", a_set(115)), now="10:41").alerts
    over = next(one for one in found if one.id == ID)
    assert (over.state, over.raised_at, over.times_raised) == (AlertState.RESOLVED_UNSEEN, at("10:30"), 1)
    medium = [one for one in found if one.priority is Priority.MEDIUM]
    assert len(medium) > 1 and medium[-1] is over


def test_of_two_answers_in_one_second_the_later_counts():
    """Saved and seen, and acted on at once."""
    assert the_alert(SAVED, answer("10:30", "acting"), now="10:31").state is AlertState.ACTING


def test_a_doctors_review_names_who_recorded_it():
    found = the_alert(AMBER, ("10:40", accepted(142, "12:00")), now="10:50")
    assert (found.answered_by, found.answered_at) == (NURSE, at("10:40"))


def test_a_review_before_it_answers_nothing_when_its_time_was_over():
    """What it had accepted until 10:20 is news at 10:30."""
    found = the_alert(("10:00", accepted(142, "10:20")), AMBER, now="10:31", id="systolic high/7")
    assert found.state is AlertState.RAISED


def test_a_high_one_followed_by_a_lower_one_holds_no_more():
    found = status(RED, ("10:40", a_set(pressure="142/80")), now="10:41").alerts
    assert [(one.id, one.priority, one.holds) for one in found if one.id.startswith("systolic high")] == [
        ("systolic high/6", Priority.HIGH, False),
        ("systolic high/7", Priority.MEDIUM, True),
    ]


def test_an_outcome_before_the_repeat_was_due_ends_it_until_then():
    lines = [HOLDS, outcome("10:31")]
    assert alert(*lines, now="10:34:59") is None
    assert at("10:35") in status(*lines, now="10:34").deadlines
    assert the_alert(*lines, now="10:35").priority is Priority.HIGH


# ---- the words it has ------------------------------------------------------------------------------------------------


def test_value_and_change_are_told_once_with_both_sources():
    found = the_alert(HOLDS, now="10:31")
    assert found.limit == (
        "systolic 165 mmHg, amber – repeat now, red if it holds (from 160); "
        "+47 mmHg (+40 %) of day-1 118, amber – repeat now, red if it holds (from +40 mmHg)"
    )
    assert found.source == "CTCAE-HTN-a grade 3; OWN two readings; OWN about mean + 2 SD; SHO"


@pytest.mark.parametrize(("missing", "more"), [(2, ""), (3, ""), (4, " and 1 more"), (6, " and 3 more")])
def test_hour_one_names_three_missing_things_and_how_many_more(missing: int, more: str):
    lines = ready_lines()[:-missing]
    [found] = status(*lines, now="09:30", phase=Phase.PRE_MEDICATION).alerts
    assert found.what == "pre-medication"
    assert found.limit.partition(" and ")[1:] == more.partition(" and ")[1:]


# ---- at the very second ----------------------------------------------------------------------------------------------


def test_a_set_taken_as_the_infusion_starts_is_repeated_like_any_other():
    found = the_alert(("09:30", a_set(pressure="142/74")), now="09:46")
    assert found.note == "Not repeated in time."


def test_a_review_in_the_minute_of_the_set_takes_the_place_of_its_repeat():
    looked = ("10:30", DoctorReviewed(doctor="Dr Sand", decision="go on"))
    assert the_alert(AMBER, looked, now="10:50").note == ""


def test_a_promise_in_the_minute_of_the_set_puts_its_repeat_off():
    put_off = ("10:30", RoundNotDone(reason="other", try_again_at=at("10:50")))
    assert the_alert(AMBER, put_off, now="10:49:59").note == ""
    assert the_alert(AMBER, put_off, now="10:50").note == "Not repeated in time."


PROMISE = RoundNotDone(reason="other", try_again_at=at("12:30"))


@pytest.mark.parametrize(
    ("lines", "priority"),
    [
        ([("10:35", PROMISE), ("10:40", a_set())], Priority.MEDIUM),
        ([("10:40", PROMISE), ("10:40", a_set())], Priority.LOW),
        ([("10:40", a_set()), ("10:45", PROMISE)], Priority.LOW),
    ],
    ids=["before the set", "in its minute", "after it"],
)
def test_only_a_promise_for_this_round_puts_its_escalation_off(lines: list[Line], priority: Priority):
    [found] = [one for one in status(*lines, now="11:56").alerts if one.what == "overdue"]
    assert found.priority is priority


def test_the_final_set_is_overdue_when_the_observation_ends():
    lines = [("10:30", a_set()), ("11:30", a_set()), ("12:30", a_set()), ("13:30", InfusionCompleted()),
             ("13:30", a_set()), ("14:30", a_set()), ("15:10", a_set())]  # fmt: skip
    assert "overdue/2026-11-20T15:30:00Z" in ids(status(*lines, now="15:31"))
    assert not [one for one in ids(status(*lines, now="15:29")) if one.startswith("overdue")]


# ---- symptoms --------------------------------------------------------------------------------------------------------

NAUSEA: Line = ("10:30", a_set(symptoms=["nausea moderate"]))


def test_a_symptom_that_is_gone_ends_its_alert_even_in_a_partial_set_and_a_combination_does_not():
    gone = a_set(None, "--/--", symptoms=["nausea gone"])
    assert the_alert(NAUSEA, ("10:40", gone), now="10:41", id="symptom: nausea/6").state is AlertState.RESOLVED_UNSEEN
    together: Line = ("10:30", a_set(pressure="140/74", symptoms=["headache mild"]))
    partial = a_set(None, "--/--", symptoms=[a_symptom("headache gone")])
    found = the_alert(together, ("10:40", partial), now="10:41", id="new headache with high pressure/6")
    assert found.state is AlertState.RAISED


@pytest.mark.parametrize(("change", "raised"), [("new", True), ("worse", True), ("same", False), ("better", False)])
def test_a_symptom_told_as_new_or_worse_is_raised_again(change: str, raised: bool):
    again = a_set(symptoms=[Symptom(symptom="nausea", severity="moderate", change=change)])
    seen = ("10:31", AlertAnswered(alert="symptom: nausea/6", answer="seen"))
    found = ids(status(NAUSEA, seen, ("10:40", again), now="10:41"))
    assert ("symptom: nausea/8" in found) is raised


def test_hour_one_has_its_values_too():
    """No round runs yet, so nothing is missed: the value stands until it is measured again."""
    lines = [("08:00", a_set()), ("08:15", A_STEROID), ("08:50", a_saved_set(46, "112/70"))]
    assert the_alert(*lines, now="09:10", id="heart_rate low/5", phase=Phase.PRE_MEDICATION).note == ""
    started = [*lines, ("09:30", A_START)]
    assert the_alert(*started, now="09:50", id="heart_rate low/5", phase=Phase.PRE_MEDICATION).note == ""


# ---- corrections, the bag, reviews -----------------------------------------------------------------------------------


def test_a_corrected_reading_tells_where_it_stood_and_since_when_it_is_struck():
    red = ("10:30", a_saved_set(74, "182/80", shown="red"))
    strike = ("10:33", EnteredInError(position=6, reason="wrong value"))
    found = the_alert(red, strike, now="10:34", id="corrected/6")
    assert (found.raised_at, found.position, found.holds) == (at("10:33"), 6, False)


def test_the_bag_s_alert_has_its_own_name_and_stands_only_while_it_warns():
    slow = ("11:30", RateChanged(rate_ml_per_hour=9.4, reason="poorly tolerated"))
    assert "bag/2026-11-20T11:30:00Z" in ids(status(("08:50", BAG), slow, now="12:00"))
    fits = status(("08:50", BAG), now="12:00")
    assert fits.bag_warning == "" and not [one for one in ids(fits) if one.partition("/")[0] == "bag"]


def test_a_review_that_is_due_tells_every_finding_it_is_about():
    lines = [("10:20", a_set(115, "142/74")), ("10:30", a_set(116, "143/74"))]
    [found] = [one for one in status(*lines, now="10:31").alerts if one.what == "review due"]
    assert found.position == 7 and "XX" not in found.limit
    assert found.limit.split("; ")[0].startswith("heart rate 116 /min")
    assert "; systolic 143 mmHg, " in found.limit


@pytest.mark.parametrize("rate", [25.3, 12.0])
def test_a_paused_bag_names_the_rate_it_could_run_on_at(rate: float):
    lines = [("08:50", BAG), ("10:00", RateChanged(rate_ml_per_hour=rate, reason="x")), ("10:30", PAUSED)]
    told = status(*lines, now="16:00")
    assert told.bag_warning == "The bag expires before the rest is in, even if it runs on now at the last rate."
    reaction = [*lines[:2], ("10:30", InfusionPaused(reason="reaction"))]
    slowly = status(*reaction, now="16:00").bag_warning
    assert slowly == "The bag expires before the rest is in, even if it runs on now at the rate to resume at."


def test_the_last_second_a_paused_bag_fits_is_among_the_deadlines_and_it_warns_just_after():
    lines = [("08:50", BAG), ("10:30", PAUSED)]
    latest = status(*lines, now="10:31").resume_by
    assert latest is not None
    warns = [moment for moment in status(*lines, now="10:31").deadlines if moment - latest == timedelta.resolution]
    assert len(warns) == 1


def test_before_the_start_too_it_warns_just_after_the_last_second_the_bag_fits():
    waiting = status(("08:00", a_set()), ("08:20", BAG), now="09:00", phase=Phase.PRE_MEDICATION)
    assert at("12:20") + timedelta.resolution in waiting.deadlines


def test_a_bag_of_an_infusion_that_ended_early_expires_for_nobody():
    closed = EvaluationClosed(outcome="stopped today", doctor="Dr Sand", reason="seen")
    ended = [("08:50", BAG), ("10:30", InfusionStopped()), ("10:40", closed)]
    assert status(*ended, now="17:00").bag_warning == ""


# ---- rounds ----------------------------------------------------------------------------------------------------------

ACCEPTED_AT_ONCE = answer("10:30", "known and accepted", until="12:00", doctor="Dr Sand")
REVIEWED = DoctorReviewed(doctor="Dr Sand", decision="go on", next_set_minutes=30)


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        ([AMBER, answer("10:31")], "10:45"),  # seen is not accepted
        ([AMBER, ACCEPTED_AT_ONCE], "11:30"),
        ([AMBER, ("10:30", REVIEWED)], "11:00"),
        ([AMBER, answer("10:31", "known and accepted", "systolic high/99", until="12:00", doctor="Dr Sand")], "10:45"),
        ([("09:30", a_set(pressure="142/74"))], "09:45"),
        ([("09:30", a_set(pressure="142/74")), ("09:30", REVIEWED)], "10:00"),
    ],
    ids=range(6),
)
def test_when_the_next_set_is_due_after_an_amber_one(lines: list[Line], due: str):
    assert status(*lines, now="10:40" if due > "10:40" else due).next_round_due_at == at(due)


def test_what_was_accepted_in_an_answer_is_asked_again_after_its_end():
    taken = answer("10:31", "known and accepted", until="10:50", doctor="Dr Sand")
    again = [AMBER, taken, ("10:55", a_set(pressure="143/74"))]
    assert the_alert(*again, now="10:56", id="systolic high/8").state is AlertState.RAISED
    assert status(*again, now="10:56").review_due


def taken_as(parameter: str, value: float, clock: str = "10:00") -> Line:
    return (clock, DoctorReviewed(doctor="Dr Sand", decision="go on", accepted=((parameter, value),)))


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        ([taken_as("heart_rate", 115), ("10:30", a_set(115, "142/74"))], "10:45"),  # what is not accepted is repeated
        ([taken_as("heart_rate", 115), ("10:30", a_set(115))], "11:30"),
        ([AMBER, ("10:31", REVIEWED), ("10:40", a_set(None, "--/--", symptoms=[]))], "11:01"),
        ([taken_as("temperature", 38.3), ("10:30", a_set(temperature=38.3))], "11:30"),
        ([taken_as("temperature", 38.3), ("10:30", a_set(temperature=38.4))], "10:45"),
        ([taken_as("spo2", 94), ("10:30", a_set(spo2=94))], "11:30"),
        ([taken_as("spo2", 94), ("10:30", a_set(spo2=93))], "10:45"),
        ([taken_as("systolic", 142, "10:30"), AMBER], "11:30"),  # accepted in the very minute
    ],
    ids=range(8),
)
def test_what_a_doctor_accepted_is_not_repeated_and_everything_else_is(lines: list[Line], due: str):
    assert status(*lines, now="10:41").next_round_due_at == at(due)


def test_of_two_findings_of_one_value_the_sooner_repeat_counts():
    """160 would be red if it held; 28 % above 125 is amber only."""
    lines = [*BEGINNING, ("08:00", a_set(pressure="125/74")), ("08:15", A_STEROID), ("09:30", A_START)]
    found = status(*lines, ("10:30", a_set(pressure="160/74")), now="10:31", phase=Phase.EXPECTED)
    assert found.next_round_due_at == at("10:35")


REVIEW_DUE = [
    ([("10:00", a_set()), ("10:10", a_set(pressure="142/74")), ("10:20", a_set(pressure="142/74"))], True),
    ([("09:30", SymptomReported(symptoms=(a_symptom("nausea moderate"),)))], True),
    ([NAUSEA, ("10:31", REVIEWED), ("10:40", a_set(symptoms=["nausea moderate"]))], True),
    ([NAUSEA, ("10:31", REVIEWED), ("10:40", a_set(symptoms=["nausea same"]))], False),
    ([NAUSEA, ("10:31", REVIEWED), ("10:40", a_set(symptoms=["nausea worse"]))], True),
    ([("10:10", a_set(pressure="142/74")), ("10:20", a_set())], False),
]


@pytest.mark.parametrize(("lines", "due"), REVIEW_DUE, ids=range(len(REVIEW_DUE)))
def test_when_a_doctor_s_review_is_due(lines: list[Line], due: bool):
    assert status(*lines, now="10:45").review_due is due


def test_what_was_accepted_in_the_very_minute_raises_nothing():
    assert not [one for one in ids(status(taken_as("systolic", 142, "10:30"), AMBER, now="10:31")) if "systolic" in one]
