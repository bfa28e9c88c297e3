"""The status of a chair: evaluations, people, the next step, when it comes free, what it warns of."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    Booked,
    ChairAssigned,
    CheckAnswered,
    Discharged,
    DoctorReviewed,
    EvaluationOpened,
    HandoverOffered,
    InfusionCompleted,
    NurseAssigned,
)
from models.clinical.findings import Level
from models.clinical.rest_of_course import Course
from models.clinical.status import Phase
from tests.clinical.builders import A_STEROID, NURSE, Line, a_set, an_infusion_day, at, its_course, the_protocol
from tests.clinical.shown import AMBER, LINES, NORMAL, RED, SLOW, closing, paused, shown, told
from tests.clinical.test_go_no_go import BAG, ready_lines


def test_a_stopped_infusion_may_be_resumed_through_its_evaluation_until_that_ends_it():
    stopped = shown(*told("stop"), now="11:00")
    assert "resume" in stopped.allowed and stopped.resume_needs_evaluation
    ended = shown(*told("stop"), closing("stopped today", "10:50"), now="11:00")
    assert ended.refused["resume"] == "The infusion in chair 3 has ended."


def test_a_red_reading_opens_an_evaluation_until_a_doctor_closes_it():
    red = shown(("10:30", RED), now="10:31")
    assert (red.evaluation_open, red.evaluation_opened_at) == (True, at("10:30"))
    assert red.evaluation_reason == red.sets[-1].findings[0].limit
    assert (red.next_step.what, red.next_step.level) == ("Evaluate", Level.RED)
    assert not shown(("10:30", RED), closing("resumed", "10:40"), now="10:41").evaluation_open


def test_a_late_red_entry_opens_one_after_the_closing():
    late: Line = ("10:30", RED, "10:45")
    found = shown(("10:32", RED), closing("resumed", "10:40"), late, now="10:46")
    assert (found.evaluation_open, found.evaluation_opened_at) == (True, at("10:30"))


def test_an_evaluation_is_about_the_time_of_what_caused_it():
    built = an_infusion_day(("10:30", RED), ("10:45", EvaluationOpened(reason="heart rate")), phase=Phase.INFUSION)
    facts = (*built.facts[:-1], replace(built.facts[-1], caused_by=6))
    found = chair_status(replace(built, facts=facts), its_course(built), the_protocol(), at("11:00"))
    assert found.evaluation_opened_at == at("10:30")


def test_the_chair_is_the_one_last_given():
    moved = shown(("10:00", ChairAssigned(chair="7")), ("12:00", ChairAssigned(chair="5")), now="12:30")
    assert moved.chair == "5"
    assert moved.refused["start"] == "The infusion in chair 5 is already running."
    booked = an_infusion_day(
        ("07:00", Booked(chair="3", planned_start=at("08:00"))), ("07:10", ChairAssigned(chair="4"))
    )
    assert chair_status(booked, its_course(booked), the_protocol(), at("07:30")).chair == "4"


def test_a_day_without_a_booking_is_planned_for_its_first_fact():
    bare = an_infusion_day(("08:00", a_set()))
    found = chair_status(bare, its_course(bare), the_protocol(), at("09:00"))
    assert (found.planned_start, found.chair) == (at("08:00"), "")
    empty = an_infusion_day()
    assert chair_status(empty, its_course(empty), the_protocol(), at("09:00")).planned_start == at("09:00")


def test_who_is_responsible_and_to_whom_the_chair_is_offered():
    mine: Line = ("10:00", NurseAssigned(nurse=NURSE))
    offered: Line = ("10:10", HandoverOffered(to="lindqvist"))
    taken: Line = ("10:20", NurseAssigned(nurse="lindqvist"))
    nobody: Line = ("10:30", NurseAssigned(nurse=None))
    people = [(one.nurse, one.handover_to) for one in (
        shown(now="11:00"), shown(mine, now="11:00"), shown(mine, offered, now="11:00"),
        shown(mine, offered, taken, now="11:00"), shown(mine, nobody, now="11:00"),
        shown(mine, nobody, offered, now="11:00"),
    )]  # fmt: skip
    assert people == [
        (None, None), (NURSE, None), (NURSE, "lindqvist"), ("lindqvist", None), (None, None), (None, None),
    ]  # fmt: skip


# what happened               | now   | next                  | due   | overdue
STEPS = """
                              | 10:00 | Vital signs           | 10:30 | no
                              | 10:30 | Vital signs           | 10:30 | yes
