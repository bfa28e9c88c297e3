"""The buttons that lead on from one line of a check list: one tap where that is all, else the form that answers it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from components import html
from components.act_forms import check_form_id
from components.attributes import attributes
from components.countdown import COUNTDOWN, until
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus, CheckStatus


@dataclass(frozen=True, slots=True)
class Line:
    """A line with what its buttons need to know."""

    line: CheckStatus
    status: ChairStatus
    protocol: Protocol

    def may(self, act: str) -> bool:
        return act in self.status.allowed


def ways_on(line: CheckStatus, status: ChairStatus, protocol: Protocol) -> list[Component]:
    """None for what is done, but an answer that can be changed keeps its buttons."""
    here = Line(line, status, protocol)
    check = protocol.checks.get(line.id)
    if check is not None:
        return _answers(here) if check.kind == "yes_no" else [_open(here, check_form_id(protocol, line.id), "Answer …")]
    if line.state == "done":
        return []
    return next((way(here) for begins, way in WAYS.items() if line.id.startswith(begins)), _by_kind(here))


def _by_kind(here: Line) -> list[Component]:
    if here.line.kind == "advice":
        return _tick(here, "advice", "Explained", {"advice": [here.line.id]})
    if here.line.id in here.protocol.samples:
        taken = _tick(here, "samples", "Taken now", {"sample": here.line.id})
        return [*taken, _open(here, "samples", "Other …")]
    if here.line.id in here.protocol.medicines:
        return [_open(here, "medications", "Open …")]
    act = next((act for word, act in OPENS.items() if word in here.line.id or word in here.line.words.lower()), "")
    return [_open(here, act, "Open …")] if act else []


def _symptom(here: Line) -> list[Component]:
    symptom = here.line.id.removeprefix("symptom: ")
    gone = {"symptoms": [{"symptom": symptom, "change": "gone"}]}
    return [*_tick(here, "symptoms", "Gone", gone), _open(here, "symptoms", "Other …")]


def _alert(here: Line) -> list[Component]:
    marks = attributes(data_show_alert=here.line.id.removeprefix("alert: "), aria_label=f"Answer: {here.line.words}")
    return [html.Button("Answer", type="button", className="control", **marks)]


def _extended(here: Line) -> list[Component]:
    return [_open(here, "vital-signs", "Vital signs"), _open(here, "review", "Doctor's review")]


def _observation(here: Line) -> list[Component]:
    ends = here.status.observation_ends_at
    return [html.B(until(ends, COUNTDOWN), className="check-when")] if ends is not None else []


WAYS: dict[str, Callable[[Line], list[Component]]] = {
    "observation": _observation,
    "extended": _extended,
    "evaluation": lambda here: [_open(here, "close-evaluation", "Doctor's decision")],
    "review": lambda here: [_open(here, "review", "Doctor's review")],
    "alert": _alert,
    "final set": lambda here: [_open(here, "vital-signs", "Take it now")],
    "symptom": _symptom,
}
"""Beginning of a line's id → its buttons."""

OPENS = {
    "medicine": "medications",
    "vital": "vital-signs",
    "set": "vital-signs",
    "bag": "prepare",
}
"""A line of hour one that is no question leads to its form, by a word of its id."""


def _open(here: Line, act: str, words: str) -> Component:
    marks = attributes(data_open=act, aria_label=f"{words.rstrip(' …')}: {here.line.words}")
    return html.Button(words, type="button", className="control", **marks)


def _answers(here: Line) -> list[Component]:
    """One tap records one answer; the one that stands is pressed."""
    if not here.may("checks"):
        return []
    return [_send(here, "checks", answer.capitalize(), {"answers": {here.line.id: answer}},
                  pressed=here.line.answer == answer) for answer in ("yes", "no")]  # fmt: skip


def _tick(here: Line, act: str, words: str, body: dict[str, Any]) -> list[Component]:
    return [_send(here, act, words, body)] if here.may(act) else []


def _send(here: Line, act: str, words: str, body: dict[str, Any], *, pressed: bool | None = None) -> Component:
    marks = attributes(
        data_send="",
        data_act=act,
        data_post=act,
        data_says=here.line.words,
        data_body=json.dumps(body, ensure_ascii=False),
        aria_label=f"{here.line.words} {words.lower()}" if pressed is not None else f"{words}: {here.line.words}",
    )
    if pressed is not None:
        marks |= attributes(aria_pressed=str(pressed).lower())
    return html.Button(words, type="button", className="control answer", **marks)
