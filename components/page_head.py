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
TRAINING = {"/training": "Training"}
"""A page of trainers; others are shown no way to it."""
TRAINERS_SIGN_OFF = "/api/training/sign-off"
"""The trainer's own, also where the same browser has joined a room."""


def page_head(status: WardStatus, here: str, hears: bool = True) -> Component:
    """`hears` False: a page on which no alert of the ward is heard."""
    return html.Header(
        [
            html.Span("", className="head-clock", role="timer", **attributes(data_clock="", aria_live="off")),
            html.Div(
                [
                    html.H1([status.name, *training_word(status.mode)], className="head-name"),
                    html.Div(
                        [html.Span("", id="today-date", className="live stays"), live_dot(hears)], className="head-line"
                    ),
                ],
                className="head-ward",
            ),
            page_links(here),
            sign_off_button("head-who control", TRAINERS_SIGN_OFF if here in TRAINING else ""),
            *([sound_button()] if hears else []),
            theme_switch(),
        ],
        className="today-head",
    )


def page_links(here: str) -> Component:
    pages = PAGES | (TRAINING if here in TRAINING else {})
    links = [_link(path, words, here) for path, words in pages.items()]
    return html.Nav(links, id="pages", className="head-pages", **attributes(aria_label="Pages"))


def _link(path: str, words: str, here: str) -> Component:
    current = attributes(aria_current="page") if path == here else {}
    return html.A(words, href=path, className="control here" if current else "control", **current)


def with_training(layout: Component) -> Component:
    """A page of the ward as a trainer sees it: one tap from the library, where it has links to the other pages."""
    if "pages" in layout:
        layout["pages"].children.extend(
            html.A(words, href=path, className="control") for path, words in TRAINING.items()
        )
    return layout
