"""Going home (R-48, R-79, R-83, D-19): the discharge list, what locks it, and since when the patient is ready."""

from dataclasses import replace

import pytest

from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    AdviceGiven,
    AlertAnswered,
    CheckAnswered,
    Discharged,
    DischargePrepared,
    EvaluationClosed,
    EvaluationOpened,
    InfusionCompleted,
    InfusionStopped,
    NightReceiver,
    NoteAdded,
    SampleTaken,
    Transferred,
)
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus, Phase
from tests.clinical.builders import Line, a_set, an_infusion_day, at, the_protocol

REQUIRED_ADVICE = tuple(row.id for row in the_protocol().advice.values() if row.required)
COMPLETED: Line = ("13:30", InfusionCompleted())
ADVICE: Line = ("14:00", AdviceGiven(advice=REQUIRED_ADVICE))
FINAL: Line = ("15:20", a_set())
HOME: Line = ("15:31", Discharged(where_to="home"))


def status(*lines: Line, now: str = "15:30", day: int = 1, course: int = 1) -> ChairStatus:
    built = an_infusion_day(*lines, phase=Phase.INFUSION, day=day, course=course)
    return chair_status(built, Course(number=course), the_protocol(), at(now))


def test_with_nothing_missing_the_patient_is_ready():
    ready = status(COMPLETED, ADVICE, FINAL)
    assert ready.ready
    assert ready.missing_for_discharge == ()
    assert "discharge" in ready.allowed
    assert ready.next_step.what == "Discharge"


# now      | ready | since
OBSERVATION = """
15:29:59   | no    | --
15:30      | yes   | 15:30
15:35      | yes   | 15:30
15:35:01   | no    | --
"""


@pytest.mark.parametrize("row", OBSERVATION.strip().splitlines())
def test_at_least_two_hours_from_the_end_of_the_drug_and_a_final_set_of_at_most_15_min(row):
    now, ready, since = (cell.strip() for cell in row.split("|"))
    found = status(COMPLETED, ADVICE, FINAL, now=now)
    assert found.ready is (ready == "yes")
    assert found.ready_since == (None if since == "--" else at(since))


def test_ready_can_fall_back():
    assert status(COMPLETED, ADVICE, FINAL, now="15:35").ready
    fallen = status(COMPLETED, ADVICE, FINAL, now="15:36")
    assert fallen.missing_for_discharge == ("no final vital signs: take them now",)
    assert status(COMPLETED, ADVICE, FINAL, ("15:40", a_set()), now="15:41").ready_since == at("15:40")


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        (ADVICE, f"advice not explained ({', '.join(REQUIRED_ADVICE)})"),
        (FINAL, "no final vital signs: take them now"),
    ],
)
def test_what_is_missing_is_named(left_out, words):
    found = status(*(line for line in (COMPLETED, ADVICE, FINAL) if line != left_out))
    assert found.missing_for_discharge == (words,)
    assert found.refused["discharge"] == f"Discharge from chair 3 is locked: {words}."
    assert not found.ready


def test_one_sentence_lists_all_that_is_missing():
    found = status(COMPLETED, now="14:00")
    assert found.refused["discharge"].startswith(
        "Discharge from chair 3 is locked: the observation has not ended, no final vital signs: take them now, "
    )
    assert found.overridable["discharge"] == ("observation", "final set", "advice")


@pytest.mark.parametrize("pressure", ["118/--", "--/74"])
def test_a_partial_set_is_no_final_set(pressure):
    assert not status(COMPLETED, ADVICE, ("15:20", a_set(pressure=pressure))).ready


def test_a_set_before_the_end_of_the_drug_is_no_final_set():
    ended_late = status(("15:00", InfusionCompleted()), ADVICE, ("14:59", a_set()), now="15:05")
    assert "no final vital signs: take them now" in ended_late.missing_for_discharge


# course, day | due
PLATELETS = """
1 | 1 | no
1 | 2 | no
1 | 3 | yes
1 | 4 | no
1 | 5 | yes
2 | 2 | no
2 | 3 | yes
4 | 3 | yes
"""


@pytest.mark.parametrize("row", PLATELETS.strip().splitlines())
def test_platelets_are_due_after_the_infusion_on_their_days(row):
    course, day, due = (cell.strip() for cell in row.split("|"))
    found = status(COMPLETED, ADVICE, FINAL, course=int(course), day=int(day))
    assert ("platelet count not taken" in found.missing_for_discharge) is (due == "yes")


