"""The moments a scenario is played at: what is due when, the clock that shows them, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from models.clinical.clock import Clock

ENTRY, DOING = range(2)
"""What comes first where several things fall on one moment."""


class MomentClock:
    """The clock that leads, but for the moment that is being played, which it shows while it is."""

    def __init__(self, leads: Clock) -> None:
        self._leads = leads
        self.playing: datetime | None = None

    @property
    def rate(self) -> float:
        return self._leads.rate

    def now(self) -> datetime:
        return self.playing or self._leads.now()

    def real(self) -> float:
        return self._leads.real()


@dataclass(frozen=True, slots=True)
class Happened:
    """For the trainer and the debrief: what the scenario brought about, or what it could not."""

    at: datetime
    chair: str
    kind: str
    """patient, ward, branch, harm, note, trainer or refused."""
    words: str


@dataclass(frozen=True, slots=True)
class Heard:
    """An alert as the ward first showed it while the scenario was played."""

    at: datetime
    chair: str
    alert: str
    what: str
    priority: int
    words: str = ""
    """As the ward heads it, e.g. *Temperature 38.2 °C: abnormal*."""


@dataclass(frozen=True, slots=True)
class Due:
    at: datetime
    rank: int
    number: int
    play: Callable[[], None]
