"""What a field of an entry must be, and the entry it is judged in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.clinical.day_sheet import DaySheet
from models.clinical.protocol import Protocol
from models.clinical.refusal import Refusal

TIMES_PLANNED = 10
"""A rate or a volume beyond so many times the planned one is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry is judged by; `at` is its true time."""

    protocol: Protocol
    sheet: DaySheet
    at: datetime


def require(holds: object, field: str, sentence: str) -> None:
    if not holds:
        raise Refusal(sentence, field=field)


def said(text: str, field: str, sentence: str) -> None:
    require(is_a_name(text) if field == "doctor" else text.strip(), field, sentence)


def is_a_name(text: str) -> bool:
    """Two letters at least: a sign is nobody."""
    return sum(sign.isalpha() for sign in text) > 1


def one_of(word: str, rows: Mapping[str, Any], field: str, what: str) -> None:
    require(word in rows, field, f"{what} is one of: {', '.join(rows)}.")


def amount(value: float, most: float, field: str, sentence: str) -> None:
    require(math.isfinite(value) and 0 < value <= most, field, sentence)


def is_past(text: str, at: datetime) -> bool:
    """Up to tomorrow by UTC, which is today somewhere."""
    try:
        return (date.fromisoformat(text) - at.date()).days <= 1
    except ValueError:
        return False


def is_amount(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and float(text) >= 0
    except ValueError:
        return False
