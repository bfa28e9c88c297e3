"""The trainer's library: every scenario with the buttons that open a room, and above it the rooms that are open."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.live_fragment import Fragments
from components.page_head import page_head
from components.training.shown import KINDS, PAUSED, RUNNING, ShownRoom
from components.wording import clock_time, minutes_words, ward_date, weekday_date

if TYPE_CHECKING:
    from models.ward_status import WardStatus
    from seed.scenario_file import Scenario

PATH = "/training"


def layout(status: WardStatus, scenarios: Mapping[str, Scenario]) -> html.Div:
    cards = [_card(name, scenario) for name, scenario in scenarios.items()]
    return html.Div(
        [
            page_head(status, PATH, hears=False),
            html.Main(
                [
                    html.P("", id="training-said", className="training-said", role="status"),
                    html.Section(
                        "", id="training-rooms", className="rooms live", **attributes(aria_label="Open rooms")
                    ),
                    html.Section(
                        [
                            html.H2("Scenarios", id="scenarios", className="part-title"),
                            html.Ul(cards, className="cards"),
                        ],
                        **attributes(aria_labelledby="scenarios"),
                    ),
                ],
                className="library",
            ),
        ],
        id="page",
        className="today-page training-page",
    )


def _card(name: str, scenario: Scenario) -> Component:
    goals = html.Ul([html.Li(one) for one in scenario.objectives], className="goals")
    opens = [_open(name, kind, words, scenario.title) for kind, words in KINDS.items()]
    return html.Li(
        [
            html.H3(scenario.title, className="card-title"),
            html.P(size_words(scenario), className="card-size"),
            goals,
            html.Div(opens, className="card-opens"),
        ],
        className="box scenario",
    )


def size_words(scenario: Scenario) -> str:
    """`2hr 35min · 1 chair · 11 expected actions`."""
    chairs = "1 chair" if len(scenario.chairs) == 1 else f"{len(scenario.chairs)} chairs"
    actions = "1 expected action" if len(scenario.expected) == 1 else f"{len(scenario.expected)} expected actions"
    return f"{minutes_words(int(scenario.minutes))} · {chairs} · {actions}"


def _open(name: str, kind: str, words: str, title: str) -> Component:
    body = json.dumps({"scenario": name, "kind": kind})
    spoken = html.Span(f" of {title}", className="visually-hidden")
    marks = attributes(data_do="", data_body=body, data_busy="Opening …")
    return html.Button([html.B("Open room"), spoken, " ", html.Span(words)], type="button", className="open", **marks)


# ---- live ------------------------------------------------------------------------------------------------------------


def fragments(status: WardStatus, rooms: Sequence[ShownRoom]) -> Fragments:
    return {
        "today-date": {"children": weekday_date(ward_date(status.now, status.zone))},
        "training-rooms": {"children": _rooms(rooms)},
    }


def _rooms(rooms: Sequence[ShownRoom]) -> list[Component]:
    if not rooms:
        return []
    lines = [_room(one) for one in rooms]
    return [html.H2("Open rooms", className="part-title stays"), html.Ul(lines, className="room-lines")]


def _room(room: ShownRoom) -> Component:
    facts = [html.Span(words) for words in (KINDS[room.kind], learners_words(room), f"led by {room.trainer_name}")]
    marks = attributes(data_trainer=str(room.lead))
    return html.Li(
        [
            html.B(room.code, className="code"),
            html.Div([html.B(room.title), html.Span(state_words(room), className="room-state")], className="room-what"),
            html.Div(facts, className="room-facts"),
            html.A("Go to panel", href=f"{PATH}/{room.code}", className="control primary lead-only"),
            take_over(room.code),
        ],
        className="box room-line",
        key=room.code,
        **marks,
    )


def take_over(code: str) -> Component:
    marks = attributes(data_do=f"/{code}/take-over", data_then=f"{PATH}/{code}")
    return html.Button("Take over", type="button", className="control others-only", **marks)


def state_words(room: ShownRoom) -> str:
    """`running ×10 · 10:45`."""
    rate = f" ×{room.rate:g}" if room.state == RUNNING else ""
    at = f" · {clock_time(room.now, room.zone)}" if room.state in (RUNNING, PAUSED) else ""
    return f"{room.state}{rate}{at}"


def learners_words(room: ShownRoom) -> str:
    here = len(room.learners)
    return "no learner yet" if not here else "1 learner" if here == 1 else f"{here} learners"
