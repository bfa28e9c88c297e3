"""Ward stories of vital signs on the chair page: few taps, the level before saving, nothing lost to a live update."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.chair_steps import (
    choose,
    enter_set,
    facts_of,
    press_keys,
    save,
    status_of,
    tap,
    type_set,
    typed,
    wait_for_level,
    wait_for_state,
)
from tests.browser.tablet import PHONE, UPRIGHT, Tablet
from tests.browser.ward_server import WardServer

pytestmark = pytest.mark.xdist_group("chair vitals")

CALM = "8"
"""An infusing chair of the training ward whose last set is normal."""
OTHER = "9"
UNTOUCHED = "10"
"""Observed, and left alone by the other stories."""


@pytest.fixture(scope="module")
def ward(shared_ward: WardServer) -> WardServer:
    return shared_ward


def test_a_full_set_takes_at_most_twelve_taps_and_is_saved_for_the_named_patient(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    taps = enter_set(tablet, "92", "118", "74")
    wait_for_level(tablet, "Complete")
    name = tablet.text("#chair-banner h1")
    assert tablet.text("#vs-save").startswith(f"Save for {name} · born ")
    tap(tablet, "#vs-save")
    assert taps + 1 <= 12
    wait_for_state(tablet, "Saved ")
    newest = facts_of(ward, CALM, "VitalSignsRecorded")[-1]
    assert (newest["heart_rate"], newest["systolic"], newest["diastolic"], newest["symptoms"]) == (92, 118, 74, [])
    assert typed(tablet) == ["", "", ""]


def test_a_keyboard_beside_the_tablet_types_into_the_same_fields(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    type_set(tablet, "90", "120", "76")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")
    assert facts_of(ward, CALM, "VitalSignsRecorded")[-1]["systolic"] == 120


def test_the_level_shows_while_typing_before_anything_is_saved(ward, open_as) -> None:
    before = len(facts_of(ward, CALM, "VitalSignsRecorded"))
    tablet = open_as("okafor", f"/chair/{CALM}")
    tap(tablet, "#vs-heart-rate")
    press_keys(tablet, "135")
    wait_for_level(tablet, "Red")
    assert "tint-red" in tablet.find_element("#vs-heart-rate-box").get_attribute("class")
    tablet.wait_until(lambda: "heart rate 135" in tablet.text("#vs-level"))
    assert len(facts_of(ward, CALM, "VitalSignsRecorded")) == before
    for _ in "135":
        tap(tablet, "#keypad [data-key=last]")
    wait_for_level(tablet, "not measured yet")


def test_a_digit_never_lands_in_another_field(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    tap(tablet, "#vs-heart-rate")
    press_keys(tablet, "9999")
    assert typed(tablet) == ["9999", "", ""]
    tap(tablet, "#keypad [data-key=clear]")
    assert typed(tablet) == ["", "", ""]


def test_what_is_typed_survives_a_live_update_by_a_colleague(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    enter_set(tablet, "92", "118", "74")
    day = status_of(ward, CALM)["infusion_day_id"]
    with ward.client("mbeki") as client:
        client.post(f"/api/infusion-days/{day}/notes", {"text": "Lunch at the chair"}).raise_for_status()
    tablet.wait_until(
        lambda: "Lunch at the chair" in tablet.run("return document.getElementById('chair-record').textContent")
    )
    assert typed(tablet) == ["92", "118", "74"]
    assert tablet.run("return document.querySelector('[data-none-new]').getAttribute('aria-pressed')") == "true"


def test_a_partial_set_asks_why_before_it_is_saved(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    tap(tablet, "#vs-heart-rate")
    press_keys(tablet, "88")
    wait_for_level(tablet, "Pressure and symptoms not measured yet")
    tap(tablet, "#vs-save")
    choose(tablet, "vital-signs", "interrupted")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")
    assert facts_of(ward, CALM, "VitalSignsRecorded")[-1]["partial_reason"] == "interrupted"


def test_a_value_outside_what_is_plausible_is_confirmed_in_place(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    enter_set(tablet, "255", "118", "74")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "NOT SAVED")
    confirm, saving = tablet.find_element("#vs-ask button"), tablet.find_element("#vs-save")
    assert saving.rect["y"] - (confirm.rect["y"] + confirm.rect["height"]) >= 24
    assert typed(tablet) == ["255", "118", "74"]
    confirm.click()
    wait_for_state(tablet, "Saved ")
    assert facts_of(ward, CALM, "VitalSignsRecorded")[-1]["confirmed"] is True
    assert all("422" in line for line in tablet.console())


def test_what_cannot_be_is_refused_with_the_field_named_and_the_values_kept(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    enter_set(tablet, "92", "70", "118")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "NOT SAVED")
    assert typed(tablet) == ["92", "70", "118"]
    assert tablet.find_elements(".refused[data-field]")
    assert all("422" in line for line in tablet.console())


def test_a_red_symptom_is_red_whatever_the_numbers_and_the_page_says_so(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{OTHER}")
    type_set(tablet, "90", "120", "76")
    tap(tablet, "[data-symptom='chest pain']")
    assert tablet.run("return document.querySelector('[data-none-new]').getAttribute('aria-pressed')") == "false"
    wait_for_level(tablet, "Red – stop and evaluate")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")
    tablet.wait_for_element(".next-red")
    assert "STOP" in tablet.text("#chair-red")
    assert tablet.find_element("#vs-more").is_displayed(), "the fields of a full set open by themselves"


def test_another_symptom_is_asked_how_bad_it_is_and_asked_again_by_name(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    type_set(tablet, "90", "120", "76")
    tap(tablet, "#vs-other")
    tap(tablet, "#symptom-sheet [data-symptom=nausea]")
    tap(tablet, "#symptom-sheet [data-severity-is=mild]")
    tap(tablet, "[data-close-sheet]")
    assert tablet.text("#vs-other") == "Nausea, mild"
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")
    found = facts_of(ward, CALM, "VitalSignsRecorded")[-1]["symptoms"]
    assert [(one["symptom"], one["severity"], one["change"]) for one in found] == [("nausea", "mild", "new")]
    tap(tablet, "[data-open-symptom=nausea] [data-value=gone]")
    type_set(tablet, "88", "118", "76")
    tap(tablet, "#vs-save")
    tablet.wait_until(lambda: not tablet.find_elements("#form-vital-signs [data-open-symptom]"))


def test_a_set_taken_five_minutes_ago_is_recorded_at_that_time(ward, open_as) -> None:
    tablet = open_as("okafor", f"/chair/{CALM}")
    type_set(tablet, "90", "120", "76")
    tap(tablet, "#vs-when-open")
    tap(tablet, "#vs-when [data-value='5']")
    assert tablet.text("#vs-when-said") == "5 min ago"
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")
    fact = facts_of(ward, CALM, "VitalSignsRecorded")[-1]
    minutes = (int(fact["recorded_at"][14:16]) - int(fact["happened_at"][14:16])) % 60
    assert minutes in (4, 5)


@pytest.mark.parametrize("size", [UPRIGHT, PHONE])
def test_the_form_comes_first_upright_and_the_keypad_stays_off_it(
    ward: WardServer, open_as: Callable[..., Tablet], size: tuple[int, int]
) -> None:
    tablet = open_as("okafor", f"/chair/{UNTOUCHED}", size=size, dark=True)
    assert tablet.find_element("#chair-right").rect["y"] < tablet.find_element("#chair-timers").rect["y"]
    enter_set(tablet, "92", "118", "74", done=size == PHONE)
    save(tablet, "vital-signs")
    wait_for_state(tablet, "Saved ")
