"""What only a tablet in a training room can ask for: to measure; and how a tablet is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.types import Receive

if TYPE_CHECKING:
    from dashboard.factory import WardApp
    from dashboard.training.play import Play
    from dashboard.training.room import Learner, Room


def register(room: Room, app: WardApp, play: Play) -> None:
    """Under /api/room."""


def is_offline(room: Room, learner: Learner, path: str) -> bool:
    """Cut off by the trainer, until a simulated time."""
    return learner.offline_until is not None and room.clock.now() < learner.offline_until


async def never_answer(receive: Receive) -> None:
    """As a network that has swallowed the request: until whoever asked gives up."""
    while (await receive())["type"] != "http.disconnect":
        pass
