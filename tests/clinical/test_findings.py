"""What a finding says to a nurse, and the level a set of vital signs has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.clinical.facts import VitalSignsRecorded
from models.clinical.findings import Level
from models.clinical.limits import level_of
from models.clinical.vital_signs import is_complete, values_of
from tests.clinical.builders import a_baseline, a_set
from tests.clinical.finding import found_by

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
