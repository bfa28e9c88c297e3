"""A copy made while the ward works is whole, sound, one file, and opens as the ward it was."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from models.store import StoreRefused, WardStore, backup, create_store, migrate, migrating, open_store
from models.store.database import looking
from models.store.verifying import verify
from tests.store.wards import NOW, a_day_with_facts, by_hand, heart_rate, who


@pytest.fixture
def serving(sqlite_url: str):
    store = create_store(sqlite_url, "training")
    yield store
    store.close()


def file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_a_copy_under_writes_is_sound_and_holds_all_that_was_acknowledged_before(
    serving: WardStore, sqlite_url: str, tmp_path: Path
):
    day_id, enough = a_day_with_facts(serving), Event()
    acknowledged = [6]

    def write() -> None:
        while not enough.is_set():
            serving.append(day_id, acknowledged[0], [heart_rate(71)], **who())
            acknowledged[0] += 1

    with ThreadPoolExecutor(1) as writer:
        writing = writer.submit(write)
        try:
            for n in range(5):
                before = acknowledged[0]
                copy = f"sqlite:///{backup.copy(file(sqlite_url), tmp_path / 'copies' / f'{n}.db')}"
                with looking(copy) as connection:
                    verdict = verify(connection, {})
                assert verdict.broken == () and before <= verdict.facts <= acknowledged[0]
        finally:
            enough.set()
        writing.result()
    assert acknowledged[0] > 6
    assert sorted(path.name for path in (tmp_path / "copies").iterdir()) == [f"{n}.db" for n in range(5)]


def test_a_copy_opens_as_the_ward_it_was_and_goes_on(serving: WardStore, sqlite_url: str, tmp_path: Path):
    day_id = a_day_with_facts(serving)
    restored = open_store(f"sqlite:///{backup.copy(file(sqlite_url), tmp_path / 'copy.db')}", "training")
    assert restored.open_days(NOW.date()) == serving.open_days(NOW.date())
    restored.append(day_id, 6, [heart_rate(71)], **who())
    restored.close()
    assert serving.positions([day_id]) == {day_id: 6}


def test_a_copy_never_replaces_another(serving: WardStore, sqlite_url: str, tmp_path: Path):
    copy = backup.copy(file(sqlite_url), tmp_path / "copy.db")
    before = copy.read_bytes()
    with pytest.raises(StoreRefused, match="never replaces another"):
        backup.copy(file(sqlite_url), copy)
    with pytest.raises(StoreRefused, match="There is no database"):
        backup.copy(tmp_path / "none.db", tmp_path / "other.db")
    assert copy.read_bytes() == before and not (tmp_path / "other.db").exists()


def test_a_copy_of_a_damaged_database_is_not_kept(serving: WardStore, sqlite_url: str, tmp_path: Path):
    a_day_with_facts(serving)
    serving.close()
    whole = bytearray(file(sqlite_url).read_bytes())
    whole[4096 * 5 : 4096 * 6] = b"\xff" * 4096
    file(sqlite_url).write_bytes(bytes(whole))
    with pytest.raises(StoreRefused, match=r"damaged|malformed"):
        backup.copy(file(sqlite_url), tmp_path / "copy" / "copy.db")
    assert list((tmp_path / "copy").iterdir()) == []


def test_a_copy_is_made_before_a_migration_changes_anything(sqlite_url: str, monkeypatch: pytest.MonkeyPatch):
    """The next revision of this program is played by naming the present one differently."""
    create_store(sqlite_url, "training").close()
    assert migrate(sqlite_url) == (migrating.newest(), migrating.newest())
    assert list(file(sqlite_url).parent.glob("*before*")) == []
    monkeypatch.setattr(migrating, "newest", lambda: "9999")
    for _ in range(2):
        migrate(sqlite_url)
    copies = sorted(file(sqlite_url).parent.glob("*before*"))
    assert [path.name for path in copies] == ["ward-before-9999-1.db", "ward-before-9999-2.db"]
    assert by_hand(f"sqlite:///{copies[0]}", "PRAGMA integrity_check") == [("ok",)]
