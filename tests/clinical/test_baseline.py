"""Baselines: which reference value counts, where it says it comes from, and what a correction changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.clinical.baseline import best_of, steroid_given
from models.clinical.day_sheet import lay_out
from models.clinical.facts import InfusionDay, MedicationGiven, ReferenceValueSet, SymptomReported, VitalSignsRecorded
from models.clinical.findings import Level
from models.clinical.rest_of_course import Course
from models.clinical.sets import DaySets, sets_of
from models.clinical.status import Phase
from tests.clinical.builders import (
    A_START,
    A_STEROID,
    TODAY,
    Line,
    a_baseline,
    a_course,
    a_set,
    a_strike,
    a_symptom,
    an_infusion_day,
    its_course,
    the_protocol,
)

YESTERDAY = TODAY - timedelta(days=1)
DOCTORS = ReferenceValueSet(systolic=126, doctor="Dr Sand", reason="white coat on day 1")
EARLIER = ReferenceValueSet(heart_rate=70, systolic=112, diastolic=70, taken_on=date(2026, 10, 1))


def a_day_one(*lines: Line, on: date = YESTERDAY, day_id: str = "") -> InfusionDay:
    return an_infusion_day(*lines, on=on, day_id=day_id)


UNEVENTFUL: tuple[Line, ...] = (("08:00", a_set(74, "118/74", spo2=98)), ("08:15", A_STEROID), ("09:30", A_START))


def asked(day: InfusionDay, *other_days: InfusionDay, course: Course | None = None) -> DaySets:
    return sets_of(day, course or its_course(day, *other_days), the_protocol())


ORDER: dict[str, tuple[InfusionDay, tuple[InfusionDay, ...], tuple[int | None, ...], str]] = {
    "a doctor's reference value goes first, per parameter": (
        an_infusion_day(("07:50", DOCTORS), ("08:00", a_set(80, "132/82")), day=2),
        (a_day_one(*UNEVENTFUL),),
        (74, 126, 74, 98),
        "day 1, 19-Nov-2026; reference by Dr Sand",
    ),
    "a doctor's reference value of an earlier day of the course counts": (
        an_infusion_day(("08:00", a_set(80, "132/82")), day=2),
        (a_day_one(*UNEVENTFUL, ("12:00", DOCTORS)),),
        (74, 126, 74, 98),
        "day 1, 19-Nov-2026; reference by Dr Sand",
    ),
    "today's reference value before one of an earlier day": (
        an_infusion_day(("07:50", ReferenceValueSet(systolic=130, doctor="Dr Hale", reason="seen")), day=2),
        (a_day_one(*UNEVENTFUL, ("12:00", DOCTORS)),),
        (74, 130, 74, 98),
        "day 1, 19-Nov-2026; reference by Dr Hale",
    ),
    "the newest of two reference values": (
        an_infusion_day(
            ("07:50", DOCTORS), ("07:55", ReferenceValueSet(systolic=124, doctor="Dr Hale", reason="seen")), day=2
        ),
        (),
        (None, 124, None, None),
        "reference by Dr Hale",
    ),
    "a value of the earlier record that a doctor set is the doctor's": (
        an_infusion_day(("07:50", replace(DOCTORS, taken_on=date(2026, 10, 1))), day=2),
        (),
        (None, 126, None, None),
        "reference by Dr Sand",
    ),
    "day 1 of the course before the earlier record": (
        an_infusion_day(("07:50", EARLIER), ("08:00", a_set(80, "132/82")), day=2),
        (a_day_one(*UNEVENTFUL),),
        (74, 118, 74, 98),
        "day 1, 19-Nov-2026",
    ),
    "the earlier record before today's first set": (
        an_infusion_day(("07:50", EARLIER), ("08:00", a_set(80, "132/82", spo2=97)), day=2),
        (),
        (70, 112, 70, 97),
        "earlier record, 01-Oct-2026",
    ),
    "today's first complete set when nothing else is known": (
        an_infusion_day(("07:55", a_set(pressure="150/--")), ("08:00", a_set(80, "132/82")), ("09:30", A_START), day=2),
        (),
        (80, 132, 82, None),
        "today, no day 1 here",
    ),
    "a day 1 whose first complete set came after the steroid says so": (
        an_infusion_day(("08:15", A_STEROID), ("08:20", a_set(80, "132/82")), ("09:30", A_START)),
        (),
        (80, 132, 82, None),
        "today, after the steroid",
    ),
    "a day 1 without a steroid takes the first set before the start": (
        an_infusion_day(("08:00", a_set(80, "132/82")), ("09:30", A_START)),
        (),
        (80, 132, 82, None),
        "day 1, 20-Nov-2026",
    ),
    "another course's day 1 does not count": (
        an_infusion_day(("08:00", a_set(80, "132/82")), course=2, day=2),
        (a_day_one(*UNEVENTFUL),),
        (80, 132, 82, None),
        "today, no day 1 here",
    ),
    "a day 1 that was deferred and booked again counts as it was repeated": (
        an_infusion_day(("08:00", a_set(80, "132/82")), day=2),
        (
            a_day_one(("08:00", a_set(90, "150/90")), on=TODAY - timedelta(days=9), day_id="first"),
            a_day_one(*UNEVENTFUL, day_id="again"),
        ),
        (74, 118, 74, 98),
        "day 1, 19-Nov-2026",
    ),
}


@pytest.mark.parametrize("name", ORDER)
def test_the_course_baseline_is(name: str) -> None:
    day, others, values, label = ORDER[name]
    baseline = asked(day, *others).course_baseline
    assert baseline is not None
    assert (baseline.heart_rate, baseline.systolic, baseline.diastolic, baseline.spo2) == values
    assert baseline.label == label


def test_each_value_says_its_origin() -> None:
    baseline = asked(an_infusion_day(("07:50", DOCTORS), day=2), a_day_one(*UNEVENTFUL)).course_baseline
    assert baseline is not None
    assert baseline.origin == {
        "heart_rate": "day-1", "systolic": "reference", "diastolic": "day-1", "spo2": "day-1"
    }  # fmt: skip


def test_without_any_complete_set_there_is_no_baseline() -> None:
    found = asked(an_infusion_day(("08:00", a_set(None)), ("09:30", A_START), ("10:30", a_set())))
    assert found.course_baseline is None and found.todays_baseline is None
    assert best_of([]) is None


def test_an_only_oxygen_reference_is_labelled_too() -> None:
    day = an_infusion_day(("07:50", ReferenceValueSet(spo2=94, doctor="Dr Sand", reason="lung disease")))
    baseline = asked(day).course_baseline
    assert baseline is not None and (baseline.spo2, baseline.label) == (94, "reference by Dr Sand")


def test_todays_baseline_is_todays_first_complete_set_before_the_infusion() -> None:
    day = an_infusion_day(("08:00", a_set(80, "132/82")), ("09:30", A_START), ("10:30", a_set()), day=2)
    found = asked(day, a_day_one(*UNEVENTFUL))
    assert found.todays_baseline is not None and found.course_baseline is not None
    assert (found.todays_baseline.systolic, found.course_baseline.systolic) == (132, 118)


def test_a_correction_on_day_one_evaluates_the_open_day_again() -> None:
    today = an_infusion_day(("08:00", a_set(74, "118/74")), ("09:30", A_START), ("10:30", a_set(74, "136/74")), day=2)
    as_taken = a_day_one(("08:00", a_set(74, "98/60")), ("08:15", A_STEROID))
    corrected = a_day_one(
        ("08:00", a_set(74, "98/60")), ("08:15", A_STEROID), ("08:16", a_strike(1)), ("08:00", a_set(74, "118/74"))
    )
    assert asked(today, as_taken).sets[-1].level is Level.AMBER
    assert asked(today, corrected).sets[-1].level is Level.NORMAL


def test_a_later_day_does_not_change_the_levels_of_an_earlier_one() -> None:
    day_one = a_day_one(*UNEVENTFUL, ("10:30", a_set(74, "142/74")))
    day_two = an_infusion_day(("08:00", DOCTORS), day=2)
    assert asked(day_one, day_two).course_baseline == asked(day_one).course_baseline


def test_a_set_completed_before_the_steroid_counts_from_its_first_value() -> None:
    day = an_infusion_day(
        ("08:10", a_set(pressure="118/--")),
        ("08:15", A_STEROID),
        ("08:16", VitalSignsRecorded(diastolic=74, adds_to=1)),
    )
    baseline = asked(day).course_baseline
    assert baseline is not None and (baseline.diastolic, baseline.label) == (74, "day 1, 20-Nov-2026")


@pytest.mark.parametrize(
    ("medicine", "outcome", "counts"),
    [("steroid", "given", True), ("steroid", "not given", False), ("antihistamine", "given", False)],
)
def test_only_a_steroid_that_was_given_counts(medicine: str, outcome: str, counts: bool) -> None:
    day = an_infusion_day(("08:15", MedicationGiven(medicine=medicine, outcome=outcome)))
    assert (steroid_given(lay_out(day.facts), the_protocol()) is not None) == counts


# ---- the walk through the day ----------------------------------------------------------------------------------------


def test_an_addition_fills_its_partial_set_and_takes_its_time() -> None:
    day = an_infusion_day(
        ("10:30", a_set(pressure="118/--")), ("10:38", VitalSignsRecorded(diastolic=92, adds_to=6)),
        phase=Phase.INFUSION,
    )  # fmt: skip
    *_, newest = asked(day).sets
    assert (newest.position, newest.diastolic, newest.is_complete, newest.level) == (6, 92, True, Level.AMBER)


def test_an_addition_to_a_struck_set_stands_alone() -> None:
    day = an_infusion_day(
        ("10:30", a_set(pressure="118/--")),
        ("10:38", VitalSignsRecorded(diastolic=92, adds_to=6)),
        ("10:40", a_strike(6, "wrong patient")),
        phase=Phase.INFUSION,
    )
    alone, struck = asked(day).sets[-1], asked(day).sets[-2]
    assert (alone.position, alone.is_complete, alone.level) == (7, False, Level.AMBER)
    assert (struck.position, struck.struck, struck.level) == (6, "wrong patient", Level.NOT_MEASURED)


def test_a_struck_addition_leaves_the_set_partial() -> None:
    day = an_infusion_day(
        ("10:30", a_set(pressure="118/--")),
        ("10:38", VitalSignsRecorded(diastolic=92, adds_to=6)),
        ("10:40", a_strike(7)),
        phase=Phase.INFUSION,
    )
    assert [(one.position, one.level) for one in asked(day).standing[1:]] == [(6, Level.NOT_MEASURED)]


def test_an_addition_never_hides_a_value() -> None:
    day = an_infusion_day(
        ("10:30", a_set(pressure="118/--")),
        ("10:38", VitalSignsRecorded(systolic=182, adds_to=6)),
        phase=Phase.INFUSION,
    )
    assert [one.level for one in asked(day).sets[-2:]] == [Level.NOT_MEASURED, Level.RED]


def test_the_newest_reading_of_each_parameter_is_kept_with_its_time() -> None:
    day = an_infusion_day(("10:30", a_set(90, spo2=97)), ("11:30", a_set(95)), phase=Phase.INFUSION)
    last = asked(day).last_values
    assert (last["heart_rate"][0], f"{last['heart_rate'][1]:%H:%M}") == (95, "11:30")
    assert (last["spo2"][0], f"{last['spo2'][1]:%H:%M}") == (97, "10:30")


@pytest.mark.parametrize(("recorded", "late"), [("10:35", False), ("10:36", True), ("10:30", False)])
def test_a_set_recorded_more_than_five_minutes_after_it_was_taken_is_late(recorded: str, late: bool) -> None:
    day = an_infusion_day(("10:30", a_set(), recorded), phase=Phase.INFUSION)
    assert asked(day).sets[-1].late == late


def test_symptoms_said_between_rounds_are_open_at_the_next_and_have_their_own_level() -> None:
    day = an_infusion_day(
        ("10:00", SymptomReported(symptoms=(a_symptom("chest pain"),))),
        ("10:30", a_set()),
        ("10:40", SymptomReported(symptoms=(a_symptom("chest pain gone"),))),
        ("11:30", a_set()),
        phase=Phase.INFUSION,
    )
    found = asked(day)
    assert [report.level for report in found.reports] == [Level.RED, Level.NOT_MEASURED]
    assert [one.level for one in found.sets[1:]] == [Level.RED, Level.NORMAL]
    assert found.open_symptoms == ()


def test_a_new_headache_between_rounds_looks_at_the_newest_pressure() -> None:
    day = an_infusion_day(
        ("10:30", a_set(pressure="141/74")),
        ("10:40", SymptomReported(symptoms=(a_symptom("headache"),))),
        phase=Phase.INFUSION,
    )
    [report] = asked(day).reports
    assert report.level is Level.AMBER and report.findings[0].needs_doctor


def test_a_headache_of_todays_first_set_is_not_new_later() -> None:
    day = an_infusion_day(
        ("08:00", a_set(symptoms=["headache"])), ("09:30", A_START), ("10:30", a_set(pressure="141/74"))
    )
    newest = asked(day, course=a_course()).sets[-1]
    assert [f.parameter for f in newest.findings] == ["systolic"]
    assert [one.symptom for one in asked(day).open_symptoms] == ["headache"]


def test_a_report_at_the_minute_of_a_set_follows_it_when_it_was_entered_later() -> None:
    day = an_infusion_day(
        ("10:30", a_set()), ("10:30", SymptomReported(symptoms=(a_symptom("chest pain"),))), phase=Phase.INFUSION
    )
    assert [one.level for one in asked(day).sets[1:]] == [Level.NORMAL]


def test_a_day_with_one_more_set_is_looked_at_anew() -> None:
    day = an_infusion_day(("10:30", a_set()), phase=Phase.INFUSION)
    course = a_course()
    longer = replace(
        day, facts=(*day.facts, *an_infusion_day(("10:31", a_set(), "10:31"), phase=Phase.INFUSION).facts[-1:])
    )
    assert len(asked(day, course=course).sets) == 2
    assert len(asked(longer, course=course).sets) == 3
    assert asked(day, course=course) is asked(day, course=course)
    assert asked(day, course=a_course(baseline=a_baseline())) is not asked(day, course=course)
