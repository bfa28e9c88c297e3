"""What a nurse does on the chair page, in the words of the stories."""

from __future__ import annotations

from typing import Any

from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.keys import Keys

from tests.browser.tablet import Tablet
from tests.browser.ward_server import WardServer


def status_of(ward: WardServer, chair: str) -> dict[str, Any]:
    with ward.client("okafor") as client:
        return next(one for one in client.get("/api/ward")["chairs"] if one["chair"] == chair)


def facts_of(ward: WardServer, chair: str, kind: str) -> list[dict[str, Any]]:
    day = status_of(ward, chair)["infusion_day_id"]
    with ward.client("okafor") as client:
        return [fact for fact in client.get(f"/api/infusion-days/{day}")["facts"] if fact["kind"] == kind]


def tap(tablet: Tablet, selector: str) -> None:
    """A real tap: what is covered or out of reach fails."""
    tablet.wait_until(lambda: tablet.find_element(selector).is_displayed(), 10, f"{selector} is not shown")
    tablet.find_element(selector).click()


def press_keys(tablet: Tablet, digits: str) -> int:
    """On the keypad; how many taps it took."""
    for digit in digits:
        tap(tablet, f"#keypad [data-key='{digit}']")
    return len(digits)


def enter_set(tablet: Tablet, heart: str, upper: str, lower: str, *, done: bool = False) -> int:
    """Three values by keypad from the first tap to *None new*; how many taps it took. `done` puts the keypad away."""
    tap(tablet, "#vs-heart-rate")
    taps = 1
    for number, digits in enumerate((heart, upper, lower), 1):
        taps += press_keys(tablet, digits)
        if number < 3 or done:
            tap(tablet, "#keypad [data-key=next]")
            taps += 1
    tap(tablet, "[data-none-new]")
    return taps + 1


def type_set(tablet: Tablet, heart: str, upper: str, lower: str) -> None:
    """The same with a keyboard beside the tablet."""
    tap(tablet, "#vs-heart-rate")
    for digits in (heart, upper, lower):
        active = tablet.driver.switch_to.active_element
        active.send_keys(digits)
        active.send_keys(Keys.ENTER)
    tap(tablet, "[data-none-new]")


def typed(tablet: Tablet) -> list[str]:
    return [
        tablet.run(f"return document.getElementById('vs-{name}').value")
        for name in ("heart-rate", "systolic", "diastolic")
    ]


def wait_for_level(tablet: Tablet, words: str) -> None:
    tablet.wait_until(lambda: words in tablet.text("#vs-level"), 10, f"the level never said {words!r}")


def wait_for_state(tablet: Tablet, words: str, within: float = 10) -> None:
    try:
        tablet.wait_until(lambda: words in tablet.text("#chair-state"), within)
    except TimeoutException:
        said = tablet.run("return document.getElementById('chair-right').innerText")
        raise AssertionError(f"never {words!r}; the form says:\n{said}") from None


def choose(tablet: Tablet, form: str, value: str) -> None:
    tap(tablet, f'#form-{form} [data-value="{value}"]')


def save(tablet: Tablet, form: str) -> None:
    tap(tablet, f"#form-{form} button[type=submit]")
