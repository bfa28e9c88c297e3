"""A trainer looks back at a day: the replay on the board, the filters, from a mark to its fact, the printed page."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from models.clinical.protocol import load
from seed.library import library, solution_of
from seed.playing import Script
from tests.browser.tablet import SIGN_ON
from tests.dashboard.served import PIN
from tests.dashboard.training import a_training_server

pytestmark = pytest.mark.slow

POST = """
const [path, done] = arguments;
fetch(path, {method: "POST"}).then(r => done(r.status), e => done(String(e)));
"""


@pytest.fixture
def debrief(tmp_path, new_tablet):
    """The debrief of a busy ward played as it should be, from one moment to the next."""
    protocol = load()
    with a_training_server(tmp_path) as server:
        trainer = server.signed_on()
        code = server.open_room(trainer, "busy-ward")
        Script(
            server.rooms.by_code[code].plays[0].player,
            solution_of("busy-ward", library(protocol)["busy-ward"], protocol),
        )
        trainer.post(f"/api/training/rooms/{code}/clock", json={"slows": False})
        while trainer.post(f"/api/training/rooms/{code}/clock", json={"to": "next"}).status_code == 200:
            pass
        tablet = new_tablet(server.address)
        tablet.driver.get(server.address)
        assert tablet.driver.execute_async_script(SIGN_ON, "castro", PIN) == 200
        assert tablet.driver.execute_async_script(POST, f"/api/training/rooms/{code}/take-over") == 200
        tablet.open(f"/training/{code}/debrief")
        yield tablet
        server.tidy()


def minute(tablet):
    return tablet.text("[data-at]")


def test_the_day_is_replayed_filtered_and_printed(debrief):
    tablet = debrief
    scrubber = tablet.driver.find_element(By.CSS_SELECTOR, "[data-scrubber]")
    assert "30 of 30 points" in tablet.text(".debrief-result")
    tablet.wait_until(lambda: "in 10min" in tablet.text("#card-4"))

    tablet.driver.find_element(By.CSS_SELECTOR, '[data-moment="21"]').click()
    tablet.wait_until(lambda: "Repeat in 6min" in tablet.text("#card-2"))
    assert minute(tablet) == "13:21" and tablet.text(".replay-word").split() == ["Replay", "13:21"]
    assert "in 47min" in tablet.text("#card-4") and "overdue" not in tablet.text("#card-4"), "of this moment alone"
    assert "Paused: Reaction" in tablet.text("[data-then]")

    scrubber.send_keys(Keys.ARROW_RIGHT)
    tablet.wait_until(lambda: "Repeat in 5min" in tablet.text("#card-2"))
    assert minute(tablet) == "13:22", "a scrubber is led by the keyboard too"
    tablet.driver.find_element(By.CSS_SELECTOR, '[data-replay="play"]').click()
    tablet.wait_until(lambda: minute(tablet) == "13:24")
    tablet.driver.find_element(By.CSS_SELECTOR, '[data-replay="play"]').click()
    held = minute(tablet)

    Select(tablet.driver.find_element(By.CSS_SELECTOR, '[data-filter="chair"]')).select_by_value("5")
    rows = "document.querySelectorAll('.time-line tbody tr:not([hidden])')"
    shown = f"return [...new Set([...{rows}].map(row => row.dataset.chair))]"
    assert tablet.run(shown) == ["5"] and tablet.text("[data-shown]").endswith("entries: Chair 5")
    link = tablet.driver.find_element(By.CSS_SELECTOR, 'a[href^="#fact-8-"]')
    link.click()
    tablet.wait_until(
        lambda: tablet.run("return document.activeElement.id") == link.get_attribute("href").split("#")[1]
    )
    assert len(tablet.run(shown)) > 10, "a link to a fact leads to it whatever is filtered out"

    tablet.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = "return ['.print-word', '#replay-section'].map(one => document.querySelector(one).offsetHeight > 0)"
    assert tablet.text(".print-word").startswith("TRAINING") and tablet.run(seen) == [True, False]
    tablet.set_dark(False)
    tablet.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert minute(tablet) == held, "nothing of a replay goes on by itself"
