"""A screen never looks live when it is not, and comes back by itself: every way in which a ward's network fails."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from tests.browser.proxy import FaultProxy, Mode
from tests.browser.tablet import Tablet
from tests.browser.ward_server import WardServer
from tests.dashboard.served import Listening

PROMISED = 10.0
"""Seconds to NOT LIVE after any fault, and to live after its end."""

VALUES_STILL_READABLE = """
const seen = [];
for (const place of document.querySelectorAll(".live")) {
    const words = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let text = words.nextNode(); text; text = words.nextNode()) {
        const element = text.parentElement;
        if (!text.data.trim() || element.closest(".stays") || !element.offsetParent) continue;
        if (getComputedStyle(element).color !== "rgba(0, 0, 0, 0)") seen.push(text.data);
    }
}
return seen;
"""
REMEMBER = """
window.remembered = [];
window.connections = 0;
const Right = window.EventSource;
window.EventSource = class extends Right { constructor(...parts) { super(...parts); window.connections += 1; } };
// The document has no root element yet when this runs.
const says = () => document.documentElement.classList.contains("not-live") ? "not live" : "live";
new MutationObserver(() => remembered.push(`${says()}, ${document.visibilityState}`))
    .observe(document, {attributes: true, subtree: true, attributeFilter: ["class"]});
"""


@pytest.fixture
def ward(start_ward: Callable[..., WardServer]) -> WardServer:
    """By the server's own clock."""
    return start_ward()


@pytest.fixture
def screen(open_as: Callable[..., Tablet], proxy: FaultProxy) -> Tablet:
    """The board, live, behind a network that can fail."""
    tablet = open_as("okafor", via=proxy)
    tablet.outage_expected = True
    return tablet


def says_not_live(tablet: Tablet) -> bool:
    return not tablet.is_live() and tablet.text("#not-live").startswith("NOT LIVE since")


def goes_not_live(tablet: Tablet, since: float) -> None:
    """Within the promised time, loudly, with no value left to read and every identity still there."""
    tablet.wait_until(lambda: says_not_live(tablet), PROMISED + since - time.monotonic(), "NOT LIVE was not shown")
    assert tablet.run(VALUES_STILL_READABLE) == []
    assert tablet.shows("CASTELLANOS-IBARRA")


def goes_live(tablet: Tablet, since: float) -> None:
    tablet.wait_until(tablet.is_live, PROMISED + since - time.monotonic(), "it did not come back")
    assert not tablet.text("#not-live")
    assert tablet.run(VALUES_STILL_READABLE) != []


def outage(tablet: Tablet, begin: Callable[[], object], end: Callable[[], object], lasting: float) -> None:
    since = time.monotonic()
    begin()
    goes_not_live(tablet, since)
    while time.monotonic() < since + lasting:
        assert not tablet.is_live()
        time.sleep(0.25)
    end()
    goes_live(tablet, time.monotonic())


def test_server_killed_for_20_seconds(screen: Tablet, ward: WardServer):
    outage(screen, ward.kill, ward.start, 20)


@pytest.mark.long
@pytest.mark.slow
def test_server_killed_for_4_minutes(screen: Tablet, ward: WardServer):
    """Stock Dash gives up after three."""
    outage(screen, ward.kill, ward.start, 240)


def test_server_frozen(screen: Tablet, ward: WardServer):
    outage(screen, ward.freeze, ward.thaw, 12)


@pytest.mark.parametrize("fault", [Mode.CUT, Mode.BLACK_HOLE, Mode.HALF_OPEN], ids=lambda mode: mode.name)
def test_network_gone(screen: Tablet, proxy: FaultProxy, fault: Mode):
    def set_mode(mode: Mode) -> None:
        proxy.mode = mode

    outage(screen, lambda: set_mode(fault), lambda: set_mode(Mode.PASS), 12)


