"""`make bench`: the figures Chairside promises, measured in one run and printed as the table of docs/figures.md."""

import asyncio
import os
import platform
import resource
import sys
import tempfile
from pathlib import Path

from tests.bench import browsing, computing, measures
from tests.bench.screens import Screens
from tests.bench.servers import LEARNERS, Bare, Chairside, TrainingRoom, both, cookie_of
from tests.bench.ward import make_ward

Row = tuple[str, str, str]


def main() -> int:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    now = computing.utc_now()
    print("Seeding a ward of thirty chairs …", file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_ward(folder / "ward.db", now)
        rows = [*core_rows(folder / "ward.db", now)]
        with both(folder / "ward.db") as servers:
            rows += asyncio.run(wire_rows(*servers))
            rows += asyncio.run(browser_rows(*servers, folder))
            rows += training_rows(servers[1], folder)
    machine = f"{os.cpu_count()} shared cores, {platform.system()}, Python {platform.python_version()}"
    print(f"Measured {now:%d-%b-%Y} on {machine}.\n")
    print("| what | figure to hold | measured |\n|---|---|---|")
    for what, promised, measured in rows:
        print(f"| {what} | {promised} | {measured} |")
    return 0


def tell(row: Row) -> Row:
    print(f"  {row[0]}: {row[2]}", file=sys.stderr)
    return row


def core_rows(file: Path, now: computing.datetime):
    chair, ward = computing.statuses(file, now)
    yield tell(("a chair's status at 300 facts, from nothing", "≤ 1 ms", f"{chair:.2f} ms"))
    yield tell(("the ward of 30 chairs, from nothing", "≤ 15 ms", f"{ward:.1f} ms"))


async def wire_rows(chairside: Chairside, bare: Bare) -> list[Row]:
    rows = []
    for screens, entries in ((1, 60), (20, 40), (100, 40), (300, 30)):
        spreads = await measures.entry_to_screens((chairside, bare), screens, entries)
        ours, limit = spreads[chairside.name], spreads[bare.name]
        words = "; ".join(
            f"p{p} {ours.at(p):.1f} ms, bare {limit.at(p):.1f} ms, ratio {ours.at(p) / limit.at(p):.1f}"
            for p in (50, 99)
        )
        promised = "≤ 2 × bare, p50 and p99" if screens > 1 else ""
        rows.append(tell((f"entry → {screens} open screens, on the wire", promised, words)))
    for screens in (100, 300):
        cpu, heard = await measures.idle(chairside, screens)
        measured = f"{cpu:.3f} ms CPU/s, {heard:.0f} B/s"
        rows.append(tell((f"idle, per open screen, {screens} open", "≤ 0.05 ms CPU/s, ≤ 100 B/s", measured)))
    cpu, size = await measures.per_change(chairside, 100)
    limit_cpu, _ = await measures.per_change(bare, 100)
    words = f"{cpu:.1f} ms (bare {limit_cpu:.1f} ms)"
    rows.append(tell(("server CPU of one change, 100 screens together", "≤ 5 ms", words)))
    rows.append(tell(("bytes of one change per screen", "≤ 4 kB", f"{size / 1000:.1f} kB")))
    cpu, first = await measures.connecting(chairside)
    words = f"{cpu:.2f} ms, first page {first / 1000:.1f} kB"
    rows.append(tell(("connecting one screen's stream, server CPU", "≤ 3 ms", words)))
    p99 = await measures.capacity(chairside, 1600)
    rows.append(tell(("1,600 open screens, p99", "< 1 s", f"{p99:.0f} ms")))
    return rows


async def browser_rows(chairside: Chairside, bare: Bare, folder: Path) -> list[Row]:
    medians = await browsing.entry_to_dom((chairside, bare), folder, 100, 20)
    ours, limit = medians[chairside.name], medians[bare.name]
    words = f"median {ours:.0f} ms, bare {limit:.0f} ms, ratio {ours / limit:.1f}"
    visible = tell(("entry → visible in Chromium, 100 other screens", "≤ 2.5 × bare", words))
    cpu = browsing.idle_browser(chairside, folder)
    size, requests, charts = browsing.first_board(chairside, folder)
    words = f"{size:.0f} kB, {requests} requests, {'with' if charts else 'no'} charts"
    return [
        visible,
        tell(("idle browser, 30 chairs ticking", "≤ 25 ms CPU/s", f"{cpu:.0f} ms CPU/s")),
        tell(("first board, cold", "≤ 450 kB, ≤ 20 requests, no charts", words)),
    ]


def training_rows(bare: Bare, folder: Path) -> list[Row]:
    room = TrainingRoom(folder / "training.db")
    try:
        return asyncio.run(room_rows(room, bare))
    finally:
        room.stop()


async def room_rows(room: TrainingRoom, bare: Bare) -> list[Row]:
    async with Screens(room.port, 1, f"/live?page=training/{room.code}", (cookie_of(room.trainer),)):
        spreads = await measures.entry_to_screens((room, bare), LEARNERS, 40)
        ours, limit = spreads[room.name], spreads[bare.name]
        words = "; ".join(
            f"p{p} {ours.at(p):.1f} ms, bare {limit.at(p):.1f} ms, ratio {ours.at(p) / limit.at(p):.1f}"
            for p in (50, 99)
        )
        silence, cpu = await measures.hurrying(room, LEARNERS)
    return [
        tell(("a training room of 12 chairs at ×60 with its panel open, entry → its 12 learners", "≤ 2 × bare", words)),
        tell(("the same, longest time without a tick", "≤ 6 s", f"{silence:.1f} s, {cpu:.0f} ms CPU/s")),
    ]


if __name__ == "__main__":
    sys.exit(main())
