"""Checks the day's list against the ward: bookings that can all be made, or every problem by line and field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from models.day_list.sheet import WORDS, Sheet, read_chair, read_count, read_date, read_time, same_name

NEEDED: tuple[tuple[str, ...], ...] = (
    ("chair",), ("family_name", "name"), ("given_name", "name"), ("born",), ("patient_id",),
    ("course", "treatment"), ("day", "treatment"), ("start",),
)  # fmt: skip
"""Each of these must be given by one of its columns; a list without a date column is for today."""


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


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: it books `listed` only when there are no problems."""

    sheet: Sheet
    mapping: Mapping[str, str]
    listed: tuple[Listed, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ward knows that a list must agree with."""

    today: date
    chairs: frozenset[str]
    days_in_course: Callable[[int], int]
    patient: Callable[[str], tuple[str, str, date] | None]
    """patient id → family name, given name, born."""
    booked: Callable[[str, date], tuple[int, int] | None]
    """patient id, date → (course, day) booked on that date."""
    occupant: Callable[[str, date, time], str | None]
    """chair, date, start → patient id booked there at that very time."""
    adult_years: int


# ---- one line --------------------------------------------------------------------------------------------------------


def cells_of(sheet: Sheet, row: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Field → text of one line; a combined name or treatment column is taken apart."""
    places = {heading: place for place, heading in reversed(list(enumerate(sheet.headings)))}
    cells = {
        field: row[places[heading]] if heading in places and places[heading] < len(row) else ""
        for field, heading in mapping.items()
    }
    if name := cells.pop("name", ""):
        family, _, given = name.partition(",")
        cells = {"family_name": family.strip(), "given_name": given.strip()} | cells
    treatment = cells.pop("treatment", "")
    if match := re.search(r"\bC(?:ourse)?\s*(\d+)\W*D(?:ay)?\s*(\d+)\b", treatment, flags=re.IGNORECASE):
        cells = {"course": match[1], "day": match[2]} | cells
    return cells


READERS: Mapping[str, Callable[[str], object]] = {
    "chair": read_chair, "family_name": str, "given_name": str, "born": read_date, "patient_id": str,
    "course": read_count, "day": read_count, "date": read_date, "start": read_time,
}  # fmt: skip


def read_line(line: int, cells: Mapping[str, str], today: date) -> tuple[dict[str, object], list[Problem]]:
    """The fields of a line that can be read, and a problem for each that cannot."""
    fields: dict[str, object] = {"allergies": cells.get("allergies", ""), "note": cells.get("note", "")}
    problems = []
    for field, reader in READERS.items():
        text = cells.get(field, "")
        if not text and field == "date":
            fields["date"] = today
        elif not text:
            problems.append(Problem(line, field, f"Line {line}, {WORDS[field]}: nothing is written."))
        else:
            try:
                fields[field] = reader(text)
            except ValueError as reason:
                problems.append(Problem(line, field, f"Line {line}, {WORDS[field]} “{text}”: {reason}."))
    return fields, problems


# ---- the whole list --------------------------------------------------------------------------------------------------


def age_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def line_problems(line: int, fields: Mapping[str, object], known: Known) -> Iterable[Problem]:
    """What is wrong with the readable fields of one line by themselves."""

    def problem(field: str, sentence: str) -> Problem:
        return Problem(line, field, f"Line {line}, {WORDS[field]}: {sentence}")

    chair, born, day_date = fields.get("chair"), fields.get("born"), fields.get("date")
    course, day, patient_id = fields.get("course"), fields.get("day"), fields.get("patient_id")
    if isinstance(chair, str) and chair not in known.chairs:
        yield problem("chair", f"this ward has no chair {chair}.")
    if isinstance(born, date) and born > known.today:
        yield problem("born", f"{born:%d-%b-%Y} is in the future.")
    elif isinstance(born, date) and age_on(born, known.today) < known.adult_years:
        yield problem("born", f"under {known.adult_years} years old; book this patient singly, with a doctor's name.")
    if isinstance(day_date, date) and day_date < known.today:
        yield problem("date", f"{day_date:%d-%b-%Y} is in the past.")
    if isinstance(course, int) and isinstance(day, int) and day > (last := known.days_in_course(course)):
        yield problem("day", f"course {course} has days 1 to {last}, not {day}.")
    if isinstance(patient_id, str) and (found := known.patient(patient_id)) is not None:
        yield from identity_problems(problem, fields, found)


def identity_problems(
    problem: Callable[[str, str], Problem], fields: Mapping[str, object], found: tuple[str, str, date]
) -> Iterable[Problem]:
    family, given, born = found
    named = [(fields.get("family_name"), family), (fields.get("given_name"), given)]
    if any(isinstance(text, str) and not same_name(text, of_record) for text, of_record in named):
        yield problem("patient_id", f"{fields['patient_id']} belongs to {family.upper()}, {given}.")
    elif isinstance(fields.get("born"), date) and fields["born"] != born:
        yield problem("born", f"{family.upper()}, {given} with this patient id is recorded as born {born:%d-%b-%Y}.")


def clashes(lines: Sequence[tuple[int, Mapping[str, object]]], known: Known) -> Iterable[Problem]:
    """Two patients for one chair at one time, one patient twice on a date; lines that fail otherwise count too."""
    chairs: dict[tuple[object, ...], int] = {}
    patients: dict[tuple[object, ...], int] = {}
    names: dict[object, tuple[int, object, object]] = {}
    for line, fields in lines:
        chair, day_date, start, patient_id = (fields.get(name) for name in ("chair", "date", "start", "patient_id"))
        place, person = (chair, day_date, start), (patient_id, day_date)
        named = (fields.get("family_name"), fields.get("given_name"))
        if None not in place and (first := chairs.setdefault(place, line)) != line:
            yield Problem(
                line, "chair", f"Line {line}, chair: chair {chair} at {start:%H:%M} is taken by line {first}."
            )
        if None not in person and (first := patients.setdefault(person, line)) != line:
            yield Problem(line, "patient_id", f"Line {line}, patient id: {patient_id} stands on line {first} too.")
        elif patient_id is not None and (seen := names.setdefault(patient_id, (line, *named)))[1:] != named:
            yield Problem(
                line,
                "patient_id",
                f"Line {line}, patient id: {patient_id} has another name on line {seen[0]}.",
            )
        if isinstance(chair, str) and isinstance(day_date, date) and isinstance(start, time):
            occupant = known.occupant(chair, day_date, start)
            if occupant is not None and occupant != patient_id:
                yield Problem(line, "chair", f"Line {line}, chair: chair {chair} at {start:%H:%M} is booked already.")


def booked_before(listed: Listed, known: Known) -> Listed | Problem:
    booked = known.booked(listed.patient_id, listed.date)
    if booked is None:
        return listed
    if booked == (listed.course, listed.day):
        return replace(listed, already=True)
    sentence = f"booked that date as course {booked[0]}, day {booked[1]}; one infusion a date."
    return Problem(listed.line, "date", f"Line {listed.line}, date: {listed.patient_id} is {sentence}")


def check(sheet: Sheet, mapping: Mapping[str, str], known: Known) -> Preview:
    """Everything the import would book, or every problem that stands in its way: all or nothing per file."""
    missing = [
        Problem(1, fields[0], f"Line 1, {WORDS[fields[0]]}: no column is chosen for it.")
        for fields in NEEDED
        if not any(field in mapping for field in fields)
    ]
    if missing or not sheet.lines:
        nothing = [Problem(1, "chair", "The list has headings and no patients.")] if not sheet.lines else []
        return Preview(sheet, mapping, (), tuple(missing + nothing))
    read_lines = [(line, *read_line(line, cells_of(sheet, row, mapping), known.today)) for line, row in sheet.lines]
    problems = [problem for _, _, unread in read_lines for problem in unread]
    problems += [problem for line, fields, _ in read_lines for problem in line_problems(line, fields, known)]
    problems += clashes([(line, fields) for line, fields, _ in read_lines], known)
    listed: list[Listed] = []
    for line, fields, unread in read_lines:
        if unread:
            continue
        outcome = booked_before(Listed(line=line, **fields), known)  # type: ignore[arg-type]
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            listed.append(outcome)
    return Preview(sheet, mapping, tuple(listed), tuple(sorted(problems, key=lambda p: (p.line, p.field))))
