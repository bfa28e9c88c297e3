"""The one place that decides whether an act may be recorded: its time, its entries, the table and its locks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol as Shape

from models.clinical import responsible
from models.clinical.alert import Priority
from models.clinical.alerts import value_alerts
from models.clinical.chair_status import chair_status
from models.clinical.corrections import refuse_correction, refuse_taking_back
from models.clinical.day_sheet import as_facts, by_time
from models.clinical.entries import refuse_impossible
from models.clinical.evaluation import resume_needs_evaluation
from models.clinical.evaluation_entries import ACCEPTED, OUTCOME
from models.clinical.facts import AlertAnswered, Details, EvaluationClosed, InfusionDay, RateChanged, ReactionGraded
from models.clinical.fields import Entry, is_a_name
from models.clinical.findings import Level
from models.clinical.infusion_clock import in_words
from models.clinical.infusion_day import ACT_OF, ENDS_IN_ERROR, INFUSION_ACTS, NOUN, Stand
from models.clinical.locks import Lock, overridable
from models.clinical.observation import Observation, observation
from models.clinical.permissions import EVALUATING, locked_sentence
from models.clinical.progress import newly_refused, progress
from models.clinical.protocol import Protocol
from models.clinical.refusal import Refusal
from models.clinical.replay import Replay, replay
from models.clinical.rest_of_course import Course

MOVES = frozenset({"move", "swap"})
CORRECTIONS: Mapping[str, Callable[[Replay, Sequence[Details]], None]] = {
    "corrections": refuse_correction,
    "touched-by-mistake": refuse_taking_back,
}


SERIOUS = 3
"""From this grade on the drug is stopped or paused first (R-58, D-22)."""


NOT_STOPPED = "STOP is not recorded in chair {chair}. Record it first."
FIRST: Mapping[str, Mapping[Stand, str]] = {
    "stopped": {Stand.RUNNING: NOT_STOPPED, Stand.PAUSED: NOT_STOPPED},
    "paused": {Stand.RUNNING: "The infusion in chair {chair} is running. Record the pause first."},
}
"""What an alert's outcome says happened is recorded before it."""


