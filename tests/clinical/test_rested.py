"""A STOP that rested on a reading that was entered in error is marked, and everyone who acted on it is told (D-15)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.clinical.facts import AlertAnswered, EvaluationClosed, EvaluationOpened, InfusionStopped
from models.clinical.status import ChairStatus
from tests.clinical.builders import Line, a_set, a_strike
from tests.clinical.test_monitoring import status

RED = replace(a_set(heart_rate=131), level_shown="red")
AMBER = replace(a_set(pressure="142/80"), level_shown="amber")
CALM = replace(a_set(), level_shown="normal")
STOP = InfusionStopped()
OPENED = EvaluationOpened(reason="red")
CLOSED = EvaluationClosed(outcome="resumed", doctor="Dr Sand", reason="seen")
WRONG = replace(a_strike(6), reason="wrong patient")
FIRST = 6
"""Position of the first line a day is given beyond its beginning."""


def corrected(found: ChairStatus) -> list[str]:
    return [alert.limit for alert in found.alerts if alert.what == "corrected"]


def day(*kinds: object) -> ChairStatus:
    lines: list[Line] = [(f"11:{minute:02d}", kind) for minute, kind in enumerate(kinds)]  # type: ignore[misc]
    return status(*lines, now="12:00")


@pytest.mark.parametrize(
    ("kinds", "stops"),
    [
        ((RED, OPENED, STOP, WRONG), (8,)),
        ((AMBER, STOP, WRONG), (7,)),
        ((RED, OPENED, CALM, STOP, WRONG), (9,)),
        ((AMBER, CALM, STOP, WRONG), ()),
        ((CALM, STOP, WRONG), ()),
        ((RED, OPENED, WRONG, STOP), ()),
        ((RED, OPENED, STOP, CLOSED, WRONG), (8,)),
        ((RED, OPENED, STOP), ()),
        ((RED, OPENED, CLOSED, CALM, STOP, WRONG), ()),
    ],
)  # fmt: skip
def test_a_stop_rests_on_the_last_abnormal_reading_and_on_red_nobody_decided_on(kinds, stops):
    found = day(*kinds)
    assert found.stops_on_error == stops
    assert [("STOP" in limit) for limit in corrected(found)] == ([True] if stops else [False] * len(corrected(found)))


def test_an_amber_reading_that_led_to_a_stop_is_told_though_it_was_not_red():
    assert corrected(day(AMBER, STOP, WRONG)) == ["Recorded as amber, struck as: wrong patient. The STOP rested on it"]
    assert corrected(day(AMBER, WRONG)) == []


def test_a_stop_that_is_struck_itself_rests_on_nothing():
    taken_back = replace(a_strike(8), reason="touched by mistake")
    assert day(RED, OPENED, STOP, taken_back, WRONG).stops_on_error == ()


def test_a_reading_that_came_from_the_wrong_patient_is_told_until_somebody_has_seen_it():
    moved = replace(CALM, moved_from="5")
    (told,) = [alert for alert in day(moved).alerts if alert.what == "moved here"]
    assert told.words == "A reading of this patient was first recorded at chair 5"
    assert (told.priority.word, told.needs_answer, told.position) == ("low", True, FIRST)
    seen = AlertAnswered(alert=told.id, answer="seen")
    assert not [alert for alert in day(moved, seen).alerts if alert.what == "moved here"]
    assert not [alert for alert in day(moved, WRONG).alerts if alert.what == "moved here"]
