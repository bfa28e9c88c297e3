"""Whoever reaches past the store to change the record is found, and the first broken link is named."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from models.clinical.facts import Discharged, EnteredInError
from models.store import WardStore, anchor, create_store, open_store
from models.store.chain import fact_hash
from models.store.database import looking
from models.store.verifying import Broken, Verdict, verify
from tests.store.wards import NOW, a_day_with_facts, append, by_hand, line, who

A_FACT = (
    "'swapped in', 0, '', infusion_day_id, {position}, kind, happened_at, recorded_at, recorded_by, device, caused_by,"
    " details, previous_hash, hash FROM fact WHERE position = {copied}"
)


def verdict(url: str, anchored: anchor.Anchored | None = None) -> Verdict:
    with looking(url) as connection:
        return verify(connection, anchored or {})


def the_broken_link(url: str, anchored: anchor.Anchored | None = None) -> Broken:
    [link] = verdict(url, anchored).broken
    return link


def test_an_untouched_record_is_sound(store: WardStore, url: str):
    a_day_with_facts(store, "1")
    second = a_day_with_facts(store, "2")
    append(store, second, line(EnteredInError(position=3, reason="wrong value")), line(Discharged(where_to="home")))
    assert verdict(url) == Verdict(days=2, facts=14, broken=(), unprotected=())


CHANGED, FOLLOWS, MISSING = "was changed", "does not follow", "is missing"
TAMPERING = [
    # what somebody did to the day's six facts                              | first broken link | what is wrong
    ("UPDATE fact SET details = replace(details, '72', '73') WHERE position = 4", 4, CHANGED),
    ("UPDATE fact SET happened_at = '2026-11-20 10:43:07+00' WHERE position = 3", 3, CHANGED),
    ("UPDATE fact SET recorded_at = '2026-11-20 10:43:07+00' WHERE position = 1", 1, CHANGED),
    ("UPDATE fact SET recorded_by = 'lind' WHERE position = 5", 5, CHANGED),
    ("UPDATE fact SET device = '' WHERE position = 5", 5, CHANGED),
    ("UPDATE fact SET kind = 'NoteAdded' WHERE position = 6", 6, CHANGED),
    ("UPDATE fact SET caused_by = 1 WHERE position = 6", 6, CHANGED),
    ("UPDATE fact SET key = 'another' WHERE position = 2", 2, CHANGED),
    ("UPDATE fact SET request_digest = 'x' WHERE position = 2", 2, CHANGED),
    ("UPDATE fact SET hash = previous_hash WHERE position = 3", 3, CHANGED),
    ("UPDATE fact SET previous_hash = hash WHERE position = 3", 3, CHANGED),
    ("UPDATE fact SET position = 99 WHERE position = 6", 6, MISSING),
    ("DELETE FROM fact WHERE position = 3", 3, MISSING),
    ("DELETE FROM fact WHERE position = 1", 1, MISSING),
    ("DELETE FROM fact WHERE position IN (2, 4)", 2, MISSING),
    ("UPDATE patient SET born = '1985-04-05'", 1, FOLLOWS),
    ("UPDATE patient SET family_name = 'Other'", 1, FOLLOWS),
    ("UPDATE patient SET patient_id = '4810022'", 1, FOLLOWS),
    ("UPDATE course SET number = 2", 1, FOLLOWS),
    ("UPDATE infusion_day SET day = 2", 1, FOLLOWS),
    ("UPDATE infusion_day SET date = '2026-11-21'", 1, FOLLOWS),
]


@pytest.mark.parametrize(("order", "position", "what"), TAMPERING, ids=[row[0] for row in TAMPERING])
def test_the_first_broken_link_is_named(store: WardStore, url: str, order: str, position: int, what: str):
    day_id = a_day_with_facts(store)
    by_hand(url, order, unprotected=True)
    link = the_broken_link(url)
    assert (link.infusion_day_id, link.position) == (day_id, position)
    assert f"fact {position} {what}" in link.what


def test_two_facts_that_changed_places_are_found(store: WardStore, url: str):
    a_day_with_facts(store)
    swap = [f"UPDATE fact SET position = {to} WHERE position = {at}" for at, to in ((3, 99), (4, 3), (99, 4))]
    by_hand(url, *swap, unprotected=True)
    assert (the_broken_link(url).position, the_broken_link(url).what) == (3, "fact 3 was changed")


def test_a_fact_put_in_between_is_found(store: WardStore, url: str):
    a_day_with_facts(store)
    push = [f"UPDATE fact SET position = {at + 1} WHERE position = {at}" for at in (6, 5, 4)]
    copy = f"INSERT INTO fact SELECT 999999, {A_FACT.format(position=4, copied=3)}"
    by_hand(url, *push, copy, unprotected=True)
    assert the_broken_link(url).position == 4


def test_a_fact_moved_to_another_patient_is_found(store: WardStore, url: str):
    first, second = a_day_with_facts(store, "1"), a_day_with_facts(store, "2")
    move = (
        f"UPDATE fact SET infusion_day_id = '{second}', position = 7 WHERE infusion_day_id = '{first}' AND position = 6"
    )
    by_hand(url, move, unprotected=True)
    assert the_broken_link(url) == Broken(second, 7, "fact 7 was changed")


def test_days_that_changed_patients_are_found(store: WardStore, url: str):
    days = [a_day_with_facts(store, "1"), a_day_with_facts(store, "2")]
    first, second = (row[0] for row in by_hand(url, "SELECT id FROM patient ORDER BY patient_id"))
    orders = [f"UPDATE course SET patient_key = '{to}' WHERE patient_key = '{of}'"
              for of, to in ((first, "x"), (second, first), ("x", second))]  # fmt: skip
    by_hand(url, *orders, unprotected=True)
    assert {link.infusion_day_id for link in verdict(url).broken} == set(days)


def test_a_change_with_its_own_hash_made_anew_breaks_the_link_to_the_next(store: WardStore, url: str):
    a_day_with_facts(store)
    forge(url, 4, details='{"heart_rate":60}')
    assert the_broken_link(url).position == 5 and FOLLOWS in the_broken_link(url).what


def forge(url: str, position: int, **changed: object) -> str:
    """Changes a fact and gives it the hash that fits."""
    names = "key part request_digest infusion_day_id position kind happened_at recorded_at recorded_by device caused_by"
    with looking(url) as connection:
        store_row = connection.exec_driver_sql(
            f"SELECT {names.replace(' ', ', ')}, details, previous_hash, hash FROM fact"
        )
        row = next(dict(r._mapping) for r in store_row if r.position == position) | changed
    for name in ("happened_at", "recorded_at"):
        row[name] = NOW if position != 4 or name == "recorded_at" else NOW.replace(minute=43)
    wanted = fact_hash(row)
    order = f"UPDATE fact SET details = '{row['details']}', hash = '{wanted}', happened_at = '{row['happened_at']}',"
    by_hand(url, f"{order} previous_hash = '{row['previous_hash']}' WHERE position = {position}", unprotected=True)
    return wanted


def test_of_each_day_its_first_broken_link_is_named_in_order_of_the_days(store: WardStore, url: str):
    for patient in ("1", "2", "3"):
        a_day_with_facts(store, patient)
    by_hand(url, "UPDATE fact SET device = 'x' WHERE position IN (2, 3)", unprotected=True)
    assert [link.position for link in verdict(url).broken] == [2, 2, 2]


@pytest.mark.parametrize("nonsense", ["'no time'", "x'00ff'", "12"])
def test_what_cannot_be_read_is_a_finding_and_no_crash(sqlite_url: str, nonsense: str):
    """Only SQLite takes such values; PostgreSQL's columns refuse them."""
    store = open_with_a_day(sqlite_url)
    for column in ("happened_at", "details", "position", "born"):
        table = "patient" if column == "born" else "fact"
        where = "" if column == "born" else " WHERE position = 3"
        before = by_hand(sqlite_url, f"SELECT {column} FROM {table}{where}")[0][0]
        by_hand(sqlite_url, f"UPDATE {table} SET {column} = {nonsense}{where}", unprotected=True)
        assert len(verdict(sqlite_url).broken) == 1, column
        back = f"'{before}'" if isinstance(before, str) else before
        now = where.replace("3", nonsense) if column == "position" else where
        by_hand(sqlite_url, f"UPDATE {table} SET {column} = {back}{now}", unprotected=True)
    assert verdict(sqlite_url).broken == ()
    store.close()


