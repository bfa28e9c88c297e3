"""Hour one (D-12) and what keeps the start locked, line by line; what a doctor may override (D-13)."""

from dataclasses import replace
from datetime import date

import pytest

from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    Arrived,
    BagPrepared,
    CheckAnswered,
    EvaluationOpened,
    InfusionStarted,
    MedicationGiven,
)
from models.clinical.locks import Lock, overridable
from models.clinical.rest_of_course import CarriedAnswer, Course
from models.clinical.status import ChairStatus, Phase
from tests.clinical.builders import (
    A_STEROID,
    TODAY,
    Line,
    a_patient,
    a_set,
    a_strike,
    an_infusion_day,
    at,
    the_protocol,
)

BAG = BagPrepared(product="LEMTRADA", batch="B1", volume_ml=101.2)


def answers(day: int = 1) -> list[CheckAnswered]:
    """Every required question of that day, answered so that nothing is in the way."""
    fitting = {"yes_no": "no", "doctor": "Dr Sand", "date": "2026-11-01", "number": "240", "text": "seen"}
    return [
        CheckAnswered(check=row.id, answer=fitting[row.kind])
        for row in the_protocol().checks.values()
        if row.required and (row.when != "later days" or day > 1)
    ]


def ready_lines(day: int = 1, *, without: str = "", **instead: Line) -> list[Line]:
    """All that a start at 09:30 needs, one thing left out or put another way."""
    lines: dict[str, Line] = {
        "baseline": ("08:00", a_set()),
        "steroid": ("08:15", A_STEROID),
        "bag": ("08:50", BAG),
        "fresh set": ("09:10", a_set()),
        **{one.check: ("08:05", one) for one in answers(day)},
    }
    lines.update(instead)
    return [line for name, line in lines.items() if name != without]


def status(
    lines: list[Line], now: str = "09:30", day: int = 1, course: int = 1, known: Course | None = None, **changed: object
) -> ChairStatus:
    built = an_infusion_day(*lines, phase=Phase.PRE_MEDICATION, day=day, course=course)
    return chair_status(replace(built, **changed), known or Course(number=course), the_protocol(), at(now))


def test_with_everything_there_the_infusion_may_start():
    ready = status(ready_lines())
    assert "start" in ready.allowed
    assert "start" not in ready.refused | ready.overridable
    assert ready.next_step.what == "Start infusion"


REQUIRED = [row.id for row in the_protocol().checks.values() if row.required and row.when != "later days"]


@pytest.mark.parametrize("missing", REQUIRED)
def test_every_required_answer_locks_the_start_until_it_is_given(missing):
    words = the_protocol().checks[missing].words.rstrip("?")
    found = status(ready_lines(without=missing))
    assert found.refused["start"] == f"The infusion in chair 3 cannot start yet: {words}."
    assert found.overridable["start"] == (missing,)
    assert "start" not in found.allowed


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("bag", "Bag prepared"),
        ("steroid", "Corticosteroid"),
        ("fresh set", "Complete vital signs within the last 30 min, after the steroid began"),
    ],
)
def test_what_must_be_done_locks_the_start(missing, words):
    found = status(ready_lines(without=missing), now="09:10")
    assert found.refused["start"] == f"The infusion in chair 3 cannot start yet: {words}."
    assert found.overridable["start"] == (missing,)


def test_one_sentence_lists_all_that_is_missing_and_nothing_opens_missing_baseline_vital_signs():
    found = status([("08:15", A_STEROID)], day=1)
    told = found.refused["start"]
    assert told.startswith("The infusion in chair 3 cannot start yet: ") and told.endswith(".")
    for words in ("HIV infection", "Baseline heart rate and blood pressure", "Bag prepared", "Fit for infusion today"):
        assert words in told
    assert "start" not in found.overridable


@pytest.mark.parametrize(
    ("taken", "now", "fresh"),
    [
        ("09:00", "09:30", True),
        ("08:59:59", "09:30", False),
        ("09:30", "09:30", True),
        ("08:15", "08:40", True),
        ("08:14:59", "08:40", False),
    ],
)
def test_the_set_before_the_start_is_at_most_30_min_old_and_after_the_steroid(taken, now, fresh):
    lines = ready_lines(baseline=("08:00", a_set()), bag=("08:20", BAG), **{"fresh set": (taken, a_set())})
    assert ("start" in status(lines, now=now).allowed) is fresh


