"""The protocol: every number, list and word of the treatment, read strictly from one file and never changed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from models.clinical.protocol_rows import (
    Advice,
    Check,
    CheckList,
    Choice,
    Combination,
    Condition,
    CourseRules,
    Durations,
    Grade,
    Limit,
    Medicine,
    Range,
    SampleKind,
    Step,
    SymptomKind,
)
from models.clinical.status import Level

SHIPPED = Path(__file__).parent / "protocols"

Table = Mapping[str, Any]
Row = TypeVar("Row")


class ProtocolRefused(Exception):
    """The file is not a protocol; the sentence names the key."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Protocol:
    """Lists are mappings id → row in the order of the file; `source_of` tells the source of each single number."""

    id: str
    version: str
    approved_by: str
    approved_on: date | None
    drug: str
    product: str
    dose_mg: float
    volume_ml: float
    resume_fraction: float
    round_interval_minutes: int
    round_intervals: tuple[int, ...]
    durations: Durations
    courses: CourseRules
    limits: tuple[Limit, ...]
    combinations: tuple[Combination, ...]
    plausibility: Mapping[str, Range]
    accepted_margin: Mapping[str, float]
    """How far beyond a value a doctor accepted a new one asks again; a parameter not named: any step beyond."""
    severities: tuple[str, ...]
    """Mildest first."""
    actions: Mapping[str, str]
    symptoms: Mapping[str, SymptomKind]
    checks: Mapping[str, Check]
    medicines: Mapping[str, Medicine]
    samples: Mapping[str, SampleKind]
    advice: Mapping[str, Advice]
    pause_reasons: Mapping[str, Choice]
    rate_reasons: Mapping[str, Choice]
    override_reasons: Mapping[str, Choice]
    correction_reasons: Mapping[str, Choice]
    not_done_reasons: Mapping[str, Choice]
    partial_reasons: Mapping[str, Choice]
    defer_reasons: Mapping[str, Choice]
    review_decisions: Mapping[str, Choice]
    destinations: Mapping[str, Choice]
    evaluation_outcomes: Mapping[str, Choice]
    evaluation_head: tuple[Step, ...]
    check_lists: Mapping[str, CheckList]
    grades: tuple[Grade, ...]
    sources: Mapping[str, str]
    source_of: Mapping[str, str]

    @property
    def is_approved(self) -> bool:
        return bool(self.approved_by) and self.approved_on is not None

    @property
    def planned_rate_ml_per_hour(self) -> float:
        return self.volume_ml / (self.durations.infusion / timedelta(hours=1))

    def days_in_course(self, number: int) -> int:
        return self.courses.first_course_days if number == 1 else self.courses.later_course_days


def load(path: Path | None = None) -> Protocol:
    """The protocol in `path`, else the one that is shipped."""
    path = path or min(SHIPPED.glob("*.toml"))
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ProtocolRefused(f"{path.name} cannot be read as a protocol: {fault}.") from fault
    return _protocol(table)


def _protocol(table: Table) -> Protocol:
    named = (_names(Protocol) - {"source_of"} - _NUMBERS.keys()) | {"numbers"}
    _same_keys(table, needed=named, allowed=named, where="the protocol")
    source_of: dict[str, str] = {}
    values: dict[str, Any] = {key: _value("str", key, table[key], "the protocol") for key in _TEXTS}
    values |= _numbers(table["numbers"], "numbers", _NUMBERS, source_of)
    values["approved_on"] = _day(table["approved_on"])
    values["severities"] = _value("tuple", "severities", table["severities"], "the protocol")
    values["durations"] = Durations(**_durations(table["durations"], source_of))
    values["courses"] = CourseRules(
        **_numbers(table["courses"], "courses", dict.fromkeys(_names(CourseRules), "int"), source_of)
    )
    margins = dict.fromkeys(table["accepted_margin"], "float")
    values["accepted_margin"] = MappingProxyType(
        _numbers(table["accepted_margin"], "accepted_margin", margins, source_of)
    )
    values["plausibility"] = MappingProxyType(
        {key: _row(Range, row, f"plausibility.{key}") for key, row in table["plausibility"].items()}
    )
    for key in ("actions", "sources"):
        values[key] = MappingProxyType({name: _value("str", name, text, key) for name, text in table[key].items()})
    for key, shape in _LISTS.items():
        values[key] = tuple(_row(shape, row, f"{key} {place}") for place, row in enumerate(table[key], 1))
    for key, shape in _MAPPINGS.items():
        values[key] = _by_id(shape, table[key], key)
    for place, limit in enumerate(values["limits"], 1):
        _one_comparison(limit, place)
    return Protocol(**values, source_of=MappingProxyType(source_of))


