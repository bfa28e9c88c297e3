"""Every limit of the protocol, row by row: at its threshold, a step short of it, and without a baseline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models.clinical.facts import VitalSignsRecorded
from models.clinical.findings import Baseline, Finding, Level
from models.clinical.limits import level_of
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import Limit
from models.clinical.thresholds import references_of, threshold
from models.clinical.vital_signs import PARAMETERS
from tests.clinical.builders import a_baseline, a_set, the_protocol
from tests.clinical.finding import found_by

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


def test_every_finding_names_its_source_and_what_to_do() -> None:
    for row in ROWS:
        for finding in found_by_row(row):
            assert finding.source and finding.action.endswith(".") and "{" not in finding.action


# ---- first faults that no test had noticed (`make mutants`) ----------------------------------------------------------


def test_a_protocol_without_a_row_for_consciousness_or_for_low_values_finds_none() -> None:
    rows = the_protocol().limits
    no_words = replace(the_protocol(), limits=tuple(row for row in rows if row.other_than is None))
    assert found_by(a_set(consciousness="confused"), protocol=no_words) == ()
    upward = replace(the_protocol(), limits=tuple(row for row in rows if row.at_least is not None))
    assert found_by(a_set(20), protocol=upward) == ()
    assert [f.level for f in found_by(a_set(131), protocol=upward)] == [Level.RED]
