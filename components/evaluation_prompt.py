"""The first page of an open evaluation: STOP, whom to call, the full set and the ECG, and which reaction it may be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.countdown import COUNTDOWN, until
from components.evaluation_calls import call_button, call_words, in_order, newest_call
from components.evaluation_decision import entered_in_error
from components.evaluation_steps import HEAD, Reader, Words, one_tap, sends
from components.evaluation_words import standing_stop
from components.icons import icon
from components.wording import clock_seconds, clock_time
from models.clinical.open_evaluation import EvaluationView, ReactionView, StepView
from models.clinical.status import ChairStatus, InfusionState

if TYPE_CHECKING:
    from models.ward_status import WardStatus

DO_NOT_START = "Do not start the infusion. Stay with the patient."
ENDED = "The infusion has ended. Stay with the patient."
FIRST: Mapping[InfusionState | None, tuple[str, str]] = {
    InfusionState.RUNNING: ("STOP", ": red button below. Then the pump, by hand."),
    InfusionState.PAUSED: ("Paused.", " STOP, red button below, if it must not go on."),
}
OPEN_FULL_SET = attributes(data_open="vital-signs", aria_label="Open the full set")
"""Shown only while another form stands beside it."""
NO_NUMBER = "the ward's emergency number"


def prompt_panel(ward: WardStatus, status: ChairStatus, evaluation: EvaluationView) -> list[Component]:
    """In the order to do it; whom to call stands before any reaction is chosen."""
    reader = Reader(ward.staff, ward.zone)
    rows = [
        _stop_row(status, reader),
        _call_row(ward, evaluation, reader),
        _full_set_row(ward, evaluation, reader),
        _which_row(evaluation),
    ]
    lists = ward.protocol.check_lists
    reactions = [_reaction(one, lists[one.id].short) for one in evaluation.reactions]
    return [
        *entered_in_error(evaluation),
        html.Ol([html.Li(row) for row in rows], className="red-steps"),
        html.Div([*reactions, _none_of_these(evaluation)], className="ev-reactions"),
    ]


def _stop_row(status: ChairStatus, reader: Reader) -> list[Component]:
    if status.state is InfusionState.STOPPED:
        return _stopped(status, reader)
    if status.state in FIRST:
        said, then = FIRST[status.state]
        return [html.Span([html.B(said), then], className="stays"), icon("arrow-down", "stays")]
    return [html.Span(DO_NOT_START if status.state is None else ENDED, className="stays")]


def _stopped(status: ChairStatus, reader: Reader) -> list[Component]:
    stop = standing_stop(status)
    if stop is None:
        return [html.Span("STOP recorded. Check that the pump stands still.", className="stays")]
    at = clock_seconds(stop.happened_at, reader.zone)
    words: Words = [html.B(f"STOP recorded {at}."), " Check that the pump stands still."]
    earlier = html.Button(
        "Earlier …",
        type="button",
        className="control",
        **attributes(
            data_open="stop-time", data_about=f"STOP was recorded {at}.", data_body=earlier_stop(stop.position)
        ),
    )
    return [html.Span(words), earlier]


def earlier_stop(position: int) -> str:
    """The STOP keeps its place in the record; only its time was another."""
    return json.dumps({"fact": position, "reason": "wrong value", "note": "the pump was stopped earlier"})


def _call_row(ward: WardStatus, evaluation: EvaluationView, reader: Reader) -> list[Component]:
    numbers = in_order(ward.call_numbers)
    if not numbers:
        return [html.Span([html.B("Call"), f" {NO_NUMBER}"], className="stays"), _all_calls()]
    whom, number = numbers[0]
    first = html.Span([html.B(f"Call {number}"), f", {whom}"], className="stays")
    others = " · ".join((*ward.doctors[:1], *(f"{who} {digits}" for who, digits in numbers[1:2])))
    call = newest_call(evaluation, whom)
    below = html.Small(call_words(call, reader) or others, className="" if call else "stays")
    return [html.Span([first, below], className="ev-who"), call_button(call, whom)]


def _all_calls() -> Component:
    return html.Button("Calls", type="button", className="control", **attributes(data_tab="calls"))


def _full_set_row(ward: WardStatus, evaluation: EvaluationView, reader: Reader) -> list[Component]:
    """Beside it what the head wants by a time: the ECG."""
    timed = {row.id for row in ward.protocol.evaluation_head if row.within_minutes is not None}
    steps = [step for step in evaluation.head if step.id in timed]
    full_set = html.Span([html.B("Full set now"), ", both arms"], className="stays")
    return [
        html.Span([full_set, *(_timed_words(step, reader) for step in steps)], className="ev-who"),
        html.Button("Open", type="button", className="control ev-full-set", **OPEN_FULL_SET),
        *(part for step in steps for part in _timed(step)),
    ]


def _timed_words(step: StepView, reader: Reader) -> Component:
    """What is done is ticked here, in its own words: the full set beside it is not."""
    words: Words = [html.Span(step.words, className="stays")]
    if step.done and step.at is not None:
        words.insert(0, icon("tick"))
        words.append(f" · {clock_time(step.at, reader.zone)} {reader.name(step.done_by)}")
    elif step.due_at is not None:
        words.append(f" by {clock_time(step.due_at, reader.zone)}")
    return html.Small(words)


def _timed(step: StepView) -> list[Component]:
    due = [html.B(until(step.due_at, COUNTDOWN), className="ev-left")] if step.due_at is not None else []
    if step.done and step.due_at is None:
        return []
    done_words = f"{step.words.partition(',')[0].split()[-1]} done"
    said = attributes(aria_label=f"{done_words} now")
    done = html.Button(done_words, type="button", className="control", **said, **one_tap(HEAD, step))
    return [*due, done]


def _which_row(evaluation: EvaluationView) -> list[Component]:
    """What was reported marks some of them; the words say that nobody has diagnosed anything."""
    said = dict.fromkeys(symptom.lower() for one in evaluation.reactions for symptom in one.because)
    legend = [html.Small(f"Dotted: suggested by {', '.join(said)}. Not diagnosed.")] if said else []
    question: Words = [html.B("Which reaction?"), html.Span(" Opens its check list.", className="wide-only")]
    return [html.Span([html.Span(question, className="stays"), *legend], className="ev-who")]


def _reaction(reaction: ReactionView, short: str) -> Component:
    """Choosing it is recorded and opens its list; a chosen one only opens it."""
    css = "control ev-reaction ev-suggested" if reaction.preselected and not reaction.chosen else "control ev-reaction"
    words: Words = [icon("tick")] if reaction.chosen else []
    marks = attributes(data_tab=reaction.id, aria_label=_reaction_name(reaction))
    if not reaction.chosen:
        marks |= sends("suspect-reaction", "evaluation/reaction", f"{short} considered", {"reaction": reaction.id})
    return html.Button([*words, html.Span(short, className="stays")], type="button", className=css, **marks)


def _reaction_name(reaction: ReactionView) -> str:
    if reaction.chosen:
        return f"{reaction.words}: considered, open its check list"
    because = f", suggested by {', '.join(reaction.because).lower()}, not diagnosed" if reaction.because else ""
    return f"{reaction.words}{because}"


def _none_of_these(evaluation: EvaluationView) -> Component:
    """Only a doctor says so."""
    words: Words = [html.Span("None of these …", className="stays")]
    if evaluation.none_of_these:
        words = [icon("tick"), html.Span(["None of these", html.Small(evaluation.none_of_these)])]
    return html.Button(
        words, type="button", className="control ev-reaction", **attributes(data_open="suspect-reaction")
    )


def tab_words(short: str) -> str:
    return short.partition(":")[0]
