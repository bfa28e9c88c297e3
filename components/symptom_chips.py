"""The symptoms as buttons: red ones at fixed places in the form, the others in a sheet over the left column."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.icons import icon
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import SymptomKind

CHIP_ROWS: tuple[tuple[str, ...], ...] = (
    ("chest pain", "breathing difficulty", "facial droop", "weakness", "speech problem"),
    ("severe headache", "bleeding", "neck pain with neurological sign", "throat tightness"),
    ("facial swelling", "wheeze or stridor", "collapse", "seizure"),
)


"""The places of the red symptoms never change under a finger; one the protocol adds stands at the end."""


CHIP_WORDS = {
    "severe headache": "Severe headache",
    "weakness": "Weakness",
    "neck pain with neurological sign": "Neck pain + nerve sign",
    "facial swelling": "Facial swelling",
}


def red_chips(protocol: Protocol) -> list[Component]:
    placed = {symptom for row in CHIP_ROWS for symptom in row}
    added = tuple(s.id for s in protocol.symptoms.values() if s.red and s.id not in placed)
    rows = (*CHIP_ROWS[:-1], (*CHIP_ROWS[-1], *added))
    return [
        html.Div(
            [symptom_chip(protocol.symptoms[s]) for s in row if s in protocol.symptoms],
            className="chip-row",
            role="group",
            **attributes(aria_labelledby="vs-symptoms-words"),
        )
        for row in rows
    ]


def symptom_chip(kind: SymptomKind, words: str = "") -> Component:
    marks: dict[str, Any] = {"data-symptom": kind.id, "aria-pressed": "false"}
    if kind.asks_severity:
        marks["data-asks-severity"] = ""
    return html.Button(
        [icon("tick"), words or CHIP_WORDS.get(kind.id, kind.words)], type="button", className="chip", **marks
    )


def severity(protocol: Protocol) -> Component:
    """How bad it is, asked of the symptom just tapped."""
    words = [
        html.Button(said, type="button", className="control", **attributes(data_severity_is=said))
        for said in protocol.severities
    ]
    named = attributes(aria_label="How bad")
    return html.Div(
        [html.Span(), html.Span(words, className="chips")], className="severity", hidden=True, role="group", **named
    )


def symptom_sheet(protocol: Protocol) -> Component:
    """The symptoms that are not red, over the left column."""
    groups: dict[str, list[SymptomKind]] = {}
    for kind in protocol.symptoms.values():
        if not kind.red:
            groups.setdefault(kind.group, []).append(kind)
    chips = [
        html.Div(
            [symptom_chip(kind) for kind in kinds], className="chips", role="group", **attributes(aria_label=group)
        )
        for group, kinds in groups.items()
    ]
    done = html.Button("Done", type="button", className="control", **attributes(data_close_sheet=""))
    return html.Div(
        [
            html.Div([html.H2("Other symptoms", className="form-title"), done], className="form-head"),
            severity(protocol),
            html.Div(chips, className="sheet-chips"),
        ],
        id="symptom-sheet",
        className="box sheet",
        hidden=True,
        role="region",
        **attributes(aria_label="Other symptoms"),
    )
