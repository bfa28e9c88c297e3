"""The vital-signs form: three numbers and the symptoms first, the rest on demand; nothing is ever filled in before."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from components import html
from components.act_fields import NOW_AND_AGO, Choices, choices, text_input
from components.attributes import attributes
from components.icons import icon
from components.symptom_chips import red_chips
from models.clinical.protocol import Protocol

CONSCIOUSNESS: Choices = (
    ("alert", "Alert"),
    ("confused", "New confusion"),
    ("voice", "To voice"),
    ("pain", "To pain"),
    ("unresponsive", "Unresponsive"),
)


ARMS: Choices = (("left", "left"), ("right", "right"))


def vitals_form(protocol: Protocol) -> Component:
    """`#vs-typed` carries what is typed to the preview; the hints and the level are drawn from outside."""
    chosen = html.Div(className="vs-chosen", hidden=True)
    symptoms = html.Div(
        [_symptom_head(), chosen, *red_chips(protocol)],
        className="vs-symptoms",
        **attributes(data_field="symptoms", data_type="symptoms"),
    )
    title = html.H2("Record vital signs", className="form-title")
    return html.Form(
        [
            html.Div([title, html.Span(id="vs-last-saved", className="muted live")], className="form-head"),
            html.Div(
                [
                    html.Div([_first_fields(), _buttons()], className="vs-fields"),
                    html.Div(_more_fields(), id="vs-more", className="vs-more", hidden=True),
                    html.Div(_when(), id="vs-when", className="vs-when", hidden=True),
                    html.Div(id="vs-level", className="vs-level", role="status"),
                    html.Div(id="vs-ask", className="ask", hidden=True, role="alert"),
                    _partial(protocol),
                    symptoms,
                ],
                className="vs-body",
            ),
            _save(),
            html.Div(id="vs-typed", hidden=True),
        ],
        id="form-vital-signs",
        className="vitals",
        autoComplete="off",
        **attributes(
            data_act="vital-signs",
            data_post="vital-signs",
            data_says="Vital signs",
            aria_label="Record vital signs",
        ),
    )


def _save() -> Component:
    words = [
        html.Span("Save", className="save-verb"),
        html.Span(" for ", className="save-for"),
        html.Span(className="who"),
    ]
    return html.Button(words, type="submit", id="vs-save", className="save")


def number_field(
    name: str, words: str | list[Component | str], keypad: str, unit: str, *, decimal: bool = False, group: str = ""
) -> Component:
    """`keypad` are the words on the key that leads here."""
    marks: dict[str, Any] = {
        "data-field": name,
        "data-type": "number",
        "data-keypad": keypad,
        "data-may-miss": "",
        "data-keypad-group": group,
    }
    if decimal:
        marks["data-decimal"] = ""
    ident = f"vs-{name.replace('_', '-')}"
    return html.Div(
        [
            html.Label(words, htmlFor=ident),
            html.Div([text_input(ident), html.Span(unit, className="unit")], className="with-unit"),
        ],
        id=f"{ident}-box",
        className="number-box",
        **marks,
    )


def hidden(words: str) -> Component:
    return html.Span(words, className="visually-hidden")


def _first_fields() -> Component:
    heart = html.Div(
        [
            number_field("heart_rate", "Heart rate", "heart rate", "/min", group="first"),
            html.Div(id="vs-hint-heart", className="hint live"),
        ],
        className="vs-heart",
    )
    pressure = html.Div(
        [
            html.Div(
                [
                    number_field("systolic", ["Pressure", hidden(" systolic")], "systolic", "/", group="first"),
                    number_field(
                        "diastolic", ["\u00a0", hidden("Pressure diastolic")], "diastolic", "mmHg", group="first"
                    ),
                ],
                className="vs-pressure-boxes",
            ),
            html.Div(id="vs-hint-pressure", className="hint live"),
        ],
        className="vs-pressure",
    )
    return html.Div([heart, pressure], className="vs-first")


def _buttons() -> Component:
    return html.Div(
        [
            html.Button(
                ["taken ", html.B("now", id="vs-when-said"), " ▾"],
                type="button",
                id="vs-when-open",
                className="control",
                **attributes(aria_expanded="false", aria_controls="vs-when"),
            ),
            html.Button(
                "+ temperature, SpO₂, breaths, arm",
                type="button",
                id="vs-more-open",
                className="control small",
                **attributes(aria_expanded="false", aria_controls="vs-more"),
            ),
        ],
        className="vs-buttons",
    )


def _more_fields() -> list[Component]:
    return [
        number_field("spo2", "SpO₂", "SpO₂", "%", group="more"),
        number_field("respiratory_rate", "Breaths", "breaths", "/min", group="more"),
        number_field("temperature", "Temp.", "temperature", "°C", decimal=True, group="more"),
        _choice("consciousness", "Consciousness", CONSCIOUSNESS[:1], CONSCIOUSNESS[1:]),
    ]


def _when() -> list[Component]:
    """How it was taken: when, at which arm, or not at all."""
    time = [
        html.Label("Time", htmlFor="vs-when-typed"),
        text_input("vs-when-typed"),
        html.Span("hh:mm", className="unit"),
    ]
    taken = [
        html.Span("Taken", id="vs-when-words", className="muted"),
        choices(NOW_AND_AGO, "vs-when-words", pressed="0"),
        html.Div(time, className="with-unit when-time", hidden=True, **attributes(data_keypad="time")),
    ]
    not_done = html.Button("Not done …", type="button", className="control small", **attributes(data_open="not-done"))
    return [
        html.Div(taken, **attributes(data_field="happened_at", data_type="when", data_default="0")),
        _choice("arm", "Arm", ARMS),
        not_done,
    ]


def _choice(name: str, words: str, first: Choices, others: Choices = ()) -> Component:
    ident = f"vs-{name}-words"
    marks = attributes(data_field=name, data_type="one")
    return html.Div([html.Span(words, id=ident), choices(first, ident, others=others)], className="vs-choice", **marks)


def _partial(protocol: Protocol) -> Component:
    rows = [(row.id, row.words) for row in protocol.partial_reasons.values()]
    return html.Div(
        [html.Span("Not everything was measured. Why?", id="vs-partial-words"), choices(rows, "vs-partial-words")],
        id="vs-partial",
        className="ask",
        hidden=True,
        **attributes(data_field="partial_reason", data_type="one"),
    )


def _symptom_head() -> Component:
    return html.Div(
        [
            html.Span("Symptoms – any of these means stop:", id="vs-symptoms-words", className="vs-symptoms-words"),
            html.Div(id="vs-open-symptoms", className="open-symptoms"),
            html.Span(
                [
                    html.Button(
                        [icon("tick"), "None new"],
                        type="button",
                        className="control none-new",
                        **attributes(data_none_new="", aria_pressed="false"),
                    ),
                    html.Button(
                        "Other …",
                        type="button",
                        id="vs-other",
                        className="control",
                        **attributes(data_sheet="symptom-sheet", aria_expanded="false"),
                    ),
                ],
                className="vs-symptom-buttons",
            ),
        ],
        className="vs-symptom-head",
    )
