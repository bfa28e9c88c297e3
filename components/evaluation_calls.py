"""Who is called for an evaluation: the ward's numbers, when each was called, when they came."""

from __future__ import annotations

from collections.abc import Mapping

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.evaluation_steps import Reader, Words, sends
from components.wording import clock_time
from models.clinical.open_evaluation import CallView, EvaluationView

CALLED, ARRIVED = "called", "arrived"
BUTTONS = {CALLED: "Called now", ARRIVED: "Came"}
FIRST = "emergency"
"""Whoever has this word in their name is called first."""


def in_order(call_numbers: Mapping[str, str]) -> list[tuple[str, str]]:
    """Name and number, the emergency team first."""
    return sorted(call_numbers.items(), key=lambda one: (FIRST not in one[0], one[0]))


def newest_call(evaluation: EvaluationView, whom: str) -> CallView | None:
    return next((call for call in reversed(evaluation.calls) if call.whom == whom), None)


def calls_panel(
    evaluation: EvaluationView, call_numbers: Mapping[str, str], neurologist: str, reader: Reader
) -> list[Component]:
    known = in_order(call_numbers)
    if neurologist and neurologist not in call_numbers:
        known.append((neurologist, "supervising neurologist"))
    named = {whom for whom, _ in known}
    known += [(whom, "") for whom in dict.fromkeys(call.whom for call in evaluation.calls) if whom not in named]
    rows = [html.Li(_row(evaluation, whom, number, reader), className="ev-call") for whom, number in known]
    somebody = html.Button(
        "Somebody else, or at another time …", type="button", className="control", **attributes(data_open="call")
    )
    return [html.Ul(rows, className="ev-calls"), somebody]


def _row(evaluation: EvaluationView, whom: str, number: str, reader: Reader) -> list[Component]:
    call = newest_call(evaluation, whom)
    who = html.Span([html.B(number), f" {whom}"] if number else whom, className="stays")
    said = call_words(call, reader)
    return [html.Span([who, html.Small(said)] if said else who, className="ev-who"), call_button(call, whom)]


def call_words(call: CallView | None, reader: Reader) -> Words:
    """`called 11:24 Okafor · came 11:31`."""
    if call is None:
        return []
    called = f"called {clock_time(call.called_at, reader.zone)} {reader.name(call.called_by)}" if call.called_at else ""
    came = f"came {clock_time(call.arrived_at, reader.zone)}" if call.arrived_at else ""
    return [" · ".join(part for part in (called, came) if part)]


def call_button(call: CallView | None, whom: str) -> Component:
    """Called; then that they came; after that they may be called again."""
    waiting = call is not None and call.arrived_at is None
    what = ARRIVED if waiting else CALLED
    words = BUTTONS[what] if waiting or call is None else "Called again"
    said = attributes(aria_label=f"{words}: {whom}")
    body = sends("call", "evaluation/call", f"{whom} {'came' if waiting else 'called'}", {"whom": whom, "what": what})
    return html.Button(words, type="button", className="control", **said, **body)
