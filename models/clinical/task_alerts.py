"""Alerts of tasks: what is late. They are escalated, not repeated, and end when the task is done (D-8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.clinical.evaluation_view import due_steps
from models.clinical.facts import EnteredInError, RoundNotDone, SymptomReported, VitalSignsRecorded
from models.clinical.findings import Level, VitalSet
from models.clinical.go_no_go import MISSING
from models.clinical.infusion_clock import in_words
from models.clinical.infusion_day import Stand
from models.clinical.infusion_figures import Figures
from models.clinical.limit_words import limits_words
from models.clinical.locks import Lock, listed
from models.clinical.monitoring import REPEAT, interval_minutes, rounds_due
from models.clinical.next_step import ROUND_WORDS
from models.clinical.observation import Observation
from models.clinical.open_evaluation import EvaluationView
from models.clinical.raising import Raising, raise_of, raises_of
from models.clinical.replay import Replay
from models.clinical.rested import stops_resting_on
from models.clinical.sets import Report

SHOWN_LOCKS = 3


@dataclass(frozen=True, slots=True)
class Tasks:
    """All that may be late; `planned_start` is when hour one should be over."""

    replayed: Replay
    figures: Figures
    seen: Observation
    evaluation: EvaluationView | None
    planned_start: datetime
    start_locks: Sequence[Lock]
    values: Sequence[Raising]

    def late(self) -> list[Raising]:
        """Those that are late, and those that will be by time alone."""
        return [*self._rounds(), *self._hour_one(), *self._bag(), *self._drug(), *self._reviews(), *self._steps()]

    def _raising(self, row: str, at: datetime, id: str, **told: Any) -> Raising:
        protocol = self.replayed.protocol
        raises = raises_of(protocol.alerts[row], at, protocol, not_before=self._promised(row))
        return Raising(id=f"{id}/{stamp(at)}", raises=raises, **({"what": ""} | told))

    # ---- rounds ------------------------------------------------------------------------------------------------------

    def _rounds(self) -> Iterator[Raising]:
        """The earliest round that is due; a repeat that an alert of its own asks for is that alert's."""
        rounds = self.replayed.rounds
        if rounds is None:
            return
        asked = {one.raises[-1].at for one in self.values if one.holds and len(one.raises) > 1}
        due = [one for one in rounds_due(rounds, self.seen.ends_at) if one.kind != REPEAT or one.due_at not in asked]
        first = min(due, key=lambda one: one.due_at)
        every = f"Every {interval_minutes(self.replayed.sheet, rounds.protocol)} min, or as asked"
        yield self._raising("overdue", first.due_at, "overdue", what=ROUND_WORDS[first.kind], limit=every)

    def _promised(self, row: str) -> datetime | None:
        """A round that is tried again later is escalated later (D-16)."""
        last = self.replayed.sheet.last(RoundNotDone)
        rounds = self.replayed.rounds
        if row != "overdue" or last is None or rounds is None:
            return None
        newest = rounds.newest.happened_at if rounds.newest else rounds.started_at
        return last[1].try_again_at if last[0].happened_at >= newest else None

    # ---- hour one, the bag and the drug ------------------------------------------------------------------------------

    def _hour_one(self) -> Iterator[Raising]:
        waits = self.replayed.walked.stand is Stand.PRE_MEDICATION and not self.replayed.state.is_open
        if waits and self.start_locks:
            more = len(self.start_locks) - SHOWN_LOCKS
            limit = listed(self.start_locks[:SHOWN_LOCKS]) + (f" and {more} more" if more > 0 else "")
            yield self._raising("pre-medication", self.planned_start, "pre-medication", limit=f"Missing: {limit}")

    def _bag(self) -> Iterator[Raising]:
        since = self.figures.bag_warned_since
        if self.figures.bag_warning and since is not None:
            yield self._raising("bag", since, "bag", limit=self.figures.bag_warning)

    def _drug(self) -> Iterator[Raising]:
        if (past := self.figures.past_forecast_at) is not None:
            after = in_words(self.replayed.protocol.durations.past_forecast)
            yield self._raising("past forecast", past, "past forecast", limit=f"{after} after the forecast end")
        ended, samples = self.replayed.walked.drug_ended_at, self.replayed.protocol.samples
        if ended is not None:
            for line in self.seen.lines:
                if line.id in samples and line.state == MISSING:
                    yield self._raising("sample due", ended, f"{line.id} due", what=samples[line.id].words)

    # ---- review and evaluation ---------------------------------------------------------------------------------------

    def _reviews(self) -> Iterator[Raising]:
        """A review that has ended is a task; one that is asked for stands until a doctor came."""
        asked_at, rounds = self.seen.review_asked_at, self.replayed.rounds
        if asked_at is None or rounds is None:
            return
        ended = bool(rounds.reviews) and rounds.reviews[-1][1].until == asked_at
        row = "review ended" if ended else "review due"
        told: list[VitalSet | Report] = [*rounds.sets, *self.replayed.sets.reports]
        about = next((one for one in told if one.happened_at == asked_at and one.findings), None)
        limit = limits_words([finding.limit for finding in about.findings]) if about else ""
        yield self._raising(row, asked_at, row, limit=limit, position=about.position if about else None)

    def _steps(self) -> Iterator[Raising]:
        for step, due_at in due_steps(self.evaluation) if self.evaluation is not None else ():
            yield self._raising("evaluation step", due_at, f"step {step.id}", what=step.words)


def corrections(replayed: Replay) -> Iterator[Raising]:
    """A red reading that was entered in error, or one a STOP rested on, is told until somebody has seen it (D-15)."""
    row = replayed.protocol.alerts["corrected"]
    rested = stops_resting_on(replayed.day.facts, replayed.sheet.struck)
    for fact in replayed.day.facts:
        strike = replayed.sheet.struck.get(fact.position)
        saved = fact.details
        if strike is None or not isinstance(saved, VitalSignsRecorded | SymptomReported):
            continue
        has_stop = fact.position in rested
        if (saved.level_shown == Level.RED.word or has_stop) and strike.position > replayed.state.closed:
            reason = strike.details.reason if isinstance(strike.details, EnteredInError) else ""
            stop = ". The STOP rested on it" if has_stop else ""
            yield Raising(
                id=f"corrected/{fact.position}",
                raises=[raise_of(row, strike.recorded_at, replayed.protocol)],
                what="",
                limit=f"Recorded as {saved.level_shown}, struck as: {reason}{stop}",
                position=fact.position,
                latches=True,
                holds=False,
            )


def moved_here(replayed: Replay) -> Iterator[Raising]:
    """A reading that came from the wrong patient's record is told to whoever looks after the right one (D-15)."""
    row = replayed.protocol.alerts["moved here"]
    for fact in replayed.sheet.facts:
        saved = fact.details
        if isinstance(saved, VitalSignsRecorded | SymptomReported) and saved.moved_from:
            yield Raising(
                id=f"moved here/{fact.position}",
                raises=[raise_of(row, fact.recorded_at, replayed.protocol)],
                what=saved.moved_from,
                position=fact.position,
                latches=True,
                holds=False,
            )


def stamp(at: datetime) -> str:
    """The moment as it stands in an alert's id: `2026-11-20T11:30:00Z`."""
    return at.isoformat().replace("+00:00", "Z")
