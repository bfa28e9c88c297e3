"""What a reading is confirmed by: the previous one of the same day, by time, that counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.clinical.facts import VitalSignsRecorded
from models.clinical.findings import Level
from models.clinical.sets import preview, sets_of
from models.clinical.status import Phase
from tests.clinical.builders import Line, a_baseline, a_course, a_set, a_strike, an_infusion_day, at, the_protocol

NO_BASELINE = a_baseline(None, "118/74", None)


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
