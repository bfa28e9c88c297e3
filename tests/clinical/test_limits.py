"""Limits as a table a nurse can read: the row on the limit stands first, then one below and one above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from models.clinical.facts import Symptom, VitalSignsRecorded
from models.clinical.findings import Baseline, Finding, Level
from models.clinical.limits import NO_SYMPTOMS, findings, level_of
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import Limit
from models.clinical.sets import preview, sets_of
from models.clinical.status import Phase
from models.clinical.thresholds import references_of, threshold
from models.clinical.vital_signs import PARAMETERS, is_complete, values_of
from tests.clinical.builders import (
    Line,
    a_baseline,
    a_course,
    a_set,
    a_strike,
    a_symptom,
    an_infusion_day,
    at,
    the_protocol,
)

# `--` is absent; `repeat` the minutes within which to repeat.
TABLE = """
parameter        | baseline | previous | value | level  | repeat
heart_rate       |       -- |       -- |    50 | amber  | 15
heart_rate       |       -- |       -- |    51 | normal | --
heart_rate       |       -- |       -- |    49 | amber  | 15
heart_rate       |       -- |       -- |    40 | red    | --
heart_rate       |       -- |       -- |    41 | amber  | 15
heart_rate       |       -- |       -- |    39 | red    | --
heart_rate       |       -- |       -- |   111 | amber  | 15
heart_rate       |       -- |       -- |   110 | normal | --
heart_rate       |       -- |       -- |   112 | amber  | 15
heart_rate       |       -- |       -- |   131 | red    | --
heart_rate       |       -- |       -- |   130 | amber  | 15
heart_rate       |       -- |       -- |   132 | red    | --
heart_rate       |       72 |       -- |   102 | amber  | 15
heart_rate       |       72 |       -- |   101 | normal | --
heart_rate       |       72 |       -- |   103 | amber  | 15
heart_rate       |       60 |       -- |   100 | amber  | 15
heart_rate       |       60 |       -- |    99 | normal | --
heart_rate       |       -- |       -- |   102 | normal | --
heart_rate       |       72 |      103 |   102 | amber  | --
heart_rate       |       72 |      101 |   102 | amber  | 15
heart_rate       |       -- |       50 |    50 | amber  | --
heart_rate       |       -- |       51 |    50 | amber  | 15
heart_rate       |       -- |      111 |   111 | amber  | --
heart_rate       |       -- |      110 |   111 | amber  | 15
heart_rate       |       -- |       40 |   120 | amber  | --
systolic         |       -- |       -- |   100 | amber  | 15
systolic         |       -- |       -- |   101 | normal | --
systolic         |       -- |       -- |    99 | amber  | 15
systolic         |       -- |       -- |    90 | red    | --
systolic         |       -- |       -- |    91 | amber  | 15
systolic         |       -- |       -- |    89 | red    | --
systolic         |      130 |       -- |   104 | amber  | 15
systolic         |      130 |       -- |   105 | normal | --
systolic         |      130 |       -- |   103 | amber  | 15
systolic         |      131 |       -- |   104 | amber  | 15
systolic         |      131 |       -- |   105 | normal | --
systolic         |      150 |       -- |   105 | amber  | 15
systolic         |      150 |       -- |   104 | red    | --
systolic         |      150 |       -- |   106 | amber  | 15
systolic         |      149 |       -- |   104 | red    | --
systolic         |      149 |       -- |   105 | amber  | 15
systolic         |       -- |       -- |   104 | normal | --
systolic         |       -- |       -- |   140 | amber  | 15
systolic         |       -- |       -- |   139 | normal | --
systolic         |       -- |       -- |   141 | amber  | 15
systolic         |       -- |      140 |   140 | amber  | --
systolic         |       -- |      160 |   160 | red    | --
systolic         |       -- |      160 |   159 | amber  | --
systolic         |       -- |      160 |   161 | red    | --
systolic         |       -- |      159 |   160 | amber  | 5
systolic         |       -- |      159 |   161 | amber  | 5
systolic         |       -- |      158 |   159 | amber  | --
systolic         |       -- |       -- |   160 | amber  | 5
systolic         |       -- |      182 |   165 | red    | --
systolic         |       -- |       -- |   180 | red    | --
systolic         |       -- |       -- |   179 | amber  | 5
systolic         |       -- |       -- |   181 | red    | --
systolic         |      115 |       -- |   138 | amber  | 15
systolic         |      115 |       -- |   137 | normal | --
systolic         |      115 |       -- |   139 | amber  | 15
systolic         |      113 |       -- |   136 | amber  | 15
systolic         |      113 |       -- |   135 | normal | --
systolic         |       90 |      130 |   130 | red    | --
systolic         |       90 |      130 |   129 | amber  | --
systolic         |       90 |      130 |   131 | red    | --
systolic         |       90 |      129 |   130 | amber  | 5
systolic         |       90 |       -- |   130 | amber  | 5
systolic         |       -- |      130 |   130 | normal | --
diastolic        |       -- |       -- |    50 | amber  | 15
diastolic        |       -- |       -- |    51 | normal | --
diastolic        |       -- |       -- |    49 | amber  | 15
diastolic        |       -- |       -- |    90 | amber  | 15
diastolic        |       -- |       -- |    89 | normal | --
diastolic        |       -- |       -- |    91 | amber  | 15
diastolic        |       -- |      100 |   100 | red    | --
diastolic        |       -- |      100 |    99 | amber  | --
diastolic        |       -- |      100 |   101 | red    | --
diastolic        |       -- |       99 |   100 | amber  | 5
diastolic        |       -- |       -- |   100 | amber  | 5
diastolic        |       -- |       -- |   110 | red    | --
diastolic        |       -- |       -- |   109 | amber  | 5
diastolic        |       -- |       -- |   111 | red    | --
temperature      |       -- |       -- |  38.1 | amber  | 15
temperature      |       -- |       -- |  38.0 | normal | --
temperature      |       -- |       -- |  38.2 | amber  | 15
temperature      |       -- |       -- |  39.1 | red    | --
temperature      |       -- |       -- |  39.0 | amber  | 15
temperature      |       -- |       -- |  39.2 | red    | --
temperature      |       -- |     35.0 |  35.0 | red    | --
temperature      |       -- |     35.0 |  35.1 | normal | --
temperature      |       -- |     35.0 |  34.9 | red    | --
temperature      |       -- |     35.1 |  35.0 | amber  | 5
temperature      |       -- |       -- |  35.0 | amber  | 5
spo2             |       -- |       -- |    95 | amber  | 15
spo2             |       -- |       -- |    96 | normal | --
spo2             |       -- |       -- |    94 | amber  | 15
spo2             |       -- |       -- |    91 | red    | --
spo2             |       -- |       -- |    92 | amber  | 15
spo2             |       -- |       -- |    90 | red    | --
spo2             |       99 |       -- |    96 | amber  | 15
spo2             |       99 |       -- |    97 | normal | --
spo2             |      100 |       -- |    96 | amber  | 15
respiratory_rate |       -- |       -- |    11 | amber  | 15
respiratory_rate |       -- |       -- |    12 | normal | --
respiratory_rate |       -- |       -- |    10 | amber  | 15
respiratory_rate |       -- |       -- |     8 | red    | --
respiratory_rate |       -- |       -- |     9 | amber  | 15
respiratory_rate |       -- |       -- |     7 | red    | --
respiratory_rate |       -- |       -- |    21 | amber  | 15
respiratory_rate |       -- |       -- |    20 | normal | --
respiratory_rate |       -- |       -- |    22 | amber  | 15
respiratory_rate |       -- |       -- |    25 | red    | --
respiratory_rate |       -- |       -- |    24 | amber  | 15
respiratory_rate |       -- |       -- |    26 | red    | --
consciousness    |       -- |       -- | confused     | red    | --
consciousness    |       -- |       -- | alert        | normal | --
consciousness    |       -- |       -- | voice        | red    | --
consciousness    |       -- |       -- | pain         | red    | --
consciousness    |       -- |       -- | unresponsive | red    | --
consciousness    |       -- |       -- | C            | red    | --
consciousness    |       -- |       -- | A            | normal | --
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()[1:]]
NO_BASELINE = a_baseline(None, "118/74", None)
LEVEL = {level.word: level for level in Level}


