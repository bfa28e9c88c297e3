"""The day as one band: what has been, up to now, and what is planned after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, zip_longest

from models.clinical.infusion_clock import Stretch
from models.clinical.infusion_day import CLOSED, Stand
from models.clinical.progress import Progress
from models.clinical.protocol import Protocol
from models.clinical.status import InfusionState, Segment

PRE_MEDICATION, RUNNING, PAUSED, STOPPED, OBSERVATION = "pre-medication", "running", "paused", "stopped", "observation"


@dataclass(frozen=True, slots=True)
class Band:
    """What the band is drawn from; `may_start_at` is the planned start of the infusion."""

    walked: Progress
    protocol: Protocol
    may_start_at: datetime
    forecast_end: datetime | None
    observation_ends_at: datetime | None
    now: datetime


def day_band(band: Band) -> tuple[Segment, ...]:
    """Segments that follow each other without a gap; nothing is planned that is not known."""
    if band.walked.stand in (Stand.EXPECTED, Stand.DEFERRED):
        been: list[Segment] = []
    else:
        been = [segment for segment in _been(band) if segment.begins < segment.ends]
    return (*been, *(segment for segment in _planned(band) if segment.begins < segment.ends))


def _been(band: Band) -> Iterator[Segment]:
    walked = band.walked
    until = walked.closed_at or band.now
    arrived = walked.arrived[0].happened_at if walked.arrived else until
    yield Segment(kind=PRE_MEDICATION, begins=arrived, ends=min(walked.started_at or until, until))
    ended = walked.drug_ended_at or until
    for stretch, following in zip_longest(walked.stretches, walked.stretches[1:]):
        yield _stretch(stretch, following.begins if following else ended, walked)
    if walked.drug_ended_at is not None:
        yield Segment(kind=OBSERVATION, begins=ended, ends=until)


def _stretch(stretch: Stretch, end: datetime, walked: Progress) -> Segment:
    if stretch.rate_ml_per_hour is not None:
        return Segment(kind=RUNNING, begins=stretch.begins, ends=end, rate_ml_per_hour=stretch.rate_ml_per_hour)
    is_stop = walked.state is InfusionState.STOPPED and stretch is walked.stretches[-1]
    return Segment(kind=STOPPED if is_stop else PAUSED, begins=stretch.begins, ends=end, words=stretch.words)


def _planned(band: Band) -> Iterator[Segment]:
    """Begins at now, or at the planned start of a patient who is still expected."""
    stand, durations = band.walked.stand, band.protocol.durations
    if stand in CLOSED:
        return
    if stand in (Stand.EXPECTED, Stand.PRE_MEDICATION):
        starts = max(band.may_start_at, band.now)
        begins = max(starts - durations.pre_medication, band.now) if stand is Stand.EXPECTED else band.now
        marks = [begins, starts, starts + durations.infusion, starts + durations.infusion + durations.observation]
        kinds = [PRE_MEDICATION, RUNNING, OBSERVATION]
    elif band.forecast_end is not None:
        ends = max(band.forecast_end, band.now)
        marks, kinds = [band.now, ends, ends + durations.observation], [RUNNING, OBSERVATION]
    elif band.observation_ends_at is not None:
        marks, kinds = [band.now, max(band.observation_ends_at, band.now)], [OBSERVATION]
    else:
        return
    for kind, (begins, ends) in zip(kinds, pairwise(marks), strict=True):
        yield Segment(kind=kind, begins=begins, ends=ends, planned=True)
