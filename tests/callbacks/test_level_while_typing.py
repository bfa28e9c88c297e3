"""The level while typing: half-typed is not measured, never normal, and nothing a browser sends breaks it."""

from __future__ import annotations

from typing import Any

import pytest

from callbacks.chair import box_class, missing, read, recorded_of, without_half_typed
from models.clinical.facts import VitalSignsRecorded
from models.clinical.findings import Finding, Level
from models.clinical.protocol import load

PROTOCOL = load()
TYPED = [
    ({}, ["heart rate", "pressure", "symptoms"]),
    ({"heart_rate": 92}, ["pressure", "symptoms"]),
    ({"heart_rate": 0, "systolic": 120, "symptoms": []}, ["diastolic"]),
    ({"heart_rate": 92, "systolic": 120, "diastolic": 70}, ["symptoms"]),
    ({"heart_rate": 92, "systolic": 120, "diastolic": 70, "symptoms": []}, []),
    (
        {"heart_rate": "9x", "systolic": True, "diastolic": None, "symptoms": None},
        ["heart rate", "pressure", "symptoms"],
    ),
]


@pytest.mark.parametrize(("values", "lacking"), TYPED)
def test_what_a_complete_set_still_lacks_is_named(values: dict[str, Any], lacking: list[str]) -> None:
    assert missing(recorded_of(values)) == lacking


def test_numbers_and_symptoms_arrive_as_typed() -> None:
    recorded = recorded_of(
        {"heart_rate": 92, "temperature": 37.1, "symptoms": [{"symptom": "rash", "severity": "mild"}]}
    )
    assert (recorded.heart_rate, recorded.temperature) == (92, 37.1)
    assert recorded.symptoms is not None
    assert [(s.symptom, s.severity, s.change) for s in recorded.symptoms] == [("rash", "mild", "new")]


@pytest.mark.parametrize("text", [None, "", "[]", "{", "7", '"x"'])
def test_anything_but_an_object_is_nothing_typed(text: str | None) -> None:
    assert read(text) == {}
    assert recorded_of(read(text)) == VitalSignsRecorded()


HALF_TYPED = [
    (1, "heart_rate", None),
    (13, "heart_rate", None),
    (20, "heart_rate", 20),
    (250, "heart_rate", 250),
    (2555, "heart_rate", None),
    (13, "systolic", 13),
    (13, "None", 13),
]


@pytest.mark.parametrize(("value", "typing", "judged"), HALF_TYPED)
def test_only_the_field_under_the_finger_may_still_grow(value: int, typing: str, judged: int | None) -> None:
    recorded = VitalSignsRecorded(heart_rate=value, systolic=120)
    assert without_half_typed(recorded, typing, PROTOCOL).heart_rate == judged


def test_the_box_of_a_value_with_a_level_is_tinted_and_no_other() -> None:
    found = (Finding(parameter="systolic", value=142, level=Level.AMBER, limit="", source="", action=""),)
    assert box_class("systolic", found) == "number-box tint-amber"
    assert box_class("heart_rate", found) == "number-box"