def measured(parameter: str, text: str) -> float | str | None:
    if text == "--":
        return None
    if parameter == "consciousness":
        return text
    return float(text) if PARAMETERS[parameter].decimals else int(text)


def with_value(parameter: str, value: float | str | None, base: VitalSignsRecorded | None = None) -> VitalSignsRecorded:
    changed: dict[str, Any] = {parameter: value}
    return replace(base or a_set(), **changed)


def baseline_of(parameter: str, text: str) -> Baseline | None:
    """Only this parameter has a reference value."""
    if text == "--":
        return None
    values: dict[str, Any] = {"heart_rate": None, "systolic": None, "diastolic": None, "spo2": None}
    return Baseline(**(values | {parameter: int(text)}), label="day 1", origin={parameter: "day-1"})


def found_by(
    recorded: VitalSignsRecorded,
    previous: dict[str, float | str] | None = None,
    baseline: Baseline | None = None,
    said: Sequence[Symptom] | None = (),
    still_open: tuple[Symptom, ...] = (),
    todays_first: frozenset[str] = NO_SYMPTOMS,
    protocol: Protocol | None = None,
) -> tuple[Finding, ...]:
    return findings(recorded, previous or {}, baseline, said, still_open, todays_first, protocol or the_protocol())


def found_by_row(
    row: tuple[str, ...], base: VitalSignsRecorded | None = None, protocol: Protocol | None = None
) -> tuple[Finding, ...]:
    parameter, baseline, previous, value, *_ = row
    before = measured(parameter, previous)
    return found_by(
        with_value(parameter, measured(parameter, value), base),
        {} if before is None else {parameter: before},
        baseline_of(parameter, baseline),
        protocol=protocol,
    )


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_a_complete_set_has_the_level_of_the_row(row: tuple[str, ...]) -> None:
    found = found_by_row(row)
    assert level_of(found, complete=True) == LEVEL[row[4]]
    assert min((f.repeat_within_minutes for f in found if f.repeat_within_minutes), default=None) == measured(
        "heart_rate", row[5]
    )


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_the_level_is_the_same_when_every_other_value_is_missing_but_never_normal(row: tuple[str, ...]) -> None:
    alone = VitalSignsRecorded()
    expected = Level.NOT_MEASURED if row[4] == "normal" else LEVEL[row[4]]
    assert level_of(found_by_row(row, alone), complete=False) == expected


