"""The infusion clock: exact to the second across rate changes, pauses, midnight and clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.clinical.infusion_clock import Stretch, in_words, read_clock, whole_seconds
from tests.clinical.builders import at

VOLUME = 101.2
PLANNED = 25.3


def stretches(text: str) -> list[Stretch]:
    """`09:30 25.3, 10:30 -, 11:00 12.65`: from when, at which rate; - is no drug."""
    parts = [part.rsplit(" ", 1) for part in text.split(", ")] if text else []
    return [Stretch(at(clock), None if rate == "-" else float(rate)) for clock, rate in parts]


# what ran                              | frozen   | now      | run time | elapsed  | mL      | bag empty at
READINGS = """
                                        | --       | 09:30    | --       | --       | --      | --
09:30 25.3                              | --       | 09:29:59 | --       | --       | --      | --
09:30 25.3                              | --       | 09:30    | 00:00:00 | 00:00:00 | 0.000   | 13:30
09:30 25.3                              | --       | 10:30    | 01:00:00 | 01:00:00 | 25.300  | 13:30
09:30 25.3                              | --       | 13:29:59 | 03:59:59 | 03:59:59 | 101.193 | 13:30
09:30 25.3                              | --       | 13:30    | 04:00:00 | 04:00:00 | 101.200 | 13:30
09:30 25.3                              | --       | 13:45    | 04:15:00 | 04:15:00 | 101.200 | 13:30
09:30 25.3                              | 13:45    | 15:00    | 04:15:00 | 04:15:00 | 101.200 | 13:30
09:30 25.3, 10:30 -                     | --       | 10:30    | 01:00:00 | 01:00:00 | 25.300  | --
09:30 25.3, 10:30 -                     | --       | 11:00:01 | 01:00:00 | 01:30:01 | 25.300  | --
09:30 25.3, 10:30 -, 11:00 25.3         | --       | 11:30    | 01:30:00 | 02:00:00 | 37.950  | 14:00
09:30 25.3, 10:30 -, 11:00 12.65        | --       | 11:30    | 01:30:00 | 02:00:00 | 31.625  | 17:00
09:30 25.3, 10:30 12.65                 | --       | 11:30    | 02:00:00 | 02:00:00 | 37.950  | 16:30
09:30 25.3, 11:30 25.3, 11:30 12.65     | --       | 11:30    | 02:00:00 | 02:00:00 | 50.600  | 15:30
09:30 25.3, 13:30 -                     | --       | 14:00    | 04:00:00 | 04:30:00 | 101.200 | 13:30
09:30 25.3, 13:45 -                     | --       | 14:00    | 04:15:00 | 04:30:00 | 101.200 | 13:30
09:30 25.3, 13:45 -, 14:00 25.3         | --       | 14:10    | 04:25:00 | 04:40:00 | 101.200 | 13:30
09:30 25.3, 10:30 -                     | 10:30    | 12:00    | 01:00:00 | 01:00:00 | 25.300  | --
09:30 25.3                              | 10:30    | 10:29    | 00:59:00 | 00:59:00 | 24.878  | --
09:30 25.3, 10:30 -                     | 10:45    | 12:00    | 01:00:00 | 01:15:00 | 25.300  | --
21:00 25.3                              | --       | +1 00:30 | 03:30:00 | 03:30:00 | 88.550  | +1 01:00
23:30 25.3, +1 00:00 -, +1 00:10 25.3   | --       | +1 01:00 | 01:20:00 | 01:30:00 | 33.733  | +1 03:40
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in READINGS.strip("\n").splitlines()]


def clock_words(duration: timedelta) -> str:
    seconds = whole_seconds(duration)
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


@pytest.mark.parametrize(("ran", "frozen", "now", "run_time", "elapsed", "volume", "empty"), ROWS)
def test_what_the_clock_reads(ran, frozen, now, run_time, elapsed, volume, empty):
    clock = read_clock(stretches(ran), None if frozen == "--" else at(frozen), VOLUME, at(now))
    if run_time == "--":
        assert clock is None
        return
    assert clock_words(clock.run_time) == run_time
    assert clock_words(clock.elapsed) == elapsed
    assert f"{clock.volume_given_ml:.3f}" == volume
    assert clock.bag_empty_at == (None if empty == "--" else at(empty))


def test_the_volume_given_never_passes_the_bag():
    clock = read_clock(stretches("09:30 25.3"), None, VOLUME, at("18:00"))
    assert clock.volume_given_ml == VOLUME
    half_a_second_short_of_the_whole_one = at("09:30") + timedelta(hours=VOLUME / 7) + timedelta(seconds=0.2)
    clock = read_clock(stretches("09:30 7"), None, VOLUME, half_a_second_short_of_the_whole_one)
    assert clock.bag_empty_at > half_a_second_short_of_the_whole_one
    assert clock.volume_given_ml == VOLUME


@pytest.mark.parametrize(
    ("ran", "frozen", "now", "runs", "rate"),
    [
        ("09:30 25.3", None, "10:00", True, 25.3),
        ("09:30 25.3, 10:00 12.65", None, "10:00", True, 12.65),
        ("09:30 25.3, 10:00 -", None, "10:00", False, 25.3),
        ("09:30 25.3", "11:00", "12:00", False, 25.3),
    ],
)
def test_it_tells_whether_the_drug_runs_and_at_which_rate_it_last_ran(ran, frozen, now, runs, rate):
    clock = read_clock(stretches(ran), at(frozen) if frozen else None, VOLUME, at(now))
    assert (clock.runs, clock.last_rate_ml_per_hour) == (runs, rate)


@pytest.mark.parametrize(
    ("rate", "rest"), [(25.3, timedelta(hours=3)), (12.65, timedelta(hours=6)), (75.9, timedelta(hours=1))]
)
def test_the_rest_of_the_bag_takes_as_long_as_the_rate_says(rate, rest):
    clock = read_clock(stretches("09:30 25.3, 10:30 -"), None, VOLUME, at("12:00"))
    assert clock.rest(VOLUME, rate) == rest


@pytest.mark.parametrize(
    ("began", "now", "hours"),
    [
        ("2026-10-25 00:30", "2026-10-25 02:30", 3),  # clocks go back at 02:00
        ("2026-03-29 00:30", "2026-03-29 03:30", 2),  # clocks go forward at 01:00
        ("2026-11-20 00:30", "2026-11-20 03:30", 3),
    ],
)
def test_a_clock_change_moves_nothing(began, now, hours):
    london = ZoneInfo("Europe/London")
    began, now = (datetime.fromisoformat(time).replace(tzinfo=london).astimezone(UTC) for time in (began, now))
    clock = read_clock([Stretch(began, PLANNED)], None, VOLUME, now)
    assert clock.run_time == timedelta(hours=hours)
    assert clock.bag_empty_at == began + timedelta(hours=4)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 min"),
        (1, "1 min"),
        (60, "1 min"),
        (61, "2 min"),
        (3540, "59 min"),
        (3541, "1hr 00min"),
        (7200, "2hr 00min"),
        (14100, "3hr 55min"),
    ],
)
def test_durations_are_told_in_minutes_begun(seconds, words):
    assert in_words(timedelta(seconds=seconds)) == words


def test_a_clock_that_only_ever_stood_still_has_no_rate():
    stood = read_clock([Stretch(at("09:30"), None)], None, 100.0, at("10:30"))
    assert stood is not None
    assert (stood.last_rate_ml_per_hour, stood.volume_given_ml, stood.run_time) == (0.0, 0.0, timedelta(0))
