"""A whole day through charting, and what each act leaves in the record."""

from __future__ import annotations

import pytest

from models.charting import NotFound
from models.clinical.facts import Discharged, EvaluationClosed, SampleTaken, Transferred, VitalSignsRecorded
from models.clinical.findings import Level
from models.clinical.refusal import Refusal
from models.clinical.replay import _replay
from models.clinical.status import InfusionState, Phase
from tests.charting.ward import CALM, HIGH_PRESSURE, IN_PAIN, SILVA, Ward, kinds_of


def test_a_day_goes_from_booking_to_home(ward: Ward):
    day_id = ward.ready_to_go()
    assert ward.status(day_id).ready
    recorded = ward.charting.discharge(ward.act(), day_id, Discharged(where_to="home"))
    assert recorded.status.phase is Phase.DISCHARGED
    assert recorded.status.run_time_s == 240 * 60
    assert round(recorded.status.volume_given_ml, 1) == 101.2


def test_every_recorded_act_is_announced(ward: Ward):
    day_id = ward.running()
    ward.announced.clear()
    ward.charting.pause_infusion(ward.act(), day_id, "toilet")
    assert ward.announced == [day_id]


def test_a_refused_act_leaves_nothing_and_announces_nothing(ward: Ward):
    day_id = ward.arrived()
    ward.announced.clear()
    before = ward.kinds(day_id)
    with pytest.raises(Refusal, match="not started"):
        ward.charting.complete_infusion(ward.act(), day_id)
    assert ward.kinds(day_id) == before and ward.announced == []


def test_an_unknown_day_is_not_found(ward: Ward):
    with pytest.raises(NotFound):
        ward.charting.add_note(ward.act(), "nothing-here", "hello")


def test_arrival_takes_over_what_booking_and_ward_name(ward: Ward):
    day_id = ward.booked(supervising_neurologist="Dr Silva")
    arrived = ward.charting.arrive(ward.act(), day_id).facts[0].details
    assert (arrived.supervising_neurologist, arrived.emergency_contact) == ("Dr Silva", "ICU 5555")


def test_start_without_a_rate_runs_as_planned(ward: Ward):
    status = ward.status(ward.running())
    assert status.state is InfusionState.RUNNING and status.rate_ml_per_hour == 25.3


def test_a_set_is_recorded_with_the_level_it_is_answered_with_and_a_normal_one_is_replayed_once(ward: Ward):
    day_id = ward.running()
    for measured, level, replays in ((CALM, "normal", 1), (HIGH_PRESSURE, "amber", 2), (CALM, "normal", 1)):
        ward.minutes(10)
        before = _replay.cache_info().misses
        recorded = ward.charting.record_vital_signs(ward.act(device="tablet 3"), day_id, measured)
        assert recorded.facts[0].details.level_shown == level and recorded.facts[0].device == "tablet 3"
        assert recorded.status.facts == ward.charting.day(day_id).facts
        assert _replay.cache_info().misses - before == replays


# ---- STOP, resume, evaluation --------------------------------------------------------------------------------------


def test_stop_opens_an_evaluation_in_the_same_act(ward: Ward):
    day_id = ward.running()
    ward.minutes(20)
    recorded = ward.charting.stop_infusion(ward.act(), day_id)
    assert kinds_of(recorded) == ["InfusionStopped", "EvaluationOpened"]
    assert recorded.facts[1].caused_by == recorded.facts[0].position
    assert recorded.status.evaluation_open


def test_resume_after_stop_needs_a_doctor_and_a_reason(ward: Ward):
    day_id = ward.stopped()
    with pytest.raises(Refusal, match="doctor's name and the reason") as refused:
        ward.charting.resume_infusion(ward.act(), day_id)
    assert refused.value.field == "doctor"


def test_resume_after_stop_closes_the_evaluation_and_runs_at_half_the_rate(ward: Ward):
    day_id = ward.stopped()
    ward.minutes(10)
    recorded = ward.charting.resume_infusion(ward.act(), day_id, doctor="Dr Silva", reason="settled")
    assert kinds_of(recorded) == ["EvaluationClosed", "InfusionResumed"]
    assert recorded.facts[0].details.outcome == "slowed"
    assert recorded.status.rate_ml_per_hour == pytest.approx(12.65)
    assert not recorded.status.evaluation_open
    assert recorded.status.run_time_s == 20 * 60


def test_resume_after_a_toilet_pause_is_one_tap_at_the_former_rate(ward: Ward):
    day_id = ward.paused()
    recorded = ward.charting.resume_infusion(ward.act(), day_id)
    assert kinds_of(recorded) == ["InfusionResumed"]
    assert recorded.status.rate_ml_per_hour == 25.3


def test_resume_after_a_reaction_needs_a_doctor(ward: Ward):
    day_id = ward.paused(reason="reaction")
    with pytest.raises(Refusal, match="doctor"):
        ward.charting.resume_infusion(ward.act(), day_id)
    recorded = ward.charting.resume_infusion(ward.act(), day_id, doctor="Dr Silva", reason="settled")
    assert recorded.status.state is InfusionState.RUNNING


