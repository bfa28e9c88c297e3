"""Draws the forms of the acts: one function for all of them, over the right column, never over STOP or the banner."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from dash.development.base_component import Component

from components import html
from components.act_fields import WHEN, Field, field, text_input
from components.act_form import ActForm
from components.attributes import attributes
from components.symptom_chips import severity, symptom_chip
from models.clinical.protocol import Protocol


def act_panels(forms: Iterable[ActForm], protocol: Protocol, doctors: Sequence[str]) -> list[Component]:
    panels = [act_panel(form) for form in forms]
    return [*panels, symptom_panel(protocol), correction_panel(protocol), override_fields(protocol, doctors)]


def act_panel(form: ActForm) -> Component:
    """Title, fields, what became of it, and the one button."""
    ident = form.ident or form.act
    marks: dict[str, Any] = {
        "data-act": form.act,
        "data-post": form.path,
        "data-says": form.title,
        "aria-labelledby": f"title-{ident}",
    }
    if WHEN not in form.fields:
        marks["data-timeless"] = ""
    if form.body:
        marks["data-body"] = json.dumps(dict(form.body))
    about = [html.P("", className="form-about")]
    notes = html.Div([html.P(form.note, className="form-note")] if form.note else [], className="form-notes")
    fields = html.Div([field(f, ident) for f in form.fields], className="fields")
    return html.Form(
        [
            panel_head(form.title, ident),
            panel_body([*about, notes, fields]),
            save_button(form.button, large=form.large),
        ],
        id=f"form-{ident}",
        className="panel",
        hidden=True,
        autoComplete="off",
        **marks,
    )


def panel_body(parts: list[Component]) -> Component:
    """What scrolls; the button below it always stays in view."""
    return html.Div([*parts, html.Div(className="ask", role="alert", hidden=True)], className="panel-body")


def panel_head(title: str, ident: str) -> Component:
    return html.Div(
        [
            html.Button("‹ Back", type="button", className="control back", **attributes(data_back="")),
            html.H2(title, id=f"title-{ident}", className="form-title"),
        ],
        className="form-head",
    )


def save_button(words: str, *, large: bool = False) -> Component:
    """A button says what it records, and for whom."""
    return html.Button(
        [html.Span(words, className="save-verb"), html.Span(" for ", className="save-for"), html.Span(className="who")],
        type="submit",
        className="save large" if large else "save",
    )


def override_fields(protocol: Protocol, doctors: Sequence[str]) -> Component:
    """Once for all forms: put into the one whose act is locked and which a doctor may let pass (D-13)."""
    reasons = tuple((row.id, row.words) for row in protocol.override_reasons.values())
    asked = (
        Field(
            "override.doctor",
            "Doctor who lets it pass",
            "doctor",
            choices=tuple((d, d) for d in doctors),
            own_words=True,
        ),
        Field("override.reason", "Doctor's reason", "one", choices=reasons, own_words=True),
    )
    return html.Div(
        [html.P(className="refusal"), html.Div([field(f, "override") for f in asked], className="fields")],
        id="override",
        className="override",
        hidden=True,
    )


def symptom_panel(protocol: Protocol) -> Component:
    """A symptom said between two rounds."""
    kinds = list(protocol.symptoms.values())
    groups = [("Red symptoms", [k for k in kinds if k.red]), ("Other symptoms", [k for k in kinds if not k.red])]
    chips = [
        html.Div([symptom_chip(k) for k in group], className="chips", role="group", **attributes(aria_label=name))
        for name, group in groups
    ]
    asked = attributes(data_field="symptoms", data_type="symptoms")
    symptoms = html.Div([html.Div(className="open-symptoms"), *chips], className="fields", **asked)
    return html.Form(
        [
            panel_head("Symptom", "symptoms"),
            severity(protocol),
            panel_body([symptoms, field(WHEN, "symptoms")]),
            save_button("Record the symptom"),
        ],
        id="form-symptoms",
        className="panel",
        hidden=True,
        autoComplete="off",
        **attributes(data_act="symptoms", data_post="symptoms", data_says="Symptom", aria_labelledby="title-symptoms"),
    )


REPLACED = (
    ("heart_rate", "Heart rate", "/min", False),
    ("systolic", "Systolic", "mmHg", False),
    ("diastolic", "Diastolic", "mmHg", False),
    ("temperature", "Temp.", "°C", True),
    ("spo2", "SpO₂", "%", False),
    ("respiratory_rate", "Breaths", "/min", False),
)


def correction_panel(protocol: Protocol) -> Component:
    """Entered in error, with a reason; the right values of a set can stand in at once, at the original time."""
    reasons = tuple((row.id, row.words) for row in protocol.correction_reasons.values())
    why = field(Field("reason", "Why", "one", choices=reasons), "corrections")
    note = field(Field("note", "Note", "text", needed=False), "corrections")
    values = [
        html.P("Only what was wrong; leave empty to strike it only.", className="form-note"),
        html.Div([_replacement(*number) for number in REPLACED], className="replacement-numbers"),
    ]
    return html.Form(
        [
            panel_head("Entered in error", "corrections"),
            panel_body(
                [
                    html.P(id="correction-of", className="form-note"),
                    html.Div([why, note], className="fields"),
                    html.Div(values, id="correction-values", hidden=True),
                ]
            ),
            save_button("Strike it as entered in error"),
        ],
        id="form-corrections",
        className="panel",
        hidden=True,
        autoComplete="off",
        **attributes(
            data_act="corrections",
            data_post="corrections",
            data_says="Correction",
            data_timeless="",
            aria_labelledby="title-corrections",
        ),
    )


def _replacement(name: str, words: str, unit: str, decimal: bool) -> Component:
    ident = f"corrections-{name.replace('_', '-')}"
    marks: dict[str, Any] = {"data-decimal": ""} if decimal else {}
    marks |= attributes(
        data_field=f"replacement.{name}", data_type="number", data_keypad=words.lower(), data_may_miss=""
    )
    label = html.Label([words, html.Small(className="was muted")], htmlFor=ident)
    entry = html.Div([text_input(ident), html.Span(unit, className="unit")], className="with-unit")
    return html.Div([label, entry], className="number-box", **marks)
