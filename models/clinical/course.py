"""The course around an infusion day: what its other days bring, what is due today, what a start must not pass."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from models.clinical.baseline import best_of, date_words, own_pieces
from models.clinical.day_sheet import DaySheet, lay_out
from models.clinical.facts import (
    Arrived,
    CheckAnswered,
    Deferred,
    EvaluationClosed,
    InfusionDay,
    InfusionStarted,
    Patient,
)
from models.clinical.findings import Baseline
from models.clinical.locks import Lock
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import Advice, SampleKind
from models.clinical.refusal import Refusal
from models.clinical.rest_of_course import CarriedAnswer, Course
from models.clinical.taken import taken_sets

DISCONTINUED = "discontinued permanently"

Days = Sequence[tuple[InfusionDay, DaySheet]]


def history(day: InfusionDay, other_days: Iterable[InfusionDay], protocol: Protocol) -> Course:
    """What a day needs to know of the patient's other days; `day` itself among them is left out.

    A baseline and an answer are taken only from days that are not after this one, so a later day never changes the
    levels of an earlier one.
    """
    others = [(other, lay_out(other.facts)) for other in other_days if other.id != day.id]
    others.sort(key=lambda one: (one[0].date, one[0].day))
    of_course = [(other, sheet) for other, sheet in others if other.course == day.course]
    until_today = [(other, sheet) for other, sheet in of_course if other.date <= day.date]
    given = [other for other, sheet in others if sheet.has(InfusionStarted)]
    return Course(
        number=day.course,
        previous_course_ended=max((o.date for o in given if o.course < day.course), default=None),
        infusion_dates=tuple((other.day, other.date) for other in given if other.course == day.course),
        patient_infusion_dates=frozenset(other.date for other in given),
        planned_dates=tuple(
            (other.day, other.date)
            for other, sheet in of_course
            if not sheet.has(InfusionStarted) and not sheet.has(Deferred)
        ),
        baseline=_baseline(until_today, protocol),
        carried=_carried(until_today, protocol),
        discontinued=_discontinued(others),
    )


def _baseline(days: Days, protocol: Protocol) -> Baseline | None:
    """The newest day's word goes first: a day 1 that was deferred and booked again counts as it was repeated."""
    newest_first = reversed(days)
    return best_of(
        [piece for day, sheet in newest_first for piece in own_pieces(day, sheet, taken_sets(sheet), protocol)]
    )


def _carried(days: Days, protocol: Protocol) -> dict[str, CarriedAnswer]:
    """The newest answer to each question that is asked once a course."""
    once = {check.id for check in protocol.checks.values() if check.when == "course"}
    return {
        answered.check: CarriedAnswer(answer=answered.answer, answered_on=day.date, answered_by=fact.recorded_by)
        for day, sheet in days
        for fact, answered in sheet.of(CheckAnswered)
        if answered.check in once
    }


def _discontinued(days: Days) -> str | None:
    for day, sheet in reversed(days):
        for _, closed in sheet.of(EvaluationClosed):
            if closed.outcome == DISCONTINUED:
                return (
                    f"{DISCONTINUED} on day {day.day} of course {day.course}, {date_words(day.date)}, "
                    f"by {closed.doctor}: {closed.reason}"
                )
    return None


# ---- what a booking, an arrival and a start must not pass ------------------------------------------------------------


def refuse_booking(course: int, day: int, protocol: Protocol) -> None:
    """Course 1 has days 1–5, later courses 1–3 (R-40 … R-42)."""
    if course < 1:
        raise Refusal(f"Course {course} is not a course; courses count from 1.", field="course")
    days = protocol.days_in_course(course)
    if not 1 <= day <= days:
        raise Refusal(f"Course {course} has days 1 to {days}; day {day} is not one of them.", field="day")


def too_young(patient: Patient, on: date, protocol: Protocol) -> str | None:
    """The sentence why the patient is not treated here (R-31)."""
    age = on.year - patient.born.year - ((on.month, on.day) < (patient.born.month, patient.born.day))
    if age >= protocol.courses.minimum_age:
        return None
    return (
        f"{patient.family_name.upper()}, {patient.given_name} is {age} years old on {date_words(on)}; "
        f"treatment is for {protocol.courses.minimum_age} years and over."
    )


