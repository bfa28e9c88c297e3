"""The future moments at which a status changes by time alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from models.clinical.infusion_day import CLOSED, INFUSING, Stand
from models.clinical.infusion_figures import INSTANT, Figures
from models.clinical.monitoring import Round
from models.clinical.observation import Observation
from models.clinical.replay import Replay


def deadlines(
    replayed: Replay, figures: Figures, round_due: Round | None, seen: Observation,
    may_start_at: datetime | None, alerts: Sequence[datetime], now: datetime,
) -> tuple[datetime, ...]:  # fmt: skip
    """Earliest first; none for a closed day."""
    stand = replayed.walked.stand
    if stand in CLOSED:
        return ()
    moments: list[datetime | None] = [figures.bag_warns_from, figures.bag_expires_at, *alerts]
    if stand in (Stand.EXPECTED, Stand.PRE_MEDICATION):
        moments += [may_start_at, *_hour_one(replayed)]
    if stand is Stand.EXPECTED:
        moments.append(replayed.sheet.planned_start)
    if stand in INFUSING:
        moments += [figures.forecast_end, figures.past_forecast_at, figures.resume_by]
    if round_due is not None:
        due, durations = round_due.due_at, replayed.protocol.durations
        moments += [due - durations.due_soon, due, due + durations.overdue_escalation]
    moments += [seen.least_ends_at, *_observation(replayed)]
    return tuple(sorted({moment for moment in moments if moment is not None and moment > now}))


def _hour_one(replayed: Replay) -> Iterator[datetime]:
    """The newest complete set becomes too old for the start."""
    fresh = replayed.protocol.durations.fresh_set_for_start
    newest = next((one for one in reversed(replayed.sets.standing) if one.is_complete), None)
    if newest is not None:
        yield newest.happened_at + fresh + INSTANT


def _observation(replayed: Replay) -> Iterator[datetime]:
    """Each set becomes too old to be the final one, and a review's accepted values end."""
    if (rounds := replayed.rounds) is None:
        return
    fresh = replayed.protocol.durations.fresh_set_for_discharge
    yield from (one.happened_at + fresh + INSTANT for one in rounds.sets if one.is_complete)
    yield from (review.until for _, review in rounds.reviews if review.until is not None)
