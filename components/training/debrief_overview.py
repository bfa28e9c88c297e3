"""Every learner of a room in one table, where each has the same patient in a ward of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.icons import icon
from components.training.debrief_table import debrief_table
from components.training.debriefed import Debriefed, length_words, longest, points_words
from seed.score import ChairTimes

HEADS = ("Learner", "Result", "Points", "To recognise", "To hold", "To call", "Rounds missed")


def overview_section(plays: Mapping[int, Debriefed], shown: int, address: str) -> Component:
    """`address` is the debrief's own; a learner's name leads to theirs."""
    rows = [_row(number, told, number == shown, address) for number, told in plays.items()]
    table = debrief_table("overview-table", "Every learner", HEADS, rows)
    below = html.P(["Shown below: ", html.B(named(plays[shown], shown))])
    return html.Section([html.H2("Learners", id="learners"), table, below], **attributes(aria_labelledby="learners"))


def named(told: Debriefed, number: int) -> str:
    return ", ".join(told.learners.values()) or f"Ward {number}"


def _row(number: int, told: Debriefed, is_shown: bool, address: str) -> Component:
    found = told.score
    shape, words = ("tick", "Passed") if found.passed else ("cross", "Not passed")
    current = attributes(aria_current="page") if is_shown else {}
    name = html.A(named(told, number), href=f"{address}?play={number}", className="fact-link", **current)
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td([icon(shape), f" {words}"]),
            html.Td(f"{points_words(found.points)} of {found.of}", className="number"),
            _time(told, lambda one: one.to_recognise, lambda one: one.abnormal_at is not None),
            _time(told, lambda one: one.to_hold, lambda one: one.red_at is not None),
            _time(told, lambda one: one.to_call, lambda one: one.red_at is not None),
            html.Td(str(sum(one.rounds_missed for one in found.times)), className="number"),
        ],
        className="here" if is_shown else None,
    )


def _time(
    told: Debriefed, length: Callable[[ChairTimes], timedelta | None], is_needed: Callable[[ChairTimes], bool]
) -> Component:
    """The longest of the chairs; *nobody* where it was left undone at one that needed it."""
    times = told.score.times
    if any(is_needed(one) and length(one) is None for one in times):
        return html.Td(html.B("nobody"))
    found = longest([length(one) for one in times])
    return html.Td("–" if found is None else length_words(found))
