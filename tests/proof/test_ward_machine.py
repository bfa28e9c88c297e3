"""Random days on a real ward, act by act, with crashes and clock steps, against a small naive reading of the record."""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from models.store import create_store
from models.store.rows import WardRow
from tests.charting.ward import CHAIRS, STAFF
from tests.proof import deeds
from tests.proof.machine import BEGINNINGS, WardMachine
from tests.store.postgres import Postgres

STEPS = 50
"""Of each of Hypothesis's examples; `make test` has 100 of them, `make soak` 5,000."""
EVERY_ACT = {
    "book", "arrive", "defer", "move", "swap", "assign", "checks", "medications", "prepare", "start", "rate", "pause",
    "resume", "stop", "complete", "close-evaluation", "vital-signs", "symptoms", "not-done", "interval", "review",
    "samples", "advice", "reference-values", "notes", "corrections", "transfer", "discharge",
}  # fmt: skip
GOING_WRONG = {"patient-details", "same key", "crash", "clock step", "TooOld", "Conflict"}


def a_set_up_ward(url: str) -> str:
    store = create_store(url, "training")
    row = WardRow(
        name="Ward under test", mode="training", set_up=True, supervising_neurologist="Dr Haddad",
        emergency_contact="ICU 5555",
    )  # fmt: skip
    store.set_up(row, CHAIRS, STAFF)
    store.close()
    return url


def run(new_url: Callable[[], str], examples: int) -> Counter[tuple[str, bool]]:
    """How often each act was recorded and refused."""
    acts: Counter[tuple[str, bool]] = Counter()
    machine = type("AnyWard", (WardMachine,), {"new_url": staticmethod(new_url), "acts": acts})
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=STEPS))
    return acts


@pytest.fixture
def quiet_clock(caplog: pytest.LogCaptureFixture) -> None:
    """Each step of the server's clock is logged, which nobody wants to read a thousand times."""
    caplog.set_level(logging.ERROR, "models.clinical.clock")


@pytest.fixture
def new_url(tmp_path: Path) -> Callable[[], str]:
    """A ward in a folder of its own: a crash leaves files behind."""
    template, numbers = tmp_path / "template.db", count()
    a_set_up_ward(f"sqlite:///{template}")

    def url() -> str:
        folder = tmp_path / str(next(numbers) % 2)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return f"sqlite:///{shutil.copy(template, folder / 'ward.db')}"

    return url


IN_TURN = (
    deeds.change_rate(12.7), deeds.pause("toilet"), deeds.vital_signs("fast"), deeds.symptoms(deeds.PAINS[2]),
    deeds.not_done("equipment", None), deeds.interval(30), deeds.review(True, 15), deeds.PLATELETS, deeds.ADVICE,
    deeds.REFERENCE, deeds.checks("no"), deeds.medicine("given"), deeds.vital_signs("in pain"),
    deeds.vital_signs("pain gone"), deeds.STOP, deeds.close("stopped today"),
    deeds.DISCHARGE,
)  # fmt: skip
"""What the first patient goes through, and what is refused while the last has not come."""


@pytest.fixture
def machine(new_url: Callable[[], str]) -> Iterator[WardMachine]:
    made = type("OneWard", (WardMachine,), {"new_url": staticmethod(new_url), "acts": Counter()})()
    yield made
    made.teardown()


def test_every_act_is_recorded_and_refused_before_chance_has_its_turn(machine: WardMachine):
    """Three are booked, two are on their way: what the machine does by chance is done here once each, both ways."""
    machine.opens(begins=BEGINNINGS[0], begun=2)
    first, second, last = 3, 2, 1
    machine.all_of_hour_one(second, "1")
    machine.book(0, "1", 2, 0)
    machine.resume(first, 25.3, True, 0, 0)
    for closing in (False, True):
        machine.complete_a_set(first, "only pain", closing)
    machine.close_evaluation(first, "resumed", 0)
    machine.pause_and_resume(first, "reaction", 12.7, True)
    for deed in IN_TURN:
        assert not machine.do(last, deed)
        assert machine.do(first, deed)
        machine.world.wait(60)
    for recorded, again in ((deeds.note("well"), -60), (deeds.COMPLETE, 0), (deeds.TRANSFER, 0)):
        assert machine.do(second, recorded)
        assert not machine.do(second, recorded, ago=again)
    machine.move(last, "4")
    machine.move(last, "9")
    machine.swap(last, second)
    machine.book(3, CHAIRS[3], 1, 0)
    machine.swap(0, last + 1)
    machine.assign(last, "okafor", "okafor")
    machine.assign(last, None, "byrne")
    machine.correct(last, 0, False, "1", None)
    machine.arrive(last, "1", 0)
    machine.correct(last, 0, False, "1", None)
    machine.defer(last, 0)
    machine.defer(last, 0)
    missing = {(name, recorded) for name in EVERY_ACT for recorded in (True, False)} - machine.world.acts.keys()
    assert not missing


@pytest.mark.slow
@pytest.mark.usefixtures("quiet_clock")
def test_random_days_hold_what_the_ward_was_promised(new_url: Callable[[], str]):
    examples = settings.default.max_examples
    acts = run(new_url, examples)
    assert acts.total() >= STEPS * examples, acts
    assert {name for name, _ in acts} >= EVERY_ACT | GOING_WRONG, acts


@pytest.mark.slow
@pytest.mark.usefixtures("quiet_clock")
def test_random_days_hold_on_postgresql_too(postgres: Postgres):
    template = a_set_up_ward(postgres.new_database()).rpartition("/")[2]
    examples = settings.default.max_examples // 10
    acts = run(lambda: postgres.new_database(template=template), examples)
    assert acts.total() >= STEPS * examples, acts
