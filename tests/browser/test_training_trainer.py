"""A trainer in the browser: a room opened in one tap, led, stirred, marked, reset and closed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.chair_steps import tap
from tests.browser.tablet import Tablet
from tests.dashboard.served import PIN
from tests.dashboard.training import TrainingServer, a_training_server


@pytest.fixture
def training(tmp_path: Path) -> Iterator[TrainingServer]:
    with a_training_server(tmp_path) as ward:
        yield ward


def write(tablet: Tablet, selector: str, words: str) -> None:
    field = tablet.find_element(selector)
    field.clear()
    field.send_keys(words)


def opened_room(tablet: Tablet) -> str:
    """From the board, two taps; answers the code that stands large on the panel."""
    tap(tablet, ".board-foot [href='/training']")
    tablet.wait_until_live()
    tap(tablet, "[data-body*='stroke'][data-body*='shared']")
    tablet.wait_until(lambda: "/training/" in tablet.driver.current_url, 20, "the panel opens")
    tablet.wait_until_live()
    return tablet.driver.current_url.rpartition("/")[2]


@pytest.mark.slow
def test_a_trainer_opens_leads_stirs_marks_resets_and_closes_a_room(
    training: TrainingServer, new_tablet: Callable[..., Tablet]
) -> None:
    tablet = new_tablet(training.address)
    tablet.open_as("castro", "/", pin=PIN)
    code = opened_room(tablet)
    room = training.rooms.by_code[code]
    assert tablet.text(".join-code") == code and "Nobody has joined yet" in tablet.text("#panel-learners")
    large = tablet.find_element(".join-code").size["height"]
    training.join(code, "Ana", "lindqvist")
    tablet.wait_until(lambda: "Ana" in tablet.text("#panel-learners"), 5, "the learner is shown")
    assert tablet.find_element(".join-code").size["height"] < large / 2

    # The clock: held, led, and shown by the room's own time.
    assert tablet.text(".panel-time") == "10:20" and tablet.text(".run") == "Start"
    tap(tablet, ".switch[data-body*='slows']")
    tap(tablet, ".speed:last-child")
    tap(tablet, ".run")
    tablet.wait_until(lambda: tablet.text(".panel-time") >= "10:23", 10, "×60 is a minute a second")
    tap(tablet, ".run")
    tablet.wait_until(lambda: tablet.text(".run") == "Go on" and room.clock.rate == 0, 5, "it is held")
    tap(tablet, ".next")
    tablet.wait_until(lambda: tablet.text(".panel-time") == f"{room.clock.now():%H:%M}", 5, "it has jumped")
    assert not room.slows and tablet.axe() == []

    # What is brought about stands in the course; what cannot be is said, and its field has the focus.
    write(tablet, "[data-kind='symptom'] [name='says']", "My head!")
    tap(tablet, "[data-kind='symptom'] [type='submit']")
    tablet.wait_until(lambda: "My head!" in tablet.text("#panel-course"), 5, "the patient says it")
    tap(tablet, "[data-inject='values']")
    write(tablet, "[data-kind='values'] [name='systolic']", "900")
    tap(tablet, "[data-kind='values'] [type='submit']")
    tablet.wait_until(lambda: "what a patient can have" in tablet.text("#training-said"), 5, "it is refused")
    assert tablet.run("return document.activeElement.name") == "systolic"
    assert all("422" in line for line in tablet.console())
    write(tablet, "[data-kind='values'] [name='systolic']", "186")
    tap(tablet, "[data-kind='values'] [type='submit']")
    tablet.wait_until(lambda: tablet.text("#training-said") == "", 5, "it is taken")
    write(tablet, "[data-form='mark'] [name='words']", "Why not now?")
    tap(tablet, "[data-form='mark'] [type='submit']")
    tap(tablet, ".turn")
    tablet.wait_until(
        lambda: "Why not now?" in tablet.text("#panel-course") and "A seizure" in tablet.text("#panel-course"), 5
    )
    tablet.run("window.scrollTo(0, 0)")
    tap(tablet, "[data-do='hints']")
    tablet.wait_until(lambda: room.hints_shown, 5, "learners see hints")
    tap(tablet, "[data-do='offline']")
    tablet.wait_until(lambda: "Back now" in tablet.text("#panel-learners"), 5, "the tablet is cut off")

    # One tap begins anew; closing is asked once.
    tap(tablet, "[data-do='reset']")
    tablet.wait_until(
        lambda: tablet.text(".panel-time") == "10:20" and tablet.text(".run") == "Start", 15, "from its start"
    )
    assert "Nothing has happened yet" in tablet.text("#panel-course") and "Ana" in tablet.text("#panel-learners")
    tap(tablet, "[data-do='close']")
    assert "nothing of it is kept" in tablet.text("[data-do='close']") and code in training.rooms.by_code
    tap(tablet, "[data-do='close']")
    time.sleep(0.8)
    assert code in training.rooms.by_code, "a double tap answers nothing"
    tap(tablet, "[data-do='close']")
    tablet.wait_until(lambda: tablet.driver.current_url.endswith("/training"), 10, "back to the scenarios")
    tablet.wait_until_live()
    assert code not in training.rooms.by_code and tablet.text("#training-rooms") == ""
