"""Reads the day's list as a hospital exports it: separators, encodings, headings."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LARGEST_FILE = 1 << 20
"""Bytes; a ward's day is a few kB."""
MOST_LINES = 500
ABOVE, LIKE_HEADINGS = 10, 4
"""Headings stand within so many lines, and so many of their words are known ones."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "chair": ("chair", "chair no", "chair number", "station", "place"),
    "family_name": ("family name", "surname", "last name", "family"),
    "given_name": ("given name", "forename", "first name", "given names", "forenames"),
    "name": ("name", "patient", "patient name", "full name"),
    "born": ("born", "dob", "date of birth", "birth date", "birthdate"),
    "patient_id": ("patient id", "hospital no", "hospital number", "nhs no", "nhs number", "mrn", "id", "patient no"),
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file as read: its headings, and its lines with their line numbers in the file."""

    headings: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    headings_line: int = 1


class Unreadable(Exception):
    """The file is not a list; the text is the sentence people read."""


def read(raw: bytes) -> Sheet:
    if len(raw) > LARGEST_FILE:
        raise Unreadable(f"The file is larger than {LARGEST_FILE >> 20} MB: that is no list of one day.")
    text = decode(raw)
    if not text.strip():
        raise Unreadable("The file is empty: it needs a line of headings and a line for each patient.")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in text):
        raise Unreadable("The file is not a list: it holds signs that are no text. Export the list as CSV.")
    text, separator = separated_by(text)
    filled = [(line, row) for line, row in rows(text, separator) if any(row)]
    if not filled:
        raise Unreadable("The file is empty: it needs a line of headings and a line for each patient.")
    if len(filled) > MOST_LINES + 1:
        raise Unreadable(f"The list has {len(filled) - 1} lines; {MOST_LINES} are the most it may have.")
    place = headings_place([row for _, row in filled])
    headings_line, headings = filled[place]
    return Sheet(headings=unlike(headings), lines=tuple(filled[place + 1 :]), headings_line=headings_line)


def decode(raw: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, else the Windows page that spreadsheets still write."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    # An é of one sign and one of two are the same name.
    return unicodedata.normalize("NFC", text)


def separated_by(text: str) -> tuple[str, str]:
    """The text and its separator; a spreadsheet may name it on the line before (`sep=;`), which then is empty."""
    if match := re.match(r'\s*"?sep=(.)"?[ \t]*(?=\r?\n)', text):
        return text[match.end() :], match[1]
    unquoted = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines() if line.strip()][:ABOVE]
    most = {separator: max(line.count(separator) for line in unquoted) for separator in ",;\t|"}
    separator = max(most, key=lambda one: most[one])
    if not most[separator]:
        raise Unreadable("The file is not a list: its first lines have no commas, semicolons or tabs.")
    return text, separator


def headings_place(filled: Sequence[Sequence[str]]) -> int:
    """The first line unless a later one of the first few reads like headings: some systems print a title above."""
    return next((place for place, row in enumerate(filled[:ABOVE]) if len(suggest(row)) >= LIKE_HEADINGS), 0)


def rows(text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row with the line of the file on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, tuple(" ".join(cell.split()) for cell in row)
            begins = reader.line_num + 1
    except csv.Error:
        raise Unreadable(
            f"Line {begins} of the file cannot be read: a quotation mark on it is not closed or stands inside a word."
        ) from None


def unlike(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings that can be told apart: the second `Name` reads `Name (2)`."""
    seen: dict[str, int] = {}
    told = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        told.append(f"{heading} ({seen[heading]})" if heading and seen[heading] > 1 else heading)
    return tuple(told)


def suggest(headings: Sequence[str]) -> dict[str, str]:
    """Field → heading, by the words hospitals use for it."""
    plain = {re.sub(r"[\s_.-]+", " ", heading).strip().lower(): heading for heading in reversed(headings) if heading}
    return {
        field: plain[word]
        for field, words in FIELDS.items()
        if (word := next((known for known in words if known in plain), None)) is not None
    }
