"""One line of the list: its cells, what can be read of them, and what is wrong with it by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from models.day_list import cells
from models.day_list.sheet import WORDS, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the list, ready to be booked; `start` is ward-local. `already` when this day is booked before."""

    line: int
    chair: str
    family_name: str
    given_name: str
    born: date
    patient_id: str
    course: int
    day: int
    date: date
    start: time
    allergies: str = ""
    note: str = ""
    already: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    field: str
    sentence: str


def problem(line: int, field: str, sentence: str) -> Problem:
    return Problem(line, field, f"Line {line}, {WORDS[field]}: {sentence}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ward knows that a list must agree with."""

    today: date
    chairs: frozenset[str]
    days_in_course: Callable[[int], int]
    adult_years: int
    patient: Callable[[str], tuple[str, str, date] | None]
    """patient id → family name, given name, born."""
    booked: Callable[[str, date], tuple[int, int] | None]
    """patient id, date → (course, day) booked on that date."""
    booked_on: Callable[[str, int, int], date | None]
    """patient id, course, day → the date that day is booked on."""
    occupant: Callable[[str, date, time], str | None]
    """chair, date, start → patient id booked there at that very time."""


Fields = Mapping[str, object]
"""Field → its value, for the cells that could be read."""

READERS: Mapping[str, Callable[[str], object]] = {
    "chair": cells.read_chair, "family_name": cells.read_word, "given_name": cells.read_word, "born": cells.read_date,
    "patient_id": cells.read_patient_id, "course": cells.read_count, "day": cells.read_count, "date": cells.read_date,
    "start": cells.read_time, "allergies": cells.read_text, "note": cells.read_text,
}  # fmt: skip
MAY_BE_EMPTY = frozenset({"allergies", "note"})


def cells_of(sheet: Sheet, row: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Field → text of one line; a combined name or treatment column is taken apart."""
    texts = dict(zip(sheet.headings, row, strict=False))
    found = {field: texts.get(heading, "") for field, heading in mapping.items()}
    if name := found.pop("name", ""):
        family, _, given = name.partition(",")
        found = {"family_name": family.strip(), "given_name": given.strip()} | found
    treatment = found.pop("treatment", "")
    if match := re.search(r"\bC(?:ourse)?\s*(\d+)\W*D(?:ay)?\s*(\d+)\b", treatment, flags=re.IGNORECASE):
        found = {"course": match[1], "day": match[2]} | found
    return found


def read_line(line: int, texts: Mapping[str, str], today: date) -> tuple[dict[str, object], list[Problem]]:
    """The fields of a line that can be read, and a problem for each that cannot."""
    fields: dict[str, object] = {}
    problems = []
    for field, reader in READERS.items():
        text = texts.get(field, "")
        if not text and field == "date":
            fields["date"] = today
        elif not text and field not in MAY_BE_EMPTY:
            problems.append(problem(line, field, "nothing is written."))
        else:
            try:
                fields[field] = reader(text)
            except ValueError as reason:
                sentence = f"Line {line}, {WORDS[field]} {cells.shown(text)}: {reason}."
                problems.append(Problem(line, field, sentence))
    return fields, problems


def line_problems(line: int, fields: Fields, known: Known) -> Iterable[Problem]:
    """What is wrong with the readable fields of one line by themselves."""
    chair, born, on = fields.get("chair"), fields.get("born"), fields.get("date")
    course, day, patient_id = fields.get("course"), fields.get("day"), fields.get("patient_id")
    if isinstance(chair, str) and chair not in known.chairs:
        yield problem(line, "chair", f"this ward has no chair {chair}.")
    if isinstance(born, date):
        yield from born_problems(line, born, on if isinstance(on, date) else known.today, known)
    if isinstance(on, date) and on < known.today:
        yield problem(line, "date", f"{cells.date_words(on)} is in the past.")
    if isinstance(course, int) and isinstance(day, int) and day > (last := known.days_in_course(course)):
        yield problem(line, "day", f"course {course} has days 1 to {last}, not {day}.")
    if isinstance(patient_id, str) and (found := known.patient(patient_id)) is not None:
        yield from identity_problems(line, fields, found)


def born_problems(line: int, born: date, on: date, known: Known) -> Iterable[Problem]:
    if born > known.today:
        yield problem(line, "born", f"{cells.date_words(born)} is in the future.")
    elif on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < known.adult_years:
        youngest = known.adult_years
        yield problem(line, "born", f"under {youngest} years old; book this patient singly, with a doctor's name.")


def identity_problems(line: int, fields: Fields, found: tuple[str, str, date]) -> Iterable[Problem]:
    family, given, born = found
    named = [(fields.get("family_name"), family), (fields.get("given_name"), given)]
    if any(isinstance(text, str) and not cells.same_name(text, of_record) for text, of_record in named):
        yield problem(line, "patient_id", f"{fields['patient_id']} belongs to {family.upper()}, {given}.")
    elif isinstance(fields.get("born"), date) and fields["born"] != born:
        who = f"{family.upper()}, {given} with this patient id"
        yield problem(line, "born", f"{who} is recorded as born {cells.date_words(born)}.")
