"""The training clock as the API holds it: set forward, hurried, paused. A real ward has none."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import JSONResponse, Response

from dashboard.gate import refusal
from dashboard.settings import WardTime
from models.clinical.clock import ScenarioClock
from models.clinical.refusal import Refusal
from models.live_ward import LiveWard

LAST = datetime(2100, 1, 1, tzinfo=UTC)
TAKES = "The training clock takes now (a later time), rate (0 to 600) or paused (true or false)."


class ClockBody(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    now: WardTime | None = Field(default=None, strict=False)
    rate: float | None = Field(default=None, ge=0, le=600, allow_inf_nan=False)
    paused: bool | None = None


def register(server: FastAPI, clock: ScenarioClock, live_ward: LiveWard) -> None:
    @server.post("/api/training/clock", tags=["training"])
    async def set_clock(request: Request) -> Response:
        try:
            body = ClockBody.model_validate_json(await request.body())
        except ValidationError as fault:
            return refusal(422, TAKES, str(next(iter(fault.errors()[0]["loc"]), "")) or None)
        if body == ClockBody():
            return refusal(422, TAKES)
        if body.now is not None and body.now >= LAST:
            return refusal(422, "The training clock ends before 2100.", "now")
        try:
            _set(clock, body)
        except Refusal as refused:
            return refusal(409, refused.sentence, refused.field)
        live_ward.changed()
        return JSONResponse({"now": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}", "rate": clock.rate, "paused": clock.rate == 0})


def _set(clock: ScenarioClock, body: ClockBody) -> None:
    if body.now is not None:
        clock.set_now(body.now)
    if body.rate is not None:
        clock.set_rate(body.rate)
    if body.paused is not None:
        (clock.pause if body.paused else clock.resume)()
