"""Ward stories of saving on the chair page: Saved or NOT SAVED, nothing in between, nothing twice, nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.chair_steps import (
    choose,
    facts_of,
    save,
    status_of,
    tap,
    type_set,
    typed,
    wait_for_level,
    wait_for_state,
)
from tests.browser.proxy import FaultProxy, Mode
from tests.browser.tablet import Tablet
from tests.browser.ward_server import WardServer

pytestmark = pytest.mark.xdist_group("chair saving")

CALM = "8"
PAUSED = "7"


@pytest.fixture(scope="module")
def ward(shared_ward: WardServer) -> WardServer:
    return shared_ward


def sets_of(ward: WardServer) -> int:
    return len(facts_of(ward, CALM, "VitalSignsRecorded"))


def posts_to(path: str) -> re.Pattern[bytes]:
    return re.compile(rb"POST [^ ]*" + path.encode())


def test_a_lost_reply_is_retried_with_the_same_key_and_saved_once(
    ward: WardServer, proxy: FaultProxy, open_as: Callable[..., Tablet]
) -> None:
    before = sets_of(ward)
    tablet = open_as("okafor", f"/chair/{CALM}", via=proxy)
    tablet.outage_expected = True
    type_set(tablet, "92", "118", "74")
    wait_for_level(tablet, "Complete")
    proxy.dropped = posts_to("vital-signs")
    proxy.mode = Mode.RESET_REPLIES
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "NOT SAVED")
    assert "Trying again" in tablet.text("#vs-ask")
    assert typed(tablet) == ["92", "118", "74"]
    proxy.mode = Mode.PASS
    wait_for_state(tablet, "Saved ", within=15)
    assert sets_of(ward) == before + 1


def test_a_cut_network_says_not_saved_keeps_what_is_typed_and_saves_when_it_is_back(
    ward: WardServer, proxy: FaultProxy, open_as: Callable[..., Tablet]
) -> None:
    before = sets_of(ward)
    tablet = open_as("okafor", f"/chair/{CALM}", via=proxy)
    tablet.outage_expected = True
    type_set(tablet, "94", "119", "75")
    wait_for_level(tablet, "Complete")
    proxy.mode = Mode.CUT
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "NOT SAVED")
    assert "No answer" in tablet.text("#vs-ask")
    assert tablet.run("return window.chairside.hasTyped()")
    proxy.mode = Mode.PASS
    wait_for_state(tablet, "Saved ", within=20)
    assert sets_of(ward) == before + 1
    assert not tablet.run("return window.chairside.hasTyped()")


def test_a_double_tap_records_one_fact(ward: WardServer, open_as: Callable[..., Tablet]) -> None:
    before = len(facts_of(ward, CALM, "NoteAdded"))
    tablet = open_as("okafor", f"/chair/{CALM}")
    tap(tablet, "#chair-acts [data-open=notes]")
    tablet.find_element("#form-notes textarea").send_keys("Warm drink")
    tablet.run("const b = document.querySelector('#form-notes .save'); b.click(); b.click(); b.click();")
    wait_for_state(tablet, "Saved ")
    assert len(facts_of(ward, CALM, "NoteAdded")) == before + 1


def test_the_page_stops_when_its_patient_moves_and_what_is_typed_stays_theirs(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet = open_as("okafor", "/chair/10")
    name = tablet.text("#chair-banner h1")
    leaving = status_of(ward, "10")["infusion_day_id"]
    coming = status_of(ward, "11")
    type_set(tablet, "81", "117", "73")
    with ward.client("mbeki") as client:
        client.post(f"/api/infusion-days/{leaving}/swap", {"with": coming["infusion_day_id"]}).raise_for_status()
    tablet.wait_for_element(".stopped")
    words = tablet.text("#page-stopped")
    assert f"{name} moved to chair 11 at " in words and " by Mbeki" in words
    assert f"Go to {name}" in words and f"Open {coming['patient']['family_name'].upper()}" in words
    assert not tablet.find_element("#chair-banner").is_displayed(), "nobody else's name stands above the form"
    assert typed(tablet) == ["81", "117", "73"]
    assert name in tablet.text("#vs-save")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")
    newest = facts_of(ward, "11", "VitalSignsRecorded")[-1]
    assert newest["heart_rate"] == 81, "recorded for the patient it was typed for, in the chair they sit in now"


def test_an_act_that_is_not_allowed_is_quiet_and_a_tap_says_why(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet = open_as("okafor", "/chair/2")
    start = tablet.find_element("#chair-acts [data-open=start]")
    assert "quiet" in start.get_attribute("class")
    assert start.rect["height"] >= 120
    start.click()
    tablet.wait_until(lambda: "cannot start yet" in tablet.text("#override"))
    assert tablet.find_element("#form-start #override [data-field='override.doctor']").is_displayed()


def test_a_doctor_and_a_reason_resume_after_a_reaction(ward: WardServer, open_as: Callable[..., Tablet]) -> None:
    tablet = open_as("okafor", f"/chair/{PAUSED}")
    tap(tablet, "#chair-acts [data-locked]")
    assert "a doctor" in tablet.text("#chair-said").lower()
    tap(tablet, "#chair-said [data-open=resume]")
    save(tablet, "resume")
    wait_for_state(tablet, "NOT SAVED")
    assert "doctor" in tablet.text("#form-resume .ask")
    choose(tablet, "resume", "Dr Lind")
    tablet.find_element("#resume-reason-typed").send_keys("Rash settled after antihistamine")
    save(tablet, "resume")
    wait_for_state(tablet, "Saved ")
    assert facts_of(ward, PAUSED, "InfusionResumed")
    assert all(" 422 " in line or " 409 " in line for line in tablet.console())


def test_a_struck_entry_stays_readable_with_who_and_why(ward: WardServer, open_as: Callable[..., Tablet]) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    tap(tablet, "#chair-acts [data-open=notes]")
    tablet.find_element("#form-notes textarea").send_keys("Note for somebody else")
    save(tablet, "notes")
    wait_for_state(tablet, "Saved ")
    tap(tablet, "#chair-acts [data-open=record]")
    tap(tablet, "#chair-record [data-words='Note: Note for somebody else']")
    choose(tablet, "corrections", "wrong patient")
    save(tablet, "corrections")
    wait_for_state(tablet, "Saved ")
    tap(tablet, "#chair-acts [data-open=record]")
    tablet.wait_for_element("#chair-record .struck s")
    assert tablet.text("#chair-record .struck s") == "Note: Note for somebody else"
    assert "Entered in error: Wrong patient" in tablet.text("#chair-record .struck .record-why")


def test_a_wrong_value_is_replaced_and_the_rest_of_the_set_stays(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    type_set(tablet, "92", "128", "74")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")
    tap(tablet, "#chair-acts [data-open=record]")
    tap(tablet, "#chair-record [data-words^='92 /min · 128/74']")
    choose(tablet, "corrections", "wrong value")
    tap(tablet, "#corrections-systolic")
    tablet.driver.switch_to.active_element.send_keys("118")
    save(tablet, "corrections")
    wait_for_state(tablet, "Saved ")
    newest = facts_of(ward, CALM, "VitalSignsRecorded")[-1]
    assert (newest["heart_rate"], newest["systolic"], newest["diastolic"], newest["symptoms"]) == (92, 118, 74, [])


def test_a_tap_of_two_minutes_ago_is_refused_and_offered_back_as_record_late(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    tap(tablet, "#chair-acts [data-open=notes]")
    tablet.find_element("#form-notes textarea").send_keys("Walked a few steps")
    tablet.run("const now = window.chairside.realNow; window.chairside.realNow = () => now() - 120000;")
    save(tablet, "notes")
    wait_for_state(tablet, "NOT SAVED")
    assert not [f for f in facts_of(ward, CALM, "NoteAdded") if f["text"] == "Walked a few steps"]
    offer = tablet.find_element("#form-notes .ask button")
    assert offer.text.startswith("Record late")
    offer.click()
    wait_for_state(tablet, "Saved ")
    assert [f for f in facts_of(ward, CALM, "NoteAdded") if f["text"] == "Walked a few steps"]
    assert all(" 409 " in line for line in tablet.console())


def test_leaving_a_form_that_is_not_saved_asks_first(ward: WardServer, open_as: Callable[..., Tablet]) -> None:
    tablet = open_as("okafor", f"/chair/{PAUSED}")
    tap(tablet, "#chair-acts [data-open=notes]")
    tablet.find_element("#form-notes textarea").send_keys("Half a sentence")
    assert tablet.run("return window.chairside.hasTyped()"), "the browser asks before the page is left"
    tablet.run("const now = window.chairside.realNow; window.chairside.realNow = () => now() - 120000;")
    save(tablet, "notes")
    wait_for_state(tablet, "NOT SAVED")
    tap(tablet, "#form-notes [data-back]")
    assert "Discard what is typed" in tablet.text("#form-notes .ask")
    assert tablet.find_element("#form-notes textarea").get_attribute("value") == "Half a sentence"
    tap(tablet, "#form-notes .ask button")
    tablet.wait_until(lambda: not tablet.find_element("#form-notes").is_displayed())
    assert not tablet.run("return window.chairside.hasTyped()")
    assert all(" 409 " in line for line in tablet.console())
