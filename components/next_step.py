"""The one next thing of a chair in one line; a chair that is amber or overdue, or under evaluation, says so there."""

from __future__ import annotations

from datetime import datetime

from dash.development.base_component import Component

from components import html
from components.countdown import COUNTDOWN, OVERDUE, since, until
from components.evaluation_words import red_title
from components.icons import icon
from components.tone import tone
from components.wording import clock_time, full_name, number_words
from models.clinical.facts import EvaluationClosed
from models.clinical.findings import Finding, Level
from models.clinical.open_evaluation import EvaluationView
from models.clinical.status import ChairStatus

PARAMETER_WORDS = {
    "heart_rate": "heart rate",
    "systolic": "systolic",
    "diastolic": "diastolic",
    "temperature": "temperature",
    "spo2": "SpO₂",
    "respiratory_rate": "breaths",
    "consciousness": "consciousness",
}


def next_step(status: ChairStatus, zone: str, coming: ChairStatus | None = None) -> list[Component]:
    """NEXT, what, when; its class is `next_class`. On a closed day it is the patient who comes next."""
    if status.evaluation is not None:
        return _red(status, status.evaluation, zone)
    if not status.next_step.what:
        return _nothing_due(coming, zone)
    step = status.next_step
    if status.ready_since is not None and status.is_open:
        return _ready(status.ready_since, zone)
    when: list[Component | str] = []
    if step.due_at is not None:
        when = (
            [html.Small("overdue "), html.B(since(step.due_at, OVERDUE))]
            if step.overdue
            else [html.B(until(step.due_at, COUNTDOWN))]
        )
    was_red = status.level is Level.RED and status.is_open
    detail = _decided(status, zone) if was_red else step.detail
    due = f" {clock_time(step.due_at, zone)}" if step.due_at else ""
    words = f"{step.what}, due{due}" if step.overdue and due else f"{step.what}{due}"
    worst = Level.RED if was_red else step.level
    shape = [icon(tone(worst).icon)] if worst in (Level.AMBER, Level.RED) else []
    return [
        html.Span("NEXT", className="next-word"),
        *shape,
        html.H2([words, html.Small(f" {detail}")] if detail else words, className="next-what"),
        html.Span(when, className="next-when"),
    ]


def _decided(status: ChairStatus, zone: str) -> str:
    """The last set is red, and a doctor has decided: it is said, and no prompt fills the column any more."""
    standing = (fact for fact in reversed(status.facts) if fact.position not in status.struck)
    for fact in standing:
        if isinstance(fact.details, EvaluationClosed):
            said = fact.details
            return " ".join(f"last set red · {said.outcome} {clock_time(fact.happened_at, zone)} {said.doctor}".split())
    return "last set red"


def _nothing_due(coming: ChairStatus | None, zone: str) -> list[Component]:
    words = "Nothing more is due"
    if coming is not None:
        words = f"then {clock_time(coming.planned_start, zone)} {full_name(coming.patient)}"
    return [html.Span("NEXT", className="next-word"), html.H2(words, className="next-what")]


def _ready(since_when: datetime, zone: str) -> list[Component]:
    """Nothing is missing and nothing is late: going home waits for nobody."""
    return [
        html.Span("NEXT", className="next-word"),
        html.H2("Ready to go home", className="next-what"),
        html.Span([html.Small("since "), html.B(clock_time(since_when, zone))], className="next-when"),
    ]


def next_class(status: ChairStatus) -> str:
    if status.evaluation is not None:
        return "box next live next-red red"
    if status.ready_since is None and (status.next_step.overdue or status.next_step.level is Level.AMBER):
        return "box next live amber"
    return "box next live"


def _red(status: ChairStatus, evaluation: EvaluationView, zone: str) -> list[Component]:
    """The head of the evaluation that fills the column below, for as long as it is open."""
    return [
        icon("octagon"),
        html.Div(
            [
                html.H2(red_title(status)[0], className="red-title"),
                html.Div(_why(status, evaluation, zone), className="red-why"),
            ],
            className="red-head",
        ),
        html.Span(html.B(since(evaluation.opened_at)), className="next-when red-age"),
    ]


def _why(status: ChairStatus, evaluation: EvaluationView, zone: str) -> str:
    """The red findings as they stand, else what it was opened for, which may have been entered in error."""
    if status.level is Level.RED:
        red = [finding for finding in status.findings if finding.level is Level.RED]
        return " · ".join(dict.fromkeys(finding_words(finding) for finding in red[:3]))
    if evaluation.in_error:
        return f"Entered in error: {evaluation.reason} · close it below"
    return f"{evaluation.reason} · {clock_time(evaluation.opened_at, zone)}"


def finding_words(finding: Finding) -> str:
    """`systolic 142, +20 % of day-1 118`."""
    value = (
        finding.value if isinstance(finding.value, str) else number_words(finding.value, 1 if finding.value % 1 else 0)
    )
    parameters = [p.strip() for p in finding.parameter.split(",")]
    if parameters == ["symptoms"]:
        return value
    words = ", ".join(PARAMETER_WORDS.get(p, p) for p in parameters)
    return f"{words} {value}" if words != value else words
