"""What the infusion shows: rates, run time, volumes, forecast, the rate and the time to resume, and the bag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.clinical.day_sheet import DaySheet
from models.clinical.facts import BagPrepared
from models.clinical.infusion_clock import InfusionClock, in_words, read_clock
from models.clinical.infusion_day import Stand
from models.clinical.progress import Progress
from models.clinical.protocol import Protocol

INSTANT = timedelta.resolution


@dataclass(frozen=True, slots=True)
class Figures:
    """`clock` is None before the start; the forecast is known only while the drug runs."""

    clock: InfusionClock | None
    volume_ml: float
    planned_rate_ml_per_hour: float
    resume_rate_ml_per_hour: float | None
    rest: timedelta | None
    """Run time still to come at the present or last rate; None before the start and after the end."""
    forecast_end: datetime | None
    past_forecast_at: datetime | None
    resume_by: datetime | None
    bag_mixed_at: datetime | None
    bag_expires_at: datetime | None
    bag_warning: str
    bag_warns_from: datetime | None
    """When the warning begins by time alone."""
    bag_warned_since: datetime | None = None
    """When the warning that stands began; None while there is none."""


def infusion_figures(
    sheet: DaySheet, walked: Progress, protocol: Protocol, now: datetime, *, resumes_slowly: bool
) -> Figures:
    bag = sheet.last(BagPrepared)
    volume_ml = bag[1].volume_ml if bag else protocol.volume_ml
    planned_rate = volume_ml / (protocol.durations.infusion / timedelta(hours=1))
    clock = read_clock(walked.stretches, walked.frozen_at, volume_ml, now)
    resume_rate = _resume_rate(clock, walked, protocol, slowly=resumes_slowly)
    forecast_end = clock.bag_empty_at if clock and clock.runs else None
    mixed_at = bag[0].happened_at if bag else None
    expires_at = mixed_at + protocol.durations.bag_life if mixed_at else None
    in_use = _Bag(walked, clock, volume_ml, planned_rate, resume_rate, forecast_end, expires_at)
    warning, warns_from = _bag_warning(in_use, now)
    return Figures(
        clock=clock,
        volume_ml=volume_ml,
        planned_rate_ml_per_hour=planned_rate,
        resume_rate_ml_per_hour=resume_rate,
        rest=_rest(clock, walked, volume_ml, now),
        forecast_end=forecast_end,
        past_forecast_at=forecast_end + protocol.durations.past_forecast if forecast_end else None,
        resume_by=expires_at - clock.rest(volume_ml, resume_rate) if expires_at and clock and resume_rate else None,
        bag_mixed_at=mixed_at,
        bag_expires_at=expires_at,
        bag_warning=warning,
        bag_warns_from=warns_from,
        bag_warned_since=_warned_since(in_use, now) if warning else None,
    )


def _resume_rate(clock: InfusionClock | None, walked: Progress, protocol: Protocol, *, slowly: bool) -> float | None:
    """The former rate, or part of it after a reaction, STOP or red; None while the drug runs."""
    if clock is None or walked.stand not in (Stand.PAUSED, Stand.STOPPED):
        return None
    return clock.last_rate_ml_per_hour * (protocol.resume_fraction if slowly else 1.0)


def _rest(clock: InfusionClock | None, walked: Progress, volume_ml: float, now: datetime) -> timedelta | None:
    if clock is None or walked.drug_ended_at is not None:
        return None
    if clock.runs and clock.bag_empty_at is not None:
        return max(clock.bag_empty_at - now, timedelta(0))
    return clock.rest(volume_ml, clock.last_rate_ml_per_hour)


@dataclass(frozen=True, slots=True)
class _Bag:
    walked: Progress
    clock: InfusionClock | None
    volume_ml: float
    planned_rate: float
    resume_rate: float | None
    forecast_end: datetime | None
    expires_at: datetime | None


def _bag_warning(bag: _Bag, now: datetime) -> tuple[str, datetime | None]:
    """The amber sentence, or empty; and from when it stands by time alone (D-18)."""
    if bag.expires_at is None or bag.walked.drug_ended_at is not None or bag.walked.closed_at is not None:
        return "", None
    if bag.clock is None:
        return _before_start(bag, bag.expires_at, now)
    if bag.clock.bag_empty_at is not None and bag.clock.bag_empty_at <= now:
        return "", None
    if now >= bag.expires_at:
        return "The bag has expired and is not in yet.", None
    if bag.forecast_end is not None:
        short = bag.forecast_end - bag.expires_at
        sentence = f"The bag expires {in_words(short)} before the rest is in at this rate."
        return (sentence if short > timedelta(0) else ""), bag.expires_at
    latest = bag.expires_at - _rest_to_resume(bag, bag.clock)
    if now > latest:
        rate = "the last rate" if bag.resume_rate == bag.clock.last_rate_ml_per_hour else "the rate to resume at"
        return f"The bag expires before the rest is in, even if it runs on now at {rate}.", bag.expires_at
    return "", latest + INSTANT


def _warned_since(bag: _Bag, now: datetime) -> datetime | None:
    """A warning stands from the latest moment at which the rest would have fitted, or from what was done after it."""
    if bag.expires_at is None or now >= bag.expires_at:
        return bag.expires_at
    if bag.clock is None:
        return bag.expires_at - timedelta(hours=bag.volume_ml / bag.planned_rate) + INSTANT
    if bag.forecast_end is not None:
        return bag.walked.stretches[-1].begins
    return max(bag.walked.stretches[-1].begins, bag.expires_at - _rest_to_resume(bag, bag.clock) + INSTANT)


def _rest_to_resume(bag: _Bag, clock: InfusionClock) -> timedelta:
    """Run time still to come at the rate a pause ends with, so that it warns as soon as *resume by* has passed."""
    return clock.rest(bag.volume_ml, bag.resume_rate or clock.last_rate_ml_per_hour)


def _before_start(bag: _Bag, expires_at: datetime, now: datetime) -> tuple[str, datetime | None]:
    if now >= expires_at:
        return "The bag has expired.", None
    latest = expires_at - timedelta(hours=bag.volume_ml / bag.planned_rate)
    if now > latest:
        return "The bag expires before the infusion would be in, even if it starts now.", expires_at
    return "", latest + INSTANT
