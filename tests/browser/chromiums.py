"""Chromiums between two stories: making one forget costs less than starting another."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import Self

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome

KEPT = 3
"""As many as most stories open at a time; of more, the rest ends with its story."""


class Chromiums:
    """Those of one test process. What comes back is given out again; of its last story only its cache is left."""

    def __init__(self) -> None:
        self._idle: list[Chrome] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for driver in self._idle:
            driver.quit()

    def take(self) -> Chrome | None:
        return self._idle.pop() if self._idle else None

    def give_back(self, driver: Chrome, origin: str) -> None:
        """`origin` is the ward it was a tablet of."""
        with suppress(WebDriverException):
            if len(self._idle) < KEPT:
                forget(driver, origin)
                self._idle.append(driver)
                return
        driver.quit()


def forget(driver: Chrome, origin: str) -> None:
    """A new tab instead of all others, with whatever was set for them; no sign-on, nothing stored, nothing said."""
    old = driver.window_handles
    driver.switch_to.new_window("tab")
    new = driver.current_window_handle
    for handle in old:
        driver.switch_to.window(handle)
        driver.close()
    driver.switch_to.window(new)
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    driver.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    driver.get_log("browser")
