"""The marks: every expected action with what became of it, its points, by whom, and the facts they rest on."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.icons import icon
from components.training.debrief_table import debrief_table
from components.training.debriefed import Debriefed, anchor, points_words
from seed.score import Mark, Outcome

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    Outcome.DONE: ("tick", "Done"),
    Outcome.TOO_EARLY: ("chevron-left", "Too early"),
    Outcome.LATE: ("clock", "Late"),
    Outcome.MISSED: ("cross", "Missed"),
    Outcome.NOT_ASKED: ("dashed-circle", "Not asked"),
}
"""A shape and a word; no colour, which belongs to levels."""
HEADS = ("Outcome", "Expected", "Chair", "Until", "Done", "Points", "Rests on")
KEPT, BROKEN = ("tick", "Left undone, as expected"), ("cross", "Done, and should not have been")


def outcome(mark: Mark) -> Component:
    shape, word = OUTCOMES[mark.outcome]
    if mark.expected.never and mark.of:
        shape, word = KEPT if mark.outcome is Outcome.DONE else BROKEN
    return html.Span([icon(shape), " ", word], className=f"outcome outcome-{mark.outcome.replace(' ', '-')}")


def marks_section(told: Debriefed) -> Component:
    rows = [_row(told, mark) for mark in told.score.marks]
    table = debrief_table("marks-table", "Every expected action and its points", HEADS, rows, [_sum(told)])
    return html.Section([html.H2("Marks", id="marks"), table], **attributes(aria_labelledby="marks"))


def _row(told: Debriefed, mark: Mark) -> Component:
    harm = [html.Div(["Harm: ", mark.harm], className="mark-harm")] if mark.harm else []
    fact = told.done(mark)
    is_early = mark.outcome is Outcome.TOO_EARLY
    until, at = told.told_apart(mark.opens_at if is_early else mark.closes_at, mark.done_at)
    done: list[Component | str] = ["–"]
    if fact is not None:
        done = [html.B(at), f" {told.who(fact)}", *_told_at(told, mark)]
    points = f"{points_words(mark.points)} of {mark.of}" if mark.of else "–"
    return html.Tr(
        [
            html.Td(outcome(mark)),
            html.Th([mark.expected.words, *harm], scope="row"),
            html.Td(mark.expected.chair),
            html.Td(f"from {until}" if is_early else until),
            html.Td(done),
            html.Td(points, className="number"),
            html.Td([_link(told, mark.expected.chair, position) for position in mark.facts] or "–"),
        ],
        className=f"mark-{mark.outcome.replace(' ', '-')}",
        **attributes(data_chair=mark.expected.chair),
    )


def _told_at(told: Debriefed, mark: Mark) -> list[Component | str]:
    """Where it was recorded later than it is told to have been done."""
    if told.clock(mark.told_at) == told.clock(mark.done_at):
        return []
    return [" ", html.Span(f"told as {told.clock(mark.told_at)}", className="muted")]


def _link(told: Debriefed, chair: str, position: int) -> Component:
    """Leads to the fact in the time line."""
    fact = told.fact(chair, position)
    words = f"{told.clock(fact.happened_at)} {told.fact_words(fact)}"
    return html.A(words, href=f"#{anchor(chair, position)}", className="fact-link")


def _sum(told: Debriefed) -> Component:
    points = html.B(f"{points_words(told.score.points)} of {told.score.of}")
    return html.Tr([html.Th("Together", colSpan="5", scope="row"), html.Td(points, className="number"), html.Td("")])
