"""What holds of a chair's status on every day that can be recorded."""

import time
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.clinical.accept import accept
from models.clinical.alert import AlertState, Priority
from models.clinical.chair_status import chair_status
from models.clinical.facts import KINDS, AlertAnswered, Details, EvaluationClosed, InfusionDay
from models.clinical.findings import Level
from models.clinical.infusion_day import ACTS
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus, InfusionState, Phase
from tests.clinical.builders import NURSE, a_set, an_infusion_day, at, the_protocol
from tests.clinical.random_days import BEGIN, CHOICES, COURSE, HOUR_ONE, MAKE, Ward
from tests.clinical.test_go_no_go import ready_lines

CLOCK_LIKE = {
    "now", "run_time_s", "elapsed_s", "remaining_s", "volume_given_ml", "overdue_s", "observation_remaining_s", "band",
}  # fmt: skip


def still(status: ChairStatus) -> dict[str, object]:
    """All that does not run with the clock."""
    return {one.name: getattr(status, one.name) for one in fields(status) if one.name not in CLOCK_LIKE}


def holds(ward: Ward) -> None:
    status = ward.status()
    assert status == ward.status()
    assert status.run_time_s <= status.elapsed_s
    assert 0 <= status.volume_given_ml <= status.volume_ml
    assert (status.overdue_s > 0) <= (status.next_round_due_at is not None and status.next_round_due_at <= status.now)
    assert not (status.due_soon and status.overdue_s)
    assert set(status.allowed) | set(status.refused) == set(ACTS) and not set(status.allowed) & set(status.refused)
    assert set(status.overridable) <= set(status.refused)
    assert all(sentence.endswith(".") for sentence in status.refused.values())
    assert all(moment > status.now for moment in status.deadlines)
    assert list(status.deadlines) == sorted(status.deadlines)
    assert (status.ready is False) or (status.phase is Phase.OBSERVATION and "discharge" in status.allowed)
    assert (status.forecast_end is None) or status.state is InfusionState.RUNNING
    if status.evaluation_open and status.closed_at is None:
        assert status.observation_ends_at is status.drug_ended_at is status.free_at is None
    if status.state is InfusionState.STOPPED and status.drug_ended_at is None and status.closed_at is None:
        assert status.evaluation_open
    for one, other in zip(status.band, status.band[1:], strict=False):
        assert one.ends == other.begins
    what_holds_of_alerts(status)


def what_holds_of_alerts(status: ChairStatus) -> None:
    alerts = status.alerts
    assert len({alert.id for alert in alerts}) == len(alerts)
    assert [alert.priority for alert in alerts] == sorted((alert.priority for alert in alerts), reverse=True)
    assert status.silenced == sum(alert.silenced for alert in alerts)
    assert not (alerts and not status.is_open)
    for alert in alerts:
        assert alert.words and alert.why and alert.action and alert.source
        assert alert.sounds != alert.silenced or alert.state is AlertState.RESOLVED_UNSEEN
        assert not (alert.silenced and alert.escalated)
        assert alert.returns_at is None or (alert.silenced and alert.returns_at > status.now)
    unanswered = {finding.rule for finding in status.findings if finding.level is Level.RED}
    high = {alert.id.rpartition("/")[0] for alert in alerts if alert.priority is Priority.HIGH}
    answered = {f.details.alert.rpartition("/")[0] for f in status.facts if isinstance(f.details, AlertAnswered)}
    closed = any(isinstance(f.details, EvaluationClosed) for f in status.facts)
    assert closed or not status.is_open or unanswered <= high | answered


@settings(max_examples=60, deadline=None)
@given(CHOICES, st.booleans())
def test_what_holds_after_every_act(choices, skip_hour_one):
    ward = Ward.booked()
    for choice in (*(() if skip_hour_one else HOUR_ONE), *choices):
        before = ward.status()
        done = ward.do(choice)
        after = ward.status()
        if done and choice[0] != "corrections" and choice[2] == 0:
            assert after.elapsed_s >= before.elapsed_s
            assert after.run_time_s >= before.run_time_s
            assert after.volume_given_ml >= before.volume_given_ml - 1e-9
        holds(ward)