def open_with_a_day(url: str) -> WardStore:
    store = create_store(url, "training")
    a_day_with_facts(store)
    return store


def test_missing_protection_is_part_of_the_verdict(fresh_url: str):
    open_with_a_day(fresh_url).close()
    by_hand(fresh_url, "DROP VIEW vital_signs")
    assert verdict(fresh_url).unprotected == ("vital_signs",)


@pytest.mark.parametrize("order", ["DELETE FROM open_day", "INSERT INTO open_day SELECT id FROM infusion_day"])
def test_the_index_of_open_days_is_held_against_the_facts(store: WardStore, url: str, order: str):
    day_id = a_day_with_facts(store)
    if order.startswith("INSERT"):
        append(store, day_id, line(Discharged(where_to="home")))
    assert verdict(url).broken == ()
    by_hand(url, order)
    assert "the facts say this day is" in the_broken_link(url).what


# ---- the anchor ------------------------------------------------------------------------------------------------------


@pytest.fixture
def anchored(store: WardStore, url: str, tmp_path: Path) -> anchor.Anchored:
    """Remembered while the day had six facts."""
    a_day_with_facts(store)
    with looking(url) as connection:
        assert anchor.remember(connection, tmp_path / "anchor") == 1
        assert anchor.remember(connection, tmp_path / "anchor") == 0, "what did not grow is not written again"
    return anchor.remembered(tmp_path / "anchor")


