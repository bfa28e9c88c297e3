"""The board in a real browser at the four sizes: nothing cut, nothing overlapping, everything reachable, axe-clean."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from models.ward_status import ChairView
from tests.components import statuses
from tests.components.board_app import served_board
from tests.components.statuses import Ward, a_ward, ago, at

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("board-in-browser")]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
# The four sizes asked for, then what lies between them: 320 px, a tablet at 200 %, other tablets and desks.
SIZES = {"wall": (1920, 1080), "tablet": (1280, 800), "upright": (800, 1280), "phone": (390, 844)}
BETWEEN = {"small": (320, 640), "zoomed": (640, 400), "square": (1024, 768), "desk": (1600, 900)}
# A line that wraps into what is hidden lets its last part fall away whole: that is its way, not a fault.
TOO_LARGE = """() => {
  const found = [], cards = [...document.querySelectorAll(".chair-card")];
  const falls = box => { const s = getComputedStyle(box); return s.flexWrap === "wrap" && s.overflow === "hidden"; };
  const boxes = [...cards.flatMap(card => [card, ...card.querySelectorAll(".who, .phase, .vitals")]),
                 ...document.querySelectorAll(".strip-box, .two-hours td, .waiting-time")];
  for (const box of boxes)
    if (box.offsetParent && !falls(box) &&
        (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 3))
      found.push(`${box.closest("[id]").id} .${box.className}: ${box.scrollWidth} × ${box.scrollHeight}`);
  for (const card of cards) {
    const lines = [...card.children].filter(one => one.offsetParent && !one.matches(".tag"));
    const places = lines.map(one => one.getBoundingClientRect());
    for (let n = 1; n < places.length; n++) {
      const [above, below] = [places[n - 1], places[n]];
      if (below.top < above.bottom - 4 && below.left < above.right && above.left < below.right)
        found.push(`${card.id}: ${lines[n].className} lies over ${lines[n - 1].className}`);
    }
  }
  return found;
}"""
SMALL = """() => [...document.querySelectorAll("a, button")].filter(one => one.offsetParent)
  .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([_, box]) => box.width < 48 || box.height < 48)
  .map(([words, box]) => `${words}: ${box.width} × ${box.height}`)"""
SMALL_WORDS = """() => [...document.querySelectorAll("#page *")].filter(one => one.offsetParent &&
    [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && !one.closest(".visually-hidden"))
  .filter(one => parseFloat(getComputedStyle(one).fontSize) < 15).map(one => one.textContent)"""
RUN_AXE = """() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
  }).then(r => r.violations.map(v => `${v.id}: ` + v.nodes.map(n => n.target + n.failureSummary)))"""


class Boards:
    """Boards of wards in one browser; the same ward in the same colours is served once, and looked at by many."""

    def __init__(self, browser: Browser) -> None:
        self._tablet = browser.new_context()
        self._serving = ExitStack()
        self._urls: dict[tuple[int, bool, str], tuple[Ward, str]] = {}

    @contextmanager
    def shown(self, ward: Ward, size: str, theme: str = "light") -> Iterator[Page]:
        width, height = (SIZES | BETWEEN)[size]
        page = self._tablet.new_page()
        page.set_viewport_size({"width": width, "height": height})
        try:
            page.goto(self._served(ward, size == "wall", theme))
            page.wait_for_selector("#page", state="attached")
            page.wait_for_timeout(200)
            yield page
        finally:
            page.close()

    def _served(self, ward: Ward, wall: bool, theme: str) -> str:
        key = (id(ward), wall, theme)
        if key not in self._urls:
            self._urls[key] = (ward, self._serving.enter_context(served_board(ward, wall=wall, theme=theme)))
        return self._urls[key][1]

    def close(self) -> None:
        self._tablet.close()
        self._serving.close()


@pytest.fixture(scope="module")
def boards() -> Iterator[Boards]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shown = Boards(chromium)
        try:
            yield shown
        finally:
            shown.close()
            chromium.close()


def rare_states() -> Ward:
    """What the pictures of twelve chairs do not show, with the longest words."""
    later = statuses.expected(family="Castellanos-Ibarra", given="María José", planned_start=at("19:30"))
    amber_late = {"overdue_s": 4320, "next_round_due_at": ago(72), "bag_warning": "!", "bag_expires_at": at("14:55")}
    shown = [
        statuses.stopped("1", "Nguyễn", "Thị Hồng", evaluation_reason="neck pain with neurological sign"),
        statuses.red("2", "Castellanos-Ibarra", "María José", findings=(), evaluation_reason="breathing difficulty"),
        statuses.not_measured("3"),
        statuses.amber("4", "Castellanos-Ibarra", "Zoe", review_due=True),
        statuses.amber("5", **amber_late),
        statuses.paused("6", "van der Meer", "Lotte", pause_reason="doctor's order", paused_at=ago(125)),
        statuses.paused("7", pause_reason="reaction", paused_at=ago(65)),
        statuses.medicine_not_given("8", last_set=None),
        statuses.hour_one("9", "Kowalczyk-Brandt", "Wilhelmina", may_start_at=ago(72)),
        statuses.overdue("10", overdue_s=4320, next_round_due_at=ago(72)),
        statuses.calm("11", past_forecast=True, forecast_end=ago(72), next_round_due_at=at("14:40")),
    ]
    views = [ChairView(label=one.chair, status=one, later=(later,) if one.chair in "67" else ()) for one in shown]
    gone = ChairView(label="12", status=statuses.discharged("12"), free_since=at("13:40"), later=(later,))
    return Ward(chairs=(*views, gone))


TWELVE, RARE = a_ward(12), rare_states()


@pytest.mark.parametrize("size", [*SIZES, *BETWEEN])
@pytest.mark.parametrize("ward", [TWELVE, RARE], ids=["twelve", "rare"])
def test_nothing_is_cut_or_lies_over_anything(boards: Boards, ward: Ward, size: str):
    with boards.shown(ward, size) as page:
        page.evaluate("document.documentElement.dataset.boardOrder = 'chair'")
        assert page.evaluate(TOO_LARGE) == []
        assert page.evaluate("document.documentElement.scrollWidth") == (SIZES | BETWEEN)[size][0]


@pytest.mark.parametrize("chairs", [6, 12, 16, 30])
def test_every_chair_fits_a_wall_without_scrolling(boards: Boards, chairs: int):
    with boards.shown(a_ward(chairs), "wall") as page:
        assert page.evaluate("document.documentElement.scrollHeight") == 1080
        assert page.evaluate(TOO_LARGE) == []


@pytest.mark.parametrize("size", ["tablet", "upright"])
def test_twelve_chairs_fit_a_tablet(boards: Boards, size: str):
    with boards.shown(TWELVE, size) as page:
        assert page.evaluate("document.documentElement.scrollHeight") == SIZES[size][1]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_nothing_is_too_small(boards: Boards, size: str, theme: str):
    with boards.shown(RARE, size, theme) as page:
        page.evaluate(AXE)
        assert page.evaluate(RUN_AXE) == []
        assert page.evaluate(SMALL) == []
        assert page.evaluate(SMALL_WORDS) == []


@pytest.mark.parametrize("ward", [Ward(), Ward(chairs=(ChairView(label="1", status=None),))], ids=["none", "empty"])
def test_an_empty_board_is_clean_too(boards: Boards, ward: Ward):
    with boards.shown(ward, "tablet") as page:
        page.evaluate(AXE)
        assert page.evaluate(RUN_AXE) == []


def test_a_phone_shows_the_urgent_chairs_first_and_the_rest_on_demand(boards: Boards):
    shown = (
        "() => [...document.querySelectorAll('.place')].filter(one => one.offsetParent !== null)"
        ".sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map(one => one.id)"
    )
    with boards.shown(a_ward(), "phone") as page:
        assert page.evaluate(shown) == [f"place-{n}" for n in (6, 9, 11, 4, 8)]
        page.get_by_role("button", name="7 more chairs").click()
        assert len(page.evaluate(shown)) == 12
        page.get_by_role("button", name="By chair").click()
        assert page.evaluate(shown) == [f"place-{n}" for n in range(1, 13)]
        assert page.get_by_role("button", name="By chair").get_attribute("aria-pressed") == "true"


def test_the_order_and_the_colours_are_kept_on_this_device(boards: Boards):
    with boards.shown(a_ward(), "tablet") as page:
        assert page.locator(".place").first.evaluate("one => getComputedStyle(one).order") == "0"
        page.get_by_role("button", name="By urgency").click()
        page.get_by_role("button", name="Light or dark").click()
        assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
        assert page.evaluate("localStorage.getItem('chairside-theme')") == "dark"
        page.reload()
        page.wait_for_selector("#card-1 .vitals")
        assert page.evaluate("document.documentElement.dataset.boardOrder") == "urgency"
        assert page.get_by_role("button", name="By urgency").get_attribute("aria-pressed") == "true"
