"""The alarms page in words and figures: by priority, by kind, how long answers took, and the empty period."""

from __future__ import annotations

import pytest

from components.alarm_figures import alarm_figures, answer_time
from components.plain_html import plain_html
from models.alarm_statistics import AlarmStatistics, Remembered, alarm_statistics
from models.clinical.facts import AlertAnswered, InfusionDay, Transferred
from models.clinical.rest_of_course import Course
from models.clinical.status import Phase
from tests.clinical.builders import Line, a_set, an_infusion_day, at, the_protocol
from tests.clinical.raised import a_saved_set


def shown(*lines: Line, until: str = "11:00") -> str:
    day: InfusionDay = an_infusion_day(*lines, phase=Phase.INFUSION)
    told = alarm_statistics([(day, Course(number=1))], the_protocol(), at(until))
    return plain_html(alarm_figures(told, "Today", "UTC"))


RED = ("10:00", a_saved_set(74, "182/74", shown="red"))
ANSWER = ("10:00:40", AlertAnswered(alert="systolic high/6", answer="outcome", outcome="seen and safe"))


def test_a_period_without_alerts_says_so():
    nothing = AlarmStatistics(
        until=at("08:00"), chair_hours=0.0, load=(), kinds=(), pairs=statistics_of().pairs, days=()
    )
    text = plain_html(alarm_figures(nothing, "7 days", "UTC"))
    assert "No alerts in this period." in text and "0 infusion days" in text and "<table" not in text
    assert "7 days, until 08:00" in text


def statistics_of(*lines: Line) -> AlarmStatistics:
    day = an_infusion_day(*lines, phase=Phase.INFUSION)
    return alarm_statistics([(day, Course(number=1))], the_protocol(), at("11:00"))


def test_every_priority_and_every_kind_that_was_raised_has_its_row():
    text = shown(RED, ANSWER)
    assert "!!! high" in text and "!! medium" in text and "! low" in text
    assert "!!! Red value" in text and "40 s" in text
    assert "Confirmed pair" not in text


def test_what_repeats_said_is_one_sentence():
    confirmed = shown(("10:30", a_saved_set(74, "165/80")), ("10:34", a_set(pressure="168/80")))
    assert "would be red if they held: 1. Confirmed by the repeat: 1, an artefact: 0." in confirmed
    waiting = shown(("10:58", a_saved_set(74, "165/80")))
    assert "an artefact: 0, 1 still asked for." in waiting
    assert "No first reading asked for a repeat" in shown(RED, ANSWER)


def test_times_are_told_in_the_ward_s_own_clock():
    told = statistics_of(RED)
    assert "until 12:00" in plain_html(alarm_figures(told, "Today", "Europe/Berlin"))


@pytest.mark.parametrize(
    ("seconds", "words"), [(None, "–"), (0.0, "0 s"), (119.0, "119 s"), (120.0, "2 min"), (600.0, "10 min")]
)
def test_an_answer_s_time_is_in_seconds_and_then_in_minutes(seconds: float | None, words: str):
    assert answer_time(seconds) == words


def test_a_closed_day_is_lived_through_once_and_an_open_one_every_time():
    gone = Transferred(where_to="ward", receiver="Sister Maas")
    remembered: Remembered = {}

    def counted(*lines: Line) -> AlarmStatistics:
        day = an_infusion_day(*lines, phase=Phase.INFUSION)
        return alarm_statistics([(day, Course(number=1))], the_protocol(), at("11:00"), remembered)

    assert counted(RED, ANSWER).days[0].chair_hours == 3.25 and remembered == {}
    closed = counted(RED, ANSWER, ("10:45", gone)).days[0]
    assert remembered == {("c1d1", 8): closed} and closed.chair_hours == 3.0
    assert counted(RED, ANSWER, ("10:45", gone)).days[0] is closed


def test_a_day_on_which_nobody_arrived_costs_nothing():
    told = alarm_statistics([(an_infusion_day(), Course(number=1))], the_protocol(), at("11:00"))
    assert told.days == () and told.kinds == () and told.chair_hours == 0
