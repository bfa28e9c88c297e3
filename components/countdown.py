"""Text that ticks: spans whose text the browser writes from server time (assets/live.js), so a passing minute sends nothing."""

from __future__ import annotations

from datetime import datetime

from dash import html

from components.wording import epoch_ms

DURATION, COUNTDOWN, OVERDUE, AGE, SECONDS = "duration", "countdown", "overdue", "age", "mmss"
"""`1hr 05min`; `in 8min`, then `overdue 12min`; `12min` once past; `12min ago`; `12:34`."""


def until(at: datetime, form: str = DURATION, css: str = "") -> html.Span:
    return _ticking("data-until", at, form, css)


def since(at: datetime, form: str = DURATION, css: str = "") -> html.Span:
    return _ticking("data-since", at, form, css)


def _ticking(attribute: str, at: datetime, form: str, css: str) -> html.Span:
    """No role and no live region: a tick is never announced."""
    props: dict[str, str] = {attribute: epoch_ms(at), "data-form": form}
    return html.Span(className=css, **props) if css else html.Span(**props)
