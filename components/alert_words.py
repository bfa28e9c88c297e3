"""An alert in words and marks: its badge, who has answered it, until when, when it returns."""

from __future__ import annotations

from collections.abc import Mapping

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.countdown import COUNTDOWN, until
from components.wording import clock_time
from models.clinical.alert import Alert, AlertState, Priority

TONES: dict[Priority, str] = {Priority.HIGH: "high", Priority.MEDIUM: "medium", Priority.LOW: "low"}
"""Class of what carries an alert; its colours and its flashing stand in alerts.css."""
COLOURS: dict[Priority, str] = {Priority.HIGH: "red", Priority.MEDIUM: "amber", Priority.LOW: "cyan"}
ANSWERED: dict[AlertState, str] = {
    AlertState.SEEN: "Seen",
    AlertState.ACTING: "Acting",
    AlertState.ACCEPTED: "Known and accepted",
}


def badge(priority: Priority) -> html.Span:
    """`!!!`, `!!` or `!`; a screen reader hears the priority instead."""
    spoken = html.Span(f"{priority.word} priority: ", className="visually-hidden")
    shown = html.Span(priority.mark, **attributes(aria_hidden="true"))
    return html.Span([spoken, shown], className=f"badge-mark badge-{TONES[priority]}")


def is_unanswered(alert: Alert) -> bool:
    """Somebody is asked, and nobody has answered: raised, or over without anybody having said *seen*."""
    return alert.needs_answer and not alert.silenced


def unanswered(alerts: tuple[Alert, ...]) -> list[Alert]:
    return [alert for alert in alerts if is_unanswered(alert)]


def count_words(alerts: tuple[Alert, ...]) -> str:
    """`3 alerts · 2 silenced`; how many are silenced is said wherever one is."""
    if not alerts:
        return ""
    said = "1 alert" if len(alerts) == 1 else f"{len(alerts)} alerts"
    silenced = sum(alert.silenced for alert in alerts)
    return f"{said} · {silenced} silenced" if silenced else said


def answer_line(alert: Alert, staff: Mapping[str, str], zone: str) -> list[Component | str]:
    """`Seen 14:05 Okafor · returns in 2min`; empty while nobody has answered."""
    if alert.state not in ANSWERED:
        return []
    who = staff.get(alert.answered_by or "", alert.answered_by or "")
    at = clock_time(alert.answered_at, zone) if alert.answered_at else ""
    words: list[Component | str] = [f"{ANSWERED[alert.state]} {at} {who}".rstrip()]
    if alert.doctor:
        words.append(f" · {alert.doctor}")
    if alert.until is not None:
        words.append(f" · until {clock_time(alert.until, zone)}")
    elif alert.returns_at is not None:
        words += [" · returns ", until(alert.returns_at, COUNTDOWN)]
    return words


def state_words(alert: Alert) -> str:
    """What has become of it beside its answer, as a sentence; empty for one that stands as it was raised."""
    said = [alert.note] if alert.note else []
    if alert.state is AlertState.RESOLVED_UNSEEN:
        said.append("Over by itself; nobody has seen it yet.")
    elif not alert.holds:
        said.append("Normal again; it waits for its outcome.")
    if alert.times_raised > 1:
        said.append(f"Raised {alert.times_raised} times.")
    if alert.escalated:
        said.append("On the charge nurse's board.")
    return " ".join(said)
