"""What a set holds: when it is complete, what cannot be entered, and what is asked again but never refused."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clinical.facts import Symptom, VitalSignsRecorded
from models.clinical.symptoms import impossible_symptom, open_after
from models.clinical.taken import completed, overlaps
from models.clinical.vital_signs import (
    MEASURED,
    PARAMETERS,
    consciousness_word,
    has_readings,
    implausible,
    impossible,
    is_complete,
)
from tests.clinical.builders import a_set, a_symptom, the_protocol

COMPLETE = [
    (a_set(), True),
    (a_set(symptoms=["chest pain"]), True),
    (a_set(0, "0/0"), True),
    (a_set(None), False),
    (a_set(pressure="118/--"), False),
    (a_set(pressure="--/74"), False),
    (a_set(symptoms=None), False),
    (a_set(None, "--/--", 36.6, 98, 14, symptoms=None), False),
]


@pytest.mark.parametrize(("recorded", "expected"), COMPLETE)
def test_a_set_is_complete_with_heart_rate_both_pressures_and_symptoms_asked(
    recorded: VitalSignsRecorded, expected: bool
) -> None:
    assert is_complete(recorded) == expected


def test_nothing_measured_and_nothing_asked_has_no_readings() -> None:
    assert not has_readings(VitalSignsRecorded(arm="left", partial_reason="equipment"))
    assert has_readings(VitalSignsRecorded(heart_rate=0))
    assert has_readings(VitalSignsRecorded(symptoms=()))
    assert has_readings(VitalSignsRecorded(consciousness="alert"))


def entry(field: str, value: Any) -> VitalSignsRecorded:
    changed: dict[str, Any] = {field: value}
    return replace(a_set(), **changed)


CANNOT_BE = [
    ("heart_rate", 0, None),
    ("heart_rate", -1, "heart_rate"),
    ("heart_rate", 999, None),
    ("heart_rate", 1000, "heart_rate"),
    ("heart_rate", 72.0, "heart_rate"),
    ("heart_rate", 72.5, "heart_rate"),
    ("heart_rate", "72", "heart_rate"),
    ("heart_rate", True, "heart_rate"),
    ("heart_rate", math.nan, "heart_rate"),
    ("heart_rate", math.inf, "heart_rate"),
    ("systolic", 75, None),
    ("systolic", 74, "diastolic"),
    ("systolic", 73, "diastolic"),
    ("diastolic", 117, None),
    ("diastolic", 118, "diastolic"),
    ("temperature", 36, None),
    ("temperature", 36.6, None),
    ("temperature", 36.65, "temperature"),
    ("temperature", math.nan, "temperature"),
    ("temperature", -0.1, "temperature"),
    ("temperature", False, "temperature"),
    ("spo2", -1, "spo2"),
    ("respiratory_rate", 14.5, "respiratory_rate"),
    ("consciousness", "alert", None),
    ("consciousness", "U", None),
    ("consciousness", "asleep", "consciousness"),
    ("consciousness", "", "consciousness"),
]


@pytest.mark.parametrize(("field", "value", "named"), CANNOT_BE)
def test_what_cannot_be_is_named_with_its_field(field: str, value: Any, named: str | None) -> None:
    told = impossible(entry(field, value))
    assert (told[0] if told else None) == named
    if told:
        assert told[1].endswith(".") and "error" not in told[1].lower() and "invalid" not in told[1].lower()


def test_swapped_pressures_say_so() -> None:
    told = impossible(a_set(pressure="74/118"))
    assert told == (
        "diastolic",
        "Systolic 74 mmHg must be higher than diastolic 118 mmHg; look whether they are swapped.",
    )


@pytest.mark.parametrize("pressure", ["118/--", "--/118"])
def test_one_pressure_alone_is_not_compared(pressure: str) -> None:
    assert impossible(a_set(pressure=pressure)) is None


@given(st.one_of(st.integers(), st.floats(), st.booleans(), st.text(max_size=4)), st.sampled_from(MEASURED))
def test_whatever_is_entered_is_either_named_or_a_number_of_its_parameter(value: Any, field: str) -> None:
    if impossible(replace(VitalSignsRecorded(), **{field: value})) is None:
        assert not isinstance(value, bool | str) and 0 <= value < 1000
        assert round(value, PARAMETERS[field].decimals) == value


PLAUSIBLE = [
    ("heart_rate", 20, 250),
    ("systolic", 40, 300),
    ("diastolic", 20, 200),
    ("temperature", 30.0, 43.0),
    ("spo2", 50, 100),
    ("respiratory_rate", 3, 80),
]


@pytest.mark.parametrize(("field", "low", "high"), PLAUSIBLE)
def test_outside_the_plausible_range_asks_to_confirm(field: str, low: float, high: float) -> None:
    step = 0.1 if PARAMETERS[field].decimals else 1

    def asked(value: float) -> list[str]:
        return [named for named, _ in implausible(entry(field, value), the_protocol())]

    assert asked(low) == asked(high) == []
    assert asked(low - step) == asked(high + step) == [field]
    assert asked(low + step) == asked(high - step) == []


def test_the_question_names_value_and_range_and_a_confirmed_value_is_never_refused() -> None:
    recorded = a_set(12, "305/190")
    assert implausible(recorded, the_protocol()) == [
        ("heart_rate", "Heart rate 12 /min is unusual (20 to 250). Is it right?"),
        ("systolic", "Systolic 305 mmHg is unusual (40 to 300). Is it right?"),
    ]
    assert impossible(recorded) is None


def test_a_value_that_was_not_measured_is_not_asked_about() -> None:
    assert implausible(VitalSignsRecorded(), the_protocol()) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [("A", "alert"), ("alert", "alert"), (" Confused ", "confused"), ("u", "unresponsive"), ("x", None), ("", None)],
)
def test_consciousness_is_one_of_five_words_or_its_letter(text: str, word: str | None) -> None:
    assert consciousness_word(text) == word


def test_values_are_shown_with_their_units() -> None:
    assert PARAMETERS["systolic"].shown(142) == "142 mmHg"
    assert PARAMETERS["temperature"].shown(38) == "38.0 °C"
    assert PARAMETERS["spo2"].shown(98) == "98 %"
    assert PARAMETERS["consciousness"].shown("alert") == "alert"


# ---- symptoms --------------------------------------------------------------------------------------------------------

UNKNOWN = [
    (a_symptom("headache"), None),
    (a_symptom("headache mild"), None),
    (a_symptom("rash gone"), None),
    (a_symptom("hiccup"), "“hiccup” is not a symptom of the protocol; choose one of its list."),
    (Symptom(symptom="headache", severity="bad"), "Severity is one of mild, moderate, severe."),
    (Symptom(symptom="headache", change="gone away"), "A symptom is one of new, same, better, worse, gone."),
]


@pytest.mark.parametrize(("said", "sentence"), UNKNOWN)
def test_a_symptom_is_one_of_the_protocol(said: Symptom, sentence: str | None) -> None:
    told = impossible_symptom([a_symptom("itching"), said], the_protocol())
    assert told == (None if sentence is None else ("symptoms", sentence))


def test_symptoms_not_asked_are_not_unknown() -> None:
    assert impossible_symptom(None, the_protocol()) is None


def test_a_symptom_stays_open_until_it_is_gone() -> None:
    first = open_after((), [a_symptom("rash"), a_symptom("nausea moderate", note="after lunch")])
    assert open_after(first, None) == first
    assert open_after(first, []) == first
    later = open_after(first, [a_symptom("rash gone"), a_symptom("nausea worse")])
    assert later == (Symptom(symptom="nausea", severity="moderate", change="worse", note="after lunch"),)
    assert open_after(later, [a_symptom("nausea gone")]) == ()


def test_what_was_never_open_can_be_recorded_gone() -> None:
    assert open_after((), [a_symptom("rash gone")]) == ()


# ---- adding to a partial set -----------------------------------------------------------------------------------------


def test_a_partial_set_is_completed_by_what_was_missing() -> None:
    partial = a_set(74, "118/--", symptoms=["rash"])
    both = completed(partial, VitalSignsRecorded(diastolic=74, spo2=98, symptoms=(a_symptom("nausea"),), arm="left"))
    assert both == replace(a_set(74, "118/74", spo2=98), symptoms=(a_symptom("rash"), a_symptom("nausea")), arm="left")


def test_an_addition_without_symptoms_leaves_them_as_they_were() -> None:
    assert completed(a_set(pressure="118/--", symptoms=None), VitalSignsRecorded(diastolic=74)).symptoms is None


def test_an_addition_that_brings_a_value_again_overlaps() -> None:
    assert overlaps(a_set(pressure="118/--"), VitalSignsRecorded(systolic=180))
    assert not overlaps(a_set(pressure="118/--"), VitalSignsRecorded(diastolic=74))
