"""The way into a room: a code of four letters, a name, a role. Open to a tablet nobody is signed on at."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import HTMLResponse, JSONResponse, Response

from dashboard.gate import cookie_value, refusal
from dashboard.sign_on import set_cookie
from dashboard.training import seats
from dashboard.training.join_page import join_page
from dashboard.training.learner import COOKIE, Learner
from dashboard.training.room import Room
from dashboard.training.rooms import Rooms
from models.clinical.refusal import Refusal

NO_ROOM = "No training room has this code. The trainer's screen shows it: four letters."
WRONG_CODE_S = 0.5
WHAT_IT_TAKES = "Joining takes the code of the room, your name and a role."


class Join(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)
    code: str
    name: str = Field(default="", max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")
    role: str = Field(min_length=1, max_length=100)


def register(server: FastAPI, rooms: Rooms) -> None:
    @server.get("/join", include_in_schema=False)
    async def page(request: Request) -> Response:
        return HTMLResponse(join_page("closed" in request.query_params))

    @server.get("/api/join", tags=["training"])
    async def what_is_there(code: str = "") -> Response:
        room = rooms.by_code.get(code.strip().upper())
        return await no_room() if room is None else JSONResponse(roles_json(room))

    @server.post("/api/join", tags=["training"])
    async def join(request: Request) -> Response:
        try:
            body = Join.model_validate_json(await request.body())
        except ValidationError as fault:
            field = str(next(iter(fault.errors()[0]["loc"]), "")) or None
            return refusal(422, WHAT_IT_TAKES, field)
        room = rooms.by_code.get(body.code.upper())
        if room is None:
            return await no_room()
        here_room, here = rooms.known(cookie_value(request.headers, COOKIE))
        try:
            learner = await seated(room, body, here)
            token = await seats.sign_on(room, learner)
        except Refusal as refused:
            return refusal(422, refused.sentence, refused.field)
        if here_room is not None and here is not None and here is not learner:
            seats.leave(here_room, here)
        reply = JSONResponse({"learner": learner.id, "play": learner.play, "page": "/"}, 201)
        set_cookie(reply, request, COOKIE, f"{room.code}.{learner.secret}")
        set_cookie(reply, request, room.play(learner.play).app.sign_ons.cookie, token)
        return reply


async def no_room() -> Response:
    """Not at once: letters are not tried one after the other."""
    await asyncio.sleep(WRONG_CODE_S)
    return refusal(404, NO_ROOM, "code")


async def seated(room: Room, body: Join, here: Learner | None) -> Learner:
    """Who only looks needs no name."""
    if body.role == seats.LOOKS:
        return seats.look_on(room)
    if not body.name:
        raise Refusal(WHAT_IT_TAKES, field="name")
    return await seats.join(room, body.name, body.role, here)


def roles_json(room: Room) -> dict[str, object]:
    """Every role with its chairs, and whether it is taken: whoever has the code alone is told nobody's name."""
    chairs = {one.chair: one.nurse for one in room.scenario.chairs}
    return {
        "code": room.code,
        "kind": room.kind,
        "roles": [
            {
                "id": part.id,
                "name": part.name,
                "role": part.role,
                "chairs": [chair for chair, nurse in chairs.items() if nurse == part.id],
                "taken": any(one.staff_id == part.id and not one.left for one in room.learners),
            }
            for part in seats.parts(room)
        ],
    }
