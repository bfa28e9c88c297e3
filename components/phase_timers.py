"""The timers of a chair: what is left, when it ends, how much has run, at which rate, and how long the bag keeps."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.card_prompt import to_do
from components.countdown import AGE, DURATION, since, until
from components.wording import clock_time, epoch_ms, number_words
from models.clinical.status import ChairStatus, InfusionState, Phase

Line = list[Component | str]
LONG = ("Paused ", "Observed ")
"""Begin a line that grows for hours: it is set smaller, so that no number is ever cut."""


def phase_timers(status: ChairStatus, zone: str) -> list[Component]:
    """Two lines each on the left and the right; the largest number is the time left."""
    large, under, right, right_under = _corners(status, zone)
    css = "timer-large timer-long" if large[0] in LONG else "timer-large"
    return [
        html.Div([html.Div(large, className=css), html.Div(under, className="timer-under")], className="timer-main"),
        html.Div(
            [html.Div(right, className="timer-right"), html.Div(right_under, className="timer-right")],
            className="timer-side",
        ),
    ]


def _corners(status: ChairStatus, zone: str) -> tuple[Line, Line, Line, Line]:
    if status.phase is Phase.PRE_MEDICATION:
        return _hour_one(status, zone)
    if status.phase is Phase.INFUSION:
        return _infusion(status, zone)
    if status.phase is Phase.OBSERVATION:
        return _observation(status, zone)
    if status.phase is Phase.EXPECTED:
        return ["Expected ", clock_time(status.planned_start, zone)], ["not arrived yet"], [], []
    closed = clock_time(status.closed_at, zone) if status.closed_at else ""
    return [f"{status.phase.value.capitalize()} {closed}"], _given(status), [], []


def _hour_one(status: ChairStatus, zone: str) -> tuple[Line, Line, Line, Line]:
    arrived: Line = ["arrived ", html.B(clock_time(status.arrived_at, zone))] if status.arrived_at else []
    if status.may_start_at is None:
        return ["Hour one"], ["medicine not given yet"], arrived, _bag(status, zone)
    if status.may_start_at <= status.now:
        missing = to_do(status)
        words = f"Late – {missing} to do" if missing else "May start"
        return [words], ["hour one is over ", since(status.may_start_at, AGE)], arrived, _bag(status, zone)
    begun: Line = ["medicine ", html.B(clock_time(status.hour_one_began_at, zone))] if status.hour_one_began_at else []
    left: Line = [until(status.may_start_at, DURATION), " of hour one"]
    return left, begun, ["may start ", html.B(clock_time(status.may_start_at, zone))], _bag(status, zone)


def _infusion(status: ChairStatus, zone: str) -> tuple[Line, Line, Line, Line]:
    rate_and_bag: Line = [*_rate(status), *([" · "] if status.bag_expires_at else []), *_bag(status, zone)]
    if status.state is InfusionState.PAUSED and status.paused_at is not None:
        return (
            ["Paused ", since(status.paused_at, DURATION)],
            [*_given(status), f" · {status.pause_reason}"],
            _resume_by(status, zone),
            rate_and_bag,
        )
    if status.forecast_end is None:
        return ["Infusion"], _given(status), ["end not known"], rate_and_bag
    if status.past_forecast or status.forecast_end <= status.now:
        over: Line = ["Over ", since(status.forecast_end, DURATION)]
        return over, _given(status), ["end expected ", html.B(clock_time(status.forecast_end, zone))], rate_and_bag
    left: Line = [until(status.forecast_end, DURATION), " left"]
    return left, _given(status), ["ends ", html.B(clock_time(status.forecast_end, zone))], rate_and_bag


def _resume_by(status: ChairStatus, zone: str) -> Line:
    if status.resume_by is None:
        return ["end not known"]
    if status.resume_by < status.now:
        return [html.Span("rest no longer fits", className="amber-words")]
    return ["resume by ", html.B(clock_time(status.resume_by, zone))]


def _observation(status: ChairStatus, zone: str) -> tuple[Line, Line, Line, Line]:
    ended: Line = []
    if status.drug_ended_at:
        words = "stopped " if status.state is InfusionState.STOPPED else "infusion ended "
        ended = [words, html.B(clock_time(status.drug_ended_at, zone))]
    if status.evaluation_open:
        return ["Stopped"], _given(status), ["evaluation open"], ["chair free: not known"]
    if status.extended or status.observation_ends_at is None:
        why: Line = [status.extended_reasons[0].partition(" (")[0]] if status.extended_reasons else _given(status)
        return ["Extended"], why, ended, ["chair free: not known"]
    free: Line = ["free ", html.B(clock_time(status.free_at, zone))] if status.free_at else []
    if status.observation_ends_at <= status.now:
        return ["Observed ", since(status.drug_ended_at or status.now, DURATION)], _given(status), ended, free
    return [until(status.observation_ends_at, DURATION), " left"], _given(status), ended, free


def _given(status: ChairStatus) -> Line:
    given = html.B(number_words(status.volume_given_ml), **_flow(status))
    slowed = " · slowed" if status.slowed and status.state is InfusionState.RUNNING else ""
    return [given, f" of {number_words(status.volume_ml)} mL{slowed}"]


def _flow(status: ChairStatus) -> dict[str, Any]:
    """What the browser needs to let the volume grow between two changes; nothing grows unless the drug runs."""
    runs = status.state is InfusionState.RUNNING and not status.evaluation_open
    return attributes(
        data_since=epoch_ms(status.now),
        data_form="volume",
        data_base=str(status.volume_given_ml),
        data_rate=str(status.rate_ml_per_hour or 0) if runs else "0",
        data_max=str(status.volume_ml),
    )


def _rate(status: ChairStatus) -> Line:
    if status.rate_ml_per_hour is None:
        return []
    return [html.B(number_words(status.rate_ml_per_hour, 1)), html.Small(" mL/h")]


def _bag(status: ChairStatus, zone: str) -> Line:
    if status.bag_expires_at is None:
        return ["no bag yet"] if status.phase is Phase.PRE_MEDICATION else []
    css = "amber-words" if status.bag_warning else ""
    return [
        html.Span(
            ["bag until ", html.B(clock_time(status.bag_expires_at, zone))], className=css, title=status.bag_warning
        )
    ]
