"""Facts to canonical JSON text and back: what is written is what will be read."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from models.clinical.facts import KINDS, Details
from models.clinical.refusal import Refusal

UNRECORDABLE = re.compile("[\0\ud800-\udfff]")
NUL, BACKSLASH = r"\u0000", r"\\"
"""As JSON writes them."""
LARGEST = 2**31 - 1
"""The largest whole number a view's integer column takes."""


@cache
def adapter(kind: str) -> TypeAdapter[Details]:
    return TypeAdapter(KINDS[kind])


def canonical(value: Any) -> str:
    """The one text for a JSON value: sorted keys, no spaces, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def utc(moment: datetime) -> datetime:
    """The same moment in UTC; a naive one never enters."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone")
    return moment.astimezone(UTC)


def in_utc(details: Details) -> Details:
    moments: dict[str, Any] = {
        field.name: utc(moment)
        for field in dataclasses.fields(details)
        if isinstance(moment := getattr(details, field.name), datetime)
    }
    return dataclasses.replace(details, **moments)


def is_recordable(text: str) -> bool:
    """PostgreSQL keeps no NUL, and half a surrogate pair is no character at all."""
    return UNRECORDABLE.search(text) is None


def refuse_unrecordable(*texts: str) -> None:
    if not all(is_recordable(text) for text in texts):
        raise Refusal("The text holds a character that cannot be recorded. Type it again without it.")


def refuse_unrecordable_details(details: Details, text: str) -> None:
    refuse_unrecordable(text)
    if NUL in text.replace(BACKSLASH, ""):
        refuse_unrecordable("\0")
    for field in dataclasses.fields(details):
        value = getattr(details, field.name)
        if isinstance(value, int) and abs(value) > LARGEST:
            raise Refusal(f"{value} is too large a number to be recorded.", field=field.name)


def to_text(details: Details) -> str:
    """Raises ValueError for details that would not come back as they are."""
    kind = type(details).__name__
    details = in_utc(details)
    text = canonical(adapter(kind).dump_python(details, mode="json", warnings="error"))
    refuse_unrecordable_details(details, text)
    if from_text(kind, text) != details:
        raise ValueError(f"{kind} does not come back from the record as it is")
    return text


def from_text(kind: str, text: str) -> Details:
    return adapter(kind).validate_json(text)
