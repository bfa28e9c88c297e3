"""A whole lesson: a trainer leads two learners and a board through a suspected stroke, and looks at it with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.browser.chair_steps import tap, wait_for_level, wait_for_state
from tests.browser.tablet import WALL, Tablet
from tests.browser.ward_server import WardServer

STOPPED_BY = "11:52"
NAMED = ("heart-rate", "systolic", "diastolic")


class Lesson:
    """The room of this story: its trainer's tablet, and the room's clock, which the story leads over the API."""

    def __init__(self, ward: WardServer, trainer: Tablet) -> None:
        self.ward, self.trainer = ward, trainer
        tap(trainer, """button[data-body*='"stroke"'][data-body*=shared]""")
        trainer.wait_until(lambda: trainer.find_elements("#panel"), 15, "the panel did not open")
        self.code: str = trainer.run("return document.getElementById('panel').dataset.room")
        self.leads = ward.client("castro").http

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
    """A cuff takes a simulated minute: two real seconds at ×30, with nothing slowing the clock."""
    lesson.clock(slows=False, rate=30, paused=False)
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
    lesson = Lesson(ward, trainer)
    ana = lesson.joined(new_tablet(ward.url), "Ana", "lindqvist", "/chair/1")
    ben = lesson.joined(new_tablet(ward.url), "Ben", "mbeki", "/chair/1")
    board = lesson.joined(new_tablet(ward.url, size=WALL), "Wall", "farrell", "/?wall")
    trainer.wait_until(lambda: trainer.shows("Ana") and trainer.shows("Ben"), 10, "the panel names its learners")

    # The clock hurries, and waits by itself once the round of 10:30 is due and nobody comes.
    tap(trainer, "button[data-do=clock][data-body*='60']")
    tap(trainer, "#panel-run .run")
    trainer.wait_until(
        lambda: "At ×1 for an alert at chair 1" in trainer.text("#panel-run"), 30, "it did not slow down"
    )
    board.wait_until(lambda: "10:3" in board.text("[data-clock]"), 10, "the board's clock follows")
    assert measure(lesson, ana)[1] > 130
    tap(ana, "[data-none-new]")
    save(ana, "Amber")
    ben.wait_until(lambda: ben.shows("142") or ben.shows("143") or ben.shows("144"), 10, "the second tablet follows")

    lesson.forward_to("11:50")
    ana.wait_until(lambda: ana.shows("It is getting worse."), 10, "the patient's words stand beside the chair")
    assert measure(lesson, ana)[1] >= 160
    tap(ana, "[data-symptom=headache]")
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
    for tablet in (ana, ben, board):
        tablet.wait_until(lambda tablet=tablet: "10:20" in tablet.text("[data-clock]"), 20, "back at the start")
        tablet.wait_until_live()
    board.wait_until(lambda: "Stopped" not in board.text("#card-1"), 10, "nothing is left")
    assert not lesson.room()["running"]
    assert [one["name"] for one in lesson.room()["learners"]] == ["Ana", "Ben", "Wall"]
    lesson.leads.close()
