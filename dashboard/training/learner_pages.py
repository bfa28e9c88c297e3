"""The pages of a ward that is a room's: the ward's own, and what only a training room shows beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages import LivePage, live_page
from models.ward_status import WardStatus

if TYPE_CHECKING:
    from dashboard.training.play import Play
    from dashboard.training.room import Room


def page(room: Room, play: Play, key: str, status: WardStatus) -> LivePage | None:
    return live_page(key, status)
