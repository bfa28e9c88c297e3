"""Reading a protocol strictly: an unknown or missing key, or a value of another kind, is a sentence naming it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import MISSING, fields
from types import MappingProxyType
from typing import Any, TypeVar, cast

from models.clinical.alert import AlertKind, Priority
from models.clinical.findings import Level
from models.clinical.protocol_rows import Condition, Step

Table = Mapping[str, Any]
Row = TypeVar("Row")

_NESTED: dict[str, type[Any]] = {"every": Condition, "any_of": Condition, "steps": Step}
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,), "bool": (bool,), "int": (int,), "float": (int, float), "tuple": (list,), "Level": (str,),
    "Priority": (str,), "AlertKind": (str,),
}  # fmt: skip
_WORDS: dict[str, dict[str, Any]] = {
    "Level": {level.word: level for level in (Level.AMBER, Level.RED)},
    "Priority": {priority.word: priority for priority in Priority},
    "AlertKind": {kind.value: kind for kind in AlertKind},
}


class ProtocolRefused(Exception):
    """The file is not a protocol; the sentence names the key."""


def same_keys(table: Table, *, needed: Set[str], allowed: Set[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise ProtocolRefused(f"{where} must be a table.")
    for key in sorted(needed - table.keys()):
        raise ProtocolRefused(f"{where} lacks the key {key}.")
    for key in sorted(table.keys() - allowed):
        raise ProtocolRefused(f"{where} has the unknown key {key}.")


def names_of(shape: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in fields(shape))


def row_of(shape: type[Row], table: Table, where: str) -> Row:
    shape_fields = fields(cast(Any, shape))
    needed = {field.name for field in shape_fields if field.default is MISSING}
    same_keys(table, needed=needed, allowed=names_of(shape), where=where)
    kinds = {field.name: str(field.type) for field in shape_fields}
    return shape(**{key: value_of(kinds[key], key, value, where) for key, value in table.items()})


def value_of(kind: str, key: str, value: Any, where: str) -> Any:
    """`kind` is the annotation as written: str, int | None, tuple[str, ...], Level …"""
    plain = kind.split("[")[0].split(" |")[0]
    fits = isinstance(value, _KINDS[plain]) and (plain == "bool" or not isinstance(value, bool))
    if not fits:
        raise ProtocolRefused(f"{where}: {key} must be {kind}, not {value!r}.")
    if key in _NESTED:
        return tuple(row_of(_NESTED[key], row, f"{where} {key} {place}") for place, row in enumerate(value, 1))
    if plain == "tuple":
        return tuple(value)
    if plain in _WORDS:
        return _word_of(plain, value, f"{where}: {key}")
    return value


def _word_of(kind: str, word: str, where: str) -> Any:
    words = _WORDS[kind]
    if word not in words:
        raise ProtocolRefused(f"{where} must be {' or '.join(words)}, not {word!r}.")
    return words[word]


def rows_by_id(shape: type[Row], rows: list[Table], where: str) -> Mapping[str, Row]:
    made: dict[str, Row] = {}
    for place, row in enumerate(rows, 1):
        built = row_of(shape, row, f"{where} {place}")
        if row["id"] in made:
            raise ProtocolRefused(f"{where} has the id {row['id']} twice.")
        made[row["id"]] = built
    return MappingProxyType(made)
