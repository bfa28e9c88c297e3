"""What a trainer does while a room is played: choose a turn, mark a moment, show hints, cut a tablet off."""

from __future__ import annotations

import asyncio
from typing import Annotated, ClassVar

from fastapi import FastAPI
from pydantic import Field

from dashboard.training.injecting import plays_of
from dashboard.training.leading import Body, Done, add, room_json
from dashboard.training.room import Room
from dashboard.training.rooms import Rooms
from models.clinical.refusal import Refusal

AN_HOUR = 60


class Choice(Body):
    takes: ClassVar = "A turn is chosen by its branch; play is the copy it is for, else all in which it is offered."
    branch: str
    play: int | None = None


class Marked(Body):
    takes: ClassVar = "A moment is marked with words (200 letters at most); chair and play say where, if need be."
    words: Annotated[str, Field(min_length=1, max_length=200)]
    chair: str = ""
    play: int | None = None


class Hints(Body):
    takes: ClassVar = "Hints take shown: true or false."
    shown: bool


class Offline(Body):
    takes: ClassVar = "A tablet is cut off by its learner for so many real minutes; 0 brings it back."
    learner: str
    minutes: Annotated[float, Field(ge=0, le=AN_HOUR)]


def register(server: FastAPI, rooms: Rooms) -> None:
    add(server, rooms, "choose", Choice, choose)
    add(server, rooms, "mark", Marked, mark)
    add(server, rooms, "hints", Hints, show_hints)
    add(server, rooms, "offline", Offline, cut_off)


async def choose(room: Room, body: Choice) -> Done:
    offered = [
        play for play in plays_of(room, body.play)
        if body.branch in [one.id for one in play.player.branches.choices()]
    ]  # fmt: skip
    if not offered:
        raise Refusal(f"The scenario offers no choice “{body.branch}” now.", field="branch")
    for play in offered:
        await asyncio.to_thread(play.player.choose, body.branch)
    return {"branch": body.branch, "plays": [play.number for play in offered]}


async def mark(room: Room, body: Marked) -> Done:
    plays = plays_of(room, body.play)
    if body.chair and body.chair not in plays[0].player.patients:
        raise Refusal(f"This scenario has no chair “{body.chair}”.", field="chair")
    for play in plays:
        play.player.mark(body.words, body.chair)
    return {"marked": body.words, "at": f"{room.clock.now():%Y-%m-%dT%H:%M:%SZ}"}


async def show_hints(room: Room, body: Hints) -> Done:
    room.hints_shown = body.shown
    return room_json(room)


async def cut_off(room: Room, body: Offline) -> Done:
    """Until then nothing reaches the tablet and nothing it asks is answered (dashboard/training/network.py)."""
    learner = next((one for one in room.learners if one.id == body.learner and not one.left), None)
    if learner is None:
        raise Refusal(f"Nobody in this room is “{body.learner}”.", field="learner")
    learner.offline_until = room.clock.real() + 60 * body.minutes if body.minutes else None
    return room_json(room)
