"""What only a tablet in a training room can ask for: to measure, to say that a form is open, and to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import JSONResponse, Response

from dashboard.gate import refusal, signed_on
from dashboard.training import seats
from dashboard.training.learner import COOKIE, FORM_STANDS_S, Learner
from dashboard.training.measuring import Measuring, instant, measured_json
from models.clinical.refusal import Refusal

if TYPE_CHECKING:
    from dashboard.factory import WardApp
    from dashboard.training.play import Play
    from dashboard.training.room import Room


class AtChair(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    chair: str


class FormOpen(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    open: bool


def register(room: Room, app: WardApp, play: Play) -> None:
    """Under /api/room."""
    add_measuring(app, Measuring(play.player))
    add_form(room, app)
    add_leaving(room, app)


def add_measuring(app: WardApp, measuring: Measuring) -> None:

    @app.server.post("/api/room/measure", tags=["training"])
    async def measure(request: Request) -> Response:
        try:
            begun = measuring.begin(app.live_ward.status(), AtChair.model_validate_json(await request.body()).chair)
        except ValidationError:
            return refusal(422, "Measuring takes the chair.", "chair")
        except Refusal as refused:
            return refusal(409, refused.sentence, refused.field)
        return JSONResponse({"begun_at": instant(begun.begun_at), "ready_at": instant(begun.ready_at)}, 201)

    @app.server.get("/api/room/measured", tags=["training"])
    async def measured(chair: str = "") -> Response:
        try:
            return JSONResponse(measured_json(measuring.taken(app.live_ward.status(), chair)))
        except Refusal as refused:
            return refusal(409, refused.sentence, refused.field)


def add_form(room: Room, app: WardApp) -> None:
    @app.server.post("/api/room/form", tags=["training"])
    async def form(request: Request) -> Response:
        try:
            is_open = FormOpen.model_validate_json(await request.body()).open
        except ValidationError:
            return refusal(422, "A form is open or it is not.", "open")
        if (learner := learner_here(room)) is not None:
            learner.form_until = room.clock.real() + FORM_STANDS_S if is_open else 0.0
            room.look()
        return JSONResponse({"open": is_open}, 201)


def add_leaving(room: Room, app: WardApp) -> None:
    @app.server.post("/api/room/leave", tags=["training"])
    async def leave() -> Response:
        if (learner := learner_here(room)) is not None:
            seats.leave(room, learner)
        await app.sign_ons.end(signed_on().token_hash)
        reply = JSONResponse({"page": f"/join?code={room.code}"})
        for cookie in (COOKIE, app.sign_ons.cookie):
            reply.delete_cookie(cookie, path="/")
        return reply


def learner_here(room: Room) -> Learner | None:
    """Whose tablet asks: the sign-on was given to it under the learner's id."""
    device = signed_on().device
    return next((one for one in seats.everybody(room) if one.id == device), None)


def is_offline(room: Room, learner: Learner) -> bool:
    """Cut off by the trainer, for a time of the real clock."""
    return learner.offline_until is not None and room.clock.real() < learner.offline_until
