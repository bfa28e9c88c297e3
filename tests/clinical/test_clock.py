"""The ward's clocks: steady whatever the system clock does, and training time that only goes forward."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from models.clinical.clock import ScenarioClock, StoppedClock, SystemClock, steady_seconds
from models.clinical.refusal import Refusal

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


class Machine:
    """A machine whose wall clock can be set apart from the time that passes."""

    def __init__(self) -> None:
        self.wall_s = START.timestamp()
        self.steady_s = 1000.0

    def passes(self, seconds: float) -> None:
        self.wall_s += seconds
        self.steady_s += seconds

    def clock(self, not_before: datetime | None = None) -> SystemClock:
        return SystemClock(not_before, wall=lambda: self.wall_s, steady=lambda: self.steady_s)

    def scenario(self, rate: float = 1.0) -> ScenarioClock:
        return ScenarioClock(START, rate, steady=lambda: self.steady_s)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_the_ward_goes_by_the_time_that_passes(machine):
    clock = machine.clock()
    machine.passes(90)
    assert clock.now() == START + timedelta(seconds=90)
    assert clock.real() == machine.wall_s
    assert (clock.rate, clock.step_seconds) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("step", "noticed"), [(2.0, 0.0), (2.5, 2.5), (3600.0, 3600.0), (-2.0, 0.0), (-7200.0, -7200.0)]
)
def test_a_stepped_system_clock_moves_no_countdown_and_is_noticed_beyond_two_seconds(machine, step, noticed, caplog):
    clock = machine.clock()
    machine.passes(60)
    machine.wall_s += step
    with caplog.at_level(logging.WARNING):
        assert clock.now() == START + timedelta(seconds=60)
        assert clock.step_seconds == pytest.approx(noticed)
        assert clock.step_seconds == pytest.approx(noticed)
    told = f"The system clock stands {step:+.0f} s from the ward's time; the ward's time goes on."
    assert [record.getMessage() for record in caplog.records] == ([told] if noticed else [])


def test_a_step_taken_back_is_logged_too(machine, caplog):
    clock = machine.clock()
    machine.wall_s += 100
    assert clock.step_seconds == pytest.approx(100)
    machine.wall_s -= 100
    assert clock.step_seconds == 0.0
    assert len(caplog.records) == 2


def test_the_ward_never_starts_before_its_newest_fact(machine):
    newest = START + timedelta(minutes=5)
    clock = machine.clock(newest)
    assert clock.now() == newest
    machine.passes(10)
    assert clock.now() == newest + timedelta(seconds=10)
    assert machine.clock(START - timedelta(days=1)).now() == START + timedelta(seconds=10)


def test_the_real_clock_runs():
    clock = SystemClock()
    before = clock.now()
    assert before.tzinfo is UTC
    assert clock.now() >= before
    assert steady_seconds() <= steady_seconds()


def test_a_system_without_boot_time_falls_back_to_monotonic_time(monkeypatch):
    monkeypatch.delattr("time.CLOCK_BOOTTIME", raising=False)
    assert steady_seconds() <= steady_seconds()


def test_training_time_runs_at_its_rate(machine):
    clock = machine.scenario(rate=60)
    machine.passes(2)
    assert (clock.now(), clock.rate) == (START + timedelta(minutes=2), 60)
    clock.set_rate(1)
    machine.passes(2)
    assert clock.now() == START + timedelta(minutes=2, seconds=2)


def test_time_that_passes_is_counted_while_the_machine_sleeps_where_the_system_can(monkeypatch):
    monkeypatch.setattr("time.CLOCK_BOOTTIME", 7, raising=False)
    monkeypatch.setattr("time.clock_gettime", lambda clock: 1000.0 + clock)
    assert steady_seconds() == 1007.0
    monkeypatch.delattr("time.CLOCK_BOOTTIME")
    monkeypatch.setattr("time.monotonic", lambda: 5.0)
    assert steady_seconds() == 5.0


def test_training_time_runs_slower_than_real_time_too_and_by_itself_as_fast(machine):
    assert ScenarioClock(START, steady=lambda: machine.steady_s).rate == 1.0
    clock = machine.scenario(rate=0.5)
    machine.passes(10)
    assert clock.now() == START + timedelta(seconds=5)
    assert machine.scenario(rate=0).rate == 0.0


def test_training_time_is_held_and_goes_on_at_the_rate_it_had(machine):
    clock = machine.scenario(rate=10)
    clock.pause()
    machine.passes(100)
    assert (clock.now(), clock.rate) == (START, 0.0)
    clock.resume()
    machine.passes(1)
    assert (clock.now(), clock.rate) == (START + timedelta(seconds=10), 10)


def test_training_time_jumps_forward_and_never_back(machine):
    clock = machine.scenario()
    clock.set_now(START)
    clock.set_now(START + timedelta(hours=1))
    with pytest.raises(Refusal) as refused:
        clock.set_now(START + timedelta(minutes=59))
    sentence = "The training clock only goes forward. To go back, reset the training ward."
    assert (refused.value.sentence, refused.value.field) == (sentence, "now")
    assert clock.now() == START + timedelta(hours=1)


def test_a_held_clock_jumps_and_stays_held(machine):
    clock = machine.scenario()
    clock.pause()
    clock.set_now(START + timedelta(hours=1))
    machine.passes(10)
    assert clock.now() == START + timedelta(hours=1)


@pytest.mark.parametrize(("first", "goes_on_at"), [(10.0, 10.0), (0.0, 1.0)])
def test_a_rate_of_nought_is_a_pause_that_can_be_ended(machine: Machine, first: float, goes_on_at: float) -> None:
    clock = machine.scenario(rate=first)
    clock.set_rate(0)
    machine.passes(5)
    assert (clock.now(), clock.rate) == (START, 0.0)
    clock.resume()
    assert clock.rate == goes_on_at


@pytest.mark.parametrize("rate", [-1.0, float("nan"), float("inf")])
def test_a_rate_that_cannot_be_is_refused(machine, rate):
    clock = machine.scenario()
    with pytest.raises(Refusal) as refused:
        clock.set_rate(rate)
    assert refused.value.sentence == "The rate of the training clock is a number from 0 (held) upward."
    assert refused.value.field == "rate"
    with pytest.raises(Refusal):
        machine.scenario(rate)
    assert clock.rate == 1.0


def test_training_time_leaves_real_time_alone(machine):
    clock = machine.scenario(rate=60)
    before = clock.real()
    machine.passes(5)
    assert clock.real() == pytest.approx(before + 5)


def test_a_stopped_clock_stands_until_it_is_told():
    clock = StoppedClock(START)
    assert (clock.now(), clock.real(), clock.rate) == (START, START.timestamp(), 0.0)
    clock.advance(61)
    assert clock.now() == START + timedelta(seconds=61)
    assert clock.real() == START.timestamp() + 61
