"""The page of one chair: what stands still, and the pieces the live stream renews; no piece holds an input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import html
from components.act_form import Lists
from components.act_forms import act_forms
from components.act_panels import act_panels
from components.alert_panel import accept_form
from components.attributes import attributes
from components.chair_pieces import pieces
from components.evaluation_forms import evaluation_forms
from components.keypad import keypad
from components.live_fragment import Fragments
from components.nurse_menu import nurse_menu
from components.plain_html import plain, plain_html
from components.protocol_line import protocol_line
from components.sound_button import sound_button
from components.symptom_chips import symptom_sheet
from components.training_frame import training_word
from components.vitals_form import vitals_form
from components.ward_strip import live_dot
from models.clinical.protocol import Protocol

if TYPE_CHECKING:
    from models.ward_status import WardStatus


def layout(ward: WardStatus, label: str, beside: Sequence[Component] = ()) -> Component:
    """Drawn once, when the page is opened; what is live comes in through `fragments`. `beside`: of a training room."""
    others = [view.label for view in ward.chairs if view.label != label]
    lists = Lists(ward.protocol, ward.doctors, ward.staff, others, tuple(ward.call_numbers))
    forms = (*act_forms(lists), *evaluation_forms(lists), accept_form(lists))
    right = html.Section(
        [
            html.Div(id="chair-state", className="save-state", role="status"),
            html.Div(id="chair-said", className="ask", role="alert", hidden=True),
            vitals_form(ward.protocol),
            plain(plain_html(act_panels(forms, ward.protocol, ward.doctors)), ident="chair-forms"),
            _lists("checks", "Check lists", "chair-checks"),
            _lists("leaving", "Going home", "chair-leaving"),
            _lists("record", "Day record", "chair-record"),
            nurse_menu(),
            html.Div(id="panel-empty", className="panel panel-empty", hidden=True),
        ],
        id="chair-right",
        className="box right",
        **attributes(aria_label="Record"),
    )
    main = html.Main(
        [
            html.Div(id="chair-band", className="band-place live stays"),
            html.Div(id="page-stopped", className="box page-stopped", hidden=True, role="alert"),
            html.Div(
                [*beside, html.Div(id="chair-next", className="box next live"), _lower(ward.protocol), right],
                className="chair-main",
            ),
            _foot(ward),
        ],
        className="chair-all",
    )
    page = html.Div(
        [html.Div(id="chair-context", hidden=True), _header(ward), main],
        id="chair-page",
        className="chair",
        **attributes(data_view="vital-signs", data_label=label),
    )
    return html.Div(page, id="page")


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
            sound_button(),
            html.Div(id="chair-nurse", className="banner-nurse"),
        ],
        className="banner",
    )


def _lower(protocol: Protocol) -> Component:
    return html.Div(
        [
            html.Div(id="chair-alerts", className="box alerts live", role="region", **attributes(aria_label="Alerts")),
            html.Div(id="chair-red", className="box red-card live"),
            html.Div(id="chair-timers", className="box timers live"),
            _chart("chair-heart", "Heart rate", "/min"),
            _chart("chair-pressure", "Pressure", "mmHg"),
            keypad(),
            plain(plain_html(symptom_sheet(protocol)), ident="chair-sheet"),
        ],
        className="lower",
    )


def _chart(ident: str, words: str, unit: str) -> Component:
    """Drawn by assets/trend.js from `data-figure`: Dash's own graph loses a figure that comes while it loads."""
    return html.Div(
        [html.H3([words, f" {unit}"], id=f"{ident}-title"), html.Div(id=ident, className="trend live")],
        className=f"box chart {ident}",
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
            html.Div(
                id=place, className="panel-scroll live", tabIndex="0", role="region", **attributes(aria_label=title)
            ),
        ],
        id=f"panel-{view}",
        className="panel",
        hidden=True,
    )


def _foot(ward: WardStatus) -> Component:
    return html.Section(
        [
            html.Div(html.Div(id="chair-stop", className="stop-place"), className="stop-column"),
            html.Div(id="stop-said", className="stop-said", role="alert"),
            html.Div(id="chair-acts", className="acts"),
            protocol_line(ward),
        ],
        className="bar",
        **attributes(aria_label="Acts"),
    )


def fragments(ward: WardStatus, label: str) -> Fragments:
    """What the stream fills in."""
    return pieces(ward, label)
