"""What waits to be done now with its hint, the turns a trainer may choose, and the course of the room so far."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.countdown import COUNTDOWN, until
from components.icons import icon
from components.live_fragment import Fragment, Fragments
from components.training.shown import CourseRow, ShownChoice, ShownPanel, ShownWait
from components.wording import clock_time

SHOWN = 10
KINDS = {
    "patient": "Patient",
    "ward": "Ward",
    "branch": "Turn",
    "harm": "Harm",
    "note": "Marked",
    "trainer": "Trainer",
    "refused": "Refused",
    "alert": "Alert",
    "done": "Done",
}


def waits_layout() -> Component:
    return _box("To be done now", "waits", html.Div("", id="panel-hints", className="live lead-only"), "panel-waits")


def choices_layout() -> Component:
    return html.Div("", id="panel-choices", className="live lead-only")


def course_layout() -> Component:
    return _box("The course so far", "course", None, "panel-course")


def _box(words: str, name: str, beside: Component | None, place: str) -> Component:
    title = html.H2(words, id=name, className="part-title")
    head = html.Div([title, beside], className="box-head") if beside is not None else title
    inside = html.Div("", id=place, className="live")
    return html.Section([head, inside], className=f"box {name}", **attributes(aria_labelledby=name))


def fragments(shown: ShownPanel) -> Fragments:
    zone, course = shown.room.zone, shown.course
    return {
        "panel-hints": {"children": _hints(shown.room.hints)},
        "panel-waits": {"children": _waits(shown.waits)},
        "panel-choices": {"children": _choices(shown.choices)},
        "panel-course": Fragment((course,), lambda: {"children": _course(course, zone)}),
    }


def _hints(on: bool) -> Component:
    words = [html.Span(className="knob"), html.Span("Hints shown to learners")]
    marks = attributes(data_do="hints", data_body=json.dumps({"shown": not on}), aria_checked=str(on).lower())
    return html.Button(words, type="button", className="switch", role="switch", **marks)


def _waits(waits: Sequence[ShownWait]) -> Component | list[Component]:
    if not waits:
        return html.P("Nothing is expected at this moment.", className="muted")
    rest = [html.P(f"and {len(waits) - SHOWN} more", className="muted")] if len(waits) > SHOWN else []
    return [html.Ul([_wait(one) for one in waits[:SHOWN]], className="wait-lines"), *rest]


def _wait(wait: ShownWait) -> Component:
    place = " · ".join(part for part in (wait.whose, f"chair {wait.chair}") if part)
    left: list[Component | str] = [until(wait.closes_at, COUNTDOWN)] if wait.closes_at else []
    if wait.late:
        left = [icon("clock"), " late"]
    hint = [html.Span(wait.hint, className="wait-hint")] if wait.hint else []
    head = html.Span([html.B(wait.words), html.Span(place, className="muted")], className="wait-words")
    return html.Li([head, html.Span(left, className="wait-left"), *hint])


def _choices(choices: Sequence[ShownChoice]) -> list[Component]:
    if not choices:
        return []
    return [html.H3("Turns you may choose", className="small-title"), *(_choice(one) for one in choices)]


def _choice(choice: ShownChoice) -> Component:
    marks = attributes(data_do="choose", data_body=json.dumps({"branch": choice.branch}), data_for_copy="")
    return html.Button(
        [html.Span(choice.words), " ", html.Span(f"chair {choice.chair}", className="muted")],
        type="button",
        className="control turn",
        key=choice.branch,
        **marks,
    )


def _course(course: Sequence[CourseRow], zone: str) -> Component:
    if not course:
        return html.P("Nothing has happened yet.", className="muted")
    lines = html.Ul([_came(one, zone) for one in course])
    named = attributes(aria_label="The course so far, newest first")
    return html.Div(lines, className="course-lines", role="region", tabIndex="0", **named)


def _came(row: CourseRow, zone: str) -> Component:
    place = " · ".join(part for part in (row.whose, f"chair {row.chair}" if row.chair else "", row.by) if part)
    return html.Li(
        [
            html.B(clock_time(row.at, zone)),
            html.Span(KINDS.get(row.kind, row.kind), className="course-kind"),
            html.Span([row.words, " ", html.Span(place, className="muted")], className="course-words"),
        ],
        className=f"came came-{row.kind}",
    )