def test_the_order_of_the_rows_does_not_decide_the_level() -> None:
    turned = replace(the_protocol(), limits=the_protocol().limits[::-1])
    for row in ROWS:
        assert level_of(found_by_row(row, protocol=turned), complete=True) == LEVEL[row[4]]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_an_absent_value_has_no_finding_whatever_came_before(parameter: str) -> None:
    before: dict[str, float | str] = {parameter: "confused" if parameter == "consciousness" else 999}
    assert found_by(with_value(parameter, None), before, a_baseline()) == ()


def test_every_row_of_the_protocol_stands_in_the_table_at_its_limit() -> None:
    on_it = {(f.parameter, f.source) for row in ROWS for f in found_by_row(row)}
    assert {(limit.parameter, limit.source) for limit in the_protocol().limits} <= on_it


@pytest.mark.parametrize("limit", the_protocol().limits, ids=lambda limit: f"{limit.parameter} {limit.measure}")
@pytest.mark.parametrize("reference", [61, 97, 118, 143])
def test_a_limit_is_reached_at_its_threshold_and_not_one_step_short(limit: Limit, reference: int) -> None:
    """The exact comparison, written the long way, for baselines that do not divide evenly."""
    row = threshold(limit, references_of(a_baseline(reference, f"{reference}/{reference}", reference)))
    if row is None:
        assert limit.other_than is not None
        return
    step = 0.1 if PARAMETERS[limit.parameter].decimals else 1
    short = row.at - step if row.upward else row.at + step
    assert row.reached(row.at) and exactly(limit, row.at, reference)
    assert not row.reached(short) and not exactly(limit, short, reference)


