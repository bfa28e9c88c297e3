"""What the environment may say about a ward server."""

import os
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from dashboard.settings import Settings, refused_words


@pytest.fixture(autouse=True)
def a_clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHAIRSIDE_")]:
        monkeypatch.delenv(name)


def test_without_any_setting_a_training_ward_is_served_to_this_machine_only():
    settings = Settings()
    assert (settings.mode, settings.host, settings.port) == ("training", "127.0.0.1", 8050)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CHAIRSIDE_CLOCK_RATE", "1"),
        ("CHAIRSIDE_CLOCK_RATE", "60"),
        ("CHAIRSIDE_CLOCK_START", "2026-11-20T09:00:00+00:00"),
    ],
)
def test_a_real_ward_refuses_a_held_clock(monkeypatch: pytest.MonkeyPatch, name: str, text: str):
    monkeypatch.setenv(name, text)
    assert Settings().held_clock is not None
    monkeypatch.setenv("CHAIRSIDE_MODE", "ward")
    with pytest.raises(ValidationError, match="for training only"):
        Settings()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CHAIRSIDE_PORT", "0"),
        ("CHAIRSIDE_PORT", "65536"),
        ("CHAIRSIDE_MODE", "demo"),
        ("CHAIRSIDE_CLOCK_RATE", "-1"),
        ("CHAIRSIDE_CLOCK_RATE", "601"),
        ("CHAIRSIDE_CLOCK_RATE", "nan"),
        ("CHAIRSIDE_CLOCK_START", "tomorrow"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, text: str):
    monkeypatch.setenv(name, text)
    with pytest.raises(ValidationError) as fault:
        Settings()
    said = refused_words(fault.value)
    assert said.startswith(f"{name} is ") and said.endswith(f", not {text!r}.")


def test_a_setting_of_training_is_refused_to_a_ward_in_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHAIRSIDE_MODE", "ward")
    monkeypatch.setenv("CHAIRSIDE_CLOCK_RATE", "5")
    with pytest.raises(ValidationError) as fault:
        Settings()
    assert refused_words(fault.value).startswith("A ward runs in real time: CHAIRSIDE_CLOCK_START")


def test_hosts_are_the_loopback_names_the_bound_address_and_those_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHAIRSIDE_HOST", "10.1.2.3")
    monkeypatch.setenv("CHAIRSIDE_ALLOWED_HOSTS", "ward3.example, Tablets.example")
    assert Settings().hosts == {"localhost", "127.0.0.1", "[::1]", "10.1.2.3", "ward3.example", "tablets.example"}


def test_a_server_bound_to_every_address_still_answers_to_named_hosts_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHAIRSIDE_HOST", "0.0.0.0")
    assert Settings().hosts == {"localhost", "127.0.0.1", "[::1]"}


def test_a_time_without_its_zone_is_the_training_wards_own():
    assert Settings(clock_start="2026-07-20T07:00").clock_start == datetime(2026, 7, 20, 6, tzinfo=UTC)
    assert Settings(clock_start="2026-07-20T07:00Z").clock_start == datetime(2026, 7, 20, 7, tzinfo=UTC)
