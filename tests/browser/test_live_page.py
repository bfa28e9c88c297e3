"""What a living page does for a finger: it follows, it keeps focus and place, and nothing that is typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.tablet import WALL, Tablet
from tests.browser.ward_server import WardServer

SET = {"heart_rate": 83, "systolic": 121, "diastolic": 73, "symptoms": []}


@pytest.fixture
def ward(start_ward: Callable[..., WardServer]) -> WardServer:
    """By the server's own clock."""
    return start_ward()


def test_every_open_screen_follows_an_entry(open_as: Callable[..., Tablet], ward: WardServer):
    board, chair = open_as("okafor", size=WALL), open_as("lindqvist", "/chair/5")
    with ward.client("mbeki") as api:
        assert api.act("5", "vital-signs", SET).status_code == 201
    for screen in (board, chair):
        screen.wait_until(lambda screen=screen: screen.shows("83") and screen.shows("121/73"))
    assert board.is_live() and chair.is_live()


def test_a_change_leaves_the_focus_where_the_finger_put_it(open_as: Callable[..., Tablet], ward: WardServer):
    board = open_as("okafor", size=WALL)
    board.run("document.getElementById('card-5').focus(); window.card = document.activeElement;")
    with ward.client("mbeki") as api:
        assert api.act("5", "vital-signs", SET).status_code == 201
    board.wait_until(lambda: board.shows("121/73"))
    assert board.run("return document.activeElement === card && card.isConnected && card.id === 'card-5'")


def test_the_words_of_a_stranger_stay_words(open_as: Callable[..., Tablet], ward: WardServer):
    """A note that is markup is shown as it was typed and runs nowhere."""
    chair = open_as("okafor", "/chair/5")
    typed = "<img src=x onerror=\"document.title='taken'\">"
    with ward.client("mbeki") as api:
        assert api.act("5", "notes", {"text": typed}).status_code == 201
    chair.wait_until(lambda: chair.run("return document.body.textContent.includes(arguments[0])", typed))
    assert chair.driver.title == "TRAINING · Chair 5 · Chairside"
    assert chair.run("return document.querySelectorAll('img[src=x]').length") == 0


def test_nothing_a_page_needs_comes_from_another_host(open_as: Callable[..., Tablet], ward: WardServer):
    for path in ("/", "/chair/5", "/today", "/alarms"):
        tablet = open_as("okafor", path)
        asked = tablet.run("return performance.getEntriesByType('resource').map(one => one.name)")
        assert asked and all(name.startswith((ward.url, "data:", "blob:")) for name in asked)


MINUTE, NOW = 60_000, 1_795_000_000_000
TICKING = [
    ({"until": NOW + 1}, "1min"),
    ({"until": NOW + MINUTE}, "1min"),
    ({"until": NOW + MINUTE + 1}, "2min"),
    ({"until": NOW + 65 * MINUTE}, "1hr 05min"),
    ({"until": NOW - MINUTE}, "0min"),
    ({"since": NOW - MINUTE + 1}, "0min"),
    ({"since": NOW - MINUTE}, "1min"),
    ({"since": NOW - 120 * MINUTE}, "2hr"),
    ({"until": NOW + 8 * MINUTE, "form": "countdown"}, "in 8min"),
    ({"until": NOW, "form": "countdown"}, "due now"),
    ({"until": NOW - MINUTE, "form": "countdown"}, "overdue 1min"),
    ({"until": NOW + 1, "form": "overdue"}, ""),
    ({"until": NOW - 12 * MINUTE, "form": "overdue"}, "12min"),
    ({"since": NOW - 12 * MINUTE, "form": "overdue"}, "12min"),
    ({"since": NOW - MINUTE + 1, "form": "age"}, "now"),
    ({"since": NOW - 12 * MINUTE, "form": "age"}, "12min ago"),
    ({"until": NOW + 754_000, "form": "mmss"}, "12:34"),
    ({"since": NOW - 30 * MINUTE, "form": "volume", "base": 50, "rate": 25.2, "max": 101}, "63"),
    ({"since": NOW - 300 * MINUTE, "form": "volume", "base": 50, "rate": 25.2, "max": 101}, "101"),
]
WRITTEN = """
const [rows, now] = arguments;
const shown = rows.map(([marks]) => {
    const span = document.createElement("span");
    Object.assign(span.dataset, marks);
    document.body.append(span);
    return span;
});
chairside.page.tick(now);
const texts = shown.map(span => span.textContent);
shown.forEach(span => span.remove());
return texts;
"""


def test_every_ticking_form_says_what_a_nurse_reads(open_as: Callable[..., Tablet]):
    tablet = open_as("okafor")
    texts = tablet.run(WRITTEN, [[marks] for marks, _ in TICKING], NOW)
    assert texts == [words for _, words in TICKING]
