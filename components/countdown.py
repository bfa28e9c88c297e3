"""Text that ticks: empty spans the browser fills from server time, so a passing minute sends nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from components import html
from components.attributes import attributes
from components.wording import epoch_ms

DURATION, COUNTDOWN, OVERDUE, AGE, SECONDS = "duration", "countdown", "overdue", "age", "mmss"
"""`1hr 05min`; `in 8min`, then `overdue 12min`; `12min` once past; `12min ago`; `12:34`."""


def until(at: datetime, form: str = DURATION, css: str = "") -> html.Span:
    return _ticking(attributes(data_until=epoch_ms(at), data_form=form), css)


def since(at: datetime, form: str = DURATION, css: str = "") -> html.Span:
    return _ticking(attributes(data_since=epoch_ms(at), data_form=form), css)


def _ticking(marks: dict[str, Any], css: str) -> html.Span:
    """No role and no live region: a tick is never announced."""
    return html.Span(className=css, **marks) if css else html.Span(**marks)
