"""The kinds of value a body may hold, read strictly: a slip is refused, never quietly turned into a number."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool

from models.day_list.cells import read_patient_id

LARGEST = 9999
"""No vital sign, volume or rate has five digits; what is plausible is for the clinical core to say."""


def plain(text: str) -> str:
    if any((ord(sign) < 32 and sign not in "\n\t") or 127 <= ord(sign) < 160 for sign in text):
        raise ValueError("holds signs that cannot be written down")
    return text


def text_only(value: object) -> object:
    """Dates and times come as text; pydantic would also take a number of seconds for one."""
    if not isinstance(value, str):
        raise ValueError("is written as text")
    return value


def whole_only(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("is a whole number")
    return value


def number_only(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("is a number")
    return value


def number_as_text(value: object) -> object:
    """An answer stands in the record as text; a count may come as the number it is."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return format(value, ".10g") if is_number else value


def one_decimal(value: float) -> float:
    if round(value, 1) != value:
        raise ValueError("has one decimal")
    return value


def three_decimals(value: float) -> float:
    if round(value, 3) != value:
        raise ValueError("has at most three decimals")
    return value


def instant(value: object) -> datetime:
    example = "is a time with its offset, such as 2026-11-20T10:42:00Z"
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not 2000 <= at.year < 2100:
        raise ValueError(example)
    return at.astimezone(UTC)


def calendar_day(value: object) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and re.fullmatch(r"[0-9-]{10}", value) else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year < 2100:
        raise ValueError("is a date, such as 2026-11-20")
    return day


def time_of_day(value: object) -> time:
    if not isinstance(value, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError("is a time of day, such as 08:00")
    return time.fromisoformat(value)


Word = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(plain)]
Answer = Annotated[Word, BeforeValidator(number_as_text, json_schema_input_type=str | float)]
HospitalNumber = Annotated[Word, AfterValidator(read_patient_id)]
Text = Annotated[str, Field(max_length=2000), AfterValidator(plain)]
Reason = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(plain)]
Flag = StrictBool
Whole = Annotated[int, BeforeValidator(whole_only), Field(ge=0, le=LARGEST)]
Count = Annotated[int, BeforeValidator(whole_only), Field(ge=1, le=LARGEST)]
OneDecimal = Annotated[float, BeforeValidator(number_only), Field(ge=0, le=LARGEST), AfterValidator(one_decimal)]
Amount = Annotated[float, BeforeValidator(number_only), Field(ge=0, le=99_999), AfterValidator(three_decimals)]
Rated = Annotated[float, BeforeValidator(number_only), Field(gt=0, le=LARGEST), AfterValidator(three_decimals)]
Instant = Annotated[datetime, BeforeValidator(instant)]
Day = Annotated[date, BeforeValidator(calendar_day)]
TimeOfDay = Annotated[time, BeforeValidator(time_of_day)]
