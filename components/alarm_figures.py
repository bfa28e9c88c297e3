"""The figures of the alarms page: alerts by priority and by kind, how long answers took, what repeats said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.wording import clock_time

if TYPE_CHECKING:
    from models.alarm_statistics import AlarmStatistics
    from models.clinical.alert_history import KindLoad, Load, Pairs

HEADS = ("Raised", "Heard", "An hour", "Answered", "Half within", "90 % within", "Escalated", "Raised again")
"""*Heard* waited for an answer; what its recorder saw while saving is silent. *An hour* is of one chair."""


def alarm_figures(told: AlarmStatistics, period: str, zone: str) -> Component:
    head = html.P(_summary(told, period, zone), className="alarm-summary")
    if not told.kinds:
        return html.Div([head, html.P("No alerts in this period.", className="alarm-none")])
    by_priority = [_row(f"{one.priority.mark} {one.priority.word}", one) for one in told.load]
    most = max(one.raised for one in told.kinds)
    by_kind = [_row(_kind(one), one, bar=one.raised / most) for one in told.kinds]
    return html.Div(
        [
            head,
            _table("By priority", "Priority", by_priority),
            _table("By kind", "Kind", by_kind),
            html.P(_pairs(told.pairs), className="alarm-pairs"),
            html.P(
                "Heard: it waited for an answer and sounded. An amber set is seen by whoever saves it, in silence. "
                "Half within, 90 % within: time from sound to the first answer.",
                className="muted",
            ),
        ]
    )


def _summary(told: AlarmStatistics, period: str, zone: str) -> str:
    heard = sum(one.sounded for one in told.load)
    each = f", {heard / told.chair_hours:.2f} in an hour of one chair" if told.chair_hours else ""
    patients = f"{len(told.days)} infusion day{'' if len(told.days) == 1 else 's'}"
    hours = f"{told.chair_hours:.1f} chair-hours"
    return f"{period}, until {clock_time(told.until, zone)}: {patients}, {hours}. {heard} alerts heard{each}."


def _kind(one: KindLoad) -> str:
    return f"{one.priority.mark} {one.what.capitalize()}"


def _pairs(told: Pairs) -> str:
    if not told.asked:
        return "No first reading asked for a repeat that would make it red."
    waiting = told.asked - told.confirmed - told.artefact
    still = f", {waiting} still asked for" if waiting else ""
    return (
        f"First readings that would be red if they held: {told.asked}. Confirmed by the repeat: {told.confirmed}, "
        f"an artefact: {told.artefact}{still}."
    )


def _table(words: str, first: str, rows: Sequence[Component]) -> Component:
    heads = [html.Th(first, scope="col"), *(html.Th(head, scope="col", className="number") for head in HEADS)]
    table = html.Table([html.Caption(words), html.Thead(html.Tr(heads)), html.Tbody(rows)], className="alarm-table")
    return html.Div(
        table, className="alarm-scroll", role="region", tabIndex="0", **attributes(aria_label=f"Alerts {words.lower()}")
    )


def _row(words: str, load: Load, bar: float | None = None) -> Component:
    drawn = [] if bar is None else [html.Span("", className="alarm-bar", style={"width": f"{100 * bar:.0f}%"})]
    figures = (
        str(load.raised),
        str(load.sounded),
        f"{load.per_chair_hour:.2f}",
        str(load.answered),
        answer_time(load.median_answer_s),
        answer_time(load.p90_answer_s),
        str(load.escalated),
        str(load.raised_again),
    )
    cells = [html.Td(figure, className="number") for figure in figures]
    return html.Tr([html.Th([html.Span(words), *drawn], scope="row"), *cells])


def answer_time(seconds: float | None) -> str:
    """Seconds up to two minutes, then whole minutes; a dash where nothing was answered."""
    if seconds is None:
        return "–"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