def exactly(limit: Limit, value: float, reference: int) -> bool:
    if limit.measure == "value":
        return value >= limit.at_least if limit.at_least is not None else value <= (limit.at_most or 0)
    amount = limit.at_least if limit.at_least is not None else limit.more_than or 0
    change = value - reference if limit.measure.startswith("rise") else reference - value
    if limit.measure.endswith("percent"):
        change, amount = change * 100, amount * reference
    far = change > amount if limit.more_than is not None else change >= amount
    return far and value >= (limit.value_at_least or value)


@pytest.mark.parametrize(
    ("measure", "reference", "at"),
    [("rise", 100, 121), ("rise percent", 115, 139), ("rise percent", 118, 142), ("fall", 100, 79)],
)
def test_more_than_begins_one_step_past_the_limit(measure: str, reference: int, at: int) -> None:
    limit = Limit(parameter="systolic", measure=measure, level=Level.RED, source="OWN", more_than=20)
    row = threshold(limit, (("systolic", reference, "day-1"),))
    assert row is not None and row.at == at


def test_a_baseline_of_nought_gives_no_change() -> None:
    assert found_by(a_set(), baseline=a_baseline(0, "0/0", 0)) == ()


# ---- what a finding says ---------------------------------------------------------------------------------------------

SAYS = [
    (a_set(pressure="142/--"), {}, "systolic 142 mmHg, amber from 140"),
    (a_set(pressure="142/--"), {"systolic": 141}, "systolic 142 mmHg, amber from 140"),
    (a_set(39), {"heart_rate": 38}, "heart rate 39 /min, red at 40 or less"),
    (a_set(pressure="142/--"), {}, "systolic 142 mmHg, +20 % of day-1 118, amber from +20 %"),
    (a_set(pressure="160/--"), {}, "systolic 160 mmHg, amber – repeat now, red if it holds (from 160)"),
    (
        a_set(pressure="164/--"),
        {},
        "systolic 164 mmHg, +46 mmHg (+39 %) of day-1 118, amber – repeat now, red if it holds (from +40 mmHg)",
    ),
    (a_set(pressure="168/--"), {"systolic": 164}, "systolic 168 mmHg after 164, red from 160 twice"),
    (a_set(pressure="80/--"), {}, "systolic 80 mmHg, −32 % of day-1 118, red beyond −30 %"),
    (a_set(104), {}, "heart rate 104 /min, +30 /min of day-1 74, amber from +30 /min and 100"),
    (a_set(50), {}, "heart rate 50 /min, amber at 50 or less"),
    (a_set(spo2=95), {}, "SpO₂ 95 %, −3 % of day-1 98, amber from −3 %"),
    (a_set(temperature=38.1), {}, "temperature 38.1 °C, amber from 38.1"),
    (a_set(consciousness="C"), {}, "consciousness confused, red unless alert"),
]


@pytest.mark.parametrize(("recorded", "previous", "sentence"), SAYS, ids=[row[2] for row in SAYS])
def test_a_finding_names_the_value_and_its_limit(
    recorded: VitalSignsRecorded, previous: dict[str, float | str], sentence: str
) -> None:
    assert sentence in [f.limit for f in found_by(recorded, previous, a_baseline())]


def test_every_finding_names_its_source_and_what_to_do() -> None:
    for row in ROWS:
        for finding in found_by_row(row):
            assert finding.source and finding.action.endswith(".") and "{" not in finding.action


def test_the_first_value_that_would_be_red_offers_a_pause_and_the_second_is_confirmed() -> None:
    [first] = found_by(a_set(pressure="160/74"))
    [second] = found_by(a_set(pressure="160/74"), {"systolic": 160})
    assert (first.offers_pause, first.confirmed, first.twice) == (True, False, False)
    assert (second.offers_pause, second.confirmed, second.twice) == (False, True, True)


def test_amber_twice_in_a_row_asks_for_a_doctor_instead_of_another_repeat() -> None:
    [finding] = found_by(a_set(pressure="142/74"), {"systolic": 141})
    assert finding.twice and finding.repeat_within_minutes is None and "doctor" in finding.action


def test_the_worst_finding_comes_first() -> None:
    found = found_by(a_set(112, "90/74"))
    assert [f.level for f in found] == [Level.RED, Level.AMBER]


