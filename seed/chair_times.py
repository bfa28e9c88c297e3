"""Of each chair, what was true of the patient and when it was noticed, held and called about; its rounds and alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.clinical.alert_history import alert_history
from models.clinical.facts import (
    CallLogged,
    DoctorReviewed,
    Fact,
    InfusionPaused,
    InfusionStopped,
    SymptomReported,
    VitalSignsRecorded,
)
from models.clinical.findings import Level
from models.clinical.limits import NOTHING_MEASURED, limits_for
from models.clinical.status import ChairStatus
from models.clinical.vital_signs import values_of
from seed.branches import acted_at, played
from seed.scenario_player import ScenarioPlayer
from seed.simulated_patient import SimulatedPatient
from seed.truth import true_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairTimes:
    """What was true of the patient and when it was noticed; None: it never came, or nobody did it."""

    chair: str
    abnormal_at: datetime | None
    red_at: datetime | None
    recognised_at: datetime | None
    held_at: datetime | None
    """STOP, or a pause."""
    called_at: datetime | None
    """Somebody was called, or a doctor came to review."""
    rounds_overdue: int
    rounds_missed: int
    """Overdue for so long that it was escalated."""
    alerts_sounded: int
    alerts_answered: int
    alerts_escalated: int

    @property
    def to_recognise(self) -> timedelta | None:
        return between(self.abnormal_at, self.recognised_at)

    @property
    def to_hold(self) -> timedelta | None:
        """From the first red, or amber where it never was red."""
        return between(self.red_at or self.abnormal_at, self.held_at)

    @property
    def to_call(self) -> timedelta | None:
        return between(self.abnormal_at, self.called_at)


def between(since: datetime | None, until: datetime | None) -> timedelta | None:
    return None if since is None or until is None else max(until - since, timedelta(0))


def chair_times(player: ScenarioPlayer, chair: str, until: datetime) -> ChairTimes:
    day, course = player.charting.day_and_course(player.days[chair])
    status = player.charting.stands(day, course).status
    lived = alert_history(day, course, player.protocol, until)
    past = [one for one in lived if one.ended_at is None or one.ended_at > player.scenario.started_at]
    abnormal = first_at_level(player, player.patients[chair], status, until, Level.AMBER)
    red = first_at_level(player, player.patients[chair], status, until, Level.RED)
    facts = tuple(played(day.facts))
    sounded = [one for one in past if one.sounded_at is not None]
    return ChairTimes(
        chair=chair,
        abnormal_at=abnormal,
        red_at=red,
        recognised_at=first_of(facts, abnormal, lambda fact: charted_abnormal(fact, status)),
        held_at=first_of(
            facts, red or abnormal, lambda fact: isinstance(fact.details, InfusionStopped | InfusionPaused)
        ),
        called_at=first_of(facts, abnormal, is_call),
        rounds_overdue=sum(one.what == "overdue" for one in past),
        rounds_missed=sum(one.what == "overdue" and one.escalated for one in past),
        alerts_sounded=len(sounded),
        alerts_answered=sum(one.answered_at is not None for one in sounded),
        alerts_escalated=sum(one.escalated for one in sounded),
    )


def first_at_level(
    player: ScenarioPlayer, patient: SimulatedPatient, status: ChairStatus, until: datetime, level: Level
) -> datetime | None:
    """When the patient, measured without noise every minute, would first have had this level."""
    scenario, limits = player.scenario, limits_for(player.protocol, status.course_baseline)
    previous = NOTHING_MEASURED
    closed = min(until, status.closed_at or until)
    for minute in range(int(scenario.minute(closed)) + 1):
        if any(finding.level >= level for finding in true_findings(limits, patient, minute, previous)):
            return scenario.moment(minute)
        previous = values_of(patient.truth(minute))
    return None


def first_of(facts: Sequence[Fact], since: datetime | None, fits: object) -> datetime | None:
    if since is None or not callable(fits):
        return None
    return next((acted_at(fact) for fact in facts if acted_at(fact) >= since and fits(fact)), None)


def charted_abnormal(fact: Fact, status: ChairStatus) -> bool:
    """An amber or red set, or any symptom that is new or worse."""
    levels = {one.position: one.level for one in status.sets}
    said = fact.details.symptoms if isinstance(fact.details, VitalSignsRecorded | SymptomReported) else None
    told = any(one.change in ("new", "worse") for one in said or ())
    return told or levels.get(fact.position, Level.NOT_MEASURED) >= Level.AMBER


def is_call(fact: Fact) -> bool:
    said = fact.details
    return isinstance(said, DoctorReviewed) or (isinstance(said, CallLogged) and said.what == "called")
