"""Whether a recorded fact is the one a scenario waits for: its kind, and conditions on its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Protocol

from models.clinical.facts import KINDS, Details, VitalSignsRecorded
from models.clinical.vital_signs import is_complete

COMPLETE = "complete"
"""Of a set: heart rate, both pressures and the clinical status were taken."""

Where = Mapping[str, Any]

COMPARED = {
    "at_least": lambda value, told: value is not None and value >= told,
    "at_most": lambda value, told: value is not None and value <= told,
    "one_of": lambda value, told: any(_same(value, one) for one in told),
    "contains": lambda value, told: (
        isinstance(value, str) and any(str(one).casefold() in value.casefold() for one in _several(told))
    ),
    "is_not": lambda value, told: not _same(value, told),
}
"""`{ at_least = 5 }` and its like, in the place of a plain value."""


class Asked(Protocol):
    """A kind of fact, or one of several, and what its fields must be."""

    @property
    def fact(self) -> Sequence[str]: ...

    @property
    def where(self) -> Where: ...

    @property
    def alternatives(self) -> Sequence[Asked]: ...


def fits(details: Details, asked: Asked) -> bool:
    """The fact that is asked for, or one of its alternatives."""
    if type(details).__name__ in asked.fact and all(_holds(details, name, told) for name, told in asked.where.items()):
        return True
    return any(fits(details, one) for one in asked.alternatives)


def unknown_condition(kind: str, where: Where) -> str | None:
    """The field of `where` that facts of this kind do not have."""
    known = {field.name for field in fields(KINDS[kind])}
    if kind == VitalSignsRecorded.__name__:
        known.add(COMPLETE)
    return next((name for name in where if name not in known), None)


def _holds(details: Details, name: str, told: Any) -> bool:
    if name == COMPLETE and isinstance(details, VitalSignsRecorded):
        return is_complete(details) is told
    return _is(getattr(details, name), told)


def _is(value: Any, told: Any) -> bool:
    """A list of parts fits when one of them does; a part fits by its fields, or by its first one alone."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(_is(one, told) for one in value)
    if is_dataclass(value):
        if isinstance(told, Mapping):
            return all(_is(getattr(value, name), one) for name, one in told.items())
        return _same(getattr(value, fields(value)[0].name), told)
    if isinstance(told, Mapping):
        return all(COMPARED[how](value, one) for how, one in told.items())
    return _same(value, told)


def _several(told: Any) -> Sequence[Any]:
    return [told] if isinstance(told, str) else told


def _same(value: Any, told: Any) -> bool:
    if isinstance(value, str) and isinstance(told, str):
        return value.casefold() == told.casefold()
    return bool(value == told)
