"""Which entries of an evaluation and which answers to an alert cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from models.clinical.facts import AlertAnswered, CallLogged, EvaluationStep, ReactionGraded, ReactionSuspected
from models.clinical.fields import Entry, one_of, require, said
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import Step

NONE_OF_THESE = "none of these"
HEAD = "head"
"""The list every prompt begins with."""
DONE = "done"
SEEN, ACTING, ACCEPTED, OUTCOME = ANSWERS = ("seen", "acting", "known and accepted", "outcome")


def reaction(details: ReactionSuspected, entry: Entry) -> None:
    one_of(details.reaction, {**entry.protocol.check_lists, NONE_OF_THESE: 0}, "reaction", "The reaction")
    if details.reaction == NONE_OF_THESE:
        said(details.doctor, "doctor", "That it is none of these is said by a doctor: name the doctor.")


def step(details: EvaluationStep, entry: Entry) -> None:
    lists = {HEAD: 0, **entry.protocol.check_lists}
    one_of(details.reaction, lists, "reaction", "The list")
    steps = {row.id: row for row in steps_of(details.reaction, entry.protocol)}
    one_of(details.step, steps, "step", "The step")
    kind, text = steps[details.step].kind, details.answer.strip()
    fits, sentence = STEP_ANSWERS[kind]
    require(fits(text, entry.protocol), "answer", sentence)
    told = instant(text) if kind == "past" else None
    require(told is None or told <= entry.at, "answer", "That time lies ahead: say at what time it was.")


def steps_of(reaction_id: str, protocol: Protocol) -> tuple[Step, ...]:
    return protocol.evaluation_head if reaction_id == HEAD else protocol.check_lists[reaction_id].steps


def instant(text: str) -> datetime | None:
    """The time an answer tells, where it is one with its zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


STEP_ANSWERS: Mapping[str, tuple[Callable[[str, Protocol], object], str]] = {
    "tick": (lambda text, _: text == DONE, "This step is ticked."),
    "time": (lambda text, _: text == DONE or instant(text), "This step is a time."),
    "past": (lambda text, _: instant(text), "Say at what time it was: it is never taken as now."),
    "ahead": (lambda text, _: instant(text), "Say at what time it is due."),
    "text": (lambda text, _: text, "Say what was found."),
    "yes_no": (lambda text, _: text in ("yes", "no"), "The answer is yes or no."),
    "choice": (
        lambda text, protocol: text in {str(row.grade) for row in protocol.grades},
        "Choose one of the grades.",
    ),
}


def call(details: CallLogged, entry: Entry) -> None:
    said(details.whom, "whom", "Say who was called.")
    one_of(details.what, {"called": 0, "arrived": 0}, "what", "A call")


def grade(details: ReactionGraded, entry: Entry) -> None:
    grades = {row.grade for row in entry.protocol.grades}
    require(details.grade in grades, "grade", f"The grade is one of: {', '.join(map(str, sorted(grades)))}.")


def answer(details: AlertAnswered, entry: Entry) -> None:
    """A promise lies ahead; what a doctor accepts has the doctor's name and an end."""
    one_of(details.answer, dict.fromkeys(ANSWERS), "answer", "The answer")
    require(details.until is None or details.until > entry.at, "until", "The time promised lies ahead.")
    if details.answer == ACCEPTED:
        said(details.doctor, "doctor", "Name the doctor who knows and accepts it.")
        require(details.until is not None, "until", "Say until when it is accepted.")
    if details.answer == OUTCOME:
        one_of(details.outcome, entry.protocol.alert_outcomes, "outcome", "The outcome")
