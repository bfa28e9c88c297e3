"""The open evaluation as screens show it: its head, the reactions to consider with their ticks, calls, grade, ways out.

It prompts; it does not diagnose and names no dose. Facts recorded after the newest closing belong to the open one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from models.clinical.evaluation_entries import NONE_OF_THESE, instant
from models.clinical.facts import (
    CallLogged,
    EvaluationClosed,
    EvaluationStep,
    Fact,
    ReactionGraded,
    ReactionSuspected,
)
from models.clinical.infusion_day import ENDS_IN_ERROR, Stand, sentence, step_of
from models.clinical.open_evaluation import CallView, EvaluationView, OutcomeView, ReactionView, StepView
from models.clinical.protocol_rows import CheckList, Choice, Step
from models.clinical.reaction_suggestions import suggestions
from models.clinical.replay import Replay

Kind = TypeVar("Kind")
Ticks = Mapping[str, Sequence[tuple[Fact, EvaluationStep]]]


@dataclass(frozen=True, slots=True)
class _Open:
    """`pains` are the symptoms open now: some steps are done again while one of their list is."""

    replayed: Replay
    opened_at: datetime
    ticks: Ticks
    chosen: Mapping[str, tuple[Fact, ReactionSuspected]]
    because: Mapping[str, tuple[str, ...]]
    pains: frozenset[str]


def evaluation_view(replayed: Replay) -> EvaluationView | None:
    """None while none is open."""
    state, protocol = replayed.state, replayed.protocol
    if state.opened_at is None:
        return None
    chosen = {said.reaction: (fact, said) for fact, said in _since(replayed, ReactionSuspected)}
    one = _Open(
        replayed=replayed,
        opened_at=state.opened_at,
        ticks=_ticks(replayed),
        chosen=chosen,
        because=suggestions(replayed.sets, state.opened_at, protocol),
        pains=frozenset(symptom.symptom for symptom in replayed.sets.open_symptoms),
    )
    grade = max(_since(replayed, ReactionGraded), key=lambda both: both[0].position, default=None)
    return EvaluationView(
        opened_at=state.opened_at,
        reason=state.reason,
        head=tuple(_step(one, step, goes_on=bool(one.pains)) for step in protocol.evaluation_head),
        reactions=tuple(_reaction(one, row) for row in protocol.check_lists.values()),
        none_of_these=chosen[NONE_OF_THESE][1].doctor if NONE_OF_THESE in chosen else "",
        calls=tuple(_calls(replayed)),
        grade=grade[1].grade if grade else None,
        grade_words=_grade_words(replayed, grade[1].grade) if grade else "",
        outcomes=tuple(_outcome(replayed, row) for row in protocol.evaluation_outcomes.values()),
        in_error=not replayed.red_stands and replayed.walked.stand is not Stand.STOPPED,
    )


def due_steps(view: EvaluationView) -> Iterator[tuple[StepView, datetime]]:
    """What is asked for by a time: of the head, and of the reactions somebody chose."""
    seen: set[tuple[str, datetime]] = set()
    for step in (*view.head, *(step for one in view.reactions if one.chosen for step in one.steps)):
        if step.due_at is not None and (step.id, step.due_at) not in seen:
            seen.add((step.id, step.due_at))
            yield step, step.due_at


def _since(replayed: Replay, kind: type[Kind]) -> list[tuple[Fact, Kind]]:
    return [(fact, said) for fact, said in replayed.sheet.of(kind) if fact.position > replayed.state.closed]


def _ticks(replayed: Replay) -> Ticks:
    """A step that stands in two lists is one step."""
    ticks: dict[str, list[tuple[Fact, EvaluationStep]]] = {}
    for fact, step in _since(replayed, EvaluationStep):
        ticks.setdefault(step.step, []).append((fact, step))
    return ticks


# ---- reactions and steps ---------------------------------------------------------------------------------------------


def _reaction(one: _Open, row: CheckList) -> ReactionView:
    fact = one.chosen[row.id][0] if row.id in one.chosen else None
    goes_on = bool(one.pains.intersection(row.symptoms))
    return ReactionView(
        id=row.id,
        words=row.words,
        chosen=fact is not None,
        chosen_by=fact.recorded_by if fact else None,
        chosen_at=fact.happened_at if fact else None,
        position=fact.position if fact else None,
        preselected=row.id in one.because,
        because=one.because.get(row.id, ()),
        signs=row.signs,
        actions=row.actions,
        source=row.source,
        steps=tuple(_step(one, step, goes_on=goes_on) for step in row.steps),
    )


def _step(one: _Open, step: Step, *, goes_on: bool) -> StepView:
    """`goes_on`: a symptom of its list is open."""
    ticks = one.ticks.get(step.id, ())
    shown = StepView(id=step.id, words=step.words, kind=step.kind, source=step.source)
    if not ticks:
        return replace(shown, due_at=_due_at(one, step))
    fact, said = ticks[-1]
    again = step.again_minutes is not None and goes_on
    return replace(
        shown,
        done=True,
        answer=said.answer,
        at=_told(fact, said),
        done_by=fact.recorded_by,
        position=fact.position,
        times=tuple(_told(fact, said) for fact, said in ticks),
        due_from=_later(fact, step.again_minutes) if again else None,
        due_at=_later(fact, step.again_until_minutes or step.again_minutes) if again else None,
    )


def _told(fact: Fact, said: EvaluationStep) -> datetime:
    """The time a tick tells: its own true time, or the instant it was answered with."""
    return instant(said.answer) or fact.happened_at


def _due_at(one: _Open, step: Step) -> datetime | None:
    if step.within_minutes is None:
        return None
    if not step.after:
        return one.opened_at + timedelta(minutes=step.within_minutes)
    before = one.ticks.get(step.after)
    return _later(before[-1][0], step.within_minutes) if before else None


def _later(fact: Fact, minutes: int | None) -> datetime:
    return fact.happened_at + timedelta(minutes=minutes or 0)


# ---- calls, grade and the ways out -----------------------------------------------------------------------------------


def _calls(replayed: Replay) -> list[CallView]:
    """Who came is put beside the call that is still waiting for them."""
    calls: list[CallView] = []
    for fact, said in _since(replayed, CallLogged):
        waiting = [n for n, call in enumerate(calls) if call.whom == said.whom and call.arrived_at is None]
        if said.what == "called":
            calls.append(
                CallView(whom=said.whom, called_at=fact.happened_at, called_by=fact.recorded_by, arrived_at=None)
            )
        elif waiting:
            calls[waiting[0]] = replace(calls[waiting[0]], arrived_at=fact.happened_at)
        else:
            calls.append(CallView(whom=said.whom, called_at=None, called_by=None, arrived_at=fact.happened_at))
    return calls


def _grade_words(replayed: Replay, grade: int) -> str:
    return next((f"{row.words}. {row.action}" for row in replayed.protocol.grades if row.grade == grade), "")


def _outcome(replayed: Replay, row: Choice) -> OutcomeView:
    closing = EvaluationClosed(outcome=row.id, doctor="", reason="")
    chair, stand = replayed.sheet.chair, replayed.walked.stand
    why = sentence(step_of(closing) or "", stand, chair, replayed.family_name)
    if why is None and row.id == ENDS_IN_ERROR and replayed.red_stands:
        why = f"A red reading in chair {chair} still stands. Correct it first, or close with the doctor's decision."
    return OutcomeView(id=row.id, words=row.words, needs_doctor=row.needs_doctor, refused=why or "")
