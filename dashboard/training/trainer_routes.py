"""What a trainer does with a room, under /api/training: open it, lead its clock, reset it, close it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import JSONResponse, Response

from dashboard.gate import refusal, signed_on
from dashboard.training.room import RATES, Room
from dashboard.training.rooms import Rooms
from models.charting import NotFound
from models.clinical.refusal import Refusal

TRAINER = "trainer"
NOT_A_TRAINER = "{name} is a {role}. Training rooms are a trainer's: sign on as one."
ANOTHERS = "Room {code} is led by another trainer. Take it over first."


class OpenRoom(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    scenario: str
    kind: Literal["shared", "copies"] = "shared"


class RoomClock(BaseModel):
    """One thing at a time or several; they are done in this order."""

    model_config = ConfigDict(extra="forbid", strict=True)
    slows: bool | None = None
    rate: int | None = None
    paused: bool | None = None
    to: Literal["next"] | None = None


class NoRoom(NotFound):
    """Closed, or never opened."""


Done = dict[str, Any]
Do = Callable[[Room, Any], Awaitable[Done]]


def register(server: FastAPI, rooms: Rooms) -> None:
    @server.get("/api/training/rooms", tags=["training"])
    async def all_rooms() -> Response:
        return only_trainer() or JSONResponse([room_json(room) for room in rooms.by_code.values()])

    @server.post("/api/training/rooms", tags=["training"])
    async def open_room(request: Request) -> Response:
        if (turned_away := only_trainer()) is not None:
            return turned_away
        try:
            body = OpenRoom.model_validate_json(await request.body())
            room = await rooms.open(body.scenario, body.kind, signed_on().staff_id)
        except ValidationError:
            return refusal(422, "A room takes a scenario, and kind: shared or copies.")
        except Refusal as refused:
            return refusal(422, refused.sentence, refused.field)
        return JSONResponse(room_json(room), 201)

    @server.get("/api/training/rooms/{code}", tags=["training"])
    async def one_room(code: str) -> Response:
        try:
            return JSONResponse(room_json(led(rooms, code)))
        except Refusal as refused:
            return turned_down(refused)

    add(server, rooms, "clock", RoomClock, set_clock)
    add(server, rooms, "reset", None, reset)
    add(server, rooms, "close", None, lambda room, body: close(rooms, room))


def add(server: FastAPI, rooms: Rooms, what: str, model: type[BaseModel] | None, do: Do) -> None:
    """One thing a trainer does with their own room: POST /api/training/rooms/{code}/`what`."""

    @server.post(f"/api/training/rooms/{{code}}/{what}", tags=["training"], name=f"room {what}")
    async def done(code: str, request: Request) -> Response:
        try:
            room = led(rooms, code)
            body = None if model is None else model.model_validate_json(await request.body())
            told = await do(room, body)
        except ValidationError as fault:
            first = fault.errors()[0]
            field = str(next(iter(first["loc"]), "")) or None
            return refusal(422, f"{field or what}: {first['msg']}.", field)
        except Refusal as refused:
            return turned_down(refused)
        room.look()
        return JSONResponse(told)


def only_trainer() -> Response | None:
    who = signed_on()
    return None if who.role == TRAINER else refusal(403, NOT_A_TRAINER.format(name=who.name, role=who.role))


def led(rooms: Rooms, code: str) -> Room:
    """The trainer's own room; another trainer's is taken over first."""
    who, room = signed_on(), rooms.by_code.get(code)
    if who.role != TRAINER:
        raise Refusal(NOT_A_TRAINER.format(name=who.name, role=who.role))
    if room is None:
        raise NoRoom(f"There is no room {code}.")
    if room.trainer != who.staff_id:
        raise Refusal(ANOTHERS.format(code=code))
    return room


def turned_down(refused: Refusal) -> Response:
    return refusal(404 if isinstance(refused, NoRoom) else 409, refused.sentence, refused.field)


async def set_clock(room: Room, body: RoomClock) -> Done:
    if body.slows is not None:
        room.slows = body.slows
    if body.rate is not None:
        room.set_rate(body.rate)
    if body.paused is not None:
        room.run(not body.paused)
    if body.to is not None:
        await room.jump()
    room.pace()
    return room_json(room)


async def reset(room: Room, body: None) -> Done:
    await room.reset()
    return room_json(room)


async def close(rooms: Rooms, room: Room) -> Done:
    await rooms.close(room)
    return {"closed": room.code}


def room_json(room: Room) -> Done:
    return {
        "code": room.code,
        "scenario": room.name,
        "title": room.scenario.title,
        "kind": room.kind,
        "now": f"{room.clock.now():%Y-%m-%dT%H:%M:%SZ}",
        "starts": f"{room.scenario.started_at:%Y-%m-%dT%H:%M:%SZ}",
        "ends": f"{room.scenario.ends_at:%Y-%m-%dT%H:%M:%SZ}",
        "running": room.is_running,
        "over": room.is_over,
        "rate": room.clock.rate,
        "chosen_rate": room.chosen_rate,
        "rates": RATES,
        "slows": room.slows,
        "waits_for": room.needs_somebody(),
        "hints": room.hints_shown,
        "run": room.run_number,
        "learners": [
            {"id": one.id, "name": one.name, "staff": one.staff_id, "play": one.play} for one in room.learners
        ],
    }
