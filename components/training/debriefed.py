"""One play as its debrief tells it: score, time line and record at a moment, in the ward's words and with names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from components import fact_words
from components.wording import clock_seconds, clock_time, duration
from models.clinical.facts import AlertAnswered, Fact, struck
from seed.learners import Learner, learner_of
from seed.scenario_player import ScenarioPlayer
from seed.score import Mark, Outcome, Score, score
from seed.time_line import TimeLineRow, time_line

MINUTE = 60


@dataclass(frozen=True)
class Debriefed:
    """`until` is the room's now, or the scenario's end."""

    player: ScenarioPlayer
    learners: Sequence[Learner]
    until: datetime
    score: Score
    staff: Mapping[str, str]
    alerts: Mapping[str, str]
    """Alert id → the words the ward headed it with."""

    @property
    def zone(self) -> str:
        return self.player.scenario.zone

    @property
    def is_over(self) -> bool:
        return self.until >= self.player.scenario.ends_at

    def clock(self, at: datetime | None) -> str:
        return "–" if at is None else clock_time(at, self.zone)

    def told_apart(self, *moments: datetime | None) -> list[str]:
        """Of several moments each as the clock shows it; with seconds where two of them would read the same."""
        shown = [self.clock(one) for one in moments]
        known = {one for one in moments if one is not None}
        if len({self.clock(one) for one in known}) == len(known):
            return shown
        return ["–" if one is None else clock_seconds(one, self.zone) for one in moments]

    def minute(self, at: datetime) -> int:
        """The begun minute of the scenario."""
        return int(self.player.scenario.minute(at))

    @cached_property
    def rows(self) -> tuple[TimeLineRow, ...]:
        return tuple(row for row in time_line(self.player, self.until, self.score) if self.is_shown(row))

    def named(self, learner: Learner) -> str:
        """`Anna (Lindqvist)`; of two with one name and one part with their tablets: `Ben, tablet 4 (Okafor)`."""
        alike = [one for one in self.learners if (one.name, one.staff_id) == (learner.name, learner.staff_id)]
        name = with_tablet(learner) if len(alike) > 1 else learner.name
        return f"{name} ({self.staff.get(learner.staff_id, learner.staff_id)})"

    def learner_of(self, fact: Fact) -> Learner | None:
        return learner_of(fact, self.learners)

    def who(self, fact: Fact) -> str:
        """The member of staff alone where nobody knows which learner it was."""
        learner = self.learner_of(fact)
        return self.named(learner) if learner else self.staff.get(fact.recorded_by, fact.recorded_by)

    def by(self, fact: Fact) -> str:
        """What it is filtered by: the learner, else the member of staff; nobody where the scenario itself did it."""
        learner = self.learner_of(fact)
        return "" if fact.device == "scenario" else learner.id if learner else fact.recorded_by

    def done(self, mark: Mark) -> Fact | None:
        """The fact by which it was done."""
        return self.fact(mark.expected.chair, mark.facts[0]) if mark.facts else None

    def fact(self, chair: str, position: int) -> Fact:
        return next(one for one in self.player.facts[chair] if one.position == position)

    def is_struck(self, chair: str, position: int) -> bool:
        """Entered in error, by the end of what is shown."""
        return position in struck(self.player.facts[chair])

    def fact_words(self, fact: Fact) -> str:
        details = fact.details
        if isinstance(details, AlertAnswered) and details.alert in self.alerts:
            fact = replace(fact, details=replace(details, alert=f"“{self.alerts[details.alert]}”/"))
        return fact_words.fact_words(fact, self.player.protocol, self.staff, self.zone)

    def is_shown(self, row: TimeLineRow) -> bool:
        """What is expected only later is not part of it yet."""
        return row.at <= self.until and not (isinstance(row.details, Mark) and row.details.outcome is Outcome.NOT_ASKED)


def debriefed(player: ScenarioPlayer, learners: Sequence[Learner], until: datetime) -> Debriefed:
    until = min(until, player.scenario.ends_at)
    return Debriefed(
        player=player,
        learners=learners,
        until=until,
        score=score(player, until),
        staff={member.id: member.name for member in player.store.staff()},
        alerts={one.alert: one.words for one in player.heard},
    )


def names_of(plays: Mapping[int, Debriefed]) -> dict[int, str]:
    """Who plays each ward: `Anna`; of two with one name with their tablets: `Ben, tablet 4`."""
    often = Counter(learner.name for told in plays.values() for learner in told.learners)

    def words(learner: Learner) -> str:
        return learner.name if often[learner.name] == 1 else with_tablet(learner)

    return {number: ", ".join(map(words, told.learners)) or f"Ward {number}" for number, told in plays.items()}


def learners_of(plays: Mapping[int, Debriefed]) -> Iterator[tuple[str, int, Score]]:
    """Of each ward who plays it, its number and its score."""
    names = names_of(plays)
    for number, told in plays.items():
        yield names[number], number, told.score


def with_tablet(learner: Learner) -> str:
    """Its number is the last part of the id it records as."""
    return f"{learner.name}, tablet {learner.id.rpartition('-')[2]}"


def points_words(points: float) -> str:
    return f"{points:g}"


def length_words(length: timedelta) -> str:
    """`12min`, `1hr 05min`; seconds below a minute: `45s`."""
    seconds = int(length.total_seconds())
    return f"{seconds}s" if 0 < seconds < MINUTE else duration(seconds)


def anchor(chair: str, position: int) -> str:
    return f"fact-{chair}-{position}"


def longest(lengths: Sequence[timedelta | None]) -> timedelta | None:
    return max((one for one in lengths if one is not None), default=None)
