"""Locks: what they refuse, and what a doctor's name and reason open."""

from datetime import date

import pytest

from models.clinical.facts import CheckAnswered
from models.clinical.rest_of_course import Course
from tests.clinical.asking import COMPLETE, HOME, PAUSE, ADoctor, arrived, ask, infusing, refused
from tests.clinical.builders import A_START, a_set
from tests.clinical.test_go_no_go import ready_lines


def test_a_start_with_everything_there_passes_no_lock():
    assert ask(arrived(*ready_lines()), A_START, now="09:30") == ()


def test_a_locked_start_names_its_locks_and_a_doctor_opens_them():
    day = arrived(*ready_lines(without="hiv"))
    refusal = refused(day, A_START, now="09:30")
    assert refusal.sentence == "The infusion in chair 3 cannot start yet: HIV infection."
    assert refusal.locks == ("hiv",)
    assert ask(day, A_START, now="09:30", override=ADoctor()) == ("hiv",)


@pytest.mark.parametrize("unsaid", [ADoctor(doctor=" "), ADoctor(reason="")])
def test_an_override_needs_the_doctor_and_the_reason(unsaid):
    refusal = refused(arrived(*ready_lines(without="hiv")), A_START, now="09:30", override=unsaid)
    assert refusal.field == "override"


def test_no_doctor_opens_missing_baseline_vital_signs_or_a_second_infusion_a_date():
    day = arrived(*ready_lines(without="fresh set", baseline=("08:00", a_set(None))))
    assert refused(day, A_START, now="09:30", override=ADoctor()).locks == ()
    again = Course(number=1, patient_infusion_dates=frozenset({date(2026, 11, 20)}))
    assert refused(arrived(*ready_lines()), A_START, now="09:30", override=ADoctor(), course=again).locks == ()


def test_a_start_is_judged_at_its_true_time():
    day = arrived(*ready_lines(hiv=("09:20", CheckAnswered(check="hiv", answer="no"))))
    assert refused(day, A_START, now="09:50", happened="09:15").locks == ("hiv",)
    assert refused(day, A_START, now="09:50").locks == ("fresh set",)
    assert ask(day, A_START, now="09:50", happened="09:40") == ()


def test_a_discharge_that_is_not_ready_tells_the_minutes_and_goes_by_override():
    day = infusing(("13:30", COMPLETE))
    refusal = refused(day, HOME, now="14:52")
    assert refusal.sentence.startswith(
        "Discharge from chair 3 is locked: 38 min of observation left, no final vital signs"
    )
    assert refusal.locks == ("observation", "final set", "advice")
    assert ask(day, HOME, now="14:52", override=ADoctor()) == refusal.locks
    assert refused(day, HOME, now="15:30").sentence.startswith("Discharge from chair 3 is locked: no final vital signs")


def test_an_override_that_is_not_needed_passes_nothing():
    assert ask(infusing(), PAUSE, override=ADoctor()) == ()
