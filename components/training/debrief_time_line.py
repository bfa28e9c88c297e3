"""The time line in three lanes: what happened, was expected, was done, minute by minute and chair by chair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.alert_words import badge
from components.attributes import attributes
from components.icons import icon
from components.tone import tone
from components.training.debrief_marks import outcome
from components.training.debrief_table import debrief_table
from components.training.debriefed import Debriefed, anchor
from models.clinical.alert import Priority
from models.clinical.facts import Fact, SymptomReported, VitalSignsRecorded
from models.clinical.findings import Level
from seed.branches import acted_at
from seed.moments import Heard
from seed.score import Mark
from seed.time_line import TimeLineRow

HEADS = ("Time", "Chair", "Happened", "Expected", "Done")
LANES = ("happened", "expected", "done")
LANE_OF = {"expected": "expected", "done": "done", "refused": "done"}
"""Of the kinds of rows; all others happened."""
SAID = {
    "note": "Trainer",
    "trainer": "Trainer",
    "patient": "Patient",
    "ward": "Ward",
    "branch": "Turn",
    "harm": "Harm",
    "refused": "Refused",
}
LEVELS = {level.word: level for level in (Level.AMBER, Level.RED)}


def time_line_section(told: Debriefed) -> Component:
    rows = [_minute(told, list(rows)) for _, rows in groupby(told.rows, lambda row: (told.minute(row.at), row.chair))]
    table = debrief_table("time-line", "What happened, what was expected, what was done", HEADS, rows)
    head = html.Div([html.H2("Time line", id="time-line"), _filters(told)], className="debrief-section-head")
    return html.Section([head, table], **attributes(aria_labelledby="time-line"))


# ---- filters ---------------------------------------------------------------------------------------------------------


def _filters(told: Debriefed) -> Component:
    chairs = [(chair.chair, f"Chair {chair.chair}") for chair in told.player.scenario.chairs]
    shown = html.Span(f"{len(told.rows)} entries", className="muted", role="status", **attributes(data_shown=""))
    return html.Div(
        [_filter("chair", "Chair", "All chairs", chairs), _filter("by", "By", "Everybody", _people(told)), shown],
        className="debrief-filters",
    )


def _people(told: Debriefed) -> list[tuple[str, str]]:
    """Learners first, then whoever else did something."""
    facts = [told.fact(row.chair, row.position) for row in told.rows if row.position is not None]
    learners = {learner.id: told.named(learner) for learner in told.learners}
    others = {told.by(fact): told.who(fact) for fact in facts if told.by(fact)}
    return list((learners | dict(sorted(others.items()))).items())


def _filter(name: str, words: str, everything: str, choices: Sequence[tuple[str, str]]) -> Component:
    options = [html.Option(everything, value=""), *(html.Option(said, value=value) for value, said in choices)]
    return html.Label([html.Span(words), html.Select(options, **attributes(data_filter=name))], className="no-print")


# ---- rows ------------------------------------------------------------------------------------------------------------


def _minute(told: Debriefed, rows: list[TimeLineRow]) -> Component:
    first = rows[0]
    lanes: dict[str, list[Component]] = {lane: [] for lane in LANES}
    for row in rows:
        lane, shown = _entry(told, row)
        lanes[lane].append(shown)
    minute = str(told.minute(first.at))
    time = html.Button(told.clock(first.at), type="button", **attributes(data_moment=minute))
    return html.Tr(
        [
            html.Th(time, scope="row"),
            html.Td(first.chair, className="number"),
            *(html.Td(html.Ul(lanes[lane]) if lanes[lane] else "", className=f"lane-{lane}") for lane in LANES),
        ],
        **attributes(data_chair=first.chair, data_minute=minute),
    )


def _entry(told: Debriefed, row: TimeLineRow) -> tuple[str, Component]:
    if row.position is not None:
        return _fact(told, row.chair, told.fact(row.chair, row.position))
    if isinstance(row.details, Mark):
        mark, done = row.details, told.done(row.details)
        return "expected", _line(
            [outcome(mark), ": ", mark.expected.words], f"mark-{mark.outcome}", told.by(done) if done else ""
        )
    if isinstance(row.details, Heard):
        heard = row.details
        return "happened", _line([badge(Priority(heard.priority)), " ", heard.words or row.words], "entry-alert", "")
    tag = html.Span(SAID[row.kind], className=f"kind kind-{row.kind}")
    sign = [icon("note"), " "] if row.kind == "note" else []
    return LANE_OF.get(row.kind, "happened"), _line([*sign, tag, " ", row.words], f"entry-{row.kind}", "")


def _fact(told: Debriefed, chair: str, fact: Fact) -> tuple[str, Component]:
    """What a colleague of the scenario's own did is not the learners': it happened."""
    words = told.fact_words(fact)
    said = [html.S(words), " · entered in error"] if told.is_struck(chair, fact.position) else [words]
    parts = [html.B(told.who(fact)), " ", *_level(fact), *said, *_recorded_at(told, fact)]
    named = {"id": anchor(chair, fact.position), "tabIndex": "-1"}
    lane = "happened" if fact.device == "scenario" else "done"
    return lane, _line(parts, f"entry-{lane}", told.by(fact), named)


def _recorded_at(told: Debriefed, fact: Fact) -> list[str]:
    """Where it counts from later than it is told to have been done."""
    is_later = told.clock(acted_at(fact)) != told.clock(fact.happened_at)
    return [f" · recorded {told.clock(fact.recorded_at)}"] if is_later else []


def _level(fact: Fact) -> Iterator[Component | str]:
    """The level the tablet showed when it was saved."""
    details = fact.details
    shown = details.level_shown if isinstance(details, VitalSignsRecorded | SymptomReported) else None
    if shown in LEVELS:
        marks = tone(LEVELS[shown])
        yield html.Span([icon(marks.icon), " ", marks.word], className=f"level level-{marks.css}")
        yield " "


def _line(parts: Sequence[Any], css: str, by: str, named: dict[str, Any] | None = None) -> Component:
    return html.Li(list(parts), className=css.replace(" ", "-"), **(named or {}), **attributes(data_by=by))
