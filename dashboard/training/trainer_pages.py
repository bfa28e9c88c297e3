"""The trainer's live pages: the library with the rooms that are open, and the panel of one room."""

from __future__ import annotations

from collections.abc import Callable

from dash import html

from dashboard.gate import signed_on
from dashboard.pages import LivePage, Pages, live_page
from dashboard.training.room import Room, RoomsClock
from dashboard.training.rooms import Rooms
from models.ward_status import WardStatus

TRAINER = "trainer"


def pages(rooms: Rooms) -> Pages:
    def page(key: str, status: WardStatus) -> LivePage | None:
        kind, _, code = key.partition("/")
        if kind != "training":
            return live_page(key, status)
        if signed_on().role != TRAINER:
            return None
        if not code:
            return library_page(rooms)
        room = rooms.by_code.get(code)
        return None if room is None else panel_page(room)

    return page


def library_page(rooms: Rooms) -> LivePage:
    return LivePage(
        "training",
        "Training",
        lambda status: html.Div(id="page"),
        lambda status: {},
        ("/assets/training.",),
    )


def panel_page(room: Room) -> LivePage:
    fragments: Callable[[WardStatus], dict[str, object]] = lambda status: {}  # noqa: E731
    return LivePage(
        f"training/{room.code}",
        f"Room {room.code}",
        lambda status: html.Div(id="page"),
        fragments,  # type: ignore[arg-type]
        ("/assets/training.",),
        RoomsClock(room),
    )
