"""A database that is not sound, complete, of this mode and ours alone is refused with a sentence; never replaced."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from models.clinical.refusal import Refusal
from models.store import StoreRefused, WardRow, WardStore, create_store, migrate, migrating, open_store, sqlite, views
from tests.store.wards import CHAIRS, NOW, STAFF, WARD, a_day_with_facts, by_hand, is_sqlite


def file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def ward(fresh_url: str) -> str:
    """A training ward's database with one day in it, served by nobody."""
    store = create_store(fresh_url, "training")
    store.set_up(WARD, CHAIRS, STAFF)
    a_day_with_facts(store)
    store.close()
    return fresh_url


def test_a_missing_database_is_refused_and_none_is_made(sqlite_url: str):
    with pytest.raises(StoreRefused, match="There is no database at") as refusal:
        open_store(sqlite_url, "ward")
    assert "make new-ward" in refusal.value.sentence
    assert list(file(sqlite_url).parent.iterdir()) == []


@pytest.mark.parametrize("mode", ["training", "ward"])
def test_an_empty_database_is_refused_and_stays_empty(fresh_url: str, mode):
    if is_sqlite(fresh_url):
        file(fresh_url).touch()
    with pytest.raises(StoreRefused, match="holds no ward"):
        open_store(fresh_url, mode)
    with pytest.raises(StoreRefused, match="holds no ward"):
        migrate(fresh_url)
    if is_sqlite(fresh_url):
        assert file(fresh_url).stat().st_size == 0


def random_bytes(path: Path) -> None:
    path.write_bytes(os.urandom(40_000))


