"""Alerts of values and symptoms: raised by each new abnormal measurement, over when it is normal again (D-8).

One rule (`systolic high`, `symptom: chest pain`) has at most one standing alert of each priority: a new abnormal
measurement takes the place of what it repeats, and a high one stays until its outcome whatever is measured later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from models.clinical.alert import Priority
from models.clinical.alert_answers import Answers, answers_of
from models.clinical.day_sheet import by_time
from models.clinical.facts import Fact, ReferenceValueSet, RoundNotDone, SymptomReported, VitalSignsRecorded
from models.clinical.findings import Finding, Level, VitalSet
from models.clinical.limit_words import limits_words
from models.clinical.monitoring import Rounds, is_accepted
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import AlertRow
from models.clinical.raising import Raise, Raising, raise_of
from models.clinical.replay import Replay
from models.clinical.sets import Report
from models.clinical.vital_signs import PARAMETERS

Seen = VitalSet | Report
SYMPTOMS = "symptoms"
SHOWN = frozenset({Level.AMBER.word, Level.RED.word})
CORRECTED = "Corrected: it takes the place of a reading that was entered in error."
MISSED = "Not repeated in time."


@dataclass(slots=True)
class _Trouble:
    """What a set or report raised; `row` gives it its priority. `followed` counts what it took the place of."""

    seen: Seen
    findings: Sequence[Finding]
    row: AlertRow
    holds: bool = True
    over_at: datetime | None = None
    """When a reading that it no longer holds reached the record."""
    escalates_by: datetime | None = None
    followed: int = 0

    @property
    def main(self) -> Finding:
        """The worst; of ambers the one that would be red if it held."""
        worst = self.findings[0]
        if worst.level is Level.RED:
            return worst
        return next((one for one in self.findings if one.offers_pause), worst)


@dataclass(slots=True)
class _Walk:
    """`standing` holds, by rule, what was raised and no newer reading has taken over."""

    replayed: Replay
    answers: Answers
    facts: Mapping[int, Fact]
    standing: dict[str, list[_Trouble]] = field(default_factory=dict)

    def take(self, seen: Seen) -> None:
        found: dict[str, list[Finding]] = {}
        for finding in seen.findings:
            if not self._is_accepted(finding, seen):
                found.setdefault(finding.rule, []).append(finding)
        for rule, troubles in self.standing.items():
            if rule not in found and _tells(seen, rule, troubles[-1]):
                for one in troubles:
                    self._end(one, seen)
        for rule, findings in found.items():
            self._find(rule, findings, seen)

    def _is_accepted(self, finding: Finding, seen: Seen) -> bool:
        rounds = self.replayed.rounds
        return finding.level is Level.AMBER and rounds is not None and is_accepted(finding, seen.happened_at, rounds)

    def _find(self, rule: str, findings: Sequence[Finding], seen: Seen) -> None:
        """Takes the place of what the same trouble raised before; a symptom only when it is new or worse."""
        before = self.standing.get(rule, [])
        current = next((one for one in before if one.holds), None)
        if current is not None and findings[0].parameter == SYMPTOMS and not _is_news(findings[0], seen, current):
            return
        trouble = _Trouble(seen, findings, row_of(findings, self.replayed.protocol))
        latched = []
        for one in before:
            if one.row.priority > trouble.row.priority:
                self._end(one, seen)
                latched.append(one)
            else:
                self._follow(one, trouble, rule)
        self.standing[rule] = [*latched, trouble]

    def _end(self, one: _Trouble, seen: Seen) -> None:
        one.over_at = one.over_at if not one.holds else self.facts[seen.position].recorded_at
        one.holds = False

    def _follow(self, before: _Trouble, trouble: _Trouble, rule: str) -> None:
        """The patience with the earlier one goes on as long as nobody has answered."""
        trouble.followed = max(trouble.followed, before.followed + 1)
        fact = self.facts[before.seen.position]
        medium = before.row.priority is Priority.MEDIUM
        if medium and (not before.holds or _seen_by(fact) is not None):
            return
        waited = self.raising(rule, before)
        if self.answers.waits(waited):
            known = [at for at in (trouble.escalates_by, waited.escalates_at) if at is not None]
            trouble.escalates_by = min(known, default=None)

    def raising(self, rule: str, one: _Trouble) -> Raising:
        protocol, fact, main = self.replayed.protocol, self.facts[one.seen.position], one.main
        first = raise_of(one.row, self._known_at(fact, main), protocol, self._corrected(fact))
        return Raising(
            id=f"{rule}/{fact.position}",
            raises=[first, *self._missed_repeat(one)],
            what=_what(main, protocol),
            limit=limits_words([finding.limit for finding in one.findings]),
            source="; ".join(dict.fromkeys(finding.source for finding in one.findings)),
            action=main.action,
            level=one.findings[0].level,
            position=fact.position,
            finding=main,
            holds=one.holds,
            latches=True,
            seen_by=_seen_by(fact) if one.row.priority is Priority.MEDIUM else None,
            escalates_by=one.escalates_by,
            times_before=one.followed,
        )

    def _known_at(self, fact: Fact, main: Finding) -> datetime:
        """A change from a baseline that was set later was nobody's to see before."""
        if not main.is_change:
            return fact.recorded_at
        references = self.replayed.sheet.of(ReferenceValueSet)
        return max([fact.recorded_at, *(set_at.recorded_at for set_at, _ in references)])

    def _corrected(self, fact: Fact) -> str:
        if fact.caused_by is None:
            return ""
        strikes = {strike.position for strike in self.replayed.sheet.struck.values()}
        return CORRECTED if fact.caused_by in strikes else ""

    def _missed_repeat(self, one: _Trouble) -> list[Raise]:
        """While rounds run, a repeat not taken raises it again; one that would be red if it held as high (D-5)."""
        rounds, protocol, seen = self.replayed.rounds, self.replayed.protocol, one.seen
        if rounds is None or one.main.level is Level.RED:
            return []
        minutes = [found.repeat_within_minutes for found in one.findings if found.repeat_within_minutes is not None]
        if not minutes or seen.happened_at < rounds.started_at or _is_reviewed(rounds, seen):
            return []
        due = seen.happened_at + timedelta(minutes=min(minutes))
        due = max(due, self.facts[seen.position].recorded_at, *_put_off(rounds, seen.happened_at))
        if one.over_at is not None and one.over_at <= due:
            return []
        missed = protocol.alerts["repeat missed"] if one.main.offers_pause else one.row
        return [raise_of(missed, due, protocol, MISSED)]


