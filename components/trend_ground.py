"""What lies under the points of a chart: limit bands, baseline, phases, pauses, the hours and *now*."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from components.trend_limits import Bands
from components.trend_points import AMBER_BAND, INK, MUTED, RED_BAND, RULE, Figure, ms
from components.wording import clock_time, in_ward
from models.clinical.status import ChairStatus


def time_axis(begins: datetime, ends: datetime, zone: str, words: bool) -> Figure:
    first = in_ward(begins, zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC) + timedelta(hours=1)
    step = timedelta(hours=1 if ends - begins <= timedelta(hours=9) else 2)
    hours: list[datetime] = []
    while first < ends and len(hours) < 48:
        hours.append(first)
        first += step
    return {
        "range": [ms(begins), ms(ends)],
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": RULE,
        "gridwidth": 2,
        "zeroline": False,
        "tickvals": [ms(h) for h in hours],
        "ticktext": [clock_time(h, zone) for h in hours],
        "showticklabels": words,
        "tickfont": {"size": 15, "color": MUTED},
        "layer": "below traces",
        "ticks": "",
    }


def limit_bands(limits: Bands, low: float, high: float, *, to_the_foot: bool) -> list[Figure]:
    """Faint tints; below the systolic limits the diastolic values live, so there the red one is not drawn."""
    stretches = [
        (limits.red_from, high, RED_BAND),
        (limits.amber_from, high if limits.red_from is None else limits.red_from, AMBER_BAND),
        (low if limits.red_to is None else limits.red_to, limits.amber_to, AMBER_BAND),
        (low if to_the_foot else None, limits.red_to, RED_BAND),
    ]
    return [
        _tint(max(foot, low), min(top, high), colour)
        for foot, top, colour in stretches
        if foot is not None and top is not None and max(foot, low) < min(top, high)
    ]


def _tint(foot: float, top: float, colour: str) -> Figure:
    across = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": foot, "y1": top}
    return across | {"fillcolor": colour, "line": {"width": 0}, "layer": "below"}


def phases(status: ChairStatus) -> list[Figure]:
    ends = [at for at in (status.infusion_started_at, status.drug_ended_at or status.forecast_end) if at is not None]
    return [
        {
            "type": "line",
            "xref": "x",
            "x0": ms(at),
            "x1": ms(at),
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": MUTED, "width": 1, "dash": "dot"},
            "layer": "below",
        }
        for at in ends
    ]


def pauses(status: ChairStatus, low: float, high: float) -> list[Figure]:
    return [
        _hatched(ms(s.begins), ms(s.ends), low, high)
        for s in status.band
        if s.kind in ("paused", "stopped") and not s.planned
    ]


def _hatched(begins: int, ends: int, low: float, high: float) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [begins, ends, ends, begins, begins],
        "y": [low, low, high, high, low],
        "fill": "toself",
        "line": {"width": 0},
        "fillcolor": "rgba(0,0,0,0)",
        "fillpattern": {"shape": "/", "fgcolor": "#7b8794", "size": 8, "solidity": 0.25},
        "hoverinfo": "skip",
        "name": "pause",
    }


def baseline_line(value: float | None) -> list[Figure]:
    if value is None:
        return []
    line = {"color": INK, "width": 1.5, "dash": "6px,4px"}
    return [
        {
            "type": "line",
            "name": "baseline",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "yref": "y",
            "y0": value,
            "y1": value,
            "line": line,
            "layer": "below",
        }
    ]


def labels(
    limits: Bands, baseline: tuple[float | None, str], window: tuple[float, float], now: int | None, clock: str
) -> list[Figure]:
    """Each line says what it is, at its end; *now* stands above its own."""
    value, word = baseline
    lines = [(limits.red_from, "red"), (limits.amber_from, "amber"), (value, word)]
    low, high = window
    made = [_label(at, words, word) for at, words in _apart(lines, (high - low) / 7)]
    if now is not None:
        above = {"xref": "x", "x": now, "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
        made.append({"name": "now", "text": f"<b>now {clock}</b>", **above, "font": {"size": 15, "color": INK}})
    return made


def _label(value: float, words: str, baseline: str) -> Figure:
    return {
        "text": f"{words} {value:g}",
        "xref": "paper",
        "x": 1,
        "xanchor": "right",
        "yref": "y",
        "y": value,
        "yanchor": "top" if words == baseline else "middle",
        "showarrow": False,
        "font": {"size": 15, "color": MUTED},
    }


def _apart(lines: Iterable[tuple[float | None, str]], least: float) -> list[tuple[float, str]]:
    """Labels that would lie on one another give way, the later to the earlier."""
    kept: list[tuple[float, str]] = []
    for value, words in lines:
        if value is not None and all(abs(value - other) >= least for other, _ in kept):
            kept.append((value, words))
    return kept


def now_line(now: int | None) -> list[Figure]:
    """The browser moves it on as time passes."""
    if now is None:
        return []
    line = {"color": INK, "width": 3}
    return [
        {
            "type": "line",
            "name": "now",
            "xref": "x",
            "x0": now,
            "x1": now,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": line,
        }
    ]
