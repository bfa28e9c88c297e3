"""The head of a page of lists: the clock, the ward, the way to the other pages, who is signed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.sign_off import sign_off_button
from components.sound_button import sound_button
from components.training_frame import training_word
from components.ward_board import theme_switch
from components.ward_strip import live_dot

if TYPE_CHECKING:
    from models.ward_status import WardStatus

PAGES = {"/": "Ward board", "/today": "Today", "/alarms": "Alert figures"}


def page_head(status: WardStatus, here: str) -> Component:
    return html.Header(
        [
            html.Span("", className="head-clock", role="timer", **attributes(data_clock="", aria_live="off")),
            html.Div(
                [
                    html.H1([status.name, *training_word(status.mode)], className="head-name"),
                    html.Div(
                        [html.Span("", id="today-date", className="live stays"), live_dot()], className="head-line"
                    ),
                ],
                className="head-ward",
            ),
            html.Nav([_link(path, here) for path in PAGES], className="head-pages", **attributes(aria_label="Pages")),
            sign_off_button("head-who control"),
            sound_button(),
            theme_switch(),
        ],
        className="today-head",
    )


def _link(path: str, here: str) -> Component:
    current = attributes(aria_current="page") if path == here else {}
    return html.A(PAGES[path], href=path, className="control here" if current else "control", **current)
