"""A training room in the middle of its scenario: library, panel, the way to join, a learner's chair, the debrief."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.browser.ward_server import WardServer
from tests.shots.camera import Camera, joined, signed_on
from tests.shots.screens import Screen

TRAINER = "castro"
SCENARIO = "stroke"
A_SET = {"heart_rate": 82, "systolic": 142, "diastolic": 88, "symptoms": []}
MOMENTS = 5
"""Decisions and deadlines into the scenario: the patient has complained, and the pressure climbs."""

Wanted = Callable[[Sequence[Screen]], list[Screen]]


def take_training(camera: Camera, ward: WardServer, wanted: Wanted) -> None:
    trainers = [Screen("training", "/training"), Screen("panel", "/training/{code}"),
                Screen("debrief", "/training/{code}/debrief")]  # fmt: skip
    learners = [Screen("room-chair", "/chair/1"), Screen("room-board", "/")]
    joining = [Screen("join", "/join?code={code}")]
    if not wanted([*trainers, *learners, *joining]):
        return
    with ward.client(TRAINER) as trainer:
        code = trainer.http.post("/api/training/rooms", json={"scenario": SCENARIO}).raise_for_status().json()["code"]
        play(ward, trainer, code)
    here = [[one._replace(path=one.path.format(code=code)) for one in wanted(some)]
            for some in (trainers, learners, joining)]  # fmt: skip
    camera.take(here[0], signed_on(TRAINER, f"/api/training/rooms/{code}/take-over"))
    camera.take(here[1], joined(code))
    camera.take(here[2], None)


def play(ward: WardServer, trainer, code: str) -> None:
    """One learner takes the first set that is due; the rest of the time nobody does anything."""
    clock = f"/api/training/rooms/{code}/clock"
    with ward.client() as learner:
        who = {"code": code, "name": "Ana", "role": "lindqvist"}
        learner.http.post("/api/join", json=who).raise_for_status()
        for moment in range(MOMENTS):
            trainer.http.post(clock, json={"to": "next"}).raise_for_status()
            if moment == 0:
                learner.act("1", "vital-signs", A_SET).raise_for_status()
