"""Who it really was: a set of the wrong patient recorded for the right one, and two patients who change chairs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.chair_steps import choose, facts_of, save, status_of, tap, wait_for_state
from tests.browser.tablet import Tablet
from tests.browser.ward_server import WardServer

NOON = "2026-11-20T12:00:00+00:00"
WRONG, RIGHT = "5", "4"
RED = {"heart_rate": 135, "systolic": 150, "diastolic": 88, "symptoms": []}


@pytest.fixture
def ward(start_ward: Callable[..., WardServer]) -> WardServer:
    return start_ward(clock_start=NOON, clock_rate=0)


@pytest.mark.slow
def test_a_set_of_the_wrong_patient_is_struck_and_recorded_for_the_right_one_and_its_stop_is_marked(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    with ward.client("okafor") as client:
        client.act(WRONG, "vital-signs", RED).raise_for_status()
        client.act(WRONG, "infusion/stop", {}).raise_for_status()
    tablet = open_as("okafor", f"/chair/{WRONG}")
    (taken,) = [one for one in facts_of(ward, WRONG, "VitalSignsRecorded") if one["heart_rate"] == 135]
    tap(tablet, "#chair-acts [data-open=record]")
    tap(tablet, f"#chair-record [data-open=corrections][data-fact='{taken['id']}']")
    choose(tablet, "corrections", "wrong patient")
    save(tablet, "corrections")
    tablet.wait_until(lambda: "Whose was it?" in tablet.text("#chair-said"), 10, "the struck set is offered")
    right = status_of(ward, RIGHT)["patient"]
    assert "150/88 mmHg, 135 /min" in tablet.text("#chair-said")
    offers = tablet.find_elements("#chair-said .chips button")
    next(one for one in offers if right["family_name"].upper() in one.text and "Chair 4" in one.text).click()
    assert "born 19-Jul-1985" in tablet.text("#chair-said")
    tap(tablet, "#chair-said [data-act=vital-signs]")
    wait_for_state(tablet, "Saved ")
    moved = facts_of(ward, RIGHT, "VitalSignsRecorded")[-1]
    assert (moved["heart_rate"], moved["happened_at"]) == (135, taken["happened_at"])
    there = status_of(ward, RIGHT)
    assert there["level"] == "red"
    assert "A reading of this patient was first recorded at chair 5" in [one["words"] for one in there["alerts"]]
    tap(tablet, "#chair-acts [data-open=record]")
    assert "This STOP rested on a reading that was entered in error." in tablet.text("#chair-record")
    alerts = [one for one in status_of(ward, WRONG)["alerts"] if one["what"] == "corrected"]
    assert [one["limit"] for one in alerts] == ["Recorded as red, struck as: wrong patient. The STOP rested on it"]


@pytest.mark.slow
def test_two_patients_change_chairs_from_the_page_of_one_of_them(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    here, there = (status_of(ward, label)["patient"]["id"] for label in ("5", "9"))
    tablet = open_as("okafor", "/chair/5")
    tap(tablet, "#chair-nurse button")
    tap(tablet, "#panel-nurse [data-open=swap]")
    chips = tablet.find_elements("#form-swap [data-field=with] .chip")
    next(one for one in chips if one.text.startswith("9 · ")).click()
    save(tablet, "swap")
    tablet.wait_until(lambda: status_of(ward, "9")["patient"]["id"] == here, 10, "both have changed chairs")
    assert status_of(ward, "5")["patient"]["id"] == there
    tablet.wait_until(lambda: "moved to chair 9" in tablet.text("#page-stopped"), 10, "the page says so")
