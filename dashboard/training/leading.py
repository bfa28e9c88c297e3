"""Who may do something with a room, the form of its routes, and what is refused: a room is led by one trainer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import JSONResponse, Response

from dashboard.api.refusals import NotTheirs
from dashboard.gate import refusal, signed_on
from dashboard.training.room import RATES, Room
from dashboard.training.rooms import Rooms
from models.charting import NotFound
from models.clinical.refusal import Refusal

TRAINER = "trainer"
NOT_A_TRAINER = "{name} is a {role}. Training rooms are a trainer's: sign on as one."
ANOTHERS = "Room {code} is led by another trainer. Take it over first."
FROM_ELSEWHERE = "You lead room {code} from another sign-on. Take it over here first."


class Body(BaseModel):
    """`takes` says in a sentence what it may hold."""

    takes: ClassVar[str]
    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


class NoRoom(NotFound):
    """Closed, or never opened."""


Done = dict[str, Any]
Do = Callable[[Room, Any], Awaitable[Done]]


def add(server: FastAPI, rooms: Rooms, what: str, model: type[Body] | None, do: Do) -> None:
    """One thing a trainer does with their own room: POST /api/training/rooms/{code}/`what`."""

    @server.post(f"/api/training/rooms/{{code}}/{what}", tags=["training"], name=f"room {what}")
    async def done(code: str, request: Request) -> Response:
        try:
            room = led(rooms, code)
            body = None if model is None else model.model_validate_json(await request.body())
            told = await do(room, body)
        except ValidationError as fault:
            return refusal(422, model.takes if model else "", field_of(fault))
        except Refusal as refused:
            return turned_down(refused)
        room.look()
        return JSONResponse(told)


def field_of(fault: ValidationError) -> str | None:
    """The innermost name of what did not fit."""
    return next((one for one in reversed(fault.errors()[0]["loc"]) if isinstance(one, str)), None)


def only_trainer() -> Response | None:
    who = signed_on()
    return None if who.role == TRAINER else refusal(403, NOT_A_TRAINER.format(name=who.name, role=who.role))


def room_of(rooms: Rooms, code: str) -> Room:
    """Any room, for any trainer."""
    who, room = signed_on(), rooms.by_code.get(code)
    if who.role != TRAINER:
        raise NotTheirs(NOT_A_TRAINER.format(name=who.name, role=who.role))
    if room is None:
        raise NoRoom(f"There is no room {code}.")
    return room


def led(rooms: Rooms, code: str) -> Room:
    """The room of this very sign-on; from any other, of the same trainer too, it is taken over first."""
    room, who = room_of(rooms, code), signed_on()
    if room.lead != who.epoch:
        raise Refusal((FROM_ELSEWHERE if room.trainer == who.staff_id else ANOTHERS).format(code=code))
    return room


def code_of(refused: Refusal) -> int:
    if isinstance(refused, NotTheirs):
        return 403
    return 404 if isinstance(refused, NoRoom) else 409


def turned_down(refused: Refusal) -> Response:
    return refusal(code_of(refused), refused.sentence, refused.field)


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
