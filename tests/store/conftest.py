"""Every store test runs twice: on SQLite and on a real PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import WardStore, create_store, open_store
from tests.store import wards
from tests.store.postgres import Postgres

RECORDED = ("open_day", "fact", "infusion_day", "course", "patient", "sign_on")


def a_set_up_ward(url: str) -> str:
    made = create_store(url, "training")
    made.set_up(wards.WARD, wards.CHAIRS, wards.STAFF)
    made.close()
    return url


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepared") / "ward.db"
    a_set_up_ward(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def prepared_postgres_url(postgres: Postgres) -> str:
    return a_set_up_ward(postgres.new_database())


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest) -> str:
    """Where a ward may be made; nothing is there yet."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A training ward, set up, with nobody booked. On PostgreSQL all tests of a process share it, wiped before each."""
    if request.param == "sqlite":
        url = request.getfixturevalue("sqlite_url")
        shutil.copy(request.getfixturevalue("prepared_file"), url.removeprefix("sqlite:///"))
        return url
    url = request.getfixturevalue("prepared_postgres_url")
    wards.by_hand(url, *[f"DELETE FROM {table}" for table in RECORDED], unprotected=True)
    return url


@pytest.fixture
def store(url: str) -> Iterator[WardStore]:
    opened = open_store(url, "training")
    yield opened
    opened.close()
