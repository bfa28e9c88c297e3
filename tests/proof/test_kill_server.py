"""kill −9 while four tablets write: every acknowledged entry is there once, the chain is whole, no timer moved."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Semaphore
from typing import Any

import pytest

from dashboard.sign_on import pin_hash
from models.clinical.clock import SystemClock
from models.clinical.protocol import load
from tests.browser.ward_server import ROOT, TRAINING_PIN, WardClient, WardServer
from tests.charting.ward import Ward
from tests.proof.writers import Writer
from tests.store.wards import by_hand

KILLS = 200 if os.environ.get("CHAIRSIDE_SOAK") else 20
STANDING = (
    "infusion_day_id", "patient", "phase", "state", "position", "level", "evaluation_open", "arrived_at",
    "hour_one_began_at", "infusion_started_at", "drug_ended_at", "paused_at", "forecast_end", "resume_by",
    "bag_expires_at", "next_round_due_at", "observation_ends_at", "closed_at", "interval_minutes", "responsible_nurse",
)  # fmt: skip
"""What only an entry changes, never a passing second."""
TICKING = ("run_time_s", "elapsed_s")


def a_day_begun(url: str) -> str:
    """Two infusions to write to; one paused and one observed, whose timers must stand."""
    ward = Ward(url, load(), SystemClock().now() - timedelta(hours=9))
    ward.completed(2, "3")
    ward.paused(3, "4")
    ward.running(0, "1")
    ward.running(1, "2")
    ward.store.close()
    by_hand(url, f"UPDATE staff SET pin_hash = '{pin_hash(TRAINING_PIN)}'")
    return url


def recorded(url: str) -> dict[str, list[tuple[str, int]]]:
    """Key → the day and position of every fact it brought."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for key, day_id, position in by_hand(url, "SELECT key, infusion_day_id, position FROM fact ORDER BY key, part"):
        found[key].append((day_id, position))
    return found


def chairs(client: WardClient, but_for: Iterable[str] = ()) -> dict[str, dict[str, Any]]:
    """Every chair with a patient, without the days that are being written to."""
    shown = client.get("/api/ward")["chairs"]
    return {chair["chair"]: chair for chair in shown if chair["infusion_day_id"] not in {None, *but_for}}


def the_same(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> None:
    """Every countdown ends when it did, and what runs has run on by the seconds between the two looks."""
    assert before.keys() == after.keys()
    for label, was in before.items():
        is_now = after[label]
        assert {name: is_now[name] for name in STANDING} == {name: was[name] for name in STANDING}
        passed = (datetime.fromisoformat(is_now["now"]) - datetime.fromisoformat(was["now"])).total_seconds()
        for name in TICKING:
            runs = was["state"] == "running" or (name == "elapsed_s" and was["state"] == "paused")
            assert abs(is_now[name] - was[name] - passed * runs) <= 1, (label, name)


def is_sound(url: str) -> None:
    command = [sys.executable, "-m", "models.store", "verify", "--url", url]
    if not url.startswith("sqlite"):
        command += ["--anchor", "none"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert said.returncode == 0 and said.stdout.startswith("Sound"), said.stdout + said.stderr


def every_answer_was_true(url: str, before: int, writers: list[Writer]) -> None:
    found = recorded(url)
    for writer in writers:
        assert writer.faults == []
        for key, positions in writer.acknowledged.items():
            assert found[key] == [(writer.day_id, position) for position in positions], key
        assert not writer.refused & found.keys()
    acknowledged = sum(len(positions) for writer in writers for positions in writer.acknowledged.values())
    assert sum(len(facts) for facts in found.values()) == before + acknowledged


@contextmanager
def all_writing(writers: Sequence[Writer]) -> Iterator[None]:
    """Until the end of the block, and on until the last form has its answer."""
    for writer in writers:
        writer.thread.start()
    try:
        yield
    finally:
        for writer in writers:
            writer.end()


@pytest.mark.slow
@pytest.mark.parametrize(("database", "kills"), [("sqlite_url", KILLS), ("postgres_url", KILLS // 4)])
def test_nothing_acknowledged_is_lost_or_doubled_however_often_the_server_dies(
    database: str, kills: int, tmp_path: Path, request: pytest.FixtureRequest
):
    url = a_day_begun(request.getfixturevalue(database))
    before = sum(len(facts) for facts in recorded(url).values())
    chance, answers = Random(7), Semaphore(0)
    with WardServer(tmp_path, database_url=url) as ward, ward.client("okafor") as onlooker:
        running = [one["infusion_day_id"] for one in chairs(onlooker).values() if one["state"] == "running"][:2]
        nurses = ("okafor", "byrne", "novak", "okafor")
        writers = [
            Writer(ward.client(nurse), running[number % 2], f"tablet-{number}", answers)
            for number, nurse in enumerate(nurses)
        ]
        with all_writing(writers):
            for _ in range(kills):
                untouched = chairs(onlooker, but_for=running)
                for _ in range(chance.randint(1, 40)):
                    assert answers.acquire(timeout=30), "no tablet was answered"
                ward.restart()
                the_same(untouched, chairs(onlooker, but_for=running))
        last = chairs(onlooker)
        ward.restart()
        the_same(last, chairs(onlooker))
    every_answer_was_true(url, before, writers)
    is_sound(url)
