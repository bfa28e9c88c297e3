"""The numeric keypad over the left column; assets/keypad.js makes it type."""

from __future__ import annotations

from dash.development.base_component import Component

from components import html
from components.attributes import attributes

KEYS: tuple[tuple[str, str, str], ...] = (
    ("1", "1", ""),
    ("2", "2", ""),
    ("3", "3", ""),
    ("last", "Delete last", "key-words"),
    ("4", "4", ""),
    ("5", "5", ""),
    ("6", "6", ""),
    ("none", "Not measured", "key-words"),
    ("7", "7", ""),
    ("8", "8", ""),
    ("9", "9", ""),
    ("next", "Next", "key-next"),
    ("clear", "Clear", "key-words"),
    ("0", "0", ""),
    (".", ".", ""),
)


def keypad() -> Component:
    """The keys are no tab stops: a keyboard types into the field itself, Enter is *Next*."""
    keys = [
        html.Button(words, type="button", className=f"key {css}".rstrip(), tabIndex=-1, **attributes(data_key=key))
        for key, words, css in KEYS
    ]
    return html.Div(
        [html.Div(className="keypad-head", **attributes(aria_hidden="true")), html.Div(keys, className="keys")],
        id="keypad",
        className="box keypad",
        role="group",
        **attributes(aria_label="Keypad"),
    )
