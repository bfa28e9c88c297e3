"""The status of a chair: everything a screen may show of one infusion day, and the words for where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.clinical.alert import Alert
from models.clinical.facts import DischargePrepared, Fact, NightReceiver, Patient, Symptom
from models.clinical.findings import Baseline, Finding, Level, VitalSet
from models.clinical.open_evaluation import EvaluationView


class Phase(StrEnum):
    EXPECTED = "expected"
    PRE_MEDICATION = "pre-medication"
    INFUSION = "infusion"
    OBSERVATION = "observation"
    DISCHARGED = "discharged"
    TRANSFERRED = "transferred"
    DEFERRED = "deferred"

    @property
    def is_over(self) -> bool:
        return self in (Phase.DISCHARGED, Phase.TRANSFERRED, Phase.DEFERRED)


class InfusionState(StrEnum):
    """What the drug does; None before it was first started."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStatus:
    """One line of hour one or of the discharge list. `state`: done, missing, blocked, optional."""

    id: str
    words: str
    kind: str
    state: str
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    carried_from: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the day band: pre-medication, running, paused, stopped, observation; `planned` lies ahead."""

    kind: str
    begins: datetime
    ends: datetime
    planned: bool = False
    rate_ml_per_hour: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The one next thing: earliest of anything due. `what` is e.g. *Vital signs* or *Start infusion*."""

    what: str
    due_at: datetime | None = None
    level: Level = Level.NORMAL
    overdue: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairStatus:
    """Everything a screen may show of one infusion day at `now`. Times are UTC, durations seconds, volumes mL."""

    infusion_day_id: str
    chair: str
    patient: Patient
    course: int
    day: int
    days_in_course: int
    date: date
    planned_start: datetime
    now: datetime
    position: int

    phase: Phase
    state: InfusionState | None
    is_open: bool
    """Arrived and not closed."""
    ready: bool
    """Ready to go home: nothing is missing for discharge."""
    evaluation_open: bool
    evaluation_reason: str

    arrived_at: datetime | None
    hour_one_began_at: datetime | None
    """First medicine given (D-12); its 60 min count from here."""
    may_start_at: datetime | None
    hour_one: tuple[CheckStatus, ...]

    infusion_started_at: datetime | None
    drug_ended_at: datetime | None
    """Last end of drug, from which observation counts; None while the infusion is open or an evaluation is."""
    rate_ml_per_hour: float | None
    """Present rate while running, else the last one."""
    planned_rate_ml_per_hour: float
    slowed: bool
    run_time_s: int
    elapsed_s: int
    planned_run_time_s: int
    remaining_s: int | None
    volume_given_ml: float
    volume_ml: float
    forecast_end: datetime | None
    paused_at: datetime | None
    pause_reason: str
    resume_by: datetime | None
    resume_needs_evaluation: bool
    """Resume asks for a doctor's name and a reason (D-2, D-11)."""
    resume_rate_ml_per_hour: float | None
    """The rate Resume offers: the former one, or half of it after a reaction, STOP or red."""
    bag_mixed_at: datetime | None
    bag_expires_at: datetime | None
    bag_warning: str
    """Empty, or the amber sentence: the bag expires before the rest is in."""
    past_forecast: bool

    interval_minutes: int
    next_round_due_at: datetime | None
    next_round_kind: str
    """vital signs, repeat, final set; empty when none is due."""
    due_soon: bool
    overdue_s: int
    """0 until due; counted from the due time."""

    level: Level
    findings: tuple[Finding, ...]
    sets: tuple[VitalSet, ...]
    """Every set by happened-at, struck ones too."""
    last_set: VitalSet | None
    """The newest standing set with any value."""
    last_values: Mapping[str, tuple[float | str, datetime]]
    """Newest standing reading per parameter and when it was taken."""
    course_baseline: Baseline | None
    todays_baseline: Baseline | None
    open_symptoms: tuple[Symptom, ...]
    review_due: bool
    """A doctor's review is due after two amber sets (D-7)."""

    observation_ends_at: datetime | None
    """None before the drug ended, while an evaluation is open and while extended."""
    observation_remaining_s: int | None
    extended: bool
    extended_reasons: tuple[str, ...]
    missing_for_discharge: tuple[str, ...]
    discharge_list: tuple[CheckStatus, ...]
    closed_at: datetime | None
    free_at: datetime | None
    """When the chair comes free; None when not known (extended, stopped, paused) or closed."""

    nurse: str | None
    handover_to: str | None

    next_step: NextStep
    band: tuple[Segment, ...]
    warnings: tuple[str, ...]
    """Course warnings: gap in days, interval between courses, more courses than foreseen."""
    allowed: tuple[str, ...]
    refused: Mapping[str, str]
    """Act → the sentence why not."""
    overridable: Mapping[str, tuple[str, ...]]
    """Act → the locks a doctor's name and reason would pass (D-13)."""

    deadlines: tuple[datetime, ...]
    """When, after now, something of this status changes with time alone, earliest first."""
    struck: Mapping[int, Fact]
    """Position of a fact entered in error → the fact that struck it."""
    facts: tuple[Fact, ...]

    evaluation_opened_at: datetime | None = None
    """When what the open evaluation is about happened; None while none is open."""
    extended_since: datetime | None = None
    """When observation would have ended; None unless extended."""
    ready_since: datetime | None = None
    """Since when nothing is missing for discharge; None unless ready."""

    alerts: tuple[Alert, ...] = ()
    """All that stand, worst first; raised ones before answered ones of the same priority."""
    silenced: int = 0
    """How many of them somebody has answered."""
    evaluation: EvaluationView | None = None
    """None while none is open."""
    extended_until: tuple[str, ...] = ()
    """For each of `extended_reasons` what releases the patient, and how far that is."""
    stops_on_error: tuple[int, ...] = ()
    """Positions of the STOPs that rested on a reading that was entered in error."""
    discharge_prepared: DischargePrepared | None = None
    night_receiver: NightReceiver | None = None
