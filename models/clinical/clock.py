"""The ward's clocks: the one place that reads the system clock."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from models.clinical.refusal import Refusal

log = logging.getLogger(__name__)

STEP_TOLERANCE_S = 2.0
"""The wall clock may part from the steady one by this much before it counts as a step."""

Seconds = Callable[[], float]


def steady_seconds() -> float:
    """Seconds that never jump and, where the system offers it, go on while the machine sleeps."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class Clock(Protocol):
    """Ward time in `now`, which training may hold or hurry; real time in `real`, for transport and the age of a tap."""

    @property
    def rate(self) -> float: ...

    def now(self) -> datetime: ...

    def real(self) -> float: ...


class SystemClock:
    """Wall time at the start plus steady time since, so that a stepped system clock moves no countdown.

    It never shows a time before `not_before`, the newest recorded fact.
    """

    rate = 1.0

    def __init__(
        self, not_before: datetime | None = None, *, wall: Seconds = time.time, steady: Seconds = steady_seconds
    ) -> None:
        self._wall = wall
        self._steady = steady
        earliest = wall() if not_before is None else max(wall(), not_before.timestamp())
        self._ahead = earliest - steady()
        self._logged_step = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.real(), UTC)

    def real(self) -> float:
        return self._ahead + self._steady()

    @property
    def step_seconds(self) -> float:
        """How far the wall clock has stepped since the start (ahead is positive); 0 within the tolerance."""
        step = self._wall() - self.real()
        if abs(step) <= STEP_TOLERANCE_S:
            step = 0.0
        if abs(step - self._logged_step) > STEP_TOLERANCE_S:
            log.warning("The system clock stands %+.0f s from the ward's time; the ward's time goes on.", step)
            self._logged_step = step
        return step


class ScenarioClock:
    """Training time: it starts where the scenario does, runs at `rate`, pauses, and jumps forward only."""

    def __init__(self, start: datetime, rate: float = 1.0, *, steady: Seconds = steady_seconds) -> None:
        self._real = SystemClock(steady=steady)
        self._steady = steady
        self._running_rate = checked_rate(rate) or 1.0
        """What it goes on at after a pause, and after a rate of 0, which is one."""
        self._anchor = (start, steady(), rate)

    @property
    def rate(self) -> float:
        return self._anchor[2]

    def now(self) -> datetime:
        at, since, rate = self._anchor
        return at + timedelta(seconds=(self._steady() - since) * rate)

    def real(self) -> float:
        return self._real.real()

    def set_now(self, at: datetime) -> None:
        if at < self.now():
            raise Refusal("The training clock only goes forward. To go back, reset the training ward.", field="now")
        self._anchor = (at, self._steady(), self.rate)

    def set_rate(self, rate: float) -> None:
        self._running_rate = checked_rate(rate) or self._running_rate
        self._anchor = (self.now(), self._steady(), rate)

    def pause(self) -> None:
        self._anchor = (self.now(), self._steady(), 0.0)

    def resume(self) -> None:
        self._anchor = (self.now(), self._steady(), self._running_rate)


def checked_rate(rate: float) -> float:
    if not math.isfinite(rate) or rate < 0:
        raise Refusal("The rate of the training clock is a number from 0 (held) upward.", field="rate")
    return rate


class StoppedClock:
    """Stands still until told; real time stands with it."""

    rate = 0.0

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def real(self) -> float:
        return self._at.timestamp()

    def advance(self, seconds: float) -> None:
        self._at += timedelta(seconds=seconds)
