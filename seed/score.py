"""What was done against what was expected: points by weight, each traceable to facts, the harm that followed, times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

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
from seed.branches import acted_at, found, played
from seed.scenario_file import Expected
from seed.scenario_player import ScenarioPlayer
from seed.simulated_patient import SimulatedPatient
from seed.truth import true_findings

LATE_SHARE = 0.5
"""Of the weight, for what was done after its deadline."""


class Outcome(StrEnum):
    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    NOT_ASKED = "not asked"
    """What it waits for never came, or its time has not: it counts neither way."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One expected action; `facts` are the positions, in its chair's infusion day, that the points rest on."""

    expected: Expected
    outcome: Outcome
    opens_at: datetime | None
    closes_at: datetime | None
    facts: tuple[int, ...] = ()
    done_at: datetime | None = None
    done_by: str = ""

    @property
    def of(self) -> int:
        return 0 if self.outcome is Outcome.NOT_ASKED else self.expected.weight

    @property
    def points(self) -> float:
        return self.of * {Outcome.DONE: 1.0, Outcome.LATE: LATE_SHARE}.get(self.outcome, 0.0)

    @property
    def harm(self) -> str:
        return self.expected.harm if self.outcome in (Outcome.LATE, Outcome.MISSED) else ""


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


@dataclass(frozen=True, slots=True)
class Score:
    marks: tuple[Mark, ...]
    times: tuple[ChairTimes, ...]
    harms: tuple[str, ...]
    """Each as a sentence; one is enough not to pass."""
    pass_percent: int

    @property
    def points(self) -> float:
        return sum(mark.points for mark in self.marks)

    @property
    def of(self) -> int:
        return sum(mark.of for mark in self.marks)

    @property
    def percent(self) -> float:
        return 100 * self.points / self.of if self.of else 0.0

    @property
    def passed(self) -> bool:
        return not self.harms and self.percent >= self.pass_percent


def score(player: ScenarioPlayer, until: datetime | None = None) -> Score:
    """As it stands at `until`, else at the end of the scenario."""
    until = until or player.scenario.ends_at
    marks = tuple(marked(player, one, until) for one in player.scenario.expected)
    harms = [one.words for one in player.course if one.kind == "harm"]
    harms += [mark.harm for mark in marks if mark.harm and mark.harm not in harms]
    times = tuple(chair_times(player, chair.chair, until) for chair in player.scenario.chairs)
    return Score(marks, times, tuple(harms), player.scenario.pass_percent)


def expected_now(player: ScenarioPlayer, now: datetime) -> tuple[Mark, ...]:
    """What its time has come for and nobody has done yet: for the trainer, and for hints."""
    marks = (marked(player, one, now) for one in player.scenario.expected)
    return tuple(one for one in marks if one.outcome is Outcome.NOT_ASKED and one.opens_at and one.opens_at <= now)


def marked(player: ScenarioPlayer, expected: Expected, until: datetime) -> Mark:
    facts, branches = player.facts, player.branches
    opens, closes = branches.opens(expected, facts), branches.closes(expected, facts)
    if opens is None or closes is None:
        waits_for_act = any(one.id == expected.after for one in player.scenario.expected)
        return Mark(expected, Outcome.MISSED if waits_for_act else Outcome.NOT_ASKED, opens, closes)
    done = found(facts[expected.chair], expected, opens)
    if expected.by and done is not None:
        done = by_role(player, expected, opens)
    mark = Mark(expected, Outcome.MISSED, opens, closes)
    if done is not None:
        mark = replace(mark, facts=(done.position,), done_at=acted_at(done), done_by=done.recorded_by)
    if expected.never:
        broken = done is not None and acted_at(done) <= closes
        return replace(mark, outcome=Outcome.MISSED if broken else Outcome.DONE)
    if done is not None:
        return replace(mark, outcome=Outcome.DONE if acted_at(done) <= closes else Outcome.LATE)
    return replace(mark, outcome=Outcome.MISSED if closes <= until else Outcome.NOT_ASKED)


def by_role(player: ScenarioPlayer, expected: Expected, opens: datetime) -> Fact | None:
    roles = {member.id: member.role for member in player.store.staff()}
    mine = [fact for fact in player.facts[expected.chair] if roles.get(fact.recorded_by) == expected.by]
    return found(mine, expected, opens)


# ---- times -----------------------------------------------------------------------------------------------------------


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
    return next((fact.happened_at for fact in facts if fact.happened_at >= since and fits(fact)), None)


def charted_abnormal(fact: Fact, status: ChairStatus) -> bool:
    """An amber or red set, or any symptom that is new or worse."""
    levels = {one.position: one.level for one in status.sets}
    said = fact.details.symptoms if isinstance(fact.details, VitalSignsRecorded | SymptomReported) else None
    told = any(one.change in ("new", "worse") for one in said or ())
    return told or levels.get(fact.position, Level.NOT_MEASURED) >= Level.AMBER


def is_call(fact: Fact) -> bool:
    said = fact.details
    return isinstance(said, DoctorReviewed) or (isinstance(said, CallLogged) and said.what == "called")
