"""The level of a symptom: whatever the numbers say, by its severity, until it is gone."""

from __future__ import annotations

import pytest

from models.clinical.facts import Symptom
from models.clinical.findings import Level
from tests.clinical.builders import a_set, a_symptom, the_protocol
from tests.clinical.finding import found_by

# ---- symptoms --------------------------------------------------------------------------------------------------------


RED_SYMPTOMS = [
    "chest pain", "facial droop", "breathing difficulty", "severe headache", "weakness", "speech problem", "bleeding",
    "neck pain with neurological sign", "throat tightness", "facial swelling", "wheeze or stridor", "collapse",
    "seizure",
]  # fmt: skip


def test_the_red_symptoms_are_exactly_these() -> None:
    assert [one.id for one in the_protocol().symptoms.values() if one.red] == RED_SYMPTOMS


@pytest.mark.parametrize("symptom", RED_SYMPTOMS)
@pytest.mark.parametrize("change", ["new", "same", "better", "worse"])
def test_a_red_symptom_is_red_whatever_the_numbers_until_it_is_gone(symptom: str, change: str) -> None:
    still = Symptom(symptom=symptom, change=change)
    assert [f.level for f in found_by(a_set(), said=[still])] == [Level.RED]
    assert [f.level for f in found_by(a_set(), said=[], still_open=(still,))] == [Level.RED]
    assert [f.level for f in found_by(a_set(), said=None, still_open=(still,))] == [Level.RED]
    assert found_by(a_set(), said=[Symptom(symptom=symptom, change="gone")], still_open=(still,)) == ()


GRADED = [
    ("nausea", "moderate", Level.AMBER),
    ("nausea", "mild", None),
    ("nausea", "severe", Level.AMBER),
    ("nausea", None, None),
    ("nausea", "dreadful", None),
    ("nosebleed", "mild", Level.AMBER),
    ("nosebleed", "moderate", Level.RED),
    ("neck pain", "mild", Level.AMBER),
    ("headache", "moderate", None),
    ("headache", "severe", Level.RED),
    ("rash", "severe", None),
    ("a word of an older protocol", None, Level.AMBER),
]


@pytest.mark.parametrize(("symptom", "severity", "level"), GRADED)
def test_the_severity_of_a_symptom_decides_its_level(symptom: str, severity: str | None, level: Level | None) -> None:
    found = found_by(a_set(), said=[Symptom(symptom=symptom, severity=severity)])
    assert max((f.level for f in found), default=None) == level


def test_a_severity_said_once_stays_until_another_is_said() -> None:
    still = (a_symptom("nausea moderate"),)
    assert [f.level for f in found_by(a_set(), said=[a_symptom("nausea same")], still_open=still)] == [Level.AMBER]
    assert found_by(a_set(), said=[a_symptom("nausea mild")], still_open=still) == ()


# ---- first faults that no test had noticed (`make mutants`) ----------------------------------------------------------


SYMPTOM_FINDINGS = [
    ("a word of an older protocol", Level.AMBER, "OWN", "review"),
    ("chest pain", Level.RED, "S-001 L425", "red_symptom"),
    ("headache severe", Level.RED, None, "red_symptom"),
    ("nausea moderate", Level.AMBER, None, "review"),
]


@pytest.mark.parametrize(("said", "level", "source", "action"), SYMPTOM_FINDINGS)
def test_a_symptom_names_its_source_and_what_to_do(said: str, level: Level, source: str | None, action: str) -> None:
    protocol = the_protocol()
    symptom = Symptom(symptom=said) if source == "OWN" else a_symptom(said)
    [found] = found_by(a_set(), said=[symptom])
    assert (found.level, found.action) == (level, protocol.actions[action])
    assert found.source == (source or protocol.symptoms[symptom.symptom].source)
