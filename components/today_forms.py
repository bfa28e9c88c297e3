"""The forms of the Today screen for one who is booked, and what every form of it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import html
from components.act_fields import WHEN, Field, choices, field, text_input
from components.act_panels import save_button
from components.attributes import attributes

if TYPE_CHECKING:
    from models.ward_status import WardStatus

REASON_WHY = Field(name="reason", words="Reason", kind="text", needed=False)


def patient_forms(ward: WardStatus) -> list[Component]:
    """One form for each act; today.js fills in for whom, when a row's button opens it."""
    chairs = tuple((view.label, view.label) for view in ward.chairs)
    reasons = tuple((row.id, row.words) for row in ward.protocol.defer_reasons.values())
    doctors = tuple((doctor, doctor) for doctor in ward.doctors)
    neurologist = Field(
        name="supervising_neurologist",
        words="Supervising neurologist, other than booked",
        needed=False,
        kind="doctor",
        choices=doctors,
        own_words=True,
    )
    contact = Field(name="emergency_contact", words="Emergency contact, other than booked", kind="text", needed=False)
    chair = Field(name="chair", words="Chair", kind="one", choices=chairs)
    return [
        _act("arrive", "Arrive", "Record the arrival", [chair, WHEN, neurologist, contact]),
        _act("move", "Move to another chair", "Record the move", [chair, REASON_WHY]),
        _act(
            "swap",
            "Swap chairs with …",
            "Record the swap",
            [Field(name="with", words="Swap with", kind="one"), REASON_WHY],
        ),
        _act(
            "defer",
            "Defer",
            "Record that the day is deferred",
            [Field(name="reason", words="Reason", kind="one", choices=reasons, own_words=True)],
        ),
    ]


def _act(act: str, title: str, button: str, fields: Sequence[Field]) -> Component:
    shown = [field(one, act) for one in fields]
    return form(act, title, act, button, shown, timeless=WHEN not in fields)


def form(
    ident: str,
    title: str,
    path: str,
    button: str,
    fields: Sequence[Component],
    *,
    note: Component | None = None,
    wardwide: bool = False,
    timeless: bool = False,
) -> Component:
    """`note` stands between the fields and the foot; `wardwide` is about no patient in a chair yet."""
    marks = attributes(data_act=ident, data_post=path, data_says=title, aria_labelledby=f"title-{ident}")
    marks |= {"data-wardwide": ""} if wardwide else {}
    marks |= {"data-timeless": ""} if timeless else {}
    return html.Form(
        [
            panel_head(title, ident),
            html.P([html.Span("", className="who")], className="form-who") if not wardwide else None,
            html.Div(list(fields), className="fields"),
            note,
            html.Div(
                [
                    html.Div("", className="ask", role="alert", hidden=True),
                    save_button(button),
                    html.Span("", className="save-state", role="status"),
                ],
                className="form-foot",
            ),
        ],
        id=f"form-{ident}",
        className="panel",
        hidden=True,
        autoComplete="off",
        **marks,
    )


def panel_head(title: str, ident: str) -> Component:
    return html.Div(
        [
            html.H2(title, id=f"title-{ident}", className="form-title", tabIndex="-1"),
            html.Button("Back to the list", type="button", className="control back", **attributes(data_back="")),
        ],
        className="form-head",
    )


# ---- fields ----------------------------------------------------------------------------------------------------------


def text_field(name: str, words: str, ident: str, kind: str = "text", hint: str = "") -> Component:
    hint_id = f"{ident}-hint"
    return html.Div(
        [
            html.Label(words, htmlFor=ident),
            text_input(ident),
            html.Small(hint, id=hint_id, className="hint") if hint else None,
        ],
        className="field",
        **attributes(data_field=name, data_type=kind),
    )


def chips_field(name: str, words: str, ident: str, values: Sequence[str], kind: str) -> Component:
    words_id = f"{ident}-words"
    return html.Div(
        [
            html.Span(words, id=words_id, className="field-words"),
            choices([(value, value) for value in values], words_id),
        ],
        className="field",
        id=ident,
        **attributes(data_field=name, data_type=kind),
    )