def test_a_stop_that_stays_makes_observation_count_from_the_tap(ward: Ward):
    day_id = ward.stopped()
    stopped_at = ward.clock.now()
    ward.minutes(15)
    closed = EvaluationClosed(outcome="stopped today", doctor="Dr Silva", reason="rash")
    status = ward.charting.close_evaluation(ward.act(), day_id, closed).status
    assert status.phase is Phase.OBSERVATION and status.drug_ended_at == stopped_at


# ---- red ---------------------------------------------------------------------------------------------------------


def test_a_red_symptom_opens_an_evaluation_in_the_same_act(ward: Ward):
    day_id = ward.running()
    ward.minutes(10)
    recorded = ward.charting.record_vital_signs(ward.act(), day_id, IN_PAIN)
    assert kinds_of(recorded) == ["VitalSignsRecorded", "EvaluationOpened"]
    assert recorded.facts[1].details.reason.startswith("Chest pain")
    assert recorded.status.level is Level.RED


def test_a_second_red_joins_the_open_evaluation(ward: Ward):
    day_id = ward.running()
    ward.charting.record_vital_signs(ward.act(), day_id, IN_PAIN)
    ward.minutes(5)
    again = ward.charting.record_vital_signs(ward.act(), day_id, IN_PAIN)
    assert kinds_of(again) == ["VitalSignsRecorded"]


@pytest.mark.parametrize("closed_before", [False, True])
def test_a_pain_added_to_a_partial_set_opens_an_evaluation_whatever_was_closed_meanwhile(
    ward: Ward, closed_before: bool
):
    """The evaluation that was closed knew nothing of it."""
    day_id = ward.running()
    begun = VitalSignsRecorded(systolic=120, diastolic=76, partial_reason="no reading")
    partial = ward.charting.record_vital_signs(ward.act(), day_id, begun)
    if closed_before:
        ward.charting.stop_infusion(ward.act(), day_id)
        ward.charting.resume_infusion(ward.act(), day_id, doctor="Dr Silva", reason="settled")
    added = VitalSignsRecorded(symptoms=IN_PAIN.symptoms, adds_to=partial.facts[0].position)
    recorded = ward.charting.record_vital_signs(ward.act(), day_id, added)
    assert kinds_of(recorded) == ["VitalSignsRecorded", "EvaluationOpened"]
    assert recorded.status.level is Level.RED and recorded.status.evaluation_open


# ---- locks and overrides -----------------------------------------------------------------------------------------


def test_start_is_locked_until_hour_one_is_done_and_names_the_locks(ward: Ward):
    day_id = ward.arrived()
    with pytest.raises(Refusal) as refused:
        ward.charting.start_infusion(ward.act(), day_id)
    assert refused.value.locks == ()  # without baseline vital signs no doctor's name opens it


def test_a_doctor_lets_a_start_pass_and_the_override_stands_before_it(ward: Ward):
    day_id = ward.arrived()
    ward.charting.record_vital_signs(ward.act(), day_id, CALM)
    with pytest.raises(Refusal) as refused:
        ward.charting.start_infusion(ward.act(), day_id)
    assert "bag" in refused.value.locks
    recorded = ward.charting.start_infusion(ward.act(override=SILVA), day_id)
    assert kinds_of(recorded) == ["Overridden", "InfusionStarted"]
    said = recorded.facts[0].details
    assert (said.act, said.doctor, said.reason) == ("start", "Dr Silva", "examined")
    assert "bag" in said.locks


def test_an_override_nobody_needed_is_not_recorded(ward: Ward):
    day_id = ward.ready_to_start()
    assert kinds_of(ward.charting.start_infusion(ward.act(override=SILVA), day_id)) == ["InfusionStarted"]


def test_one_infusion_a_date_even_with_a_doctors_name(ward: Ward):
    first = ward.running()
    ward.charting.transfer(ward.act(), first, Transferred(where_to="ward", receiver="Dr Chen"))
    with pytest.raises(Refusal, match="One infusion a date"):
        ward.booked(0, "2", day=2)


def test_transfer_is_never_locked(ward: Ward):
    day_id = ward.stopped()
    gone = Transferred(where_to="emergency or intensive care", receiver="Dr Chen")
    assert ward.charting.transfer(ward.act(), day_id, gone).status.phase is Phase.TRANSFERRED


def test_a_sample_can_still_be_recorded_after_discharge_with_its_true_time(ward: Ward):
    day_id = ward.ready_to_go()
    taken_at = ward.clock.now()
    ward.minutes(1)
    ward.charting.discharge(ward.act(), day_id, Discharged(where_to="home"))
    ward.minutes(10)
    sample = SampleTaken(sample="platelets")
    recorded = ward.charting.take_sample(ward.act(happened_at=taken_at), day_id, sample)
    assert recorded.facts[0].happened_at == taken_at
