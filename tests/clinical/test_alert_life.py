"""The life of an alert (D-8, D-20): answered by a named person, returned, escalated, handed over, over."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from models.clinical.accept import accept
from models.clinical.alert import Alert, AlertState, Priority
from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    AlertAnswered,
    DoctorReviewed,
    EnteredInError,
    EvaluationClosed,
    HandoverOffered,
    InfusionDay,
    InfusionPaused,
    InfusionStopped,
    NurseAssigned,
    ReferenceValueSet,
    RoundNotDone,
)
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus, Phase
from tests.clinical.builders import NURSE, Line, a_set, an_infusion_day, at, its_course, the_protocol
from tests.clinical.raised import a_saved_set, ids

RED: Line = ("10:30", a_set(pressure="182/80"))
AMBER: Line = ("10:30", a_set(pressure="142/74"))
HOLDS: Line = ("10:30", a_set(pressure="165/80"))
ID = "systolic high/6"


def answer(
    clock: str, said: str = "seen", alert: str = ID, until: str = "", outcome: str = "", doctor: str = ""
) -> Line:
    until_at = at(until) if until else None
    return (clock, AlertAnswered(alert=alert, answer=said, until=until_at, outcome=outcome, doctor=doctor))


def outcome(clock: str, alert: str = ID) -> Line:
    return answer(clock, "outcome", alert, outcome="doctor called")


def built(*lines: Line, by: dict[int, str] | None = None, phase: Phase = Phase.INFUSION) -> InfusionDay:
    day = an_infusion_day(*lines, phase=phase)
    facts = [replace(fact, recorded_by=(by or {}).get(fact.position, fact.recorded_by)) for fact in day.facts]
    return replace(day, facts=tuple(facts))


def status(*lines: Line, now: str, by: dict[int, str] | None = None, phase: Phase = Phase.INFUSION) -> ChairStatus:
    day = built(*lines, by=by, phase=phase)
    return chair_status(day, its_course(day), the_protocol(), at(now))


def alert(*lines: Line, now: str, id: str = ID, **more: object) -> Alert | None:
    found = status(*lines, now=now, **more)  # type: ignore[arg-type]
    return next((one for one in found.alerts if one.id == id), None)


def the_alert(*lines: Line, now: str, **more: object) -> Alert:
    found = alert(*lines, now=now, **more)
    assert found is not None
    return found


# ---- unanswered ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "now", "escalated"),
    [
        (RED, "10:30:59", False), (RED, "10:31", True), (RED, "10:32", True),
        (AMBER, "10:32:59", False), (AMBER, "10:33", True), (AMBER, "10:34", True),
    ],
)  # fmt: skip
def test_unanswered_it_goes_to_the_charge_nurse_after_60_seconds_or_3_minutes(line, now, escalated):
    found = the_alert(line, now=now)
    assert (found.escalated, found.state, found.sounds) == (escalated, AlertState.RAISED, True)
    assert found.escalates_at == at("10:31" if line is RED else "10:33")
    assert (found.escalates_at in status(line, now="10:30").deadlines) is True


def test_a_late_entry_waits_from_when_it_was_recorded():
    late = ("10:00", a_set(pressure="182/80"), "10:30")
    found = the_alert(late, now="10:30:59")
    assert (found.raised_at, found.escalated) == (at("10:30"), False)


# ---- answered --------------------------------------------------------------------------------------------------------

# line | answer | at | state later on, by minutes after 10:30: . raised, s seen, a acting, k accepted, - over
LIVES = """
AMBER | seen               |      | 1 s, 14 s, 15 ., 60 .
AMBER | acting             |      | 1 a, 14 a, 15 .
AMBER | acting             | 10:40| 1 a, 9 a, 10 ., 15 .
AMBER | outcome            |      | 1 -, 14 -, 15 .
AMBER | known and accepted | 11:30| 1 k, 15 k, 59 k, 60 .
HOLDS | seen               |      | 1 s, 4 s, 5 .
HOLDS | acting             |      | 1 a, 4 a, 5 .
HOLDS | known and accepted | 11:00| 1 k, 5 k, 29 k, 30 .
RED   | seen               |      | 1 s, 3 s, 4 ., 9 .
RED   | acting             |      | 1 a, 3 a, 4 ., 9 .
RED   | acting             | 10:32| 1 a, 2 ., 4 .
RED   | outcome            |      | 1 -, 9 -, 60 -
RED   | known and accepted | 11:00| 1 k, 9 k, 29 k, 30 .
"""
LINES = {"AMBER": AMBER, "HOLDS": HOLDS, "RED": RED}
SIGNS = {".": "raised", "s": "seen", "a": "acting", "k": "known and accepted", "-": None}


@pytest.mark.parametrize("row", LIVES.strip().splitlines())
def test_what_becomes_of_an_answered_alert_minute_by_minute(row):
    line, said, until, states = (cell.strip() for cell in row.split("|"))
    given = answer("10:31", said, until=until, outcome="doctor called", doctor="Dr Sand")
    for minutes, sign in (one.split() for one in states.split(",")):
        now = at("10:30") + timedelta(minutes=int(minutes))
        found = alert(LINES[line], given, now=f"{now:%H:%M}")
        assert (found.state if found else None) == SIGNS[sign], (minutes, sign)


def test_an_answer_names_who_when_and_until_when_and_is_silent():
    found = the_alert(AMBER, answer("10:31", "acting", until="10:40"), now="10:32", by={7: "lindqvist"})
    assert (found.answered_by, found.answered_at, found.until) == ("lindqvist", at("10:31"), at("10:40"))
    assert (found.silenced, found.sounds, found.escalates_at, found.escalated) == (True, False, None, False)
    assert found.returns_at == at("10:40")
    assert status(AMBER, answer("10:31", "acting", until="10:40"), now="10:32").silenced == 1
    doctor = the_alert(AMBER, answer("10:31", "known and accepted", until="11:00", doctor="Dr Sand"), now="10:32")
    assert doctor.doctor == "Dr Sand"


def test_an_answer_after_the_return_silences_it_again():
    returned = [RED, answer("10:31", "acting"), answer("10:35", "acting")]
    assert the_alert(*returned[:2], now="10:33").returns_at == at("10:34")
    assert the_alert(*returned[:2], now="10:34").times_raised == 2
    again = the_alert(*returned, now="10:36")
    assert (again.state, again.returns_at, again.times_raised) == (AlertState.ACTING, at("10:38"), 1)
    assert the_alert(*returned, now="10:38").state is AlertState.RAISED


def test_what_returns_is_escalated_from_its_return():
    given = [RED, answer("10:31", "acting")]
    assert (the_alert(*given, now="10:34").raised_at, the_alert(*given, now="10:34").escalated) == (at("10:34"), False)
    assert the_alert(*given, now="10:35").escalated is True
    missed = [AMBER, answer("10:31")]
    assert [the_alert(*missed, now=now).escalated for now in ("10:45", "10:47:59", "10:48")] == [False, False, True]
    assert the_alert(*missed, now="10:45").times_raised == 2


def test_a_repeat_that_is_missed_is_told_and_for_a_red_that_would_hold_it_is_high():
    assert the_alert(AMBER, answer("10:31"), now="10:45").note == "Not repeated in time."
    high = the_alert(HOLDS, answer("10:31"), now="10:35")
    assert (high.priority, high.what, high.state) == (Priority.HIGH, "repeat missed", AlertState.RAISED)
    assert high.escalates_at == at("10:36")
    assert the_alert(HOLDS, answer("10:31"), now="10:34:59").priority is Priority.MEDIUM


def test_a_repeat_taken_in_time_ends_it_and_one_that_was_missed_waits_for_an_outcome():
    assert alert(HOLDS, answer("10:31"), ("10:34", a_set()), now="10:38") is None
    assert the_alert(HOLDS, ("10:34", a_set()), now="10:38").state is AlertState.RESOLVED_UNSEEN
    missed = [HOLDS, answer("10:31"), ("10:37", a_set())]
    found = the_alert(*missed, now="10:38")
    assert (found.state, found.priority, found.holds) == (AlertState.RAISED, Priority.HIGH, False)
    assert the_alert(*missed, answer("10:38"), now="10:39").state is AlertState.SEEN
    assert alert(*missed, outcome("10:39"), now="10:40") is None
    accepted = answer("10:39", "known and accepted", until="12:00", doctor="Dr Sand")
    assert alert(*missed, accepted, now="10:40") is None
    assert alert(AMBER, answer("10:31"), ("10:47", a_set()), now="10:48") is None, "a medium one is over"


def test_a_promise_to_try_again_puts_the_missed_repeat_off():
    put_off = ("10:40", RoundNotDone(reason="other", try_again_at=at("10:50")))
    assert the_alert(AMBER, answer("10:31"), put_off, now="10:49:59").state is AlertState.SEEN
    assert the_alert(AMBER, answer("10:31"), put_off, now="10:50").state is AlertState.RAISED
    nothing = ("10:40", RoundNotDone(reason="other"))
    assert the_alert(AMBER, answer("10:31"), nothing, now="10:45").state is AlertState.RAISED


def test_a_doctors_review_takes_the_place_of_the_repeat_and_answers_what_it_accepts():
    looked = ("10:40", DoctorReviewed(doctor="Dr Sand", decision="go on"))
    assert the_alert(AMBER, answer("10:31"), looked, now="10:50").state is AlertState.SEEN
    accepted = DoctorReviewed(doctor="Dr Sand", decision="go on", accepted=(("systolic", 142.0),), until=at("12:00"))
    found = the_alert(AMBER, ("10:40", accepted), now="10:50")
    assert (found.state, found.doctor, found.until) == (AlertState.ACCEPTED, "Dr Sand", at("12:00"))
    other = DoctorReviewed(doctor="Dr Sand", decision="go on", accepted=(("diastolic", 92.0),))
    assert the_alert(AMBER, ("10:40", other), now="10:50").state is AlertState.RAISED
    red = DoctorReviewed(doctor="Dr Sand", decision="go on", accepted=(("systolic", 190.0),), until=at("12:00"))
    assert the_alert(RED, ("10:40", red), now="10:50").state is AlertState.RAISED


def test_a_value_accepted_in_the_answer_is_not_asked_for_again_until_then():
    accepted = answer("10:31", "known and accepted", until="12:00", doctor="Dr Sand")
    saved = [AMBER, accepted, ("10:50", a_saved_set(74, "151/74"))]
    assert status(*saved, now="10:51").next_round_due_at == at("11:50")
    assert ids(status(AMBER, accepted, now="10:46")) == [ID]
    assert status(AMBER, accepted, now="10:46").next_round_due_at == at("11:30")
    assert not [one for one in ids(status(*saved, now="10:51")) if one.startswith("systolic")]
    beyond = [AMBER, accepted, ("10:50", a_saved_set(74, "152/74"))]
    assert "systolic high/8" in ids(status(*beyond, now="10:51"))
    symptom = [
        ("10:30", a_set(symptoms=["nausea moderate"])),
        answer("10:31", "known and accepted", "symptom: nausea/6", until="12:00", doctor="Dr Sand"),
    ]
    assert alert(*symptom, now="10:40", id="symptom: nausea/6").state is AlertState.ACCEPTED  # type: ignore[union-attr]


# ---- seen by whoever saved it ----------------------------------------------------------------------------------------


def test_saving_an_amber_set_whose_level_was_shown_counts_as_seen():
    found = the_alert(("10:30", a_saved_set(74, "142/74")), now="10:31")
    assert (found.state, found.answered_by, found.answered_at) == (AlertState.SEEN, NURSE, at("10:30"))
    assert the_alert(("10:30", a_saved_set(74, "142/74")), now="10:45").state is AlertState.RAISED
    assert alert(("10:30", a_saved_set(74, "142/74")), ("10:40", a_set()), now="10:41") is None


def test_saving_red_is_not_seen_and_what_was_shown_as_normal_is_not_either():
    assert the_alert(("10:30", a_saved_set(74, "182/74", shown="red")), now="10:31").state is AlertState.RAISED
    assert the_alert(("10:30", a_saved_set(74, "142/74", shown="normal")), now="10:31").state is AlertState.RAISED
    beside = the_alert(("10:30", a_saved_set(115, "182/74", shown="red")), now="10:31", id="heart_rate high/6")
    assert beside.state is AlertState.SEEN


# ---- high: an outcome ------------------------------------------------------------------------------------------------


def test_a_high_one_ends_only_with_an_outcome_even_when_the_value_is_normal():
    calm = ("10:40", a_set())
    assert the_alert(RED, answer("10:31"), calm, now="10:41").state is AlertState.RAISED
    assert the_alert(RED, answer("10:31"), calm, answer("10:41"), now="10:42").state is AlertState.SEEN
    assert alert(RED, calm, outcome("10:41"), now="10:42") is None


@pytest.mark.parametrize(
    "held", [InfusionStopped(), InfusionPaused(reason="reaction"), InfusionPaused(reason="toilet")]
)
def test_stop_or_pause_keeps_a_high_one_that_somebody_acts_on_from_returning(held):
    acted = [RED, answer("10:31", "acting"), ("10:32", held)]
    assert the_alert(*acted, now="10:50").state is AlertState.ACTING
    before = [("10:20", held), RED, answer("10:31", "acting", alert="systolic high/7")]
    assert the_alert(*before, now="10:50", id="systolic high/7").state is AlertState.ACTING


def test_a_doctors_closing_of_the_evaluation_is_the_outcome_of_every_red_before_it():
    closed = EvaluationClosed(outcome="resumed", doctor="Dr Sand", reason="settled")
    assert alert(RED, ("10:40", closed), now="10:41") is None
    later = [RED, ("10:40", closed), ("10:45", a_set(pressure="181/80"))]
    found = the_alert(*later, now="10:45:30", id="systolic high/8")
    assert (found.state, found.escalates_at) == (AlertState.RAISED, at("10:46"))


# ---- one answer, one alert -------------------------------------------------------------------------------------------


def test_answering_one_never_hides_another():
    """Every pair of alerts of one chair, every answer, two nurses: the other stands as it stood."""
    several = ("10:30", a_set(45, "182/110", 38.5, 91, 25, symptoms=["chest pain", "nausea moderate"]))
    before = {one.id: one for one in status(several, now="10:32").alerts}
    assert len(before) >= 7
    for one, said, nurse in product(before, ("seen", "acting", "known and accepted", "outcome"), ("okafor", "byrne")):
        given = answer("10:31:30", said, one, until="11:00", outcome="doctor called", doctor="Dr Sand")
        after = {found.id: found for found in status(several, given, now="10:32", by={7: nurse}).alerts}
        assert {id: found for id, found in after.items() if id != one} == {
            id: found for id, found in before.items() if id != one
        }


def test_an_answer_to_an_older_alert_is_refused():
    day = built(AMBER, ("10:45", a_set(pressure="145/74")))
    refused = AlertAnswered(alert=ID, answer="seen")
    for said in (refused, replace(refused, alert="nonsense")):
        with pytest.raises(Refusal, match="does not stand in chair 3 any more") as caught:
            accept(day, its_course(day), the_protocol(), at("10:46"), "answer-alert", [said], at("10:46"), NURSE)
        assert caught.value.field is None
    newer = [AlertAnswered(alert="systolic high/7", answer="seen")]
    assert accept(day, its_course(day), the_protocol(), at("10:46"), "answer-alert", newer, at("10:46"), NURSE) == ()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (AlertAnswered(alert=ID, answer="hidden"), "answer"),
        (AlertAnswered(alert=ID, answer="acting", until=at("10:31")), "until"),
        (AlertAnswered(alert=ID, answer="known and accepted", until=at("11:00")), "doctor"),
        (AlertAnswered(alert=ID, answer="known and accepted", doctor="Dr Sand"), "until"),
        (AlertAnswered(alert=ID, answer="outcome"), "outcome"),
        (AlertAnswered(alert=ID, answer="outcome", outcome="whatever"), "outcome"),
    ],
)
def test_what_an_answer_must_hold(said, field):
    day = built(AMBER)
    with pytest.raises(Refusal) as caught:
        accept(day, its_course(day), the_protocol(), at("10:31"), "answer-alert", [said], at("10:31"), NURSE)
    assert caught.value.field == field


# ---- handover --------------------------------------------------------------------------------------------------------

TAKEN: Line = ("09:31", NurseAssigned(nurse="okafor"))
ACTING: Line = answer("10:31", "acting", "systolic high/7")
HANDED: Line = ("10:32", NurseAssigned(nurse="byrne"))


def who(*lines: Line, now: str = "10:33", by: dict[int, str] | None = None) -> tuple[str | None, str]:
    found = the_alert(TAKEN, AMBER, ACTING, *lines, now=now, id="systolic high/7", by=by)
    return found.answered_by, found.state


def test_acting_passes_to_the_receiver_of_a_handover():
    assert who() == ("okafor", "acting")
    assert who(("10:32", HandoverOffered(to="byrne"))) == ("okafor", "acting")
    assert who(HANDED) == ("byrne", "acting")
    assert who(HANDED, ("10:32:30", NurseAssigned(nurse="novak"))) == ("novak", "acting")


def test_acting_stays_with_a_colleague_who_was_not_responsible_and_seen_stays_with_who_saw():
    assert who(HANDED, by={8: "novak"}) == ("novak", "acting")
    seen = the_alert(
        TAKEN, AMBER, answer("10:31", "seen", "systolic high/7"), HANDED, now="10:33", id="systolic high/7"
    )
    assert seen.answered_by == "okafor"


def test_acting_lapses_when_the_chair_is_nobodys():
    assert who(("10:32", NurseAssigned(nurse=None))) == (None, "raised")
    assert who(("10:32", NurseAssigned(nurse=None)), answer("10:32:30", "seen", "systolic high/7")) == (
        "okafor",
        "seen",
    )


# ---- tasks -----------------------------------------------------------------------------------------------------------


def test_a_task_is_answered_and_escalated_but_not_repeated():
    overdue = "overdue/2026-11-20T10:30:00Z"
    given = answer("10:31", "acting", overdue)
    assert the_alert(given, now="10:44", id=overdue).state is AlertState.ACTING
    escalated = the_alert(given, now="10:45", id=overdue)
    assert (escalated.state, escalated.escalated, escalated.priority) == (AlertState.RAISED, True, Priority.MEDIUM)
    again = answer("10:46", "acting", overdue)
    assert the_alert(given, again, now="11:40", id=overdue).state is AlertState.ACTING
    accepted = answer("10:31", "known and accepted", overdue, until="11:30", doctor="Dr Sand")
    assert the_alert(accepted, now="10:45", id=overdue).state is AlertState.RAISED


def test_a_red_reading_entered_in_error_is_told_until_somebody_has_seen_it_or_its_evaluation_is_closed():
    red = ("10:30", a_saved_set(74, "182/80", shown="red"))
    strike = ("10:33", EnteredInError(position=6, reason="wrong value"))
    assert "corrected/6" in ids(status(red, strike, now="10:34"))
    assert "corrected/6" not in ids(status(red, strike, answer("10:35", "seen", "corrected/6"), now="10:36"))
    closed = EvaluationClosed(outcome="entered in error", doctor="", reason="wrong value")
    assert "corrected/6" not in ids(status(red, strike, ("10:35", closed), now="10:36"))


# ---- a baseline that is set later ------------------------------------------------------------------------------------

CALM: Line = ("10:00", a_set(pressure="130/74"))
LOWER: Line = ("10:30", ReferenceValueSet(systolic=105, doctor="Dr Sand", reason="day 1 was odd"))


def test_a_change_from_a_reference_set_later_is_raised_when_it_was_set():
    assert status(CALM, now="10:30").alerts == ()
    found = alert(CALM, LOWER, now="10:31")
    assert found is not None and (found.raised_at, found.escalated) == (at("10:30"), False)
    beyond = alert(("10:00", a_set(pressure="142/74")), LOWER, now="10:01")
    assert beyond is not None and beyond.raised_at == at("10:00")


def test_a_doctor_who_sets_a_reference_value_has_looked_at_the_values_before():
    twice: list[Line] = [("09:40", a_set(pressure="131/74")), CALM]
    assert not status(*twice, LOWER, now="10:31").review_due
    assert status(*twice, LOWER, ("10:40", a_set(pressure="132/74")), now="10:41").review_due
    from_the_record = ("10:30", ReferenceValueSet(systolic=105, taken_on=date(2026, 10, 1)))
    assert not status(*twice, from_the_record, now="10:31").review_due


def test_no_repeat_is_missed_of_a_set_the_doctor_looked_at():
    found = status(("10:00", a_set(pressure="142/74")), LOWER, now="10:31")
    assert found.next_round_kind == "vital signs" and found.overdue_s == 0
