"""The clock of a room as its trainer holds it: simulated time, start and pause, the speeds, the jump, slowing down."""

from __future__ import annotations

import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.countdown import since
from components.icons import icon
from components.live_fragment import Fragments
from components.training.library_page import state_words
from components.training.shown import NOT_STARTED, OVER, RUNNING, ShownRoom
from components.wording import clock_time, epoch_ms, minutes_words, ward_date, weekday_date


def layout() -> Component:
    time = html.Span("", className="panel-time", role="timer", **attributes(data_clock="", aria_live="off"))
    return html.Section(
        [
            html.H2("Clock", className="visually-hidden"),
            html.Div([time, html.Div("", id="panel-progress", className="live stays")], className="panel-now"),
            html.Div("", id="panel-run", className="panel-run live lead-only"),
            html.P("", id="training-said", className="training-said", role="alert"),
        ],
        className="box clock-box",
    )


def fragments(room: ShownRoom) -> Fragments:
    return {
        "panel-progress": {"children": _progress(room)},
        "panel-run": {"children": [_start(room), _speeds(room), _next(room), _slows(room), _pace(room)]},
    }


def button(
    words: Any, does: str, body: dict[str, Any] | None = None, css: str = "control", **marks: str
) -> html.Button:
    """One POST of the room's; assets/training.base.js sends it and says what is refused."""
    said = {"data_body": json.dumps(body)} if body is not None else {}
    return html.Button(words, type="button", className=css, **attributes(data_do=does, **said, **marks))


def _progress(room: ShownRoom) -> list[Component]:
    """How far the scenario is; both the bar and the minutes tick."""
    whole = minutes_words(int((room.ends - room.starts).total_seconds()) // 60)
    marks = attributes(data_fill_from=epoch_ms(room.starts), data_fill_to=epoch_ms(room.ends))
    day = weekday_date(ward_date(room.starts, room.zone))
    return [
        html.Div(
            html.Span(className="progress-done", **marks), className="progress-bar", **attributes(aria_hidden="true")
        ),
        html.Span([since(room.starts), f" of {whole} · ends {clock_time(room.ends, room.zone)}"]),
        html.Span(day, className="panel-day"),
        html.B(state_words(room), className="others-only"),
    ]


def _start(room: ShownRoom) -> Component:
    if room.state == OVER:
        return html.Span([html.B("Over"), html.Span("Reset plays it again.")], className="run over", key="over")
    runs = room.state == RUNNING
    words = "Pause" if runs else "Start" if room.state == NOT_STARTED else "Go on"
    css = "run pauses" if runs else "run starts"
    return button([icon("clock"), html.B(words)], "clock", {"paused": runs}, css)


def _speeds(room: ShownRoom) -> Component:
    speeds = [
        button(f"×{rate}", "clock", {"rate": rate}, "speed", aria_pressed=str(rate == room.chosen_rate).lower())
        for rate in room.rates
    ]
    return html.Div(speeds, className="speeds", role="group", **attributes(aria_label="Speed"))


def _next(room: ShownRoom) -> Component:
    if room.next_at is None or room.state == OVER:
        return html.Span("Nothing more by itself", className="next none", key="none")
    at = html.B(clock_time(room.next_at, room.zone))
    return button([html.Span("To the next decision or deadline"), " ", at], "clock", {"to": "next"}, "control next")


def _slows(room: ShownRoom) -> Component:
    words = [html.Span(className="knob"), html.Span("Slow down when somebody is needed")]
    on = str(room.slows).lower()
    return html.Button(
        words, type="button", className="switch", role="switch",
        **attributes(data_do="clock", data_body=json.dumps({"slows": not room.slows}), aria_checked=on),
    )  # fmt: skip


def _pace(room: ShownRoom) -> Component:
    return html.P(pace_words(room), className="panel-pace", role="status", **attributes(aria_live="polite"))


def pace_words(room: ShownRoom) -> str:
    """Why the clock goes slower than chosen, or would."""
    if not room.waits_for or room.state == OVER:
        return ""
    if room.is_held:
        return f"At ×1: {room.waits_for}; then ×{room.chosen_rate:g} again."
    return f"Somebody is needed: {room.waits_for}."
