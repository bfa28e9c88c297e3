"""The infusion clock: run time, elapsed time, volume given and forecast end, piecewise by rate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `begins` until the next stretch begins; no rate means that the drug does not run, `words` tell why."""

    begins: datetime
    rate_ml_per_hour: float | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class InfusionClock:
    """What the clock reads at one instant. `bag_empty_at` is behind us, or ahead while the drug runs, or unknown."""

    run_time: timedelta
    elapsed: timedelta
    volume_given_ml: float
    runs: bool
    last_rate_ml_per_hour: float
    bag_empty_at: datetime | None

    def rest(self, volume_ml: float, rate_ml_per_hour: float) -> timedelta:
        """Run time that what is left in the bag takes at this rate."""
        return timedelta(seconds=round((volume_ml - self.volume_given_ml) / rate_ml_per_hour * SECONDS_PER_HOUR))


def read_clock(
    stretches: Sequence[Stretch], frozen_at: datetime | None, volume_ml: float, now: datetime
) -> InfusionClock | None:
    """The clock at `now`, standing still from `frozen_at` (the end of the drug, or a STOP); None before the start.

    The volume given stops at the bag's volume while run time goes on to the recorded end.
    """
    until = now if frozen_at is None else min(now, frozen_at)
    begun = [stretch for stretch in stretches if stretch.begins <= until]
    if not begun:
        return None
    run_time, volume, rate = timedelta(0), 0.0, 0.0
    empty_at: datetime | None = None
    ends = [*(stretch.begins for stretch in begun[1:]), until]
    for stretch, end in zip(begun, ends, strict=True):
        if stretch.rate_ml_per_hour is None:
            continue
        rate = stretch.rate_ml_per_hour
        run_time += end - stretch.begins
        if empty_at is None:
            full_at = stretch.begins + timedelta(seconds=round((volume_ml - volume) / rate * SECONDS_PER_HOUR))
            volume += rate * (end - stretch.begins).total_seconds() / SECONDS_PER_HOUR
            if full_at <= end:
                volume, empty_at = volume_ml, full_at
    runs = begun[-1].rate_ml_per_hour is not None and frozen_at is None
    return InfusionClock(
        run_time=run_time,
        elapsed=until - begun[0].begins,
        volume_given_ml=min(volume, volume_ml),
        runs=runs,
        last_rate_ml_per_hour=rate,
        bag_empty_at=full_at if runs and empty_at is None else empty_at,
    )


def whole_seconds(duration: timedelta) -> int:
    return math.floor(duration.total_seconds())


def in_words(duration: timedelta) -> str:
    """*45 min*, *3hr 05min*: the minutes a screen shows, begun ones counted."""
    minutes = math.ceil(duration.total_seconds() / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60}hr {minutes % 60:02d}min"
