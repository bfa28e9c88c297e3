"""The turns a scenario can take: which wait for their time, for the trainer, or for what those who play do or leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.clinical.facts import EnteredInError, EvaluationStep, Fact, struck
from seed.conditions import fits
from seed.scenario_file import Awaited, Branch, Expected, Scenario, Watch

NOT_PLAYED = frozenset({"seed", "scenario"})
"""Devices of entries that the file made, not a person who plays."""
TO_RECORD = timedelta(minutes=1)
"""What is done is recorded within it."""


def played(facts: Sequence[Fact]) -> Iterator[Fact]:
    """What those who play recorded, by when they did it; what was struck does not count, to strike does."""
    errors = struck(facts)
    mine = [fact for fact in facts if fact.position not in errors and fact.device not in NOT_PLAYED]
    return iter(sorted(mine, key=lambda fact: (acted_at(fact), fact.position)))


def acted_at(fact: Fact) -> datetime:
    """When it counts as done: in a play to do is to record, and what is told to lie further back helped nobody.

    A step of an evaluation may tell an earlier time: last known well.
    """
    if isinstance(fact.details, EvaluationStep | EnteredInError):
        return fact.recorded_at
    return max(fact.happened_at, fact.recorded_at - TO_RECORD)


def fitting(facts: Sequence[Fact], watch: Watch) -> list[Fact]:
    """Of what those who play recorded."""
    return [fact for fact in played(facts) if fits(fact.details, watch)]


def found(facts: Sequence[Fact], watch: Watch, since: datetime | None = None) -> Fact | None:
    """The fitting fact of those who play, from `since` on."""
    mine = [fact for fact in fitting(facts, watch) if since is None or acted_at(fact) >= since]
    return mine[watch.count - 1] if len(mine) >= watch.count else None


@dataclass
class Branches:
    """Which were taken, and when."""

    scenario: Scenario
    taken: dict[str, datetime] = field(default_factory=dict)

    def waiting(self) -> Iterator[Branch]:
        for branch in self.scenario.branches:
            if branch.id not in self.taken and not self.taken.keys() & set(branch.unless):
                yield branch

    def choices(self) -> tuple[Branch, ...]:
        """What the trainer may choose now."""
        return tuple(branch for branch in self.waiting() if branch.choice)

    def due_at(self, branch: Branch, facts: Mapping[str, Sequence[Fact]]) -> datetime | None:
        """When time alone takes it; None while nobody can say."""
        if branch.choice or branch.did is not None:
            return None
        begins = self.begins(branch.after, branch.at, facts)
        return None if begins is None else begins + timedelta(minutes=branch.within or 0)

    def is_done(self, branch: Branch, facts: Mapping[str, Sequence[Fact]]) -> bool:
        """Of one that waits for something left undone: it was done."""
        return branch.not_done is not None and self._is_found(branch, branch.not_done, facts)

    def is_met(self, branch: Branch, facts: Mapping[str, Sequence[Fact]]) -> bool:
        """Of one that waits for something to be done: it was."""
        return branch.did is not None and self._is_found(branch, branch.did, facts)

    def _is_found(self, branch: Branch, awaited: Awaited, facts: Mapping[str, Sequence[Fact]]) -> bool:
        since = self.begins(branch.after, branch.at, facts)
        if since is None:
            return False
        if awaited.since is not None:
            since = self.scenario.moment(awaited.since)
        return found(facts[branch.chair], awaited, since) is not None

    def begins(self, after: str, minute: float | None, facts: Mapping[str, Sequence[Fact]]) -> datetime | None:
        """From when a time counts: the scenario's clock, or when what `after` names was taken or done."""
        if not after:
            return self.scenario.moment(minute or 0)
        if after in self.taken:
            return self.taken[after]
        done = next((self.done(one, facts) for one in self.scenario.expected if one.id == after), None)
        return None if done is None else acted_at(done)

    def done(self, expected: Expected, facts: Mapping[str, Sequence[Fact]]) -> Fact | None:
        """The fact by which an expected action was taken, in time or not."""
        begins = self.opens(expected, facts)
        if begins is None:
            return None
        return found(facts[expected.chair], expected, begins)

    def opens(self, expected: Expected, facts: Mapping[str, Sequence[Fact]]) -> datetime | None:
        """From when it counts; None when what it waits for never came."""
        if not expected.after:
            return self.scenario.moment(expected.begins)
        base = self.begins(expected.after, None, facts)
        return None if base is None else base + timedelta(minutes=expected.begins)

    def closes(self, expected: Expected, facts: Mapping[str, Sequence[Fact]]) -> datetime | None:
        """Its deadline; the end of the scenario where it has none of its own."""
        opens = self.opens(expected, facts)
        if opens is None:
            return None
        if expected.within is not None:
            return opens + timedelta(minutes=expected.within)
        return self.scenario.ends_at if expected.until is None else self.scenario.moment(expected.until)
