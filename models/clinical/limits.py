"""Limits: the level of a value, of its change from the course baseline, of a confirmed pair, and of a whole set."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from models.clinical.combinations import NOTHING_TOLD, Joined, Told, combination_findings, joined
from models.clinical.facts import Symptom, VitalSignsRecorded
from models.clinical.findings import Baseline, Finding, Level
from models.clinical.limit_words import limit_words, word_words
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import Limit
from models.clinical.symptoms import open_after, symptom_findings
from models.clinical.thresholds import References, Threshold, references_of, threshold
from models.clinical.vital_signs import MEASURED, PARAMETERS, Values, consciousness_word, values_of

NOTHING_MEASURED: Values = (None,) * len(PARAMETERS)
NO_SYMPTOMS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    """The thresholds of one parameter; strictly between `low` and `high` none of them is reached."""

    low: float
    high: float
    thresholds: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """The limits of a protocol for one course baseline; made by `limits_for`, asked for every set of the day."""

    protocol: Protocol
    measured: tuple[_Rules, ...]
    consciousness: Limit | None
    of_values: tuple[Joined, ...]
    of_symptoms: tuple[Joined, ...]

    def of(
        self,
        values: Values,
        previous: Sequence[Any],
        reported: Sequence[Symptom] | None = None,
        open_before: tuple[Symptom, ...] = (),
        todays_first: frozenset[str] = NO_SYMPTOMS,
        evaluated: frozenset[str] = NO_SYMPTOMS,
    ) -> tuple[Finding, ...]:
        """Why a set has its level, worst first.

        `previous` holds the previous reading of each parameter (D-5), `open_before` the symptoms open before this
        set, `todays_first` the symptoms of today's baseline set (D-10), `evaluated` those a doctor's closing settled.
        """
        return _found(self, values, tuple(previous), tuple(reported or ()), open_before, todays_first, evaluated)

    def of_report(
        self,
        reported: Sequence[Symptom],
        newest: Values,
        open_before: tuple[Symptom, ...] = (),
        todays_first: frozenset[str] = NO_SYMPTOMS,
        evaluated: frozenset[str] = NO_SYMPTOMS,
    ) -> tuple[Finding, ...]:
        """Why symptoms said between rounds have their level; with a pressure they look at the newest reading."""
        return _worst_first([*_of_symptoms(self, newest, tuple(reported), open_before, todays_first, evaluated)])

    def word_findings(self, value: str) -> list[Finding]:
        limit = self.consciousness
        if limit is None or consciousness_word(value) == limit.other_than:
            return []
        return [
            Finding(
                parameter=limit.parameter,
                value=value,
                level=limit.level,
                limit=word_words(limit, consciousness_word(value) or value),
                source=limit.source,
                action=self.protocol.actions["red"],
                rule=limit.parameter,
            )
        ]


@lru_cache(maxsize=5 * 1000)  # the same sets are looked at again with every change of the day
def _found(
    limits: Limits,
    values: Values,
    previous: Values,
    reported: tuple[Symptom, ...],
    open_before: tuple[Symptom, ...],
    todays_first: frozenset[str],
    evaluated: frozenset[str],
) -> tuple[Finding, ...]:
    found = combination_findings(limits.of_values, values, NOTHING_TOLD, limits.protocol)
    for value, before, rules in zip(values, previous, limits.measured, strict=False):
        if value is not None and not rules.low < value < rules.high:
            found += _beyond(limits.protocol, rules, value, before)
    if values[-1] is not None:
        found += limits.word_findings(values[-1])
    if reported or open_before:
        found += _of_symptoms(limits, values, reported, open_before, todays_first, evaluated)
    return _worst_first(found)


def limits_for(protocol: Protocol, baseline: Baseline | None) -> Limits:
    return _limits(protocol, references_of(baseline))


@lru_cache(maxsize=100)  # the ward has a few dozen baselines at a time
def _limits(protocol: Protocol, references: References) -> Limits:
    words = [row for row in protocol.limits if row.other_than is not None]
    rows = [joined(row, references) for row in protocol.combinations]
    return Limits(
        protocol=protocol,
        measured=tuple(_rules(protocol, name, references) for name in MEASURED),
        consciousness=words[0] if words else None,
        of_values=tuple(one for one in rows if not one.row.symptoms),
        of_symptoms=tuple(one for one in rows if one.row.symptoms),
    )


def _rules(protocol: Protocol, parameter: str, references: References) -> _Rules:
    rows = (threshold(row, references) for row in protocol.limits if row.parameter == parameter)
    made = tuple(row for row in rows if row is not None)
    low = max((row.at for row in made if not row.upward), default=-math.inf)
    high = min((row.at for row in made if row.upward), default=math.inf)
    return _Rules(low, high, made)


def _beyond(protocol: Protocol, rules: _Rules, value: float, before: float | None) -> tuple[Finding, ...]:
    """Of the rows reached on one side, the worst counts, then the later one."""
    worst: dict[tuple[bool, bool], Finding] = {}
    twice = before is not None and not rules.low < before < rules.high
    for row in rules.thresholds:
        if row.reached(value):
            finding = _value_finding(protocol, row, value, before, twice=twice)
            side = (row.upward, row.row.measure == "value")
            if side not in worst or finding.level >= worst[side].level:
                worst[side] = finding
    return tuple(worst.values())


def _value_finding(protocol: Protocol, row: Threshold, value: float, before: float | None, *, twice: bool) -> Finding:
    limit = cast(Limit, row.row)
    held = before is not None and row.reached(before)
    waits = limit.confirmed and not held
    level = Level.AMBER if waits else limit.level
    confirmed_by = before if limit.confirmed and held else None
    action, minutes = _action(protocol, level, waits=waits, twice=twice)
    return Finding(
        parameter=limit.parameter,
        value=value,
        level=level,
        limit=limit_words(limit, row, value, confirmed_by, waits=waits),
        source=limit.source,
        action=action,
        confirmed=confirmed_by is not None,
        repeat_within_minutes=minutes,
        twice=twice,
        offers_pause=waits,
        upward=row.upward,
        rule=f"{limit.parameter} {'high' if row.upward else 'low'}",
        is_change=limit.measure != "value",
    )


def _of_symptoms(
    limits: Limits,
    values: Values,
    reported: tuple[Symptom, ...],
    open_before: tuple[Symptom, ...],
    todays_first: frozenset[str],
    evaluated: frozenset[str],
) -> tuple[Finding, ...]:
    open_now = open_after(open_before, reported)
    told = Told(reported, open_now, todays_first)
    alone = symptom_findings(open_now, limits.protocol, evaluated)
    return (*alone, *combination_findings(limits.of_symptoms, values, told, limits.protocol))


def _action(protocol: Protocol, level: Level, *, waits: bool, twice: bool) -> tuple[str, int | None]:
    """What to do, and within how many minutes to repeat (D-5, D-7)."""
    actions, durations = protocol.actions, protocol.durations
    if level is Level.RED:
        return actions["red"], None
    if twice and not waits:
        return actions["amber_again"], None
    key, within = ("red_if_it_holds", durations.confirm_repeat) if waits else ("amber", durations.amber_repeat)
    minutes = int(within.total_seconds() // 60)
    return actions[key].format(minutes=minutes), minutes


def _worst_first(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: -finding.level) if len(found) > 1 else found)


def level_of(findings: Sequence[Finding], *, complete: bool) -> Level:
    """The worst finding; without one normal only for a complete set, else not measured (D-4)."""
    if findings:
        return max(finding.level for finding in findings)
    return Level.NORMAL if complete else Level.NOT_MEASURED


def findings(
    values: VitalSignsRecorded,
    previous: Mapping[str, float | str],
    baseline: Baseline | None,
    symptoms: Sequence[Symptom] | None,
    open_symptoms: tuple[Symptom, ...],
    todays_first_symptoms: frozenset[str],
    protocol: Protocol,
) -> tuple[Finding, ...]:
    """`Limits.of` for a single set; `previous` by parameter."""
    before = tuple(previous.get(name) for name in PARAMETERS)
    limits = limits_for(protocol, baseline)
    return limits.of(values_of(values), before, symptoms, open_symptoms, todays_first_symptoms)
