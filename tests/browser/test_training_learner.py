"""A learner in a training room: joining, measuring, a hint, a network that goes and comes, a reset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from dashboard.training.room import Room
from tests.browser.chair_steps import tap, typed, wait_for_level, wait_for_state
from tests.browser.tablet import Tablet
from tests.dashboard.training import TrainingServer, a_training_server, at

HEADACHE = timedelta(minutes=70)
"""From the start of the scenario *stroke*: 11:30."""


@pytest.fixture
def training(tmp_path: Path) -> Iterator[TrainingServer]:
    with a_training_server(tmp_path) as ward:
        yield ward


def join(tablet: Tablet, room: Room) -> None:
    """With a keyboard alone."""
    tablet.open("/join")
    keys = lambda *pressed: tablet.driver.switch_to.active_element.send_keys(*pressed)  # noqa: E731
    keys(room.code.lower())
    tablet.wait_until(lambda: tablet.text("#room-title") == f"Room {room.code}", 5, "the room was never found")
    tablet.wait_until(lambda: tablet.run("return document.activeElement.id") == "name", 5, "the name is not asked for")
    keys("Ana", Keys.TAB, Keys.SPACE, Keys.ARROW_DOWN, Keys.ENTER)
    tablet.wait_until_live()


def measure(tablet: Tablet, room: Room) -> None:
    """Begun while the clock is held; then a minute passes."""
    tap(tablet, "#measure")
    tablet.wait_until(lambda: tablet.text("#measure") == "Measuring … 1:00 clock held", 5, "it waits")
    go(room, timedelta(minutes=1))
    tablet.wait_until(lambda: tablet.text("#measure") == "Measure", 10, "the minute has passed")


def go(room: Room, by: timedelta) -> None:
    room.clock.set_now(room.clock.now() + by)
    room.look()


@pytest.mark.slow
def test_a_learner_joins_measures_and_records_loses_the_network_and_is_brought_back_after_a_reset(
    training: TrainingServer, new_tablet: Callable[..., Tablet]
) -> None:
    room = training.room()
    patient = room.plays[0].player.patients["1"]
    tablet = new_tablet(training.address)
    join(tablet, room)
    assert room.learners[0].staff_id == "lindqvist"
    assert "TRAINING · Ana" in tablet.text(".strip-name") and "Leave the room" in tablet.text(".sign-off")
    at(room, HEADACHE)
    tablet.wait_until(lambda: "11:30: “I have a slight headache.”" in tablet.text("#bedside-calls"), 5, "it calls")
    tap(tablet, ".bedside-call")
    tablet.wait_until_live()
    assert "11:30 “I have a slight headache.”" in tablet.text("#bedside-noticed")

    # What was typed by hand stays when the device is ready, and is replaced when it is used again.
    tap(tablet, "#vs-heart-rate")
    tablet.driver.switch_to.active_element.send_keys("61", Keys.ESCAPE)
    tablet.wait_until(lambda: room.learners[0].form_until, 5, "the room waits for the form")
    measure(tablet, room)
    first = patient.measured(HEADACHE.seconds / 60)
    assert typed(tablet) == ["61", str(first.systolic), str(first.diastolic)]
    assert f"Stays as typed: heart rate 61 (measured {first.heart_rate})." in tablet.text("#measured")
    assert "Asked, the patient says: “I have a slight headache.”" in tablet.text("#measured")
    measure(tablet, room)
    second = patient.measured(HEADACHE.seconds / 60 + 1)
    assert typed(tablet) == [str(second.heart_rate), str(second.systolic), str(second.diastolic)]
    tablet.wait_until(
        lambda: "Symptoms not" in tablet.text("#vs-level") or "amber" in tablet.text("#vs-level").lower(), 5
    )
    assert tablet.run("return document.querySelectorAll('[data-symptom][aria-pressed=true]').length") == 0
    assert tablet.text("#vs-when-said") == "11:31", "when it was begun, not when it is saved"
    tap(tablet, "[data-none-new]")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")
    player = room.plays[0].player
    facts = player.charting.day(player.days["1"]).facts
    assert facts[-1].happened_at == room.scenario.started_at + HEADACHE + timedelta(minutes=1)
    assert tablet.text("#measured") == "" and tablet.text("#vs-when-said") == "now"
    assert tablet.text(".room-pace") == "held"
    tablet.wait_until(lambda: not room.learners[0].form_until, 5, "nobody is waited for any more")

    room.hints_shown = True
    room.look()
    tablet.wait_until(lambda: "Hint: " in tablet.text("#bedside-hints"), 5, "the hint is shown")

    # The network goes: the page says so, and an entry keeps its values until it is back.
    tablet.outage_expected = True
    room.learners[0].offline_until = room.clock.real() + 60
    assert tablet.seconds_until(lambda: "NOT LIVE" in tablet.text("#not-live"), 10) < 10
    for field, value in (("heart-rate", "80"), ("systolic", "150"), ("diastolic", "90")):
        tap(tablet, f"#vs-{field}")
        tablet.driver.switch_to.active_element.send_keys(value, Keys.ESCAPE)
    tap(tablet, "[data-none-new]")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "NOT SAVED", 15)
    assert typed(tablet) == ["80", "150", "90"]
    room.learners[0].offline_until = None
    tablet.wait_until_live(10)
    wait_for_state(tablet, "Saved ", 10)

    # A reset: what is typed belongs to a day that is gone, and the tablet comes back to its page by itself.
    tap(tablet, "#vs-heart-rate")
    tablet.driver.switch_to.active_element.send_keys("99", Keys.ESCAPE)
    tablet.wait_until(lambda: room.learners[0].form_until, 5, "a form is open")
    wait_for_level(tablet, "not measured")
    training.leads(room.code).post(f"/api/training/rooms/{room.code}/reset").raise_for_status()
    tablet.wait_until(lambda: tablet.text(".ward-clock") == "10:20" and typed(tablet) == ["", "", ""], 15, "it is back")
    tablet.wait_until_live()
    assert tablet.driver.current_url == f"{training.address}/chair/1"

    tap(tablet, "#chair-nurse button")
    tap(tablet, "#panel-nurse [data-sign-off]")
    tablet.wait_until(lambda: "/join?code=" in tablet.driver.current_url, 10, "out of the room")
    tablet.wait_until(lambda: tablet.text("#room-title") == f"Room {room.code}", 5, "the room can be joined again")
    assert all(learner.left for learner in room.learners)
