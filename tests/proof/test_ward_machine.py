"""Random days on a real ward, act by act, with crashes and clock steps, against a small naive reading of the record."""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from models.store import create_store
from models.store.rows import WardRow
from tests.charting.ward import CHAIRS, STAFF
from tests.proof.machine import WardMachine
from tests.store.postgres import Postgres

STEPS = 50
"""Of each of Hypothesis's examples; `make test` has 100 of them, `make soak` 5,000."""
BOTH_WAYS = {
    "book", "arrive", "defer", "move", "swap", "assign", "checks", "medications", "prepare", "start", "rate", "pause",
    "resume", "stop", "complete", "close-evaluation", "vital-signs", "symptoms", "not-done", "interval", "review",
    "samples", "advice", "reference-values", "notes", "corrections", "transfer", "discharge",
}  # fmt: skip
"""Acts that must have been recorded and refused, so that neither side goes unproven."""
ONE_WAY = {("patient-details", True), ("same key", True), ("crash", True), ("clock step", True)}
ONE_WAY |= {("TooOld", False), ("Conflict", False)}


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


@pytest.mark.slow
@pytest.mark.usefixtures("quiet_clock")
def test_random_days_hold_what_the_ward_was_promised(tmp_path: Path):
    template, numbers = tmp_path / "template.db", count()
    a_set_up_ward(f"sqlite:///{template}")

    def new_url() -> str:
        """A folder of its own for each run: a crash leaves files behind."""
        folder = tmp_path / str(next(numbers) % 2)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return f"sqlite:///{shutil.copy(template, folder / 'ward.db')}"

    examples = settings.default.max_examples
    acts = run(new_url, examples)
    assert acts.total() >= STEPS * examples, acts
    missing = (ONE_WAY | {(name, recorded) for name in BOTH_WAYS for recorded in (True, False)}) - acts.keys()
    assert not missing


@pytest.mark.slow
@pytest.mark.usefixtures("quiet_clock")
def test_random_days_hold_on_postgresql_too(postgres: Postgres):
    template = a_set_up_ward(postgres.new_database()).rpartition("/")[2]
    examples = settings.default.max_examples // 10
    acts = run(lambda: postgres.new_database(template=template), examples)
    assert acts.total() >= STEPS * examples, acts