mixed, toilet                 | 10:35 | Vital signs           | 10:30 | yes
set 13:00                     | 13:10 | Complete infusion     | 13:30 | no
set 13:00                     | 13:30 | Complete infusion     | 13:30 | yes
mixed, toilet, set 13:00      | 13:10 | Resume infusion       | 13:50 | no
amber 10:00                   | 10:05 | Repeat vital signs    | 10:15 | no
amber 10:00, amber 10:14      | 10:20 | Doctor's review       | 10:14 | yes
complete, set 13:30           | 13:40 | Vital signs           | 14:30 | no
complete, set 14:40           | 15:00 | Final vital signs     | 15:30 | no
stop                          | 10:31 | Evaluate              | 10:30 | yes
"""


@pytest.mark.parametrize("row", STEPS.strip("\n").splitlines())
def test_the_next_step_is_the_earliest_of_anything_due(row):
    happened, now, what, due, overdue = (cell.strip() for cell in row.split("|"))
    taken = {"set": NORMAL, "amber": AMBER}
    lines = [
        LINES[name] if name in LINES else (name.split()[1], taken[name.split()[0]])
        for name in happened.split(", ")
        if name
    ]
    step = shown(*lines, now=now).next_step
    assert (step.what, step.due_at, step.overdue) == (what, at(due), overdue == "yes")
    assert step.level is (Level.RED if what == "Evaluate" else Level.AMBER if step.overdue else Level.NORMAL)


def test_the_next_step_before_the_infusion_and_after_the_day():
    booked = an_infusion_day(("07:00", Booked(chair="3", planned_start=at("08:00"))))
    assert chair_status(booked, its_course(booked), the_protocol(), at("07:30")).next_step.what == "Arrival"
    ready = an_infusion_day(*ready_lines(), phase=Phase.PRE_MEDICATION)
    step = chair_status(ready, its_course(ready), the_protocol(), at("09:30")).next_step
    assert (step.what, step.due_at) == ("Start infusion", at("09:15"))
    gone = shown(("13:30", InfusionCompleted()), ("15:30", Discharged(where_to="home")), now="16:00")
    assert (gone.next_step.what, gone.is_open, gone.allowed) == ("", False, ("notes", "corrections"))


@pytest.mark.parametrize(
    ("lines", "now", "phase", "free"),
    [
        ((), "08:00", Phase.PRE_MEDICATION, "14:45"),
        ((), "08:44:59", Phase.PRE_MEDICATION, "14:45"),
        ((), "08:45", Phase.PRE_MEDICATION, None),
        ((("08:15", A_STEROID),), "09:00", Phase.PRE_MEDICATION, "15:15"),
        ((), "10:00", Phase.INFUSION, "15:30"),
        ((), "13:30", Phase.INFUSION, None),
        ((), "13:29:59", Phase.INFUSION, "15:30"),
        ((SLOW,), "12:00", Phase.INFUSION, "17:30"),
        ((paused("11:00"),), "12:00", Phase.INFUSION, None),
        ((("10:30", RED),), "12:00", Phase.INFUSION, None),
        ((("13:30", InfusionCompleted()),), "14:00", Phase.INFUSION, "15:30"),
        ((("13:30", InfusionCompleted()),), "15:30", Phase.INFUSION, None),
        ((("13:30", InfusionCompleted()),), "15:29:59", Phase.INFUSION, "15:30"),
        ((("13:30", InfusionCompleted()), ("15:30", Discharged(where_to="home"))), "16:00", Phase.INFUSION, None),
    ],
)
def test_when_the_chair_comes_free_as_far_as_it_is_known(lines, now, phase, free):
    assert shown(*lines, now=now, phase=phase).free_at == (at(free) if free else None)


def test_the_deadlines_are_the_moments_at_which_something_changes():
    built = an_infusion_day(("10:30", NORMAL), phase=Phase.INFUSION)
    facts = (
        *built.facts[:4],
        replace(built.facts[3], position=7, details=BAG, happened_at=at("08:50")),
        *built.facts[4:],
    )
    found = chair_status(replace(built, facts=facts), its_course(built), the_protocol(), at("10:50"))
    assert [moment.strftime("%H:%M") for moment in found.deadlines] == [
        "11:20", "11:30", "11:45", "13:30", "13:40", "16:50",
    ]  # fmt: skip


def test_a_set_that_grows_too_old_and_a_review_that_ends_are_deadlines():
    ready = an_infusion_day(*ready_lines(), phase=Phase.PRE_MEDICATION)
    fresh = chair_status(ready, its_course(ready), the_protocol(), at("09:30"))
    assert fresh.deadlines[0] == at("09:40") + timedelta.resolution
    assert "start" not in chair_status(ready, its_course(ready), the_protocol(), fresh.deadlines[0]).allowed
    reviewed = DoctorReviewed(doctor="Dr Sand", decision="go on", until=at("15:50"))
    seen = shown(("13:30", InfusionCompleted()), ("15:40", NORMAL), ("15:41", reviewed), now="15:45")
    assert seen.deadlines[:2] == (at("15:50"), at("15:55") + timedelta.resolution)


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        (("08:05", CheckAnswered(check="blood count date", answer="2026-10-21")), ""),
        (
            ("08:05", CheckAnswered(check="blood count date", answer="2026-10-20")),
            "20-Oct-2026: more than 30 days ago.",
        ),
        (("08:05", CheckAnswered(check="last vaccine", answer="2026-10-09")), ""),
        (("08:05", CheckAnswered(check="last vaccine", answer="2026-10-10")), "10-Oct-2026: less than 42 days ago."),
        (("08:05", a_set(pressure="140/80")), "Blood pressure is high before the infusion: ask the doctor"),
        (("08:05", a_set(pressure="139/90")), "Blood pressure is high before the infusion: ask the doctor"),
        (("08:05", a_set(pressure="100/60")), ""),
        (("08:05", a_set(115)), ""),
    ],
)
def test_what_a_doctor_wants_to_know_before_the_start_is_told_and_locks_nothing(line, warning):
    built = an_infusion_day(line, phase=Phase.PRE_MEDICATION)
    found = chair_status(built, its_course(built), the_protocol(), at("08:30"))
    assert len(found.warnings) == bool(warning)
    assert warning in " ".join(found.warnings)


def test_warnings_of_the_course_are_told():
    built = an_infusion_day(phase=Phase.PRE_MEDICATION, course=5)
    found = chair_status(built, Course(number=5), the_protocol(), at("09:00"))
    assert found.warnings == ("Course 5: 4 courses are foreseen.",)
    assert found.days_in_course == 3
