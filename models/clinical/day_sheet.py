"""The sheet of one infusion day: the facts that count, by what they are about, laid out in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import TypeVar, cast

from models.clinical.facts import (
    Arrived,
    Booked,
    ChairAssigned,
    Details,
    EnteredInError,
    EvaluationOpened,
    Fact,
    InfusionDay,
    InfusionStopped,
)

Kind = TypeVar("Kind")

by_time = attrgetter("happened_at", "position")


@dataclass(frozen=True, slots=True)
class DaySheet:
    """`facts` count and are ordered by when they happened; `struck` are those entered in error, by position."""

    facts: tuple[Fact, ...]
    struck: dict[int, Fact]
    by_kind: dict[type, list[Fact]]

    def of(self, kind: type[Kind]) -> list[tuple[Fact, Kind]]:
        """The facts of one kind with their details, in order."""
        return [(fact, cast(Kind, fact.details)) for fact in self.by_kind.get(kind, ())]

    def last(self, kind: type[Kind]) -> tuple[Fact, Kind] | None:
        facts = self.by_kind.get(kind)
        return (facts[-1], cast(Kind, facts[-1].details)) if facts else None

    def has(self, kind: type) -> bool:
        return kind in self.by_kind

    @property
    def chair(self) -> str:
        """The chair it was last given by arrival or a move, else the one it was booked for."""
        if self.seats:
            return self.seats[-1][1].chair
        booked = self.last(Booked)
        return booked[1].chair if booked else ""

    @property
    def seats(self) -> list[tuple[Fact, Arrived | ChairAssigned]]:
        """Every chair it was given, in order."""
        return sorted([*self.of(Arrived), *self.of(ChairAssigned)], key=lambda given: by_time(given[0]))

    @property
    def planned_start(self) -> datetime | None:
        booked = self.last(Booked)
        return booked[1].planned_start if booked else None


def lay_out(facts: Iterable[Fact]) -> DaySheet:
    """An evaluation opened by a STOP that was entered in error goes with it."""
    facts = sorted(facts, key=by_time)
    struck = {f.details.position: f for f in facts if isinstance(f.details, EnteredInError)}
    if struck:
        stops = {f.position for f in facts if f.position in struck and isinstance(f.details, InfusionStopped)}
        facts = [f for f in facts if _counts(f, struck, stops)]
    by_kind: dict[type, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(type(fact.details), []).append(fact)
    return DaySheet(tuple(facts), struck, by_kind)


def _counts(fact: Fact, struck: dict[int, Fact], struck_stops: set[int]) -> bool:
    if fact.position in struck or isinstance(fact.details, EnteredInError):
        return False
    return not (isinstance(fact.details, EvaluationOpened) and fact.caused_by in struck_stops)


def as_facts(day: InfusionDay, details: Sequence[Details], at: datetime) -> list[Fact]:
    """Facts as they would stand at the end of the record, to see what would become of the day."""
    return [
        Fact(
            infusion_day_id=day.id, position=position, happened_at=at, recorded_at=at, recorded_by="", details=one
        )
        for position, one in enumerate(details, day.position + 1)
    ]  # fmt: skip
