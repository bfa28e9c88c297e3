"""What a trainer does with a room as a whole, under /api/training: open it, lead its clock, reset, take over, close."""

from __future__ import annotations

from typing import ClassVar, Literal

from fastapi import FastAPI, Request
from pydantic import ValidationError
from starlette.responses import JSONResponse, Response

from dashboard.gate import refusal, signed_on
from dashboard.training.leading import Body, Done, add, led, only_trainer, room_json, room_of, turned_down
from dashboard.training.room import Room
from dashboard.training.rooms import Rooms
from models.clinical.refusal import Refusal


class OpenRoom(Body):
    takes: ClassVar = "A room takes a scenario, and kind: shared or copies."
    scenario: str
    kind: Literal["shared", "copies"] = "shared"


class RoomClock(Body):
    """One thing at a time or several; they are done in this order."""

    takes: ClassVar = "The clock of a room takes slows and paused (true or false), rate, and to: next."
    slows: bool | None = None
    rate: int | None = None
    paused: bool | None = None
    to: Literal["next"] | None = None


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
            room = await rooms.open(body.scenario, body.kind, signed_on().staff_id, signed_on().epoch)
        except ValidationError:
            return refusal(422, OpenRoom.takes)
        except Refusal as refused:
            return refusal(422, refused.sentence, refused.field)
        return JSONResponse(room_json(room), 201)

    @server.get("/api/training/rooms/{code}", tags=["training"])
    async def one_room(code: str) -> Response:
        try:
            return JSONResponse(room_json(led(rooms, code)))
        except Refusal as refused:
            return turned_down(refused)

    _taken_over(server, rooms)
    add(server, rooms, "clock", RoomClock, set_clock)
    add(server, rooms, "reset", None, reset)
    add(server, rooms, "close", None, lambda room, body: close(rooms, room))


def _taken_over(server: FastAPI, rooms: Rooms) -> None:
    """The one thing with a room that is led from another sign-on."""

    @server.post("/api/training/rooms/{code}/take-over", tags=["training"])
    async def take_over(code: str) -> Response:
        try:
            room = room_of(rooms, code)
        except Refusal as refused:
            return turned_down(refused)
        room.trainer, room.lead = signed_on().staff_id, signed_on().epoch
        room.look()
        return JSONResponse(room_json(room))


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
