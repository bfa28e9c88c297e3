"""Every store test runs twice: on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator

import pytest

from models.store import WardStore, create_store
from tests.store import wards


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Where a ward may be made; nothing is there yet."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture
def store(url: str) -> Iterator[WardStore]:
    """A training ward, set up, with nobody booked."""
    made = create_store(url, "training")
    made.set_up(wards.WARD, wards.CHAIRS, wards.STAFF)
    yield made
    made.close()
