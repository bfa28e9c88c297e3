"""How an evaluation ends: the grade, the outcomes with those not possible now, and the way back to the infusion."""

from __future__ import annotations

import json

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.evaluation_steps import Words
from components.wording import full_name
from models.clinical.course import DISCONTINUED
from models.clinical.facts import BagPrepared
from models.clinical.open_evaluation import EvaluationView, OutcomeView
from models.clinical.status import ChairStatus, InfusionState

HELD = (InfusionState.PAUSED, InfusionState.STOPPED)
IN_ERROR = "entered in error"
GOES_ON = ("resumed", "slowed")
"""Of a held infusion: the decision and the resumption are one act, so that none of the two is left out."""


def decision_panel(status: ChairStatus, evaluation: EvaluationView, reporting: str) -> list[Component]:
    refused = dict.fromkeys(outcome.refused for outcome in evaluation.outcomes if outcome.refused)
    return [
        _graded(evaluation),
        html.H3("What did the doctor decide?", className="ev-question"),
        html.Div([_outcome(outcome, status) for outcome in evaluation.outcomes], className="ev-outcomes"),
        *(html.P(sentence, className="ev-refused") for sentence in refused),
        html.P([html.B(batch_words(status)), f" {reporting}"], className="ev-actions"),
    ]


def entered_in_error(evaluation: EvaluationView) -> list[Component]:
    """What opened it does not stand any more: said, with the way out beside it."""
    if not evaluation.in_error:
        return []
    said = html.Span([html.B("Entered in error:"), f" {evaluation.reason}. No red reading stands."])
    marks = attributes(
        data_open="close-evaluation",
        data_about="Decision: entered in error.",
        data_body=json.dumps({"outcome": IN_ERROR}),
        data_needs_doctor="",
        data_blocks="",
    )
    close = html.Button("Close as entered in error …", type="button", className="control", **marks)
    return [html.Div([said, close], className="ev-in-error")]


def batch_words(status: ChairStatus) -> str:
    """Of the bag that runs or ran: a report asks for it."""
    bags = (fact for fact in reversed(status.facts) if fact.position not in status.struck)
    batch = next((fact.details.batch for fact in bags if isinstance(fact.details, BagPrepared)), "")
    return f"Batch {batch}." if batch else "No batch recorded."


def _graded(evaluation: EvaluationView) -> Component:
    words: Words = ["Not graded yet"]
    if evaluation.grade is not None:
        words = [html.B(f"Grade {evaluation.grade}"), f" {evaluation.grade_words}"]
    grade = html.Button("Grade …", type="button", className="control", **attributes(data_open="grade"))
    return html.Div([html.Span(words), grade], className="ev-grade")


def _outcome(outcome: OutcomeView, status: ChairStatus) -> Component:
    """One that is refused now says why when it is tapped, and below."""
    if outcome.id in GOES_ON and status.state in HELD and "resume" in status.allowed:
        css, marks = "control", attributes(data_open="resume")
    elif outcome.refused:
        css, marks = "control quiet", attributes(data_open="close-evaluation", data_refused=outcome.refused)
    else:
        css = "control"
        marks = attributes(
            data_open="close-evaluation",
            data_about=f"Decision: {outcome.words.lower()}.",
            data_body=json.dumps({"outcome": outcome.id}),
            data_needs_doctor="yes" if outcome.needs_doctor else "",
            data_blocks=blocked_by(status) if outcome.id == DISCONTINUED else "",
        )
    return html.Button(outcome.words, type="button", className=css, **marks)


def blocked_by(status: ChairStatus) -> str:
    """What *discontinued permanently* takes away, asked before it is recorded."""
    left = status.days_in_course - status.day
    days = f"the {left} day{'s' if left > 1 else ''} left of course {status.course} and " if left else ""
    return (
        f"Discontinued permanently: {days}every later course of {full_name(status.patient)} can then be started "
        "only by a doctor's name and reason."
    )
