"""What the ward's screens sound and say aloud: every alert that still sounds, whose chair it is, without any name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import blake2s

from components.live_fragment import Fragment, Props
from models.clinical.alert import Alert, Priority
from models.clinical.status import ChairStatus
from models.ward_status import ChairView, WardStatus

PLACE = "ward-alarms"
"""An element of every live page, outside what Dash draws; assets/alerts.js listens to it."""
COLOURS = {Priority.HIGH: "red", Priority.MEDIUM: "amber", Priority.LOW: "low alert"}

Alarm = dict[str, str | int | bool]


def place_html() -> str:
    """The place, and the two voices of a screen reader: what cannot wait, and what can."""
    return (
        f'<div id="{PLACE}" hidden></div>'
        '<div id="said-at-once" class="visually-hidden" role="alert"></div>'
        '<div id="said-politely" class="visually-hidden" role="status"></div>'
    )


def alarms(status: WardStatus) -> Fragment:
    """Each screen decides by itself which of them concern whoever is signed on there."""
    sounding = tuple(_sounding(status.chairs))
    return Fragment((sounding,), lambda: _props([_alarm(day, alert) for day, alert in sounding]))


def locked_alarms(status: WardStatus, staff: str) -> Fragment:
    """For a screen where nobody is signed on: chair and colour of what its last nurse or everybody has to hear."""
    sounding = tuple((day, alert) for day, alert in _sounding(status.chairs) if _is_heard(day, alert, staff))
    return Fragment((sounding,), lambda: _props([_nameless(day, alert) for day, alert in sounding]))


def _is_heard(day: ChairStatus, alert: Alert, staff: str) -> bool:
    return alert.priority > Priority.LOW and (alert.escalated or day.nurse in (staff, None))


def _sounding(chairs: Sequence[ChairView]) -> Iterator[tuple[ChairStatus, Alert]]:
    for view in chairs:
        if view.status is not None:
            yield from ((view.status, alert) for alert in view.status.alerts if alert.sounds)


def _alarm(day: ChairStatus, alert: Alert) -> Alarm:
    return {
        "id": _ident(day, alert),
        "chair": day.chair,
        "priority": int(alert.priority),
        "nurse": day.nurse or "",
        "escalated": alert.escalated,
        "words": f"chair {day.chair}, {alert.words}",
    }


def _nameless(day: ChairStatus, alert: Alert) -> Alarm:
    return {
        "id": _ident(day, alert),
        "chair": day.chair,
        "priority": int(alert.priority),
        "nurse": "",
        "escalated": True,
        "words": f"Chair {day.chair} – {COLOURS[alert.priority]}",
    }


def _ident(day: ChairStatus, alert: Alert) -> str:
    """The same for as long as it is the same raising; tells nothing, since browsers keep it."""
    raising = f"{day.infusion_day_id}/{alert.id}/{alert.raised_at.timestamp()}"
    return blake2s(raising.encode(), digest_size=8).hexdigest()


def _props(alarms: list[Alarm]) -> Props:
    return {"data-alarms": json.dumps(alarms, ensure_ascii=False, separators=(",", ":"))}
