"""The debrief of a room: result, times, marks, time line and the day again, for one play or for each learner's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.icons import icon
from components.protocol_line import protocol_line
from components.training.debrief_head import head_section, under_title
from components.training.debrief_marks import marks_section
from components.training.debrief_overview import overview_section, shared_section
from components.training.debrief_replay import replay_section
from components.training.debrief_time_line import time_line_section
from components.training.debrief_times import times_section
from components.training.debriefed import Debriefed
from components.training_frame import WORD
from components.ward_board import theme_switch
from models.ward_status import WardStatus


@dataclass(frozen=True)
class Addresses:
    """Of one room: its panel, this page, and what the API tells about it."""

    code: str

    @property
    def room(self) -> str:
        return f"/training/{self.code}"

    @property
    def debrief(self) -> str:
        return f"{self.room}/debrief"

    def moments(self, play: int) -> str:
        return f"/api/training/rooms/{self.code}/moment?play={play}"

    def csv(self, what: str, play: int) -> str:
        return f"/api/training/rooms/{self.code}/debrief.csv?what={what}&play={play}"


def debrief_page(plays: Mapping[int, Debriefed], shown: int, board: WardStatus, addresses: Addresses) -> Component:
    """`plays` by number; with several each learner has a ward of their own. `board` as it stood at the start."""
    told = plays[shown]
    return html.Div(
        [
            _head(told, shown, addresses, len(plays) > 1),
            html.Main(
                [
                    *([overview_section(plays, shown, addresses.debrief)] if len(plays) > 1 else []),
                    head_section(told),
                    *([shared_section(told)] if len(told.learners) > 1 else []),
                    times_section(told),
                    marks_section(told),
                    replay_section(told, board, addresses.moments(shown)),
                    time_line_section(told),
                ]
            ),
            html.Footer(protocol_line(board)),
        ],
        id="page",
        className="debrief-page",
    )


def _head(told: Debriefed, play: int, addresses: Addresses, has_copies: bool) -> Component:
    title = html.H1([html.Span(WORD, className="training-word"), " Debrief: ", told.player.scenario.title])
    links = [
        html.A("To the room", href=addresses.room, className="control"),
        *(
            [html.A("Learners (CSV)", href=addresses.csv("overview", play), className="control", download="")]
            if has_copies
            else []
        ),
        html.A("Time line (CSV)", href=addresses.csv("time-line", play), className="control", download=""),
        html.A("Marks (CSV)", href=addresses.csv("marks", play), className="control", download=""),
        html.Button(
            [icon("list"), " Print or save as PDF"], type="button", className="control", **attributes(data_print="")
        ),
        theme_switch(),
    ]
    words = html.P(["Room ", html.B(addresses.code), " · ", under_title(told)], className="under-title")
    nav = html.Nav(links, className="debrief-links no-print", **attributes(aria_label="Debrief"))
    return html.Header([html.Div([title, words]), nav], className="debrief-head")
