"""The life of an alert: raised, answered by a named person, returned, escalated, over (D-8).

It is raised again by what time alone brings (a missed repeat, a longer delay) and by what was promised and not kept; a
high one answered *seen* or *acting* returns while the drug runs on and no outcome is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.clinical.alert import Alert, AlertState, Priority
from models.clinical.alert_answers import Answer, Answers
from models.clinical.evaluation_entries import ACCEPTED, ACTING, OUTCOME, SEEN
from models.clinical.facts import InfusionPaused, InfusionStopped, NurseAssigned
from models.clinical.raising import Raise, Raising, raise_of
from models.clinical.replay import Replay

STATES = {SEEN: AlertState.SEEN, ACTING: AlertState.ACTING, ACCEPTED: AlertState.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Lived:
    """An alert as it stands, or None when it is over, and the moments at which time alone changes it."""

    alert: Alert | None
    moments: tuple[datetime, ...] = ()


OVER = Lived(None)


@dataclass(frozen=True, slots=True)
class Life:
    replayed: Replay
    answers: Answers
    now: datetime

    def of(self, raised: Raising) -> Lived:
        answer = self.answers.newest(raised)
        if self.answers.is_closed(raised):
            return OVER
        if not raised.holds and not raised.stays:
            return OVER if answer is not None else Lived(self._unseen(raised))
        if not raised.holds and answer is not None and answer.said.answer == ACCEPTED:
            return OVER
        raises = self._by_time_alone(raised, answer)
        present = [one for one in raises if one.at <= self.now or one is raises[0]][-1]
        if answer is not None:
            raises += self._returns(raised, present, answer)
        return self._standing(raised, present, sorted(raises, key=lambda one: one.at), answer)

    def _by_time_alone(self, raised: Raising, answer: Answer | None) -> list[Raise]:
        """A value that a doctor has accepted asks for no repeat."""
        if raised.latches and answer is not None and answer.said.answer == ACCEPTED:
            return [one for one in raised.raises if one.at <= answer.at] or [raised.raises[0]]
        return list(raised.raises)

    def _standing(self, raised: Raising, present: Raise, raises: Sequence[Raise], answer: Answer | None) -> Lived:
        behind = [one for one in raises if one.at <= self.now or one is raises[0]]
        ahead = tuple(one.at for one in raises[1:] if one.at > self.now)
        if answer is not None and answer.at >= behind[-1].at:
            if answer.said.answer == OUTCOME:
                return Lived(None, ahead)
            return Lived(self._answered(raised, present, behind, answer, min(ahead, default=None)), ahead)
        waiting = [one for one in behind if answer is None or one.at > answer.at]
        escalates_at = min(_escalations(raised, waiting, answer), default=None)
        escalated = escalates_at is not None and escalates_at <= self.now
        alert = self._alert(
            raised,
            present,
            raised_at=waiting[-1].at,
            escalates_at=escalates_at,
            escalated=escalated,
            times_raised=raised.times_before + len(behind),
        )
        return Lived(alert, ahead if escalates_at is None or escalated else (*ahead, escalates_at))

    def _answered(
        self, raised: Raising, present: Raise, behind: Sequence[Raise], answer: Answer, returns_at: datetime | None
    ) -> Alert:
        return self._alert(
            raised,
            present,
            raised_at=behind[-1].at,
            state=STATES[answer.said.answer],
            answered_by=self._who(answer)[0],
            answered_at=answer.at,
            until=answer.said.until,
            doctor=answer.said.doctor,
            returns_at=returns_at,
            silenced=True,
            times_raised=raised.times_before + len(behind),
        )

    def _unseen(self, raised: Raising) -> Alert:
        state = AlertState.RESOLVED_UNSEEN
        return self._alert(raised, raised.raises[0], raised_at=raised.at, state=state, times_raised=1)

    def _alert(self, raised: Raising, present: Raise, **known: Any) -> Alert:
        row = present.row
        return Alert(
            id=raised.id,
            kind=row.kind,
            what=row.id,
            priority=present.priority,
            words=row.words.format(what=raised.what),
            limit=raised.limit,
            source=raised.source or row.source,
            why=row.why,
            action=row.action or raised.action,
            level=raised.level,
            position=raised.position,
            needs_answer=present.priority > Priority.LOW or raised.latches,
            holds=raised.holds,
            note=present.note,
            **known,
        )

    # ---- what raises an answered one again ---------------------------------------------------------------------------

    def _returns(self, raised: Raising, present: Raise, answer: Answer) -> Iterator[Raise]:
        said, protocol = answer.said, self.replayed.protocol
        moments = [said.until] if said.until is not None else []
        high = present.priority is Priority.HIGH and answer.at >= present.at
        if high and said.answer in (SEEN, ACTING) and not self._is_held(raised):
            moments.append(answer.at + protocol.durations.acting_returns)
        if (lapsed := self._who(answer)[1]) is not None:
            moments.append(lapsed)
        for at in moments:
            yield replace(raise_of(present.row, at, protocol, present.note), priority=present.priority)

    def _is_held(self, raised: Raising) -> bool:
        """The drug is held, or was stopped or paused after the alert."""
        if self.replayed.walked.idle_since is not None:
            return True
        kinds = (InfusionStopped, InfusionPaused)
        held = [fact for kind in kinds for fact, _ in self.replayed.sheet.of(kind)]
        return any(fact.position > (raised.position or 0) for fact in held)

    def _who(self, answer: Answer) -> tuple[str, datetime | None]:
        """Who is acting after every handover since, and since when nobody is (D-20)."""
        who: str = answer.by
        responsible: str | None = None
        if answer.said.answer != ACTING:
            return who, None
        for fact, assigned in self.replayed.sheet.of(NurseAssigned):
            if fact.position > answer.position and responsible == who:
                if assigned.nurse is None:
                    return who, fact.recorded_at
                who = assigned.nurse
            responsible = assigned.nurse
        return who, None


def _escalations(raised: Raising, waiting: Sequence[Raise], answer: Answer | None) -> Iterator[datetime]:
    """When each moment it has been waiting since becomes too long; an earlier reading may have waited already."""
    if answer is None and raised.escalates_by is not None:
        yield raised.escalates_by
    for one in waiting:
        if one.patience is not None:
            yield one.at + one.patience
