"""Closing the ward for the night: a receiver and a place for every open day, in one act, and what was handed over."""

from __future__ import annotations

from dash.development.base_component import Component

from components import html
from components.act_fields import text_input
from components.attributes import attributes
from components.today_forms import form


def close_ward_form() -> Component:
    """assets/today.night.js puts one line for each open chair into `#night-lines` when the form opens."""
    everybody = html.Div(
        [
            html.P("The same for several? Say it once and put it on every line that is still empty."),
            html.Div([_typed("receiver", "Who takes over"), _typed("place", "Where")], className="night-both"),
            html.Button("Put it on every empty line", type="button", id="night-everybody", className="control"),
        ],
        className="night-everybody",
    )
    lines = html.Ol([], id="night-lines", className="night-lines", **attributes(aria_label="Open chairs"))
    return form(
        "close-ward", "Close the ward for the night", "/api/ward/close", "Record who takes over",
        [html.P("", id="night-evaluations", className="night-evaluations"), everybody, lines], wardwide=True,
    )  # fmt: skip


def _typed(name: str, words: str) -> Component:
    ident = f"night-every-{name}"
    return html.Div([html.Label(words, htmlFor=ident), text_input(ident)], className="field")
