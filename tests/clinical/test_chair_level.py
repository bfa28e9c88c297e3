"""The level of a chair (D-4): its last complete set, or anything worse since."""

import pytest

from models.clinical.chair_status import chair_status
from models.clinical.facts import SymptomReported
from models.clinical.findings import Level
from models.clinical.status import Phase
from tests.clinical.builders import Line, a_set, a_symptom, an_infusion_day, at, its_course, the_protocol
from tests.clinical.shown import AMBER, NORMAL, PART, RED, closing, shown

AMBER_PART = a_set(115, "--/--", symptoms=None)
CHEST = SymptomReported(symptoms=(a_symptom("chest pain"),))
NAUSEA = SymptomReported(symptoms=(a_symptom("nausea moderate"),))
GONE = a_set(symptoms=["chest pain gone"])
STILL, WORSE = a_set(symptoms=["chest pain same"]), a_set(symptoms=["chest pain worse"])
PALSY = a_set(symptoms=["facial droop"])
LEVELS: list[tuple[tuple[Line, ...], Level]] = [
    ((("10:30", AMBER),), Level.AMBER),
    ((("10:30", AMBER), ("10:40", PART)), Level.AMBER),
    ((("10:30", AMBER), ("10:40", NORMAL)), Level.NORMAL),
    ((("10:30", NORMAL), ("10:40", AMBER_PART)), Level.AMBER),
    ((("10:30", NORMAL), ("10:40", PART)), Level.NORMAL),
    ((("10:30", AMBER), ("10:20", RED)), Level.AMBER),
    ((("10:30", NORMAL), ("10:40", NAUSEA)), Level.AMBER),
    ((("10:30", NAUSEA), ("10:40", NORMAL)), Level.AMBER),
    ((("10:30", CHEST),), Level.RED),
    ((("10:30", CHEST), ("10:40", GONE)), Level.RED),
    ((("10:30", CHEST), ("10:40", GONE), closing("resumed", "10:50")), Level.NORMAL),
    ((("10:30", RED), closing("resumed", "10:50")), Level.RED),
    ((("10:30", RED), closing("resumed", "10:50"), ("11:00", NORMAL)), Level.NORMAL),
    ((("10:30", RED), ("11:00", NORMAL)), Level.NORMAL),
    # A red symptom a doctor has evaluated is amber until it is gone, and red anew when it is new or worse.
    ((("10:30", CHEST), closing("resumed", "10:50")), Level.AMBER),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", NORMAL)), Level.AMBER),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", STILL)), Level.AMBER),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", WORSE)), Level.RED),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", CHEST)), Level.RED),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", GONE)), Level.NORMAL),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", GONE), ("11:10", CHEST)), Level.RED),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", PALSY)), Level.RED),
    ((("10:30", CHEST), closing("entered in error", "10:50"), ("11:00", STILL)), Level.RED),
]


@pytest.mark.parametrize(("lines", "level"), LEVELS)
def test_the_level_of_a_chair_is_that_of_its_last_complete_set_or_anything_worse_since(lines, level):
    found = shown(*lines, now="12:00")
    assert found.level is level
    assert [finding.level for finding in found.findings] == sorted((f.level for f in found.findings), reverse=True)
    assert (level >= Level.AMBER) is bool(found.findings)


def test_an_evaluated_symptom_opens_no_other_evaluation_and_asks_nobody_until_it_is_worse():
    decided: list[Line] = [("10:30", CHEST), closing("resumed", "10:50"), ("11:00", NORMAL)]
    found = shown(*decided, now="11:01")
    assert not found.evaluation_open and found.alerts == () and not found.review_due
    assert [f.limit for f in found.findings] == ["Chest pain: evaluated by a doctor, not gone"]
    assert [symptom.symptom for symptom in found.open_symptoms] == ["chest pain"]
    twice = shown(*decided, ("11:10", STILL), now="11:11")
    assert twice.review_due and not twice.evaluation_open, "two sets in a row ask for a doctor"
    again = shown(*decided, ("11:10", WORSE), now="11:11")
    assert again.evaluation_open and [alert.what for alert in again.alerts] == ["red symptom"]


def test_without_a_complete_set_the_level_is_not_measured():
    empty = an_infusion_day(phase=Phase.PRE_MEDICATION)
    assert chair_status(empty, its_course(empty), the_protocol(), at("09:00")).level is Level.NOT_MEASURED
    part = an_infusion_day(("08:00", PART), phase=Phase.PRE_MEDICATION)
    found = chair_status(part, its_course(part), the_protocol(), at("09:00"))
    assert (found.level, found.last_set.position) == (Level.NOT_MEASURED, 3)