def start_locks(day: InfusionDay, course: Course) -> list[Lock]:
    """One infusion a date, which no doctor's name opens (R-44), and a course that was discontinued (R-63)."""
    locks = []
    if day.date in course.patient_infusion_dates:
        words = f"an infusion was already started on {date_words(day.date)}; one infusion a date"
        locks.append(Lock("one infusion a date", words, overridable=False))
    if course.discontinued is not None:
        locks.append(Lock("discontinued", course.discontinued))
    return locks


# ---- warnings --------------------------------------------------------------------------------------------------------


def course_warnings(day: InfusionDay, course: Course, protocol: Protocol) -> tuple[str, ...]:
    """What does not lock, but a prescriber wants to know."""
    told = (
        _told_discontinued(course),
        _too_many_courses(day, protocol),
        _too_soon(day, course, protocol),
        _gap(day, course),
        _given_before(day, course),
    )
    return tuple(words for words in told if words is not None)


def _told_discontinued(course: Course) -> str | None:
    why = course.discontinued
    return None if why is None else f"{why[0].upper()}{why[1:].rstrip('.')}."


def _too_many_courses(day: InfusionDay, protocol: Protocol) -> str | None:
    most = protocol.courses.most_courses
    if day.course <= most:
        return None
    return f"Course {day.course}: {most} courses are foreseen."


def _too_soon(day: InfusionDay, course: Course, protocol: Protocol) -> str | None:
    if course.previous_course_ended is None or day.day != 1:
        return None
    months = protocol.courses.months_between_courses
    earliest = months_later(course.previous_course_ended, months)
    if day.date >= earliest:
        return None
    return (
        f"Course {day.course} begins less than {months} months after the previous one "
        f"(last infusion {date_words(course.previous_course_ended)}, earliest {date_words(earliest)})."
    )


def _gap(day: InfusionDay, course: Course) -> str | None:
    """Infusion days follow each other; a gap is told, not refused (R-45)."""
    given = [(number, on, "was on") for number, on in course.infusion_dates if number < day.day]
    known = {number for number, _, _ in given}
    planned = [(number, on, "is booked for") for number, on in course.planned_dates if number < day.day]
    before = [*given, *(one for one in planned if one[0] not in known)]
    if not before:
        return None
    number, on, said = max(before)
    if said != "was on" and lay_out(day.facts).has(Arrived):
        return f"Day {number}, booked for {date_words(on)}, has not been infused."
    days = (day.date - on - timedelta(days=day.day - number)).days
    if days == 0:
        return None
    how = f"{days} {'day' if days == 1 else 'days'} later" if days > 0 else "earlier"
    return f"Day {day.day} is {how} than consecutive days: day {number} {said} {date_words(on)}."


def _given_before(day: InfusionDay, course: Course) -> str | None:
    for number, on in course.infusion_dates:
        if number == day.day:
            return f"Day {number} of course {course.number} was already started on {date_words(on)}."
    return None


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it has none."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


# ---- what is due on a day --------------------------------------------------------------------------------------------


def steroid_required(day: int, protocol: Protocol) -> bool:
    """R-50, R-51."""
    return any(medicine.steroid and day in medicine.required_days for medicine in protocol.medicines.values())


def samples_due(course: int, day: int, protocol: Protocol) -> tuple[SampleKind, ...]:
    """Samples to take after the infusion of that day (R-79, R-80)."""
    return tuple(
        sample
        for sample in protocol.samples.values()
        if day in (sample.first_course_days if course == 1 else sample.later_course_days)
    )


def advice_due(course: int, day: int, protocol: Protocol) -> tuple[Advice, ...]:
    """Advice lines of that day: some are told on the first or the last day only."""
    days = {"every"}
    if day == 1:
        days |= {"first", "first and last"}
    if day == protocol.days_in_course(course):
        days |= {"last", "first and last"}
    return tuple(line for line in protocol.advice.values() if line.days in days)


def advice_words(row: Advice, day: InfusionDay, protocol: Protocol) -> str:
    """With its date: it counts from the last infusion of the course as planned."""
    if not row.dated:
        return row.words
    days_left = protocol.days_in_course(day.course) - day.day
    ends = months_later(day.date + timedelta(days=max(days_left, 0)), row.months_after_course)
    return f"{row.words} {row.dated.format(date=date_words(ends))}"
