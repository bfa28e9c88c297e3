"""Every shipped scenario, played once each way and kept: a play is a whole day through charting."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from models.clinical.protocol import load
from seed.checking import checked, checked_solution
from seed.playing import play_headless
from seed.scenario_file import FOLDER
from seed.solution_file import FOLDER as SOLUTIONS

PROTOCOL = load()
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def scenario(name):
    return checked(FOLDER / f"{name}.toml", PROTOCOL)


@cache
def solution(name):
    return checked_solution(SOLUTIONS / f"{name}.toml", scenario(name), PROTOCOL)


@cache
def solved(name, speed=60.0):
    return play_headless(scenario(name), solution(name), new_folder(), PROTOCOL, speed)


@cache
def left_alone(name):
    return play_headless(scenario(name), None, new_folder(), PROTOCOL)


def new_folder():
    return Path(tempfile.mkdtemp(dir=WHERE[0], prefix="play-"))


WHERE = [None]
"""The folder of this run, which pytest clears away."""
