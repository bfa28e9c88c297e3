"""The database itself refuses to change the record: every way of changing it is tried, after every migration."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DatabaseError

from models.store import WardStore, migrating, sqlite, views
from models.store.database import address, file_of
from models.store.people import found_ward
from tests.store.wards import WARD, a_day_with_facts, by_hand, is_sqlite

HASH = "0" * 64
WHOLE_FACT = (
    f"INTO fact VALUES ({{seq}}, '{{key}}', 0, '', 'day', {{position}}, 'NoteAdded', '2026-11-20 10:00:00+00',"
    f" '2026-11-20 10:00:00+00', 'okafor', '', NULL, '{{{{}}}}', '{HASH}', '{HASH}')"
)
ROWS = (
    "INSERT INTO patient VALUES ('p', '4810021', 'Abara', 'Chidi', '1984-04-05', '')",
    "INSERT INTO course VALUES ('c', 'p', 1)",
    "INSERT INTO infusion_day VALUES ('day', 'c', 1, '2026-11-20')",
    "INSERT INTO protocol_version VALUES ('digest', '1', '', '2026-11-20 10:00:00+00')",
    "INSERT " + WHOLE_FACT.format(seq=1, key="one", position=1),
)
A_COLUMN = {
    "fact": "details",
    "patient": "born",
    "course": "number",
    "infusion_day": "date",
    "protocol_version": "content",
}
ITS_KEY = {"fact": "seq", "patient": "id", "course": "id", "infusion_day": "id", "protocol_version": "digest"}

EVERYWHERE = [
    order
    for table in views.APPEND_ONLY
    for order in (
        f"UPDATE {table} SET {A_COLUMN[table]} = {A_COLUMN[table]}",
        f"DELETE FROM {table}",
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true"
        f" ON CONFLICT ({ITS_KEY[table]}) DO UPDATE SET {A_COLUMN[table]} = excluded.{A_COLUMN[table]}",
    )
]
ON_SQLITE = [
    "REPLACE " + WHOLE_FACT.format(seq=1, key="other", position=9),
    "INSERT OR REPLACE " + WHOLE_FACT.format(seq=9, key="one", position=9),
    "INSERT OR REPLACE " + WHOLE_FACT.format(seq=9, key="other", position=1),
    "UPDATE OR REPLACE fact SET position = 7",
    "UPDATE OR IGNORE fact SET position = 7",
    "INSERT OR REPLACE INTO patient VALUES ('other', '4810021', 'Abaro', '', '1984-04-05', '')",
    "INSERT OR REPLACE INTO course VALUES ('other', 'p', 1)",
    "INSERT OR REPLACE INTO infusion_day VALUES ('day', 'c', 2, '2026-11-20')",
]
ON_POSTGRESQL = [
    *(f"TRUNCATE {table} CASCADE" for table in views.APPEND_ONLY),
    "MERGE INTO fact USING patient ON true WHEN MATCHED THEN DELETE",
]
REVISIONS = migrating.revisions()


def migrated(url: str, to: str) -> None:
    engine = engine_of(url)
    try:
        with engine.begin() as connection:
            for revision in REVISIONS[: REVISIONS.index(to) + 1]:
                migrating.upgrade(connection, revision)
    finally:
        engine.dispose()


def engine_of(url: str) -> Engine:
    path = file_of(address(url))
    if path is None:
        return create_engine(url)
    path.touch()
    return sqlite.migrating(path)


def test_there_is_one_line_of_migrations_from_the_first_to_the_newest():
    assert sorted(REVISIONS) == REVISIONS and REVISIONS[-1] == migrating.newest()


@pytest.mark.parametrize("revision", REVISIONS)
def test_after_every_migration_every_change_of_the_record_is_refused(fresh_url: str, revision: str):
    migrated(fresh_url, revision)
    by_hand(fresh_url, *ROWS)
    before = by_hand(fresh_url, "SELECT * FROM fact")
    for order in EVERYWHERE + (ON_SQLITE if is_sqlite(fresh_url) else ON_POSTGRESQL):
        with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException), match="appended to, never changed"):
            by_hand(fresh_url, order)
        assert by_hand(fresh_url, "SELECT * FROM fact") == before, order


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_refusals_are_the_triggers_own(fresh_url: str, revision: str):
    """Without the triggers the same orders do their harm; so the test above can fail."""
    migrated(fresh_url, revision)
    by_hand(fresh_url, *ROWS)
    harm = ["UPDATE fact SET details = 'x'", "DELETE FROM fact"]
    for order in harm + (
        ["INSERT OR REPLACE " + WHOLE_FACT.format(seq=9, key="one", position=9)] if is_sqlite(fresh_url) else []
    ):
        by_hand(fresh_url, order, unprotected=True)
    if not is_sqlite(fresh_url):
        assert by_hand(fresh_url, "SELECT count(*) FROM fact") == [(0,)]


def test_the_store_itself_cannot_change_a_fact(store: WardStore, url: str):
    a_day_with_facts(store)
    with store._database.write.connect() as connection:
        for order in ("UPDATE fact SET kind = 'x'", "DELETE FROM fact WHERE position = 2"):
            with pytest.raises(DatabaseError, match="appended to, never changed"), connection.begin():
                connection.exec_driver_sql(order)
    with store._database.read.connect() as connection, pytest.raises(DatabaseError):
        connection.exec_driver_sql("INSERT INTO chair VALUES ('99', 99)")
        connection.commit()


def test_tables_and_migrations_are_the_same(fresh_url: str):
    migrated(fresh_url, REVISIONS[-1])
    engine = engine_of(fresh_url)
    with engine.begin() as connection:
        migrating.difference(connection)
    engine.dispose()


def test_a_table_rebuilt_by_a_migration_loses_its_triggers_and_create_brings_them_back(fresh_url: str):
    migrated(fresh_url, REVISIONS[-1])
    engine = engine_of(fresh_url)
    with engine.begin() as connection:
        assert views.absent(connection) == []
        triggers = views.triggers(connection.dialect.name)
        for name in triggers:
            on = f" ON {name.removesuffix('_append_only')}" if connection.dialect.name == "postgresql" else ""
            connection.exec_driver_sql(f"DROP TRIGGER {name}{on}")
        views.drop(connection)
        assert views.absent(connection) == sorted([*triggers, "alerts", "infusion_changes", "vital_signs"])
        views.create(connection)
        assert views.absent(connection) == []
    engine.dispose()


def test_a_migration_that_breaks_off_leaves_the_database_as_it_was(fresh_url: str, monkeypatch: pytest.MonkeyPatch):
    def power_cut(connection: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(views, "create", power_cut)
    with pytest.raises(KeyboardInterrupt):
        migrated(fresh_url, REVISIONS[-1])
    monkeypatch.undo()
    engine = engine_of(fresh_url)
    with engine.connect() as connection:
        assert migrating.revision(connection) is None
    engine.dispose()
    migrated(fresh_url, REVISIONS[-1])


def test_only_one_ward_lives_in_a_database(fresh_url: str):
    migrated(fresh_url, REVISIONS[-1])
    engine = engine_of(fresh_url)
    with engine.begin() as connection:
        found_ward(connection, WARD)
    for other in ("1", "2"):
        with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError)):
            by_hand(fresh_url, f"INSERT INTO ward VALUES ({other}, '', 'ward', '', true, '', '', '', '[]', '{{}}')")
    engine.dispose()
