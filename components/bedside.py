"""What a learner in a training room has at the chair beside the ward's own page: the patient, and a device."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.live_fragment import Fragment
from components.wording import clock_time

QUIET = "Nothing to be seen or heard of the patient yet."
CALLS = "Chair {chair} calls"
IN_WORDS = 3
"""Of the patients who call, how many with what they say."""


class Noticed(NamedTuple):
    """Something seen of a patient, or, `is_said`, heard."""

    at: datetime
    chair: str
    words: str
    is_said: bool
    is_red: bool = False
    """A symptom that is red whatever the numbers."""


def bedside() -> Component:
    """Beside the form, outside of every fragment but the two places; assets/bedside.js measures."""
    measure = html.Button(
        html.Span("Measure", id="measure-words"),
        type="button",
        id="measure",
        className="control",
        **attributes(aria_describedby="measured"),
    )
    heard = html.Div(
        [
            html.Div(id="measured", className="measured-words", role="status"),
            html.Div(id="bedside-hints", className="live"),
            html.Div(id="bedside-noticed", className="live"),
        ],
        className="bedside-words",
        tabIndex="0",
        role="region",
        **attributes(aria_label="The patient, and what was measured"),
    )
    return html.Section(
        [measure, heard], id="bedside", className="box bedside", **attributes(aria_label="At the chair")
    )


def noticed_fragment(noticed: tuple[Noticed, ...], zone: str) -> Fragment:
    return Fragment((noticed, zone), lambda: {"children": _noticed(noticed, zone)})


def hints_fragment(hints: tuple[str, ...]) -> Fragment:
    lines: list[Component] = [html.P([html.B("Hint: "), words], className="bedside-hint") for words in hints]
    return Fragment((hints,), lambda: {"children": lines})


def _noticed(noticed: Sequence[Noticed], zone: str) -> list[Component]:
    if not noticed:
        return [html.P(QUIET, className="muted")]
    return [html.P([html.Span(clock_time(one.at, zone), className="muted"), f" {spoken(one)}"]) for one in noticed]


def spoken(one: Noticed) -> str:
    """Words as words: what stands in brackets is seen in place of an answer."""
    return f"“{one.words}”" if one.is_said and not one.words.startswith("(") else one.words


# ---- on the board ----------------------------------------------------------------------------------------------------


def calls_place() -> Component:
    """Above the chairs: empty, and then no place at all, unless a patient calls."""
    return html.Div(id="bedside-calls", className="live bedside-calls", role="status")


def calls_fragment(calls: tuple[Noticed, ...], zone: str) -> Fragment:
    return Fragment((calls, zone), lambda: {"children": _calls(calls, zone)})


def _calls(calls: Sequence[Noticed], zone: str) -> list[Component]:
    """The newest in their words, so that the chairs below keep their place; of the others, which chairs."""
    lines: list[Component] = [_call(one, zone) for one in calls[:IN_WORDS]]
    others = ", ".join(one.chair for one in calls[IN_WORDS:])
    return [*lines, html.Span(f"and {others}", className="bedside-others")] if others else lines


def _call(one: Noticed, zone: str) -> Component:
    words: list[Component | str] = [
        html.B(CALLS.format(chair=one.chair)),
        f" {clock_time(one.at, zone)}: {spoken(one)}",
    ]
    return html.A(html.Span(words), href=f"/chair/{one.chair}", className="bedside-call")


# ---- whose tablet it is ----------------------------------------------------------------------------------------------


def as_learner(shell: Component, learner: str, code: str) -> Component:
    """The ward's page as `learner` sees it: their own name in its head, and the way out of the room for signing off."""
    for part in _parts(shell):
        if getattr(part, "className", "") == "training-word":
            part.children = [part.children, html.Span(f" · {learner}", className="learner-name")]
        if getattr(part, "data-sign-off", None) is not None:
            setattr(part, "data-sign-off", "/api/room/leave")
            setattr(part, "data-way-out", f"/join?code={code}")
            _says_leave(part, learner)
        _show_pace(part)
    return shell


def _show_pace(part: Component) -> None:
    """Beside a clock: *held* or ×10, written by the browser; in a place of its own, so that it moves nothing."""
    children = getattr(part, "children", None)
    if not isinstance(children, list):
        return
    for place, one in enumerate(children):
        if getattr(one, "data-clock", None) is not None:
            pace = html.Span("", className="room-pace", **attributes(data_clock_pace=""))
            children[place] = html.Span([one, pace], className="paced")


def _says_leave(button: Component, learner: str) -> None:
    words = next((one for one in _parts(button) if getattr(one, "data-sign-off-words", None) is not None), None)
    if words is None:
        button.children = f"{learner}: leave the room"
    else:
        words.children = "Leave the room"


def _parts(shell: Component) -> list[Component]:
    """Everything in it, itself first; taken before anything is changed."""
    parts, found = [shell], list[Component]()
    while parts:
        part = parts.pop()
        found.append(part)
        children = getattr(part, "children", None)
        parts += [one for one in (children if isinstance(children, list) else [children]) if isinstance(one, Component)]
    return found
