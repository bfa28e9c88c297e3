"""Rounds of vital signs: when the next is due, what was asked again, and when a doctor's review is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.clinical.day_sheet import DaySheet, by_time
from models.clinical.evaluation_entries import ACCEPTED
from models.clinical.facts import (
    AlertAnswered,
    DoctorReviewed,
    Fact,
    ReferenceValueSet,
    RoundIntervalSet,
    RoundNotDone,
)
from models.clinical.findings import Finding, Level, VitalSet
from models.clinical.protocol import Protocol
from models.clinical.sets import DaySets, Report
from models.clinical.vital_signs import MEASURED

VITAL_SIGNS, REPEAT, FINAL_SET = "vital signs", "repeat", "final set"
REFUSED = "refused"
"""A patient who refuses a round asks for a doctor's decision (D-16)."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Values a doctor accepted, by a review or in the answer to an alert, `until` an end where one was given."""

    at: datetime
    until: datetime | None
    values: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """What the rounds are read from: sets that count, in order, taken since the start of the infusion, and reviews."""

    started_at: datetime
    sheet: DaySheet
    sets: Sequence[VitalSet]
    newest: VitalSet | None
    """The newest complete one."""
    reviews: Sequence[tuple[Fact, DoctorReviewed]]
    protocol: Protocol
    answers: Sequence[Accepted]
    """Values accepted in the answer to an alert."""

    @property
    def references(self) -> list[datetime]:
        """When a doctor set a reference value, having looked at the values before."""
        return [fact.happened_at for fact, one in self.sheet.of(ReferenceValueSet) if one.doctor]

    @property
    def accepted(self) -> list[Accepted]:
        return [*(Accepted(fact.happened_at, one.until, one.accepted) for fact, one in self.reviews), *self.answers]


def rounds_since(started_at: datetime, sheet: DaySheet, sets: DaySets, protocol: Protocol) -> Rounds:
    since = [one for one in sets.standing if one.happened_at >= started_at]
    newest = next((one for one in reversed(since) if one.is_complete), None)
    reviews = [(fact, review) for fact, review in sheet.of(DoctorReviewed) if fact.happened_at >= started_at]
    answers = [*_accepted_in_answers(sheet, sets)] if sheet.has(AlertAnswered) else []
    return Rounds(started_at, sheet, since, newest, reviews, protocol, answers)


def _accepted_in_answers(sheet: DaySheet, sets: DaySets) -> Iterator[Accepted]:
    """The id of an alert names its parameter and the set that raised it: `systolic high/17`."""
    for fact, said in sheet.of(AlertAnswered):
        rule, _, position = said.alert.rpartition("/")
        parameter = rule.rpartition(" ")[0]
        raised = next((one for one in sets.standing if str(one.position) == position), None)
        value = getattr(raised, parameter, None) if parameter in MEASURED else None
        if said.answer == ACCEPTED and value is not None:
            yield Accepted(fact.happened_at, said.until, ((parameter, value),))


@dataclass(frozen=True, slots=True)
class Round:
    """The next round due; `kind` vital signs, repeat or final set."""

    due_at: datetime
    kind: str


def interval_minutes(sheet: DaySheet, protocol: Protocol) -> int:
    last = sheet.last(RoundIntervalSet)
    return last[1].interval_minutes if last else protocol.round_interval_minutes


def next_round(rounds: Rounds, observation_ends_at: datetime | None) -> Round:
    """The earliest of the rounds due; of two at once the one that asks for more."""
    return min(reversed(rounds_due(rounds, observation_ends_at)), key=lambda one: one.due_at)


def rounds_due(rounds: Rounds, observation_ends_at: datetime | None) -> list[Round]:
    """The regular round, a repeat and the final set, each with when it is due."""
    due = [Round(regular_due_at(rounds), VITAL_SIGNS)]
    if (repeat_at := repeat_due_at(rounds)) is not None:
        due.append(Round(repeat_at, REPEAT))
    if observation_ends_at is not None and not _has_final_set(rounds, observation_ends_at):
        due.append(Round(observation_ends_at, FINAL_SET))
    return due


def regular_due_at(rounds: Rounds) -> datetime:
    """The later of infusion start and the newest complete set, plus the interval (D-3).

    A change of the interval counts from the change and never postpones the due time it replaces.
    """
    base = rounds.newest.happened_at if rounds.newest else rounds.started_at
    interval = timedelta(minutes=rounds.protocol.round_interval_minutes)
    later: list[tuple[datetime, timedelta]] = []
    for fact, change in rounds.sheet.of(RoundIntervalSet):
        if fact.happened_at < base:
            interval = timedelta(minutes=change.interval_minutes)
        else:
            later.append((fact.happened_at, timedelta(minutes=change.interval_minutes)))
    return min([base + interval, *(at + changed for at, changed in later)])


def _has_final_set(rounds: Rounds, observation_ends_at: datetime) -> bool:
    earliest = observation_ends_at - rounds.protocol.durations.fresh_set_for_discharge
    return rounds.newest is not None and rounds.newest.happened_at >= earliest


