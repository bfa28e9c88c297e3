"""The open evaluation as the left column of the chair page: what to do now, whom to call, the check lists, the end.

It prompts and diagnoses nothing. It holds no input and takes no focus; which of its tabs a tablet shows is the tablet's
own (assets/chair.evaluation.js).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.evaluation_calls import calls_panel
from components.evaluation_decision import decision_panel
from components.evaluation_prompt import prompt_panel, tab_words
from components.evaluation_steps import HEAD, Reader, step_cells
from components.wording import clock_time
from models.clinical.facts import EvaluationClosed, ReactionGraded
from models.clinical.open_evaluation import EvaluationView, ReactionView
from models.clinical.status import ChairStatus

if TYPE_CHECKING:
    from models.ward_status import WardStatus

NOW, CALLS, DECISION = "now", "calls", "decision"
Tab = tuple[str, str, list[Component]]
"""Its name, the words on it, what it holds."""


def evaluation_panel(ward: WardStatus, status: ChairStatus) -> list[Component]:
    """Empty while none is open."""
    evaluation = status.evaluation
    if evaluation is None:
        return []
    tabs = _tabs(ward, status, evaluation)
    head = [_tab(name, words) for name, words, _ in tabs]
    return [
        html.Div(
            [
                html.Div(head, className="ev-tabs", role="tablist", key="tabs"),
                *(_panel(name, words, held) for name, words, held in tabs),
            ],
            className="evaluation",
            **attributes(data_evaluation=which(status)),
        )
    ]


def which(status: ChairStatus) -> str:
    """Which evaluation this is, so that the next one begins at its first page; its opening time may be corrected."""
    closed = [fact for fact in status.facts if isinstance(fact.details, EvaluationClosed)]
    return f"{status.infusion_day_id} {len(closed)}"


def _tabs(ward: WardStatus, status: ChairStatus, evaluation: EvaluationView) -> list[Tab]:
    reader = Reader(ward.staff, ward.zone)
    lists = ward.protocol.check_lists
    chosen = [one for one in evaluation.reactions if one.chosen]
    return [
        (NOW, "Now", prompt_panel(ward, status, evaluation)),
        (HEAD, "First steps", [step_cells(evaluation.head, HEAD, reader)]),
        (CALLS, "Calls", calls_panel(evaluation, ward.call_numbers, ward.supervising_neurologist, reader)),
        *((one.id, tab_words(lists[one.id].short), _check_list(graded(one, status), reader)) for one in chosen),
        (DECISION, "Decision", decision_panel(status, evaluation, ward.protocol.reporting)),
    ]


def _check_list(reaction: ReactionView, reader: Reader) -> list[Component]:
    at = clock_time(reaction.chosen_at, reader.zone) if reaction.chosen_at else ""
    wrong = attributes(
        data_open="corrections", data_fact=str(reaction.position), data_words=f"{reaction.words}: considered"
    )
    return [
        html.H3(reaction.words, className="ev-question"),
        step_cells(reaction.steps, reaction.id, reader),
        html.P([*_because(reaction), reaction.actions], className="ev-actions"),
        html.P([html.B("Signs: "), reaction.signs], className="ev-actions"),
        html.Div(
            [
                html.Span(f"considered {at} {reader.name(reaction.chosen_by)}", className="muted"),
                html.Button("Entered in error …", type="button", className="control small", **wrong),
            ],
            className="ev-foot",
        ),
    ]


def graded(reaction: ReactionView, status: ChairStatus) -> ReactionView:
    """A grade is recorded once, for the whole evaluation: the list that asks for it shows it."""
    grades = [fact for fact in status.facts if isinstance(fact.details, ReactionGraded)]
    grade = status.evaluation.grade if status.evaluation else None
    if grade is None or not grades:
        return reaction
    done: dict[str, Any] = {
        "done": True,
        "answer": str(grade),
        "at": grades[-1].happened_at,
        "done_by": grades[-1].recorded_by,
    }
    steps = tuple(
        replace(one, **done, position=grades[-1].position) if one.kind == "choice" else one for one in reaction.steps
    )
    return replace(reaction, steps=steps)


def _because(reaction: ReactionView) -> list[str]:
    return [f"Suggested by {', '.join(reaction.because).lower()}, not diagnosed. "] if reaction.because else []


def _tab(name: str, words: str) -> Component:
    marks = attributes(data_tab=name, aria_selected=str(name == NOW).lower(), aria_controls=f"evaluation-{slug(name)}")
    return html.Button(
        words, type="button", role="tab", className="ev-tab stays", id=f"tab-{slug(name)}", key=name, **marks
    )


def _panel(name: str, words: str, held: list[Component]) -> Component:
    marks = attributes(data_panel=name, aria_label=words)
    return html.Div(
        held,
        id=f"evaluation-{slug(name)}",
        className="ev-panel",
        role="tabpanel",
        hidden=name != NOW,
        key=name,
        **marks,
    )


def slug(name: str) -> str:
    return name.replace(" ", "-")
