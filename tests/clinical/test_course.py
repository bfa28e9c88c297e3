"""The course: its days, the interval, gaps, one infusion a date, and what is due on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.clinical.course import (
    advice_due,
    course_warnings,
    history,
    months_later,
    refuse_booking,
    samples_due,
    start_locks,
    steroid_required,
    too_young,
)
from models.clinical.facts import Arrived, Booked, CheckAnswered, Deferred, EvaluationClosed, InfusionDay
from models.clinical.refusal import Refusal
from tests.clinical.builders import (
    A_START,
    TODAY,
    Line,
    a_course,
    a_patient,
    a_strike,
    an_infusion_day,
    at,
    its_course,
    the_protocol,
)

BOOKINGS = [
    (1, 5, True), (1, 6, False), (1, 4, True), (1, 1, True), (1, 0, False), (2, 3, True), (2, 4, False), (2, 1, True),
    (4, 3, True), (5, 3, True), (0, 1, False), (-1, 1, False),
]  # fmt: skip


@pytest.mark.parametrize(("course", "day", "accepted"), BOOKINGS)
def test_course_one_has_days_one_to_five_and_later_ones_one_to_three(course: int, day: int, accepted: bool) -> None:
    if accepted:
        refuse_booking(course, day, the_protocol())
    else:
        with pytest.raises(Refusal) as refused:
            refuse_booking(course, day, the_protocol())
        assert refused.value.field == ("course" if course < 1 else "day")


def test_the_refusal_names_the_days_there_are() -> None:
    with pytest.raises(Refusal, match="Course 2 has days 1 to 3; day 4 is not one of them"):
        refuse_booking(2, 4, the_protocol())


DUE = [
    # course, day, steroid, platelets
    (1, 1, True, False),
    (1, 2, True, False),
    (1, 3, True, True),
    (1, 4, False, False),
    (1, 5, False, True),
    (2, 1, True, False),
    (2, 2, True, False),
    (2, 3, True, True),
    (4, 3, True, True),
]


@pytest.mark.parametrize(("course", "day", "steroid", "platelets"), DUE)
def test_steroid_and_platelets_are_due(course: int, day: int, steroid: bool, platelets: bool) -> None:
    assert steroid_required(day, the_protocol()) == steroid
    assert [sample.id for sample in samples_due(course, day, the_protocol())] == (["platelets"] if platelets else [])


ADVICE = [
    (1, 1, True, False),
    (1, 2, False, False),
    (1, 5, True, True),
    (2, 3, True, True),
    (2, 1, True, False),
    (2, 2, False, False),
]


@pytest.mark.parametrize(("course", "day", "card", "skin"), ADVICE)
def test_some_advice_is_for_the_first_or_the_last_day(course: int, day: int, card: bool, skin: bool) -> None:
    told = {line.id for line in advice_due(course, day, the_protocol())}
    assert {"serious events", "report at once", "reactions later"} <= told
    assert ("alert card" in told, "skin and mouth" in told) == (card, skin)


AGES = [
    (date(2008, 11, 20), None),
    (date(2008, 11, 21), 17),
    (date(2008, 11, 19), None),
    (date(1988, 4, 5), None),
    (date(2009, 1, 1), 17),
    (date(2008, 12, 1), 17),
]


@pytest.mark.parametrize(("born", "age"), AGES)
def test_treatment_is_for_adults(born: date, age: int | None) -> None:
    told = too_young(a_patient(born=born), TODAY, the_protocol())
    expected = f"ASHDOWN, Miriam is {age} years old on 20-Nov-2026; treatment is for 18 years and over."
    assert told == (None if age is None else expected)


# ---- the other days --------------------------------------------------------------------------------------------------


def given(course: int, day: int, on: date, *lines: Line) -> InfusionDay:
    return an_infusion_day(("09:30", A_START), *lines, course=course, day=day, on=on)


def days_before(number: int) -> date:
    return TODAY - timedelta(days=number)


def told(day: InfusionDay, *others: InfusionDay) -> tuple[str, ...]:
    return course_warnings(day, its_course(day, *others), the_protocol())


MONTHS = [
    (date(2025, 11, 20), ()),
    (
        date(2025, 11, 21),
        (
            "Course 2 begins less than 12 months after the previous one "
            "(last infusion 21-Nov-2025, earliest 21-Nov-2026).",
        ),
    ),
    (date(2025, 11, 19), ()),
]


@pytest.mark.parametrize(("ended", "warnings"), MONTHS)
def test_twelve_months_lie_between_courses(ended: date, warnings: tuple[str, ...]) -> None:
    day = an_infusion_day(course=2)
    assert told(day, given(1, 4, ended - timedelta(days=1)), given(1, 5, ended)) == warnings


def test_the_interval_is_told_on_day_one_only() -> None:
    day = an_infusion_day(course=2, day=2)
    assert told(day, given(1, 5, days_before(100)), given(2, 1, days_before(1))) == ()


def test_a_previous_course_that_was_never_started_has_no_end() -> None:
    assert told(an_infusion_day(course=2), an_infusion_day(day=5, on=days_before(100))) == ()


LATER = [
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2025, 12, 31), 12, date(2026, 12, 31)),
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2026, 12, 5), 1, date(2027, 1, 5)),
]


@pytest.mark.parametrize(("day", "months", "expected"), LATER)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@pytest.mark.parametrize(("course", "warned"), [(4, False), (5, True), (3, False)])
def test_a_fifth_course_is_told(course: int, warned: bool) -> None:
    assert told(an_infusion_day(course=course)) == ((f"Course {course}: 4 courses are foreseen.",) if warned else ())


GAPS = [
    (2, [(1, 1)], ""),
    (2, [(1, 2)], "Day 2 is 1 day later than consecutive days: day 1 was on 18-Nov-2026."),
    (2, [(1, 0)], "Day 2 is earlier than consecutive days: day 1 was on 20-Nov-2026."),
    (3, [(1, 2)], ""),
    (3, [(1, 5), (2, 4)], "Day 3 is 3 days later than consecutive days: day 2 was on 16-Nov-2026."),
    (3, [], ""),
    (1, [], ""),
    (1, [(2, 1)], ""),
]


@pytest.mark.parametrize(("day", "others", "warning"), GAPS)
def test_a_gap_in_days_is_told(day: int, others: list[tuple[int, int]], warning: str) -> None:
    infusions = [given(1, number, days_before(ago)) for number, ago in others]
    assert told(an_infusion_day(day=day), *infusions) == ((warning,) if warning else ())


A_BOOKING = Booked(chair="3", planned_start=at("09:30"))
ARRIVED = Arrived(chair="3", supervising_neurologist="Dr Sand", emergency_contact="2222")


@pytest.mark.parametrize(
    ("ago", "warning"),
    [
        (1, ""),
        (2, "Day 2 is 1 day later than consecutive days: day 1 is booked for 18-Nov-2026."),
        (0, "Day 2 is earlier than consecutive days: day 1 is booked for 20-Nov-2026."),
    ],
)
def test_a_gap_to_a_day_that_is_only_booked_is_told_too(ago: int, warning: str) -> None:
    booked = an_infusion_day(("07:00", A_BOOKING), on=days_before(ago), day_id="before")
    today = an_infusion_day(("07:00", A_BOOKING), day=2)
    assert told(today, booked) == ((warning,) if warning else ())
    deferred = an_infusion_day(
        ("07:00", A_BOOKING), ("08:00", Deferred(reason="infection")),
        on=days_before(ago), day_id="before",
    )  # fmt: skip
    assert told(today, deferred) == ()


def test_a_day_that_was_booked_and_not_infused_is_told_once_the_next_one_has_arrived() -> None:
    missed = an_infusion_day(("07:00", A_BOOKING), on=days_before(1), day_id="before")
    here = an_infusion_day(("07:00", A_BOOKING), ("07:45", ARRIVED), day=2)
    assert told(here, missed) == ("Day 1, booked for 19-Nov-2026, has not been infused.",)
    given_again = given(1, 1, days_before(1))
    assert told(here, given_again, missed) == ()


def test_the_same_day_given_before_is_told() -> None:
    before = an_infusion_day(("09:30", A_START), day=2, on=days_before(1), day_id="before")
    assert told(an_infusion_day(day=2), before) == ("Day 2 of course 1 was already started on 19-Nov-2026.",)


ONE_A_DATE = [
    (TODAY, True, True),
    (TODAY, False, False),
    (days_before(1), True, False),
]


@pytest.mark.parametrize(("on", "started", "locked"), ONE_A_DATE)
def test_one_infusion_a_date_and_no_doctor_opens_it(on: date, started: bool, locked: bool) -> None:
    lines: tuple[Line, ...] = (("09:30", A_START),) if started else ()
    day = an_infusion_day(day=2)
    locks = start_locks(day, its_course(day, an_infusion_day(*lines, on=on)))
    assert [(lock.id, lock.overridable) for lock in locks] == ([("one infusion a date", False)] if locked else [])


def test_a_start_entered_in_error_is_no_infusion() -> None:
    day = an_infusion_day(day=2)
    course = its_course(day, an_infusion_day(("09:30", A_START), ("09:31", a_strike(1))))
    assert start_locks(day, course) == [] and course.infusion_dates == ()


def test_a_day_is_not_its_own_other_day() -> None:
    day = given(1, 1, TODAY)
    assert history(day, [day], the_protocol()) == a_course()


@pytest.mark.parametrize("course", [1, 2])
def test_a_discontinued_patient_is_not_started_without_a_doctor(course: int) -> None:
    closed = EvaluationClosed(outcome="discontinued permanently", doctor="Dr Sand", reason="stroke")
    day = an_infusion_day(course=course, day=3)
    [lock] = start_locks(
        day, its_course(day, given(1, 1, days_before(2)), given(1, 2, days_before(1), ("12:00", closed)))
    )
    assert lock.overridable
    assert lock.words == "discontinued permanently on day 2 of course 1, 19-Nov-2026, by Dr Sand: stroke"


@pytest.mark.parametrize("outcome", ["resumed", "stopped today", "entered in error"])
def test_another_outcome_discontinues_nothing(outcome: str) -> None:
    closed = EvaluationClosed(outcome=outcome, doctor="Dr Sand", reason="settled")
    day = an_infusion_day(day=2)
    assert start_locks(day, its_course(day, given(1, 1, days_before(1), ("12:00", closed)))) == []


def test_answers_asked_once_a_course_are_carried_with_date_and_name() -> None:
    first = an_infusion_day(
        ("07:50", CheckAnswered(check="stroke", answer="yes")),
        ("07:51", CheckAnswered(check="stroke", answer="no")),
        ("07:52", CheckAnswered(check="infection today", answer="no")),
        on=days_before(1),
    )
    course = its_course(an_infusion_day(day=2), first)
    assert {check: (told.answer, told.answered_on, told.answered_by) for check, told in course.carried.items()} == {
        "stroke": ("no", days_before(1), "okafor")
    }


def test_answers_of_another_course_or_a_later_day_are_not_carried() -> None:
    answer = CheckAnswered(check="stroke", answer="no")
    other = an_infusion_day(("07:50", answer), course=1, on=days_before(400))
    later = an_infusion_day(("07:50", answer), course=2, day=3, on=TODAY + timedelta(days=1))
    assert its_course(an_infusion_day(course=2, day=2), other, later).carried == {}


def test_infusions_after_midnight_belong_to_the_date_of_their_day() -> None:
    late = an_infusion_day(("+1 00:20", A_START), on=days_before(1))
    assert late.facts[0].happened_at == at("00:20")
    assert its_course(an_infusion_day(day=2), late).patient_infusion_dates == {days_before(1)}
