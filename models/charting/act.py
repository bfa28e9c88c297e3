"""An act as it was tapped, what becomes of it, and the ways in which it may have come too late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clinical.facts import Fact
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus


@dataclass(frozen=True, slots=True)
class Override:
    """A doctor lets an act pass its locks (D-13)."""

    doctor: str
    reason: str


@dataclass(frozen=True, slots=True)
class Act:
    """Who tapped, on what screen, and what that screen showed; None was not sent and is not checked.

    `patient` and `chair` are whom and where the screen showed, `position` the newest fact it knew, `epoch` the sign-on
    it was tapped under (`current_epoch` is that of now), `issued_at` the tap in real epoch seconds. `happened_at` is
    the true time where it was not now; `late` is the nurse's own wish to record an old tap after all. `at_tap`: it
    happened when it was tapped, however long the tap was on its way. Not `confirmed`: what is unlikely is asked first.
    """

    key: str
    staff: str
    device: str = ""
    request_digest: str = ""
    patient: str | None = None
    chair: str | None = None
    position: int | None = None
    epoch: int | None = None
    current_epoch: int | None = None
    issued_at: float | None = None
    late: bool = False
    happened_at: datetime | None = None
    override: Override | None = None
    at_tap: bool = False
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Recorded:
    """The facts of the act and the chair as it stands after them; `again` when the same act had been saved before."""

    facts: tuple[Fact, ...]
    status: ChairStatus
    again: bool = False


class NotFound(Refusal):
    """There is no such infusion day."""


class NeedsConfirmation(Refusal):
    """What is unlikely, though it can be: saved once it is confirmed."""


class Conflict(Refusal):
    """Somebody was first, or the screen showed something else than the ward now does.

    `saved` are the facts the same key already brought, `changed` those that came since the screen was drawn; `moved_to`
    is the chair where the patient of the form sits now, `in_chair` the infusion day now in the chair of the form.
    """

    def __init__(
        self,
        sentence: str,
        *,
        saved: Sequence[Fact] = (),
        changed: Sequence[Fact] = (),
        moved_to: str | None = None,
        in_chair: str | None = None,
    ) -> None:
        super().__init__(sentence)
        self.saved = tuple(saved)
        self.changed = tuple(changed)
        self.moved_to = moved_to
        self.in_chair = in_chair


class TooOld(Refusal):
    """The tap is more than a minute old; `offer` words its being recorded late, as having happened `at`."""

    def __init__(self, sentence: str, *, at: datetime, offer: str) -> None:
        super().__init__(sentence)
        self.at = at
        self.offer = offer
