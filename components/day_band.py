"""The day of one chair as a band: hour one, infusion with its pauses, observation, and now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash.development.base_component import Component

from components import html
from components.wording import clock_time, duration, epoch_ms
from models.clinical.status import ChairStatus, Segment

NAMES = {"pre-medication": "hour one", "running": "infusion", "paused": "", "stopped": "", "observation": "observation"}
ROOM_FOR_A_NAME = 7.0
"""Percent of the band that the name of a phase takes."""
CLOSEST_LABELS = 9.0
"""Percent of the band two times below it must be apart; the later one is left out."""
A_LETTER = 0.66
"""Percent of the band that a letter below it takes on the narrowest tablet."""


def day_band(status: ChairStatus, zone: str) -> list[Component]:
    """Two copies of the same band: the planned one, and the done one, cut at *now* by the browser (`--now`)."""
    if not status.band:
        return [html.Div(className="band-track band-empty")]
    begins, ends = span(status.band)
    window: dict[str, Any] = {"data-begins": epoch_ms(begins), "data-ends": epoch_ms(ends)}
    return [
        html.Div(
            [
                html.Div(_parts(status.band, begins, ends, "ahead"), className="band-track band-ahead"),
                html.Div(_parts(status.band, begins, ends, "done"), className="band-track band-done"),
                html.Div(className="band-now"),
                html.Div(
                    [*_labels(status, zone, begins, ends), html.B("now", className="band-now-word")],
                    className="band-labels",
                ),
            ],
            className="band",
            role="img",
            **{"aria-label": band_words(status, zone), **window},
        )
    ]


def span(band: Sequence[Segment]) -> tuple[datetime, datetime]:
    return min(s.begins for s in band), max(s.ends for s in band)


def share(at: datetime, begins: datetime, ends: datetime) -> float:
    """Where `at` lies, in percent of the band."""
    whole = (ends - begins).total_seconds()
    return round(100 * (at - begins).total_seconds() / whole, 3) if whole else 0.0


def _parts(band: Sequence[Segment], begins: datetime, ends: datetime, copy: str) -> list[Component]:
    """Every stretch; each phase is named once, in the first that has room for its word."""
    named: dict[str, Segment] = {}
    for part in sorted(band, key=lambda s: s.ends - s.begins):
        named[part.kind] = part
    for part in reversed(band):
        if share(part.ends, begins, ends) - share(part.begins, begins, ends) >= ROOM_FOR_A_NAME:
            named[part.kind] = part
    parts: list[Component] = []
    for part in band:
        left = share(part.begins, begins, ends)
        words = NAMES[part.kind] if part is named[part.kind] else ""
        parts.append(
            html.Div(
                html.Span(words) if words else None,
                className=f"band-part band-{part.kind}",
                style={"left": f"{left}%", "width": f"{share(part.ends, begins, ends) - left}%"},
                key=f"{copy}-{part.kind}-{epoch_ms(part.begins)}",
            )
        )
    return parts


def _labels(status: ChairStatus, zone: str, begins: datetime, ends: datetime) -> list[Component]:
    kept: list[Component] = []
    newest = -CLOSEST_LABELS
    now = share(status.now, begins, ends)
    places = label_places(status, zone)
    last = 100 - A_LETTER * len(places[-1][1])
    for at, words, css in places:
        place = share(at, begins, ends)
        under_now = not css and place - 3 < now < place + CLOSEST_LABELS
        meets_the_end = place + A_LETTER * len(words) > last
        if css != "band-end" and (under_now or place - newest < CLOSEST_LABELS or meets_the_end):
            continue
        newest = place
        kept.append(
            html.Span(words, className=f"band-label {css}".rstrip(), style={} if css else {"left": f"{place}%"})
        )
    return kept


def label_places(status: ChairStatus, zone: str) -> list[tuple[datetime, str, str]]:
    """When, what is written below the band there, and the class that anchors it."""
    band = status.band
    made = [(band[0].begins, clock_time(band[0].begins, zone), "band-begin")]
    if status.infusion_started_at:
        made.append((status.infusion_started_at, f"{clock_time(status.infusion_started_at, zone)} started", ""))
    for part in band:
        if part.kind in ("paused", "stopped") and not part.planned:
            made.append((part.begins, f"{clock_time(part.begins, zone)} {part.kind}{_length(part, status)}", ""))
        if part.kind == "observation":
            word = "ends" if part.planned and status.drug_ended_at is None else "ended"
            made.append((part.begins, f"{clock_time(part.begins, zone)} {word}", ""))
    free = f"{clock_time(status.free_at, zone)} free" if status.free_at else "free: not known"
    made.append((band[-1].ends, "" if status.closed_at else free, "band-end"))
    return made


def _length(part: Segment, status: ChairStatus) -> str:
    """Of one that is over; how long an open one lasts is told by the timer below, which ticks."""
    if part.ends >= status.now:
        return ""
    return f" {duration((part.ends - part.begins).total_seconds())}"


def band_words(status: ChairStatus, zone: str) -> str:
    """The band read aloud."""
    stretches = [
        f"{NAMES[s.kind] or s.kind} {clock_time(s.begins, zone)} to {clock_time(s.ends, zone)}"
        + ", planned" * s.planned
        for s in status.band
    ]
    return "The day: " + "; ".join(stretches)
