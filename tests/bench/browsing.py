"""What is measured in real Chromium: an entry until it is visible, idle cost, the first board."""

import asyncio
import statistics
import time
from pathlib import Path
from typing import Any

from tests.bench.screens import Poster, Screens
from tests.bench.servers import Bare, Chairside
from tests.browser.tablet import WALL, Tablet

Server = Chairside | Bare
WATCH = """
window.seenAt = null;
new MutationObserver(() => { window.seenAt ??= performance.timeOrigin + performance.now(); })
    .observe(document.getElementById(arguments[0]),
             {childList: true, subtree: true, characterData: true, attributes: true});
"""


def shown(server: Server, folder: Path) -> Tablet:
    tablet = Tablet(f"http://127.0.0.1:{server.port}", folder, size=WALL)
    if server.name == "bare":
        tablet.driver.get(f"{tablet.url}/page")
    else:
        tablet.open_as("farrell", "/")
    return tablet


async def entry_to_dom(servers: tuple[Server, ...], folder: Path, screens: int, entries: int) -> dict[str, float]:
    """Median milliseconds from sending an entry to its first change in the document, with `screens` others open."""
    took: dict[str, list[float]] = {server.name: [] for server in servers}
    for server in servers:
        tablet = await asyncio.to_thread(shown, server, folder)
        poster = Poster(server.port, server.cookies[0])
        try:
            async with Screens(server.port, screens, server.live, server.room_for(screens)):
                for number in range(entries + 2):
                    place = (
                        "seen" if server.name == "bare" else await asyncio.to_thread(card_of, tablet, server, number)
                    )
                    await asyncio.to_thread(tablet.run, WATCH, place)
                    sent_at = time.time() * 1000  # noqa: TID251 - the browser's clock is the machine's own
                    await poster.post(*server.entry(number))
                    await asyncio.sleep(0.4)
                    seen = await asyncio.to_thread(tablet.run, "return window.seenAt")
                    if number >= 2 and seen:
                        took[server.name].append(seen - sent_at)
        finally:
            await asyncio.to_thread(tablet.__exit__, None, None, None)
    return {name: statistics.median(values) for name, values in took.items()}


def card_of(tablet: Tablet, server: Any, number: int) -> str:
    day = server.days[number % len(server.days)]
    with server.server.client("okafor") as client:
        chair = next(one["chair"] for one in client.get("/api/ward")["chairs"] if one["infusion_day_id"] == day)
    return f"card-{chair}"


def idle_browser(server: Chairside, folder: Path, seconds: float = 20) -> float:
    """CPU milliseconds per second of the page's own tasks with every countdown ticking."""
    with shown(server, folder) as tablet:
        tablet.driver.execute_cdp_cmd("Performance.enable", {})
        time.sleep(4)
        before = task_seconds(tablet)
        time.sleep(seconds)
        return (task_seconds(tablet) - before) * 1000 / seconds


def task_seconds(tablet: Tablet) -> float:
    metrics = tablet.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def first_board(server: Chairside, folder: Path) -> tuple[float, int, bool]:
    """kB over the wire and requests of a board loaded cold (but the stream), and whether it loaded charts."""
    with shown(server, folder) as tablet:
        tablet.driver.execute_cdp_cmd("Network.enable", {})
        tablet.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
        tablet.open("/")
        tablet.wait_until_live()
        loaded = tablet.run(
            "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
            ".map(one => [one.name, one.transferSize])"
        )
    charts = any("plotly" in name for name, _ in loaded)
    return sum(size for _, size in loaded) / 1000, len(loaded) + 1, charts
