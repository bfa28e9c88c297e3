"""The clock of a room for pages that outlive it: a reset gives the room another."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.training.room import Room


class RoomsClock:
    """A room's clock as the trainer's page ticks by it; a reset gives the room another."""

    def __init__(self, room: Room) -> None:
        self._room = room

    @property
    def rate(self) -> float:
        return self._room.clock.rate

    def now(self) -> datetime:
        return self._room.clock.now()

    def real(self) -> float:
        return self._room.clock.real()
