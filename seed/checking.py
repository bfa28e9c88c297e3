"""Whether a scenario file and its solution mean something to the ward: every word they use is one it knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.clinical.facts import KINDS
from models.clinical.protocol import Protocol
from models.clinical.symptoms import CHANGES
from models.clinical.vital_signs import MEASURED, consciousness_word
from seed.acts import ACTS, wrong_body
from seed.conditions import Asked, unknown_condition
from seed.playing import MEASURE
from seed.scenario_file import Branch, Change, Scenario, Watch, read
from seed.scenario_ward import HOUR_ONE
from seed.solution_file import Solution, read_solution
from seed.toml_lines import Place
from seed.toml_text import FileRefused
from seed.training_ward import load as training_ward

Wrong = Iterator[tuple[Place, str]]
SHORT = 10
"""So many words can be listed in a sentence."""
FOLDED = frozenset({"checks", "course checks"})


def checked(path: Path, protocol: Protocol) -> Scenario:
    scenario, text = read(path)
    if wrong := [text.sentence(place, words) for place, words in Checking(scenario, protocol).wrong()]:
        raise FileRefused(wrong)
    return scenario


def checked_solution(path: Path, scenario: Scenario, protocol: Protocol) -> Solution:
    solution, text = read_solution(path, scenario)
    if wrong := [text.sentence(place, words) for place, words in Checking(scenario, protocol).of_solution(solution)]:
        raise FileRefused(wrong)
    return solution


def one_of(told: str, known: Iterable[str]) -> str:
    """Of a long list only what is written much like it."""
    words = sorted(known)
    near = words if len(words) <= SHORT else get_close_matches(told, words, n=3, cutoff=0.5)
    return f"“{told}” is not one of {', '.join(near)}" if near else f"“{told}” is not known here"


class Checking:
    def __init__(self, scenario: Scenario, protocol: Protocol) -> None:
        self.scenario = scenario
        self.protocol = protocol
        self.chairs = {chair.chair for chair in scenario.chairs}
        self.staff: Mapping[str, str] = {one["id"]: one["role"] for one in training_ward()["staff"]}
        self.named = {one.id for one in scenario.branches} | {one.id for one in scenario.expected}

    def wrong(self) -> Wrong:
        yield from self._ward()
        for number, chair in enumerate(self.scenario.chairs):
            here: Place = ("chairs", number)
            if chair.nurse is not None and chair.nurse not in self.staff:
                yield (*here, "nurse"), one_of(chair.nurse, self.staff)
            if chair.day > self.protocol.days_in_course(chair.course):
                yield (*here, "day"), f"course {chair.course} has {self.protocol.days_in_course(chair.course)} days"
            yield from self._hour_one(here, chair.hour_one)
            if min(chair.steps, key=lambda step: step.at).values is None:
                yield (*here, "steps"), "the first step says what is measured: it has no values"
            for place, one in enumerate(chair.recorded):
                yield from self._act((*here, "recorded", place), one.act, one.body, FOLDED)
            for place, step in enumerate(chair.steps):
                yield from self._change((*here, "steps", place), step)
        for number, branch in enumerate(self.scenario.branches):
            yield from self._branch(("branches", number), branch)
        yield from self._expected()

    def _ward(self) -> Wrong:
        try:
            ZoneInfo(self.scenario.zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield ("zone",), f"“{self.scenario.zone}” is no time zone"
        for name in self.scenario.noise:
            if name not in MEASURED:
                yield ("noise", name), one_of(name, MEASURED)
        yield from self._twice("chairs", [chair.chair for chair in self.scenario.chairs], "chair")
        yield from self._twice("chairs", [chair.patient.patient_id for chair in self.scenario.chairs], "patient")
        yield from self._twice("branches", [one.id for one in self.scenario.branches], "id")
        yield from self._twice("expected", [one.id for one in self.scenario.expected], "id")

    def _twice(self, table: str, names: list[str], field: str) -> Wrong:
        for number, name in enumerate(names):
            if name in names[:number]:
                yield (table, number, field), f"“{name}” stands here twice"

    def _hour_one(self, here: Place, told: Mapping[str, float]) -> Wrong:
        for name in told:
            if name not in HOUR_ONE:
                yield (*here, "hour_one"), one_of(name, HOUR_ONE)

    def _change(self, here: Place, change: Change) -> Wrong:
        if change.consciousness is not None and consciousness_word(change.consciousness) is None:
            yield (*here, "consciousness"), f"“{change.consciousness}” is no word for consciousness"
        for told in change.symptoms:
            if told.symptom not in self.protocol.symptoms:
                yield (*here, "symptoms"), f"“{told.symptom}” is not a symptom of the protocol"
            if told.change not in CHANGES:
                yield (*here, "symptoms"), one_of(told.change, CHANGES)
            if told.severity is not None and told.severity not in self.protocol.severities:
                yield (*here, "symptoms"), one_of(told.severity, self.protocol.severities)
        if change.act:
            yield from self._act(here, change.act, change.body)
            if change.by not in self.staff:
                yield (*here, "by"), one_of(change.by, self.staff)

    def _act(self, here: Place, act: str, body: Mapping[str, Any], more: Iterable[str] = ()) -> Wrong:
        if act not in ACTS and act not in more:
            yield (*here, "act"), one_of(act, {*ACTS, *more})
        elif (wrong := wrong_body(act, body)) is not None:
            yield (*here, "body"), wrong

    def _chair(self, here: Place, chair: str) -> Wrong:
        if chair not in self.chairs:
            yield (*here, "chair"), one_of(chair, self.chairs)

    def _fact(self, here: Place, asked: Asked) -> Wrong:
        for kind in asked.fact:
            if kind not in KINDS:
                yield (*here, "fact"), one_of(kind, KINDS)
            elif (unknown := unknown_condition(kind, asked.where)) is not None:
                yield (*here, "where"), f"{kind} has no “{unknown}”"
        for number, one in enumerate(asked.alternatives):
            yield from self._fact((*here, "or", number), one)

    def _after(self, here: Place, after: str, own: str) -> Wrong:
        if after and (after not in self.named or after == own):
            yield (*here, "after"), one_of(after, self.named - {own})

    def _branch(self, here: Place, branch: Branch) -> Wrong:
        yield from self._chair(here, branch.chair)
        yield from self._after(here, branch.after, branch.id)
        kinds = [bool(branch.choice), branch.did is not None, branch.not_done is not None]
        timed = branch.at is not None or bool(branch.after)
        if sum(kinds) > 1 or not (any(kinds) or timed):
            yield here, "a branch waits for one thing: a time, a choice, or what somebody did or had not done"
        if branch.not_done is not None and (branch.within is None or not timed):
            yield (*here, "not_done"), "say from when (at or after) and within how many minutes"
        for field, watch in (("did", branch.did), ("not_done", branch.not_done)):
            if watch is not None:
                yield from self._fact((*here, field), watch)
        yield from self._unless((*here, "unless"), branch)
        for place, step in enumerate(branch.steps):
            yield from self._change((*here, "steps", place), step)

    def _unless(self, here: Place, branch: Branch) -> Wrong:
        for id in branch.unless:
            if id not in {one.id for one in self.scenario.branches}:
                yield here, f"there is no branch “{id}”"
        for id in self._overridden(branch):
            yield here, f"what the trainer chose, “{id}”, would be undone: name it here"

    def _overridden(self, branch: Branch) -> Iterator[str]:
        """The trainer's choices whose patient a branch that is taken by itself would change again."""
        if branch.choice or not (branch.replaces and branch.steps):
            return
        for one in self.scenario.branches:
            changes = any(step.values or step.consciousness or step.symptoms for step in one.steps)
            if one.choice and one.chair == branch.chair and changes and one.id not in (*branch.unless, branch.after):
                yield one.id

    def _expected(self) -> Wrong:
        for number, one in enumerate(self.scenario.expected):
            here: Place = ("expected", number)
            yield from self._chair(here, one.chair)
            yield from self._fact(here, one)
            yield from self._after(here, one.after, one.id)
            if one.by and one.by not in self.staff.values():
                yield (*here, "by"), one_of(one.by, set(self.staff.values()))
            if one.within is not None and one.until is not None:
                yield (*here, "until"), "the deadline is until or within, not both"
            if not one.after and one.until is not None and one.until < one.begins:
                yield (*here, "until"), "the deadline lies before it begins"

    def of_solution(self, solution: Solution) -> Wrong:
        choices = {one.id for one in self.scenario.branches if one.choice}
        for id in solution.choices:
            if id not in choices:
                yield ("choices", id), f"the scenario offers no choice “{id}”"
        for number, one in enumerate(solution.acts):
            here: Place = ("acts", number)
            yield from self._chair(here, one.chair)
            yield from self._act(here, one.act, one.body, [MEASURE])
            if one.by not in self.staff:
                yield (*here, "by"), one_of(one.by, self.staff)
            if one.alert and one.alert not in self.protocol.alerts:
                yield (*here, "alert"), one_of(one.alert, self.protocol.alerts)
            if sum([one.at is not None, bool(one.alert), one.when is not None]) != 1:
                yield here, "an act waits for one thing: a time, an alert or a fact"
            if isinstance(one.when, Watch):
                yield from self._fact((*here, "when"), one.when)
