"""The words and shapes in which the clinical core answers: levels, findings, phases and the status of a chair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from models.clinical.facts import DischargePrepared, Fact, NightReceiver, Patient, Symptom


class Level(IntEnum):
    """Ordered: the worst of several is their max()."""

    NOT_MEASURED = 0
    NORMAL = 1
    AMBER = 2
    RED = 3

    @property
    def word(self) -> str:
        return self.name.lower().replace("_", " ")


class Phase(StrEnum):
    EXPECTED = "expected"
    PRE_MEDICATION = "pre-medication"
    INFUSION = "infusion"
    OBSERVATION = "observation"
    DISCHARGED = "discharged"
    TRANSFERRED = "transferred"
    DEFERRED = "deferred"


class InfusionState(StrEnum):
    """What the drug does; None before it was first started."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    COMPLETED = "completed"


class Priority(IntEnum):
    """Of an alert, as IEC 60601-1-8 names it: high is red, medium yellow, low cyan."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def word(self) -> str:
        return self.name.lower()

    @property
    def mark(self) -> str:
        return "!" * self.value


class AlertKind(StrEnum):
    """Value and symptom alerts ask for an answer; task alerts end when the task is done; technical ones are a screen's
    own."""

    VALUE = "value"
    SYMPTOM = "symptom"
    TASK = "task"
    TECHNICAL = "technical"


class AlertState(StrEnum):
    """*Raised* sounds; the answered ones are silent; *resolved unseen* is over, and nobody has said *seen* yet."""

    RAISED = "raised"
    SEEN = "seen"
    ACTING = "acting"
    ACCEPTED = "known and accepted"
    RESOLVED_UNSEEN = "resolved unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Why a set or a chair has its level. `limit` and `action` are sentences a nurse reads, `source` its origin."""

    parameter: str
    value: float | str
    level: Level
    limit: str
    source: str
    action: str
    confirmed: bool = False
    """A red that needed two readings, and had them."""
    repeat_within_minutes: int | None = None
    twice: bool = False
    """The previous reading of the parameter was amber or red too (D-7)."""
    needs_doctor: bool = False
    """A doctor decides before the infusion goes on."""
    offers_pause: bool = False
    upward: bool | None = None
    """Too high (or risen too far) rather than too low; None for what has no side."""
    is_change: bool = False
    """Measured from the course baseline."""
    rule: str = ""
    """What it is about, so that the same trouble found again is known: `systolic high`, `symptom: chest pain`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalSet:
    """A set as screens show it; a partial set holds what a later one added; `struck` is why it does not count."""

    position: int
    happened_at: datetime
    recorded_at: datetime
    recorded_by: str
    heart_rate: int | None
    systolic: int | None
    diastolic: int | None
    symptoms: tuple[Symptom, ...] | None
    temperature: float | None
    spo2: int | None
    respiratory_rate: int | None
    consciousness: str | None
    arm: str | None
    level: Level
    findings: tuple[Finding, ...]
    is_complete: bool
    late: bool
    struck: str | None = None
    added: int | None = None
    """Position of what was added last; None where nothing was."""

    @property
    def newest_position(self) -> int:
        """Of what stands in it, the entry recorded last: an evaluation closed before that knew nothing of it."""
        return self.position if self.added is None else self.added


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Reference values of change. `label` tells where they come from, e.g. *day 1, 04-May-2026*."""

    heart_rate: int | None
    systolic: int | None
    diastolic: int | None
    spo2: int | None
    label: str
    origin: Mapping[str, str] = field(default_factory=dict)
    """Parameter → reference, day-1, earlier or today's: where its value comes from."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Origin → its label; `label` joins those that give a heart rate or a pressure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedAnswer:
    answer: str
    answered_on: date
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What a day needs to know of the rest of its course; `history` in course.py makes it from the other days."""

    number: int
    previous_course_ended: date | None = None
    infusion_dates: tuple[tuple[int, date], ...] = ()
    """(day, date) of the other days of this course on which an infusion was started."""
    planned_dates: tuple[tuple[int, date], ...] = ()
    """(day, date) of the other days of this course that are booked and on which none was started."""
    patient_infusion_dates: frozenset[date] = frozenset()
    """Dates of every other infusion of this patient, any course: one infusion a date."""
    baseline: Baseline | None = None
    """From day 1, a doctor's reference value or the earlier record; None when only today can give it."""
    carried: Mapping[str, CarriedAnswer] = field(default_factory=dict)
    discontinued: str | None = None
    """Why no further infusion of this course may start."""


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
class Alert:
    """One alert of a chair. `id` is its rule and the position (or the time) that raised it, e.g. `systolic high/17`.

    `words` head it, `limit` is the value with the limit it reached, `why` what it may mean, `action` the next step.
    """

    id: str
    kind: AlertKind
    what: str
    """The row of the protocol's alerts it was made by, e.g. `confirmed pair`."""
    priority: Priority
    words: str
    limit: str
    source: str
    why: str
    action: str
    level: Level
    """Colour of what raised it; normal for a task."""
    position: int | None
    """The set or report that raised it; None for a task."""
    raised_at: datetime
    """Since when it has been waiting for an answer: when it was raised, or raised again."""
    state: AlertState = AlertState.RAISED
    needs_answer: bool = True
    holds: bool = True
    """The value or symptom is still abnormal; a high alert waits for its outcome even when it is not."""
    answered_by: str | None = None
    """Staff id; of an alert somebody is acting on, whoever has it after a handover."""
    answered_at: datetime | None = None
    until: datetime | None = None
    doctor: str = ""
    returns_at: datetime | None = None
    """When an answered one is raised again by time alone."""
    escalates_at: datetime | None = None
    escalated: bool = False
    """It stands on the charge nurse's board."""
    silenced: bool = False
    times_raised: int = 1
    note: str = ""
    """What a correction or a missed repeat changed, as a sentence."""

    @property
    def mark(self) -> str:
        return self.priority.mark

    @property
    def sounds(self) -> bool:
        return self.state is AlertState.RAISED


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One tick of a check list. A step of another list with the same id is the same step."""

    id: str
    words: str
    kind: str
    """tick, time, past (a time to be asked for, never now), ahead (a time to come), text, yes_no or choice."""
    source: str = ""
    done: bool = False
    answer: str = ""
    at: datetime | None = None
    """The time it tells: when it was done; elapsed time counts from here."""
    done_by: str | None = None
    position: int | None = None
    """Of the newest tick; to take it back is to enter this fact in error."""
    times: tuple[datetime, ...] = ()
    """Of every tick, for what is done again."""
    due_from: datetime | None = None
    due_at: datetime | None = None
    """None when nothing is due; an alert stands from here until it is ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionView:
    """A reaction to consider. `preselected` because of the reported symptoms `because`: a suggestion, no diagnosis."""

    id: str
    words: str
    chosen: bool
    preselected: bool
    because: tuple[str, ...]
    signs: str
    actions: str
    source: str
    steps: tuple[StepView, ...]
    chosen_by: str | None = None
    chosen_at: datetime | None = None
    position: int | None = None
    """Of the fact that chose it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """`whom` is a name of the ward's call numbers, or free text."""

    whom: str
    called_at: datetime | None
    called_by: str | None
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """An outcome the evaluation may be closed with; `refused` is the sentence why not now, else empty."""

    id: str
    words: str
    needs_doctor: bool
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationView:
    """The open evaluation: the head of every prompt, the reactions to consider, calls, grade and the ways to close."""

    opened_at: datetime
    reason: str
    head: tuple[StepView, ...]
    reactions: tuple[ReactionView, ...]
    none_of_these: str
    """The doctor who said that it is none of these; else empty."""
    calls: tuple[CallView, ...]
    grade: int | None
    grade_words: str
    outcomes: tuple[OutcomeView, ...]
    in_error: bool
    """No red reading and no STOP that opened it stands any more: it can be closed as entered in error."""


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
