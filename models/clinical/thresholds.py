"""Thresholds: a row of the limits table with its number for one course baseline.

A row about change becomes a plain number once the baseline is known, rounded to the side on which the exact
comparison falls, so a percentage is never compared as a rounded number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from models.clinical.protocol_rows import Condition, Limit
from models.clinical.status import Baseline


@dataclass(frozen=True, slots=True)
class Threshold:
    """Reached at `at` and beyond, upward or downward."""

    limit: Limit | Condition
    upward: bool
    at: float

    def reached(self, value: float) -> bool:
        return value >= self.at if self.upward else value <= self.at


def threshold(row: Limit | Condition, baseline: Baseline | None) -> Threshold | None:
    """None for a row about change while its baseline is not known (or nought), and for one that names no number."""
    if row.measure == "value":
        at = row.at_least if row.at_least is not None else row.at_most
        return None if at is None else Threshold(row, row.at_least is not None, at)
    reference: int | None = getattr(baseline, row.parameter, None)
    return _change(row, reference) if reference else None


def _change(row: Limit | Condition, reference: int) -> Threshold:
    upward = row.measure.startswith("rise")
    amount = row.at_least if row.at_least is not None else row.more_than
    change = Fraction(amount or 0)
    if row.measure.endswith("percent"):
        change = change * reference / 100
    exact = reference + (change if upward else -change)
    at = _beyond(exact, upward=upward, strictly=row.more_than is not None)
    return Threshold(row, upward, at if row.value_at_least is None else max(at, row.value_at_least))


def _beyond(exact: Fraction, *, upward: bool, strictly: bool) -> int:
    """The first whole number at (or, strictly, past) the exact limit; what changes is measured in whole numbers."""
    if upward:
        return math.floor(exact) + 1 if strictly else math.ceil(exact)
    return math.ceil(exact) - 1 if strictly else math.floor(exact)
