"""Heart rate and blood pressure of the day as two Plotly charts on the time axis of the day band.

The figures are plain dicts: building them through plotly's own classes takes longer than drawing the whole page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.baseline_words import baseline_word
from components.day_band import span
from components.trend_ground import baseline_line, labels, limit_bands, now_line, pauses, phases, time_axis
from components.trend_limits import Bands, bands
from components.trend_points import MUTED, Figure, heart_traces, last_label, ms, pressure_traces
from components.wording import clock_time
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus

FONT = {"family": '"Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif', "size": 15}
LABELS = 0.18
STILL: Figure = {
    "showlegend": False,
    "autosize": True,
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "dragmode": False,
    "hovermode": "closest",
    "font": FONT | {"color": MUTED},
    "hoverlabel": {"font": {"size": 15}},
}
"""No legend, no zoom, no mode bar: a chart is looked at, a tap on a point says value, time and who."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Its parameters, how far its axis reaches beyond the limits, and whether the hours stand below it."""

    parameters: tuple[str, ...]
    low: float
    high: float
    step: float
    hours: bool


HEART = Chart(("heart_rate",), 45, 140, 10, hours=False)
PRESSURES = Chart(("systolic", "diastolic"), 60, 195, 20, hours=True)


def heart_figure(status: ChairStatus, protocol: Protocol, staff: Mapping[str, str], zone: str) -> Figure:
    return _figure(HEART, status, protocol, heart_traces(status, staff, zone), _baseline(status, "heart_rate"), zone)


def pressure_figure(status: ChairStatus, protocol: Protocol, staff: Mapping[str, str], zone: str) -> Figure:
    return _figure(
        PRESSURES, status, protocol, pressure_traces(status, staff, zone), _baseline(status, "systolic"), zone
    )


def _baseline(status: ChairStatus, parameter: str) -> tuple[float | None, str]:
    """Its value and the word for where it comes from."""
    baseline = status.course_baseline
    if baseline is None:
        return None, "baseline"
    return getattr(baseline, parameter), baseline_word(status, baseline, parameter)


def _figure(
    chart: Chart,
    status: ChairStatus,
    protocol: Protocol,
    traces: list[Figure],
    baseline: tuple[float | None, str],
    zone: str,
) -> Figure:
    limits = bands(protocol, chart.parameters[0])
    empty = (status.planned_start, status.planned_start + protocol.durations.chair_stay)
    begins, ends = span(status.band) if status.band else empty
    # Room for the labels of the lines, where the day has no planned end.
    ends = max(ends, status.now + (status.now - begins) * LABELS) if status.is_open else ends
    low, high = _range(chart, status, limits)
    now = ms(status.now) if begins <= status.now <= ends else None
    tints = limit_bands(limits, low, high, to_the_foot=chart is HEART)
    under = [*tints, *phases(status), *baseline_line(baseline[0]), *now_line(now)]
    layout = STILL | {
        "shapes": under,
        "annotations": [
            *labels(limits, baseline, (low, high), now, clock_time(status.now, zone)),
            *last_label(status, chart.parameters[0], begins, ends),
        ],
        "xaxis": time_axis(begins, ends, zone, chart.hours),
        "yaxis": {"range": [low, high], "visible": False, "fixedrange": True},
        "margin": {"l": 8, "r": 8, "t": 26, "b": 24 if chart.hours else 8},
        "uirevision": status.infusion_day_id,
    }
    return {"data": [*pauses(status, low, high), *traces], "layout": layout}


def _range(chart: Chart, status: ChairStatus, limits: Bands) -> tuple[float, float]:
    """Every value is inside, also one far beyond the limits."""
    values = [v for s in status.sets for p in chart.parameters if (v := getattr(s, p)) is not None]
    top, bottom = limits.red_from or limits.amber_from or chart.high, limits.amber_to or chart.low
    low = min([chart.low, bottom, *(v - 8 for v in values)])
    return low, max([chart.high, top + chart.step, *(v + 8 for v in values)])
