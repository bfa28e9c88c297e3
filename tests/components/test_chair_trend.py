"""The charts of a chair: limits from the protocol, a point per set, and nothing drawn that was not measured."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from components.trend_limits import bands
from components.trend_points import GROUND, INK, ms
from components.vitals_trend import heart_figure, pressure_figure
from models.clinical.findings import Baseline, Level, VitalSet
from models.clinical.protocol import load
from tests.components import statuses
from tests.components.statuses import NOW, STAFF, ZONE, a_finding, a_set

PROTOCOL = load()
BASE = Baseline(heart_rate=74, systolic=118, diastolic=74, spo2=98, label="day 1")


def chart(draw: Any, *sets: VitalSet, **changes: Any) -> dict[str, Any]:
    status = replace(statuses.calm(), sets=sets, course_baseline=BASE, **changes)
    return draw(status, PROTOCOL, STAFF, ZONE)


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in figure["data"] if one.get("name") == name)


def ago(minutes: int) -> Any:
    return NOW - timedelta(minutes=minutes)


LIMITS = [
    ("heart_rate", (111, 131, 50, 40)),
    ("systolic", (140, 180, 100, 90)),
    ("diastolic", (90, 110, 50, None)),
]


@pytest.mark.parametrize(("parameter", "lines"), LIMITS)
def test_bands_lie_at_the_protocols_plain_limits(parameter: str, lines: tuple[float | None, ...]) -> None:
    found = bands(PROTOCOL, parameter)
    assert (found.amber_from, found.red_from, found.amber_to, found.red_to) == lines


def test_every_line_says_what_it_is_and_there_is_no_legend() -> None:
    layout = chart(heart_figure)["layout"]
    words = [label["text"] for label in layout["annotations"]]
    assert words[:3] == ["red 131", "amber 111", "baseline 74"]
    assert layout["showlegend"] is False


def test_now_is_a_line_with_its_time() -> None:
    layout = chart(heart_figure)["layout"]
    line = next(shape for shape in layout["shapes"] if shape.get("name") == "now")
    assert line["x0"] == line["x1"] == ms(NOW)
    assert next(a for a in layout["annotations"] if a.get("name") == "now")["text"] == "<b>now 14:23</b>"


def test_level_is_shape_as_well_as_colour() -> None:
    amber = a_set(112, 120, 70, ago(60), level=Level.AMBER, findings=(a_finding("heart_rate", 112, Level.AMBER),))
    red = a_set(133, 120, 70, ago(30), level=Level.RED, findings=(a_finding("heart_rate", 133, Level.RED),))
    points = trace(chart(heart_figure, a_set(80, 120, 70, ago(90)), amber, red), "heart rate")
    assert points["marker"]["symbol"] == ["circle", "triangle-up", "octagon"]


def test_a_partial_set_is_hollow_and_one_in_error_is_crossed_out_and_off_the_line() -> None:
    partial = a_set(88, None, None, ago(40))
    struck = a_set(140, 190, 90, ago(20), struck="wrong patient")
    figure = chart(heart_figure, a_set(80, 120, 70, ago(90)), partial, struck)
    points = trace(figure, "heart rate")
    assert points["marker"]["color"][:2] == [INK, GROUND]
    assert points["marker"]["symbol"][2] == "x-thin"
    assert trace(figure, "line")["y"] == [80, 88]
    assert points["text"][2].endswith("entered in error: wrong patient")


def test_a_tap_on_a_point_says_value_time_and_who() -> None:
    points = trace(chart(heart_figure, a_set(90, 136, 84, ago(20))), "heart rate")
    assert points["text"] == ["90 /min · 136/84 mmHg · 14:03 Okafor"]


def test_pressure_is_an_upright_bar_from_diastolic_to_systolic() -> None:
    figure = chart(pressure_figure, a_set(90, 136, 84, ago(20)))
    bar = next(one for one in figure["data"] if one.get("name") == "bars" and one["y"])
    assert bar["y"] == [84, 136, None]


def test_a_missing_diastolic_draws_no_bar_and_no_zero() -> None:
    figure = chart(pressure_figure, a_set(90, 136, None, ago(20)))
    assert all(0 not in one["y"] for one in figure["data"])
    assert [one["y"] for one in figure["data"] if one.get("name") == "bars"] == [[], [], []]


def test_a_value_far_beyond_the_limits_is_still_inside_the_chart() -> None:
    low, high = chart(heart_figure, a_set(28, 120, 70, ago(30)), a_set(196, 120, 70, ago(10)))["layout"]["yaxis"][
        "range"
    ]
    assert low < 28 and high > 196


def test_pauses_are_hatched() -> None:
    figure = heart_figure(statuses.paused(), PROTOCOL, STAFF, ZONE)
    assert trace(figure, "pause")["fillpattern"]["shape"] == "/"


def test_a_figure_is_plain_json_without_a_missing_number() -> None:
    for draw in (heart_figure, pressure_figure):
        text = json.dumps(chart(draw, a_set(None, None, None, ago(5)), a_set(0, 120, 70, ago(3))), allow_nan=False)
        assert len(text) < 12_000
