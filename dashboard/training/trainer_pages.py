"""The trainer's live pages: the library with the rooms that are open, and the panel of one room."""

from __future__ import annotations

from dash import html

from components.page_head import with_training
from components.training import library_page, panel_page, ways_back
from components.training.shown import ShownPanel
from dashboard.gate import signed_on
from dashboard.pages import LivePage, Pages, live_page
from dashboard.training import seats
from dashboard.training.room import Room
from dashboard.training.rooms import Rooms
from dashboard.training.rooms_clock import RoomsClock
from dashboard.training.shown import shown_room
from dashboard.training.shown_panel import shown_panel
from models.ward_status import WardStatus

TRAINER = "trainer"
LOADS = ("/assets/board.", "/assets/today.css", "/assets/training.")
NOT_A_TRAINER = LivePage("not-a-trainer", "Training", ways_back.not_a_trainer, ways_back.fragments, LOADS)
NO_ROOM = LivePage("no-room", "No such room", ways_back.no_room, ways_back.fragments, LOADS)
WAYS_BACK = {page.key: page for page in (NOT_A_TRAINER, NO_ROOM)}
"""Under keys of their own: a stream of a trainer's page carries what trainers see."""


def pages(rooms: Rooms) -> Pages:
    def page(key: str, status: WardStatus) -> LivePage | None:
        if key in WAYS_BACK:
            return WAYS_BACK[key]
        kind, _, code = key.partition("/")
        is_trainer = signed_on().role == TRAINER
        if kind == "training":
            return trainers_page(rooms, code) if is_trainer else NOT_A_TRAINER
        found = live_page(key, status)
        return as_trainer(found) if found is not None and is_trainer and key != "wall" else found

    return page


def trainers_page(rooms: Rooms, code: str) -> LivePage:
    if not code:
        return library(rooms)
    room = rooms.by_code.get(code)
    return NO_ROOM if room is None else panel(rooms, room)


def as_trainer(page: LivePage) -> LivePage:
    return page._replace(layout=lambda status: with_training(page.layout(status)))


def library(rooms: Rooms) -> LivePage:
    return LivePage(
        "training",
        "Training",
        lambda status: library_page.layout(status, rooms.library),
        lambda status: library_page.fragments(
            status, [shown_room(one, status.staff) for one in rooms.by_code.values()]
        ),
        LOADS,
    )


def panel(rooms: Rooms, room: Room) -> LivePage:
    def show(status: WardStatus) -> ShownPanel:
        return shown_panel(room, status.staff, is_open=rooms.by_code.get(room.code) is room)

    def layout(status: WardStatus) -> html.Div:
        colleagues = {one.id: one.name for one in seats.parts(room)}
        return panel_page.layout(shown_room(room, status.staff), room.scenario, status.protocol, colleagues)

    return LivePage(
        f"training/{room.code}",
        f"Room {room.code}",
        layout,
        lambda status: panel_page.fragments(show(status)),
        LOADS,
        RoomsClock(room),
    )
