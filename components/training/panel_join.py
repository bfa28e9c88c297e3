"""How learners come into a room, large until they have: its code and where to write it; then who is there."""

from __future__ import annotations

import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.live_fragment import Fragments
from components.training.shown import SHARED, ShownLearner, ShownRoom

CUT_OFF_MINUTES = (1, 3)
SAID_EVERY_S = 10
"""What is left is said in steps: nobody waits for a second of it."""


def layout(room: ShownRoom) -> Component:
    """The address is written by the browser: it knows under which name this server is reached."""
    where = html.P(["On a tablet, open ", html.B("", **attributes(data_join_address=""))], className="join-where")
    code = html.P(
        [html.Span("and write ", className="join-words"), html.B(room.code, className="join-code")],
        className="join-line",
        **attributes(aria_label=f"Code {' '.join(room.code)}"),
    )
    return html.Section(
        [
            html.H2("Learners", id="learners", className="part-title"),
            html.Div([where, code, html.P("", className="join-hint", hidden=True)], className="join-how"),
            html.Div("", id="panel-learners", className="live"),
        ],
        id="panel-join",
        className="box join",
        **attributes(aria_labelledby="learners"),
    )


def fragments(room: ShownRoom) -> Fragments:
    css = "box join somebody" if room.learners else "box join nobody"
    return {"panel-join": {"className": css}, "panel-learners": {"children": _learners(room)}}


def _learners(room: ShownRoom) -> Component:
    if not room.learners:
        return html.P("Nobody has joined yet.", className="muted")
    return html.Ul([_learner(one, room.kind != SHARED) for one in room.learners], className="learners")


def _learner(learner: ShownLearner, has_copy: bool) -> Component:
    part = f"{learner.part} · copy {learner.play}" if has_copy else learner.part
    return html.Li(
        [html.B(learner.name), html.Span(part, className="muted"), _tablet(learner), _cut_off(learner)],
        className="learner",
        key=learner.id,
    )


def _tablet(learner: ShownLearner) -> Component:
    """A tablet is there while its stream is open."""
    if learner.offline_s:
        left = -(-learner.offline_s // SAID_EVERY_S) * SAID_EVERY_S
        return html.Span(f"cut off, back within {seconds_words(left)}", className="tablet off")
    if learner.online:
        return html.Span([html.Span(className="dot"), "tablet live"], className="tablet on")
    return html.Span([html.Span(className="dot"), "tablet not there"], className="tablet off")


def seconds_words(seconds: int) -> str:
    """`2 min 10 s`."""
    minutes, rest = divmod(seconds, 60)
    return " ".join(part for part in (f"{minutes} min" if minutes else "", f"{rest} s" if rest else "") if part)


def _cut_off(learner: ShownLearner) -> Component:
    """Its network fails for so many real minutes, however fast the room's clock runs."""
    name = html.Span(f"Tablet of {learner.name}: ", className="visually-hidden")
    if learner.offline_s:
        back = html.Button([name, "Back now"], type="button", className="control", **_offline(learner, 0))
        return html.Span(back, className="cut-off lead-only")
    words = html.Span("Cut off, real time:", className="cut-words")
    buttons = [
        html.Button([name, f"{minutes} min"], type="button", className="control", **_offline(learner, minutes))
        for minutes in CUT_OFF_MINUTES
    ]
    return html.Span([words, *buttons], className="cut-off lead-only")


def _offline(learner: ShownLearner, minutes: int) -> dict[str, Any]:
    return attributes(data_do="offline", data_body=json.dumps({"learner": learner.id, "minutes": minutes}))
