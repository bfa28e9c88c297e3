"""A few simulated ward days: the promise is measured, the same seed gives the same figures, and breaking it is seen."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest

from models.clinical.alert import Priority
from tests.alarm_budget.__main__ import main
from tests.alarm_budget.counted import Figures, broken, counted, is_red
from tests.alarm_budget.drawn import Person
from tests.alarm_budget.ward_days import Lived, simulated
from tests.clinical.builders import the_protocol

pytestmark = pytest.mark.xdist_group("alarm budget")  # the simulated day is lived through once
SEED = 1


@cache
def a_ward_day() -> tuple[Lived, ...]:
    return tuple(simulated(the_protocol(), SEED, 1))


def figures() -> Figures:
    return counted(a_ward_day(), the_protocol())


def test_a_simulated_ward_day_is_lived_to_its_end_by_everybody_in_it():
    assert len(a_ward_day()) == 13
    assert all(one.status.closed_at is not None and len(one.status.sets) >= 7 for one in a_ward_day())
    assert [one.status.phase.value for one in a_ward_day() if one.event is None] == ["discharged"] * 12


def test_a_calm_day_has_at_most_one_alert_an_hour_and_the_planted_event_is_found():
    found = figures()
    assert found.an_hour_median <= 1 and found.planted == 1 and found.missed == ()
    assert broken(found) == []


def test_the_same_seed_gives_the_same_figures_and_another_seed_others():
    assert counted(simulated(the_protocol(), SEED, 1), the_protocol()) == figures()
    assert counted(simulated(the_protocol(), SEED + 1, 1), the_protocol()) != figures()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"uneventful_red": 2, "uneventful": 50}, "Red on 4.0% of uneventful days"),
        ({"an_hour_median": 1.01}, "1.01 alerts per chair-hour"),
        ({"missed": ("anaphylaxis (event-4)",)}, "A true event was missed: anaphylaxis (event-4)."),
    ],
)
def test_what_of_the_promise_is_broken_is_said(changed: dict[str, object], sentence: str):
    [said] = broken(replace(figures(), **changed))
    assert said.startswith(sentence)


def test_at_its_edge_the_promise_holds():
    assert broken(replace(figures(), uneventful_red=1, uneventful=50, an_hour_median=1.0)) == []


def test_an_event_nobody_was_told_of_is_missed():
    [event] = [one for one in a_ward_day() if one.event is not None]
    assert is_red(event)
    deaf = counted([*a_ward_day()[:-1], replace(event, alerts=())], the_protocol())
    assert deaf.missed == ("rising pressure, then stroke (event-1)",)


def test_the_print_tells_every_figure_and_its_exit_code_says_whether_it_holds(capsys: pytest.CaptureFixture[str]):
    assert main(["days=1", f"seed={SEED}"]) == 0
    told = capsys.readouterr().out
    assert "The promise holds." in told and "planted events · missed | 0 missed | 1 · 0" in told


def test_drawn_patients_have_the_published_means_and_spreads():
    people = [Person.drawn(Random(number), 1, "SHO") for number in range(4000)]
    rises = [one.rise["systolic"] for one in people]
    mean = sum(one.resting["systolic"] for one in people) / len(people)
    assert mean == pytest.approx(119.8, abs=1) and sum(rises) / len(rises) == pytest.approx(19.2, abs=0.5)
    errors = [Random(f"error {place}").gauss(0, 18**0.5) for place in range(len(people))]
    readings = [one.resting["systolic"] + error for one, error in zip(people, errors, strict=True)]
    spread = (sum((value - mean) ** 2 for value in readings) / len(readings)) ** 0.5
    assert spread == pytest.approx(15.1, abs=0.6)


def test_alerts_nobody_heard_are_not_counted():
    found = figures()
    heard = sum(alert.sounded_at is not None for one in a_ward_day() if one.event is None for alert in one.alerts)
    assert sum(found.an_hour[priority] for priority in Priority) * found.chair_hours == pytest.approx(heard)
