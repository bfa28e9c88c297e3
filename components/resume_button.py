"""Resume: one tap at the former rate, or the sentence why it is locked and the way to a doctor's decision (D-11)."""

from __future__ import annotations

import json

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.wording import number_words
from models.clinical.status import ChairStatus, InfusionState


def resume_button(status: ChairStatus, css: str) -> Component:
    """Nothing is asked after a pause for the toilet, a line or a pump."""
    if locked := resume_lock(status):
        ways = [("resume", "Resume with a doctor's name")]
        if status.evaluation_open:
            ways.insert(0, ("close-evaluation", "Doctor's decision"))
        marks = attributes(data_locked=locked, data_ways=json.dumps(ways, ensure_ascii=False))
        return html.Button("Resume", type="button", className=f"{css} quiet", **marks)
    rate = status.resume_rate_ml_per_hour
    words = [html.Small(f"at {number_words(rate, 1)} mL/h")] if rate is not None else []
    marks = attributes(data_send="", data_act="resume", data_post="infusion/resume", data_says="Resume", data_body="{}")
    return html.Button(["Resume", " ", *words], type="button", className=css, **marks)


def resume_lock(status: ChairStatus) -> str:
    """Why a doctor decides before it runs again; empty when nothing locks it."""
    if status.state is InfusionState.STOPPED:
        return "Resume is locked after STOP: the patient is evaluated first, and a doctor decides."
    if not status.resume_needs_evaluation:
        return ""
    if status.evaluation_open:
        return "Resume is locked: the evaluation is open. A doctor decides before it runs again."
    return "Resume is locked: it was paused for a reaction. A doctor evaluates before it runs again."