@settings(max_examples=40, deadline=None)
@given(CHOICES, st.integers(0, 30), st.integers(0, 600))
def test_a_status_changes_by_time_alone_only_at_its_deadlines(choices, cut, minutes):
    ward = Ward.booked()
    for choice in (*HOUR_ONE, *choices[:cut]):
        ward.do(choice)
    now = ward.now + timedelta(minutes=minutes)
    status = ward.status(now)
    until = status.deadlines[0] if status.deadlines else now + timedelta(days=2)
    later, first = still(ward.status(until - timedelta.resolution)), still(status)
    assert {name: later[name] for name in later if later[name] != first[name]} == {}


@settings(max_examples=40, deadline=None)
@given(CHOICES)
def test_what_is_allowed_is_accepted_and_what_is_refused_is_not(choices):
    ward = Ward.booked()
    for choice in (*HOUR_ONE, *choices):
        ward.do(choice)
    status = ward.status()
    for act in ("arrive", "defer", "start", "pause", "resume", "stop", "complete", "transfer", "discharge", "notes"):
        details = MAKE[act](1 if act == "resume" and status.resume_needs_evaluation else 0)
        assert locks_in_the_way(ward, act, details) == (
            None if act in status.allowed else status.overridable.get(act, ())
        ), act


def locks_in_the_way(ward: Ward, act: str, details: Sequence[Details]) -> tuple[str, ...] | None:
    """None when the act is accepted."""
    try:
        accept(ward.day, COURSE, the_protocol(), ward.now, act, details, ward.now, NURSE)
    except Refusal as refusal:
        return refusal.locks
    return None


@settings(max_examples=60, deadline=None)
@given(CHOICES, st.randoms(use_true_random=False), st.integers(-60, 900))
def test_no_order_of_facts_makes_a_status_fail(choices, random, minutes):
    """Facts charting would refuse, at any time, struck at random: the status still answers, and at every prefix."""
    ward = Ward.booked()
    for act, passed, ago, number in (*HOUR_ONE, *choices):
        ward.now += timedelta(minutes=passed)
        ward._append(MAKE[act](number), ward.now - timedelta(minutes=ago))
    facts = list(ward.day.facts)
    random.shuffle(facts)
    shuffled = [replace(fact, position=place) for place, fact in enumerate(facts, 1)]
    for length in range(len(shuffled) + 1):
        day = replace(ward.day, facts=tuple(shuffled[:length]))
        chair_status(day, COURSE, the_protocol(), BEGIN + timedelta(minutes=minutes))


def test_the_random_acts_reach_every_kind_of_fact_that_can_be_recorded():
    made = {type(one).__name__ for make in MAKE.values() for number in range(12) for one in make(number)}
    rest = {"Booked", "EvaluationOpened", "Overridden", "PatientDetailsCorrected", "ReferenceValueSet"}
    assert made | rest == set(KINDS)


@pytest.mark.slow
def test_a_status_of_300_facts_costs_about_a_millisecond():
    """A generous bound that a quadratic walk would break; the figure itself stands in the benchmark."""
    lines = [*ready_lines(), ("09:30", MAKE["start"](15)[0])]
    lines += [(f"{10 + n // 60:02d}:{n % 60:02d}", a_set(74 + n % 60)) for n in range(300 - len(lines) - 2)]
    day = an_infusion_day(*lines, phase=Phase.PRE_MEDICATION)
    assert len(day.facts) == 300
    best = min(timed(replace(day, facts=(*day.facts,))) for _ in range(10))
    assert best < 0.02


def timed(day: InfusionDay) -> float:
    begin = time.perf_counter()
    chair_status(day, COURSE, the_protocol(), at("16:00"))
    return time.perf_counter() - begin