def cut_in_half(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def one_page_overwritten(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[4096 * 5 : 4096 * 6] = os.urandom(4096)
    path.write_bytes(bytes(whole))


@pytest.mark.parametrize("harm", [random_bytes, cut_in_half, one_page_overwritten])
def test_a_damaged_file_is_refused_and_left_exactly_as_it_is(sqlite_url: str, harm: Callable[[Path], None]):
    create_store(sqlite_url, "training").close()
    harm(file(sqlite_url))
    before = file(sqlite_url).read_bytes()
    with pytest.raises(StoreRefused, match=r"is damaged \(.*Restore the last backup"):
        open_store(sqlite_url, "training")
    assert file(sqlite_url).read_bytes() == before


@pytest.mark.parametrize(("made", "opened"), [("training", "ward"), ("ward", "training")])
def test_neither_mode_opens_the_others_database(fresh_url: str, made, opened):
    create_store(fresh_url, made).close()
    with pytest.raises(StoreRefused, match=f"This is a {made} database and does not open in {opened} mode"):
        open_store(fresh_url, opened)
    open_store(fresh_url, made).close()


@pytest.mark.parametrize("stands", ["0000", "9999"])
def test_a_database_of_another_revision_is_refused(ward: str, stands: str):
    by_hand(ward, f"UPDATE alembic_version SET version_num = '{stands}'")
    with pytest.raises(StoreRefused, match=f"stands at {stands}, this program at {migrating.newest()}"):
        open_store(ward, "training")


@pytest.mark.parametrize("lost", ["DROP TABLE device", "DROP VIEW vital_signs", "DROP TABLE alembic_version"])
def test_a_half_made_database_is_refused(ward: str, lost: str):
    by_hand(ward, lost)
    with pytest.raises(StoreRefused, match=r"lacks device|lacks vital_signs|holds no ward"):
        open_store(ward, "training")


def weakened(url: str) -> list[tuple[str, str]]:
    """(name as the refusal gives it, what weakens it)"""
    if is_sqlite(url):
        lame = "CREATE TRIGGER fact_no_delete BEFORE DELETE ON fact BEGIN SELECT 1; END"
        return [(name, f"DROP TRIGGER {name}") for name in views.triggers("sqlite")] + [("fact_no_delete", lame)]
    tables = [(f"{table}_append_only", table) for table in views.APPEND_ONLY]
    return [(name, f"DROP TRIGGER {name} ON {table}") for name, table in tables] + [
        ("fact_append_only", "ALTER TABLE fact DISABLE TRIGGER fact_append_only"),
        ("fact_append_only", "ALTER TABLE fact ENABLE REPLICA TRIGGER fact_append_only"),
        (
            "fact_append_only",
            "CREATE OR REPLACE FUNCTION chairside_append_only() RETURNS trigger LANGUAGE plpgsql"
            " AS $$BEGIN RETURN NEW; END$$",
        ),
    ]


def test_a_database_without_its_protection_is_refused_until_it_is_migrated(ward: str):
    for name, order in weakened(ward):
        by_hand(ward, *([f"DROP TRIGGER {name}"] if order.startswith("CREATE TRIGGER") else []), order)
        with pytest.raises(StoreRefused, match=f"{name}.*not protected"):
            open_store(ward, "training")
        assert migrate(ward) == (migrating.newest(), migrating.newest())
        open_store(ward, "training").close()


def test_a_new_ward_never_takes_the_place_of_one_that_stands(ward: str):
    for mode in ("training", "ward"):
        with pytest.raises(StoreRefused, match="A ward stands already"):
            create_store(ward, mode)
    store = open_store(ward, "training")
    assert store.ward().name == WARD.name and len(store.open_days(NOW.date())) == 1
    store.close()


@pytest.mark.parametrize(
    "address", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "nonsense", "", "sqlite+aiosqlite:///x"]
)
def test_other_addresses_are_refused(address: str):
    with pytest.raises(StoreRefused, match="sqlite:///path"):
        open_store(address, "training")


def test_a_server_that_does_not_answer_is_a_refusal_without_the_password(postgres_url: str):
    address = postgres_url.replace("postgres@", "postgres:secret@").replace("/ward_", "/nobody_")
    with pytest.raises(StoreRefused, match="does not answer") as refusal:
        open_store(address, "ward")
    assert "secret" not in refusal.value.sentence


# ---- SQLite: one process, its settings -------------------------------------------------------------------------------


def test_one_process_serves_a_file(sqlite_url: str):
    store = create_store(sqlite_url, "training")
    opening = f"from models.store import open_store; open_store({sqlite_url!r}, 'training')"
    other = subprocess.run([sys.executable, "-c", opening], capture_output=True, text=True, check=False)
    assert other.returncode == 1 and "is served by another process already" in other.stderr
    for act in (lambda: open_store(sqlite_url, "training"), lambda: migrate(sqlite_url)):
        with pytest.raises(StoreRefused, match="another process"):
            act()
    store.close()
    subprocess.run([sys.executable, "-c", opening], capture_output=True, check=True)


def test_a_refused_opening_holds_no_lock(sqlite_url: str):
    create_store(sqlite_url, "training").close()
    with pytest.raises(StoreRefused, match="training database"):
        open_store(sqlite_url, "ward")
    open_store(sqlite_url, "training").close()


SETTINGS = [
    ("journal_mode", "wal"),
    ("synchronous", 2),
    ("foreign_keys", 1),
    ("recursive_triggers", 1),
    ("busy_timeout", 5000),
]


@pytest.mark.parametrize(("pragma", "value"), SETTINGS)
def test_both_kinds_of_connection_keep_the_settings(sqlite_url: str, pragma: str, value: object):
    store = create_store(sqlite_url, "training")
    for engine in (store._database.write, store._database.read):
        with engine.connect() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    store.close()


@pytest.mark.parametrize("pragma", sqlite.SETTINGS)
def test_a_setting_that_does_not_hold_is_refused(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, pragma: str):
    create_store(sqlite_url, "training").close()
    asked, _ = sqlite.SETTINGS[pragma]
    monkeypatch.setitem(sqlite.SETTINGS, pragma, (asked, "something else"))
    with pytest.raises(StoreRefused, match=f"does not keep {pragma}={asked}"):
        open_store(sqlite_url, "training")


def set_fsync(postgres_url: str, value: str) -> None:
    """On the whole server, until every new connection sees it."""
    address = postgres_url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET fsync = {value}")
        connection.execute("SELECT pg_reload_conf()")
    found = None
    while found != (value,):
        with psycopg.connect(address) as connection:
            found = connection.execute("SHOW fsync").fetchone()


def test_a_server_that_may_lose_what_it_saved_is_refused(postgres_url: str):
    create_store(postgres_url, "training").close()
    set_fsync(postgres_url, "off")
    try:
        with pytest.raises(StoreRefused, match="not safe on disk"):
            open_store(postgres_url, "training")
    finally:
        set_fsync(postgres_url, "on")
    open_store(postgres_url, "training").close()


def test_postgresql_connections_keep_their_settings(postgres_url: str):
    create_store(postgres_url, "training").close()
    store = open_store(postgres_url, "training")
    with store._database.write.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    with store._database.read.connect() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "repeatable read"
        assert connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"
    store.close()


def test_writes_take_the_lock_before_they_read(sqlite_url: str):
    store, begun = create_store(sqlite_url, "training"), []
    event.listen(store._database.write, "before_cursor_execute", lambda *call: begun.append(call[2]))
    store.set_up(WARD, CHAIRS, STAFF)
    assert begun[0] == "BEGIN IMMEDIATE"
    store.close()


# ---- the ward's row and people ---------------------------------------------------------------------------------------


def test_a_new_ward_is_empty_and_waits_to_be_set_up(fresh_url: str):
    store = create_store(fresh_url, "ward", set_up_code_hash="hash of the code")
    assert store.ward() == WardRow(name="", mode="ward", set_up_code_hash="hash of the code")
    assert (store.chairs(), store.staff(), store.open_days(NOW.date())) == ([], [], [])
    assert store.newest_recorded_at() is None
    store.close()


def test_a_ward_is_set_up_once(fresh_url: str):
    store = create_store(fresh_url, "ward", set_up_code_hash="hash of the code")
    store.set_up(WARD, CHAIRS, STAFF)
    found = store.ward()
    assert (found.name, found.mode, found.set_up, found.set_up_code_hash) == (WARD.name, "ward", True, "")
    assert (found.doctors, found.call_numbers, found.zone) == (WARD.doctors, WARD.call_numbers, "Europe/London")
    assert store.chairs() == ["1", "2", "10"]
    assert [member.id for member in store.staff()] == ["lind", "okafor"]
    with pytest.raises(Refusal, match="set up already"):
        store.set_up(WARD, ["9"], [])
    assert store.chairs() == ["1", "2", "10"]
    store.close()


def test_what_was_recorded_is_there_after_a_restart(ward: str):
    store = open_store(ward, "training")
    [day] = store.open_days(NOW.date())
    assert day.position == 6 and store.newest_recorded_at() == NOW
    store.close()


def test_epochs_only_grow_and_an_ended_sign_on_is_none(store: WardStore):
    epochs = [store.start_sign_on("okafor", f"hash {n}", "tablet 3", NOW) for n in range(3)]
    assert epochs == sorted(set(epochs))
    found = store.sign_on("hash 1")
    assert found is not None and (found.staff_id, found.epoch, found.started_at) == ("okafor", epochs[1], NOW)
    store.end_sign_on("hash 1", NOW)
    assert store.sign_on("hash 1") is None and store.sign_on("never") is None
    assert store.sign_on("hash 2") is not None
    assert store.start_sign_on("lind", "hash 9", "", NOW) > epochs[-1]
