"""What may follow what, as clinical.md D-1 and D-2 say it: read from there, not from the code it checks."""

from __future__ import annotations

from collections.abc import Mapping

from models.clinical import facts as f
from models.clinical.facts import Details

OPEN = ("hour one", "running", "paused", "stopped", "observed")
ALL = ("expected", *OPEN, "discharged", "transferred", "deferred")
BEDSIDE = (
    f.CheckAnswered, f.MedicationGiven, f.VitalSignsRecorded, f.SymptomReported, f.ReferenceValueSet, f.DoctorReviewed,
    f.SampleTaken, f.AdviceGiven,
)  # fmt: skip
SEATS = (f.ChairAssigned, f.NurseAssigned, f.HandoverOffered)
LEADS: Mapping[type, Mapping[str, str]] = {
    f.Arrived: {"expected": "hour one"},
    f.Deferred: {"expected": "deferred", "hour one": "deferred"},
    f.BagPrepared: {"hour one": "hour one"},
    f.InfusionStarted: {"hour one": "running"},
    f.RateChanged: {"running": "running"},
    f.InfusionPaused: {"running": "paused"},
    f.InfusionResumed: {"paused": "running"},
    f.InfusionStopped: {"running": "stopped", "paused": "stopped"},
    f.InfusionCompleted: {"running": "observed", "paused": "observed"},
    f.Discharged: {"observed": "discharged"},
    f.Transferred: dict.fromkeys(OPEN, "transferred"),
    **{kind: {one: one for one in OPEN} for kind in BEDSIDE},
    **{kind: {one: one for one in ("expected", *OPEN)} for kind in SEATS},
    **{kind: {one: one for one in OPEN[1:]} for kind in (f.RoundNotDone, f.RoundIntervalSet)},
}


def leads(details: Details, stand: str) -> str | None:
    """Where a fact leads from a stand, None where it may not follow."""
    if not isinstance(details, f.EvaluationClosed):
        return LEADS.get(type(details), {one: one for one in ALL}).get(stand)
    if stand in ("discharged", "transferred") and details.outcome not in ("resumed", "slowed"):
        return stand
    if details.outcome == "entered in error":
        return stand if stand in OPEN and stand != "stopped" else None
    if details.outcome in ("resumed", "slowed"):
        return "paused" if stand == "stopped" else stand if stand in OPEN else None
    return {"hour one": "hour one", "stopped": "observed", "observed": "observed"}.get(stand)
