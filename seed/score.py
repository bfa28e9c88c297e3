"""What was done against what was expected: points by weight, each traceable to facts, and the harm that followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from models.clinical.facts import Fact
from seed.branches import acted_at, fitting, found
from seed.chair_times import ChairTimes, chair_times
from seed.scenario_file import Expected
from seed.scenario_player import ScenarioPlayer


class Outcome(StrEnum):
    DONE = "done"
    TOO_EARLY = "too early"
    """Before its time began, and not in it."""
    LATE = "late"
    MISSED = "missed"
    NOT_ASKED = "not asked"
    """What it waits for has not come, or its time has not: it counts neither way."""


SHARE = {Outcome.DONE: 1.0, Outcome.TOO_EARLY: 0.5, Outcome.LATE: 0.5}
"""Of the weight; of all others nothing."""
IN_VAIN = (Outcome.LATE, Outcome.MISSED)
"""When an action could not keep the harm away."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One expected action; `facts` are the positions, in its chair's infusion day, that the points rest on."""

    expected: Expected
    outcome: Outcome
    opens_at: datetime | None
    closes_at: datetime | None
    facts: tuple[int, ...] = ()
    done_at: datetime | None = None
    """As it counts: see `acted_at`."""
    told_at: datetime | None = None
    """When whoever recorded it says it was done."""
    done_by: str = ""

    @property
    def of(self) -> int:
        return 0 if self.outcome is Outcome.NOT_ASKED else self.expected.weight

    @property
    def points(self) -> float:
        return self.of * SHARE.get(self.outcome, 0.0)

    @property
    def harm(self) -> str:
        """What the file says of one that was left undone; of a late one only that it was too late."""
        if not self.expected.harm or self.outcome not in IN_VAIN:
            return ""
        return self.expected.harm if self.outcome is Outcome.MISSED else f"Too late: {self.expected.words}"

    @property
    def is_undone(self) -> bool:
        """Its time is over, and nobody has done it."""
        return self.outcome is Outcome.MISSED and self.done_at is None


@dataclass(frozen=True, slots=True)
class Score:
    marks: tuple[Mark, ...]
    times: tuple[ChairTimes, ...]
    harms: tuple[str, ...]
    """Each as a sentence; one is enough not to pass."""
    pass_percent: int

    @property
    def points(self) -> float:
        return sum(mark.points for mark in self.marks)

    @property
    def of(self) -> int:
        return sum(mark.of for mark in self.marks)

    @property
    def percent(self) -> float:
        return 100 * self.points / self.of if self.of else 0.0

    @property
    def passed(self) -> bool:
        return not self.harms and self.percent >= self.pass_percent


def score(player: ScenarioPlayer, until: datetime | None = None) -> Score:
    """As it stands at `until`, else at the end of the scenario."""
    until = until or player.scenario.ends_at
    marks = marks_of(player, until)
    harms = [one.words for one in player.course if one.kind == "harm"]
    harms += [mark.harm for mark in marks if mark.harm and mark.harm not in harms]
    times = tuple(chair_times(player, chair.chair, until) for chair in player.scenario.chairs)
    return Score(marks, times, tuple(harms), player.scenario.pass_percent)


def expected_now(player: ScenarioPlayer, now: datetime) -> tuple[Mark, ...]:
    """What its time has come for and nobody has done yet, in time or late: for the trainer, and for hints."""
    marks = (one for one in marks_of(player, now) if one.opens_at is not None and one.opens_at <= now)
    return tuple(one for one in marks if one.outcome is Outcome.NOT_ASKED or is_late_now(player, one, now))


def is_late_now(player: ScenarioPlayer, mark: Mark, now: datetime) -> bool:
    """Its time is over and it is not done; it helps still, for the patient is there."""
    if mark.closes_at is None or not mark.is_undone or mark.expected.never or now >= player.scenario.ends_at:
        return False
    status = player.statuses.get(mark.expected.chair)
    return status is None or status.is_open


# ---- marks -----------------------------------------------------------------------------------------------------------


def marks_of(player: ScenarioPlayer, until: datetime) -> tuple[Mark, ...]:
    marks = {one.id: marked(player, one, until) for one in player.scenario.expected}
    served = {(mark.expected.chair, position) for mark in marks.values() for position in mark.facts}
    for id, mark in marks.items():
        fact = too_early(player, mark, served) if mark.outcome in IN_VAIN else None
        if fact is not None:
            marks[id] = done_by(replace(mark, outcome=Outcome.TOO_EARLY), fact)
            served.add((mark.expected.chair, fact.position))
    return tuple(missed_with(marks, mark) for mark in marks.values())


def marked(player: ScenarioPlayer, expected: Expected, until: datetime) -> Mark:
    facts, branches = player.facts, player.branches
    opens, closes = branches.opens(expected, facts), branches.closes(expected, facts)
    if opens is None or closes is None:
        return Mark(expected, Outcome.NOT_ASKED, opens, closes)
    done = found(facts[expected.chair], expected, opens)
    if expected.by and done is not None:
        done = found(by_role(player, expected), expected, opens)
    mark = Mark(expected, Outcome.MISSED, opens, closes)
    if done is not None:
        mark = done_by(mark, done)
    if expected.never:
        broken = done is not None and acted_at(done) <= closes
        return replace(mark, outcome=Outcome.MISSED if broken else Outcome.DONE)
    if done is not None:
        return replace(mark, outcome=Outcome.DONE if acted_at(done) <= closes else Outcome.LATE)
    return replace(mark, outcome=Outcome.MISSED if closes <= until else Outcome.NOT_ASKED)


def done_by(mark: Mark, fact: Fact) -> Mark:
    return replace(
        mark, facts=(fact.position,), done_at=acted_at(fact), told_at=fact.happened_at, done_by=fact.recorded_by
    )


def by_role(player: ScenarioPlayer, expected: Expected) -> tuple[Fact, ...]:
    """What those of the role it asks for recorded; of everybody where it asks for none."""
    facts = player.facts[expected.chair]
    if not expected.by:
        return facts
    roles = {member.id: member.role for member in player.store.staff()}
    return tuple(fact for fact in facts if roles.get(fact.recorded_by) == expected.by)


def too_early(player: ScenarioPlayer, mark: Mark, served: set[tuple[str, int]]) -> Fact | None:
    """The last fitting fact before its time began, where none lies in it and this one serves no other action."""
    expected, opens, closes = mark.expected, mark.opens_at, mark.closes_at
    since = player.branches.begins(expected.after, 0, player.facts)
    if expected.never or opens is None or closes is None or since is None:
        return None
    mine = [fact for fact in fitting(by_role(player, expected), expected) if since < acted_at(fact) < opens]
    mine = [fact for fact in mine if (expected.chair, fact.position) not in served]
    return mine[-1] if len(mine) >= expected.count else None


def missed_with(marks: Mapping[str, Mark], mark: Mark) -> Mark:
    """What waits for another action is missed when that one is."""
    awaited = marks.get(mark.expected.after) if mark.opens_at is None else None
    if awaited is None or missed_with(marks, awaited).outcome is not Outcome.MISSED:
        return mark
    return replace(mark, outcome=Outcome.MISSED)
