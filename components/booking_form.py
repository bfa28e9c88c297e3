"""The forms of the Today screen: book a patient; arrive, move, swap or defer one who is booked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from components.act_fields import WHEN, Field, choices, field, text_input
from components.act_panels import override_fields, save_button
from components.attributes import attributes
from models.clinical.protocol import Protocol

if TYPE_CHECKING:
    from models.ward_status import WardStatus

REASON_WHY = Field(name="reason", words="Reason", kind="text", needed=False)


def booking_form(ward: WardStatus) -> Component:
    """The hospital number comes first: of a patient the ward knows, the rest fills itself in."""
    rules = ward.protocol.courses
    later = str(rules.later_course_days)
    return _form(
        "book",
        "Book a patient",
        "/api/infusion-days",
        "Book",
        [
            html.Div(
                [
                    _text("patient.patient_id", "Hospital number", "book-patient-id"),
                    html.P("", id="book-found", className="found", role="status"),
                ],
                className="field-wide",
            ),
            _text("patient.family_name", "Family name", "book-family-name"),
            _text("patient.given_name", "Given name", "book-given-name"),
            _text("patient.born", "Born", "book-born", kind="day", hint="05-Apr-1988 or 5/4/1988"),
            _text("patient.allergies", "Allergies", "book-allergies", hint="none, or which; empty: not asked"),
            html.Div(
                [
                    _chips(
                        "course", "Course", "book-course", [str(n) for n in range(1, rules.most_courses + 2)], "minutes"
                    ),
                    _text("start", "Start", "book-start", kind="time-of-day", hint="24 hours; empty: 08:00"),
                ],
                className="field-line",
            ),
            html.Div(
                [
                    _chips(
                        "day", "Day", "book-day", [str(n) for n in range(1, rules.first_course_days + 1)], "minutes"
                    ),
                    _text("note", "Note, if any", "book-note"),
                ],
                className="field-line",
                id="book-days",
                **attributes(data_later_days=later),
            ),
            html.Div(_dates(), className="field-wide"),
            html.Div(
                _chips("chair", "Chair", "book-chair", [view.label for view in ward.chairs], "one"),
                className="field-wide",
            ),
            _people(ward),
        ],
        html.P("", id="book-notes", className="course-notes", role="status"),
        ward,
        wardwide=True,
        timeless=True,
    )


def _dates() -> Component:
    """today.js gives both buttons their dates, so that they are right after midnight too."""
    words = "book-date-words"
    chips = choices((("", "Today"), ("", "Tomorrow")), words)
    typed = html.Div(
        [html.Label("or on", htmlFor="book-date-typed"), text_input("book-date-typed", date=True)],
        className="own-words",
    )
    return html.Div(
        [html.Span("Date", id=words, className="field-words"), html.Div([chips, typed], className="one-line")],
        className="field",
        id="book-date",
        **attributes(data_field="date", data_type="day", data_default="today"),
    )


def _people(ward: WardStatus) -> Component:
    """Who supervises and who is called (R-01): the ward's, unless this day has its own."""
    standing = [ward.supervising_neurologist or "nobody is named", ward.emergency_contact or "nobody is named"]
    return html.Details(
        [
            html.Summary(
                [
                    html.Span("Neurologist ", className="muted"),
                    html.B(standing[0]),
                    html.Span(" · emergency ", className="muted"),
                    html.B(standing[1]),
                ]
            ),
            html.Div(
                [
                    _text("supervising_neurologist", "Another neurologist", "book-neurologist"),
                    _text("emergency_contact", "Another emergency contact", "book-contact"),
                ],
                className="fields",
            ),
        ],
        className="field-wide people",
        open=not (ward.supervising_neurologist and ward.emergency_contact),
    )


# ---- for a patient who is booked -------------------------------------------------------------------------------------


def patient_forms(ward: WardStatus) -> list[Component]:
    """One form for each act; today.js fills in for whom, when a row's button opens it."""
    chairs = tuple((view.label, view.label) for view in ward.chairs)
    reasons = tuple((row.id, row.words) for row in ward.protocol.defer_reasons.values())
    doctors = tuple((doctor, doctor) for doctor in ward.doctors)
    neurologist = Field(
        name="supervising_neurologist",
        words="Supervising neurologist, if not as booked",
        kind="doctor",
        choices=doctors,
        own_words=True,
    )
    contact = Field(name="emergency_contact", words="Emergency contact, if not as booked", kind="text")
    chair = Field(name="chair", words="Chair", kind="one", choices=chairs)
    return [
        _act("arrive", "Arrive", "Record the arrival", [chair, WHEN, neurologist, contact], ward),
        _act("move", "Move to another chair", "Record the move", [chair, REASON_WHY], ward),
        _act(
            "swap",
            "Swap chairs with …",
            "Record the swap",
            [Field(name="with", words="Swap with", kind="one"), REASON_WHY],
            ward,
        ),
        _act(
            "defer",
            "Defer",
            "Record that the day is deferred",
            [Field(name="reason", words="Reason", kind="one", choices=reasons, own_words=True)],
            ward,
        ),
    ]


def _act(act: str, title: str, button: str, fields: Sequence[Field], ward: WardStatus) -> Component:
    shown = [field(one, act) for one in fields]
    return _form(act, title, act, button, shown, None, ward, timeless=WHEN not in fields)


def _form(
    ident: str,
    title: str,
    path: str,
    button: str,
    fields: Sequence[Component],
    note: Component | None,
    ward: WardStatus,
    *,
    wardwide: bool = False,
    timeless: bool = False,
) -> Component:
    marks = attributes(data_act=ident, data_post=path, data_says=title, aria_labelledby=f"title-{ident}")
    marks |= {"data-wardwide": ""} if wardwide else {}
    marks |= {"data-timeless": ""} if timeless else {}
    return html.Form(
        [
            panel_head(title, ident),
            html.P([html.Span("", className="who")], className="form-who") if not wardwide else None,
            html.Div(list(fields), className="fields"),
            note,
            _override(ident, ward.protocol, ward.doctors),
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


def _override(ident: str, protocol: Protocol, doctors: Sequence[str]) -> Component:
    return override_fields(ident, protocol, doctors)


# ---- fields ----------------------------------------------------------------------------------------------------------


def _text(name: str, words: str, ident: str, kind: str = "text", hint: str = "") -> Component:
    hint_id = f"{ident}-hint"
    return html.Div(
        [
            html.Label(words, htmlFor=ident),
            text_input(ident, date=kind == "day"),
            html.Small(hint, id=hint_id, className="hint") if hint else None,
        ],
        className="field",
        **attributes(data_field=name, data_type=kind),
    )


def _chips(name: str, words: str, ident: str, values: Sequence[str], kind: str) -> Component:
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
