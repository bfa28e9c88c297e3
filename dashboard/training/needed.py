"""For what a room's clock should not hurry: an alert nobody has answered, a patient who calls, a form that is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dashboard.training.learner_pages import calls

if TYPE_CHECKING:
    from dashboard.training.play import Play
    from dashboard.training.room import Room


def needs_somebody(room: Room) -> str:
    """Words for the trainer, empty when nobody is waited for."""
    return next(_needed(room), "")


def _needed(room: Room) -> Iterator[str]:
    """The most pressing first, in every ward that somebody is in."""
    plays = room.led_plays()
    for play in plays:
        for chair in play.status.chairs:
            if chair.status is not None and any(alert.sounds for alert in chair.status.alerts):
                yield f"an alert at chair {chair.label}{_whose(room, play)}"
    for play in plays:
        for call in calls(play.player, play.status):
            yield f"chair {call.chair}{_whose(room, play)} calls"
    for learner in room.learners:
        if learner.form_until > room.clock.real():
            yield f"a form of {learner.name}"


def _whose(room: Room, play: Play) -> str:
    """Where everybody has a copy of the same chair: by whose it is."""
    return f" of {', '.join(one.name for one in room.present(play))}" if room.has_copies else ""
