"""A nurse's tablet: real Chromium, with what every ward story asks of a screen."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import axe_playwright_python
import psutil
from dash.testing.browser import Browser
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.chromiums import Chromiums
from tests.browser.ward_server import TRAINING_PIN

TABLET, UPRIGHT, WALL, PHONE = (1280, 800), (800, 1280), (1920, 1080), (390, 844)
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-GB",
    "--force-color-profile=srgb",
    "--window-size=1280,800",
)
SIGN_ON = """
const [staff, pin, done] = arguments;
fetch("/api/sign-on", {method: "POST", headers: {"Content-Type": "application/json"},
                       body: JSON.stringify({staff, pin})}).then(r => done(r.status), e => done(String(e)));
"""
RUN_AXE = """
const [tags, done] = arguments;
axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
   .then(r => done(r.violations.map(v => `${v.id}: ${v.help}: ` + v.nodes.map(n => n.target.join(" ")).join(", "))),
         e => done([String(e)]));
"""
SKEWED_DATE = """
const Right = Date;
window.Date = class extends Right {
    constructor(...parts) { parts.length ? super(...parts) : super(Right.now() + SKEW); }
    static now() { return Right.now() + SKEW; }
};
"""


class Tablet(Browser):
    """dash[testing]'s browser (`wait_for_text_to_equal`, `find_element`, …) made a tablet of one ward.

    When its story has passed, the fixture asks for `console()` and `axe()` to be empty. A story that breaks
    the network sets `outage_expected`, which lets the browser's own `net::` lines pass, and nothing else.
    """

    def __init__(
        self,
        url: str,
        folder: Path,
        size: tuple[int, int] = TABLET,
        dark: bool = False,
        chromiums: Chromiums | None = None,
    ) -> None:
        """`chromiums` are those that may be used again; without them it starts one of its own, and ends it."""
        # Selenium then neither searches for a driver nor calls home.
        os.environ.setdefault("SE_CHROMEDRIVER", shutil.which("chromedriver") or "chromedriver")
        options = Options()
        options.binary_location = shutil.which("chromium") or "chromium"
        for flag in FLAGS:
            options.add_argument(flag)
        self._chromiums = chromiums
        super().__init__("Chrome", options=[options], download_path=str(folder), percy_run=False)
        self.driver.implicitly_wait(0)
        self.driver.set_script_timeout(30)
        self.url = url
        self.outage_expected = False
        self._size, self._dark = size, dark
        self._emulate()

    def open_as(self, staff: str, path: str = "/", pin: str = TRAINING_PIN) -> None:
        """Sign on without the sign-on screen and open a page, live."""
        self.driver.get(f"{self.url}/healthz")
        answer = self.driver.execute_async_script(SIGN_ON, staff, pin)
        assert answer in (200, 201, 204), f"{staff} could not sign on: {answer}"
        self.open(path)
        self.wait_until_live()

    def open(self, path: str = "/") -> None:
        self.driver.get(self.url + path)
        self.wait_for_element("#page")

    def open_window(self, path: str = "/") -> str:
        """A second window of the same browser, now the current one; `driver.switch_to.window(…)` leads back."""
        self.driver.switch_to.new_window("tab")
        self._emulate()
        self.open(path)
        return self.driver.current_window_handle

    def is_live(self) -> bool:
        return bool(self.run("return Boolean(window.chairside && window.chairside.live)"))

    def wait_until_live(self, within: float = 15) -> None:
        self.wait_until(self.is_live, within, "the page did not go live")

    def wait_until(self, happened: Callable[[], Any], within: float = 10, words: str = "") -> Any:
        return WebDriverWait(self.driver, within, 0.1).until(lambda _: happened(), words or str(happened))

    def seconds_until(self, happened: Callable[[], Any], within: float) -> float:
        """How long it took; for promised deadlines such as NOT LIVE within 10 s."""
        started = time.monotonic()
        self.wait_until(happened, within)
        return time.monotonic() - started

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str) -> str:
        """What a reader sees there now; empty when it is not there."""
        found = self.run("return document.querySelector(arguments[0])?.innerText", selector)
        return (found or "").strip()

    def shows(self, words: str) -> bool:
        return words in self.run("return document.body.innerText")

    def resize(self, size: tuple[int, int]) -> None:
        self._size = size
        self._emulate()

    def set_dark(self, dark: bool) -> None:
        """What the device prefers; the page follows unless its switch says otherwise."""
        self._dark = dark
        self._emulate()

    def skew_clock(self, hours: float) -> None:
        """From the next page on, this device's own clock is wrong by so much."""
        source = SKEWED_DATE.replace("SKEW", str(hours * 3_600_000))
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})

    def sleep(self) -> None:
        """Every process of the browser stops where it is, as on a tablet whose lid closes; then only `wake`."""
        self._signal_browser(signal.SIGSTOP)

    def wake(self) -> None:
        self._signal_browser(signal.SIGCONT)

    def shot(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        assert self.driver.save_screenshot(str(path))

    def axe(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA on the page as it stands; empty is clean."""
        self.run(AXE.read_text(encoding="utf-8"))
        return list(self.driver.execute_async_script(RUN_AXE, WCAG))

    def console(self) -> list[str]:
        """The console's errors since the last question."""
        lines = [line["message"] for line in self.driver.get_log("browser")]
        return [line for line in lines if not (self.outage_expected and "net::" in line)]

    def get_webdriver(self) -> WebDriver:
        """Asked for by dash's own start."""
        return (self._chromiums and self._chromiums.take()) or super().get_webdriver()

    def __exit__(self, *fault: object) -> None:
        self.wake()
        if self._chromiums is None:
            super().__exit__(*fault)
        else:
            self._chromiums.give_back(self.driver, self.url)

    def _signal_browser(self, number: signal.Signals) -> None:
        driver = psutil.Process(self.driver.service.process.pid)
        for process in driver.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    def _emulate(self) -> None:
        width, height = self._size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if self._dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
