"""What tests of every room share: databases, Hypothesis's two tempers, the order of the suite."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.store.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]

# `make test` is repeatable: a red suite is about the change at hand. `make soak` looks further.
patient: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("test", derandomize=True, **patient)
settings.register_profile("soak", max_examples=5000, **patient)
settings.load_profile("soak" if os.environ.get("CHAIRSIDE_SOAK") else "test")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that mostly wait start first, so that the others run beside them."""
    items.sort(key=lambda test: test.get_closest_marker("long") is None)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'ward.db'}"
