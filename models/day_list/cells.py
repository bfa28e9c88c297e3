"""Reads one cell of a list: dates, times, counts, names, each refused with the reason."""

from __future__ import annotations

import re
from datetime import date, time

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONGEST_WORD, LONGEST_TEXT = 120, 2000


def read_date(text: str) -> date:
    """2026-11-20, 20/11/2026, 20.11.2026 or 20-Nov-2026; raises ValueError with the reason."""
    # A spreadsheet adds a time to its dates; midnight says nothing.
    text = re.sub(r"[T ]00:00(:00)?$", "", text)
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"([0-9]{1,2})[ -]([A-Za-z]{3})[a-z]*[ -]([0-9]{4})", text):
        if match[2].lower() not in MONTHS:
            raise ValueError(f"there is no month {match[2]}")
        day, month, year = int(match[1]), MONTHS.index(match[2].lower()) + 1, int(match[3])
    else:
        raise ValueError("write it as 2026-11-20, 20/11/2026 or 20-Nov-2026")
    return calendar_day(year, month, day)


def calendar_day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= len(MONTHS):
        raise ValueError(f"there is no month {month}")
    if not 1900 <= year < 2100:
        raise ValueError(f"{year} is no year of this list")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"that month has no day {day}") from None


def read_time(text: str) -> time:
    match = re.fullmatch(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?", text)
    if match is None:
        raise ValueError("write it as 08:15, on the 24-hour clock")
    try:
        return time(int(match[1]), int(match[2]))
    except ValueError:
        raise ValueError("there is no such time; the day runs from 00:00 to 23:59") from None


def read_count(text: str) -> int:
    """`3`, also written `Day 3` or `D3`."""
    match = re.fullmatch(r"(?:course|day|c|d)?\s*([0-9]{1,2})", text, flags=re.IGNORECASE)
    if match is None or int(match[1]) == 0:
        raise ValueError("write a whole number, 1 or more")
    return int(match[1])


def read_chair(text: str) -> str:
    return read_word(re.sub(r"^chair\s*", "", text, flags=re.IGNORECASE))


def read_word(text: str) -> str:
    if len(text) > LONGEST_WORD:
        raise ValueError(f"{LONGEST_WORD} signs are the most")
    return text


def read_text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{LONGEST_TEXT} signs are the most")
    return text


def read_patient_id(text: str) -> str:
    """Digits written in groups are one number: `999 123 4567` is `9991234567`."""
    return read_word(re.sub(r"(?<=[0-9]) (?=[0-9])", "", text))


def same_name(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def date_words(day: date) -> str:
    return f"{day.day:02d}-{MONTHS[day.month - 1].title()}-{day.year}"


def shown(text: str) -> str:
    """A cell as a sentence quotes it."""
    return f"“{text}”" if len(text) <= 40 else f"“{text[:37]}…”"