def test_a_link_that_delivers_25_seconds_late_is_not_live(screen: Tablet, proxy: FaultProxy):
    """What arrives looks like a stream in good health, and is old: for as long as it lasts nothing of it counts."""

    def delay(seconds: float) -> None:
        proxy.delay = seconds

    outage(screen, lambda: delay(25), lambda: delay(0), 45)


def test_a_link_that_falls_behind_bit_by_bit_is_not_live_either(screen: Tablet, proxy: FaultProxy):
    """Never silent for long, and every tick a little older: its age counts, not its regularity."""
    while not says_not_live(screen) and proxy.delay < 15:
        proxy.delay += 1
        time.sleep(2.5)
    assert says_not_live(screen) and proxy.delay <= PROMISED
    proxy.delay = 0
    goes_live(screen, time.monotonic())


def test_the_wards_own_loop_dead(screen: Tablet, ward: WardServer, tmp_path: Path):
    """The server answers, the stream is open, and nobody reads the store any more."""

    def rename(table: str, to: str) -> None:
        with closing(sqlite3.connect(tmp_path / "ward.db", isolation_level=None)) as database:
            database.execute("PRAGMA legacy_alter_table = ON")
            database.execute(f"ALTER TABLE {table} RENAME TO {to}")

    since = time.monotonic()
    rename("fact", "fact_away")
    goes_not_live(screen, since)
    assert httpx2.get(f"{ward.url}/healthz").json()["live"] is False
    rename("fact_away", "fact")
    goes_live(screen, time.monotonic())


def remembering(tablet: Tablet) -> Tablet:
    """From the next page on it remembers every change between live and not live, and every new connection."""
    tablet.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": REMEMBER})
    tablet.open("/")
    tablet.wait_until_live()
    tablet.run("remembered.length = 0; connections = 0;")
    return tablet


def test_a_frozen_page_is_veiled_when_it_wakes_and_believes_a_new_connection_only(screen: Tablet):
    remembering(screen)
    screen.driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "frozen"})
    time.sleep(8)
    screen.driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "active"})
    # A browser without a screen leaves the page hidden.
    screen.driver.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    goes_live(screen, time.monotonic())
    told = screen.run("return [remembered, connections]")
    assert told[0][0] == "not live, hidden" and told[0][-1] == "live, visible" and told[1] >= 1


def test_a_tablet_that_slept_is_veiled_when_it_wakes_and_believes_a_new_connection_only(screen: Tablet):
    remembering(screen)
    screen.sleep()
    time.sleep(20)
    screen.wake()
    screen.wait_until(lambda: screen.run("return connections") >= 1, PROMISED, "it went on with what had been buffered")
    goes_live(screen, time.monotonic())
    assert screen.run("return remembered")[0] == "not live, visible"


def test_a_hidden_page_drops_its_stream_and_is_veiled_until_it_is_live_again(screen: Tablet):
    remembering(screen)
    first = screen.driver.current_window_handle
    screen.open_window("/")
    screen.driver.switch_to.window(first)
    assert screen.run("return remembered")[0] == "not live, hidden"
    goes_live(screen, time.monotonic())
    assert screen.run("return connections") >= 1


def test_a_tablet_clock_that_jumps_veils_the_page_until_a_new_connection(screen: Tablet):
    remembering(screen)
    screen.run("const right = Date.now; Date.now = () => right() + 3630000;")
    screen.wait_until(lambda: screen.run("return connections") >= 1, PROMISED, "the jump went unseen")
    goes_live(screen, time.monotonic())
    assert screen.run("return remembered")[0] == "not live, visible"
    assert "1hr ahead" in screen.text(".notice")


