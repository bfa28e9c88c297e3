"""What waits for somebody: unanswered alerts, the worst first, whose chair it is, and how many are silenced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from components import html
from components.alert_words import TONES, badge, is_unanswered
from components.countdown import since
from components.spaced import spaced
from models.clinical.alert import Alert, AlertState, Priority
from models.ward_status import ChairView

MOST_LINES = 3
NOBODY = "nobody"
SHORT: Mapping[str, str] = {
    "bag": "bag expires",
    "review due": "review due",
    "review ended": "review ended",
    "past forecast": "past forecast",
    "overdue": "overdue",
    "pre-medication": "not ready",
    "corrected": "entered in error",
    "moved here": "reading moved here",
    "new headache with high pressure": "headache, pressure",
    "severe new headache with high pressure": "headache, pressure",
    "worse headache with rising pressure": "headache worse",
    "fever with low pressure or oxygen": "fever, low values",
}
"""By the protocol's row, where the words before the colon of the alert would not fit the strip."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line. An escalated one is the charge nurse's now."""

    label: str
    priority: Priority
    words: str
    since: datetime
    nurse: str = NOBODY
    escalated: bool = False
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Waits:
    lines: tuple[Waiting, ...]
    silenced: int = 0


def waiting(chairs: Sequence[ChairView], staff: Mapping[str, str]) -> Waits:
    """The worst first, of those the escalated, then the oldest; what asks for no answer stands last."""
    lines, silenced = [], 0
    for view in chairs:
        if view.status is None:
            continue
        nurse = staff.get(view.status.nurse or "", view.status.nurse or NOBODY)
        silenced += view.status.silenced
        lines += [_line(view.label, alert, nurse) for alert in view.status.alerts if _shows(alert)]
    lines.sort(key=lambda line: (not line.asks, -line.priority, not line.escalated, line.since))
    return Waits(tuple(lines), silenced)


def _shows(alert: Alert) -> bool:
    return is_unanswered(alert) or alert.state is AlertState.RAISED


def _line(label: str, alert: Alert, nurse: str) -> Waiting:
    words = SHORT.get(alert.what) or _in_a_line(alert.words.partition(":")[0])
    return Waiting(
        label, alert.priority, words, alert.raised_at, nurse, escalated=alert.escalated, asks=alert.needs_answer
    )


def _in_a_line(words: str) -> str:
    """`chest pain`, `heart rate 135`, but `SpO₂ 91` as it is written."""
    words = re.sub(r"(\d) \S+$", r"\1", words)
    return words[:1].lower() + words[1:] if words[1:2].islower() and not words.startswith("SpO") else words


def needs_somebody(waits: Waits) -> list[html.P | html.Ul]:
    silenced = f" · {waits.silenced} silenced" if waits.silenced else ""
    if not waits.lines:
        return [html.P(f"Nothing unanswered{silenced}", className="strip-small")]
    asking = sum(line.asks for line in waits.lines)
    shown = [html.Span(f" ({MOST_LINES} shown)", className="waiting-shown")] if len(waits.lines) > MOST_LINES else []
    return [
        html.P([f"{asking} unanswered", *shown, silenced], className="strip-small"),
        html.Ul([_row(line) for line in waits.lines[:MOST_LINES]], className="waiting"),
    ]


def _row(line: Waiting) -> html.Li:
    chair = html.Span("chair ", className="visually-hidden")
    whose = html.Span(f" {line.nurse}", className="waiting-nurse")
    words = html.Span([chair, html.B(f"{line.label} · {line.words}"), whose], className="waiting-words")
    css = f"waiting-{TONES[line.priority]}" + (" waiting-escalated" if line.escalated else "")
    return html.Li(
        spaced([badge(line.priority), words, html.Span(since(line.since), className="waiting-time")]),
        className=css,
        key=f"{line.label}/{line.words}",
    )
