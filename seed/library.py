"""The scenarios that ship, each with its solution."""

from __future__ import annotations

from collections.abc import Mapping

from models.clinical.protocol import Protocol
from seed.checking import checked, checked_solution
from seed.scenario_file import FOLDER, Scenario
from seed.solution_file import FOLDER as SOLUTIONS
from seed.solution_file import Solution


def library(protocol: Protocol) -> Mapping[str, Scenario]:
    """By the name of the file, in the order of their titles."""
    found = {path.stem: checked(path, protocol) for path in FOLDER.glob("*.toml")}
    return dict(sorted(found.items(), key=lambda one: one[1].title))


def solution_of(name: str, scenario: Scenario, protocol: Protocol) -> Solution:
    return checked_solution(SOLUTIONS / f"{name}.toml", scenario, protocol)
