"""The ticks of an evaluation: one cell for each step of a list, at most eight of them to a screen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.countdown import COUNTDOWN, since, until
from components.icons import icon
from components.wording import clock_time
from models.clinical.open_evaluation import StepView

Words = list[Component | str]
DONE, HEAD = "done", "head"
ONE_TAP = frozenset({"tick", "time"})
"""A tap records that it was done now; the other kinds ask something."""
FORMS = {"text": "evaluation-found", "past": "evaluation-past", "ahead": "evaluation-due"}
"""The form of each kind; of all others it asks the time only."""
ASKS_THE_TIME = "asks for the time"
YES_NO = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who and when, as this ward says it."""

    staff: Mapping[str, str]
    zone: str

    def name(self, person: str | None) -> str:
        return self.staff.get(person or "", person or "")


def step_cells(steps: Sequence[StepView], reaction: str, reader: Reader) -> Component:
    return html.Ul([_cell(step, reaction, reader) for step in steps], className="ev-steps")


def _cell(step: StepView, reaction: str, reader: Reader) -> Component:
    again = step.done and step.due_at is not None
    parts = [_done(step, reader)] if step.done and not again else [_to_do(step, reaction, reader)]
    parts += [_correct(step)] if step.done else _otherwise(step, reaction)
    css = "ev-step ev-step-done" if step.done else "ev-step"
    return html.Li(parts, className=f"{css} ev-step-due" if step.due_at is not None else css)


def _done(step: StepView, reader: Reader) -> Component:
    """No button: the second tap of a double tap finds nothing here."""
    return html.Div([_box(done=True), _words(step, _done_words(step, reader))], className="ev-tick")


def _to_do(step: StepView, reaction: str, reader: Reader) -> Component:
    words: Words = [ASKS_THE_TIME] if step.kind == "past" else _due_words(step, reader)
    if step.done and step.at is not None:
        words = [f"{clock_time(step.at, reader.zone)} {reader.name(step.done_by)} · again ", *words]
    if step.kind == "yes_no":
        return html.Div([_words(step, words), *_yes_no(step, reaction)], className="ev-tick ev-asked")
    marks = one_tap(reaction, step) if step.kind in ONE_TAP else ask(reaction, step)
    return html.Button([_box(), _words(step, words)], type="button", className="ev-tick control", **marks)


def _yes_no(step: StepView, reaction: str) -> list[Component]:
    return [
        html.Button(
            words,
            type="button",
            className="control ev-answer",
            **attributes(aria_label=f"{step.words}: {words}"),
            **one_tap(reaction, step, answer),
        )
        for answer, words in YES_NO
    ]


def _box(*, done: bool = False) -> Component:
    return html.Span(icon("tick") if done else None, className="ev-box")


def _words(step: StepView, state: Words) -> Component:
    told: list[Component | str] = [html.Span(step.words, className="stays")]
    return html.Span([*told, html.Small(state, className="ev-state")] if state else told, className="ev-words")


def _done_words(step: StepView, reader: Reader) -> Words:
    """`11:27 Okafor · 4min`; what was found before it; a time to come with how long it takes."""
    at = step.at
    if at is None:
        return []
    found = f"{step.answer} · " if step.kind in ("text", "yes_no", "choice") else ""
    if step.kind == "ahead":
        return [f"{clock_time(at, reader.zone)} · ", until(at, COUNTDOWN), f" · {reader.name(step.done_by)}"]
    return [f"{found}{clock_time(at, reader.zone)} {reader.name(step.done_by)} · ", since(at)]


def _due_words(step: StepView, reader: Reader) -> Words:
    if step.due_at is None:
        return []
    return [f"by {clock_time(step.due_at, reader.zone)} · ", html.B(until(step.due_at, COUNTDOWN))]


def _otherwise(step: StepView, reaction: str) -> list[Component]:
    """A true time that is not now, for what one tap would record as now."""
    if step.kind not in ONE_TAP:
        return []
    other_time = attributes(aria_label=f"{step.words}: at another time")
    return [html.Button("at …", type="button", className="control ev-other", **other_time, **ask(reaction, step))]


def _correct(step: StepView) -> Component:
    marks = attributes(
        data_open="corrections",
        data_fact=str(step.position),
        data_words=f"{step.words}: ticked",
        aria_label=f"{step.words}: correct",
    )
    return html.Button(icon("cross"), type="button", className="control ev-other", **marks)


def one_tap(reaction: str, step: StepView, answer: str = DONE) -> dict[str, Any]:
    body = {"reaction": reaction, "step": step.id, "answer": answer}
    return sends("evaluation-step", "evaluation/step", step.words, body)


def ask(reaction: str, step: StepView) -> dict[str, Any]:
    """Opens the form that asks for the time or for what was found."""
    if step.kind == "choice":
        return attributes(data_open="grade")
    return attributes(
        data_open=FORMS.get(step.kind, "evaluation-step"),
        data_about=step.words,
        data_body=json.dumps({"reaction": reaction, "step": step.id}),
    )


def sends(act: str, path: str, says: str, body: Mapping[str, object]) -> dict[str, Any]:
    """A button that records this at once."""
    return attributes(data_send="", data_act=act, data_post=path, data_says=says, data_body=json.dumps(dict(body)))
