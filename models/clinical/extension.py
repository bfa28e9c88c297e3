"""What extends the observation beyond its two hours, and what releases it (D-17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clinical.evaluation import Red, doctor_closed
from models.clinical.facts import Symptom
from models.clinical.findings import Level, VitalSet
from models.clinical.monitoring import Rounds, is_accepted
from models.clinical.sets import DaySets, Report
from models.clinical.symptoms import open_after

NORMAL_SETS = 2
"""So many in a row, with a doctor's name, release the patient."""


@dataclass(frozen=True, slots=True)
class Extension:
    """`reason` says why the observation goes on, `until` what ends it and how far that is."""

    reason: str
    until: str


def extensions(
    rounds: Rounds, sets: DaySets, reds: Sequence[Red], drug_ended_at: datetime, now: datetime
) -> tuple[Extension, ...]:
    """Red without a doctor's closing entry, and amber with a new headache, each until it is released."""
    closed = doctor_closed(rounds.sheet)
    open_reds = [red for red in reds if red.happened_at >= rounds.started_at and red.position > closed]
    made = []
    if open_reds and not _is_released(rounds, open_reds[-1].happened_at, now):
        reason = f"red without a doctor's closing entry ({open_reds[-1].why})"
        ends = f"a doctor closes the evaluation, or {_release(rounds, open_reds[-1].happened_at)}"
        made.append(Extension(reason, ends))
    headache_at = _headache_at(rounds, sets, drug_ended_at)
    if headache_at is not None and not _is_released(rounds, headache_at, now):
        made.append(Extension("amber with new headache", _release(rounds, headache_at)))
    return tuple(made)


def _is_released(rounds: Rounds, since: datetime, now: datetime) -> bool:
    """Two normal sets in a row, or ambers a review accepts, and a doctor's name after it (D-17)."""
    if not _is_reviewed(rounds, since) or rounds.newest is None:
        return False
    if _normal_in_a_row(rounds, since) >= NORMAL_SETS:
        return True
    measured = [finding for finding in rounds.newest.findings if not isinstance(finding.value, str)]
    amber = rounds.newest.level is Level.AMBER and bool(measured)
    return amber and all(is_accepted(finding, now, rounds) for finding in measured)


def _is_reviewed(rounds: Rounds, since: datetime) -> bool:
    return any(fact.happened_at >= since for fact, _ in rounds.reviews)


def _normal_in_a_row(rounds: Rounds, since: datetime) -> int:
    """Complete sets after it, counted back from the newest as long as they are normal."""
    count = 0
    for one in reversed(rounds.sets):
        if one.happened_at <= since or (one.is_complete and one.level is not Level.NORMAL):
            break
        count += one.is_complete
    return count


def _release(rounds: Rounds, since: datetime) -> str:
    so_far = min(_normal_in_a_row(rounds, since), NORMAL_SETS)
    reviewed = "a doctor's review" if _is_reviewed(rounds, since) else "no doctor's review"
    return (
        f"{NORMAL_SETS} normal sets in a row, or amber a doctor accepts, and a doctor's review "
        f"(so far {so_far} normal, {reviewed})"
    )


def _headache_at(rounds: Rounds, sets: DaySets, drug_ended_at: datetime) -> datetime | None:
    """When the last set was last amber with a new headache, looked at from the end of the drug on (D-10, D-17)."""
    found = None
    for at, holds in _amber_with_headache(rounds, sets):
        if at <= drug_ended_at:
            found = at if holds else None
        elif holds:
            found = at
    return found


def _amber_with_headache(rounds: Rounds, sets: DaySets) -> Iterator[tuple[datetime, bool]]:
    """At each set and report: whether the last set is amber while a headache that is new today is open."""
    kinds = {kind for row in rounds.protocol.combinations if row.change == "new today" for kind in row.symptoms}
    baseline = next((one for one in sets.standing if one.is_complete), None)
    kinds -= {symptom.symptom for symptom in (baseline.symptoms or ())} if baseline else set()
    told: list[VitalSet | Report] = [*sets.standing, *sets.reports]
    open_now: tuple[Symptom, ...] = ()
    level = Level.NOT_MEASURED
    for one in sorted(told, key=lambda one: (one.happened_at, one.position)):
        open_now = open_after(open_now, one.symptoms)
        if isinstance(one, VitalSet) and (one.is_complete or one.level > level):
            level = one.level
        if one.happened_at >= rounds.started_at:
            yield one.happened_at, level is Level.AMBER and any(s.symptom in kinds for s in open_now)
