"""The phase line of a card: what runs, and the large time that belongs to it."""

from __future__ import annotations

from datetime import datetime

from components import html
from components.card_prompt import Words, either
from components.countdown import since, until
from components.wording import clock_time, narrow_phase_words, phase_words
from models.clinical.status import ChairStatus, InfusionState, Phase

LONGEST_REASON = 8
"""A longer reason for a pause stands in the foot of the card; on a narrow card any reason does."""


def card_phase(status: ChairStatus, zone: str) -> html.Div:
    if status.state is InfusionState.PAUSED and status.paused_at is not None and not status.evaluation_open:
        return _paused(status, status.paused_at, zone)
    words = phase_words(status)
    shown = [words] if narrow_phase_words(words) == words else either([words], [narrow_phase_words(words)])
    time = html.Span(list(_time(status, zone)), className="phase-time")
    return html.Div([html.Span(shown, className="phase-words"), " ", time], className="phase")


def _time(status: ChairStatus, zone: str) -> Words:
    if status.phase is Phase.EXPECTED:
        return [html.B(clock_time(status.planned_start, zone))]
    if status.evaluation_open and status.state is InfusionState.STOPPED:
        return _gone(status.evaluation_opened_at)
    if status.phase is Phase.PRE_MEDICATION:
        return _hour_one(status, zone)
    if status.phase is Phase.INFUSION:
        return _left(status.forecast_end, status)
    if status.ready:
        return _since_clock(status.ready_since, zone)
    if status.extended:
        return _gone(status.extended_since, "+")
    return _left(status.observation_ends_at, status)


def _hour_one(status: ChairStatus, zone: str) -> Words:
    if status.hour_one_began_at is None or status.may_start_at is None:
        return [*_gone(status.arrived_at), " ", _unit("waiting")]
    if status.may_start_at > status.now:
        return _left(status.may_start_at, status)
    return _since_clock(status.may_start_at, zone)


def _left(ends: datetime | None, status: ChairStatus) -> Words:
    """Time left; beyond the end, the time since with a plus."""
    if ends is None:
        return []
    if ends <= status.now:
        return _gone(ends, "+")
    return [html.B(until(ends)), " ", _unit("left")]


def _gone(began: datetime | None, sign: str = "") -> Words:
    return [html.B([sign, since(began)] if sign else since(began))] if began else []


def _since_clock(at: datetime | None, zone: str) -> Words:
    return [_unit("since"), " ", html.B(clock_time(at, zone))] if at else []


def _unit(word: str) -> html.Span:
    return html.Span(word, className=f"unit stays {word}")


def _paused(status: ChairStatus, paused_at: datetime, zone: str) -> html.Div:
    """`Paused 32min · resume by 14:55 · rash`; what is last falls away first where there is no room.

    A time to resume that has passed is said in words: the rest no longer fits before the bag expires.
    """
    line: list[html.Span] = [html.Span(["Paused ", html.B(since(paused_at))], className="phase-words")]
    if status.resume_by is not None and status.resume_by < status.now:
        late = either([" · rest no longer fits"], [" · no longer fits"])
        line.append(html.Span(late, className="resume-by amber-words"))
    elif status.resume_by is not None:
        clock = html.B(clock_time(status.resume_by, zone))
        line.append(html.Span(either([" · resume by ", clock], [" · by ", clock]), className="resume-by"))
    if status.pause_reason and len(status.pause_reason) <= LONGEST_REASON:
        line.append(html.Span(f" · {status.pause_reason}", className="pause-reason wide"))
    return html.Div(line, className="phase phase-paused")
