"""Tasks that nobody has done: overdue rounds, repeats, the bag, platelets, steps of an evaluation."""

from datetime import timedelta

import pytest

from models.clinical.alert import AlertKind, Priority
from models.clinical.facts import (
    DoctorReviewed,
    EvaluationOpened,
    InfusionCompleted,
    InfusionPaused,
    RateChanged,
    ReactionSuspected,
    RoundNotDone,
    SampleTaken,
)
from models.clinical.rest_of_course import Course
from models.clinical.status import Phase
from tests.clinical.builders import A_STEROID, a_baseline, a_set, at
from tests.clinical.raised import RED, a_saved_set, ids, only, status
from tests.clinical.test_go_no_go import BAG, ready_lines


@pytest.mark.parametrize(
    ("now", "priority", "escalated"),
    [
        ("10:29:59", None, False),
        ("10:30", Priority.LOW, False),
        ("10:44:59", Priority.LOW, False),
        ("10:45", Priority.MEDIUM, True),
    ],
)
def test_overdue_is_low_and_after_15_minutes_the_charge_nurses(now, priority, escalated):
    alerts = status(now=now).alerts
    if priority is None:
        assert alerts == ()
        return
    assert (alerts[0].id, alerts[0].words) == ("overdue/2026-11-20T10:30:00Z", "Vital signs overdue")
    assert alerts[0].limit == "Every 60 min, or as asked"
    assert (alerts[0].priority, alerts[0].escalated, alerts[0].kind) == (priority, escalated, AlertKind.TASK)
    assert alerts[0].needs_answer is (priority is Priority.MEDIUM)
    assert status(("10:45", a_set()), now="10:46").alerts == ()


def test_a_round_put_off_is_escalated_when_its_promise_is_over():
    put_off = RoundNotDone(reason="with another patient", try_again_at=at("10:49"))
    lines = [("10:39", put_off)]
    assert status(*lines, now="10:48:59").alerts[0].priority is Priority.LOW
    assert status(*lines, now="10:49").alerts[0].priority is Priority.MEDIUM
    earlier = RoundNotDone(reason="with another patient", try_again_at=at("10:37"))
    assert status(("10:30", earlier), now="10:44:59").alerts[0].priority is Priority.LOW
    assert status(("10:30", earlier), now="10:45").alerts[0].priority is Priority.MEDIUM


def test_a_promise_made_for_an_earlier_round_puts_nothing_off():
    lines = [("10:30", RoundNotDone(reason="other", try_again_at=at("10:40"))), ("10:39", a_set())]
    assert status(*lines, now="11:54").alerts[0].priority is Priority.MEDIUM


def test_a_repeat_is_its_own_alert_and_not_overdue_besides():
    lines = [("10:00", a_saved_set(74, "142/74"))]
    assert ids(status(*lines, now="10:20")) == ["systolic high/6"]
    assert ids(status(*lines, now="11:00")) == ["systolic high/6", "overdue/2026-11-20T11:00:00Z"]


def test_a_set_a_doctor_asked_for_is_overdue_like_a_round():
    reviewed = DoctorReviewed(doctor="Dr Sand", decision="go on", next_set_minutes=15)
    found = status(("10:00", a_saved_set(74, "142/74")), ("10:05", reviewed), now="10:20")
    assert "overdue/2026-11-20T10:20:00Z" in ids(found)


def test_hour_one_over_and_something_missing():
    lines = [("08:00", a_set()), ("08:15", A_STEROID)]
    assert status(*lines, now="09:14:59", phase=Phase.PRE_MEDICATION).alerts == ()
    found = only(status(*lines, now="09:15", phase=Phase.PRE_MEDICATION))
    assert (found.id, found.priority) == ("pre-medication/2026-11-20T09:15:00Z", Priority.LOW)
    assert found.limit.startswith("Missing: ") and found.limit.endswith(" more")
    assert not found.needs_answer and found.escalates_at is None
    ready = status(*ready_lines(), now="09:30", phase=Phase.PRE_MEDICATION)
    assert ready.alerts == ()
    waiting = status(*ready_lines(without="bag"), now="09:30", phase=Phase.PRE_MEDICATION)
    assert only(waiting).limit == "Missing: Bag prepared"
    evaluated = status(*lines, ("09:00", EvaluationOpened(reason="red")), now="09:15", phase=Phase.PRE_MEDICATION)
    assert "pre-medication" not in {alert.what for alert in evaluated.alerts}