def test_without_a_steroid_due_any_fresh_set_will_do():
    lines = ready_lines(4, without="steroid", bag=("08:20", BAG), **{"fresh set": ("08:10", a_set())})
    found = status(lines, now="08:30", day=4)
    assert "start" in found.allowed
    words = {line.id: line.words for line in found.hour_one}
    assert words["fresh set"] == "Complete vital signs within the last 30 min"


@pytest.mark.parametrize(
    ("pressure", "symptoms", "fresh"), [("118/74", (), True), ("118/--", (), False), ("118/74", None, False)]
)
def test_only_a_complete_set_is_fresh(pressure, symptoms, fresh):
    lines = ready_lines(**{"fresh set": ("09:10", a_set(pressure=pressure, symptoms=symptoms))})
    assert ("start" in status(lines).allowed) is fresh


@pytest.mark.parametrize(
    ("heart_rate", "pressure", "there"), [(74, "118/74", True), (None, "118/74", False), (74, "118/--", False)]
)
def test_baseline_vital_signs_are_heart_rate_and_both_pressures(heart_rate, pressure, there):
    only = a_set(heart_rate, pressure, symptoms=None)
    found = status(ready_lines(without="fresh set", baseline=("08:00", only)))
    line = next(one for one in found.hour_one if one.id == "baseline vital signs")
    assert line.state == ("done" if there else "missing")
    assert ("start" in found.overridable) is there


@pytest.mark.parametrize(("answer", "state"), [("no", "done"), ("yes", "blocked"), ("unknown", "blocked")])
def test_an_answer_a_doctor_must_decide_on_locks_too(answer, state):
    found = status(ready_lines(hiv=("08:05", CheckAnswered(check="hiv", answer=answer))))
    line = next(one for one in found.hour_one if one.id == "hiv")
    assert (line.state, line.answer, line.answered_by, line.answered_at) == (state, answer, "okafor", at("08:05"))
    if state == "blocked":
        assert found.refused["start"] == f"The infusion in chair 3 cannot start yet: HIV infection: {answer}."
        assert found.overridable["start"] == ("hiv",)


def test_the_newest_answer_counts_and_a_struck_one_does_not():
    yes: Line = ("08:20", CheckAnswered(check="hiv", answer="yes"))
    lines = [*ready_lines(), yes]
    assert "start" in status(lines).refused
    assert "start" in status([*lines, ("08:30", a_strike(2 + len(lines)))]).allowed


@pytest.mark.parametrize(
    ("day", "outcome", "state"),
    [
        (1, "given", "done"),
        (3, "not given", "blocked"),
        (3, "not prescribed", "blocked"),
        (3, "", "missing"),
        (4, "", "optional"),
        (4, "not given", "done"),
    ],
)
def test_the_steroid_is_due_on_the_first_three_days(day, outcome, state):
    steroid: Line = ("08:15", MedicationGiven(medicine="steroid", outcome=outcome))
    found = status(ready_lines(day, steroid=steroid) if outcome else ready_lines(day, without="steroid"), day=day)
    assert next(line.state for line in found.hour_one if line.id == "steroid") == state


@pytest.mark.parametrize("outcome", ["given", "not given", "not prescribed"])
def test_an_antihistamine_never_locks(outcome):
    given: Line = ("08:20", MedicationGiven(medicine="antihistamine", outcome=outcome))
    found = status([*ready_lines(), given])
    line = next(one for one in found.hour_one if one.id == "antihistamine")
    assert (line.state, line.answer) == ("done", outcome)
    assert "start" in found.allowed


@pytest.mark.parametrize(("now", "state"), [("16:49:59", "done"), ("16:50", "blocked")])
def test_a_bag_that_expired_locks(now, state):
    found = status(ready_lines(**{"fresh set": ("16:40", a_set())}), now=now)
    line = next(one for one in found.hour_one if one.id == "bag")
    assert line.state == state
    assert ("start" in found.allowed) is (state == "done")


def test_a_later_day_carries_the_answers_of_the_course_with_date_and_name():
    once = [row for row in the_protocol().checks.values() if row.when == "course"]
    answers_of = {row.id: "no" if row.kind == "yes_no" else "2026-11-01" for row in once}
    yesterday = date(2026, 11, 19)
    kept = {id: CarriedAnswer(answer=a, answered_on=yesterday, answered_by="lindqvist") for id, a in answers_of.items()}
    today = [line for line in ready_lines(2) if not (isinstance(line[1], CheckAnswered) and line[1].check in kept)]
    found = status(today, day=2, known=Course(number=1, carried=kept))
    assert "start" in found.allowed
    line = next(one for one in found.hour_one if one.id == "hiv")
    assert (line.state, line.answer, line.answered_by, line.carried_from) == (
        "done",
        "no",
        "lindqvist",
        yesterday,
    )
    asked_again = status(today, day=1, known=Course(number=1, carried=kept))
    assert next(one.state for one in asked_again.hour_one if one.id == "hiv") == "missing"


