"""The form that books a patient; the hospital number comes first and fills in what the ward knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import html
from components.act_fields import choices, text_input
from components.attributes import attributes
from components.today_forms import chips_field, form, text_field

if TYPE_CHECKING:
    from models.ward_status import WardStatus


def booking_form(ward: WardStatus) -> Component:
    """The hospital number comes first: of a patient the ward knows, the rest fills itself in."""
    rules = ward.protocol.courses
    later = str(rules.later_course_days)
    return form(
        "book",
        "Book a patient",
        "/api/infusion-days",
        "Book",
        [
            html.Div(
                [
                    text_field("patient.patient_id", "Hospital number", "book-patient-id"),
                    html.P("", id="book-found", className="found", role="status"),
                ],
                className="field-wide",
            ),
            text_field("patient.family_name", "Family name", "book-family-name"),
            text_field("patient.given_name", "Given name", "book-given-name"),
            text_field("patient.born", "Born", "book-born", kind="day", hint="05-Apr-1988 or 5/4/1988"),
            text_field("patient.allergies", "Allergies", "book-allergies", hint="none, or which; empty: not asked"),
            html.Div(
                [
                    chips_field(
                        "course", "Course", "book-course", [str(n) for n in range(1, rules.most_courses + 2)], "count"
                    ),
                    text_field("start", "Start", "book-start", kind="time-of-day", hint="24 hours; empty: 08:00"),
                ],
                className="field-line",
            ),
            html.Div(
                [
                    chips_field(
                        "day", "Day", "book-day", [str(n) for n in range(1, rules.first_course_days + 1)], "count"
                    ),
                    text_field("note", "Note, if any", "book-note"),
                ],
                className="field-line",
                id="book-days",
                **attributes(data_later_days=later),
            ),
            html.Div(_dates(), className="field-wide"),
            html.Div(
                chips_field("chair", "Chair", "book-chair", [view.label for view in ward.chairs], "one"),
                className="field-wide",
            ),
            _people(ward),
        ],
        note=html.P("", id="book-notes", className="course-notes", role="status"),
        wardwide=True,
        timeless=True,
    )


def _dates() -> Component:
    """today.js gives both buttons their dates, so that they are right after midnight too."""
    words = "book-date-words"
    chips = choices((("", "Today"), ("", "Tomorrow")), words)
    typed = html.Div(
        [html.Label("or on", htmlFor="book-date-typed"), text_input("book-date-typed")],
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
                    text_field("supervising_neurologist", "Another neurologist", "book-neurologist"),
                    text_field("emergency_contact", "Another emergency contact", "book-contact"),
                ],
                className="fields",
            ),
        ],
        className="field-wide people",
        open=not (ward.supervising_neurologist and ward.emergency_contact),
    )
