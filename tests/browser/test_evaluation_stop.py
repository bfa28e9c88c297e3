"""Ward stories of STOP: one tap, recorded to the second, taken back within seconds, earlier where the pump was."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from tests.browser.chair_steps import facts_of, status_of, tap
from tests.browser.proxy import FaultProxy, Mode
from tests.browser.tablet import PHONE, Tablet
from tests.browser.ward_server import WardServer

pytestmark = pytest.mark.xdist_group("evaluation stop")

A_MINUTE_AGO = """
const button = [...document.querySelectorAll(".stop-when button")].find(one => one.textContent === "1 min ago");
button?.click();
return Boolean(button);
"""


@pytest.fixture(scope="module")
def ward(shared_ward: WardServer) -> WardServer:
    return shared_ward


def wait_for_stop_words(tablet: Tablet, words: str, within: float = 10) -> None:
    tablet.wait_until(lambda: words in tablet.text("#stop-said"), within, f"STOP never said {words!r}")


def test_stop_is_one_tap_and_touched_by_mistake_is_kept_as_entered_in_error(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet = open_as("okafor", "/chair/5")
    stop = tablet.find_element("#stop").rect
    assert stop["height"] >= 120 and stop["x"] >= 24 and 800 - (stop["y"] + stop["height"]) >= 24
    assert tablet.text("#stop").replace("\n", " ") == "STOP records only – stop the pump by hand"
    tap(tablet, "#stop")
    wait_for_stop_words(tablet, "Recorded ")
    assert re.search(r"Recorded \d\d:\d\d:\d\d", tablet.text("#stop-said"))
    mistake = tablet.find_element("#stop-said .stop-mistake").rect
    assert mistake["x"] >= stop["x"] + stop["width"] + 24, "a second tap on STOP never takes it back"
    tap(tablet, "#stop-said .stop-mistake")
    tablet.wait_for_element("#stop")
    assert status_of(ward, "5")["state"] == "running"
    assert not tablet.text("#chair-red"), "the evaluation it opened goes with it"
    assert [fact["struck"] for fact in facts_of(ward, "5", "InfusionStopped")] == [True]


def test_a_double_tap_and_a_lost_reply_record_one_stop_and_leaving_it_there_changes_nothing(
    ward: WardServer, proxy: FaultProxy, open_as: Callable[..., Tablet]
) -> None:
    tablet = open_as("okafor", "/chair/8", via=proxy, size=PHONE)
    tablet.outage_expected = True
    proxy.dropped = re.compile(rb"POST [^ ]*infusion/stop")
    proxy.mode = Mode.RESET_REPLIES
    tablet.run("const stop = document.getElementById('stop'); stop.click(); stop.click();")
    wait_for_stop_words(tablet, "STOP NOT SAVED")
    assert "Trying again by itself" in tablet.text("#stop-said")
    proxy.mode = Mode.PASS
    wait_for_stop_words(tablet, "Recorded ", within=15)
    at = [fact["happened_at"] for fact in facts_of(ward, "8", "InfusionStopped")]
    tablet.open("/chair/8")
    tablet.wait_until_live()
    tablet.wait_until(lambda: "STOP recorded" in tablet.text("#chair-red"))
    assert [fact["happened_at"] for fact in facts_of(ward, "8", "InfusionStopped")] == at and len(at) == 1
    assert status_of(ward, "8")["evaluation"]["reason"] == "STOP"


def test_a_pump_stopped_a_minute_before_the_tap_is_told_by_one_more_tap(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet = open_as("okafor", "/chair/9")
    tap(tablet, "#stop")
    wait_for_stop_words(tablet, "Recorded ")
    tablet.wait_until(lambda: tablet.run(A_MINUTE_AGO), 10, "it never asked when the pump was stopped")
    tablet.wait_until(lambda: len(facts_of(ward, "9", "InfusionStopped")) == 2)
    first, second = facts_of(ward, "9", "InfusionStopped")
    earlier = datetime.fromisoformat(first["happened_at"]) - datetime.fromisoformat(second["happened_at"])
    assert (first["struck"], second["struck"], earlier.total_seconds()) == (True, False, 60)
    assert status_of(ward, "9")["state"] == "stopped"
    told = f"{second['happened_at'][14:19]}"
    tablet.wait_until(lambda: told in tablet.text("#chair-red"), 10, "the prompt never told the earlier time")
    tap(tablet, "#chair-red [data-open=stop-time]")
    tap(tablet, "#form-stop-time .save")
    tablet.wait_until(lambda: "Say when" in tablet.text("#form-stop-time .ask"))
    tap(tablet, "#form-stop-time [data-back]")
    assert len(facts_of(ward, "9", "InfusionStopped")) == 2, "a form that is left records nothing"