class Override(Shape):
    """A doctor's name and reason (D-13)."""

    @property
    def doctor(self) -> str: ...

    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The act as it was asked for, and the day it would be recorded in."""

    replayed: Replay
    now: datetime
    act: str
    details: Sequence[Details]
    at: datetime
    actor: str

    @property
    def chair(self) -> str:
        return self.replayed.sheet.chair


def accept(
    day: InfusionDay,
    course: Course,
    protocol: Protocol,
    now: datetime,
    act: str,
    details: Sequence[Details],
    happened_at: datetime,
    actor: str,
    override: Override | None = None,
) -> tuple[str, ...]:
    """Raises a Refusal, or returns the locks that the override passed: none where none was needed."""
    replayed = replay(day, course, protocol)
    if act in CORRECTIONS:
        CORRECTIONS[act](replayed, details)
        return ()
    asked = Asked(replayed, now, act, details, true_time(happened_at, now, protocol), actor)
    refuse_time(asked)
    for one in details:
        refuse_impossible(one, Entry(protocol, replayed.sheet, asked.at))
    refuse_by_table(asked)
    refuse_unasked(asked)
    return passed_locks(asked, locks_of(asked), override)


def true_time(happened_at: datetime, now: datetime, protocol: Protocol) -> datetime:
    """A moment ahead counts as now, so that two clocks need not agree to the second (D-14)."""
    if happened_at.tzinfo is None:
        raise Refusal("A true time needs its time zone.", field="happened_at")
    if happened_at > now + protocol.durations.counts_as_now:
        raise Refusal("That time is still to come. Record it when it has happened.", field="happened_at")
    return min(happened_at, now)


def refuse_time(asked: Asked) -> None:
    """Not before the arrival; an act of the infusion or a move not before the one that came before it (D-14)."""
    walked, name = asked.replayed.walked, asked.replayed.family_name
    if walked.arrived and asked.act != "arrive" and asked.at < walked.arrived[0].happened_at:
        raise Refusal(f"That is before {name} arrived in chair {asked.chair}.", field="happened_at")
    if later := [act for act, at in acts_in_order(asked) if at > asked.at]:
        why = f"The {NOUN[later[-1]]} in chair {asked.chair} is recorded after that time. Choose a time after it."
        raise Refusal(why, field="happened_at")


def acts_in_order(asked: Asked) -> list[tuple[str, datetime]]:
    """The acts recorded before that this one must follow."""
    follows = next((kind for kind in (INFUSION_ACTS, MOVES) if asked.act in kind), frozenset[str]())
    done = ((ACT_OF.get(type(fact.details), ""), fact.happened_at) for fact in asked.replayed.sheet.facts)
    return [(act, at) for act, at in done if act in follows]


def refuse_by_table(asked: Asked) -> None:
    """The day with these facts in their place must still follow the table (D-1)."""
    facts = as_facts(asked.replayed.day, asked.details, asked.at)
    after = progress(sorted((*asked.replayed.sheet.facts, *facts), key=by_time))
    conflicts = newly_refused(asked.replayed.walked, after)
    for one in conflicts:
        if one.fact.position > asked.replayed.day.position:
            raise Refusal(one.why(asked.chair, asked.replayed.family_name))
    if conflicts:
        later = NOUN[conflicts[0].step]
        why = f"The {later} in chair {asked.chair} is recorded after that time. Choose a time after it."
        raise Refusal(why, field="happened_at")


def refuse_unasked(asked: Asked) -> None:
    """What the table does not know: whose chair it is, whether an evaluation is open, what must come first."""
    replayed, state = asked.replayed, asked.replayed.state
    if asked.act in EVALUATING:
        refuse_without_evaluation(asked)
    for one in asked.details:
        if isinstance(one, AlertAnswered):
            refuse_answer(asked, one)
    refuse_raised_rate(asked)
    decided = any(isinstance(one, EvaluationClosed) for one in asked.details)
    if asked.act == "resume" and not decided and resume_needs_evaluation(replayed.walked, state, replayed.protocol):
        raise Refusal(f"Resume in chair {asked.chair} needs a doctor's name and the reason.", field="doctor")
    for one in asked.details:
        why = responsible.refusal(one, responsible.responsible(replayed.sheet), asked.actor, asked.chair)
        if why is not None:
            raise Refusal(why, field="nurse")


def refuse_raised_rate(asked: Asked) -> None:
    """While an evaluation is open the drug may go slower, never faster (R-62)."""
    for one in asked.details:
        before = asked.replayed.walked.stretches[-1].rate_ml_per_hour if asked.replayed.walked.stretches else None
        faster = isinstance(one, RateChanged) and before is not None and one.rate_ml_per_hour > before
        if faster and asked.replayed.state.is_open:
            why = f"An evaluation is open in chair {asked.chair}: the rate goes up only after the doctor's decision."
            raise Refusal(why, field="rate_ml_per_hour")


def refuse_without_evaluation(asked: Asked) -> None:
    """A tick told late belongs to its evaluation by its true time, so the day may have gone on."""
    replayed = asked.replayed
    if not replayed.state.is_open:
        raise Refusal(f"No evaluation is open for {replayed.family_name} in chair {asked.chair}.")
    refuse_in_error(asked)
    serious = any(isinstance(one, ReactionGraded) and one.grade >= SERIOUS for one in asked.details)
    if serious and replayed.walked.stand is Stand.RUNNING:
        raise Refusal(
            f"A reaction of grade {SERIOUS} or more needs a STOP or a pause first: the infusion in chair {asked.chair} "
            "is running.",
            field="grade",
        )


def refuse_answer(asked: Asked, said: AlertAnswered) -> None:
    """An answer is for the very alert somebody looked at; red is not accepted, and only a high one has an outcome."""
    replayed, chair = asked.replayed, asked.chair
    standing = chair_status(replayed.day, replayed.course, replayed.protocol, asked.now).alerts
    alert = next((one for one in standing if one.id == said.alert), None)
    if alert is None:
        raise Refusal(f"That alert does not stand in chair {chair} any more. Look at those that do.")
    if said.answer == ACCEPTED and alert.level is Level.RED:
        raise Refusal(f"Red in chair {chair} is not accepted: it ends with an outcome.", field="answer")
    if said.answer == OUTCOME and alert.priority is not Priority.HIGH:
        raise Refusal(f"“{alert.words}” has no outcome: it ends when it is done or normal again.", field="answer")
    first = FIRST.get(said.outcome, {}).get(replayed.walked.stand)
    if said.answer == OUTCOME and first is not None:
        raise Refusal(first.format(chair=chair), field="outcome")


def refuse_in_error(asked: Asked) -> None:
    """An evaluation is in error only when no red that opened it stands any more (D-9)."""
    replayed = asked.replayed
    in_error = any(isinstance(one, EvaluationClosed) and one.outcome == ENDS_IN_ERROR for one in asked.details)
    if in_error and replayed.red_stands:
        raise Refusal(
            f"A red reading in chair {asked.chair} still stands. Correct it first, or close the evaluation with the "
            "doctor's decision.",
            field="outcome",
        )


def locks_of(asked: Asked) -> list[Lock]:
    """What a doctor would stop the act for, at its true time."""
    replayed = asked.replayed
    if asked.act == "start":
        return replayed.start_locks(asked.at, replayed.hour_one(asked.at))
    if asked.act != "discharge":
        return []
    seen = observation(replayed, asked.at, value_alerts(replayed, asked.at).alerts.standing)
    return [_with_minutes(lock, seen, asked.at) for lock in seen.locks]


def _with_minutes(lock: Lock, seen: Observation, at: datetime) -> Lock:
    """A tapped refusal is read now, so it can tell the minutes."""
    if lock.id != "observation" or seen.least_ends_at is None:
        return lock
    return replace(lock, words=f"{in_words(seen.least_ends_at - at)} of observation left")


def passed_locks(asked: Asked, locks: Sequence[Lock], override: Override | None) -> tuple[str, ...]:
    if not locks:
        return ()
    opened = overridable(locks)
    if override is None or not opened:
        raise Refusal(locked_sentence(asked.act, asked.chair, locks), locks=opened)
    if not (is_a_name(override.doctor) and override.reason.strip()):
        raise Refusal("An override needs the doctor's name and a reason.", field="override", locks=opened)
    return opened
