"""`make shots`: every screen and state of a training ward as PNG, four sizes, light and dark, into shots/."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.ward_server import ROOT, WardServer
from tests.components.board_app import served_board
from tests.components.statuses import a_ward
from tests.shots.camera import NOT_LIVE as SAYS_NOT_LIVE
from tests.shots.camera import Camera, a_browser
from tests.shots.screens import BOARDS, CALM, NOT_LIVE, NURSE, RED, RED_CHAIR, SIGNED_OFF, THEMES, Screen
from tests.shots.training import take_training

CLOCK_START = "2026-11-20T14:23:00+00:00"


def main(only: Sequence[str]) -> int:
    """`only`: parts of the names of the screens wanted; none named, all of them."""
    folder = ROOT / "shots"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as files, a_browser() as browser:
        with WardServer(Path(files), clock_start=CLOCK_START) as ward:
            camera = Camera(browser, ward.url, folder)
            _ward_pictures(camera, ward, only)
        taken = camera.taken + _boards(browser, folder, only)
    print(f"{len(taken)} pictures in {folder}")
    return 0


def _ward_pictures(camera: Camera, ward: WardServer, only: Sequence[str]) -> None:
    camera.take(_wanted(SIGNED_OFF, only), None)
    camera.take(_wanted(CALM, only))
    frozen = _wanted(NOT_LIVE, only)
    if frozen:
        with camera.open_pages(frozen) as opened:
            ward.freeze()
            for page, screen, size, theme in opened:
                page.wait_for_function(SAYS_NOT_LIVE)
                camera.shoot(page, screen, size, theme)
            ward.thaw()
    red = _wanted(RED, only)
    if red:
        with ward.client(NURSE) as nurse:
            nurse.act(RED_CHAIR, "symptoms", {"symptoms": ["chest pain"]}).raise_for_status()
        camera.take(red)
    take_training(camera, ward, lambda screens: _wanted(screens, only))


def _boards(browser: Browser, folder: Path, only: Sequence[str]) -> list[Path]:
    """Boards of other sizes than the training ward's."""
    taken = []
    for chairs in BOARDS:
        if not _wanted([Screen(f"board-of-{chairs}", "/")], only):
            continue
        for theme in THEMES:
            with served_board(a_ward(chairs), wall=True, theme=theme) as url:
                page = browser.new_page(viewport={"width": 1920, "height": 1080})
                page.goto(url)
                page.wait_for_selector("#page")
                page.wait_for_timeout(400)
                taken.append(folder / f"board-of-{chairs}-wall-{theme}.png")
                page.screenshot(path=taken[-1])
                page.close()
    return taken


def _wanted(screens: Sequence[Screen], only: Sequence[str]) -> list[Screen]:
    return [screen for screen in screens if not only or any(part in screen.name for part in only)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