def test_a_row_about_change_shows_the_reference_without_an_origin_as_baseline() -> None:
    baseline = replace(a_baseline(), origin={})
    assert any("of baseline 118" in f.limit for f in found_by(a_set(pressure="142/74"), baseline=baseline))


# ---- several things at once ------------------------------------------------------------------------------------------

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


# ---- previous reading: in the same day, by time, what counts ---------------------------------------------------------

HIGH = a_set(pressure="160/74")
NORMAL = a_set(pressure="120/74")

BETWEEN: dict[str, tuple[list[Line], Level]] = {
    "one high reading after another is red": ([("10:30", HIGH), ("10:35", HIGH)], Level.RED),
    "also when it was hours ago": ([("10:30", HIGH), ("14:30", HIGH)], Level.RED),
    "a normal reading between breaks the pair": ([("10:30", HIGH), ("10:32", NORMAL), ("10:35", HIGH)], Level.AMBER),
    "a partial set without systolic between does not": (
        [("10:30", HIGH), ("10:32", a_set(pressure="--/74")), ("10:35", HIGH)],
        Level.RED,
    ),
    "a struck normal reading between does not": (
        [("10:30", HIGH), ("10:32", NORMAL), ("10:35", HIGH), ("10:36", a_strike(7))],
        Level.RED,
    ),
    "a struck first reading confirms nothing": (
        [("10:30", HIGH), ("10:31", a_strike(6)), ("10:35", HIGH)],
        Level.AMBER,
    ),
    "the earlier time counts, not the earlier entry": ([("10:35", HIGH), ("10:30", NORMAL, "10:36")], Level.AMBER),
    "at the same minute the earlier entry is the earlier reading": ([("10:35", HIGH), ("10:35", HIGH)], Level.RED),
    "a reading that came late from between breaks the pair": (
        [("10:30", HIGH), ("10:35", HIGH), ("10:32", NORMAL, "10:40")],
        Level.AMBER,
    ),
}


@pytest.mark.parametrize("name", BETWEEN)
def test_a_reading_is_confirmed_by_the_previous_one_that_counts(name: str) -> None:
    lines, expected = BETWEEN[name]
    day = an_infusion_day(*lines, phase=Phase.INFUSION)
    newest = sets_of(day, a_course(baseline=NO_BASELINE), the_protocol()).standing[-1]
    assert newest.level == expected


# The value at each limit that needs two readings, one a step short of it, and a normal one.
CONFIRMED: dict[str, tuple[VitalSignsRecorded, VitalSignsRecorded, VitalSignsRecorded, VitalSignsRecorded]] = {
    "systolic": (a_set(pressure="160/74"), a_set(pressure="159/74"), NORMAL, a_set(pressure="--/74")),
    "diastolic": (a_set(pressure="139/100"), a_set(pressure="139/99"), NORMAL, a_set(pressure="139/--")),
    "temperature": (a_set(temperature=35.0), a_set(temperature=35.1), a_set(temperature=36.6), a_set()),
}


def test_every_limit_that_needs_two_readings_stands_in_the_table_of_pairs() -> None:
    assert {row.parameter for row in the_protocol().limits if row.confirmed} == CONFIRMED.keys()


@pytest.mark.parametrize("parameter", CONFIRMED)
def test_a_pair_of_every_such_limit_is_red_at_it_and_amber_a_step_short_whatever_stands_between(parameter: str) -> None:
    """A partial set without the value and a struck one between them change nothing; a normal one breaks the pair."""
    on_it, short, normal, partial = CONFIRMED[parameter]

    def newest(*lines: Line) -> Level:
        day = an_infusion_day(*lines, phase=Phase.INFUSION)
        known = sets_of(day, a_course(), the_protocol()).standing[-1]
        own = [f for f in known.findings if f.parameter == parameter and not f.is_change]
        return max((f.level for f in own), default=Level.NORMAL)

    first, last = ("10:30", on_it), ("10:35", on_it)
    assert newest(first) is Level.AMBER
    assert newest(first, last) is Level.RED
    assert newest(first, ("10:32", partial), last) is Level.RED
    assert newest(first, ("10:32", normal), last, ("10:36", a_strike(7))) is Level.RED
    assert newest(first, ("10:32", normal), last) is Level.AMBER
    assert newest(first, ("10:32", short), last) is Level.AMBER
    assert newest(first, ("10:35", short)) < Level.RED
    assert newest(("10:30", short), last) is Level.AMBER
    assert newest(first, ("10:31", a_strike(6)), last) is Level.AMBER


