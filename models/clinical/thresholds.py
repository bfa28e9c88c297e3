"""Thresholds: a row of the limits table with its number for one course baseline.

A row about change becomes a plain number once the baseline is known, rounded to the side on which the exact
comparison falls, so a percentage is never compared as a rounded number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from models.clinical.findings import Baseline
from models.clinical.protocol_rows import Condition, Limit

References = tuple[tuple[str, int, str], ...]
"""Parameter, reference value and its origin: what a baseline means to the limits."""


@dataclass(frozen=True, slots=True, eq=False)
class Threshold:
    """Reached at `at` and beyond, upward or downward; a change is `of` a reference value and its origin."""

    row: Limit | Condition
    upward: bool
    at: float
    reference: int = 0
    origin: str = ""

    def reached(self, value: float) -> bool:
        return value >= self.at if self.upward else value <= self.at


def references_of(baseline: Baseline | None) -> References:
    """A reference of nought measures nothing."""
    if baseline is None:
        return ()
    values = ((name, getattr(baseline, name)) for name in ("heart_rate", "systolic", "diastolic", "spo2"))
    return tuple((name, value, baseline.origin.get(name, "baseline")) for name, value in values if value)


def threshold(row: Limit | Condition, references: References) -> Threshold | None:
    """None for a row about change without its reference value, and for one that names no number."""
    if row.measure == "value":
        at = row.at_least if row.at_least is not None else row.at_most
        return None if at is None else Threshold(row, row.at_least is not None, at)
    for name, value, origin in references:
        if name == row.parameter:
            return _change(row, value, origin)
    return None


def _change(row: Limit | Condition, reference: int, origin: str) -> Threshold:
    upward = row.measure.startswith("rise")
    amount = row.at_least if row.at_least is not None else row.more_than
    change = Fraction(amount or 0)
    if row.measure.endswith("percent"):
        change = change * reference / 100
    exact = reference + (change if upward else -change)
    at = _beyond(exact, upward=upward, strictly=row.more_than is not None)
    return Threshold(row, upward, at if row.value_at_least is None else max(at, row.value_at_least), reference, origin)


def _beyond(exact: Fraction, *, upward: bool, strictly: bool) -> int:
    """The first whole number at (or, strictly, past) the exact limit; what changes is measured in whole numbers."""
    if upward:
        return math.floor(exact) + 1 if strictly else math.ceil(exact)
    return math.ceil(exact) - 1 if strictly else math.floor(exact)
