"""The observation after the drug: its rounds, its end, what extends it and what is missing before discharge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clinical.alert import Alert
from models.clinical.discharge import Leaving, discharge_list, discharge_locks
from models.clinical.extension import Extension, extensions
from models.clinical.infusion_day import Stand
from models.clinical.locks import Lock
from models.clinical.monitoring import review_asked_at
from models.clinical.replay import Replay
from models.clinical.status import CheckStatus


@dataclass(frozen=True, slots=True)
class Observation:
    """`least_ends_at` is 120 min after the last end of drug; `ends_at` is known only while nothing extends it."""

    least_ends_at: datetime | None = None
    ends_at: datetime | None = None
    extensions: tuple[Extension, ...] = ()
    review_asked_at: datetime | None = None
    lines: tuple[CheckStatus, ...] = ()
    locks: Sequence[Lock] = ()
    ready_since: datetime | None = None


def observation(replayed: Replay, now: datetime, values: Sequence[Alert]) -> Observation:
    """As it stands at `now` with these alerts of values and symptoms; of a closed day as it stood when it closed."""
    rounds, walked = replayed.rounds, replayed.walked
    if rounds is None:
        return Observation()
    at = walked.closed_at or now
    asked_at = review_asked_at(rounds, replayed.sets.reports, at)
    if walked.drug_ended_at is None:
        return Observation(review_asked_at=asked_at)
    least = walked.drug_ended_at + replayed.protocol.durations.observation
    extended = extensions(rounds, replayed.sets, replayed.reds, walked.drug_ended_at, at)
    lines = discharge_list(
        Leaving(
            day=replayed.day,
            sheet=replayed.sheet,
            course=replayed.course,
            protocol=replayed.protocol,
            sets=replayed.sets.standing,
            open_symptoms=replayed.sets.open_symptoms,
            drug_ended_at=walked.drug_ended_at,
            extensions=extended,
            evaluation_open=replayed.state.is_open,
            review_due=asked_at is not None,
            alerts=values,
            at=at,
        )
    )
    locks = discharge_locks(lines)
    return Observation(
        least_ends_at=least,
        ends_at=None if extended or replayed.state.is_open else least,
        extensions=extended if walked.stand is Stand.OBSERVATION else (),
        review_asked_at=asked_at,
        lines=lines,
        locks=locks,
        ready_since=None if locks or walked.stand is not Stand.OBSERVATION else _complete_since(least, lines),
    )


def _complete_since(least_ends_at: datetime, lines: Sequence[CheckStatus]) -> datetime:
    return max(least_ends_at, *(line.answered_at or least_ends_at for line in lines))
