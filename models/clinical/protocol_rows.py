"""The rows a protocol is made of: durations, limits, symptoms, checks, medicines, reasons and check lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from models.clinical.alert import AlertKind, Priority
from models.clinical.findings import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    pre_medication: timedelta
    infusion: timedelta
    observation: timedelta
    chair_stay: timedelta
    bag_life: timedelta
    due_soon: timedelta
    amber_repeat: timedelta
    confirm_repeat: timedelta
    overdue_escalation: timedelta
    late_entry: timedelta
    partial_completion: timedelta
    not_done_try_again: timedelta
    fresh_set_for_start: timedelta
    fresh_set_for_discharge: timedelta
    past_forecast: timedelta
    under_planned: timedelta
    """An infusion completed in less than this is noted as short."""
    counts_as_now: timedelta
    """How far ahead of now a true time may lie."""
    high_unanswered: timedelta
    medium_unanswered: timedelta
    acting_returns: timedelta
    stop_touched_by_mistake: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRules:
    first_course_days: int
    later_course_days: int
    months_between_courses: int
    most_courses: int
    minimum_age: int
    antiviral_months: int
    follow_up_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One row of the limits table; exactly one of the four comparisons is given.

    `measure`: value, rise, fall (in the parameter's unit), rise percent or fall percent (of the course baseline).
    """

    parameter: str
    measure: str
    level: Level
    source: str
    at_least: float | None = None
    at_most: float | None = None
    more_than: float | None = None
    other_than: str | None = None
    confirmed: bool = False
    """Has its level only when the previous reading of the parameter was at the limit too."""
    value_at_least: float | None = None
    """A change counts only from this value on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    parameter: str
    measure: str = "value"
    at_least: float | None = None
    at_most: float | None = None
    more_than: float | None = None
    value_at_least: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Several things at once: each of `every`, one of `any_of`, one of `symptoms` in the given change and severity."""

    id: str
    words: str
    parameter: str
    level: Level
    source: str
    action: str
    every: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()
    symptoms: tuple[str, ...] = ()
    change: str = ""
    severity: str = ""
    needs_doctor: bool = False
    offers_pause: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomKind:
    """`review_from` and `red_from` are the severities from which a symptom is amber or red; `kinds` its sub-choices."""

    id: str
    words: str
    source: str
    red: bool = False
    group: str = "other"
    asks_severity: bool = False
    review_from: str = ""
    red_from: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question of hour one or of discharge.

    `kind`: yes_no, doctor, text, date, number. `when`: course (asked on day 1, carried), day (every day), later days
    (day 2 on). `phase`: pre-medication (locks start) or discharge (locks discharge). `required` locks until answered;
    `blocks_on` are the answers that lock too. `oldest_days`, `youngest_days`: a date outside is a warning.
    """

    id: str
    words: str
    kind: str
    when: str
    source: str
    rule: str = ""
    phase: str = "pre-medication"
    group: str = ""
    required: bool = False
    blocks_on: tuple[str, ...] = ()
    unit: str = ""
    oldest_days: int | None = None
    youngest_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    id: str
    words: str
    source: str
    name: str = ""
    dose_mg: float | None = None
    required_days: tuple[int, ...] = ()
    steroid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleKind:
    id: str
    words: str
    unit: str
    source: str
    first_course_days: tuple[int, ...] = ()
    later_course_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """`days`: every, first, last, first and last. `required` locks discharge until it is explained.

    `dated` is said with the {date} so many months after the last infusion of the course.
    """

    id: str
    words: str
    source: str
    days: str = "every"
    required: bool = False
    dated: str = ""
    months_after_course: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A reason, destination or outcome."""

    id: str
    words: str
    source: str = "OWN"
    locks_resume: bool = False
    needs_doctor: bool = False
    needs_receiver: bool = False
    is_care: bool = False
    """Another place of care, to which a patient is transferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One tick of an evaluation.

    `within_minutes` counts from the opening, or from the tick of the step `after`; `again_minutes` from its own tick,
    for as long as a symptom of its list is open.
    """

    id: str
    words: str
    kind: str
    source: str
    after: str = ""
    within_minutes: int | None = None
    again_minutes: int | None = None
    again_until_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckList:
    """`short` names it on a button and, up to its colon, on a tab."""

    id: str
    words: str
    short: str
    symptoms: tuple[str, ...]
    """Reported symptoms that pre-select it."""
    signs: str
    actions: str
    source: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    grade: int
    words: str
    action: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """One kind of alert. `words` may hold {what}; an empty `action` is the finding's own.

    `escalates` names the duration after which an unanswered one goes to the charge nurse. With a `later_priority` it
    takes that priority then, and is escalated at once.
    """

    id: str
    kind: AlertKind
    priority: Priority
    words: str
    why: str
    source: str
    action: str = ""
    escalates: str = ""
    later_priority: Priority | None = None