@lru_cache(maxsize=100)
def value_raisings(replayed: Replay) -> tuple[Raising, ...]:
    """What values and symptoms have raised and nothing has taken over."""
    sets = replayed.sets
    seen: list[Seen] = [*sets.standing, *sets.reports]
    if sets.reports:
        seen.sort(key=by_time)
    walk = _Walk(replayed, answers_of(replayed), {fact.position: fact for fact in replayed.sheet.facts})
    for one in seen:
        if one.findings or walk.standing:
            walk.take(one)
    return tuple(walk.raising(rule, one) for rule, troubles in walk.standing.items() for one in troubles)


def row_of(findings: Sequence[Finding], protocol: Protocol) -> AlertRow:
    """The row of the protocol that a finding, or several about one value, raise; a combination has its own."""
    worst = findings[0]
    if worst.rule in protocol.alerts:
        return protocol.alerts[worst.rule]
    is_red = worst.level is Level.RED
    if worst.parameter == SYMPTOMS:
        return protocol.alerts["red symptom" if is_red else "symptom for a doctor"]
    if is_red:
        return protocol.alerts["confirmed pair" if worst.confirmed else "red value"]
    if any(one.offers_pause for one in findings):
        return protocol.alerts["first of a pair"]
    return protocol.alerts["change from baseline" if all(one.is_change for one in findings) else "abnormal value"]


def _tells(seen: Seen, rule: str, trouble: _Trouble) -> bool:
    """Whether a set or report without such a finding says that the trouble is over.

    A value is told of only where it is measured, a combination by a complete set or a report; a partial set never
    lowers a level (D-4).
    """
    parameter = trouble.findings[0].parameter
    if parameter != SYMPTOMS:
        return getattr(seen, parameter, None) is not None
    return isinstance(seen, Report) or seen.is_complete or rule.startswith("symptom: ")


def _is_news(finding: Finding, seen: Seen, current: _Trouble) -> bool:
    said = {symptom.symptom for symptom in seen.symptoms or () if symptom.change in ("new", "worse")}
    return finding.level > current.findings[0].level or finding.value in said


def _what(finding: Finding, protocol: Protocol) -> str:
    """*Systolic 168 mmHg*, *Chest pain*."""
    if finding.parameter == SYMPTOMS:
        kind = protocol.symptoms.get(str(finding.value))
        return kind.words if kind else str(finding.value)
    parameter = PARAMETERS[finding.parameter]
    return f"{parameter.words} {parameter.shown(finding.value)}"


def _seen_by(fact: Fact) -> str | None:
    """Saving an amber set whose level was shown counts as seen by that person (D-8)."""
    saved = fact.details
    shown = isinstance(saved, VitalSignsRecorded | SymptomReported) and saved.level_shown in SHOWN
    return fact.recorded_by if shown else None


def _is_reviewed(rounds: Rounds, seen: Seen) -> bool:
    """A doctor's review, or a reference value he sets, takes the place of the repeats before it (D-7)."""
    looked = [fact.happened_at for fact, _ in rounds.reviews] + rounds.references
    return any(at >= seen.happened_at for at in looked)


def _put_off(rounds: Rounds, since: datetime) -> Iterator[datetime]:
    """A promise to try again puts off what a missed round raises (D-16)."""
    for fact, missed in rounds.sheet.of(RoundNotDone):
        if fact.happened_at >= since and missed.try_again_at is not None:
            yield missed.try_again_at
