"""Which period the alarms page counts: what a browser sends is one of the three, else today."""

from __future__ import annotations

import pytest

from callbacks.alarms import asked_days


@pytest.mark.parametrize(
    ("asked", "days"),
    [("1 0", 1), ("7 3", 7), ("30 1", 30), ("31 1", 1), (None, 1), ("", 1), ("x", 1), ("-7 1", 1), ("7", 7)],
)
def test_the_period_asked_for(asked: str | None, days: int):
    assert asked_days(asked) == days
