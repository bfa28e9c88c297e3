"""When disk, lock or server fail, the writer reads why, nothing is half there, and the store goes on by itself."""

import shutil
import sqlite3
from pathlib import Path

import psycopg
import pytest

from models.store import StoreUnavailable, WardStore, create_store, open_store
from models.store.database import looking
from models.store.verifying import verify
from tests.store.wards import a_booking, a_day_with_facts, append, book, by_hand, heart_rate, who


@pytest.fixture
def serving(sqlite_url: str):
    store = create_store(sqlite_url, "training")
    yield store
    store.close()


def pragma(store: WardStore, setting: str) -> None:
    """On the one writing connection."""
    with store._database.write.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {setting}")
        connection.rollback()


def test_a_full_disk_is_said_and_nothing_is_half_recorded(serving: WardStore, sqlite_url: str):
    day_id, position = a_day_with_facts(serving), 6
    pragma(serving, "max_page_count = 60")
    with pytest.raises(StoreUnavailable, match=r"Not saved: the disk .* takes no more\."):
        while True:
            serving.append(day_id, position, [heart_rate(n) for n in range(20)], **who())
            position += 20
    assert serving.positions([day_id]) == {day_id: position}
    pragma(serving, "max_page_count = 100000")
    assert append(serving, day_id, heart_rate(71)).position == position + 1
    with looking(sqlite_url) as connection:
        assert verify(connection, {}).broken == ()


def test_a_database_somebody_else_locked_is_said_and_reads_go_on(serving: WardStore, sqlite_url: str):
    day_id = a_day_with_facts(serving)
    pragma(serving, "busy_timeout = 50")
    intruder = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    intruder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match=r"Not saved: the database is busy\."):
        append(serving, day_id, heart_rate(71))
    assert serving.positions([day_id]) == {day_id: 6}
    intruder.execute("ROLLBACK")
    intruder.close()
    assert append(serving, day_id, heart_rate(71)).position == 7


def test_damage_while_serving_is_said(serving: WardStore, sqlite_url: str):
    day_id = a_day_with_facts(serving)
    serving.close()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    store = open_store(sqlite_url, "training")
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreUnavailable, match=r"The record cannot be read: the database is damaged\."):
        store.infusion_day(day_id)
    store.close()
    path.write_bytes(whole)
    open_store(sqlite_url, "training").close()


def test_a_torn_log_yields_an_exact_prefix_of_what_was_acknowledged(
    serving: WardStore, sqlite_url: str, tmp_path: Path
):
    """A power cut may leave any length of the log; whole transactions survive, in order, with a sound chain."""
    day_id = a_day_with_facts(serving)
    for n in range(20):
        append(serving, day_id, heart_rate(n))
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    log = Path(f"{path}-wal").read_bytes()
    kept = set()
    for length in range(len(log), len(log) // 2, -max(1, len(log) // 60)):
        torn = tmp_path / f"torn-{length}.db"
        shutil.copy(path, torn)
        Path(f"{torn}-wal").write_bytes(log[:length])
        with looking(f"sqlite:///{torn}") as connection:
            verdict = verify(connection, {})
        assert verdict.broken == ()
        kept.add(verdict.facts)
    assert max(kept) == 26 and len(kept) > 5


def test_connections_cut_by_the_server_are_made_anew(postgres_url: str):
    store = create_store(postgres_url, "training")
    [day] = book(store)
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for _ in range(2):
        by_hand(postgres_url, f"SELECT pg_terminate_backend(pid) {others}")
        append(store, day.id, heart_rate(71))
    assert store.positions([day.id]) == {day.id: 3}
    store.close()


def test_postgresql_tells_other_workers_which_days_changed(postgres_url: str):
    store = create_store(postgres_url, "training")
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as listener:
        listener.execute("LISTEN chairside")
        first, second = book(store, a_booking("1"), a_booking("2"))
        store.append_many([(first.id, 1, [heart_rate(71)]), (second.id, 1, [heart_rate(72)])], **who())
        heard = [notice.payload for notice in listener.notifies(timeout=5, stop_after=3)]
    assert set(heard) == {first.id, second.id}
    store.close()
