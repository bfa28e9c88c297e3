"""A small scenario for tests: one chair, an infusion that has run for an hour, and whatever a test puts beside it."""

from __future__ import annotations

from pathlib import Path

from seed.checking import checked
from seed.playing import play_headless
from seed.scenario_file import Scenario
from seed.solution_file import Solution
from tests.seed.plays import PROTOCOL, new_folder

HEAD = """
title = "Small"
objectives = ["To be tested"]
minutes = 60
seed = "small 1"
date = 2026-11-16
starts = "10:20"
"""
CHAIR = """
[[chairs]]
chair = "1"
patient = { family_name = "Abara", given_name = "Chidi", born = 1986-09-02, patient_id = "9990009001" }
course = 1
day = 1
nurse = "okafor"
start = "09:30"
steps = [
    { at = "08:00", values = [70, 110, 70, 36.6, 98, 14] },
    { at = "10:30", values = [80, 120, 74, 36.8, 98, 14] },
    { at = "11:30", values = [80, 120, 74, 36.8, 98, 14] },
]
"""


def written(more: str = "", head: str = HEAD, chair: str = CHAIR) -> Path:
    path = new_folder() / "small.toml"
    path.write_text(head + chair + more, encoding="utf-8")
    return path


def small(more: str = "", chair: str = CHAIR) -> Scenario:
    return checked(written(more, chair=chair), PROTOCOL)


def played(scenario: Scenario, *acts: tuple, choices: dict[str, float] | None = None):
    """Acts as (minute, act, body) by Okafor at chair 1, in minutes from the start; with none a note at the end."""
    told = tuple(
        {"at": at, "chair": "1", "by": "okafor", "act": act, "body": body[0] if body else {}}
        for at, act, *body in acts or [(59, "note", {"text": "end"})]
    )
    solution = Solution.model_validate({"scenario": "small", "choices": choices or {}, "acts": told})
    return play_headless(scenario, solution, new_folder(), PROTOCOL)