def repeat_due_at(rounds: Rounds) -> datetime | None:
    """When an abnormal value is to be measured again (D-5, D-7); a repeat stays due until that value is measured.

    A doctor's review takes the place of the repeats before it and may ask for the next set itself, a doctor's reference
    value too; a value accepted in the answer to its alert is not measured again for that.
    """
    asked: dict[str, datetime] = {}
    since = rounds.newest.happened_at if rounds.newest else rounds.started_at
    happened: list[tuple[datetime, VitalSet | DoctorReviewed | Accepted | None]] = [
        (one.happened_at, one) for one in rounds.sets if one.happened_at >= since
    ]
    happened += [(at, None) for at in rounds.references if at >= since]
    happened += [(fact.happened_at, review) for fact, review in rounds.reviews if fact.happened_at >= since]
    happened += [(one.at, one) for one in rounds.answers if one.at >= since]
    for at, event in sorted(happened, key=lambda both: both[0]):
        if event is None:
            asked = {}
        elif isinstance(event, Accepted):
            asked.pop(event.values[0][0], None)
        elif isinstance(event, DoctorReviewed):
            asked = {} if event.next_set_minutes is None else {"": at + timedelta(minutes=event.next_set_minutes)}
        else:
            asked = {} if event.is_complete else {p: due for p, due in asked.items() if not _measures(event, p)}
            asked |= _repeats(event, rounds)
    return min(asked.values(), default=None)


def _measures(one: VitalSet, parameter: str) -> bool:
    return getattr(one, parameter, None) is not None


def _repeats(one: VitalSet, rounds: Rounds) -> dict[str, datetime]:
    repeats: dict[str, datetime] = {}
    for finding in one.findings:
        if finding.repeat_within_minutes is None or is_accepted(finding, one.happened_at, rounds):
            continue
        due = one.happened_at + timedelta(minutes=finding.repeat_within_minutes)
        repeats[finding.parameter] = min(due, repeats.get(finding.parameter, due))
    return repeats


def is_accepted(finding: Finding, at: datetime, rounds: Rounds) -> bool:
    """An amber value a doctor's word in force accepts: less than the margin beyond the accepted one (D-7)."""
    return any(
        one.at <= at and (one.until is None or at < one.until) and accepts(one.values, finding, rounds.protocol)
        for one in rounds.accepted
    )


def accepts(accepted: Sequence[tuple[str, float]], finding: Finding, protocol: Protocol) -> bool:
    value, margin = finding.value, protocol.accepted_margin.get(finding.parameter, 0.0)
    return not isinstance(value, str) and any(
        _is_within(value, most, margin, upward=finding.upward)
        for parameter, most in accepted
        if parameter == finding.parameter
    )


def _is_within(value: float, accepted: float, margin: float, *, upward: bool | None) -> bool:
    """Up to the accepted value on the finding's own side, and less than the margin beyond it."""
    beyond = accepted - value if upward is False else value - accepted
    return beyond <= 0 or beyond < margin


def review_asked_at(rounds: Rounds, reports: Sequence[Report], now: datetime) -> datetime | None:
    """Since when a doctor's review is due: two ambers in a row, a finding a doctor decides on, a round refused (D-7).

    A review answers what came before it, and so does a doctor who sets a reference value: he has looked. What a review
    accepted is asked again at its own end.
    """
    asked = [*_asked_by_findings(rounds, reports)]
    asked += [fact.happened_at for fact, missed in rounds.sheet.of(RoundNotDone) if missed.reason == REFUSED]
    reviewed = max([fact.happened_at for fact, _ in rounds.reviews] + rounds.references, default=None)
    open_asks = [at for at in asked if reviewed is None or at > reviewed]
    if (ended := _review_ended_at(rounds, now)) is not None:
        open_asks.append(ended)
    return min(open_asks, default=None)


def _asked_by_findings(rounds: Rounds, reports: Sequence[Report]) -> Iterator[datetime]:
    """A symptom already there when a doctor was asked asks again only when it is said to be worse."""
    known: set[float | str] = set()
    since = [report for report in reports if report.happened_at >= rounds.started_at]
    told_in_order: list[VitalSet | Report] = sorted([*rounds.sets, *since], key=by_time)
    for seen in told_in_order:
        if not seen.findings:
            known = set()
            continue
        said = {symptom.symptom for symptom in seen.symptoms or () if symptom.change in ("new", "worse")}
        told = {finding.value for finding in seen.findings if finding.needs_doctor}
        if (told - known) | (told & said) or any(_is_second(f, seen.happened_at, rounds) for f in seen.findings):
            yield seen.happened_at
        known = told


def _is_second(finding: Finding, at: datetime, rounds: Rounds) -> bool:
    return finding.twice and finding.level is Level.AMBER and not is_accepted(finding, at, rounds)


def _review_ended_at(rounds: Rounds, now: datetime) -> datetime | None:
    """The end of the newest review, once it is past and the last complete set was still amber."""
    if not rounds.reviews:
        return None
    until = rounds.reviews[-1][1].until
    is_past = until is not None and until <= now
    return until if is_past and rounds.newest is not None and rounds.newest.level is Level.AMBER else None
