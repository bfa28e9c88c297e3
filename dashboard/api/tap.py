"""Reads who tapped and what their screen showed from the headers of a request."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from dashboard.api.body import Body
from models.charting import Act
from models.clinical.refusal import Refusal

NOT_PART_OF_THE_ENTRY = {"late", "confirmed"}
"""How an entry is repeated, not what it says: the same key with these changed is the same entry."""

HEADERS = {
    "Idempotency-Key": "Made once when the form opens; required.",
    "X-Patient": "`patient.id` of the screen.",
    "X-Chair": "The chair of the screen.",
    "X-Position": "The newest fact the screen knew.",
    "X-Epoch": "The sign-on of the screen.",
    "X-Issued-At": "The tap, in server epoch milliseconds.",
}
"""In the order of the fields of a Tap."""
DESCRIBED: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "header", "required": False, "description": words, "schema": {"type": "string"}}
        for name, words in HEADERS.items()
    ]
}
"""The headers in the API's description: asked of FastAPI one by one they cost an act more than its body."""


class NotSignedOn(Refusal):
    """Nobody is signed on here."""


@dataclass(frozen=True, slots=True)
class Tap:
    """The headers of an act; only the key is required, the others are checked when sent."""

    request: Request
    idempotency_key: str | None = None
    x_patient: str | None = None
    x_chair: str | None = None
    x_position: str | None = None
    x_epoch: str | None = None
    x_issued_at: str | None = None

    def act(self, body: Body) -> Act:
        sign_on = signed_on(self.request)
        issued_ms = whole("X-Issued-At", self.x_issued_at)
        return Act(
            key=self.key(),
            staff=sign_on.staff_id,
            device=getattr(sign_on, "device", ""),
            request_digest=digest(self.request.url.path, body),
            patient=self.x_patient or None,
            chair=self.x_chair or None,
            position=whole("X-Position", self.x_position),
            epoch=whole("X-Epoch", self.x_epoch),
            current_epoch=sign_on.epoch,
            issued_at=None if issued_ms is None else issued_ms / 1000,
            late=body.late,
            happened_at=body.happened_at,
            override=body.override.override() if body.override else None,
            confirmed=getattr(body, "confirmed", False),
        )

    def key(self) -> str:
        key = self.idempotency_key
        if not key:
            raise Refusal("The header Idempotency-Key is missing: it makes sure that an entry is saved once.",
                          field="Idempotency-Key")  # fmt: skip
        if len(key) > 200 or not key.isascii() or not key.isprintable():
            raise Refusal("The header Idempotency-Key has at most 200 plain signs.", field="Idempotency-Key")
        return key


async def tap_of(request: Request) -> Tap:
    """Asynchronous, though it waits for nothing: FastAPI sends everything else to a thread."""
    return Tap(request, *(request.headers.get(name) for name in HEADERS))


def signed_on(request: Request) -> Any:
    """The sign-on the gate left: staff_id, epoch, device."""
    sign_on = getattr(request.state, "sign_on", None)
    if sign_on is None:
        raise NotSignedOn("Nobody is signed on here. Sign on first.")
    return sign_on


def whole(name: str, text: str | None) -> int | None:
    if not text:
        return None
    if len(text) > 15 or not (text.isascii() and text.isdigit()):
        raise Refusal(f"The header {name} is a whole number.", field=name)
    return int(text)


def digest(path: str, body: Body) -> str:
    """Tells the same request from another one with the same key."""
    said = body.model_dump(mode="json", by_alias=True, exclude=NOT_PART_OF_THE_ENTRY)
    return hashlib.sha256(json.dumps([path, said], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
