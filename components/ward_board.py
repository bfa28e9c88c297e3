"""The ward board: every chair of today in its fixed place, the strip above, what a finger may choose below."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from dash.development.base_component import Component

from components import html, ward_strip
from components.attributes import attributes
from components.card_foot import NOBODY
from components.chair_card import card, is_urgent, urgency
from components.icons import icon
from components.live_fragment import Fragment, Fragments, Props, TheVery
from components.protocol_line import protocol_line
from components.sign_off import sign_off_button
from components.sound_button import sound_button
from components.wording import clock_time, family
from models.ward_status import ChairView, WardStatus

SIZES = (6, 12, 16, 30)
"""Layouts by number of chairs; more chairs than the last scroll."""


def layout(status: WardStatus, wall: bool = False) -> html.Div:
    """The shell with an empty place per chair. On a wall nothing can be tapped: the same cards without links."""
    css = "board-page wall" if wall else "board-page"
    return html.Div(
        [
            ward_strip.ward_strip(status),
            html.Main([*_places(status, wall), *([protocol_line(status)] if wall else [])], id="board"),
            *([] if wall else [_foot(status)]),
        ],
        id="page",
        className=css,
    )


def _places(status: WardStatus, wall: bool) -> list[Component]:
    if not status.chairs:
        return [_nothing_yet("This ward has no chairs yet.", "A charge nurse names them when the ward is set up.")]
    nobody = html.Div("", id="board-empty", className="live stays")
    return [
        html.H2("Chairs", className="visually-hidden"),
        nobody,
        places(status, wall),
        *([] if wall else [_rest_button()]),
    ]


def places(status: WardStatus, wall: bool) -> html.Ul:
    size = next((size for size in SIZES if len(status.chairs) <= size), SIZES[-1])
    return html.Ul([_place(view.label, wall) for view in status.chairs], className=f"board board-{size}")


def _rest_button() -> html.Button:
    """On a phone ordered by urgency: the calm chairs behind one button that counts them."""
    words = html.Span("", id="board-rest", className="live")
    marks = attributes(data_show_rest="", aria_expanded="false")
    return html.Button(words, className="rest-button", type="button", **marks)


def _place(label: str, wall: bool) -> html.Li:
    shown = (
        html.Div(id=f"card-{label}", className="chair-card live", role="group")
        if wall
        else html.A(id=f"card-{label}", className="chair-card live", href=f"/chair/{label}")
    )
    return html.Li(shown, id=f"place-{label}", className="place")


def _foot(status: WardStatus) -> html.Section:
    orders = [("chair", "By chair"), ("urgency", "By urgency")]
    choice = [html.Button(words, type="button", **attributes(data_order=order)) for order, words in orders]
    pages = [
        html.A("Today's list", href="/today"),
        html.A("Alert figures", href="/alarms", className="alarms-link"),
        html.A("Wall screen", href="/?wall", className="wall-link"),
    ]
    links = [
        html.Nav(pages, id="pages", **attributes(aria_label="Pages")),
        protocol_line(status),
        sign_off_button("signed-on"),
        sound_button(),
        theme_switch(),
    ]
    named = attributes(aria_label="Order of the chairs")
    return html.Section(
        [html.Div(choice, className="order-choice", role="group", **named), html.Div(links, className="foot-links")],
        className="board-foot",
        **attributes(aria_label="This screen"),
    )


def theme_switch() -> html.Button:
    """Light or dark; the browser keeps it for this device (assets/board.js)."""
    words = html.Span("Light or dark", className="visually-hidden")
    return html.Button([icon("moon", "when-light"), icon("sun", "when-dark"), words],
                       type="button", className="theme-switch", **attributes(data_theme_switch=""))  # fmt: skip


def _nothing_yet(what: str, then: str) -> html.Div:
    return html.Div([html.P(what, className="nothing-yet"), html.P(then)], className="empty-board")


# ---- live ------------------------------------------------------------------------------------------------------------


def fragments(status: WardStatus) -> Fragments:
    shown: dict[str, Fragment | Props] = dict(ward_strip.fragments(status))
    if not status.chairs:
        return shown
    same_names = _same_names(status)
    for view in status.chairs:
        shown[f"card-{view.label}"] = _card(view, status, same_names.get(view.label, ()))
        shown[f"place-{view.label}"] = _order(view, status.zone)
    shown["board-empty"] = {"children": _nobody_today(status)}
    shown["board-rest"] = Fragment((status.chairs, status.zone), lambda: {"children": _rest(status)})
    return shown


def _card(view: ChairView, status: WardStatus, same_name: tuple[str, ...]) -> Fragment:
    nurse = view.status.nurse if view.status is not None else None
    named = status.staff.get(nurse, nurse) if nurse else NOBODY
    return Fragment((view, status.zone, named, same_name), lambda: card(view, status.zone, named, same_name))


def _order(view: ChairView, zone: str) -> Fragment:
    def props() -> Props:
        css = "place" if _is_calm(TheVery(view), zone) else "place urgent"
        return {"style": {"--urgency": urgency(view, zone)}, "className": css}

    return Fragment((view, zone), props)


@lru_cache(maxsize=200)
def _is_calm(view: TheVery, zone: str) -> bool:
    return not is_urgent(view.one.status, zone)


def _same_names(status: WardStatus) -> dict[str, tuple[str, ...]]:
    """Chair → the other chairs with a patient of the same family name, here or expected."""
    chairs_of: dict[str, list[str]] = defaultdict(list)
    for view in status.chairs:
        here = [view.status] if view.status is not None and not view.status.phase.is_over else []
        for name in {family(one.patient) for one in (*here, *view.later)}:
            chairs_of[name].append(view.label)
    shared = [labels for labels in chairs_of.values() if len(labels) > 1]
    return {label: tuple(other for other in labels if other != label) for labels in shared for label in labels}


def _nobody_today(status: WardStatus) -> list[Component]:
    if any(view.status is not None or view.later for view in status.chairs):
        return []
    book = html.A("Book a patient or import the list of the day", href="/today", className="book-link")
    return [html.Div([html.P("No patients today.", className="nothing-yet"), html.P(book)], className="empty-board")]


def _rest(status: WardStatus) -> str:
    """`7 more chairs · next due 14:30`, for the phone, which shows the urgent ones first."""
    calm = [view for view in status.chairs if _is_calm(TheVery(view), status.zone)]
    shown = [view.status for view in calm if view.status is not None]
    dues = [one.next_step.due_at for one in shown if one.next_step.due_at and one.next_step.due_at > one.now]
    chairs = "1 more chair" if len(calm) == 1 else f"{len(calm)} more chairs"
    return f"{chairs} · next due {clock_time(min(dues), status.zone)}" if dues else chairs
