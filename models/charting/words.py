"""What the sentences of charting are made of: two identifiers of a patient, times in the ward's zone, acts in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.clinical.facts import Fact, Patient

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

DONE = {
    "Booked": "was booked",
    "Arrived": "arrived",
    "ChairAssigned": "moved to another chair",
    "NurseAssigned": "has a responsible nurse",
    "HandoverOffered": "is offered to another nurse",
    "PatientDetailsCorrected": "had details corrected",
    "Deferred": "was deferred",
    "InfusionStarted": "infusion started",
    "RateChanged": "rate changed",
    "InfusionPaused": "infusion paused",
    "InfusionResumed": "infusion resumed",
    "InfusionStopped": "infusion stopped",
    "InfusionCompleted": "infusion completed",
    "EvaluationOpened": "evaluation opened",
    "EvaluationClosed": "evaluation closed",
    "EnteredInError": "an entry struck as entered in error",
    "Discharged": "discharged",
    "Transferred": "transferred",
}
"""Kind of fact → what happened, for those that can stand in another act's way."""


def clock_time(at: datetime, zone: str, *, seconds: bool = False) -> str:
    """`14:05`; in the hour that a clock change repeats, with the zone named: `01:30 BST`."""
    local = at.astimezone(ZoneInfo(zone))
    shown = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    repeated = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{shown} {local.tzname()}" if repeated else shown


def calendar_date(day: date) -> str:
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}"


def named(patient: Patient) -> str:
    """Two identifiers: a chair is a place, not a person."""
    return f"{patient.family_name.upper()}, {patient.given_name} (born {calendar_date(patient.born)})"


@dataclass(frozen=True, slots=True)
class Names:
    """Staff id → name, and the ward's zone: what a sentence about others needs."""

    staff: Mapping[str, str]
    zone: str

    def of(self, staff_id: str) -> str:
        return self.staff.get(staff_id, staff_id)


def listed(facts: Iterable[Fact], names: Names) -> str:
    """*infusion paused at 10:20 by Ada Okafor; rate changed at 10:25 by …*"""
    return "; ".join(
        f"{DONE.get(fact.kind, 'an entry')} at {clock_time(fact.happened_at, names.zone)}"
        f" by {names.of(fact.recorded_by)}"
        for fact in facts
    )
