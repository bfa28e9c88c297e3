"""The tables of a debrief: one look for all, scrolling in their own frame where the screen is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes


def debrief_table(
    name: str, caption: str, heads: Sequence[str], rows: Sequence[Component], foot: Sequence[Component] = ()
) -> Component:
    """`name` is its class and, as words, what its frame is called."""
    table = html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody(list(rows)),
            *([html.Tfoot(list(foot))] if foot else []),
        ],
        className=f"debrief-table {name}",
    )
    named = attributes(aria_label=caption)
    return html.Div(table, className="debrief-scroll", role="region", tabIndex="0", **named)
