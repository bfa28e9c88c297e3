"""What is done to a ward's database by hand: make it, verify it, anchor it, copy it, migrate it."""

import re
from pathlib import Path

import pytest

from models.store import create_store, open_store
from models.store.__main__ import main
from models.store.set_up_code import code_hash, fits, new_code
from tests.store.wards import a_day_with_facts, by_hand


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("CHAIRSIDE_DATABASE_URL", "CHAIRSIDE_FOLDER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def a_ward(fresh_url: str) -> str:
    store = create_store(fresh_url, "ward")
    a_day_with_facts(store)
    store.close()
    return fresh_url


def test_new_ward_makes_an_empty_ward_and_prints_a_code_only_its_hash_is_kept_of(capsys: pytest.CaptureFixture[str]):
    assert main(["new-ward"]) == 0
    [code] = re.findall(r"shown only now: (\S+)", capsys.readouterr().out)
    store = open_store("sqlite:///var/ward.db", "ward")
    kept = store.ward().set_up_code_hash
    assert fits(code, kept) and not fits(code[:-1], kept) and code not in kept
    assert store.staff() == [] and not store.ward().set_up
    store.close()


def test_new_ward_refuses_where_one_stands(capsys: pytest.CaptureFixture[str]):
    assert main(["new-ward"]) == 0
    before = Path("var/ward.db").read_bytes()
    capsys.readouterr()
    assert main(["new-ward"]) == 2
    said = capsys.readouterr()
    assert "A ward stands already at" in said.err and said.out == ""
    assert Path("var/ward.db").read_bytes() == before


def test_the_address_comes_from_the_environment(fresh_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHAIRSIDE_DATABASE_URL", fresh_url)
    assert main(["new-ward"]) == 0
    assert main(["migrate"]) == 0
    open_store(fresh_url, "ward").close()
    assert not Path("var").exists()


def test_the_folder_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHAIRSIDE_FOLDER", str(tmp_path / "elsewhere"))
    assert main(["new-ward"]) == 0
    assert (tmp_path / "elsewhere" / "ward.db").exists() and not Path("var").exists()


@pytest.mark.parametrize("typed", ["abcd-efgh-jkmn", "ABCDEFGHJKMN", " abcd efgh jkmn "])
def test_a_code_fits_however_it_was_typed(typed: str):
    assert fits(typed, code_hash("ABCD-EFGH-JKMN"))


def test_no_code_fits_a_ward_that_has_none():
    assert not fits("", "") and not fits("", code_hash("ABCD")) and new_code() != new_code()


def test_verify_says_sound_or_names_the_first_broken_link(
    a_ward: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    where = ["--url", a_ward, "--anchor", str(tmp_path / "anchor")]
    assert main(["verify", *where]) == 0
    assert "Sound: 6 facts of 1 infusion days" in capsys.readouterr().out
    assert main(["anchor", *where]) == 0
    by_hand(a_ward, "DELETE FROM fact WHERE position = 6", unprotected=True)
    assert main(["verify", *where]) == 1
    said = capsys.readouterr().out
    assert re.search(r"Infusion day \w{32}, position 6: every fact from here to 6 is missing\.", said)
    assert "NOT SOUND" in said


def test_verify_works_while_the_ward_is_served(a_ward: str, tmp_path: Path):
    store = open_store(a_ward, "ward")
    assert main(["verify", "--url", a_ward, "--anchor", str(tmp_path / "anchor")]) == 0
    store.close()


def test_backup_copies_beside_the_database_and_anchors(sqlite_url: str, capsys: pytest.CaptureFixture[str]):
    store = create_store(sqlite_url, "ward")
    a_day_with_facts(store)
    assert main(["backup", "--url", sqlite_url]) == 0
    [copied] = re.findall(r"Copied and checked: (\S+)", capsys.readouterr().out)
    assert by_hand(f"sqlite:///{copied}", "SELECT count(*) FROM fact") == [(6,)]
    assert Path(copied).parent.name == "backups"
    assert main(["backup", "--url", sqlite_url, "--to", "copy.db"]) == 0 and Path("copy.db").exists()
    assert Path(sqlite_url.removeprefix("sqlite:///") + ".anchor").exists()
    store.close()


def test_on_postgresql_backup_names_the_tool_that_does_it(postgres_url: str, capsys: pytest.CaptureFixture[str]):
    assert main(["backup", "--url", postgres_url]) == 2
    assert "pg_dump" in capsys.readouterr().err


@pytest.mark.parametrize("act", ["verify", "anchor", "backup", "migrate"])
def test_nothing_is_made_where_nothing_stands(act: str, capsys: pytest.CaptureFixture[str]):
    assert main([act]) == 2
    assert "There is no database at var/ward.db" in capsys.readouterr().err
    assert not Path("var").exists()
