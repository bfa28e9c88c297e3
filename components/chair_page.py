"""The page of one chair: what stands still, and the pieces the live stream renews; no piece holds an input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from components.act_forms import Lists, act_forms
from components.act_panels import act_panels
from components.attributes import attributes
from components.chair_pieces import EMPTY_FIGURE, pieces
from components.keypad import keypad
from components.live_fragment import Fragments
from components.nurse_menu import nurse_menu
from components.symptom_chips import symptom_sheet
from components.training_frame import training_word
from components.vitals_form import vitals_form
from components.ward_strip import live_dot
from models.clinical.protocol import Protocol

if TYPE_CHECKING:
    from models.ward_status import WardStatus

GRAPH: Any = {
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showAxisDragHandles": False,
}


def layout(ward: WardStatus, label: str) -> Component:
    """Drawn once, when the page is opened; what is live comes in through `fragments`."""
    others = [view.label for view in ward.chairs if view.label != label]
    forms = act_forms(Lists(ward.protocol, ward.doctors, ward.staff, others))
    return html.Main(
        [
            html.Div(id="chair-context", hidden=True),
            _header(ward),
            html.Div(id="chair-band", className="band-place"),
            html.Div(id="page-stopped", className="card page-stopped", hidden=True, role="alert"),
            html.Div(
                [
                    html.Div(id="chair-next", className="card next"),
                    _lower(ward.protocol),
                    html.Section(
                        [
                            html.Div(id="chair-state", className="save-state", role="status"),
                            html.Div(id="chair-said", className="ask", role="alert", hidden=True),
                            vitals_form(ward.protocol),
                            *act_panels(forms, ward.protocol, ward.doctors),
                            _lists("checks", "Check lists", "chair-checks"),
                            _lists("record", "Day record", "chair-record"),
                            nurse_menu(ward.staff),
                            html.Div(id="panel-empty", className="panel panel-empty", hidden=True),
                        ],
                        id="chair-right",
                        className="card right",
                        **attributes(aria_label="Record"),
                    ),
                ],
                className="chair-main",
            ),
            _foot(),
        ],
        id="chair-page",
        className="chair",
        **attributes(data_view="vital-signs", data_label=label),
    )


def _header(ward: WardStatus) -> Component:
    return html.Header(
        [
            html.Div(
                [
                    html.Div(id="chair-banner", className="banner-who"),
                    html.Div(training_word(ward.mode), className="banner-training"),
                ],
                className="banner-left",
            ),
            html.Div(
                [
                    html.Span(className="ward-clock", **attributes(data_clock="")),
                    live_dot(),
                ],
                className="banner-clock",
            ),
            html.Div(id="chair-nurse", className="banner-nurse"),
        ],
        className="banner",
        role="banner",
    )


def _lower(protocol: Protocol) -> Component:
    return html.Div(
        [
            html.Div(id="chair-red", className="card red-card"),
            html.Div(id="chair-timers", className="card timers"),
            _chart("chair-heart", "Heart rate", "/min"),
            _chart("chair-pressure", "Pressure", "mmHg"),
            keypad(),
            symptom_sheet(protocol),
        ],
        className="lower",
    )


def _chart(ident: str, words: str, unit: str) -> Component:
    return html.Div(
        [
            html.H3([words, f" {unit}"], id=f"{ident}-title"),
            dcc.Graph(id=ident, figure=EMPTY_FIGURE, config=GRAPH, responsive=True, className="trend"),
        ],
        className=f"card chart {ident}",
        role="group",
        **attributes(aria_labelledby=f"{ident}-title"),
    )


def _lists(view: str, title: str, place: str) -> Component:
    return html.Div(
        [
            html.Div(
                [
                    html.Button("‹ Back", type="button", className="control back", **attributes(data_back="")),
                    html.H2(title, className="form-title"),
                ],
                className="form-head",
            ),
            html.Div(id=place, className="panel-scroll", tabIndex="0", role="region", **attributes(aria_label=title)),
        ],
        id=f"panel-{view}",
        className="panel",
        hidden=True,
    )


def _foot() -> Component:
    return html.Footer(
        [
            html.Div(
                [
                    html.Div(id="chair-stop", className="stop-place"),
                    html.Div(id="stop-said", className="stop-said", role="alert"),
                ],
                className="stop-column",
            ),
            html.Div(id="chair-acts", className="acts"),
        ],
        className="bar",
    )


def fragments(ward: WardStatus, label: str) -> Fragments:
    """What the stream fills in."""
    return pieces(ward, label)
