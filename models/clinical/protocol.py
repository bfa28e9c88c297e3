"""The protocol: every number, list and word of the treatment, read strictly from one file and never changed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from models.clinical.protocol_reading import ProtocolRefused, Table, names_of, row_of, rows_by_id, same_keys, value_of
from models.clinical.protocol_rows import (
    Advice,
    AlertRow,
    Check,
    CheckList,
    Choice,
    Combination,
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

__all__ = ["SHIPPED", "Protocol", "ProtocolRefused", "load"]

SHIPPED = Path(__file__).parent / "protocols"

_TEXTS = ("id", "version", "approved_by", "drug", "product", "reporting")
_NUMBERS = {
    "dose_mg": "float", "volume_ml": "float", "resume_fraction": "float",
    "slow_fractions": "tuple", "rate_asks_above": "float", "round_interval_minutes": "int", "round_intervals": "tuple",
}  # fmt: skip
_LISTS: dict[str, type[Any]] = {
    "limits": Limit, "combinations": Combination, "evaluation_head": Step, "grades": Grade,
}  # fmt: skip
_MAPPINGS: dict[str, type[Any]] = {
    "symptoms": SymptomKind, "checks": Check, "medicines": Medicine, "samples": SampleKind, "advice": Advice,
    "check_lists": CheckList, "alerts": AlertRow,
    **dict.fromkeys(
        ("pause_reasons", "rate_reasons", "override_reasons", "correction_reasons", "not_done_reasons",
         "partial_reasons", "defer_reasons", "review_decisions", "destinations", "evaluation_outcomes",
         "alert_outcomes"), Choice,
    ),
}  # fmt: skip
_COMPARISONS = ("at_least", "at_most", "more_than", "other_than")
_UNITS = ("hours", "minutes", "seconds")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Protocol:
    """Lists are mappings id → row in the order of the file; `source_of` tells the source of each single number."""

    id: str
    version: str
    approved_by: str
    approved_on: date | None
    drug: str
    product: str
    reporting: str
    """The reminder beside every decision about a suspected reaction (R-97)."""
    dose_mg: float
    volume_ml: float
    resume_fraction: float
    slow_fractions: tuple[float, ...]
    rate_asks_above: float
    """So many times the planned rate; more than that is recorded once it is confirmed."""
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
    alert_outcomes: Mapping[str, Choice]
    alerts: Mapping[str, AlertRow]
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
    named = (names_of(Protocol) - {"source_of"} - _NUMBERS.keys()) | {"numbers"}
    same_keys(table, needed=named, allowed=named, where="the protocol")
    source_of: dict[str, str] = {}
    values = _texts(table) | _single_values(table, source_of) | _rows(table)
    for place, limit in enumerate(values["limits"], 1):
        _one_comparison(limit, place)
    _known_durations(values["alerts"])
    return Protocol(**values, source_of=MappingProxyType(source_of))


def _texts(table: Table) -> dict[str, Any]:
    values: dict[str, Any] = {key: value_of("str", key, table[key], "the protocol") for key in _TEXTS}
    values["approved_on"] = _day(table["approved_on"])
    values["severities"] = value_of("tuple", "severities", table["severities"], "the protocol")
    for key in ("actions", "sources"):
        values[key] = MappingProxyType({name: value_of("str", name, text, key) for name, text in table[key].items()})
    return values


def _single_values(table: Table, source_of: dict[str, str]) -> dict[str, Any]:
    courses = dict.fromkeys(names_of(CourseRules), "int")
    margins = dict.fromkeys(table["accepted_margin"], "float")
    return {
        **_numbers(table["numbers"], "numbers", _NUMBERS, source_of),
        "durations": Durations(**_durations(table["durations"], source_of)),
        "courses": CourseRules(**_numbers(table["courses"], "courses", courses, source_of)),
        "accepted_margin": MappingProxyType(_numbers(table["accepted_margin"], "accepted_margin", margins, source_of)),
    }


def _rows(table: Table) -> dict[str, Any]:
    ranges = {key: row_of(Range, row, f"plausibility.{key}") for key, row in table["plausibility"].items()}
    values: dict[str, Any] = {"plausibility": MappingProxyType(ranges)}
    for key, shape in _LISTS.items():
        values[key] = tuple(row_of(shape, row, f"{key} {place}") for place, row in enumerate(table[key], 1))
    for key, shape in _MAPPINGS.items():
        values[key] = rows_by_id(shape, table[key], key)
    return values


def _one_comparison(limit: Limit, place: int) -> None:
    if sum(getattr(limit, name) is not None for name in _COMPARISONS) != 1:
        raise ProtocolRefused(f"limits {place} must name exactly one of {', '.join(_COMPARISONS)}.")


def _known_durations(alerts: Mapping[str, AlertRow]) -> None:
    for row in alerts.values():
        if row.escalates and row.escalates not in names_of(Durations):
            raise ProtocolRefused(f"alert {row.id}: escalates must name a duration, not {row.escalates!r}.")


def _numbers(table: Table, where: str, kinds: Mapping[str, str], source_of: dict[str, str]) -> dict[str, Any]:
    same_keys(table, needed=kinds.keys(), allowed=kinds.keys(), where=where)
    made = {}
    for key, row in table.items():
        both = {"value", "source"}
        same_keys(row, needed=both, allowed=both, where=f"{where}.{key}")
        source_of[key] = value_of("str", "source", row["source"], f"{where}.{key}")
        made[key] = value_of(kinds[key], "value", row["value"], f"{where}.{key}")
    return made


def _durations(table: Table, source_of: dict[str, str]) -> dict[str, timedelta]:
    same_keys(table, needed=names_of(Durations), allowed=names_of(Durations), where="durations")
    made = {}
    for key, row in table.items():
        where = f"durations.{key}"
        same_keys(row, needed={"source"}, allowed={"source", *_UNITS}, where=where)
        source_of[key] = value_of("str", "source", row["source"], where)
        amounts = {unit: value_of("int", unit, row[unit], where) for unit in _UNITS if unit in row}
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
