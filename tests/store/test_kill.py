"""kill −9 while four writers write: every acknowledged fact is there, once, where the store said it is."""

import subprocess
import sys

import pytest

from models.store import open_store
from models.store.database import looking
from models.store.verifying import verify
from tests.store.wards import a_day_with_facts, by_hand

KILLS = 25


@pytest.mark.slow
def test_every_acknowledged_fact_is_there_once_after_many_kills(url: str):
    store = open_store(url, "training")
    days = [a_day_with_facts(store, patient) for patient in ("1", "2")]
    store.close()
    writers = [sys.executable, "-m", "tests.store.killed_writers", url, str(KILLS), *days]
    heard = subprocess.run(writers, capture_output=True, text=True, check=True, timeout=120).stdout.splitlines()
    found: dict[str, list[tuple[str, int]]] = {}
    for key, day_id, position in by_hand(url, "SELECT key, infusion_day_id, position FROM fact WHERE key LIKE '%-%'"):
        found.setdefault(key, []).append((day_id, position))
    assert len(heard) >= KILLS
    for line in heard:
        key, day_id, position = line.split()
        assert found[key] == [(day_id, int(position))]
    with looking(url) as connection:
        assert verify(connection, {}).broken == ()
    open_store(url, "training").close()
