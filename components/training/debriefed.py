"""One play as its debrief tells it: score, time line and record at a moment, in the ward's words and with names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from components import fact_words
from components.wording import clock_time, duration
from models.clinical.facts import AlertAnswered, Fact, struck
from seed.scenario_player import ScenarioPlayer
from seed.score import Mark, Outcome, Score, score
from seed.time_line import TimeLineRow, time_line

MINUTE = 60


@dataclass(frozen=True)
class Debriefed:
    """`learners`: staff id → the name of the learner who played them. `until` is the room's now, or its end."""

    player: ScenarioPlayer
    learners: Mapping[str, str]
    until: datetime
    score: Score
    rows: tuple[TimeLineRow, ...]
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

    def minute(self, at: datetime) -> int:
        """The begun minute of the scenario."""
        return int(self.player.scenario.minute(at))

    def who(self, staff_id: str) -> str:
        """`Anna (Lindqvist)`; the member of staff alone where no learner plays them."""
        name, learner = self.staff.get(staff_id, staff_id), self.learners.get(staff_id)
        return f"{learner} ({name})" if learner else name

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


def debriefed(player: ScenarioPlayer, learners: Mapping[str, str], until: datetime) -> Debriefed:
    until = min(until, player.scenario.ends_at)
    told = Debriefed(
        player=player,
        learners=learners,
        until=until,
        score=score(player, until),
        rows=(),
        staff={member.id: member.name for member in player.store.staff()},
        alerts={one.alert: one.words for one in player.heard},
    )
    return replace(told, rows=tuple(row for row in time_line(player, until) if told.is_shown(row)))


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
