"""Which learner recorded a fact: by the tablet it came from, else by whose part nobody else plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from models.clinical.facts import Fact
from seed.branches import NOT_PLAYED


class Learner(Protocol):
    """`id` is the device their tablet records as; several may play one member of staff."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def staff_id(self) -> str: ...


def learner_of(fact: Fact, learners: Sequence[Learner]) -> Learner | None:
    """Nobody, of what the scenario's file made."""
    if fact.device in NOT_PLAYED:
        return None
    mine = [one for one in learners if one.id == fact.device]
    mine = mine or [one for one in learners if one.staff_id == fact.recorded_by]
    return mine[0] if len(mine) == 1 else None
