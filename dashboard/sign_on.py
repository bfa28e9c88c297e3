"""Sign-on: tiles, PINs and the cookie that says who is at this screen."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import anyio.to_thread
from anyio import CapacityLimiter
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import JSONResponse, Response

from dashboard.gate import SignedOn, cookie_value, refusal, signed_on
from models.clinical.clock import Clock
from models.store.rows import SignOn, StaffMember
from models.store.ward_store import WardStore

HEARS_FOR = timedelta(hours=12)
"""A tablet nobody has signed on at for so long hears nothing."""
WRONG = "That name and PIN do not go together. Try again."
PIN = r"^[0-9]{6}$"

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id at the figures OWASP asks for at least: about 20 ms a try, which is why it never runs on the event loop."""


class SignOnBody(BaseModel):
    model_config = ConfigDict(extra="ignore")
    staff: str = Field(min_length=1, max_length=100)
    pin: str = Field(pattern=PIN)


def pin_hash(pin: str) -> str:
    return HASHER.hash(pin)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class SignOns:
    """Who is signed on with which cookie. `ended` hears the digest of every token that stops counting."""

    def __init__(self, store: WardStore, clock: Clock, cookie: str, ended: Callable[[str], None]) -> None:
        self.store = store
        self.clock = clock
        self.cookie = cookie
        self._ended = ended
        # Two tries at a time: twenty tablets signing on at once must not starve the stream of its processor.
        self._tries = CapacityLimiter(2)
        self._nobody = HASHER.hash(secrets.token_hex(8))

    async def tiles(self) -> list[StaffMember]:
        staff = await anyio.to_thread.run_sync(self.store.staff)
        return [member for member in staff if member.active]

    async def has_staff(self) -> bool:
        return bool(await self.tiles())

    async def who(self, token: str) -> SignedOn | None:
        digest = token_hash(token)
        known = self.store.known_sign_on(digest)
        if known is None:
            known = await anyio.to_thread.run_sync(self.store.signed_on, digest)
        return None if known is None or not known[1].active else signed_on_as(*known, digest)

    async def was_here(self, token: str) -> str | None:
        """Whose sign-on this was, for the one thing an ended sign-on is good for: hearing that a chair is red."""
        since = self.clock.now() - HEARS_FOR
        return await anyio.to_thread.run_sync(self.store.was_signed_on, token_hash(token), since)

    async def sign_on(self, staff_id: str, pin: str) -> tuple[str, SignedOn] | None:
        """A new token and who it stands for; None when name and PIN do not go together."""
        member = next((one for one in await self.tiles() if one.id == staff_id), None)
        # A name that does not exist costs the same time as one that does.
        proof = self._nobody if member is None else member.pin_hash
        fits = await anyio.to_thread.run_sync(partial(_fits, proof, pin), limiter=self._tries)
        if member is None or not fits:
            return None
        token = secrets.token_urlsafe(32)
        start = partial(self.store.start_sign_on, member.id, token_hash(token), "", self.clock.now())
        epoch = await anyio.to_thread.run_sync(start)
        return token, SignedOn(member.id, member.name, member.role, epoch, "", token_hash(token))

    async def end(self, digest: str) -> None:
        await anyio.to_thread.run_sync(self.store.end_sign_on, digest, self.clock.now())
        self._ended(digest)


def signed_on_as(row: SignOn, member: StaffMember, digest: str) -> SignedOn:
    return SignedOn(member.id, member.name, member.role, row.epoch, row.device, digest)


def _fits(proof: str, pin: str) -> bool:
    try:
        return HASHER.verify(proof, pin)
    except (VerificationError, InvalidHashError):
        return False


def register(server: FastAPI, sign_ons: SignOns, is_training: bool) -> None:
    """The routes of sign-on; the gate leaves the first two open."""

    @server.get("/api/staff", include_in_schema=True, tags=["sign-on"])
    async def staff() -> list[dict[str, str]]:
        return [{"id": one.id, "name": one.name, "role": one.role} for one in await sign_ons.tiles()]

    @server.post("/api/sign-on", tags=["sign-on"], openapi_extra=_body_of(SignOnBody))
    async def sign_on(request: Request) -> Response:
        try:
            body = SignOnBody.model_validate_json(await request.body())
        except ValidationError as fault:
            field = str(next(iter(fault.errors()[0]["loc"]), "")) or None
            return refusal(422, "Sign-on takes a name and a PIN of six digits.", field)
        signed = await sign_ons.sign_on(body.staff, body.pin)
        if signed is None:
            return refusal(401, WRONG)
        token, who = signed
        former = cookie_value(request.headers, sign_ons.cookie)
        if former:
            await sign_ons.end(token_hash(former))
        reply = JSONResponse({"staff": who.staff_id, "name": who.name, "role": who.role, "epoch": who.epoch})
        set_cookie(reply, request, sign_ons.cookie, token)
        return reply

    @server.post("/api/sign-off", tags=["sign-on"])
    async def sign_off() -> Response:
        await sign_ons.end(signed_on().token_hash)
        # The cookie stays: it opens nothing any more, and lets this tablet hear that a chair is red (/live/locked).
        return JSONResponse({"signed_off": True})

    if is_training:
        # A trainer's own, also where the same browser has joined a room.
        server.post("/api/training/sign-off", include_in_schema=False)(sign_off)


def set_cookie(reply: Response, request: Request, name: str, token: str) -> None:
    reply.set_cookie(name, token, path="/", httponly=True, samesite="strict", secure=request.url.scheme == "https")


def _body_of(model: type[BaseModel]) -> dict[str, object]:
    """The body in the API's description, though the route reads it itself to refuse in its own words."""
    schema = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": True, "content": schema}}
