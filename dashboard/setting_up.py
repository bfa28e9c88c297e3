"""Setting up a new ward, once: the code, then its name, chairs, people to call and first charge nurse."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from zoneinfo import ZoneInfo, available_timezones

import anyio.to_thread
from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from starlette.responses import JSONResponse, Response

from dashboard.gate import refusal
from dashboard.sign_on import PIN, pin_hash
from models.clinical.refusal import Refusal
from models.store.rows import StaffMember, WardRow
from models.store.set_up_code import fits
from models.store.ward_store import WardStore

MOST_CHAIRS = 60
SENTENCES = {
    "chairs": "Name the chairs like 1-12, or 1, 2, A: each label once, up to four signs, at most 60 chairs.",
    "zone": "That time zone is not known. Europe/London is one.",
    "pin": "The PIN is six digits.",
}


class SetUpBody(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, str_max_length=200)
    code: str
    name: str = Field(min_length=1)
    chairs: str
    zone: str
    supervising_neurologist: str = Field(min_length=1)
    emergency_contact: str = Field(min_length=1)
    charge_nurse: str = Field(min_length=1)
    pin: str = Field(pattern=PIN)
    pin_again: str = ""

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(zone)
        return ZoneInfo(zone).key

    @field_validator("chairs")
    @classmethod
    def _labels(cls, chairs: str) -> str:
        labels = chair_labels(chairs)
        if not 1 <= len(labels) <= MOST_CHAIRS or len(set(labels)) != len(labels):
            raise ValueError(chairs)
        return chairs


def chair_labels(written: str) -> list[str]:
    """`1-12`, `1, 2, A` or both; empty where a part is neither a label nor a run of numbers."""
    labels: list[str] = []
    for part in filter(None, re.split(r"[,;\s]+", written)):
        run = re.fullmatch(r"(\d{1,3})[-–](\d{1,3})", part)
        if run:
            labels += [str(number) for number in range(int(run[1]), int(run[2]) + 1)]
        elif re.fullmatch(r"[A-Za-z0-9]{1,4}", part):
            labels.append(part)
        else:
            return []
    return labels


def staff_id(name: str) -> str:
    """The family name as a slug: `Amara Okafor` is okafor."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9-]+", plain)
    return words[-1] if words else "charge-nurse"


def register(server: FastAPI, store: WardStore, opened: Callable[[], None]) -> None:
    @server.post("/api/set-up", include_in_schema=False)
    async def set_up(request: Request) -> Response:
        try:
            body = SetUpBody.model_validate_json(await request.body())
        except ValidationError as fault:
            field = str(next(iter(fault.errors()[0]["loc"]), ""))
            return refusal(422, SENTENCES.get(field, "Every field of this page is needed."), field or None)
        if body.pin != body.pin_again:
            return refusal(422, "The two PINs are not the same.", "pin_again")
        try:
            await anyio.to_thread.run_sync(_set_up, store, body)
        except Refusal as refused:
            return refusal(422 if refused.field else 409, refused.sentence, refused.field)
        opened()
        return JSONResponse({"name": body.name})


def _set_up(store: WardStore, body: SetUpBody) -> None:
    ward = store.ward()
    if not fits(body.code, ward.set_up_code_hash):
        raise Refusal("That is not the set-up code of this ward.", field="code")
    named = WardRow(
        name=body.name,
        mode=ward.mode,
        zone=body.zone,
        supervising_neurologist=body.supervising_neurologist,
        emergency_contact=body.emergency_contact,
        doctors=(body.supervising_neurologist,),
    )
    charge_nurse = StaffMember(
        id=staff_id(body.charge_nurse), name=body.charge_nurse, role="charge nurse", pin_hash=pin_hash(body.pin)
    )
    store.set_up(named, chair_labels(body.chairs), [charge_nurse])
