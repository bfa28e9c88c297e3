"""Limits: the level of a value, of its change from the course baseline, of a confirmed pair, and of a whole set."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from models.clinical.combinations import Together, combination_findings
from models.clinical.facts import Symptom, VitalSignsRecorded
from models.clinical.limit_words import limit_words, word_words
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import Limit
from models.clinical.status import Baseline, Finding, Level, VitalSet
from models.clinical.symptoms import open_after, symptom_findings
from models.clinical.thresholds import Threshold, threshold
from models.clinical.vital_signs import PARAMETERS, consciousness_word

Readings = Mapping[str, float | str]
"""Parameter → value of what was measured; what was not is not in it."""

NO_SYMPTOMS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Reached:
    """A threshold a value reached: the level it gives, and whether the previous reading reached it, or any other."""

    row: Threshold
    level: Level
    before: float | None
    held: bool
    twice: bool

    @property
    def limit(self) -> Limit:
        return cast(Limit, self.row.limit)

    @property
    def waits(self) -> bool:
        """It would be red if the repeat confirmed it (D-5)."""
        return self.limit.confirmed and not self.held


@dataclass(frozen=True, slots=True)
class _Rules:
    """The thresholds of one parameter; strictly between `low` and `high` none of them is reached."""

    low: float
    high: float
    thresholds: tuple[Threshold, ...]

    def reached(self, value: float, before: float | None) -> list[_Reached]:
        """Of the rows reached on one side, the worst counts, then the later one."""
        worst: dict[tuple[bool, bool], _Reached] = {}
        twice = before is not None and not self.low < before < self.high
        for row in self.thresholds:
            if row.reached(value):
                limit = cast(Limit, row.limit)
                held = before is not None and row.reached(before)
                level = limit.level if held or not limit.confirmed else Level.AMBER
                side = (row.upward, limit.measure == "value")
                if side not in worst or level >= worst[side].level:
                    worst[side] = _Reached(row, level, before, held, twice)
        return list(worst.values())


class Limits:
    """The limits of a protocol for one course baseline, worked out once and asked for every set of the day."""

    def __init__(self, protocol: Protocol, baseline: Baseline | None) -> None:
        self._protocol = protocol
        self._baseline = baseline
        self._rules = {name: self._rules_of(name) for name in PARAMETERS}
        self._words = {limit.parameter: limit for limit in protocol.limits if limit.other_than is not None}
        self._of_values = [row for row in protocol.combinations if not row.symptoms]
        self._of_symptoms = [row for row in protocol.combinations if row.symptoms]

    def of(
        self,
        readings: Readings,
        previous: Readings,
        reported: Sequence[Symptom] | None = None,
        open_before: tuple[Symptom, ...] = (),
        todays_first: frozenset[str] = NO_SYMPTOMS,
    ) -> tuple[Finding, ...]:
        """Why a set has its level, worst first.

        `previous` holds the previous reading of each parameter (D-5), `open_before` the symptoms open before this
        set, `todays_first` the symptoms of today's baseline set (D-10).
        """
        found = self._value_findings(readings, previous)
        open_now = open_after(open_before, reported)
        together = Together(readings, reported or (), open_now, todays_first)
        found += combination_findings(self._of_values, together, self._baseline, self._protocol)
        return _worst_first(found + self._symptom_findings(together))

    def of_report(
        self,
        reported: Sequence[Symptom],
        newest: Readings,
        open_before: tuple[Symptom, ...] = (),
        todays_first: frozenset[str] = NO_SYMPTOMS,
    ) -> tuple[Finding, ...]:
        """Why symptoms said between rounds have their level; with a pressure they look at the newest reading."""
        together = Together(newest, reported, open_after(open_before, reported), todays_first)
        return _worst_first(self._symptom_findings(together))

    def _rules_of(self, parameter: str) -> _Rules:
        rows = (threshold(row, self._baseline) for row in self._protocol.limits if row.parameter == parameter)
        made = tuple(row for row in rows if row is not None)
        low = max((row.at for row in made if not row.upward), default=-math.inf)
        high = min((row.at for row in made if row.upward), default=math.inf)
        return _Rules(low, high, made)

    def _value_findings(self, readings: Readings, previous: Readings) -> list[Finding]:
        found: list[Finding] = []
        for name, value in readings.items():
            if isinstance(value, str):
                found += self._word_findings(name, value)
            elif not (rules := self._rules[name]).low < value < rules.high:
                before = cast("float | None", previous.get(name))
                found += [self._value_finding(value, reached) for reached in rules.reached(value, before)]
        return found

    def _value_finding(self, value: float, reached: _Reached) -> Finding:
        action, minutes = self._action(reached)
        confirmed_by = reached.before if reached.limit.confirmed and reached.held else None
        return Finding(
            parameter=reached.limit.parameter,
            value=value,
            level=reached.level,
            limit=limit_words(reached.limit, value, self._baseline, confirmed_by, waits=reached.waits),
            source=reached.limit.source,
            action=action,
            confirmed=confirmed_by is not None,
            repeat_within_minutes=minutes,
            twice=reached.twice,
            offers_pause=reached.waits,
            upward=reached.row.upward,
        )

    def _action(self, reached: _Reached) -> tuple[str, int | None]:
        """What to do, and within how many minutes to repeat (D-5, D-7)."""
        actions, durations = self._protocol.actions, self._protocol.durations
        if reached.level is Level.RED:
            return actions["red"], None
        if reached.twice and not reached.waits:
            return actions["amber_again"], None
        key, within = (
            ("red_if_it_holds", durations.confirm_repeat) if reached.waits else ("amber", durations.amber_repeat)
        )
        minutes = int(within.total_seconds() // 60)
        return actions[key].format(minutes=minutes), minutes

    def _word_findings(self, name: str, value: str) -> list[Finding]:
        limit = self._words.get(name)
        if limit is None or consciousness_word(value) == limit.other_than:
            return []
        return [
            Finding(
                parameter=name,
                value=value,
                level=limit.level,
                limit=word_words(limit, consciousness_word(value) or value),
                source=limit.source,
                action=self._protocol.actions["red"],
            )
        ]

    def _symptom_findings(self, together: Together) -> list[Finding]:
        if not together.open_now:
            return []
        alone = symptom_findings(together.open_now, self._protocol)
        return alone + combination_findings(self._of_symptoms, together, self._baseline, self._protocol)


def _worst_first(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: -finding.level) if len(found) > 1 else found)


def readings_of(recorded: VitalSignsRecorded | VitalSet) -> dict[str, float | str]:
    return {name: value for name in PARAMETERS if (value := getattr(recorded, name)) is not None}


def level_of(findings: Sequence[Finding], *, complete: bool) -> Level:
    """The worst finding; without one normal only for a complete set, else not measured (D-4)."""
    if findings:
        return max(finding.level for finding in findings)
    return Level.NORMAL if complete else Level.NOT_MEASURED


def findings(
    values: VitalSignsRecorded,
    previous: Readings,
    baseline: Baseline | None,
    symptoms: Sequence[Symptom] | None,
    open_symptoms: tuple[Symptom, ...],
    todays_first_symptoms: frozenset[str],
    protocol: Protocol,
) -> tuple[Finding, ...]:
    """`Limits.of` for a single set."""
    return Limits(protocol, baseline).of(readings_of(values), previous, symptoms, open_symptoms, todays_first_symptoms)
