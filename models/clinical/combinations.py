"""Combinations: what several values, or a value and a symptom, mean together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.clinical.facts import Symptom
from models.clinical.limit_words import condition_words
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import Combination, Condition
from models.clinical.status import Baseline, Finding
from models.clinical.symptoms import is_at_least
from models.clinical.thresholds import threshold


@dataclass(frozen=True, slots=True)
class Together:
    """What a combination looks at; `reported` is what this set or report says, `open_now` all that is open after it."""

    readings: Mapping[str, float | str]
    reported: Sequence[Symptom]
    open_now: Sequence[Symptom]
    todays_first: frozenset[str]
    """Symptoms of today's baseline set: a symptom not among them is new today (D-10)."""


def combination_findings(
    rows: Sequence[Combination], together: Together, baseline: Baseline | None, protocol: Protocol
) -> list[Finding]:
    return [found for row in rows if (found := _finding(row, together, baseline, protocol))]


def _finding(row: Combination, together: Together, baseline: Baseline | None, protocol: Protocol) -> Finding | None:
    told = _symptom_told(row, together, protocol)
    if row.symptoms and told is None:
        return None
    every = [condition for condition in row.every if _holds(condition, together, baseline)]
    some = [condition for condition in row.any_of if _holds(condition, together, baseline)]
    if len(every) < len(row.every) or (row.any_of and not some):
        return None
    words = [condition_words(c, together.readings[c.parameter], baseline) for c in (*every, *some)]
    return Finding(
        parameter=row.parameter,
        value=told if told is not None else together.readings[row.parameter],
        level=row.level,
        limit=f"{row.words}: {', '.join(dict.fromkeys(words))}",
        source=row.source,
        action=row.action,
        needs_doctor=row.needs_doctor,
        offers_pause=row.offers_pause,
    )


def _holds(condition: Condition, together: Together, baseline: Baseline | None) -> bool:
    value = together.readings.get(condition.parameter)
    if value is None or isinstance(value, str):
        return False
    row = threshold(condition, baseline)
    return row is not None and row.reached(value)


def _symptom_told(row: Combination, together: Together, protocol: Protocol) -> str | None:
    """The first open symptom of the row in the change and the severity it asks for."""
    worse = {said.symptom for said in together.reported if said.change == "worse"}
    for symptom in together.open_now:
        name = symptom.symptom
        changed = name in worse if row.change == "worse" else name not in together.todays_first
        severe = not row.severity or is_at_least(symptom.severity, row.severity, protocol)
        if name in row.symptoms and changed and severe:
            return name
    return None
