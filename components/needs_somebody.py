"""What waits for somebody: red and under evaluation first, then overdue, then amber that no round will meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html

from components.card_prompt import is_red, reason_words
from components.countdown import COUNTDOWN, since, until
from components.icons import icon
from components.tone import tone
from models.clinical.status import ChairStatus, Level
from models.ward_status import ChairView

MOST_LINES = 3
REVIEW = "Doctor's review"


@dataclass(frozen=True, slots=True)
class Waiting:
    label: str
    level: Level
    words: str
    since: datetime | None = None
    until: datetime | None = None


def waiting(chairs: Sequence[ChairView]) -> list[Waiting]:
    found = [
        line for view in chairs if view.status is not None and (line := _line(view.label, view.status)) is not None
    ]
    return sorted(found, key=lambda line: (-line.level, line.words != "overdue"))


def _line(label: str, status: ChairStatus) -> Waiting | None:
    if is_red(status):
        opened = status.evaluation_opened_at
        reason = reason_words(status) or "evaluation open"
        return Waiting(label, Level.RED, reason, since=opened)
    if status.overdue_s > 0 and status.next_round_due_at is not None:
        return Waiting(label, Level.AMBER, "overdue", since=status.next_round_due_at)
    if status.review_due:
        asked = status.next_step.due_at if status.next_step.what == REVIEW else None
        return Waiting(label, Level.AMBER, "review due", since=asked)
    if status.bag_warning and status.bag_expires_at is not None:
        return Waiting(label, Level.AMBER, "bag expires", until=status.bag_expires_at)
    if status.past_forecast and status.forecast_end is not None:
        return Waiting(label, Level.AMBER, "past forecast", since=status.forecast_end)
    return None


def needs_somebody(lines: Sequence[Waiting]) -> list[html.P | html.Ul]:
    if not lines:
        return [html.P("Nothing overdue, nothing open", className="strip-small")]
    shown = lines if len(lines) <= MOST_LINES else lines[:MOST_LINES]
    more = f" · {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    return [
        html.P(f"{len(lines)} waiting{more}", className="strip-small"),
        html.Ul([_row(line) for line in shown], className="waiting"),
    ]


def _row(line: Waiting) -> html.Li:
    look = tone(line.level)
    level = html.Span(f"{look.word}, chair ", className="visually-hidden")
    words = html.Span([level, html.B(f"{line.label} · {line.words}")], className="waiting-words")
    return html.Li([icon(look.icon), words, *_time(line)], className=f"waiting-{look.css}")


def _time(line: Waiting) -> list[html.Span]:
    if line.since is not None:
        return [html.Span(since(line.since), className="waiting-time")]
    return [html.Span(until(line.until, COUNTDOWN), className="waiting-time")] if line.until is not None else []
