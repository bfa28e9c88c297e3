"""Takes the pictures: one browser, a context per size and colour mode, each signed on by itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.ward_server import TRAINING_PIN
from tests.shots.screens import NURSE, SIZES, THEMES, Screen

LIVE = "() => document.documentElement.classList.contains('live-now')"
NOT_LIVE = "() => document.documentElement.classList.contains('not-live')"


class Who(NamedTuple):
    """Whose screen it is: what their tablet posts first, `then` with nothing in it."""

    path: str
    body: dict[str, str]
    then: str = ""


def signed_on(staff: str, then: str = "") -> Who:
    return Who("/api/sign-on", {"staff": staff, "pin": TRAINING_PIN}, then)


def joined(code: str) -> Who:
    return Who("/api/join", {"code": code, "name": "Ben", "role": "lindqvist"})


NURSE_SIGNED_ON = signed_on(NURSE)


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--force-color-profile=srgb"]
        )
        try:
            yield browser
        finally:
            browser.close()


class Camera:
    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self.browser, self.url, self.folder = browser, url, folder
        self.taken: list[Path] = []

    def take(self, screens: Sequence[Screen], who: Who | None = NURSE_SIGNED_ON) -> None:
        for screen, size, theme in _each(screens):
            with self.page(size, theme, who) as page:
                self.open(page, screen, live=who is not None and not screen.path.endswith("/debrief"))
                self.shoot(page, screen, size, theme)

    @contextmanager
    def page(self, size: str, theme: str, who: Who | None = NURSE_SIGNED_ON) -> Iterator[Page]:
        width, height = SIZES[size]
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, locale="en-GB", reduced_motion="reduce"
        )
        if who is not None:
            context.request.post(self.url + who.path, data=who.body, headers={"Origin": self.url})
            if who.then:
                context.request.post(self.url + who.then, headers={"Origin": self.url})
        try:
            yield context.new_page()
        finally:
            context.close()

    def open(self, page: Page, screen: Screen, live: bool = True) -> None:
        page.goto(self.url + screen.path)
        if live:
            page.wait_for_function(LIVE)
        if screen.tap:
            page.locator(screen.tap).click()
        page.wait_for_timeout(600)

    def shoot(self, page: Page, screen: Screen, size: str, theme: str) -> None:
        path = self.folder / f"{screen.name}-{size}-{theme}.png"
        page.screenshot(path=path)
        self.taken.append(path)

    @contextmanager
    def open_pages(self, screens: Sequence[Screen]) -> Iterator[list[tuple[Page, Screen, str, str]]]:
        """Every one of them open and live at once, each in a browser context of its own."""
        with ExitStack() as contexts:
            opened = []
            for screen, size, theme in _each(screens):
                page = contexts.enter_context(self.page(size, theme))
                self.open(page, screen)
                opened.append((page, screen, size, theme))
            yield opened


def _each(screens: Sequence[Screen]) -> Iterator[tuple[Screen, str, str]]:
    for screen in screens:
        for size in screen.sizes:
            for theme in THEMES:
                yield screen, size, theme
