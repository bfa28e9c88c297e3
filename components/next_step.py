"""The one next thing of a chair in one line; when the chair is amber, overdue or red, the line says that instead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.countdown import COUNTDOWN, OVERDUE, since, until
from components.icons import icon
from components.tone import tone
from components.wording import clock_time, full_name, number_words
from models.clinical.status import ChairStatus, Finding, InfusionState, Level

STOPPED = "The infusion is stopped. Stay with the patient."
DO_NOT_START = "Do not start the infusion. Stay with the patient."

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
    if status.level is Level.RED and status.is_open:
        return _red(status)
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
    due = f" {clock_time(step.due_at, zone)}" if step.due_at else ""
    words = f"{step.what}, due{due}" if step.overdue and due else f"{step.what}{due}"
    shape = [icon(tone(step.level).icon)] if step.level in (Level.AMBER, Level.RED) else []
    return [
        html.Span("NEXT", className="next-word"),
        *shape,
        html.H2([words, html.Small(f" {step.detail}")] if step.detail else words, className="next-what"),
        html.Span(when, className="next-when"),
    ]


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
    if status.level is Level.RED and status.is_open:
        return "box next live next-red red"
    if status.ready_since is None and (status.next_step.overdue or status.next_step.level is Level.AMBER):
        return "box next live amber"
    return "box next live"


def _red(status: ChairStatus) -> list[Component]:
    red = [f for f in status.findings if f.level is Level.RED] or list(status.findings)
    began = _red_since(status)
    title = "Red – do not start" if status.state is None else "Red – stop and evaluate"
    return [
        icon("octagon"),
        html.Div(
            [
                html.H2(title, className="red-title"),
                html.Div(" · ".join(finding_words(f) for f in red[:3]), className="red-why"),
            ],
            className="red-head",
        ),
        html.Span(html.B(since(began)) if began else None, className="next-when red-age"),
    ]


def _red_since(status: ChairStatus) -> datetime | None:
    sets = [s.happened_at for s in status.sets if s.level is Level.RED and s.struck is None]
    return sets[-1] if sets else None


def red_steps(status: ChairStatus, doctors: tuple[str, ...], call_numbers: Mapping[str, str]) -> list[Component]:
    """What to do while the chair is red, in the order to do it; empty otherwise."""
    if status.level is not Level.RED or not status.is_open:
        return []
    first_called = sorted(call_numbers.items(), key=lambda one: "emergency" not in one[0])
    numbers = [f"{number}, {who}" for who, number in first_called[:2]]
    call = " · ".join((*numbers, *doctors[:1])) or "the ward’s emergency number"
    runs = status.state in (InfusionState.RUNNING, InfusionState.PAUSED)
    first: list[Component | str] = [DO_NOT_START if status.state is None else STOPPED]
    if runs:
        first = [html.B("STOP"), ": red button below. Then the pump, by hand."]
    return [
        html.Ol(
            [
                html.Li([html.Span(first), icon("arrow-down") if runs else None]),
                html.Li(html.Span([html.B("Call"), f" {call}"])),
                html.Li(html.Span([html.B("Full set now"), ", both arms, in the form beside"])),
                html.Li(
                    [
                        html.Span([html.B("Doctor’s decision"), ", with a name"]),
                        html.Button(
                            "Record it …",
                            type="button",
                            className="control",
                            **attributes(data_open="close-evaluation"),
                        ),
                    ]
                ),
            ],
            className="red-steps",
        )
    ]


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
