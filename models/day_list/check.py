"""Checks the day's list against the ward: bookings that can all be made, or every problem by line and field."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from models.day_list.cells import date_words, same_name
from models.day_list.lines import Fields, Known, Listed, Problem, cells_of, line_problems, problem, read_line
from models.day_list.sheet import Sheet

NEEDED: tuple[tuple[str, ...], ...] = (
    ("chair",), ("family_name", "name"), ("given_name", "name"), ("born",), ("patient_id",),
    ("course", "treatment"), ("day", "treatment"), ("start",),
)  # fmt: skip
"""Each of these must be given by one of its columns; a list without a date column is for today."""

Line = tuple[int, Fields]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: it books `listed` only when there are no problems."""

    sheet: Sheet
    mapping: Mapping[str, str]
    listed: tuple[Listed, ...]
    problems: tuple[Problem, ...]

    @property
    def to_book(self) -> tuple[Listed, ...]:
        return tuple(one for one in self.listed if not one.already)


def check(sheet: Sheet, mapping: Mapping[str, str], known: Known) -> Preview:
    """Everything the import would book, or every problem that stands in its way: all or nothing per file."""
    if missing := missing_columns(sheet, mapping):
        return Preview(sheet, mapping, (), tuple(missing))
    rows = [(line, *read_line(line, cells_of(sheet, row, mapping), known.today)) for line, row in sheet.lines]
    lines = [(line, fields) for line, fields, _ in rows]
    problems = [one for _, _, unread in rows for one in unread]
    problems += [one for line, fields in lines for one in line_problems(line, fields, known)]
    problems += clashes(lines, known)
    outcomes = [
        booked_before(as_of_record(Listed(line=line, **fields), known), known)  # type: ignore[arg-type]
        for line, fields, unread in rows
        if not unread
    ]
    problems += [one for one in outcomes if isinstance(one, Problem)]
    listed = tuple(one for one in outcomes if isinstance(one, Listed))
    return Preview(sheet, mapping, listed, tuple(sorted(set(problems), key=lambda one: (one.line, one.field))))


def missing_columns(sheet: Sheet, mapping: Mapping[str, str]) -> list[Problem]:
    first = sheet.headings_line
    missing = [
        problem(first, fields[0], "no column is chosen for it.")
        for fields in NEEDED
        if not any(field in mapping for field in fields)
    ]
    if not sheet.lines:
        missing.append(Problem(first, "patient_id", "The list has headings and no patients."))
    return missing


# ---- what lines say of each other ------------------------------------------------------------------------------------


def clashes(lines: Sequence[Line], known: Known) -> Iterable[Problem]:
    """Lines that fail otherwise count too."""
    yield from one_chair_twice(lines)
    yield from one_patient_twice(lines)
    yield from one_number_two_names(lines)
    for line, fields in lines:
        chair, on, start = fields.get("chair"), fields.get("date"), fields.get("start")
        if isinstance(chair, str) and isinstance(on, date) and isinstance(start, time):
            occupant = known.occupant(chair, on, start)
            if occupant is not None and occupant != fields.get("patient_id"):
                yield problem(line, "chair", f"chair {chair} at {start:%H:%M} is booked already.")


def repeated(lines: Sequence[Line], *names: str) -> Iterable[tuple[int, int, Fields]]:
    """Lines that say the same as an earlier one in all these fields: (line, that earlier line, fields)."""
    firsts: dict[Hashable, int] = {}
    for line, fields in lines:
        said = tuple(fields.get(name) for name in names)
        if None not in said and (first := firsts.setdefault(said, line)) != line:
            yield line, first, fields


def one_chair_twice(lines: Sequence[Line]) -> Iterable[Problem]:
    for line, first, fields in repeated(lines, "chair", "date", "start"):
        taken = f"chair {fields['chair']} at {fields['start']:%H:%M} is taken by line {first}."
        yield problem(line, "chair", taken)


def one_patient_twice(lines: Sequence[Line]) -> Iterable[Problem]:
    """One infusion a date, and no day of a course twice."""
    on_a_date = {line: first for line, first, _ in repeated(lines, "patient_id", "date")}
    for line, first, fields in repeated(lines, "patient_id", "course", "day"):
        if line not in on_a_date:
            again = (
                f"course {fields['course']} day {fields['day']} of {fields['patient_id']} stands on line {first} too."
            )
            yield problem(line, "day", again)
    for line, first in on_a_date.items():
        who = next(fields["patient_id"] for other, fields in lines if other == line)
        yield problem(line, "patient_id", f"{who} stands on line {first} too, for the same date.")


def one_number_two_names(lines: Sequence[Line]) -> Iterable[Problem]:
    firsts: dict[object, tuple[int, Hashable]] = {}
    for line, fields in lines:
        who, family, given, born = (fields.get(name) for name in ("patient_id", "family_name", "given_name", "born"))
        if who is None or not isinstance(family, str) or not isinstance(given, str) or born is None:
            continue
        person = (family.casefold(), given.casefold(), born)
        first, named = firsts.setdefault(who, (line, person))
        if named != person:
            yield problem(line, "patient_id", f"{who} has another name or birth date on line {first}.")


# ---- what is booked already ------------------------------------------------------------------------------------------


def as_of_record(listed: Listed, known: Known) -> Listed:
    """A known patient keeps the name as recorded, whatever the list's capitals and spaces."""
    found = known.patient(listed.patient_id)
    if found is None or not (same_name(listed.family_name, found[0]) and same_name(listed.given_name, found[1])):
        return listed
    return replace(listed, family_name=found[0], given_name=found[1])


def booked_before(listed: Listed, known: Known) -> Listed | Problem:
    course_and_day = (listed.course, listed.day)
    booked = known.booked(listed.patient_id, listed.date)
    if booked == course_and_day:
        return replace(listed, already=True)
    if booked is not None:
        what = f"{listed.patient_id} is booked that date as course {booked[0]}, day {booked[1]}; one infusion a date."
        return problem(listed.line, "date", what)
    other = known.booked_on(listed.patient_id, *course_and_day)
    if other is not None:
        what = (
            f"course {listed.course} day {listed.day} of {listed.patient_id} is booked for {date_words(other)} already."
        )
        return problem(listed.line, "day", what)
    return listed
