"""Several things at once: fever with low pressure or oxygen, headache with pressure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.clinical.findings import Level
from tests.clinical.builders import a_baseline, a_set, a_symptom
from tests.clinical.finding import found_by

TOGETHER = [
    # temperature, systolic, SpO2 → red by the combination
    (38.0, 100, None, True),
    (37.9, 100, None, False),
    (38.1, 100, None, True),
    (38.0, 101, None, False),
    (38.0, 99, None, True),
    (38.0, 118, 93, True),
    (38.0, 118, 94, False),
    (38.0, 118, 92, True),
    (38.0, None, 93, True),
    (38.0, None, None, False),
    (None, 100, 93, False),
]


@pytest.mark.parametrize(("temperature", "systolic", "spo2", "expected"), TOGETHER)
def test_fever_with_low_pressure_or_oxygen_is_red(
    temperature: float | None, systolic: int | None, spo2: int | None, expected: bool
) -> None:
    found = found_by(replace(a_set(), temperature=temperature, systolic=systolic, spo2=spo2))
    assert any(f.level is Level.RED and "fever" in f.limit for f in found) == expected


def test_a_combination_names_what_it_saw() -> None:
    found = found_by(a_set(pressure="98/60", temperature=38.0, spo2=93))
    assert found[0].limit == ("fever with low pressure or low oxygen: temperature 38.0 °C, systolic 98 mmHg, SpO₂ 93 %")
    assert (found[0].parameter, found[0].value) == ("temperature", 38.0)


HEADACHES = [
    # said, open before, in today's first set, pressure → level of the symptoms alone, doctor decides, pause offered
    ("headache", "", "", "140/74", Level.AMBER, True),
    ("headache", "", "", "139/74", None, False),
    ("headache", "", "", "118/90", Level.AMBER, True),
    ("headache", "", "", "118/89", None, False),
    ("headache", "", "", "118/--", None, False),
    ("headache", "", "", "--/90", Level.AMBER, True),
    ("migraine", "", "", "140/74", Level.AMBER, True),
    ("nausea", "", "", "140/74", None, False),
    ("", "headache", "", "140/74", Level.AMBER, True),
    ("headache gone", "headache", "", "140/74", None, False),
    ("headache same", "headache", "headache", "140/74", None, False),
    ("headache worse", "headache", "headache", "142/74", Level.AMBER, True),
    ("headache worse", "headache", "headache", "141/74", None, False),
    ("headache severe", "", "", "118/74", Level.RED, False),
    ("headache severe", "", "", "140/74", Level.RED, True),
]


@pytest.mark.parametrize(("said", "before", "first", "pressure", "level", "doctor"), HEADACHES)
def test_headache_and_pressure(
    said: str, before: str, first: str, pressure: str, level: Level | None, doctor: bool
) -> None:
    found = found_by(
        a_set(pressure=pressure),
        baseline=a_baseline(),
        said=[a_symptom(said)] if said else [],
        still_open=(a_symptom(before),) if before else (),
        todays_first=frozenset({first} if first else ()),
    )
    told = [f for f in found if f.parameter == "symptoms"]
    assert max((f.level for f in told), default=None) == level
    assert any(f.needs_doctor for f in told) == doctor


SEVERE = [
    # pressure, day-1 systolic → named
    ("140/74", None, True),
    ("139/74", None, False),
    ("118/90", None, True),
    ("118/89", None, False),
    ("126/74", 105, True),
    ("125/74", 105, False),
]


@pytest.mark.parametrize(("pressure", "reference", "named"), SEVERE)
def test_a_severe_new_headache_with_high_pressure_says_so(pressure: str, reference: int | None, named: bool) -> None:
    baseline = None if reference is None else a_baseline(74, f"{reference}/60")
    found = found_by(a_set(pressure=pressure), baseline=baseline, said=[a_symptom("headache severe")])
    told = [f for f in found if f.limit.startswith("severe new headache with high pressure")]
    assert [f.level for f in told] == ([Level.RED] if named else [])


def test_a_rise_of_a_fifth_is_high_pressure_for_a_new_headache() -> None:
    low = a_baseline(74, "105/60")
    on, short = found_by(a_set(pressure="126/74"), baseline=low, said=[a_symptom("headache")]), found_by(
        a_set(pressure="125/74"), baseline=low, said=[a_symptom("headache")]
    )  # fmt: skip
    assert "new headache with high pressure: systolic 126 mmHg (+20 % of day-1 105)" in [f.limit for f in on]
    assert short == ()


def test_headache_worse_with_rising_pressure_offers_a_pause() -> None:
    found = found_by(
        a_set(pressure="142/74"),
        baseline=a_baseline(),
        said=[a_symptom("headache worse")],
        still_open=(a_symptom("headache"),),
        todays_first=frozenset({"headache"}),
    )
    [worse] = [f for f in found if f.parameter == "symptoms"]
    assert worse.offers_pause and worse.level is Level.AMBER and "Pause" in worse.action
