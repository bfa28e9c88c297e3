"""The alerts of a chair on its card: the worst mark with their number, how many are silenced, and what flashes."""

from __future__ import annotations

from components import html
from components.alert_words import TONES, badge, is_unanswered
from components.card_prompt import either
from models.clinical.status import ChairStatus


def alert_note(status: ChairStatus) -> list[html.Span]:
    """`!!! 2 alerts, 1 silenced`; on a narrow card `!!! 2, 1 silenced`."""
    if not status.alerts:
        return []
    number = len(status.alerts)
    silenced = f", {status.silenced} silenced" if status.silenced else ""
    words = either([f"{number} alert{'s' * (number > 1)}{silenced}"], [f"{number}{silenced}"])
    shown: list[str | html.Span | html.B] = [badge(max(alert.priority for alert in status.alerts)), " ", html.B(words)]
    return [html.Span(shown, className="card-alerts" if flash(status) else "card-alerts all-silenced")]


def flash(status: ChairStatus) -> str:
    """The class that makes frame and badge flash while somebody's answer is awaited; empty otherwise."""
    waiting = [alert.priority for alert in status.alerts if is_unanswered(alert)]
    return f"flash-{TONES[max(waiting)]}" if waiting else ""