def test_a_tablet_clock_that_is_wrong_changes_nothing_but_the_notice(
    ward: WardServer, open_as: Callable[..., Tablet], new_tablet: Callable[..., Tablet]
):
    right = open_as("okafor")
    texts = "return [...document.querySelectorAll('.board :is([data-until], [data-since])')].map(one => one.innerText)"
    for hours, words in ((-24, "24hr behind"), (-0.12, "7min behind"), (0.12, "7min ahead"), (24, "24hr ahead")):
        wrong = new_tablet(ward.url)
        wrong.skew_clock(hours)
        wrong.open_as("lindqvist")
        wrong.wait_until(
            lambda shown=wrong: shown.run(texts) == right.run(texts), PROMISED, f"{words}: the countdowns differ"
        )
        assert len(wrong.run(texts)) > 10
        wrong.wait_until(
            lambda shown=wrong, words=words: words in shown.text(".notice"), PROMISED, f"no notice: {words}"
        )
        assert wrong.is_live()
    assert not right.text(".notice")


def test_the_wards_clock_ticks_in_the_browser_at_the_wards_rate(open_as: Callable[..., Tablet], ward: WardServer):
    tablet = open_as("okafor")
    with ward.client("okafor") as api:
        api.set_clock(rate=60)
    clock = "return document.querySelector('[data-clock]').textContent"
    rate = "return document.querySelector('[data-clock-rate]').textContent"
    tablet.wait_until(lambda: "×60" in tablet.run(rate), PROMISED, "the rate did not reach the page")
    first = tablet.run(clock)
    tablet.wait_until(lambda: tablet.run(clock) != first, PROMISED, "the ward's clock stood still")
    assert tablet.is_live()


@pytest.fixture
def other_windows(ward: WardServer) -> Iterator[Callable[[Tablet], list[Listening]]]:
    """Four streams under the tablet's own sign-on, as four more of its windows open them."""
    opened: list[Listening] = []
    http = httpx2.Client(base_url=ward.url)

    def open_four(tablet: Tablet) -> list[Listening]:
        for cookie in tablet.driver.get_cookies():
            http.cookies.set(cookie["name"], cookie["value"])
        for _ in range(4):
            opened.append(Listening(http))
            opened[-1].until("tick")
        return opened

    yield open_four
    for stream in opened:
        stream.close()
    http.close()


def test_a_fifth_window_takes_over_and_the_oldest_says_so(
    open_as: Callable[..., Tablet], other_windows: Callable[[Tablet], list[Listening]]
):
    tablet = open_as("okafor")
    streams = other_windows(tablet)
    tablet.wait_until(lambda: "Live in another window" in tablet.text("#not-live"), PROMISED)
    assert tablet.run(VALUES_STILL_READABLE) == []
    tablet.find_element("[data-live-here]").click()
    goes_live(tablet, time.monotonic())
    while (told := streams[0].next()) is not None:
        last = told.name
    assert last == "elsewhere"


def test_whoever_signs_off_in_one_window_is_signed_off_in_all(open_as: Callable[..., Tablet], ward: WardServer):
    tablet = open_as("okafor", "/chair/4")
    with httpx2.Client(base_url=ward.url) as http:
        for cookie in tablet.driver.get_cookies():
            http.cookies.set(cookie["name"], cookie["value"])
        http.post("/api/sign-off").raise_for_status()
    tablet.wait_until(lambda: "/sign-on?to=" in tablet.driver.current_url, PROMISED)
    assert not tablet.shows("DUNNE")


def test_a_page_of_an_older_program_loads_itself_anew(screen: Tablet):
    screen.run("window.older = true; document.documentElement.dataset.build = 'older';")
    screen.wait_until(lambda: not screen.run("return Boolean(window.older)"), PROMISED)
    screen.wait_until_live()


def test_a_page_of_an_older_program_waits_for_what_is_being_typed(screen: Tablet):
    screen.run("chairside.hasTyped = () => true; document.documentElement.dataset.build = 'older';")
    screen.wait_until(lambda: "renewed" in screen.text(".notice"), PROMISED)
    screen.run("window.older = true; chairside.hasTyped = () => false;")
    screen.wait_until(lambda: not screen.run("return Boolean(window.older)"), PROMISED)
    screen.wait_until_live()
