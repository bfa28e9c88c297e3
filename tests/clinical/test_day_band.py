"""The day as one band: what has been up to now, what is planned after it, without a gap."""

from itertools import pairwise

import pytest

from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    Arrived,
    Booked,
    Deferred,
    Discharged,
    EvaluationClosed,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
    RateChanged,
    Transferred,
)
from models.clinical.rest_of_course import Course
from models.clinical.status import Phase, Segment
from tests.clinical.builders import A_STEROID, Line, a_set, an_infusion_day, at, the_protocol

LINES: dict[str, Line] = {
    "booked": ("07:00", Booked(chair="3", planned_start=at("08:00"))),
    "arrived": ("08:05", Arrived(chair="3", supervising_neurologist="Dr Sand", emergency_contact="2222")),
    "deferred": ("08:30", Deferred(reason="infection")),
    "steroid": ("08:15", A_STEROID),
    "slow": ("10:30", RateChanged(rate_ml_per_hour=12.65, reason="poorly tolerated")),
    "pause": ("11:00", InfusionPaused(reason="toilet")),
    "resume": ("11:20", InfusionResumed(rate_ml_per_hour=25.3)),
    "stop": ("11:00", InfusionStopped()),
    "ended": ("11:30", EvaluationClosed(outcome="stopped today", doctor="Dr Sand", reason="rash")),
    "goes on": ("11:30", EvaluationClosed(outcome="resumed", doctor="Dr Sand", reason="settled")),
    "complete": ("13:30", InfusionCompleted()),
    "home": ("15:40", Discharged(where_to="home")),
    "transfer": ("12:00", Transferred(where_to="intensive care", receiver="")),
    "red": ("12:00", a_set(heart_rate=131)),
}


def band(happened: str, now: str, *, infusing: bool) -> tuple[Segment, ...]:
    lines = [LINES[name] for name in happened.split(", ") if name]
    built = an_infusion_day(*lines, phase=Phase.INFUSION if infusing else Phase.EXPECTED)
    return chair_status(built, Course(number=1), the_protocol(), at(now)).band


def drawn(segments: tuple[Segment, ...]) -> str:
    """`pre-medication 07:45-09:30, (running 09:30-13:30)`: in brackets what is planned."""
    words = [f"{one.kind} {one.begins:%H:%M}-{one.ends:%H:%M}" for one in segments]
    return ", ".join(f"({word})" if one.planned else word for word, one in zip(words, segments, strict=True))


# before the start | now | band
EARLY = """
booked                    | 07:00 | (pre-medication 08:00-09:00), (running 09:00-13:00), (observation 13:00-15:00)
booked                    | 08:20 | (pre-medication 08:20-09:00), (running 09:00-13:00), (observation 13:00-15:00)
booked, deferred          | 09:00 |
booked, arrived           | 08:20 | pre-medication 08:05-08:20, (pre-medication 08:20-09:05), (running 09:05-13:05), (observation 13:05-15:05)
booked, arrived, steroid  | 08:20 | pre-medication 08:05-08:20, (pre-medication 08:20-09:15), (running 09:15-13:15), (observation 13:15-15:15)
booked, arrived, steroid  | 09:30 | pre-medication 08:05-09:30, (running 09:30-13:30), (observation 13:30-15:30)
booked, arrived, deferred | 09:30 |
booked, arrived, transfer | 14:00 | pre-medication 08:05-12:00
"""  # noqa: E501

# after a start at 09:30 | now | band after pre-medication 07:45-09:30
INFUSION = """
                         | 10:00 | running 09:30-10:00, (running 10:00-13:30), (observation 13:30-15:30)
                         | 13:40 | running 09:30-13:40, (observation 13:40-15:40)
slow                     | 11:00 | running 09:30-10:30, running 10:30-11:00, (running 11:00-16:30), (observation 16:30-18:30)
pause                    | 11:10 | running 09:30-11:00, paused 11:00-11:10
pause, resume            | 12:00 | running 09:30-11:00, paused 11:00-11:20, running 11:20-12:00, (running 12:00-13:50), (observation 13:50-15:50)
stop                     | 11:10 | running 09:30-11:00, stopped 11:00-11:10
stop, goes on            | 11:40 | running 09:30-11:00, paused 11:00-11:40
stop, ended              | 12:00 | running 09:30-11:00, observation 11:00-12:00, (observation 12:00-13:00)
complete                 | 14:00 | running 09:30-13:30, observation 13:30-14:00, (observation 14:00-15:30)
complete                 | 15:45 | running 09:30-13:30, observation 13:30-15:45
red, complete            | 14:00 | running 09:30-13:30, observation 13:30-14:00
complete, home           | 18:00 | running 09:30-13:30, observation 13:30-15:40
transfer                 | 18:00 | running 09:30-12:00
stop, transfer           | 18:00 | running 09:30-11:00, observation 11:00-12:00
"""  # noqa: E501


@pytest.mark.parametrize("row", EARLY.strip().splitlines())
def test_the_band_before_the_infusion(row):
    happened, now, words = (cell.strip() for cell in row.split("|"))
    assert drawn(band(happened, now, infusing=False)) == words


@pytest.mark.parametrize("row", INFUSION.strip("\n").splitlines())
def test_the_band_from_the_infusion_on(row):
    happened, now, words = (cell.strip() for cell in row.split("|"))
    segments = band(happened, now, infusing=True)
    assert drawn(segments) == f"pre-medication 07:45-09:30, {words}"
    assert all(before.ends == after.begins for before, after in pairwise(segments))


def test_a_stretch_tells_its_rate_and_a_pause_its_reason():
    segments = band("slow, pause, resume", "12:00", infusing=True)
    assert [one.rate_ml_per_hour for one in segments if one.kind == "running" and not one.planned] == [
        25.3,
        12.65,
        25.3,
    ]
    assert [one.words for one in segments if one.kind == "paused"] == ["toilet"]
