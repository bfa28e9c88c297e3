"""Combinations: what several values, or a value and a symptom, mean together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.clinical.facts import Symptom
from models.clinical.findings import Finding
from models.clinical.limit_words import condition_words
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import Combination, Condition
from models.clinical.symptoms import is_at_least
from models.clinical.thresholds import References, Threshold, threshold
from models.clinical.vital_signs import MEASURED, Values


@dataclass(frozen=True, slots=True)
class Joined:
    """A combination with its thresholds; a condition about a change whose baseline is not known is None: never met."""

    row: Combination
    every: tuple[tuple[int, Threshold | None], ...]
    any_of: tuple[tuple[int, Threshold | None], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """`reported` is what this set or report says, `open_now` all that is open after it."""

    reported: Sequence[Symptom]
    open_now: Sequence[Symptom]
    todays_first: frozenset[str]
    """Symptoms of today's baseline set: a symptom not among them is new today (D-10)."""


NOTHING_TOLD = Told((), (), frozenset())


def joined(row: Combination, references: References) -> Joined:
    return Joined(row, _with_thresholds(row.every, references), _with_thresholds(row.any_of, references))


def _with_thresholds(
    conditions: Sequence[Condition], references: References
) -> tuple[tuple[int, Threshold | None], ...]:
    return tuple((MEASURED.index(one.parameter), threshold(one, references)) for one in conditions)


def combination_findings(rows: Sequence[Joined], values: Values, told: Told, protocol: Protocol) -> list[Finding]:
    return [found for row in rows if (found := _finding(row, values, told, protocol))]


def _finding(one: Joined, values: Values, told: Told, protocol: Protocol) -> Finding | None:
    if not all(_met(row, values[index]) for index, row in one.every):
        return None
    if one.any_of and not any(_met(row, values[index]) for index, row in one.any_of):
        return None
    row, symptom = one.row, _symptom_told(one.row, told, protocol)
    if row.symptoms and symptom is None:
        return None
    return Finding(
        parameter=row.parameter,
        value=symptom if symptom is not None else values[MEASURED.index(row.parameter)],
        level=row.level,
        limit=f"{row.words}: {', '.join(_seen(one, values))}",
        source=row.source,
        action=row.action,
        needs_doctor=row.needs_doctor,
        offers_pause=row.offers_pause,
        rule=row.id,
    )


def _met(row: Threshold | None, value: float | None) -> bool:
    return row is not None and value is not None and row.reached(value)


def _seen(one: Joined, values: Values) -> list[str]:
    """Each value once: with its change where that was looked at too."""
    met = [(row, values[index]) for index, row in (*one.every, *one.any_of) if row and _met(row, values[index])]
    told = [condition_words(row, value) for row, value in met]
    return [words for words in told if not any(other.startswith(f"{words} (") for other in told)]


def _symptom_told(row: Combination, told: Told, protocol: Protocol) -> str | None:
    """The first open symptom of the row in the change and the severity it asks for."""
    worse = {said.symptom for said in told.reported if said.change == "worse"}
    for symptom in told.open_now:
        name = symptom.symptom
        changed = name in worse if row.change == "worse" else name not in told.todays_first
        severe = not row.severity or is_at_least(symptom.severity, row.severity, protocol)
        if name in row.symptoms and changed and severe:
            return name
    return None