def test_todays_baseline_counts_as_a_previous_reading() -> None:
    day = an_infusion_day(("08:00", HIGH), ("10:30", HIGH), day=2)
    assert [one.level for one in sets_of(day, a_course(), the_protocol()).sets] == [Level.AMBER, Level.RED]


def test_a_preview_has_the_level_the_set_will_have() -> None:
    day = an_infusion_day(("10:30", HIGH), phase=Phase.INFUSION)
    for typed in (HIGH, NORMAL, a_set(pressure="--/--"), a_set(symptoms=["chest pain"])):
        level, found = preview(day, a_course(), the_protocol(), at("10:35"), typed)
        saved = an_infusion_day(("10:30", HIGH), ("10:35", typed), phase=Phase.INFUSION)
        newest = sets_of(saved, a_course(), the_protocol()).standing[-1]
        assert (level, found) == (newest.level, newest.findings)


def test_a_preview_of_missing_values_shows_the_level_of_the_set_they_complete() -> None:
    day = an_infusion_day(("10:30", a_set(pressure="120/--")), phase=Phase.INFUSION)
    level, _ = preview(
        day, a_course(), the_protocol(), at("10:35"), replace(VitalSignsRecorded(), diastolic=74, adds_to=6)
    )
    assert level is Level.NORMAL


def test_nothing_typed_is_not_measured() -> None:
    level, found = preview(an_infusion_day(), a_course(), the_protocol(), at("10:35"), VitalSignsRecorded())
    assert (level, found) == (Level.NOT_MEASURED, ())


# ---- level of a set --------------------------------------------------------------------------------------------------

LEVELS = [
    (a_set(), Level.NORMAL),
    (a_set(None), Level.NOT_MEASURED),
    (a_set(pressure="118/--"), Level.NOT_MEASURED),
    (a_set(pressure="--/74"), Level.NOT_MEASURED),
    (a_set(symptoms=None), Level.NOT_MEASURED),
    (a_set(None, "142/--", symptoms=None), Level.AMBER),
    (a_set(None, "--/--", symptoms=["chest pain"]), Level.RED),
    (VitalSignsRecorded(temperature=36.6), Level.NOT_MEASURED),
    (a_set(39, "142/74"), Level.RED),
]


@pytest.mark.parametrize(("recorded", "expected"), LEVELS)
def test_a_set_has_its_worst_level_and_is_normal_only_when_complete(
    recorded: VitalSignsRecorded, expected: Level
) -> None:
    found = found_by(recorded, said=recorded.symptoms)
    assert level_of(found, complete=is_complete(recorded)) == expected


def test_the_readings_of_a_set_hold_nought_but_not_what_was_not_measured() -> None:
    assert values_of(VitalSignsRecorded(heart_rate=0)) == (0, None, None, None, None, None, None)


# ---- first faults that no test had noticed (`make mutants`) ----------------------------------------------------------


def test_consciousness_takes_nothing_away_from_the_other_findings() -> None:
    found = found_by(replace(a_set(pressure="98/60", temperature=38.0), consciousness="confused"))
    assert {f.rule for f in found} >= {"consciousness", "systolic low", "fever with low pressure or oxygen"}


def test_a_protocol_without_a_row_for_consciousness_or_for_low_values_finds_none() -> None:
    rows = the_protocol().limits
    no_words = replace(the_protocol(), limits=tuple(row for row in rows if row.other_than is None))
    assert found_by(a_set(consciousness="confused"), protocol=no_words) == ()
    upward = replace(the_protocol(), limits=tuple(row for row in rows if row.at_least is not None))
    assert found_by(a_set(20), protocol=upward) == ()
    assert [f.level for f in found_by(a_set(131), protocol=upward)] == [Level.RED]


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