def test_a_missing_tail_is_found_only_against_the_anchor(anchored: anchor.Anchored, url: str):
    assert verdict(url, anchored).broken == ()
    by_hand(url, "DELETE FROM fact WHERE position >= 5", unprotected=True)
    assert verdict(url).broken == ()
    assert (the_broken_link(url, anchored).position, the_broken_link(url, anchored).what) == (
        5,
        "every fact from here to 6 is missing",
    )


def test_a_day_that_vanished_whole_is_found_against_the_anchor(anchored: anchor.Anchored, url: str):
    tables = ("open_day", "fact", "infusion_day", "course", "patient")
    by_hand(url, *[f"DELETE FROM {table}" for table in tables], unprotected=True)
    assert verdict(url).broken == ()
    assert "every fact of this day is missing" in the_broken_link(url, anchored).what


def test_a_last_fact_forged_with_a_fitting_hash_is_found_against_the_anchor(anchored: anchor.Anchored, url: str):
    forge(url, 6, details='{"heart_rate":60}')
    [link] = verdict(url, anchored).broken
    assert (link.position, "was anchored" in link.what) == (6, True)


def test_facts_added_since_are_sound_and_then_remembered_too(
    anchored: anchor.Anchored, store: WardStore, url: str, tmp_path: Path
):
    [day_id] = anchored
    append(store, day_id, line(Discharged(where_to="home")))
    assert verdict(url, anchored).broken == ()
    with looking(url) as connection:
        assert anchor.remember(connection, tmp_path / "anchor") == 1
    assert sorted(anchor.remembered(tmp_path / "anchor")[day_id]) == [6, 7]


def test_a_line_cut_off_by_a_crash_spoils_no_other(
    anchored: anchor.Anchored, store: WardStore, url: str, tmp_path: Path
):
    [day_id] = anchored
    path = tmp_path / "anchor"
    path.write_text(path.read_text() + "2026-11-20T10:42:07 abc 7 01ab")
    append(store, day_id, line(Discharged(where_to="home")))
    with looking(url) as connection:
        anchor.remember(connection, path)
    assert sorted(anchor.remembered(path)[day_id]) == [6, 7]


def test_a_clean_end_remembers_what_stands(sqlite_url: str):
    store = open_with_a_day(sqlite_url)
    store.close()
    path = anchor.beside(Path(sqlite_url.removeprefix("sqlite:///")))
    assert [list(counts) for counts in anchor.remembered(path).values()] == [[6]]
    store = open_store(sqlite_url, "training")
    store.append(next(iter(anchor.remembered(path))), 6, [line(Discharged(where_to="home"))], **who())
    store.close()
    assert [list(counts) for counts in anchor.remembered(path).values()] == [[6, 7]]


def test_tampering_needs_more_than_the_store_s_own_connection(store: WardStore, url: str):
    a_day_with_facts(store)
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException)):
        by_hand(url, TAMPERING[0][0])
