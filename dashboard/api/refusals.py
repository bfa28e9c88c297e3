"""Refusals as JSON: a sentence the nurse reads, the field it is about, and the way on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from dashboard.api.answers import Json, plain
from dashboard.api.tap import NotSignedOn
from dashboard.gate import log_without_details
from models.charting import Conflict, NeedsConfirmation, NotFound, TooOld
from models.clinical.refusal import Refusal
from models.store.refusals import StoreUnavailable


class NotTheirs(Refusal):
    """Whoever asks is not one of those who may."""


NOT_SAVED = "Not saved. Nothing was recorded."

# ---- a body that is not well-formed ----------------------------------------------------------------------------------

SENTENCES: Mapping[str, str] = {
    "missing": "{name} is missing.",
    "extra_forbidden": "{name} is not part of this entry.",
    "json_invalid": "The entry cannot be read: it is not JSON.",
    "value_error": "{name} {reason}.",
    "string_type": "{name} is text.",
    "string_unicode": "{name} holds signs that cannot be written down.",
    "string_too_short": "{name} is empty.",
    "string_too_long": "{name} has at most {max_length} signs.",
    "too_short": "{name} is empty.",
    "too_long": "{name} has at most {max_length} entries.",
    "greater_than_equal": "{name} is at least {ge}.",
    "greater_than": "{name} is more than {gt}.",
    "less_than_equal": "{name} is at most {le}.",
    "finite_number": "{name} is a number.",
    "literal_error": "{name} is one of {expected}.",
    "bool_type": "{name} is true or false.",
    "list_type": "{name} is a list.",
    "dict_type": "{name} is an object.",
    "model_type": "{name} is an object.",
    "model_attributes_type": "{name} is an object.",
}
WORDS = {
    "spo2": "SpO2",
    "rate_ml_per_hour": "Rate (mL/h)",
    "volume_ml": "Volume (mL)",
    "dose_mg": "Dose (mg)",
    "with": "The other infusion day",
    "": "The entry",
}


def field_of(error: Mapping[str, Any]) -> str:
    """The innermost name: `body, patient, born` is about *born*."""
    names = [part for part in error["loc"] if isinstance(part, str) and part not in ("body", "[key]")]
    return names[-1] if names and error["type"] != "json_invalid" else ""


def words_of(field: str) -> str:
    return WORDS.get(field) or field.replace("_", " ").capitalize()[:60]


def sentence_of(error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    known = {"name": words_of(field_of(error)), "reason": context.get("error", "cannot be read")}
    return SENTENCES.get(error["type"], "{name} cannot be read.").format(**{**context, **known})


def malformed(errors: list[Any]) -> Refusal:
    return Refusal(sentence_of(errors[0]), field=field_of(errors[0]) or "body")


# ---- answers ---------------------------------------------------------------------------------------------------------


def refusal_json(refusal: Refusal) -> Json:
    answer: Json = {"refusal": refusal.sentence}
    if refusal.field:
        answer["field"] = refusal.field
    if refusal.locks:
        answer["locks"] = list(refusal.locks)
    if isinstance(refusal, NeedsConfirmation):
        answer["confirm"] = True
    if isinstance(refusal, TooOld):
        answer["late_offer"] = {"happened_at": plain(refusal.at), "words": refusal.offer}
    if isinstance(refusal, Conflict):
        answer |= conflict_json(refusal)
    return answer


def conflict_json(conflict: Conflict) -> Json:
    answer: Json = {}
    if conflict.saved:
        answer["saved"] = [plain(fact) | {"kind": fact.kind} for fact in conflict.saved]
    if conflict.changed:
        answer["changed"] = [plain(fact) | {"kind": fact.kind} for fact in conflict.changed]
    if conflict.moved_to is not None:
        answer["moved_to"] = conflict.moved_to
    if conflict.in_chair is not None:
        answer["in_chair"] = conflict.in_chair
    return answer


def code_of(refusal: Refusal) -> int:
    """422 is about the body; 409 about the chair as it stands, or who was first."""
    if isinstance(refusal, NotSignedOn):
        return 401
    if isinstance(refusal, NotTheirs):
        return 403
    if isinstance(refusal, NotFound):
        return 404
    if isinstance(refusal, Conflict | TooOld):
        return 409
    return 422 if isinstance(refusal, NeedsConfirmation) or refusal.field else 409


def refused(refusal: Refusal) -> JSONResponse:
    return JSONResponse(refusal_json(refusal), code_of(refusal))


async def answered(answer: Callable[[], Awaitable[Response]]) -> Response:
    """Every answer of the API is what was asked for or a refusal; a fault of ours says that nothing was recorded."""
    try:
        return await answer()
    except Refusal as refusal:
        return refused(refusal)
    except (RequestValidationError, ValidationError) as faults:
        return refused(malformed(list(faults.errors())))
    except StoreUnavailable as unavailable:
        return JSONResponse({"refusal": f"{NOT_SAVED} {unavailable.sentence}"}, 503)
    except HTTPException:
        return refused(Refusal("The entry cannot be read.", field="body"))
    except Exception as fault:  # noqa: BLE001  a bug of ours: the ward reads a sentence, the log where it was
        log_without_details(fault)
        return JSONResponse({"refusal": NOT_SAVED}, 500)


class WardRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answered_request(request: Request) -> Response:
            return await answered(lambda: answer(request))

        return answered_request
