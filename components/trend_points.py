"""The sets of a day as traces of a chart: level by shape and colour, hollow when partial, crossed out when in error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from components.tone import PRESSURE, level_of
from components.wording import clock_time
from models.clinical.findings import Level, VitalSet
from models.clinical.status import ChairStatus

INK, MUTED, RULE, GROUND = "rgb(1,2,3)", "rgb(4,5,6)", "rgb(7,8,9)", "rgb(10,11,12)"
AMBER, RED = "rgb(255,176,0)", "rgb(165,16,31)"
AMBER_BAND, RED_BAND = "rgb(13,14,15)", "rgb(16,17,18)"
"""Stand-ins: chair.css turns each into the ward's light or dark token, so the same bytes serve every screen."""

Figure = dict[str, Any]


def ms(at: datetime) -> int:
    return (at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def heart_traces(status: ChairStatus, staff: Mapping[str, str], zone: str) -> list[Figure]:
    sets = [s for s in status.sets if s.heart_rate is not None]
    counting = [s for s in sets if s.struck is None]
    points = _points("heart rate", sets, "heart_rate", staff, zone, "heart_rate")
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [ms(s.happened_at) for s in counting],
        "y": [s.heart_rate for s in counting],
        "line": {"color": INK, "width": 2},
        "hoverinfo": "skip",
        "name": "line",
    }
    return [line, points, _typed("heart-rate")]


def pressure_traces(status: ChairStatus, staff: Mapping[str, str], zone: str) -> list[Figure]:
    sets = [s for s in status.sets if s.systolic is not None or s.diastolic is not None]
    counting = [s for s in sets if s.struck is None]
    bars = [
        _bars([s for s in counting if s.is_complete], INK, 3, "solid"),
        _bars([s for s in counting if not s.is_complete], INK, 2, "dot"),
    ]
    struck = [s for s in sets if s.struck is not None]
    bars.append(_bars(struck, MUTED, 2, "solid"))
    marked = [
        s
        for s in sets
        if _pressure_level(s) >= Level.AMBER
        or s.struck is not None
        or not s.is_complete
        or s.diastolic is None
        or s.systolic is None
    ]
    points = _points("marks", marked, "", staff, zone, *PRESSURE)
    hover = _points("pressure", [s for s in sets if s not in marked], "", staff, zone, *PRESSURE)
    hover["marker"] = {"size": 14, "opacity": 0, "color": INK}
    return [*bars, hover, points, _typed("pressure")]


def _bars(sets: Sequence[VitalSet], colour: str, width: int, dash: str) -> Figure:
    """One upright line per set with a cap at either end, broken between sets."""
    x: list[int | None] = []
    y: list[int | None] = []
    for s in sets:
        if s.systolic is not None and s.diastolic is not None:
            x += [ms(s.happened_at), ms(s.happened_at), None]
            y += [s.diastolic, s.systolic, None]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "name": "bars",
        "connectgaps": False,
        "line": {"color": colour, "width": width, "dash": dash},
        "marker": {"symbol": "line-ew", "size": 11, "color": colour, "line": {"color": colour, "width": 3}},
    }


def _pressure_level(vital_set: VitalSet) -> Level:
    return level_of(vital_set.findings, "systolic", "diastolic")


SHAPES: dict[Level, tuple[str, int]] = {
    Level.RED: ("octagon", 16),
    Level.AMBER: ("triangle-up", 15),
    Level.NORMAL: ("circle", 10),
    Level.NOT_MEASURED: ("circle", 10),
}


FILLS = {Level.RED: RED, Level.AMBER: AMBER}


def _points(
    name: str, sets: Sequence[VitalSet], parameter: str, staff: Mapping[str, str], zone: str, *parameters: str
) -> Figure:
    """One marker per set: level by shape and colour, hollow when partial, a cross when entered in error."""
    levels = [level_of(s.findings, *parameters) for s in sets]
    heights = [getattr(s, parameter) if parameter else _middle_or_top(s) for s in sets]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [ms(s.happened_at) for s in sets],
        "y": heights,
        "marker": {
            "opacity": 1,
            "symbol": [_symbol(s, level) for s, level in zip(sets, levels, strict=True)],
            "size": [SHAPES[level][1] for level in levels],
            "color": [_fill(s, level) for s, level in zip(sets, levels, strict=True)],
            "line": {"color": [MUTED if s.struck else INK for s in sets], "width": 2},
        },
        "text": [set_words(s, staff, zone) for s in sets],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _middle_or_top(s: VitalSet) -> float:
    if s.systolic is None or s.diastolic is None:
        return s.systolic if s.systolic is not None else s.diastolic or 0
    if s.struck is not None or _pressure_level(s) < Level.AMBER:
        return (s.systolic + s.diastolic) / 2
    return s.systolic


def _symbol(s: VitalSet, level: Level) -> str:
    return "x-thin" if s.struck is not None else SHAPES[level][0]


def _fill(s: VitalSet, level: Level) -> str:
    if s.is_complete or s.struck is not None:
        return FILLS.get(level, INK)
    return GROUND


def pressure_words(s: VitalSet) -> str:
    upper, lower = ("–" if v is None else str(v) for v in (s.systolic, s.diastolic))
    return f"{upper}/{lower}"


def set_words(s: VitalSet, staff: Mapping[str, str], zone: str) -> str:
    """What a tap on a point says: values, when, who, and why it does not count."""
    heart = "" if s.heart_rate is None else f"{s.heart_rate} /min · "
    pressure = "" if s.systolic is None and s.diastolic is None else f"{pressure_words(s)} mmHg · "
    more = "" if s.is_complete else " · partial"
    struck = f" · entered in error: {s.struck}" if s.struck is not None else ""
    word = f" · {s.level.word}" if s.level >= Level.AMBER else ""
    when = f"{clock_time(s.happened_at, zone)} {staff.get(s.recorded_by, s.recorded_by)}"
    return f"{heart}{pressure}{when}{word}{more}{struck}"


def last_label(status: ChairStatus, parameter: str, begins: datetime, ends: datetime) -> list[Figure]:
    """The newest value stands above its point."""
    counting = [s for s in status.sets if s.struck is None and getattr(s, parameter) is not None][-1:]
    words = pressure_words if parameter == "systolic" else heart_words
    return [
        {
            "text": f"<b>{words(s)}</b>",
            "x": ms(s.happened_at),
            "y": getattr(s, parameter),
            "xanchor": _anchor((s.happened_at - begins) / (ends - begins)),
            "yshift": 17,
            "showarrow": False,
            "font": {"size": 15, "color": INK},
        }
        for s in counting
    ]


def _anchor(place: float) -> str:
    """A label at either end of the day stays inside the chart."""
    return "left" if place < 1 / 16 else "right" if place > 15 / 16 else "center"


def heart_words(s: VitalSet) -> str:
    return str(s.heart_rate)


def _typed(name: str) -> Figure:
    """Empty; the browser puts what is being typed here, dashed, at *now*."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [],
        "y": [],
        "name": f"typed {name}",
        "hoverinfo": "skip",
        "line": {"color": INK, "width": 2, "dash": "dot"},
        "marker": {"symbol": "circle-open-dot", "size": 13, "color": INK, "line": {"width": 2}},
    }
