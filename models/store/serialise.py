"""Facts to canonical JSON text and back: what is written is what will be read."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from models.clinical.facts import KINDS, Details


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


def to_text(details: Details) -> str:
    """Raises ValueError for details that would not come back as they are."""
    kind = type(details).__name__
    details = in_utc(details)
    text = canonical(adapter(kind).dump_python(details, mode="json", warnings="error"))
    text.encode("utf-8")
    if from_text(kind, text) != details:
        raise ValueError(f"{kind} does not come back from the record as it is")
    return text


def from_text(kind: str, text: str) -> Details:
    return adapter(kind).validate_json(text)
