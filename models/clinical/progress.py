"""Where an infusion day stands after its facts: a replay through the table of what may follow what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from models.clinical.facts import (
    Arrived,
    EvaluationClosed,
    Fact,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    RateChanged,
)
from models.clinical.infusion_clock import Stretch
from models.clinical.infusion_day import FOLLOWS, OPEN, Stand, sentence, step_of
from models.clinical.status import InfusionState


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact, the row of the table it was looked up in, and where the day stood."""

    fact: Fact
    step: str
    stand: Stand

    def why(self, chair: str, family_name: str) -> str:
        return sentence(self.step, self.stand, chair, family_name) or ""


@dataclass(slots=True)
class Progress:
    """Where the day stands after its facts, and the times that follow from them."""

    stand: Stand = Stand.EXPECTED
    state: InfusionState | None = None
    arrived: tuple[Fact, Arrived] | None = None
    started_at: datetime | None = None
    stretches: list[Stretch] = field(default_factory=list)
    idle_since: Fact | None = None
    """The pause or STOP that holds the drug now."""
    frozen_at: datetime | None = None
    """The infusion clock stands still from here: a STOP, or the end of the drug."""
    drug_ended_at: datetime | None = None
    """The last end of drug, once it is final."""
    closed_at: datetime | None = None
    refused: list[Refused] = field(default_factory=list)
    """Facts the table does not allow where they stand; a record that charting wrote has none."""

    @property
    def is_open(self) -> bool:
        return self.stand in OPEN

    def take(self, fact: Fact) -> None:
        """Moves on by one fact, in order of time."""
        step = step_of(fact.details)
        if step is None:
            return
        leads_to = FOLLOWS[step].get(self.stand)
        if leads_to is None:
            self.refused.append(Refused(fact, step, self.stand))
            return
        if leads_to is not self.stand or step == "rate":
            self._note(fact, leads_to)
            self.stand = leads_to

    def _note(self, fact: Fact, leads_to: Stand) -> None:
        at, details = fact.happened_at, fact.details
        if isinstance(details, Arrived):
            self.arrived = (fact, details)
        elif isinstance(details, InfusionStarted | RateChanged | InfusionResumed):
            self.started_at = self.started_at or at
            self._runs(at, details.rate_ml_per_hour)
        elif isinstance(details, InfusionPaused):
            self._idles(fact, InfusionState.PAUSED, details.reason)
        elif isinstance(details, InfusionStopped):
            self._idles(fact, InfusionState.STOPPED, details.reason or "stop")
            self.frozen_at = at
        elif isinstance(details, InfusionCompleted):
            self._ends(at, InfusionState.COMPLETED)
        elif isinstance(details, EvaluationClosed) and self.stand is Stand.STOPPED:
            self._stop_decided(leads_to)
        else:
            self._closes(at)

    def _runs(self, at: datetime, rate_ml_per_hour: float) -> None:
        self.state, self.idle_since, self.frozen_at = InfusionState.RUNNING, None, None
        self.stretches.append(Stretch(at, rate_ml_per_hour))

    def _idles(self, fact: Fact, state: InfusionState, words: str) -> None:
        self.state, self.idle_since = state, fact
        self.stretches.append(Stretch(fact.happened_at, None, words))

    def _ends(self, at: datetime, state: InfusionState) -> None:
        self.state, self.idle_since, self.frozen_at, self.drug_ended_at = state, None, at, at

    def _stop_decided(self, leads_to: Stand) -> None:
        """A STOP that goes on becomes a pause from its own time; else it is the end of the drug."""
        if leads_to is Stand.PAUSED:
            self.state, self.frozen_at = InfusionState.PAUSED, None
        else:
            self.drug_ended_at, self.idle_since = self.frozen_at, None

    def _closes(self, at: datetime) -> None:
        """A transfer ends an open infusion where it stands; a STOP keeps its own time."""
        self.closed_at = at
        if self.started_at is not None and self.drug_ended_at is None:
            self._ends(self.frozen_at or at, InfusionState.STOPPED)


def progress(facts: Iterable[Fact]) -> Progress:
    """Replays facts that count, ordered by when they happened. It never raises, whatever they are."""
    walked = Progress()
    for fact in facts:
        walked.take(fact)
    return walked


def newly_refused(before: Progress, after: Progress) -> list[Refused]:
    known = {one.fact.position for one in before.refused}
    return [one for one in after.refused if one.fact.position not in known]
