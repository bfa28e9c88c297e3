"""Dates, times, durations and names as the ward writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from components import wording
from models.clinical.status import Phase
from tests.components import statuses

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(60, "1hr"), (59, "59min"), (61, "1hr 01min"), (0, "0min"), (65, "1hr 05min"), (120, "2hr"), (1570, "26hr 10min")],
)
def test_a_duration_has_whole_numbers_and_leaves_out_what_is_zero(minutes: int, words: str):
    assert wording.minutes_words(minutes) == words


@pytest.mark.parametrize(
    ("seconds", "gone", "to_come"),
    [(60, "1min", "1min"), (59, "0min", "1min"), (61, "1min", "2min"), (0, "0min", "0min"), (-5, "0min", "0min")],
)
def test_time_gone_counts_full_minutes_and_time_to_come_begun_ones(seconds: int, gone: str, to_come: str):
    assert wording.duration(seconds) == gone
    assert wording.remaining(seconds) == to_come


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 4, 5, 13, 5, tzinfo=UTC), "14:05"),  # summer time
        (datetime(2026, 11, 20, 0, 0, tzinfo=UTC), "00:00"),  # midnight is the new day's
        (datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC), "23:59"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "01:30 BST"),  # the repeated hour, first time
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "01:30 GMT"),  # and again
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "02:00"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "02:00"),  # the skipped hour has no times
        (datetime(2026, 4, 5, 18, 35, tzinfo=timezone(timedelta(hours=5, minutes=30))), "14:05"),
    ],
)
def test_a_clock_time_is_the_wards_and_names_the_zone_only_in_the_repeated_hour(at: datetime, words: str):
    assert wording.clock_time(at, LONDON) == words


def test_a_date_never_has_a_numeric_month():
    assert wording.date_words(date(2026, 4, 5)) == "05-Apr-2026"
    assert wording.weekday_date(date(2026, 11, 20)) == "Fri 20-Nov-2026"


def test_the_date_is_the_wards_not_utcs():
    late = datetime(2026, 4, 5, 23, 30, tzinfo=UTC)
    assert wording.ward_date(late, LONDON) == date(2026, 4, 6)
    assert wording.date_and_time(late, LONDON) == "06-Apr-2026 00:30"


@pytest.mark.parametrize(
    ("family", "given", "words"),
    [
        ("Dunne", "Aoife", "DUNNE, Aoife"),
        ("van der Meer", "Lotte", "VAN DER MEER, Lotte"),
        ("O’Grady", "Séan", "O’GRADY, Séan"),
        ("Nguyễn", "Thị Hồng", "NGUYỄN, Thị Hồng"),
    ],
)
def test_the_family_name_stands_first_and_in_capitals(family: str, given: str, words: str):
    assert wording.full_name(statuses.a_patient(family, given)) == words


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 4, 5), "05-Apr-1988 (38)"),
        (date(2026, 4, 4), "05-Apr-1988 (37)"),
        (date(2026, 4, 6), "05-Apr-1988 (38)"),
    ],
)
def test_the_age_changes_on_the_birthday(today: date, words: str):
    assert wording.born_words(date(1988, 4, 5), today) == words


def test_an_epoch_is_in_milliseconds():
    assert wording.epoch_ms(datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)) == "1500"
    assert wording.epoch_ms(statuses.NOW) == str(int(statuses.NOW.timestamp() * 1000))


def test_none_is_said_and_zero_is_a_number():
    assert wording.number_words(None) == "not measured"
    assert wording.number_words(0) == "0"
    assert wording.number_words(37.0, decimals=1) == "37.0"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (statuses.calm(), "Infusion"),
        (statuses.slowed(), "Infusion, slowed"),
        (statuses.paused(), "Paused"),
        (statuses.stopped(), "Stopped – evaluation open"),
        (statuses.observation(), "Observation"),
        (statuses.extended(), "Observation, extended"),
        (statuses.ready(), "Ready to go home"),
        (statuses.expected(), "Expected"),
        (statuses.hour_one(), "Pre-medication"),
        (statuses.discharged(), "Discharged"),
        (statuses.stopped(phase=Phase.TRANSFERRED, is_open=False), "Transferred"),
    ],
)
def test_the_phase_says_what_holds_it_up(status, words: str):
    assert wording.phase_words(status) == words
