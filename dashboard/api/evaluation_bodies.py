"""The bodies of what is recorded in an evaluation, and of the answers to alerts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dashboard.api.body import Body
from dashboard.api.fields import Count, Instant, Reason, Text, Word
from models.clinical import facts


class CloseEvaluation(Body):
    records = facts.EvaluationClosed
    outcome: Word
    doctor: Text = ""
    reason: Reason


class SuspectReaction(Body):
    records = facts.ReactionSuspected
    reaction: Word
    doctor: Text = ""


class Step(Body):
    records = facts.EvaluationStep
    reaction: Word
    step: Word
    answer: Annotated[Text, Field(min_length=1)] = "done"


class Call(Body):
    records = facts.CallLogged
    whom: Word
    what: Literal["called", "arrived"]


class Grade(Body):
    records = facts.ReactionGraded
    grade: Count


class TouchedByMistake(Body):
    stop: Count


class AnswerAlert(Body):
    records = facts.AlertAnswered
    alert: Word
    answer: Literal["seen", "acting", "known and accepted", "outcome"]
    doctor: Text = ""
    until: Instant | None = None
    outcome: Text = ""
    note: Text = ""
