"""What the trainer's screens are drawn from: a room, its learners and its chairs as they stand at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.clinical.status import ChairStatus
    from seed.truth import Truth

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
    offline_s: int = 0
    """Real seconds for which nothing reaches the tablet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRoom:
    """`lead` is the sign-on of the trainer who leads it; times are the scenario's own."""

    code: str
    title: str
    kind: str
    lead: int
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChair:
    """A chair of one of the room's wards; `whose` are the learners of a copy, empty where everybody shares one."""

    play: int
    whose: str
    status: ChairStatus
    truth: Truth | None
    """None where nobody sits there, or not any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWait:
    """An expected action whose time has come and that nobody has done yet."""

    whose: str
    chair: str
    words: str
    hint: str
    closes_at: datetime | None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChoice:
    """A turn that waits for the trainer; in copies it may be offered in some only."""

    branch: str
    chair: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """Something that came about: `kind` as the player tells it, or alert, or done."""

    at: datetime
    whose: str
    chair: str
    kind: str
    words: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPanel:
    """Everything the panel shows of a room."""

    room: ShownRoom
    chairs: tuple[ShownChair, ...]
    waits: tuple[ShownWait, ...]
    choices: tuple[ShownChoice, ...]
    course: tuple[CourseRow, ...]
    """Newest first, and no more than a screen can use."""
    copies: tuple[tuple[int, str], ...]
    """Of a room that gives each learner a copy: its number, and whose it is."""
