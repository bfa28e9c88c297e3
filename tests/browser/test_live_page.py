"""What a living page does for a finger: it follows, it keeps focus and place, and nothing that is typed is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.tablet import WALL, Tablet
from tests.browser.test_live_faults import seeded
from tests.browser.ward_server import WardServer

__all__ = ["seeded"]
SET = {"heart_rate": 83, "systolic": 121, "diastolic": 73, "symptoms": []}


@pytest.fixture
def ward(seeded: Path, start_ward: Callable[..., WardServer], tmp_path: Path) -> WardServer:
    shutil.copy(seeded, tmp_path / "ward.db")
    return start_ward()


def test_every_open_screen_follows_an_entry(open_as: Callable[..., Tablet], ward: WardServer):
    board, chair = open_as("okafor", size=WALL), open_as("lindqvist", "/chair/5")
    with ward.client("mbeki") as api:
        assert api.act("5", "vital-signs", SET).status_code == 201
    for screen in (board, chair):
        screen.wait_until(lambda screen=screen: screen.shows("83") and screen.shows("121/73"), 3)
    assert board.is_live() and chair.is_live()


def test_a_change_leaves_the_focus_where_the_finger_put_it(open_as: Callable[..., Tablet], ward: WardServer):
    board = open_as("okafor", size=WALL)
    board.run("document.getElementById('card-5').focus(); window.card = document.activeElement;")
    with ward.client("mbeki") as api:
        assert api.act("5", "vital-signs", SET).status_code == 201
    board.wait_until(lambda: board.shows("121/73"), 3)
    assert board.run("return document.activeElement === card && card.isConnected && card.id === 'card-5'")


def test_the_words_of_a_stranger_stay_words(open_as: Callable[..., Tablet], ward: WardServer):
    """A note that is markup is shown as it was typed and runs nowhere."""
    chair = open_as("okafor", "/chair/5")
    typed = "<img src=x onerror=\"document.title='taken'\">"
    with ward.client("mbeki") as api:
        assert api.act("5", "notes", {"text": typed}).status_code == 201
    chair.wait_until(lambda: chair.run("return document.body.textContent.includes(arguments[0])", typed), 3)
    assert chair.driver.title == "TRAINING · Chair 5 · Chairside"
    assert chair.run("return document.querySelectorAll('img[src=x]').length") == 0


def test_nothing_a_page_needs_comes_from_another_host(open_as: Callable[..., Tablet], ward: WardServer):
    for path in ("/", "/chair/5", "/today"):
        tablet = open_as("okafor", path)
        asked = tablet.run("return performance.getEntriesByType('resource').map(one => one.name)")
        assert asked and all(name.startswith((ward.url, "data:", "blob:")) for name in asked)