def test_what_is_new_is_asked_on_later_days_only():
    ids = {line.id for line in status(ready_lines()).hour_one}
    assert "new symptom" not in ids
    later = status(ready_lines(2, without="new symptom"), day=2)
    assert later.overridable["start"] == ("new symptom",)


@pytest.mark.parametrize(
    ("arrived", "missing"),
    [
        (Arrived(chair="3", supervising_neurologist="", emergency_contact="2222"), ("supervising neurologist",)),
        (Arrived(chair="3", supervising_neurologist="Dr Sand", emergency_contact=""), ("emergency contact",)),
    ],
)
def test_who_supervises_and_whom_to_call_is_named(arrived, missing):
    built = an_infusion_day(*ready_lines(), phase=Phase.PRE_MEDICATION)
    facts = (built.facts[0], replace(built.facts[1], details=arrived), *built.facts[2:])
    found = chair_status(replace(built, facts=facts), Course(number=1), the_protocol(), at("09:30"))
    assert found.overridable["start"] == missing
    line = next(one for one in found.hour_one if one.id == missing[0])
    assert (line.state, line.answered_by, line.answered_at) == ("missing", None, None)


@pytest.mark.parametrize(("born", "old_enough"), [(date(2008, 11, 20), True), (date(2008, 11, 21), False)])
def test_a_patient_is_18_on_the_day(born, old_enough):
    found = status(ready_lines(), patient=a_patient(born=born))
    assert ("start" in found.allowed) is old_enough
    assert old_enough or found.overridable["start"] == ("age",)


def test_one_infusion_a_date_is_never_overridden():
    found = status(ready_lines(), known=Course(number=1, patient_infusion_dates=frozenset({TODAY})))
    assert "one infusion a date" in found.refused["start"]
    assert "start" not in found.overridable


def test_a_discontinued_course_and_an_open_evaluation_lock():
    course = Course(number=1, discontinued="discontinued permanently on day 1")
    assert status(ready_lines(), known=course).overridable["start"] == ("discontinued",)
    red = status([*ready_lines(), ("09:20", EvaluationOpened(reason="red"))])
    assert red.overridable["start"] == ("evaluation",)
    assert red.refused["start"].endswith("the evaluation is open.")


@pytest.mark.parametrize(
    ("lines", "began", "may_start"),
    [
        ([], None, None),
        ([("08:15", MedicationGiven(medicine="antihistamine", outcome="not given"))], None, None),
        ([("08:15", A_STEROID), ("08:05", MedicationGiven(medicine="antiviral", outcome="given"))], "08:05", "09:05"),
        ([("08:15", A_STEROID)], "08:15", "09:15"),
    ],
)
def test_its_sixty_minutes_count_from_the_first_medicine_given_and_never_lock(lines, began, may_start):
    found = status(lines, now="12:00")
    assert found.hour_one_began_at == (at(began) if began else None)
    assert found.may_start_at == (at(may_start) if may_start else None)


def test_before_the_hour_is_over_the_start_is_allowed():
    lines = ready_lines(**{"fresh set": ("08:30", a_set()), "bag": ("08:20", BAG)})
    assert "start" in status(lines, now="08:31").allowed


def test_part_done_is_visible():
    found = status([("08:00", a_set()), ("08:15", A_STEROID)], now="08:30")
    states = {line.id: line.state for line in found.hour_one}
    assert (states["baseline vital signs"], states["steroid"], states["bag"], states["hiv"]) == (
        "done",
        "done",
        "missing",
        "missing",
    )
    assert found.next_step.what == "Hour one"
    assert found.next_step.detail.startswith("Allergic to the medicine") and found.next_step.detail.endswith(" more")


def test_the_list_stays_as_it_was_at_the_start():
    lines = [*ready_lines(), ("09:30", InfusionStarted(rate_ml_per_hour=25.3))]
    later = status(lines, now="15:00")
    assert {line.state for line in later.hour_one} == {"done", "optional"}


@pytest.mark.parametrize(
    ("locks", "opened"),
    [
        ([], ()),
        ([Lock("bag", "Bag prepared")], ("bag",)),
        ([Lock("bag", "Bag prepared"), Lock("baseline vital signs", "", overridable=False)], ()),
    ],
)
def test_a_doctor_opens_all_locks_or_none(locks, opened):
    assert overridable(locks) == opened
