"""Open evaluations built by hand from the shipped protocol, as the chair page shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from models.clinical.open_evaluation import EvaluationView, OutcomeView, ReactionView, StepView
from models.clinical.protocol import load
from models.clinical.protocol_rows import CheckList, Step

PROTOCOL = load()


def a_step(row: Step) -> StepView:
    return StepView(id=row.id, words=row.words, kind=row.kind, source=row.source)


def a_reaction(row: CheckList, **changes: Any) -> ReactionView:
    plain = ReactionView(
        id=row.id, words=row.words, chosen=False, preselected=False, because=(), signs=row.signs, actions=row.actions,
        source=row.source, steps=tuple(a_step(step) for step in row.steps),
    )  # fmt: skip
    return replace(plain, **changes)


def an_evaluation(opened_at: datetime, chosen: str = "", **changes: Any) -> EvaluationView:
    """`chosen` is the check list somebody opened."""
    said = {"chosen": True, "chosen_at": opened_at, "chosen_by": "mbeki"}
    plain = EvaluationView(
        opened_at=opened_at, reason="chest pain", head=tuple(a_step(step) for step in PROTOCOL.evaluation_head),
        reactions=tuple(a_reaction(row, **(said if row.id == chosen else {})) for row in PROTOCOL.check_lists.values()),
        none_of_these="", calls=(), grade=None, grade_words="",
        outcomes=tuple(
            OutcomeView(id=row.id, words=row.words, needs_doctor=row.needs_doctor)
            for row in PROTOCOL.evaluation_outcomes.values()
        ),
        in_error=False,
    )  # fmt: skip
    return replace(plain, **changes)