_TEXTS = ("id", "version", "approved_by", "drug", "product")
_NUMBERS = {
    "dose_mg": "float", "volume_ml": "float", "resume_fraction": "float",
    "round_interval_minutes": "int", "round_intervals": "tuple",
}  # fmt: skip
_LISTS: dict[str, type[Any]] = {
    "limits": Limit, "combinations": Combination, "evaluation_head": Step, "grades": Grade,
}  # fmt: skip
_MAPPINGS: dict[str, type[Any]] = {
    "symptoms": SymptomKind, "checks": Check, "medicines": Medicine, "samples": SampleKind, "advice": Advice,
    "check_lists": CheckList,
    **dict.fromkeys(
        ("pause_reasons", "rate_reasons", "override_reasons", "correction_reasons", "not_done_reasons",
         "partial_reasons", "defer_reasons", "review_decisions", "destinations", "evaluation_outcomes"), Choice,
    ),
}  # fmt: skip
_COMPARISONS = ("at_least", "at_most", "more_than", "other_than")
_UNITS = ("hours", "minutes", "seconds")
_NESTED: dict[str, type[Any]] = {"every": Condition, "any_of": Condition, "steps": Step}
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,), "bool": (bool,), "int": (int,), "float": (int, float), "tuple": (list,), "Level": (str,),
}  # fmt: skip


def _same_keys(table: Table, *, needed: Set[str], allowed: Set[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise ProtocolRefused(f"{where} must be a table.")
    for key in sorted(needed - table.keys()):
        raise ProtocolRefused(f"{where} lacks the key {key}.")
    for key in sorted(table.keys() - allowed):
        raise ProtocolRefused(f"{where} has the unknown key {key}.")


def _names(shape: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in fields(shape))


def _row(shape: type[Row], table: Table, where: str) -> Row:
    shape_fields = fields(cast(Any, shape))
    needed = {field.name for field in shape_fields if field.default is MISSING}
    _same_keys(table, needed=needed, allowed=_names(shape), where=where)
    kinds = {field.name: str(field.type) for field in shape_fields}
    return shape(**{key: _value(kinds[key], key, value, where) for key, value in table.items()})


def _value(kind: str, key: str, value: Any, where: str) -> Any:
    """`kind` is the annotation as written: str, int | None, tuple[str, ...], Level …"""
    plain = kind.split("[")[0].split(" |")[0]
    fits = isinstance(value, _KINDS[plain]) and (plain == "bool" or not isinstance(value, bool))
    if not fits:
        raise ProtocolRefused(f"{where}: {key} must be {kind}, not {value!r}.")
    if key in _NESTED:
        return tuple(_row(_NESTED[key], row, f"{where} {key} {place}") for place, row in enumerate(value, 1))
    if plain == "tuple":
        return tuple(value)
    if plain == "Level":
        return _level(value, where)
    return value


def _level(word: str, where: str) -> Level:
    for level in (Level.AMBER, Level.RED):
        if level.word == word:
            return level
    raise ProtocolRefused(f"{where}: level must be amber or red, not {word!r}.")


def _one_comparison(limit: Limit, place: int) -> None:
    if sum(getattr(limit, name) is not None for name in _COMPARISONS) != 1:
        raise ProtocolRefused(f"limits {place} must name exactly one of {', '.join(_COMPARISONS)}.")


def _by_id(shape: type[Row], rows: list[Table], where: str) -> Mapping[str, Row]:
    made: dict[str, Row] = {}
    for place, row in enumerate(rows, 1):
        built = _row(shape, row, f"{where} {place}")
        if row["id"] in made:
            raise ProtocolRefused(f"{where} has the id {row['id']} twice.")
        made[row["id"]] = built
    return MappingProxyType(made)


def _numbers(table: Table, where: str, kinds: Mapping[str, str], source_of: dict[str, str]) -> dict[str, Any]:
    _same_keys(table, needed=kinds.keys(), allowed=kinds.keys(), where=where)
    made = {}
    for key, row in table.items():
        both = {"value", "source"}
        _same_keys(row, needed=both, allowed=both, where=f"{where}.{key}")
        source_of[key] = _value("str", "source", row["source"], f"{where}.{key}")
        made[key] = _value(kinds[key], "value", row["value"], f"{where}.{key}")
    return made


def _durations(table: Table, source_of: dict[str, str]) -> dict[str, timedelta]:
    _same_keys(table, needed=_names(Durations), allowed=_names(Durations), where="durations")
    made = {}
    for key, row in table.items():
        where = f"durations.{key}"
        _same_keys(row, needed={"source"}, allowed={"source", *_UNITS}, where=where)
        source_of[key] = _value("str", "source", row["source"], where)
        amounts = {unit: _value("int", unit, row[unit], where) for unit in _UNITS if unit in row}
        if not amounts:
            raise ProtocolRefused(f"{where} lacks a number of hours, minutes or seconds.")
        made[key] = timedelta(**amounts)
    return made


def _day(text: object) -> date | None:
    if text == "":
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ProtocolRefused(f"approved_on must be empty or a date like 2026-11-20, not {text!r}.") from None
