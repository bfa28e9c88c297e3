"""Leaving: slowing seen before it is recorded, amber drift with headache held until a doctor releases it, the night."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.chair_steps import choose, facts_of, save, status_of, tap, wait_for_state
from tests.browser.tablet import WALL, Tablet
from tests.browser.ward_server import WardServer

NOON = "2026-11-20T12:00:00+00:00"
CALM, PAUSED, EXTENDED, OBSERVED = "5", "7", "11", "10"
NORMAL = {"heart_rate": 74, "systolic": 124, "diastolic": 76, "symptoms": []}


@pytest.fixture
def ward(start_ward: Callable[..., WardServer]) -> WardServer:
    """The training ward with a clock that stands still until the story moves it."""
    return start_ward(clock_start=NOON, clock_rate=0)


def later(ward: WardServer, tablet: Tablet, clock: str) -> None:
    with ward.client("okafor") as client:
        client.set_clock(now=f"2026-11-20T{clock}:00+00:00").raise_for_status()
    tablet.wait_until(lambda: tablet.text(".ward-clock") == clock)


@pytest.mark.slow
def test_slow_shows_its_end_and_what_the_bag_allows_before_it_is_recorded(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    tap(tablet, "#chair-acts [data-open=rate]")
    tap(tablet, "#form-rate [data-part='0.5']")
    forecast = "#form-rate [data-forecast]"
    tablet.wait_until(lambda: "instead of" in tablet.text(forecast), 10, "the forecast")
    assert not facts_of(ward, CALM, "RateChanged")
    tablet.find_element("#rate-rate-ml-per-hour-typed").send_keys("6")
    tablet.wait_until(lambda: "The bag expires" in tablet.text(forecast), 10, "the warning of the bag")
    assert not tablet.find_elements("#form-rate [data-type=rate] [aria-pressed=true]")
    tap(tablet, "#keypad [data-key=next]")
    tap(tablet, "#form-rate [data-part='0.5']")
    choose(tablet, "rate", "poorly tolerated")
    save(tablet, "rate")
    wait_for_state(tablet, "Saved ")
    assert status_of(ward, CALM)["slowed"]


@pytest.mark.slow
def test_amber_with_a_new_headache_is_held_until_two_normal_sets_and_a_doctor_release_it(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet, other = open_as("okafor", f"/chair/{EXTENDED}"), open_as("mbeki", f"/chair/{EXTENDED}")
    board = open_as("farrell", "/", size=WALL)
    board.wait_until(lambda: "Observation, extended" in board.text(f"#card-{EXTENDED}"))
    tap(tablet, "#chair-acts .acts-pair [data-open=leaving]")
    gate = "#chair-leaving"
    tablet.wait_until(lambda: "so far 0 normal, no doctor's review" in tablet.text(gate), 10, "why it is held")
    tap(tablet, f"{gate} [data-open=prepare-discharge]")
    choose(tablet, "prepare-discharge", "ward")
    tablet.find_element("#prepare-discharge-receiver-typed").send_keys("Dr Chen")
    save(tablet, "prepare-discharge")
    wait_for_state(tablet, "Saved ")
    with ward.client("okafor") as client:
        client.act(EXTENDED, "vital-signs", NORMAL).raise_for_status()
    later(ward, tablet, "12:30")
    tap(tablet, "#chair-acts .acts-pair [data-open=leaving]")
    tablet.wait_until(lambda: "so far 1 normal" in tablet.text(gate), 10, "one normal set is not enough")
    assert "Prepared: Ward · Dr Chen takes over" in tablet.text(gate)
    with ward.client("okafor") as client:
        gone = NORMAL | {"symptoms": [{"symptom": "headache", "change": "gone"}]}
        client.act(EXTENDED, "vital-signs", gone).raise_for_status()
    tap(tablet, f"{gate} .check-is-missing [data-open=review]")
    choose(tablet, "review", "Dr Lind")
    choose(tablet, "review", "release")
    save(tablet, "review")
    wait_for_state(tablet, "Saved ")
    tap(tablet, "#chair-acts .acts-pair [data-open=leaving]")
    tablet.wait_until(lambda: "Extended" not in tablet.text(gate), 10, "the doctor's name releases it")
    while ticks := tablet.find_elements(f"{gate} .check-is-missing [data-act]"):
        left = len(ticks)
        ticks[0].click()
        still = f"{gate} .check-is-missing [data-act]"
        tablet.wait_until(lambda left=left, still=still: len(tablet.find_elements(still)) < left, 10, "one tick")
    one_tap = "#chair-acts .acts-pair [data-act=discharge]"
    tablet.wait_until(lambda: tablet.find_elements(one_tap), 10, "prepared and complete it is one tap")
    assert "Ward · Dr Chen takes over" in tablet.text(one_tap)
    tap(tablet, one_tap)
    tablet.wait_until(lambda: status_of(ward, EXTENDED)["phase"] == "discharged")
    other.wait_until(lambda: other.find_element("#panel-record").is_displayed(), 10, "the other tablet follows")
    board.wait_until(lambda: "Free" in board.text(f"#card-{EXTENDED}"), 10, "the chair is free on the board")
    (discharged,) = facts_of(ward, EXTENDED, "Discharged")
    assert (discharged["where_to"], discharged["receiver"]) == ("ward", "Dr Chen")


@pytest.mark.slow
def test_a_pause_for_the_toilet_ends_in_one_tap_and_one_for_a_reaction_with_a_doctor(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet = open_as("okafor", f"/chair/{PAUSED}")
    tap(tablet, "#chair-acts [data-locked]")
    assert "paused for a reaction" in tablet.text("#chair-said")
    tap(tablet, "#chair-said [data-open=resume]")
    tablet.wait_until(lambda: "it ends" in tablet.text("#form-resume [data-forecast]"), 10, "the offered rate's end")
    choose(tablet, "resume", "Dr Lind")
    tablet.find_element("#resume-reason-typed").send_keys("Rash settled")
    save(tablet, "resume")
    tablet.wait_until(lambda: status_of(ward, PAUSED)["state"] == "running")
    tap(tablet, "#chair-acts [data-open=pause]")
    choose(tablet, "pause", "toilet")
    save(tablet, "pause")
    tablet.wait_until(lambda: tablet.text("#chair-acts [data-act=resume]").startswith("Resume"))
    tap(tablet, "#chair-acts [data-act=resume]")
    tablet.wait_until(lambda: status_of(ward, PAUSED)["state"] == "running")


@pytest.mark.slow
def test_closing_the_ward_hands_every_open_chair_over_in_one_act_and_the_board_shows_it(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet, board = open_as("okafor", "/today"), open_as("mbeki", "/")
    tap(tablet, "[data-show=close-ward]")
    tablet.wait_until(lambda: len(tablet.find_elements("#night-lines li")) == 10, 10, "a line for each open chair")
    save(tablet, "close-ward")
    assert "Still missing" in tablet.text("#form-close-ward .ask")
    tablet.find_element("#night-every-receiver").send_keys("Dr Chen")
    tablet.find_element("#night-every-place").send_keys("Ward 5")
    tap(tablet, "#night-everybody")
    one = tablet.find_element(f"#night-lines [data-chair='{OBSERVED}'] input")
    one.clear()
    one.send_keys("Dr Abbot")
    save(tablet, "close-ward")
    tablet.wait_until(
        lambda: "chair 10 IONESCU to Dr Abbot, Ward 5" in tablet.text("#today-said"), 10, "what was handed"
    )
    tablet.wait_until(lambda: tablet.text("#today-days").count("night: Dr ") == 10, 10, "the list shows every receiver")
    board.wait_until(lambda: "night: Dr Abbot, Ward 5" in board.text("#page"), 10, "the board shows the receiver")
