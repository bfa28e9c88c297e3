"""The trainer's panel of one room: what stands still of it, and where its live parts have their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.live_fragment import Fragments
from components.page_head import TRAINERS_SIGN_OFF
from components.sign_off import sign_off_button
from components.training import panel_chairs, panel_clock, panel_course, panel_inject, panel_join
from components.training.library_page import PATH, take_over
from components.training.shown import CLOSED, KINDS, SHARED, ShownPanel, ShownRoom
from components.training_frame import training_word
from components.ward_board import theme_switch
from components.ward_strip import live_dot

if TYPE_CHECKING:
    from models.clinical.protocol import Protocol
    from seed.scenario_file import Scenario


def layout(room: ShownRoom, scenario: Scenario, protocol: Protocol, colleagues: Mapping[str, str]) -> html.Div:
    """`colleagues` are who can be made to enter something, by id."""
    return html.Div(
        [
            _head(room),
            html.Div(
                [
                    _watching(room),
                    _closed(room),
                    html.Main([panel_clock.layout(), _columns(room, scenario, protocol, colleagues)]),
                ],
                id="panel",
                className="panel-room",
                **attributes(data_room=room.code),
            ),
        ],
        id="page",
        className="today-page training-page",
    )


def _head(room: ShownRoom) -> Component:
    facts = [
        html.Span(f"Room {room.code} · {KINDS[room.kind]} · led by "),
        html.B("", id="panel-lead", className="live stays"),
    ]
    return html.Header(
        [
            html.Div(
                [
                    html.H1([room.title, *training_word("training")], className="head-name"),
                    html.Div([*facts, live_dot(hears=False)], className="head-line"),
                ],
                className="head-ward",
            ),
            _links(room),
            sign_off_button("head-who control", TRAINERS_SIGN_OFF),
            theme_switch(),
        ],
        className="today-head",
    )


def _links(room: ShownRoom) -> Component:
    """Nothing of the ward the trainer signed on in: its patients are not this room's."""
    board = html.A("Board of this room", href=f"/join?code={room.code}&looks", target="_blank", className="control")
    links = [html.A("Training", href=PATH, className="control"), board]
    return html.Nav(links, id="pages", className="head-pages", **attributes(aria_label="Pages"))


def _watching(room: ShownRoom) -> Component:
    """Where the room is led from another sign-on."""
    words = html.P("This room is led from another sign-on: here you see it, and change nothing.")
    return html.Div([words, take_over(room.code)], className="box watching others-only")


def _closed(room: ShownRoom) -> Component:
    words = html.P(f"Room {room.code} is closed. Its ward and everything in it is gone.")
    return html.Div([words, html.A("To the scenarios", href=PATH, className="control")], className="box closed-only")


def _columns(room: ShownRoom, scenario: Scenario, protocol: Protocol, colleagues: Mapping[str, str]) -> Component:
    chairs = {one.chair: f"chair {one.chair} · {one.patient.family_name}" for one in scenario.chairs}
    inject = panel_inject.layout(protocol, chairs, room.kind != SHARED, colleagues, panel_course.choices_layout())
    parts = [
        [panel_join.layout(room), panel_chairs.layout(), panel_course.course_layout()],
        [panel_course.waits_layout(), inject, _room(room)],
    ]
    return html.Div([html.Div(one, className="column") for one in parts], className="columns-of-panel")


def _room(room: ShownRoom) -> Component:
    """What ends a play stands by itself, so that nobody taps it on the way to something else."""
    reset = html.Button(
        "Reset", type="button", className="control", **attributes(data_do="reset", data_busy="Resetting …")
    )
    asks = "Close it: everybody leaves, nothing of it is kept"
    marks = attributes(data_do="close", data_asks=asks, data_then=PATH)
    close = html.Button("Close room", type="button", className="control", **marks)
    words = "Reset begins anew at the start, without asking: everybody stays in the room, everything recorded is gone."
    return html.Section(
        [
            html.H2("This room", id="this-room", className="part-title"),
            html.A("Debrief", href=f"{PATH}/{room.code}/debrief", className="control"),
            close,
            html.Div([reset, html.P(words)], className="reset"),
        ],
        className="box this-room lead-only",
        **attributes(aria_labelledby="this-room"),
    )


# ---- live ------------------------------------------------------------------------------------------------------------


def fragments(shown: ShownPanel) -> Fragments:
    room = shown.room
    always: Fragments = {
        "panel": {"data-trainer": str(room.lead), "data-state": room.state},
        "panel-lead": {"children": room.trainer_name},
        **panel_join.fragments(room),
    }
    if room.state == CLOSED:
        return always
    return {
        **always,
        **panel_clock.fragments(room),
        **panel_chairs.fragments(shown.chairs, room.zone),
        **panel_course.fragments(shown),
        **panel_inject.fragments(shown.copies),
    }
