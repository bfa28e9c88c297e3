"""What the trainer's screens are drawn from: a room, its learners and its chairs as they stand at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SHARED = "shared"
KINDS = {SHARED: "one shared ward", "copies": "a copy for each learner"}
NOT_STARTED, RUNNING, PAUSED, OVER, CLOSED = "not started", "running", "paused", "over", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLearner:
    """`part` is whose part they play and in which role; `online`: their tablet hears its ward."""

    id: str
    name: str
    part: str
    play: int
    online: bool
    offline_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRoom:
    """`trainer` leads it; times are the scenario's own."""

    code: str
    title: str
    kind: str
    trainer: str
    trainer_name: str
    zone: str
    now: datetime
    starts: datetime
    ends: datetime
    next_at: datetime | None
    state: str
    rate: float
    chosen_rate: float
    rates: tuple[int, ...]
    slows: bool
    waits_for: str
    hints: bool
    learners: tuple[ShownLearner, ...]

    @property
    def is_held(self) -> bool:
        """Slower than chosen because somebody is needed."""
        return self.state == RUNNING and self.rate < self.chosen_rate
