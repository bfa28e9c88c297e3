"""What a solution file holds: who does what, when; the part of those who play, so that a scenario plays itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from seed.fields import Minutes, Moment, Part, Words, minute_of_day
from seed.scenario_file import Scenario, Watch
from seed.toml_text import Text

FOLDER = Path(__file__).parent / "solutions"


class When(Watch):
    """What the next act waits for: the `count`-th fact of this kind at its chair, whoever recorded it."""


class Doing(Part):
    """One act of one person: at a time, or so many minutes after an alert (a row of the protocol) or a fact.

    `measure` is the act of taking a set: what the simulated patient shows and says at that moment, with `body` on top.
    """

    chair: Words
    act: Words
    by: Words
    at: Moment | None = None
    alert: str = ""
    when: When | None = None
    wait: Minutes = 0
    body: dict[str, Any] = Field(default={})


class Solution(Part):
    """`starts` is that of its scenario, so that times read as the ward's clock; `choices` are the trainer's."""

    scenario: Words
    choices: dict[str, Moment] = Field(default={})
    acts: Annotated[tuple[Doing, ...], Field(min_length=1)]


def read_solution(path: Path, scenario: Scenario) -> tuple[Solution, Text]:
    text = Text(path)
    return text.read(Solution, text.table(), minute_of_day(scenario.starts) or 0.0), text
