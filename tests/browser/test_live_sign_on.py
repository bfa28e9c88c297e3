"""Whose hands these are: the tiles, the PIN pad, the next nurse at the same tablet, and a new ward's first page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from models.store.opening import create_store
from models.store.set_up_code import code_hash
from tests.browser.tablet import PHONE, TABLET, UPRIGHT, Tablet
from tests.browser.ward_server import TRAINING_PIN, WardServer

SET_UP = {
    "code": "abcd efgh jkmn",
    "name": "Day ward 9",
    "chairs": "1-6",
    "supervising_neurologist": "Dr Haddad",
    "emergency_contact": "ICU 5555",
    "charge_nurse": "Amara Okafor",
    "pin": "271828",
    "pin_again": "271828",
}
SMALL_TARGETS = """
const small = [];
for (const one of document.querySelectorAll("button, input")) {
    const box = one.getBoundingClientRect();
    if (box.width && (box.height < arguments[0] || box.width < arguments[0])) small.push(one.outerHTML);
}
return small;
"""


@pytest.fixture
def ward(start_ward: Callable[..., WardServer]) -> WardServer:
    """By the server's own clock."""
    return start_ward()


def tap_pin(tablet: Tablet, pin: str) -> None:
    for digit in pin:
        tablet.find_element(f'[data-digit="{digit}"]').click()


def test_a_nurse_taps_her_name_and_six_digits_and_is_where_she_wanted_to_be(
    ward: WardServer, new_tablet: Callable[..., Tablet]
):
    tablet = new_tablet(ward.url)
    tablet.open("/chair/4")
    assert "/sign-on?to=/chair/4" in tablet.driver.current_url and not tablet.shows("DUNNE")
    tablet.find_element('[data-staff="okafor"]').click()
    tap_pin(tablet, "135790")
    tablet.wait_until(lambda: "do not go together" in tablet.text("#sign-on-refusal"), 5)
    tap_pin(tablet, TRAINING_PIN)
    tablet.wait_until(lambda: tablet.driver.current_url.endswith("/chair/4"), 5)
    tablet.wait_until_live()
    assert tablet.run("return [chairside.staff, typeof chairside.epoch]") == ["okafor", "number"]
    # The one refusal is in the console as the browser writes it.
    assert ["401" in line for line in tablet.console()] == [True]


def test_the_keyboard_alone_is_enough(ward: WardServer, new_tablet: Callable[..., Tablet]):
    tablet = new_tablet(ward.url)
    tablet.open("/sign-on")

    def focused() -> str:
        return str(tablet.run("return document.activeElement.dataset.staff || document.activeElement.id"))

    for _ in range(20):
        if focused() == "okafor":
            break
        tablet.driver.switch_to.active_element.send_keys(Keys.TAB)
    assert focused() == "okafor"
    tablet.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert focused() == "pin"
    tablet.driver.switch_to.active_element.send_keys(TRAINING_PIN)
    tablet.wait_until_live()


@pytest.mark.parametrize("size", [TABLET, UPRIGHT, PHONE], ids=["tablet", "upright", "phone"])
def test_tiles_and_keys_are_large_enough_for_a_gloved_finger(
    ward: WardServer, new_tablet: Callable[..., Tablet], size: tuple[int, int]
):
    tablet = new_tablet(ward.url, size=size, dark=size == PHONE)
    tablet.open("/sign-on")
    tablet.find_element('[data-staff="okafor"]').click()
    assert tablet.run(SMALL_TARGETS, 72) == []
    assert tablet.run("return document.documentElement.scrollWidth <= innerWidth")
    assert tablet.driver.title == "TRAINING · Sign on · Chairside" and tablet.shows("TRAINING")


def test_the_next_nurse_at_the_same_tablet_is_the_one_every_window_names(
    open_as: Callable[..., Tablet], ward: WardServer
):
    tablet = open_as("okafor", "/chair/4")
    first = tablet.driver.current_window_handle
    tablet.open_window("/sign-on")
    tablet.find_element('[data-staff="lindqvist"]').click()
    tap_pin(tablet, TRAINING_PIN)
    tablet.wait_until_live()
    assert tablet.run("return chairside.staff") == "lindqvist"
    tablet.driver.switch_to.window(first)
    tablet.wait_until(lambda: tablet.run("return chairside.staff") == "lindqvist", 10)
    tablet.wait_until_live()


def test_the_name_signs_off_and_the_ward_asks_who_comes_next(ward: WardServer, new_tablet: Callable[..., Tablet]):
    tablet = new_tablet(ward.url)
    for path in ("/", "/today", "/chair/4"):
        tablet.open_as("okafor", path)
        tablet.wait_until_live()
        if path.startswith("/chair"):
            tablet.find_element("#chair-nurse [data-open=nurse]").click()
        button = next(one for one in tablet.find_elements("[data-sign-off]") if one.is_displayed())
        assert "Sign off" in button.text
        assert tablet.axe() == []
        button.click()
        tablet.wait_until(lambda: "/sign-on" in tablet.driver.current_url, 5)
        tablet.open(path)
        assert "/sign-on" in tablet.driver.current_url, "the sign-on is over in the ward, not only on the screen"


def test_a_new_ward_begins_on_its_set_up_page(
    start_ward: Callable[..., WardServer], new_tablet: Callable[..., Tablet], tmp_path: Path
):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    create_store(url, "ward", set_up_code_hash=code_hash("ABCD-EFGH-JKMN")).close()
    ward = start_ward(mode="ward", database_url=url)
    tablet = new_tablet(ward.url)
    tablet.open("/")
    assert tablet.driver.current_url.endswith("/set-up") and "TRAINING" not in tablet.driver.title
    assert tablet.axe() == []
    for name, text in SET_UP.items():
        tablet.find_element(f"#{name}").send_keys(text)
    tablet.find_element("#set-up button").click()
    tablet.wait_until(lambda: tablet.driver.current_url.endswith("/sign-on"), 5)
    tablet.find_element("[data-staff]").click()
    tap_pin(tablet, "271828")
    tablet.wait_until_live()
    assert tablet.shows("Day ward 9") and not tablet.shows("TRAINING")
