"""What people answered to the alerts of a day: in so many words, by saving an amber set, by a doctor's review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clinical.evaluation_entries import ACCEPTED, SEEN
from models.clinical.facts import AlertAnswered, Fact
from models.clinical.monitoring import accepts
from models.clinical.raising import Raising
from models.clinical.replay import Replay


@dataclass(frozen=True, slots=True)
class Answer:
    """`at` is when it reached the record: an answer counts from when others could see it."""

    at: datetime
    by: str
    said: AlertAnswered
    position: int


@dataclass(frozen=True, slots=True)
class Answers:
    """`said` by the alert's id."""

    replayed: Replay
    said: Mapping[str, Sequence[tuple[Fact, AlertAnswered]]]

    def newest(self, raised: Raising) -> Answer | None:
        return max(self._all(raised), key=lambda one: (one.at, one.position), default=None)

    def waits(self, raised: Raising) -> bool:
        """Nobody has answered it, and it is not over by itself."""
        return (raised.holds or raised.stays) and not self.is_closed(raised) and self.newest(raised) is None

    def is_closed(self, raised: Raising) -> bool:
        """A doctor's outcome closed the evaluation it belonged to (D-9)."""
        return raised.stays and raised.position is not None and raised.position < self.replayed.state.closed

    def _all(self, raised: Raising) -> Iterator[Answer]:
        for fact, said in self.said.get(raised.id, ()):
            yield Answer(fact.recorded_at, fact.recorded_by, said, fact.position)
        if raised.seen_by is not None:
            said = AlertAnswered(alert=raised.id, answer=SEEN)
            yield Answer(raised.at, raised.seen_by, said, raised.position or 0)
        yield from self._reviews(raised)

    def _reviews(self, raised: Raising) -> Iterator[Answer]:
        """A doctor accepted the very value (D-7)."""
        rounds, finding = self.replayed.rounds, raised.finding
        if rounds is None or finding is None or raised.stays:
            return
        for fact, review in rounds.reviews:
            if fact.position > (raised.position or 0) and accepts(review.accepted, finding, rounds.protocol):
                said = AlertAnswered(alert=raised.id, answer=ACCEPTED, doctor=review.doctor, until=review.until)
                yield Answer(fact.recorded_at, fact.recorded_by, said, fact.position)


def answers_of(replayed: Replay) -> Answers:
    said: dict[str, list[tuple[Fact, AlertAnswered]]] = {}
    for fact, answered in replayed.sheet.of(AlertAnswered):
        said.setdefault(answered.alert, []).append((fact, answered))
    return Answers(replayed, said)