MIXED = ("08:50", BAG)
SLOW = ("11:30", RateChanged(rate_ml_per_hour=9.4, reason="poorly tolerated"))


@pytest.mark.parametrize(
    ("lines", "now", "since"),
    [
        ([MIXED], "12:00", None),
        ([MIXED, SLOW], "12:00", "11:30"),
        ([MIXED, SLOW], "16:50", "16:50"),
        ([MIXED, ("10:30", InfusionPaused(reason="toilet"))], "13:50:01", "13:50"),
        ([MIXED, SLOW, ("14:00", InfusionPaused(reason="toilet"))], "14:30", "14:00"),
    ],
)
def test_a_bag_that_expires_before_the_rest_is_in(lines, now, since):
    bag = [alert for alert in status(*lines, now=now).alerts if alert.what == "bag"]
    assert bool(bag) is (since is not None)
    if bag:
        assert bag[0].raised_at - at(since) in (timedelta(0), timedelta.resolution)
        assert (bag[0].priority, bag[0].kind) == (Priority.MEDIUM, AlertKind.TASK)
        assert bag[0].limit == status(*lines, now=now).bag_warning


def test_a_bag_too_old_before_the_start():
    lines = [("08:00", a_set()), ("08:20", BAG)]
    found = [one for one in status(*lines, now="12:21", phase=Phase.PRE_MEDICATION).alerts if one.what == "bag"]
    assert [one.raised_at for one in found] == [at("12:20") + timedelta.resolution]
    expired = [one for one in status(*lines, now="16:20", phase=Phase.PRE_MEDICATION).alerts if one.what == "bag"]
    assert [one.raised_at for one in expired] == [at("16:20")]


def test_past_the_forecast_after_ten_minutes():
    sets = [(f"{hour}:30", a_set()) for hour in (10, 11, 12, 13)]
    assert status(*sets, now="13:39:59").alerts == ()
    found = only(status(*sets, now="13:40"))
    assert (found.id, found.priority) == ("past forecast/2026-11-20T13:40:00Z", Priority.MEDIUM)
    assert found.limit == "10 min after the forecast end"
    assert status(*sets, ("13:30", InfusionCompleted()), now="13:41").alerts == ()


def test_platelets_are_due_when_the_drug_has_ended_on_the_days_they_are_taken():
    lines = [("13:00", a_set()), ("13:30", InfusionCompleted())]
    due = status(*lines, now="13:31", day=3, course=Course(number=1, baseline=a_baseline()))
    assert ids(due) == ["platelets due/2026-11-20T13:30:00Z"]
    assert (due.alerts[0].priority, due.alerts[0].words) == (Priority.LOW, "Platelet count due")
    taken = status(*lines, ("13:35", SampleTaken(sample="platelets")), now="13:36", day=3)
    assert taken.alerts == ()
    assert status(*lines, now="13:31", day=2).alerts == ()


def test_a_step_of_the_evaluation_past_its_time():
    red = ("10:30", a_saved_set(74, "182/80", shown=RED))
    assert "step ecg/2026-11-20T10:40:00Z" not in ids(status(red, now="10:39:59"))
    found = status(red, now="10:40")
    step = next(alert for alert in found.alerts if alert.id == "step ecg/2026-11-20T10:40:00Z")
    assert (step.what, step.priority) == ("evaluation step", Priority.MEDIUM)
    assert step.words == "12-lead ECG, compared with the baseline ECG: time is up"
    chosen = status(red, ("10:35", ReactionSuspected(reaction="stroke")), now="11:30")
    assert "step ct/2026-11-20T11:30:00Z" in ids(chosen)
    assert "step ct/2026-11-20T11:30:00Z" not in ids(status(red, now="11:30"))
