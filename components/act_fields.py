"""The kinds of field a form of the chair page is made of; each holds one value of a POST body (assets/record.js)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.plain_html import plain

Choices = tuple[tuple[str, str], ...]
"""What is sent, and the words on the button."""


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: number, text, long text, date, one, many, yes_no, doctor, when, past, ahead, coming, minutes,
    amount, rate.

    `own_words` adds a line to type into when no button fits; `default` is the choice pressed from the start.
    """

    name: str
    words: str
    kind: str
    choices: Choices = ()
    unit: str = ""
    decimal: bool = False
    own_words: bool = False
    default: str = ""
    needed: bool = True


NOW_AND_AGO: Choices = (("0", "now"), ("1", "1 min ago"), ("5", "5 min ago"), ("time", "at …"))
WHEN = Field("happened_at", "When", "when", choices=NOW_AND_AGO, default="0")
TYPES = {
    "number": "number",
    "text": "text",
    "long text": "text",
    "date": "date",
    "one": "one",
    "many": "many",
    "yes_no": "bool",
    "doctor": "one",
    "when": "when",
    "ahead": "ahead",
    "coming": "coming",
    "past": "past",
    "minutes": "amount",
    "amount": "amount",
    "rate": "rate",
}


def field(field: Field, prefix: str) -> Component:
    """`prefix` makes ids unique where two forms have a field of the same name."""
    name = re.sub(r"[^a-z0-9]+", "-", f"{prefix}-{field.name}".lower())
    optional = html.Small(" (if any)", className="muted") if not field.needed else None
    marks: dict[str, Any] = {"data-field": field.name, "data-type": TYPES[field.kind]}
    if field.default:
        marks["data-default"] = field.default
    if field.needed:
        marks["data-needed"] = ""
    words_id = f"{name}-words"
    label: Component = html.Label([field.words, optional], id=words_id, htmlFor=f"{name}-typed")
    if field.kind not in ("number", "text", "long text", "date", "coming"):
        label = html.Span([field.words, optional], id=words_id, className="field-words")
    return html.Div(
        [label, *_entry(field, name, words_id)],
        className=f"field field-{field.kind.replace(' ', '-')}",
        **marks,
        **_keypad(field),
    )


def _keypad(field: Field) -> dict[str, Any]:
    if field.kind not in ("number", "rate"):
        return {}
    return {"data-keypad": field.words.lower(), **({"data-decimal": ""} if field.decimal else {})}


def _entry(field: Field, name: str, words_id: str) -> list[Component]:
    if field.kind == "number":
        return [html.Div([text_input(f"{name}-typed"), html.Span(field.unit, className="unit")], className="with-unit")]
    if field.kind == "long text":
        return [html.Textarea(id=f"{name}-typed", rows=4, className="long-text")]
    if field.kind in ("text", "date"):
        return [text_input(f"{name}-typed", date=field.kind == "date")]
    if field.kind == "coming":
        hours = html.Span("hh:mm", className="unit")
        return [html.Div([text_input(f"{name}-typed"), hours], className="with-unit", **attributes(data_keypad="time"))]
    chips = choices(field.choices, words_id, several=field.kind == "many", pressed=field.default)
    if field.kind == "rate":
        return [chips, html.Div(_typed_rate(field, name), className="own-words with-unit"), _forecast()]
    if field.kind in ("when", "past"):
        typed = html.Div(
            [
                html.Label("Time", htmlFor=f"{name}-typed"),
                text_input(f"{name}-typed"),
                html.Span("hh:mm", className="unit"),
            ],
            className="with-unit when-time",
            hidden=True,
            **attributes(data_keypad="time"),
        )
        return [chips, typed]
    if field.own_words:
        return [
            chips,
            html.Div(
                [html.Label(f"or in {field.unit or 'words'}", htmlFor=f"{name}-typed"), text_input(f"{name}-typed")],
                className="own-words",
            ),
        ]
    return [chips]


def _typed_rate(field: Field, name: str) -> list[Component]:
    label = html.Label("or", htmlFor=f"{name}-typed")
    return [label, text_input(f"{name}-typed"), html.Span(field.unit, className="unit")]


def _forecast() -> Component:
    """What the rate would mean, drawn by assets/leaving.js before anything is recorded."""
    return html.Div(className="rate-forecast", role="status", **attributes(data_forecast=""))


def choices(
    rows: Sequence[tuple[str, str]], words_id: str, *, several: bool = False, pressed: str = "", others: Choices = ()
) -> Component:
    """`others` stand behind one more button: the usual answer takes one tap, another one two."""
    buttons = [_chip(value, words, pressed) for value, words in rows]
    if others:
        buttons.append(html.Button("Other …", type="button", className="chip", **attributes(data_others="")))
        buttons += [_chip(value, words, pressed) for value, words in others]
    kind: dict[str, Any] = {"data-choices": "many" if several else "one"}
    named = attributes(aria_labelledby=words_id)
    return html.Div(buttons, className="chips few" if others else "chips", role="group", **named, **kind)


def _chip(value: str, words: str, pressed: str) -> Component:
    marks = attributes(data_value=value, aria_pressed=str(value == pressed).lower())
    return html.Button(words, type="button", className="chip", **marks)


def text_input(name: str, *, date: bool = False) -> Component:
    """Nothing is ever filled in beforehand, neither by us nor by the browser. Plain HTML: Dash never touches it."""
    kind = "date" if date else "text"
    return plain(f'<input id="{escape(name, quote=True)}" type="{kind}" autocomplete="off">', "typed")
