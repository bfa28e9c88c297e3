"""Whether an act may be recorded, by the naive reading: the second opinion on every refusal.

What a doctor's name may pass is not judged here; the machine sends one along where an act is locked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from models.clinical import facts as f
from models.clinical.facts import Details, Fact
from tests.proof.reference import QUARTER, Reading, brought_by, read
from tests.proof.table import SEATS

FLOW = (f.InfusionStarted, f.RateChanged, f.InfusionPaused, f.InfusionResumed, f.InfusionStopped, f.InfusionCompleted)
KEPT = (f.Booked, *SEATS, f.PatientDetailsCorrected, f.EvaluationOpened, f.Overridden, f.EnteredInError)
AHEAD = timedelta(seconds=2)


@dataclass(frozen=True)
class Asked:
    """An act before it is recorded: `at` its true time, `by` who does it."""

    details: Sequence[Details]
    at: datetime
    now: datetime
    by: str


def as_if(record: Sequence[Fact], details: Sequence[Details], at: datetime) -> list[Fact]:
    """The record with these at its end; a replacement stands after the strike that causes it."""
    facts = list(record)
    for one in details:
        cause = len(facts) if isinstance(facts[-1].details, f.EnteredInError) and len(facts) > len(record) else None
        facts.append(replace(facts[0], position=len(facts) + 1, happened_at=at, details=one, caused_by=cause))
    return facts


def may(record: Sequence[Fact], asked: Asked) -> bool:
    reading, first = read(record), asked.details[0]
    if isinstance(first, f.EnteredInError):
        return may_correct(record, reading, asked)
    at = min(asked.at, asked.now)
    too_early = reading.arrived is not None and not isinstance(first, f.Arrived) and at < reading.arrived
    if asked.at > asked.now + AHEAD or too_early:
        return False
    for kinds in (FLOW, (f.ChairAssigned,)):
        in_order = any(isinstance(one, kinds) for one in asked.details)
        if in_order and any(one.happened_at > at for one in reading.of(*kinds)):
            return False
    after = read(as_if(record, asked.details, at))
    return not after.misfits and all(may_itself(one, reading, asked, at) for one in asked.details)


def may_correct(record: Sequence[Fact], reading: Reading, asked: Asked) -> bool:
    """What remains must still follow; a replacement is of the same kind."""
    strike, *others = asked.details
    wrong = next((fact for fact in reading.facts if fact.position == strike.position), None)
    if wrong is None or isinstance(wrong.details, KEPT) or asked.at > asked.now + AHEAD:
        return False
    if any(type(one) is not type(wrong.details) for one in others):
        return False
    return not read(as_if(record, asked.details, asked.at)).misfits


def may_itself(one: Details, reading: Reading, asked: Asked, at: datetime) -> bool:
    judge = ITSELF.get(type(one))
    return judge is None or judge(one, reading, asked, at)


def may_start(_: f.InfusionStarted, reading: Reading, asked: Asked, at: datetime) -> bool:
    """Only after heart rate and both pressures, which no doctor's name replaces."""
    taken = [seen for seen in reading.seen.values() if seen.is_set and seen.at <= at]
    return any({"heart_rate", "systolic", "diastolic"} <= brought_by(seen.values) for seen in taken)


def may_close(one: f.EvaluationClosed, reading: Reading, asked: Asked, at: datetime) -> bool:
    """Only an open one; in error only when nothing red stands. Resume closes in the same act."""
    in_error = one.outcome == "entered in error"
    return len(asked.details) == 2 or (reading.evaluation_open and not (in_error and reading.red_symptom))


def may_assign(one: f.NurseAssigned, reading: Reading, asked: Asked, at: datetime) -> bool:
    return reading.nurse in (None, asked.by) or one.nurse == asked.by


def may_add(one: f.VitalSignsRecorded, reading: Reading, asked: Asked, at: datetime) -> bool:
    """Only what is missing, to a partial set, within 15 min."""
    if one.adds_to is None:
        return True
    base = reading.seen.get(one.adds_to)
    if base is None or not base.is_set or base.complete or brought_by(base.values) & brought_by(one):
        return False
    return base.at <= at <= base.at + QUARTER


def may_put_off(one: f.RoundNotDone, reading: Reading, asked: Asked, at: datetime) -> bool:
    """Once for each round."""
    taken = [seen.at for seen in reading.seen.values() if seen.complete and seen.at <= at]
    promised = [fact.happened_at for fact in reading.of(f.RoundNotDone) if fact.details.try_again_at]
    return one.try_again_at is None or not any(not taken or when > max(taken) for when in promised)


ITSELF: Mapping[type, Callable[[Any, Reading, Asked, datetime], bool]] = {
    f.InfusionStarted: may_start,
    f.InfusionResumed: lambda one, reading, asked, at: len(asked.details) == 2 or not reading.needs_doctor(),
    f.EvaluationClosed: may_close,
    f.NurseAssigned: may_assign,
    f.HandoverOffered: lambda one, reading, asked, at: reading.nurse == asked.by != one.to,
    f.VitalSignsRecorded: may_add,
    f.RoundNotDone: may_put_off,
}