@pytest.mark.parametrize(("taken", "counts"), [("13:30", True), ("13:29:59", False), ("15:00", True)])
def test_platelets_count_from_the_end_of_the_drug(taken, counts):
    found = status(COMPLETED, ADVICE, FINAL, (taken, SampleTaken(sample="platelets")), day=3)
    line = next(one for one in found.discharge_list if one.id == "platelets")
    assert found.ready is counts
    assert (line.state, line.answered_at) == (("done", at(taken)) if counts else ("missing", None))


@pytest.mark.parametrize(
    ("symptom", "state"),
    [
        ("chest pain", "missing"),
        ("headache severe", "missing"),
        ("rash", "optional"),
        ("headache mild", "optional"),
    ],
)
def test_open_symptoms_are_on_the_list_and_grave_ones_lock(symptom, state):
    closed: Line = ("15:25", EvaluationClosed(outcome="stopped today", doctor="Dr Sand", reason="seen"))
    found = status(COMPLETED, ADVICE, ("15:20", a_set(symptoms=[symptom])), closed)
    line = next(one for one in found.discharge_list if one.id.startswith("symptom"))
    assert (line.state, found.ready) == (state, state == "optional")
    gone = status(COMPLETED, ADVICE, ("14:30", a_set(symptoms=["rash"])), ("15:20", a_set(symptoms=["rash gone"])))
    assert not any(one.id.startswith("symptom") for one in gone.discharge_list)


@pytest.mark.parametrize(
    ("day", "course", "told"),
    [
        (1, 1, {"alert card"}),
        (2, 1, set()),
        (5, 1, {"alert card", "skin and mouth", "monitoring"}),
        (3, 2, {"alert card", "skin and mouth", "monitoring"}),
    ],
)
def test_some_advice_is_told_on_the_first_or_the_last_day(day, course, told):
    lines = [one for one in status(COMPLETED, day=day, course=course).discharge_list if one.kind == "advice"]
    assert {one.id for one in lines} & {"alert card", "skin and mouth", "monitoring"} == told
    assert {one.state for one in lines} == {"missing", "optional"}
    done = [one for one in status(COMPLETED, ADVICE).discharge_list if one.kind == "advice" and one.state == "done"]
    assert [(one.id, one.answered_at) for one in done] == [(id, at("14:00")) for id in REQUIRED_ADVICE]


def test_a_question_of_discharge_is_on_the_list():
    asked = next(one for one in status(COMPLETED).discharge_list if one.id == "cannula removed")
    assert asked.state == "optional"
    answered = status(COMPLETED, ("14:00", CheckAnswered(check="cannula removed", answer="yes")))
    assert next(one.state for one in answered.discharge_list if one.id == "cannula removed") == "done"


def test_an_open_evaluation_a_due_review_and_an_extension_lock():
    opened = status(COMPLETED, ADVICE, FINAL, ("15:25", EvaluationOpened(reason="red")))
    assert opened.missing_for_discharge == ("the evaluation is open",)
    assert (opened.observation_ends_at, opened.drug_ended_at) == (None, None)
    amber = replace(a_set(pressure="142/80", symptoms=["headache"]), level_shown="amber")
    headache = status(COMPLETED, ADVICE, ("15:20", amber))
    assert headache.missing_for_discharge == ("amber with new headache", "a doctor's review is due")


def test_a_stopped_infusion_shows_no_countdown_until_its_evaluation_ends_it():
    stop: list[Line] = [("11:00", InfusionStopped()), ("11:00", EvaluationOpened(reason="STOP"))]
    open_one = status(*stop, now="12:00")
    assert (open_one.phase, open_one.state, open_one.evaluation_open) == ("observation", "stopped", True)
    assert open_one.observation_ends_at is open_one.observation_remaining_s is open_one.free_at is None
    assert open_one.discharge_list == ()
    assert "its evaluation is open" in open_one.refused["discharge"]
    assert "discharge" not in open_one.overridable
    ended = status(
        *stop, ("12:10", EvaluationClosed(outcome="stopped today", doctor="Dr Sand", reason="rash")), now="12:15"
    )
    assert (ended.drug_ended_at, ended.observation_ends_at, ended.free_at) == (at("11:00"), at("13:00"), at("13:00"))
    assert ended.observation_remaining_s == 45 * 60


