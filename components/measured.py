"""A measured number with its unit beside it, never wrapped away; what was not measured is said and dashed."""

from __future__ import annotations

from components import html
from components.tone import tone
from models.clinical.findings import Level

NOT_MEASURED = "not measured"


def measured(number: str | None, unit: str, level: Level = Level.NORMAL, css: str = "") -> html.Span:
    if number is None:
        return html.Span(NOT_MEASURED, className=f"measured not-measured {css}".rstrip())
    look = f"tint-{tone(level).css}" if level > Level.NORMAL else ""
    classes = " ".join(part for part in ("measured", look, css) if part)
    return html.Span([html.B(number), " ", html.Span(unit, className="unit stays")], className=classes)
