"""A second, deliberately naive reading of a record, written from the ward's decisions and not from the code it checks.

It takes facts as they stand in the record and says where a day stands, what its clock shows and when its next round is
due. Vital signs are read with two rules only, because the machine draws no other abnormal values: a heart rate from
111 is amber, a chest pain that is not gone is red until a doctor has decided on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from models.clinical import facts as f
from models.clinical.facts import Fact
from tests.proof.table import OPEN, leads

VALUES = (
    "heart_rate", "systolic", "diastolic", "temperature", "spo2", "respiratory_rate", "consciousness", "symptoms",
)  # fmt: skip
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)


@dataclass
class Seen:
    """One set with what was added to it (`brought` is the newest position), or symptoms said between rounds."""

    at: datetime
    brought: int
    values: f.VitalSignsRecorded
    is_set: bool = True
    amber: bool = False
    twice: bool = False
    red: bool = False

    @property
    def complete(self) -> bool:
        return self.is_set and None not in [getattr(self.values, one) for one in (*VALUES[:3], "symptoms")]


@dataclass
class Reading:
    """What a record says; `flow` holds since when how many mL/h run, 0 while the drug is held."""

    facts: tuple[Fact, ...]
    chair: str = ""
    stand: str = "expected"
    nurse: str | None = None
    arrived: datetime | None = None
    started: datetime | None = None
    held: Fact | None = None
    frozen: datetime | None = None
    ended: datetime | None = None
    volume: float = 101.2
    flow: list[tuple[datetime, float]] = field(default_factory=list)
    misfits: list[Fact] = field(default_factory=list)
    seen: dict[int, Seen] = field(default_factory=dict)
    closed: int = 0
    evaluation_open: bool = False
    red_symptom: bool = False

    def of(self, *kinds: type) -> list[Any]:
        return [fact for fact in self.facts if isinstance(fact.details, kinds)]

    def spans(self, now: datetime) -> list[tuple[float, float]]:
        """Seconds and mL/h of each stretch so far."""
        until = min(now, self.frozen or now)
        ends = [*(at for at, _ in self.flow[1:]), until]
        return [((end - at).total_seconds(), rate) for (at, rate), end in zip(self.flow, ends, strict=False)]

    def run_time(self, now: datetime) -> float:
        return sum(seconds for seconds, rate in self.spans(now) if rate)

    def given(self, now: datetime) -> float:
        return min(sum(seconds * rate / 3600 for seconds, rate in self.spans(now)), self.volume)

    def elapsed(self, now: datetime) -> float:
        return sum(seconds for seconds, _ in self.spans(now))

    def needs_doctor(self) -> bool:
        """Resume asks for one after STOP, after a reaction and while an evaluation is open."""
        if self.evaluation_open or self.held is None:
            return self.evaluation_open
        why = self.held.details
        return (isinstance(why, f.InfusionStopped) or why.reason == "reaction") and self.closed < self.held.position

    def due(self) -> datetime | None:
        """The earliest of the regular round, a repeat and the final set."""
        if self.started is None or self.stand not in OPEN:
            return None
        sets = [one for one in self.seen.values() if one.is_set and one.at >= self.started]
        base = max((one.at for one in sets if one.complete), default=self.started)
        changed = self.of(f.RoundIntervalSet)
        before = [interval(one) for one in changed if one.happened_at < base]
        dues = [one.happened_at + interval(one) for one in changed if one.happened_at >= base]
        dues += [base + (before[-1] if before else HOUR)]
        if self.stand == "observed" and not self.evaluation_open:
            end = self.ended + 2 * HOUR
            dues += [end] if base == self.started or base < end - QUARTER else []
        return min([*dues, *self.repeats(sets)])

    def repeats(self, sets: Sequence[Seen]) -> list[datetime]:
        """15 min after a first amber until it is measured again; a doctor who looked asks for the next set instead."""
        reviews = [fact for fact in self.of(f.DoctorReviewed) if fact.happened_at >= self.started]
        looked = [*reviews, *(one for one in self.of(f.ReferenceValueSet) if one.details.doctor)]
        told = [(one.at, one.brought, one) for one in sets] + [(one.happened_at, one.position, one) for one in looked]
        rate_due = asked_due = None
        for at, _, one in sorted(told, key=lambda one: one[:2]):
            if isinstance(one, Fact):
                minutes, rate_due = getattr(one.details, "next_set_minutes", None), None
                asked_due = at + timedelta(minutes=minutes) if minutes else None
                continue
            asked_due = None if one.complete else asked_due
            rate_due = None if one.complete or one.values.heart_rate is not None else rate_due
            accepted = any(review.details.accepted and review.happened_at <= at for review in reviews)
            rate_due = at + QUARTER if one.amber and not one.twice and not accepted else rate_due
        return [due for due in (rate_due, asked_due) if due is not None]


def interval(fact: Fact) -> timedelta:
    return timedelta(minutes=fact.details.interval_minutes)


def read(record: Sequence[Fact]) -> Reading:
    struck = {fact.details.position for fact in record if isinstance(fact.details, f.EnteredInError)}
    stops = {fact.position for fact in record if isinstance(fact.details, f.InfusionStopped)}
    counting = [
        one for one in record
        if one.position not in struck and not isinstance(one.details, f.EnteredInError)
        and not (isinstance(one.details, f.EvaluationOpened) and one.caused_by in struck & stops)
    ]  # fmt: skip
    reading = Reading(tuple(sorted(counting, key=lambda one: (one.happened_at, one.position))))
    reading.chair = [*reading.of(f.Booked), *reading.of(f.Arrived, f.ChairAssigned)][-1].details.chair
    for fact in reading.facts:
        leads_to = leads(fact.details, reading.stand)
        if leads_to is None:
            reading.misfits.append(fact)
        else:
            move_on(reading, fact, leads_to)
    judge(reading)
    return reading


def move_on(day: Reading, fact: Fact, leads_to: str) -> None:
    at, details, was, day.stand = fact.happened_at, fact.details, day.stand, leads_to
    if isinstance(details, f.Arrived):
        day.arrived = at
    elif isinstance(details, f.NurseAssigned):
        day.nurse = details.nurse
    elif isinstance(details, f.BagPrepared):
        day.volume = details.volume_ml
    elif isinstance(details, f.InfusionStarted | f.RateChanged | f.InfusionResumed):
        day.started, day.flow = day.started or at, [*day.flow, (at, details.rate_ml_per_hour)]
    elif isinstance(details, f.InfusionPaused | f.InfusionStopped):
        day.held, day.frozen, day.flow = fact, at if leads_to == "stopped" else None, [*day.flow, (at, 0)]
    elif isinstance(details, f.InfusionCompleted):
        day.ended = day.frozen = at
    elif was == "stopped" and leads_to != "stopped":
        day.frozen, day.ended = (None, None) if leads_to == "paused" else (day.frozen, day.frozen)
    elif leads_to == "transferred" and day.started:
        day.frozen = day.frozen or at
    day.held = day.held if leads_to in ("paused", "stopped") else None


def judge(day: Reading) -> None:
    """Sets and reports in order: what was added, amber, red, and whether an evaluation is open."""
    for fact in sorted(day.of(f.VitalSignsRecorded), key=lambda one: one.position):
        base = day.seen.get(fact.details.adds_to)
        if base is None or brought_by(base.values) & brought_by(fact.details):
            day.seen[fact.position] = Seen(fact.happened_at, fact.position, fact.details)
        else:
            added = {name: getattr(fact.details, name) for name in brought_by(fact.details)}
            base.values, base.brought = replace(base.values, **added), fact.position
    for fact in day.of(f.SymptomReported):
        said = f.VitalSignsRecorded(symptoms=fact.details.symptoms)
        day.seen[fact.position] = Seen(fact.happened_at, fact.position, said, is_set=False)
    decided = [fact.position for fact in day.of(f.EvaluationClosed) if fact.details.outcome != "entered in error"]
    in_pain = fast = False
    asked = 0
    for _, one in sorted(day.seen.items(), key=lambda both: (both[1].at, both[0])):
        for said in one.values.symptoms or ():
            if said.symptom == "chest pain":
                asked = one.brought if said.change in ("new", "worse") or not in_pain else asked
                in_pain = said.change != "gone"
        one.red = in_pain and not any(asked < closing < one.brought for closing in decided)
        if one.values.heart_rate is not None:
            one.twice, fast = fast, one.values.heart_rate >= 111
            one.amber = fast
    day.closed = max((fact.position for fact in day.of(f.EvaluationClosed)), default=0)
    opened = any(fact.position > day.closed for fact in day.of(f.EvaluationOpened))
    day.red_symptom = any(one.red and one.brought > day.closed for one in day.seen.values())
    day.evaluation_open = opened or day.red_symptom or day.stand == "stopped"


def brought_by(one: f.VitalSignsRecorded) -> set[str]:
    return {name for name in VALUES if getattr(one, name) is not None}
