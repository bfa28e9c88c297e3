"""The head of a debrief: which scenario, passed or not, points, the harms as sentences, the ways to keep it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.icons import icon
from components.training.debriefed import Debriefed, points_words
from components.wording import ward_date, weekday_date


def head_section(told: Debriefed) -> Component:
    scenario = told.player.scenario
    return html.Section(
        [
            html.H2("Result", id="result"),
            html.Div([_verdict(told), " ", _points(told)], className="verdict-line"),
            *([_harms(told)] if told.score.harms else []),
            html.Div(
                [
                    html.H3("To be learned", id="objectives"),
                    html.Ul([html.Li(one) for one in scenario.objectives], className="bullets"),
                ]
            ),
        ],
        className="debrief-result",
        **attributes(aria_labelledby="result"),
    )


def _verdict(told: Debriefed) -> Component:
    shape, words = ("tick", "Passed") if told.score.passed else ("cross", "Not passed")
    so_far = "" if told.is_over else " so far"
    return html.Strong([icon(shape), f" {words}{so_far}"], className="verdict")


def _points(told: Debriefed) -> Component:
    found = told.score
    asked = f"{points_words(found.points)} of {found.of} points, {found.percent:.0f} %"
    return html.Span([html.B(asked), f" · to pass: {found.pass_percent} % and no harm"])


def _harms(told: Debriefed) -> Component:
    said = [html.Li([icon("cross"), " ", harm if harm.endswith(".") else f"{harm}."]) for harm in told.score.harms]
    return html.Div(
        [html.H3("Harm to patients"), html.Ul(said)],
        className="harms",
    )


def under_title(told: Debriefed) -> str:
    """`Mon 16-Nov-2026 · 13:00 to 14:10 · Anna (Lindqvist), Ben (Okafor)`."""
    scenario = told.player.scenario
    day = weekday_date(ward_date(scenario.started_at, told.zone))
    hours = f"{told.clock(scenario.started_at)} to {told.clock(told.until)}"
    so_far = [] if told.is_over else [f"the scenario ends at {told.clock(scenario.ends_at)}"]
    people = ", ".join(told.named(learner) for learner in told.learners)
    return " · ".join([day, hours, *so_far, *([people] if people else [])])
