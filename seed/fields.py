"""The kinds of fields that scenario files are made of: times, values, kinds of facts."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")


def minute_of_day(text: object) -> float | None:
    told = CLOCK.fullmatch(text) if isinstance(text, str) else None
    return int(told[1]) * 60 + int(told[2]) + int(told[3] or 0) / 60 if told else None


def _moment(told: object, context: ValidationInfo) -> object:
    """`"10:30"` by the ward's clock, or minutes from the start of the scenario."""
    if isinstance(told, str):
        minute = minute_of_day(told)
        if minute is None:
            raise ValueError('write a time as "10:30", or minutes from the start')
        return minute - (context.context or {})["starts"]
    return told


def _clock(told: object) -> object:
    if isinstance(told, str) and minute_of_day(told) is None:
        raise ValueError('write a time as "10:30"')
    return told


Moment = Annotated[float, BeforeValidator(_moment)]
Minutes = Annotated[float, Field(ge=0)]
ClockTime = Annotated[str, BeforeValidator(_clock)]
Words = Annotated[str, Field(min_length=1)]
Values = Annotated[tuple[float, ...], Field(min_length=3, max_length=6)]
"""Heart rate, systolic, diastolic; then, where they are told, temperature, SpO2, respiratory rate."""


def _kinds(told: object) -> object:
    return (told,) if isinstance(told, str) else told


Kinds = Annotated[tuple[Words, ...], BeforeValidator(_kinds), Field(min_length=1)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)
