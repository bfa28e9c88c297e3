"""What extends the observation beyond its two hours, and what releases it (D-17)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.clinical.evaluation import Red, doctor_closed
from models.clinical.monitoring import Rounds, is_accepted
from models.clinical.sets import DaySets
from models.clinical.status import Level


def extended_reasons(rounds: Rounds, sets: DaySets, reds: Sequence[Red], now: datetime) -> tuple[str, ...]:
    """Why the observation goes on: red without a doctor's closing entry, or amber with a new headache (D-17)."""
    closed = doctor_closed(rounds.sheet)
    open_reds = [red for red in reds if red.happened_at >= rounds.started_at and red.position > closed]
    reasons = []
    if open_reds and not _is_released(rounds, open_reds[-1].happened_at, now):
        reasons.append(f"red without a doctor's closing entry ({open_reds[-1].why})")
    last = rounds.newest
    headache = _new_headache(rounds, sets)
    if last and last.level is Level.AMBER and headache and not _is_released(rounds, last.happened_at, now):
        reasons.append(f"the last set is amber with new {headache}")
    return tuple(reasons)


def _is_released(rounds: Rounds, since: datetime, now: datetime) -> bool:
    """Two normal sets in a row, or ambers a review accepts, and a doctor's name after it (D-17)."""
    reviewed = any(fact.happened_at >= since for fact, _ in rounds.reviews)
    if not reviewed or rounds.newest is None:
        return False
    after = [one for one in rounds.sets if one.is_complete and one.happened_at > since]
    if len(after) >= 2 and all(one.level is Level.NORMAL for one in after[-2:]):
        return True
    measured = [finding for finding in rounds.newest.findings if not isinstance(finding.value, str)]
    amber = rounds.newest.level is Level.AMBER and bool(measured)
    return amber and all(is_accepted(finding, now, rounds) for finding in measured)


def _new_headache(rounds: Rounds, sets: DaySets) -> str:
    """An open symptom of the headache rules that today's baseline set did not name (D-10)."""
    rows = [row for row in rounds.protocol.combinations if row.change == "new today"]
    kinds = {symptom for row in rows for symptom in row.symptoms}
    baseline = next((one for one in sets.standing if one.is_complete), None)
    before = {symptom.symptom for symptom in (baseline.symptoms or ())} if baseline else set()
    return next((s.symptom for s in sets.open_symptoms if s.symptom in kinds - before), "")
