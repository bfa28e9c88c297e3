"""Reads the day's list as a hospital exports it: separators, encodings, headings, dates and times."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

FIELDS: Mapping[str, tuple[str, ...]] = {
    "chair": ("chair", "chair no", "chair number", "station", "place"),
    "family_name": ("family name", "surname", "last name", "family"),
    "given_name": ("given name", "forename", "first name", "given names", "forenames"),
    "name": ("name", "patient", "patient name", "full name"),
    "born": ("born", "dob", "date of birth", "birth date", "birthdate"),
    "patient_id": (
        "patient id",
        "hospital no",
        "hospital number",
        "nhs no",
        "nhs number",
        "mrn",
        "id",
        "patient no",
    ),
    "course": ("course", "course no", "course number"),
    "day": ("day", "day no", "day number", "infusion day"),
    "treatment": ("treatment", "regimen", "regime", "protocol"),
    "date": ("date", "appt date", "appointment date", "day date", "infusion date"),
    "start": ("start", "time", "appt time", "appointment time", "start time"),
    "allergies": ("allergies", "allergy"),
    "note": ("notes", "note", "comment", "comments", "remarks"),
}
"""Field → headings that mean it, lower case, single spaces."""

WORDS: Mapping[str, str] = {
    "chair": "chair", "family_name": "family name", "given_name": "given name", "name": "name (FAMILY, Given)",
    "born": "born", "patient_id": "patient id", "course": "course", "day": "day", "treatment": "treatment (C1 D3)",
    "date": "date", "start": "start", "allergies": "allergies", "note": "note",
}  # fmt: skip

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file as read: its headings and its lines with their line numbers in the file (headings stand on line 1)."""

    headings: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


class Unreadable(Exception):
    """The file is not a list; the text is the sentence people read."""


# ---- reading ---------------------------------------------------------------------------------------------------------


def decode(raw: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, else the Windows page that spreadsheets still write."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def read(raw: bytes) -> Sheet:
    text = decode(raw)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise Unreadable("The file is empty: it needs a line of headings and a line for each patient.")
    separator = max(",;\t|", key=first.count)
    if separator not in first:
        raise Unreadable("The file is not a list: its first line has no commas, semicolons or tabs.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [(reader.line_num, tuple(cell.strip() for cell in row)) for row in reader]
    except csv.Error as problem:
        raise Unreadable(f"Line {reader.line_num} of the file cannot be read: {problem}.") from problem
    filled = [(line, row) for line, row in rows if any(row)]
    return Sheet(headings=filled[0][1], lines=tuple(filled[1:]))


def suggest(headings: Sequence[str]) -> dict[str, str]:
    """Field → heading, by the words hospitals use for it."""
    plain = {re.sub(r"[\s_.-]+", " ", heading).strip().lower(): heading for heading in reversed(headings) if heading}
    return {
        field: plain[word]
        for field, words in FIELDS.items()
        if (word := next((known for known in words if known in plain), None)) is not None
    }


# ---- one cell --------------------------------------------------------------------------------------------------------


def read_date(text: str) -> date:
    """2026-11-20, 20/11/2026, 20.11.2026 or 20-Nov-2026; raises ValueError with the reason."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})", text):
        if match[2].lower() not in MONTHS:
            raise ValueError(f"there is no month {match[2]}")
        day, month, year = int(match[1]), MONTHS.index(match[2].lower()) + 1, int(match[3])
    else:
        raise ValueError("write it as 2026-11-20, 20/11/2026 or 20-Nov-2026")
    if not 1 <= month <= len(MONTHS):
        raise ValueError(f"there is no month {month}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"that month has no day {day}") from None


def read_time(text: str) -> time:
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?", text)
    if match is None:
        raise ValueError("write it as 08:15")
    try:
        return time(int(match[1]), int(match[2]))
    except ValueError:
        raise ValueError("there is no such time; the day runs from 00:00 to 23:59") from None


def read_count(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,3}", text) is None or int(text) == 0:
        raise ValueError("write a whole number, 1 or more")
    return int(text)


def read_chair(text: str) -> str:
    return re.sub(r"^chair\s*", "", text, flags=re.IGNORECASE)


def same_name(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
