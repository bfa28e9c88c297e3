"""What is measured over the wire: entries to every open screen, idle cost, connecting, bytes, capacity."""

import asyncio
import statistics
import time
from dataclasses import dataclass

from tests.bench.screens import Poster, Screens
from tests.bench.servers import Bare, Chairside, TrainingRoom

Server = Chairside | Bare | TrainingRoom


@dataclass
class Spread:
    """Milliseconds from sending an entry to its arrival at a screen, over all screens and entries."""

    milliseconds: list[float]

    def at(self, percent: int) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


async def entry_to_screens(servers: tuple[Server, ...], screens: int, entries: int) -> dict[str, Spread]:
    """The servers take turns, entry by entry, so that a noisy moment hits both."""
    spreads: dict[str, list[float]] = {server.name: [] for server in servers}
    opened = [Screens(server.port, screens, server.live, server.room_for(screens)) for server in servers]
    posters = [Poster(server.port, server.cookies[0]) for server in servers]
    async with opened[0], opened[1]:
        for number in range(entries + 3):
            for server, there, poster in zip(servers, opened, posters, strict=True):
                there.listen()
                path, body, key = server.entry(number)
                sent = await poster.post(path, body, key)
                await there.all_changed()
                if number >= 3:  # the first ones warm both up
                    spreads[server.name] += [(screen.changed_at - sent) * 1000 for screen in there.all]
                await asyncio.sleep(0.03)
    return {name: Spread(values) for name, values in spreads.items()}


def cpu_seconds(server: Server) -> float:
    used = server.process.cpu_times()
    return used.user + used.system


async def idle(server: Server, screens: int, seconds: float = 15) -> tuple[float, float]:
    """CPU milliseconds and bytes per second and open screen, beyond what the server costs with none open."""
    before = cpu_seconds(server)
    await asyncio.sleep(seconds)
    alone = cpu_seconds(server) - before
    async with Screens(server.port, screens, server.live, server.room_for(screens)) as there:
        await asyncio.sleep(2)
        before, heard = cpu_seconds(server), there.received()
        await asyncio.sleep(seconds)
        used, received = cpu_seconds(server) - before - alone, there.received() - heard
    return max(used, 0) * 1000 / seconds / screens, received / seconds / screens


async def per_change(server: Server, screens: int, entries: int = 60) -> tuple[float, float]:
    """CPU milliseconds of one change for all screens together, and its bytes for one screen."""
    poster = Poster(server.port, server.cookies[0])
    async with Screens(server.port, screens, server.live, server.room_for(screens)) as there:
        sizes = []
        before = cpu_seconds(server)
        began = time.monotonic()
        for number in range(entries):
            there.listen()
            await poster.post(*server.entry(number))
            await there.all_changed()
            sizes.append(there.all[0].change_bytes)
        used, lasted = cpu_seconds(server) - before, time.monotonic() - began
        before = cpu_seconds(server)
        await asyncio.sleep(lasted)
        standing = cpu_seconds(server) - before
    return (used - standing) * 1000 / entries, statistics.median(sizes)


async def hurrying(server: Server, screens: int, seconds: float = 20) -> tuple[float, float]:
    """The longest time a screen heard no tick, and CPU milliseconds per second, while nobody records anything."""
    async with Screens(server.port, screens, server.live, server.room_for(screens)) as there:
        before = cpu_seconds(server)
        await asyncio.sleep(seconds)
        used = cpu_seconds(server) - before
        return max(screen.longest_silence for screen in there.all), used * 1000 / seconds


async def connecting(server: Server, screens: int = 200) -> tuple[float, int]:
    """CPU milliseconds of connecting one screen, and the bytes of its first page."""
    cookies = server.room_for(screens)
    before = cpu_seconds(server)
    async with Screens(server.port, screens, server.live, cookies) as there:
        used = cpu_seconds(server) - before
        first = there.all[0].received
    return used * 1000 / screens, first


async def capacity(server: Server, screens: int, entries: int = 5) -> float:
    """p99 in milliseconds with so many screens open."""
    poster = Poster(server.port, server.cookies[0])
    values = []
    async with Screens(server.port, screens, server.live, server.room_for(screens)) as there:
        for number in range(entries):
            there.listen()
            sent = await poster.post(*server.entry(number))
            await there.all_changed(30)
            values += [(screen.changed_at - sent) * 1000 for screen in there.all]
    return Spread(values).at(99)
