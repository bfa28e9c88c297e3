"""The ward's people: a charge nurse adds a colleague, with a PIN of the colleague's own."""

from __future__ import annotations

from collections.abc import Callable

import anyio.to_thread
from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import JSONResponse, Response

from dashboard.gate import SignedOn, refusal, signed_on
from dashboard.setting_up import staff_id
from dashboard.sign_on import PIN, pin_hash
from models.clinical.refusal import Refusal
from models.store.rows import StaffMember
from models.store.ward_store import WardStore

CHARGE_NURSE = "charge nurse"
ROLES = ("nurse", CHARGE_NURSE)
SENTENCES = {
    "name": "Write the name of the colleague.",
    "role": f"The role is {' or '.join(ROLES)}.",
    "pin": "The PIN is six digits.",
    "pin_again": "Type the same PIN again.",
}


class NewColleague(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=120)
    name: str = Field(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")
    role: str = Field(pattern=f"^({'|'.join(ROLES)})$")
    pin: str = Field(pattern=PIN)
    pin_again: str


def register(server: FastAPI, store: WardStore, changed: Callable[[], None]) -> None:
    @server.post("/api/staff", status_code=201, tags=["sign-on"], summary="A colleague, added by a charge nurse")
    async def add(request: Request) -> Response:
        if signed_on().role != CHARGE_NURSE:
            return refusal(409, await anyio.to_thread.run_sync(_who_may, store, signed_on()))
        try:
            body = NewColleague.model_validate_json(await request.body())
        except ValidationError as fault:
            field = str(next(iter(fault.errors()[0]["loc"]), ""))
            return refusal(422, SENTENCES.get(field, "A colleague has a name, a role and a PIN."), field or None)
        if body.pin != body.pin_again:
            return refusal(422, "The two PINs are not the same.", "pin_again")
        try:
            added = await anyio.to_thread.run_sync(_add, store, body)
        except Refusal as refused:
            return refusal(422, refused.sentence, refused.field)
        changed()
        return JSONResponse({"id": added.id, "name": added.name, "role": added.role}, 201)


def _who_may(store: WardStore, who: SignedOn) -> str:
    names = [one.name for one in store.staff() if one.active and one.role == CHARGE_NURSE]
    return f"{who.name} is a {who.role}. A charge nurse adds colleagues: {', '.join(names)}."


def _add(store: WardStore, body: NewColleague) -> StaffMember:
    made = StaffMember(id=staff_id(body.name), name=body.name, role=body.role, pin_hash=pin_hash(body.pin))
    return store.add_staff(made)
