"""The pieces of a chair page that the live stream renews; none of them holds an input."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from components import html
from components.actions_bar import acts, stop_place
from components.alert_panel import alert_panel, panel_class
from components.arrival_words import Named, named_before, unless_said
from components.chair_context import chair_context
from components.check_lists import check_lists
from components.day_band import day_band
from components.evaluation_panel import evaluation_panel
from components.going_home import going_home
from components.live_fragment import Fragment, Fragments, Props
from components.next_step import next_class, next_step
from components.nurse_menu import nurse_button
from components.patient_banner import empty_banner, namesakes_of, patient_banner
from components.phase_timers import phase_timers
from components.record_table import record_table
from components.trend_points import Figure
from components.vitals_hints import heart_hint, last_saved, pressure_hint
from components.vitals_trend import heart_figure, pressure_figure
from components.wording import clock_time
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus

if TYPE_CHECKING:
    from models.ward_status import WardStatus


def pieces(ward: WardStatus, label: str) -> Fragments:
    """Component id → props; drawn anew only when the chair, or something else it is made from, changed."""
    view = ward.chair(label)
    status = view.status if view else None
    others = tuple(d for d in ward.days if status is None or d.infusion_day_id != status.infusion_day_id)
    context = Fragment(
        (status, others, ward.staff, ward.supervising_neurologist, ward.emergency_contact),
        lambda: {
            **chair_context(label, status, others, ward.staff, ward.zone),
            "data-arrival": unless_said(named(ward, status)),
        },
    )
    if status is None:
        return {"chair-context": context, **_empty(ward, label)}
    made = {name: Fragment((status, ward.staff), _children(draw, ward, status)) for name, draw in DRAWN.items()}
    namesakes = namesakes_of(status, others)
    coming = view.later[0] if view and view.later else None
    samples = samples_due(status, ward.protocol)
    return {
        "chair-context": context,
        "chair-banner": Fragment(
            (status, namesakes), lambda: {"children": patient_banner(status, ward.zone, samples, namesakes)}
        ),
        **made,
        "chair-next": Fragment(
            (status, coming),
            lambda: {"children": next_step(status, ward.zone, coming), "className": next_class(status)},
        ),
        "chair-alerts": Fragment(
            (status, ward.staff),
            lambda: {
                "children": alert_panel(status, ward.protocol, ward.staff, ward.zone),
                "className": panel_class(status),
            },
        ),
        "chair-red": Fragment(
            (status, ward.staff, ward.doctors, ward.call_numbers), lambda: {"children": evaluation_panel(ward, status)}
        ),
        "chair-heart": Fragment(
            (status, ward.staff), lambda: _figure(heart_figure(status, ward.protocol, ward.staff, ward.zone))
        ),
        "chair-pressure": Fragment(
            (status, ward.staff), lambda: _figure(pressure_figure(status, ward.protocol, ward.staff, ward.zone))
        ),
    }


def named(ward: WardStatus, status: ChairStatus | None) -> Named:
    return named_before(status, ward.supervising_neurologist, ward.emergency_contact) if status else {}


Draw = Callable[["WardStatus", ChairStatus], Any]

DRAWN: dict[str, Draw] = {
    "chair-band": lambda ward, status: day_band(status, ward.zone),
    "chair-timers": lambda ward, status: phase_timers(status, ward.zone),
    "chair-stop": lambda ward, status: stop_place(status),
    "chair-acts": lambda ward, status: acts(status, ward.protocol),
    "chair-nurse": lambda ward, status: nurse_button(status, ward.staff),
    "chair-checks": lambda ward, status: check_lists(status, ward.protocol, ward.staff, ward.zone, named(ward, status)),
    "chair-leaving": lambda ward, status: going_home(status, ward.protocol, ward.staff, ward.zone),
    "chair-record": lambda ward, status: record_table(status, ward.protocol, ward.staff, ward.zone),
    "vs-last-saved": lambda ward, status: last_saved(status, ward.staff, ward.zone),
    "vs-hint-heart": lambda ward, status: heart_hint(status),
    "vs-hint-pressure": lambda ward, status: pressure_hint(status),
}


def _figure(figure: Figure) -> Props:
    return {"data-figure": json.dumps(figure, separators=(",", ":"))}


def _children(draw: Draw, ward: WardStatus, status: ChairStatus) -> Callable[[], Props]:
    return lambda: {"children": draw(ward, status)}


def _empty(ward: WardStatus, label: str) -> dict[str, Props]:
    """Nobody sits here or is expected; every live piece is emptied, so that nothing of the last patient stays."""
    view = ward.chair(label)
    free = clock_time(view.free_since, ward.zone) if view and view.free_since else ""
    coming = view.later[0] if view and view.later else None
    emptied: dict[str, Props] = {name: {"children": None} for name in (*DRAWN, "chair-red", "chair-alerts")}
    return {
        **emptied,
        "chair-banner": {"children": empty_banner(label, free, coming, ward.zone)},
        "chair-next": {
            "children": [
                html.Span("NEXT", className="next-word"),
                html.H2("Nobody is expected here", className="next-what"),
            ],
            "className": "box next",
        },
        "chair-heart": {"data-figure": ""},
        "chair-pressure": {"data-figure": ""},
    }


def samples_due(status: ChairStatus, protocol: Protocol) -> tuple[str, ...]:
    """Names of the samples that are taken after today's infusion."""
    return tuple(
        kind.id
        for kind in protocol.samples.values()
        if status.day in (kind.first_course_days if status.course == 1 else kind.later_course_days)
    )
