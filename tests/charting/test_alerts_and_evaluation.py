"""Alerts, the evaluation, STOP and the way out on a real store: what is recorded, by whom, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.charting import Conflict
from models.clinical.alert import AlertState, Priority
from models.clinical.facts import (
    AlertAnswered,
    CallLogged,
    Discharged,
    DischargePrepared,
    EvaluationClosed,
    EvaluationStep,
    NightReceiver,
    ReactionGraded,
    ReactionSuspected,
    SymptomReported,
)
from models.clinical.refusal import Refusal
from tests.charting.ward import CALM, HIGH_PRESSURE, IN_PAIN, Ward, kinds_of

SEEN = "seen"


def alerts(ward: Ward, day_id: str) -> dict[str, AlertState]:
    return {alert.id: alert.state for alert in ward.status(day_id).alerts}


def answered(alert: str, answer: str = SEEN, **more: str) -> AlertAnswered:
    return AlertAnswered(alert=alert, answer=answer, **more)  # type: ignore[arg-type]


# ---- alerts ----------------------------------------------------------------------------------------------------------


def test_a_set_keeps_the_level_its_saving_answered_with_so_amber_is_seen_and_red_is_not(ward: Ward):
    day_id = ward.amber()
    saved = ward.day(day_id).facts[-1]
    assert saved.details.level_shown == "amber"
    alert = ward.status(day_id).alerts[0]
    assert (alert.state, alert.answered_by) == (AlertState.SEEN, "okafor")
    red = ward.charting.record_vital_signs(ward.act("byrne"), day_id, IN_PAIN)
    assert red.facts[0].details.level_shown == "red"
    assert red.status.alerts[0].state is AlertState.RAISED
    assert ward.charting.record_vital_signs(ward.act(), day_id, CALM).facts[0].details.level_shown == "red"


def test_a_report_and_what_completes_a_set_keep_their_level_too(ward: Ward):
    day_id = ward.running()
    told = SymptomReported(symptoms=(IN_PAIN.symptoms or ())[:1])
    assert ward.charting.report_symptoms(ward.act(), day_id, told).facts[0].details.level_shown == "red"
    other = ward.running(1, "2")
    begun = type(CALM)(heart_rate=72, partial_reason="no reading")
    partial = ward.charting.record_vital_signs(ward.act(), other, begun)
    assert partial.facts[0].details.level_shown == "not measured"
    rest = type(CALM)(systolic=165, diastolic=80, symptoms=(), adds_to=partial.facts[0].position)
    assert ward.charting.record_vital_signs(ward.act(), other, rest).facts[0].details.level_shown == "amber"


def test_a_replacement_keeps_the_level_it_was_shown_with(ward: Ward):
    day_id = ward.amber()
    put = ward.charting.correct(ward.act(), day_id, ward.day(day_id).position, "wrong value", "", CALM)
    assert [fact.details.level_shown for fact in put.facts if fact.kind == "VitalSignsRecorded"] == ["normal"]


def test_an_answer_is_recorded_once_and_a_newer_reading_is_another_alert(ward: Ward):
    day_id = ward.running()
    ward.minutes(10)
    ward.charting.record_vital_signs(ward.act(), day_id, IN_PAIN)
    high = ward.status(day_id).alerts[0].id
    act = ward.act("byrne", key="tap")
    first = ward.charting.answer_alert(act, day_id, answered(high, "acting"))
    assert kinds_of(first) == ["AlertAnswered"]
    assert ward.charting.answer_alert(act, day_id, answered(high, "acting")).again
    assert alerts(ward, day_id)[high] is AlertState.ACTING
    with pytest.raises(Refusal, match="does not stand in chair 1 any more"):
        ward.charting.answer_alert(ward.act(), day_id, answered("systolic high/1"))


def test_an_amber_repeat_not_taken_is_high_after_five_minutes_and_wakes_the_screens(ward: Ward):
    day_id = ward.amber()
    due = ward.clock.now() + timedelta(minutes=5)
    assert due in ward.status(day_id).deadlines
    ward.minutes(5)
    alert = ward.status(day_id).alerts[0]
    assert (alert.priority, alert.state, alert.raised_at) == (Priority.HIGH, AlertState.RAISED, due)


def test_acting_goes_to_the_receiver_of_a_handover(ward: Ward):
    day_id = ward.running()
    ward.charting.assign(ward.act("okafor"), day_id, "okafor")
    ward.charting.record_vital_signs(ward.act("okafor"), day_id, HIGH_PRESSURE)
    alert = ward.status(day_id).alerts[0].id
    ward.charting.answer_alert(ward.act("okafor"), day_id, answered(alert, "acting"))
    ward.charting.assign(ward.act("okafor"), day_id, "byrne")
    assert ward.status(day_id).alerts[0].answered_by == "okafor"
    ward.charting.assign(ward.act("byrne"), day_id, "byrne")
    assert ward.status(day_id).alerts[0].answered_by == "byrne"


# ---- STOP ------------------------------------------------------------------------------------------------------------


def test_a_stop_happened_when_it_was_tapped_and_the_record_tells_when_it_was_received(ward: Ward):
    day_id = ward.running()
    ward.clock.rate = 1.0
    ward.minutes(20)
    stopped = ward.charting.stop_infusion(ward.act(issued_at=ward.clock.real() - 12), day_id).facts[0]
    assert stopped.recorded_at - stopped.happened_at == timedelta(seconds=12)
    assert stopped.recorded_at == ward.clock.now()


@pytest.mark.parametrize("issued", [None, 0.0, 3.0])
def test_a_tap_that_tells_no_time_or_one_ahead_counts_as_now(ward: Ward, issued: float | None):
    day_id = ward.running()
    ward.clock.rate = 1.0
    ward.minutes(20)
    act = ward.act(issued_at=None if issued is None else ward.clock.real() + issued)
    assert ward.charting.stop_infusion(act, day_id).facts[0].happened_at == ward.clock.now()


def test_a_stop_tapped_while_another_act_was_on_its_way_is_not_refused(ward: Ward):
    day_id = ward.running()
    ward.clock.rate = 1.0
    ward.minutes(20)
    ward.charting.pause_infusion(ward.act("byrne"), day_id, "toilet")
    paused_at = ward.clock.now()
    ward.minutes(0.05)
    stopped = ward.charting.stop_infusion(ward.act(issued_at=ward.clock.real() - 10), day_id).facts[0]
    assert stopped.happened_at == paused_at


def test_a_true_time_told_goes_before_the_tap(ward: Ward):
    day_id = ward.running()
    ward.minutes(20)
    told = ward.clock.now() - timedelta(minutes=5)
    act = ward.act(issued_at=ward.clock.real() - 12, happened_at=told)
    assert ward.charting.stop_infusion(act, day_id).facts[0].happened_at == told


@pytest.mark.parametrize(("seconds", "taken_back"), [(0, True), (5, True), (8, True), (9, False)])
def test_a_stop_touched_by_mistake_is_taken_back_within_seconds(ward: Ward, seconds: int, taken_back: bool):
    day_id = ward.stopped()
    stop = next(fact.position for fact in ward.day(day_id).facts if fact.kind == "InfusionStopped")
    assert ward.status(day_id).evaluation is not None
    ward.clock.advance(seconds)
    if not taken_back:
        with pytest.raises(Refusal, match="taken back within 5 seconds"):
            ward.charting.take_back_stop(ward.act(), day_id, stop)
        return
    recorded = ward.charting.take_back_stop(ward.act(), day_id, stop)
    assert [fact.details.reason for fact in recorded.facts] == ["touched by mistake"]
    assert (recorded.status.state, recorded.status.evaluation) == ("running", None)
    assert stop in recorded.status.struck


def test_taking_back_what_is_no_stop_is_refused(ward: Ward):
    day_id = ward.running()
    with pytest.raises(Refusal, match="There is no such STOP to take back in chair 1"):
        ward.charting.take_back_stop(ward.act(), day_id, 1)


# ---- the evaluation --------------------------------------------------------------------------------------------------


def test_two_people_work_through_an_evaluation_and_a_doctor_closes_it(ward: Ward):
    day_id = ward.running()
    ward.minutes(30)
    ward.charting.record_vital_signs(ward.act(), day_id, IN_PAIN)
    ward.charting.stop_infusion(ward.act(), day_id)
    ward.charting.suspect_reaction(ward.act(), day_id, ReactionSuspected(reaction="myocardial ischaemia"))
    ward.charting.tick_step(ward.act("byrne"), day_id, EvaluationStep(reaction="head", step="ecg"))
    ward.charting.log_call(ward.act(), day_id, CallLogged(whom="Cardiology", what="called"))
    graded = ward.charting.grade_reaction(ward.act("byrne"), day_id, ReactionGraded(grade=3))
    seen = graded.status.evaluation
    assert seen is not None
    assert next(step for step in seen.head if step.id == "ecg").done_by == "byrne"
    assert next(one for one in seen.reactions if one.chosen).id == "myocardial ischaemia"
    assert (seen.grade, seen.calls[0].whom) == (3, "Cardiology")
    closed = EvaluationClosed(outcome="stopped today", doctor="Dr Silva", reason="ECG unchanged")
    after = ward.charting.close_evaluation(ward.act(), day_id, closed).status
    assert after.evaluation is None and after.drug_ended_at is not None
    assert not [alert for alert in after.alerts if alert.priority is Priority.HIGH]


# ---- leaving ---------------------------------------------------------------------------------------------------------


def test_a_discharge_prepared_beforehand_need_not_be_said_again(ward: Ward):
    day_id = ward.ready_to_go()
    prepared = DischargePrepared(where_to="ward", receiver="Dr Chen")
    assert ward.charting.prepare_discharge(ward.act(), day_id, prepared).status.discharge_prepared == prepared
    gone = ward.charting.discharge(ward.act(), day_id, Discharged(where_to="")).facts[-1].details
    assert gone == Discharged(where_to="ward", receiver="Dr Chen")


def test_a_discharge_says_where_to_when_nothing_was_prepared_and_may_say_something_else(ward: Ward):
    day_id = ward.ready_to_go()
    with pytest.raises(Refusal, match="destination"):
        ward.charting.discharge(ward.act(), day_id, Discharged(where_to=""))
    ward.charting.prepare_discharge(ward.act(), day_id, DischargePrepared(where_to="ward", receiver="Dr Chen"))
    assert ward.charting.discharge(ward.act(), day_id, Discharged(where_to="home")).facts[-1].details.where_to == "home"


NIGHT = NightReceiver(receiver="Dr Chen", place="Ward 5")


def test_closing_the_ward_gives_every_open_day_its_receiver_in_one_act(ward: Ward):
    first, second = ward.running(), ward.arrived(1, "2")
    ward.booked(2, "3")
    act = ward.act(key="night")
    closed = ward.charting.close_ward(act, {first: NIGHT, second: NIGHT})
    assert {one.status.infusion_day_id for one in closed} == {first, second}
    assert ward.status(first).night_receiver == ward.status(second).night_receiver == NIGHT
    again = ward.charting.close_ward(act, {first: NIGHT, second: NIGHT})
    assert all(one.again for one in again) and len(again) == 2
    assert {first, second} <= set(ward.announced)


def test_the_ward_is_not_closed_with_a_chair_left_out_or_a_stranger(ward: Ward):
    first, second = ward.running(), ward.arrived(1, "2")
    booked = ward.booked(2, "3")
    with pytest.raises(Refusal, match=r"Chair 2, ADEYEMI, Tunde .* has no receiver for the night"):
        ward.charting.close_ward(ward.act(), {first: NIGHT})
    with pytest.raises(Refusal, match="not open"):
        ward.charting.close_ward(ward.act(), {first: NIGHT, second: NIGHT, booked: NIGHT})
    with pytest.raises(Refusal, match="Say where"):
        ward.charting.close_ward(ward.act(), {first: NIGHT, second: NightReceiver(receiver="Dr Chen", place=" ")})
    assert ward.status(first).night_receiver is None


def test_a_ward_without_an_open_day_has_nobody_to_hand_over(ward: Ward):
    with pytest.raises(Refusal, match="No infusion day is open"):
        ward.charting.close_ward(ward.act(), {})


def test_somebody_who_arrives_while_the_list_is_filled_in_is_not_left_out(ward: Ward):
    first = ward.running()
    before = [status for status in ward.charting.todays_statuses() if status.is_open]
    ward.arrived(1, "2")
    with pytest.raises(Conflict, match="open chairs have changed"):
        ward.charting.refuse_changed(before)
    assert ward.status(first).night_receiver is None
