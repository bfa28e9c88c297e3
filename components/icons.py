"""The icons: cells of one small sprite of our own drawing, coloured by the text around them."""

from __future__ import annotations

from components import html
from components.attributes import attributes

CELLS = (
    "heart", "octagon-fill", "octagon-line", "triangle-fill", "triangle-line", "dashed-circle", "wifi-off",
    "stop-square", "chevron-down", "chevron-right", "chevron-left", "sun", "moon", "tick", "cross", "arrow-down",
    "plus", "clock", "person", "backspace", "note", "list", "syringe", "bag", "hatch", "speaker",
    "speaker-off",
)  # fmt: skip
"""In the order of the sprite's cells, 24 × 24 each."""

LAYERED = ("octagon", "triangle")
"""Level shapes: a filled cell under a line cell, so that each keeps its own two colours on any ground."""


def icon(name: str, css: str = "") -> html.Span:
    """Always decoration: the word stands beside it."""
    if name not in LAYERED and name not in CELLS:
        raise ValueError(f"No icon is named {name!r}.")
    return html.Span(className=f"icon icon-{name} {css}".rstrip(), **attributes(aria_hidden="true"))
