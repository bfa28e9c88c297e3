"""The bar at the foot of a chair: STOP, what changes the infusion, and what is only written down."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.going_home import discharge_button
from components.icons import icon
from components.resume_button import resume_button, resume_lock
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus, InfusionState, Phase

WORDS = {
    "arrive": "Arrive",
    "defer": "Defer …",
    "start": "Start infusion",
    "pause": "Pause",
    "rate": "Slow",
    "resume": "Resume",
    "resume-at": "Resume at …",
    "leaving": "Going home",
    "complete": "Complete",
    "close-evaluation": "Decision",
    "discharge": "Discharge",
    "transfer": "Transfer",
    "symptoms": "Symptom",
    "medications": "Medication",
    "samples": "Sample",
    "notes": "Note",
    "checks": "Check lists",
    "record": "Day record",
    "prepare": "Bag",
    "move": "Move …",
    "vital-signs": "Vital signs",
}

PAIRS: dict[str, tuple[str, ...]] = {
    "expected": ("arrive",),
    "pre-medication": ("start",),
    "running": ("pause", "rate"),
    "paused": ("resume", "resume-at"),
    "stopped": ("resume", "close-evaluation"),
    "observation": ("discharge", "transfer"),
    "closed": (),
}
"""What changes the day now; one act alone stands 120 px high."""

SIXES: dict[str, tuple[str, ...]] = {
    "expected": ("notes", "move", "defer", "checks", "vital-signs", "record"),
    "pre-medication": ("vital-signs", "prepare", "checks", "medications", "notes", "record"),
    "closed": ("checks", "notes", "record"),
}
INFUSING: tuple[str, ...] = ("symptoms", "samples", "checks", "medications", "notes", "record")
ENDING: tuple[str, ...] = ("symptoms", "complete", "checks", "medications", "notes", "record")
"""Complete stands where a hand that reaches for STOP or for Resume does not fall on it."""
OBSERVED: tuple[str, ...] = ("symptoms", "leaving", "checks", "medications", "notes", "record")
ALWAYS = frozenset({"checks", "leaving", "record"})
"""Opens a list to read; never refused."""


def bar_state(status: ChairStatus) -> str:
    if not status.is_open:
        return "expected" if status.phase is Phase.EXPECTED else "closed"
    if status.evaluation_open and status.state is InfusionState.STOPPED:
        return "stopped"
    if status.phase is Phase.INFUSION:
        return "paused" if status.state is InfusionState.PAUSED else "running"
    return status.phase.value


def stop_place(status: ChairStatus) -> list[Component]:
    """STOP while an infusion is open, always at the same place; nothing else is ever put there to be tapped."""
    state = bar_state(status)
    if state in ("running", "paused"):
        words: list[Component | str] = ["records only –", html.Br(), "stop the pump by hand"]
        stop = html.Button(
            [
                html.Span([icon("stop-square"), "STOP"], className="stop-word"),
                html.Span(words, className="stop-note stop-note-live"),
                html.Span(
                    ["may not be recorded –", html.Br(), "stop the pump by hand"],
                    className="stop-note stop-note-not-live",
                ),
            ],
            id="stop",
            type="button",
            className="stop",
            **attributes(
                data_send="",
                data_act="stop",
                data_post="infusion/stop",
                data_says="STOP",
                data_body="{}",
            ),
        )
        return [stop]
    return [html.Div(QUIET.get(state, ""), className="stop-quiet")]


QUIET = {
    "expected": "not arrived yet",
    "pre-medication": "no infusion is running",
    "stopped": "STOP is recorded. Check that the pump stands still.",
    "observation": "the infusion has ended",
    "closed": "this day is closed",
}


def acts(status: ChairStatus, protocol: Protocol) -> list[Component]:
    state = bar_state(status)
    pair = _pair(state, status)
    primary = status.next_step.what
    return [
        html.Div(
            [_of_pair(act, status, protocol, primary) for act in pair], className=f"acts-pair acts-of-{len(pair)}"
        ),
        html.Div([_button(act, status, "") for act in _six(state, status)], className="acts-six"),
    ]


def _pair(state: str, status: ChairStatus) -> tuple[str, ...]:
    """While Resume is one tap, another rate or time of it has a form of its own."""
    if state == "closed" and "close-evaluation" in status.allowed:
        return ("close-evaluation",)
    return ("resume",) if state == "paused" and resume_lock(status) else PAIRS[state]


def _six(state: str, status: ChairStatus) -> tuple[str, ...]:
    if state == "paused" or (state == "running" and _is_ending(status)):
        return ENDING
    return OBSERVED if state == "observation" else SIXES.get(state, INFUSING)


def _is_ending(status: ChairStatus) -> bool:
    """Its end is the next thing to come, or past."""
    past = status.forecast_end is not None and status.forecast_end <= status.now
    return past or status.next_step.what == "Complete infusion"


def _of_pair(act: str, status: ChairStatus, protocol: Protocol, primary: str) -> Component:
    if act == "resume" and "resume" in status.allowed:
        return resume_button(status, "control act")
    if act == "discharge":
        return discharge_button(status, protocol, "control act")
    return _button(act, status, primary)


def _button(act: str, status: ChairStatus, primary: str) -> Component:
    if act == "resume-at":
        return html.Button(WORDS[act], type="button", className="control act", **attributes(data_open="resume"))
    free = act in ALWAYS or act in status.allowed
    needs_doctor = act in status.overridable
    quiet = "" if free else " quiet"
    accent = " accent" if free and act == "start" and "start" in primary.lower() else ""
    props: dict[str, Any] = {"data-open": act}
    if not free:
        props["data-refused"] = status.refused.get(act, "This is not possible now.")
        props["data-overridable"] = "yes" if needs_doctor else ""
    return html.Button(WORDS[act], type="button", className=f"control act{quiet}{accent}", **props)