def test_the_countdown_stops_at_nought():
    assert status(COMPLETED, now="15:30").observation_remaining_s == 0
    assert status(COMPLETED, now="18:00").observation_remaining_s == 0
    assert status(COMPLETED, now="13:30").observation_remaining_s == 2 * 60 * 60


def test_there_is_no_list_before_the_drug_ended():
    running = status(now="10:00")
    assert (running.discharge_list, running.missing_for_discharge, running.ready) == ((), (), False)
    built = an_infusion_day(phase=Phase.PRE_MEDICATION)
    assert chair_status(built, Course(number=1), the_protocol(), at("09:00")).discharge_list == ()


def test_a_closed_day_shows_its_list_as_it_closed():
    gone = status(COMPLETED, ADVICE, FINAL, HOME, now="20:00")
    assert (gone.phase, gone.closed_at, gone.ready, gone.free_at) == ("discharged", at("15:31"), False, None)
    assert gone.missing_for_discharge == ()
    assert gone.deadlines == status(COMPLETED, ADVICE, FINAL, HOME, now="15:32").deadlines == ()
    left = status(
        ("11:00", Transferred(where_to="ward", receiver="")), ("12:00", NoteAdded(text="called")), now="20:00"
    )
    assert left.missing_for_discharge[0] == "the observation has not ended"


# course, day | line and the date it is said with
DATED = """
1 | 1 | antiviral     | Not to be stopped before 24-Dec-2026.
1 | 5 | antiviral     | Not to be stopped before 20-Dec-2026.
1 | 5 | monitoring    | First tests: 20-Dec-2026.
1 | 5 | contraception | Until 20-Mar-2027.
2 | 1 | antiviral     | Not to be stopped before 22-Dec-2026.
2 | 4 | antiviral     | Not to be stopped before 20-Dec-2026.
"""


@pytest.mark.parametrize("row", DATED.strip().splitlines())
def test_advice_is_said_with_the_date_it_counts_to(row):
    course, day, id, dated = (cell.strip() for cell in row.split("|"))
    listed = status(COMPLETED, day=int(day), course=int(course)).discharge_list
    assert next(one for one in listed if one.id == id).words.endswith(f" {dated}")


# what is saved, what was shown, what was answered | lines of the list
HELD = """
182/80 | red   |                | no outcome of the alert: Systolic 182 mmHg: red
182/80 | red   | seen           | no outcome of the alert: Systolic 182 mmHg: red
182/80 | red   | outcome        |
142/80 | amber |                |
142/80 | normal|                | alert not answered: Systolic 142 mmHg: abnormal
142/80 | normal| seen           |
142/80 | normal| outcome        |
"""


@pytest.mark.parametrize("row", HELD.strip().splitlines())
def test_an_alert_nobody_answered_and_a_high_one_without_its_outcome_hold_the_patient(row):
    pressure, shown, answered, held = (cell.strip() for cell in row.split("|"))
    saved = replace(a_set(pressure=pressure), level_shown=shown)
    said = AlertAnswered(alert="systolic high/8", answer=answered, outcome="seen and safe")
    lines: list[Line] = [COMPLETED, ADVICE, ("15:20", saved), *([("15:21", said)] if answered else [])]
    found = status(*lines)
    assert [one.answer for one in found.discharge_list if one.id == "alert: systolic high/8"] == (
        [held] if held else []
    )
    assert (held in found.missing_for_discharge) is bool(held)


def test_a_discharge_is_prepared_before_zero_and_the_newest_word_counts():
    first, second = DischargePrepared(where_to="home"), DischargePrepared(where_to="ward", receiver="Dr Chen")
    found = status(COMPLETED, ("14:00", first), ("14:10", second), now="14:20")
    assert found.discharge_prepared == second and not found.ready
    assert "prepare-discharge" in found.allowed
    assert status(COMPLETED, now="14:20").discharge_prepared is None


def test_the_receiver_of_the_night_stands_on_the_open_day():
    night = NightReceiver(receiver="Dr Chen", place="Ward 5")
    found = status(COMPLETED, ("14:00", night), now="14:20")
    assert (found.night_receiver, found.is_open) == (night, True)
