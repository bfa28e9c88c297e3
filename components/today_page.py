"""The Today screen: the list of today's infusion days, and the forms that book, import and change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import html
from components.act_panels import override_fields
from components.attributes import attributes
from components.booking_form import booking_form
from components.close_ward import close_ward_form
from components.day_list_import import day_list_import
from components.live_fragment import Fragment, Fragments, Props
from components.page_head import page_head
from components.plain_html import plain, plain_html
from components.protocol_line import protocol_line
from components.staff_form import staff_form, staff_words
from components.today_forms import patient_forms
from components.today_list import Row, counts, day_list, nobody, rows
from components.wording import ward_date, weekday_date

if TYPE_CHECKING:
    from models.ward_status import WardStatus


def layout(status: WardStatus) -> html.Div:
    """The shell: live places are empty, forms stand beside them and are never replaced."""
    return html.Div(
        [
            page_head(status, "/today"),
            html.Main([_list(), _panel(status)], className="today-main"),
            protocol_line(status),
        ],
        id="page",
        className="today-page",
        **attributes(data_zone=status.zone),
    )


def _list() -> Component:
    """Today's list is live; another date's is read when it is asked for."""
    dates = [
        html.Button(words, type="button", className="chip", **attributes(data_list_date=which, aria_pressed=pressed))
        for which, words, pressed in (("today", "Today", "true"), ("tomorrow", "Tomorrow", "false"))
    ]
    other = html.Div(
        [
            html.Label("Other date", htmlFor="list-date", className="visually-hidden"),
            plain('<input id="list-date" type="text" autocomplete="off" placeholder="21-Nov-2026">', "typed"),
            html.Button("Show", type="button", id="list-date-show", className="control"),
        ],
        className="other-date",
    )
    buttons = [
        html.Button("Book a patient", type="button", className="control", **attributes(data_show="book")),
        html.Button("Import a list", type="button", className="control", **attributes(data_show="import")),
        html.Button("Staff …", type="button", className="control", **attributes(data_show="staff")),
        html.Button("Close the ward …", type="button", className="control", **attributes(data_show="close-ward")),
    ]
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Infusion days", id="today-title", className="list-title", tabIndex="-1"),
                    html.Div(
                        [*dates, other], className="dates", role="group", **attributes(aria_label="Date of the list")
                    ),
                    html.Div(
                        [
                            html.P("", id="today-counts", className="list-counts live"),
                            html.Div(buttons, className="list-acts"),
                        ],
                        className="list-under",
                    ),
                ],
                className="list-head",
            ),
            html.P("", id="today-said", className="said", role="status"),
            html.Div(
                [
                    html.Div("", id="today-days", className="live"),
                    html.Div("", id="other-days", className="live", hidden=True),
                ],
                className="list-scroll",
            ),
            html.Div(id="other-date", hidden=True),
        ],
        className="today-list",
        **attributes(aria_labelledby="today-title"),
    )


def _panel(status: WardStatus) -> Component:
    return html.Section(
        [
            html.Div(id="chair-context", hidden=True, **attributes(data_zone=status.zone)),
            plain(plain_html(_forms(status)), ident="today-forms"),
            html.P("", id="today-staff", className="ward-staff live stays"),
        ],
        className="today-panel",
        **attributes(aria_label="Book, import, arrive, move, defer"),
    )


def _forms(status: WardStatus) -> list[Component]:
    """Drawn outside Dash: nothing it renews touches what is typed."""
    doctors_way = override_fields(status.protocol, status.doctors)
    return [
        booking_form(status),
        day_list_import(),
        *patient_forms(status),
        close_ward_form(),
        staff_form(),
        doctors_way,
    ]


# ---- live ------------------------------------------------------------------------------------------------------------


def fragments(status: WardStatus) -> Fragments:
    today = ward_date(status.now, status.zone)
    shown = rows(status.days, today, status.zone, today)
    return {
        "today-date": {"children": weekday_date(today)},
        "today-staff": {"children": staff_words(status)},
        "today-counts": {"children": counts(shown) if shown else ""},
        "today-days": Fragment((shown,), lambda: _days(shown)),
    }


def _days(shown: tuple[Row, ...]) -> Props:
    return {"children": day_list(shown, "Infusion days of today") if shown else nobody(today=True)}
