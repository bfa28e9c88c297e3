"""A whole lesson: a trainer leads two learners and a board through a suspected stroke, and looks at it with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx2

from tests.browser.chair_steps import tap, wait_for_level, wait_for_state
from tests.browser.tablet import WALL, Tablet
from tests.browser.ward_server import WardServer

STOPPED_BY = "12:05"
"""The face droops then."""
SIGNED_ON = "chairside_training"
"""The trainer's cookie: a room is led by one sign-on."""
NAMED = ("heart-rate", "systolic", "diastolic")


class Lesson:
    """The room of this story: its trainer's tablet, and the room's clock, which the story leads over the API."""

    def __init__(self, leads: httpx2.Client, trainer: Tablet) -> None:
        tap(trainer, """button[data-body*='"stroke"'][data-body*=shared]""")
        trainer.wait_until(lambda: trainer.find_elements("#panel"), 15, "the panel did not open")
        self.code: str = trainer.run("return document.getElementById('panel').dataset.room")
        self.leads = leads

    def joined(self, tablet: Tablet, name: str, role: str, path: str) -> Tablet:
        tablet.open(f"/join?code={self.code}")
        tap(tablet, f"#roles label:has([value={role}])")
        tablet.find_element("#name").send_keys(name)
        tap(tablet, "#join-room [type=submit]")
        tablet.wait_until_live()
        tablet.open(path)
        tablet.wait_until_live()
        return tablet

    def room(self) -> Any:
        return self.leads.get(f"/api/training/rooms/{self.code}").raise_for_status().json()

    def clock(self, **chosen: object) -> None:
        self.leads.post(f"/api/training/rooms/{self.code}/clock", json=chosen).raise_for_status()

    def forward_to(self, time: str) -> None:
        """From decision to decision, and the last stretch by the clock: nothing on the way is left out."""
        while self.now() < time:
            self.clock(to="next")
        self.clock(paused=True)

    def now(self) -> str:
        return f"{datetime.fromisoformat(self.room()['now']):%H:%M}"


def measure(lesson: Lesson, tablet: Tablet) -> list[int]:
    """A cuff takes a simulated minute: six real seconds at ×10, with nothing slowing the clock."""
    lesson.clock(slows=False, rate=10, paused=False)
    tap(tablet, "#measure")
    tablet.wait_until(lambda: all(value_of(tablet, name) for name in NAMED), 15, "nothing was measured")
    lesson.clock(paused=True, slows=True)
    return [int(value_of(tablet, name)) for name in NAMED]


def value_of(tablet: Tablet, name: str) -> str:
    return str(tablet.run(f"return document.getElementById('vs-{name}').value"))


def save(tablet: Tablet, level: str) -> None:
    wait_for_level(tablet, level)
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")


def test_a_trainer_leads_two_learners_and_a_board_through_a_stroke(
    ward: WardServer, open_as: Callable[..., Tablet], new_tablet: Callable[..., Tablet]
) -> None:
    trainer = open_as("castro", "/training")
    with ward.client() as leads:
        leads.http.cookies.set(SIGNED_ON, trainer.driver.get_cookie(SIGNED_ON)["value"])
        whole_lesson(Lesson(leads.http, trainer), trainer, lambda **kind: new_tablet(ward.url, **kind))


def whole_lesson(lesson: Lesson, trainer: Tablet, tablet: Callable[..., Tablet]) -> None:
    ana = lesson.joined(tablet(), "Ana", "lindqvist", "/chair/1")
    ben = lesson.joined(tablet(), "Ben", "mbeki", "/chair/1")
    board = lesson.joined(tablet(size=WALL), "Wall", "farrell", "/?wall")
    trainer.wait_until(lambda: trainer.shows("Ana") and trainer.shows("Ben"), 10, "the panel names its learners")

    # The clock hurries, and waits by itself once the round of 10:30 is due and nobody comes.
    tap(trainer, "button[data-do=clock][data-body*='60']")
    tap(trainer, "#panel-run .run")
    trainer.wait_until(lambda: "At ×1: an alert at chair 1" in trainer.text("#panel-run"), 30, "it did not slow down")
    board.wait_until(lambda: "10:3" in board.text("[data-clock]"), 10, "the board's clock follows")
    assert measure(lesson, ana)[1] > 130
    tap(ana, "[data-none-new]")
    save(ana, "Amber")
    ben.wait_until(lambda: ben.shows("142") or ben.shows("143") or ben.shows("144"), 10, "the second tablet follows")

    lesson.forward_to("11:50")
    ana.wait_until(lambda: ana.shows("It is getting worse."), 10, "the patient's words stand beside the chair")
    assert measure(lesson, ana)[1] >= 160
    for step in ("#vs-other", "[data-symptom=headache]", "[data-severity-is=moderate]", "[data-close-sheet]"):
        tap(ana, step)
    save(ana, "Amber")
    assert measure(lesson, ana)[1] >= 160
    tap(ana, "[data-none-new]")
    save(ana, "Red")
    ben.wait_until(lambda: "Red" in ben.text("#chair-next"), 10, "the second tablet sees red")
    tap(ben, "#stop")
    board.wait_until(lambda: "Stopped – evaluate" in board.text("#card-1"), 10, "the board follows")
    assert lesson.now() <= STOPPED_BY

    trainer.open(f"/training/{lesson.code}/debrief")
    assert trainer.shows("Ben") and trainer.shows("STOP")
    trainer.open(f"/training/{lesson.code}")
    trainer.wait_until_live()

    # One tap, and everybody stands at the start again; nothing that was recorded is left.
    tap(trainer, "button[data-do=reset]")
    for one in (ana, ben, board):
        one.wait_until(lambda one=one: "10:20" in one.text("[data-clock]"), 20, "back at the start")
        one.wait_until_live()
    board.wait_until(lambda: "Stopped" not in board.text("#card-1"), 10, "nothing is left")
    assert not lesson.room()["running"]
    assert [one["name"] for one in lesson.room()["learners"]] == ["Ana", "Ben", "Wall"]
