"""Times per chair: when it became abnormal, was recognised, held and called about, rounds, alerts."""

from __future__ import annotations

from datetime import datetime, timedelta

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.training.debrief_table import debrief_table
from components.training.debriefed import Debriefed, length_words
from seed.chair_times import ChairTimes

HEADS = ("Chair", "Abnormal", "Red", "Recognised", "Held", "Called", "Rounds overdue", "of them missed",
         "Alerts sounded", "of them answered", "of them escalated")  # fmt: skip
EXPLAINED = (
    "Abnormal, red: when a set would first have shown it. Recognised: the first amber or red set, or a symptom that is "
    "new or worse, counted from abnormal. Held: STOP or a pause, counted from red, or from abnormal where it never "
    "was red. Called: somebody was called, or a doctor came, counted from abnormal. An entry counts from a minute "
    "before it was recorded, or when it is told to have been done if that is later. Missed: overdue until escalated."
)


def times_section(told: Debriefed) -> Component:
    table = debrief_table("times-table", "Times by chair", HEADS, [_row(told, one) for one in told.score.times])
    return html.Section(
        [html.H2("Times", id="times"), table, html.P(EXPLAINED, className="muted")],
        **attributes(aria_labelledby="times"),
    )


def _row(told: Debriefed, one: ChairTimes) -> Component:
    was_abnormal, was_red = one.abnormal_at is not None, one.red_at is not None
    patient = next(chair.patient for chair in told.player.scenario.chairs if chair.chair == one.chair)
    named = f"{patient.family_name.upper()}, {patient.given_name}"
    cells = [
        _cell(told.clock(one.abnormal_at) if was_abnormal else "never"),
        _cell(told.clock(one.red_at) if was_red else "never"),
        _reached(told, one.recognised_at, one.to_recognise, was_abnormal),
        _reached(told, one.held_at, one.to_hold, was_red),
        _reached(told, one.called_at, one.to_call, was_red),
        *(_number(figure) for figure in (one.rounds_overdue, one.rounds_missed)),
        *(_number(figure) for figure in (one.alerts_sounded, one.alerts_answered, one.alerts_escalated)),
    ]
    head = html.Th([html.B(one.chair), " ", html.Span(named, className="patient")], scope="row")
    return html.Tr([head, *cells], **attributes(data_chair=one.chair))


def _cell(words: str) -> Component:
    return html.Td(words, className="muted" if words in ("never", "–") else None)


def _reached(told: Debriefed, at: datetime | None, length: timedelta | None, was_needed: bool) -> Component:
    """`11:50 after 16min`; *nobody* where it should have been."""
    if at is None:
        return html.Td(html.B("nobody")) if was_needed else _cell("–")
    after = f" after {length_words(length)}" if length is not None else ""
    return html.Td([html.B(told.clock(at)), html.Span(after, className="after")])


def _number(figure: int) -> Component:
    return html.Td(str(figure), className="number muted" if figure == 0 else "number")
