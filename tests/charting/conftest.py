"""A ward on SQLite; tests that race also run on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.clinical.protocol import Protocol, load
from tests.charting.ward import Ward


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    return load()


@pytest.fixture
def ward(sqlite_url: str, protocol: Protocol) -> Iterator[Ward]:
    made = Ward(sqlite_url, protocol)
    yield made
    made.store.close()


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def either_ward(request: pytest.FixtureRequest, protocol: Protocol) -> Iterator[Ward]:
    made = Ward(request.getfixturevalue(request.param), protocol)
    yield made
    made.store.close()
