"""A real ward for the machine: charting, a real database, the live ward, and a server clock somebody keeps setting.

Every act is judged twice, by charting and by the naive reading, and what it leaves behind is held against both.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from models.charting import Act, Booking, Charting, Conflict, Override, Recorded, TooOld
from models.clinical.clock import SystemClock
from models.clinical.facts import Details, EvaluationClosed, EvaluationOpened, Fact, InfusionDay, Overridden
from models.clinical.refusal import Refusal
from models.live_ward import LiveWard
from models.store import open_store
from models.ward_status import Standing
from tests.proof.deeds import ALEMTUZUMAB, DOCTOR, Deed
from tests.proof.holds import Holds, holds
from tests.proof.may import FLOW, Asked, as_if, may
from tests.proof.reference import read

SILVA = Override(doctor=DOCTOR, reason="examined")
OF_THE_INFUSION = (*FLOW, EvaluationOpened, EvaluationClosed)


@dataclass(frozen=True)
class Saved:
    """An act that was acknowledged: whoever repeats it must read the same."""

    deed: Deed
    act: Act
    day_id: str
    facts: tuple[Fact, ...]


def outcome(call: Callable[[], Recorded]) -> Recorded | Refusal:
    try:
        return call()
    except Refusal as refusal:
        return refusal


def as_asked(details: Details) -> Details:
    """Without what charting adds about the screen."""
    return replace(details, level_shown="") if hasattr(details, "level_shown") else details


class World(Holds):
    def __init__(self, url: str, begins: datetime) -> None:
        super().__init__(url, begins)
        self.wall = begins
        self.steady = timedelta(days=3)
        self.numbers = count(1)
        self.saved: list[Saved] = []
        self.acts: Counter[tuple[str, bool]] = Counter()
        """Name of an act and whether it was recorded → how often."""
        self.open()

    # ---- the machine room --------------------------------------------------------------------------------------------

    def open(self) -> None:
        """As after a start of the server: its clock goes by the wall, but never before the newest entry."""
        self.store = open_store(self.url, "training")
        newest = self.store.newest_recorded_at()
        self.now = self.wall if newest is None else max(self.wall, newest)
        self.clock = SystemClock(newest, wall=lambda: self.wall.timestamp(), steady=lambda: self.steady.total_seconds())
        self.live = LiveWard(self.store, ALEMTUZUMAB, self.clock)
        self.charting = Charting(self.store, ALEMTUZUMAB, self.clock, self.announce)
        self.watching = self.loop.create_task(self.live.run())
        self.shown = {}

    def announce(self, days: Mapping[str, Standing | None]) -> None:
        self.told.extend(days)
        self.live.changed(days)

    def crash(self) -> None:
        """The power is cut: whatever the disk holds at this moment is opened anew."""
        self.acts["crash", True] += 1
        self.stop_watching()
        before, self.url = self.store, self.cut(self.url)
        self.open()
        before.close()
        self.look(self.days)

    def cut(self, url: str) -> str:
        """SQLite: the files as they stand, without a goodbye. A PostgreSQL lives on."""
        if not url.startswith("sqlite"):
            return url
        here = Path(url.removeprefix("sqlite:///"))
        there = here.with_name(f"{next(self.numbers)}.db")
        for end in ("", "-wal"):
            shutil.copy(f"{here}{end}", f"{there}{end}")
        return f"sqlite:///{there}"

    def stop_watching(self) -> None:
        self.watching.cancel()
        self.loop.run_until_complete(asyncio.gather(self.watching, return_exceptions=True))

    def close(self) -> None:
        self.stop_watching()
        self.loop.close()
        self.store.close()

    # ---- time --------------------------------------------------------------------------------------------------------

    def wait(self, seconds: int) -> None:
        passed = timedelta(seconds=seconds)
        self.wall, self.steady, self.now = self.wall + passed, self.steady + passed, self.now + passed
        assert self.clock.now() == self.now

    def step(self, seconds: int) -> None:
        """Somebody sets the server's clock: the ward's time goes on as if nothing had happened, and it is noticed."""
        self.acts["clock step", True] += 1
        self.wall += timedelta(seconds=seconds)
        apart = (self.wall - self.now).total_seconds()
        assert self.clock.now() == self.now
        assert self.clock.step_seconds == (apart if abs(apart) > 2 else 0)
        self.look(())

    # ---- acts --------------------------------------------------------------------------------------------------------

    def act(self, by: str = "okafor", **told: object) -> Act:
        number = next(self.numbers)
        return Act(**{"key": f"key-{number}", "request_digest": f"body-{number}", "staff": by, **told})

    def do(self, day_id: str, deed: Deed, *, ago: int = 0, behind: int = 0, by: str = "okafor") -> bool:
        """One act as a screen sends it; whether it was recorded, which the naive reading must have foreseen."""
        day, at = self.days[day_id], self.now - timedelta(seconds=ago)
        seen = max(day.position - behind, 1)
        act = self.act(
            by,
            position=seen,
            patient=day.patient.id,
            chair=self.readings[day_id].chair,
            override=None if deed.name == "resume" else SILVA,
            happened_at=at if ago else None,
        )
        return self.tap(day_id, deed, act, self.foreseen(day, deed, deed.at or at, by) and not stale(day, deed, seen))

    def tap(self, day_id: str, deed: Deed, act: Act, foreseen: bool) -> bool:
        self.sound = False
        done = outcome(lambda: deed.call(self.charting, act, day_id))
        recorded = isinstance(done, Recorded)
        self.acts[deed.name, recorded] += 1
        assert recorded == foreseen, f"{deed}: {done!r}\n{self.record(day_id)}"
        if isinstance(done, Recorded):
            self.acknowledge(done, deed, act, day_id)
        else:
            self.nothing_changed()
        return recorded

    def acknowledge(self, recorded: Recorded, deed: Deed, act: Act, day_id: str) -> None:
        """What was asked for stands in the record, behind a doctor's override and before what it brings about."""
        assert not recorded.again
        told = [as_asked(fact.details) for fact in recorded.facts if not isinstance(fact.details, Overridden)]
        asked = [as_asked(one) for one in (*deed.details, *(one for _, details in deed.elsewhere for one in details))]
        assert told[: len(asked)] == asked, self.record(day_id)
        assert all(isinstance(one, EvaluationOpened) for one in told[len(asked) :])
        touched = {fact.infusion_day_id for fact in recorded.facts}
        assert set(self.told) == touched
        for one in touched:
            own = tuple(fact for fact in recorded.facts if fact.infusion_day_id == one)
            self.days[one] = replace(self.days[one], facts=self.days[one].facts + own)
        self.saved.append(Saved(deed, act, day_id, recorded.facts))
        self.look(touched)
        assert recorded.status == self.shown[day_id]

    def foreseen(self, day: InfusionDay, deed: Deed, at: datetime, by: str) -> bool:
        """By what it says, by the day, and by what the ward would then be."""
        if deed.refused:
            return False
        asked = [(day, deed.details), *((self.days[other], details) for other, details in deed.elsewhere)]
        if not all(may(one.facts, Asked(details, at, self.now, by)) for one, details in asked):
            return False
        after = {one.id: read(as_if(one.facts, details, at)) for one, details in asked}
        return holds(self.days, self.readings | after)

    def book(self, booking: Booking, foreseen: bool) -> None:
        deed, act = Deed("book", lambda c, a, _: c.book(a, booking)), self.act()
        self.sound = False
        done = outcome(lambda: self.charting.book(act, booking))
        self.acts["book", isinstance(done, Recorded)] += 1
        assert isinstance(done, Recorded) == foreseen, f"{booking}: {done!r}"
        if not isinstance(done, Recorded):
            return self.nothing_changed()
        day = self.store.infusion_day(done.status.infusion_day_id)
        assert day is not None and day.facts == done.facts and set(self.told) == {day.id}
        self.days[day.id] = day
        self.saved.append(Saved(deed, act, day.id, done.facts))
        return self.look([day.id])

    # ---- the same form again, and late taps --------------------------------------------------------------------------

    def repeat(self, one: Saved) -> None:
        """The same key again: the same answer, nothing new; with another body it is refused."""
        again = one.deed.call(self.charting, one.act, one.day_id)
        self.acts["same key", again.again] += 1
        assert again.again and again.facts == one.facts
        self.nothing_changed()
        self.is_refused(one.deed, replace(one.act, request_digest="another body"), one.day_id, Conflict)

    def is_refused(self, deed: Deed, act: Act, day_id: str, kind: type[Refusal]) -> None:
        done = outcome(lambda: deed.call(self.charting, act, day_id))
        self.acts[kind.__name__, False] += 1
        assert isinstance(done, kind), f"{deed}: {done!r}"
        self.nothing_changed()

    def tap_late(self, day_id: str, deed: Deed, age: int) -> None:
        """A tap as old as this arrives only now; refused, it is offered again as happened at the tap."""
        at, is_old = self.now - timedelta(seconds=age), age > 60
        tapped = self.act(issued_at=at.timestamp(), override=SILVA)
        if is_old:
            self.is_refused(deed, tapped, day_id, TooOld)
            tapped = replace(tapped, late=True)
        self.tap(day_id, deed, tapped, self.foreseen(self.days[day_id], deed, at if is_old else self.now, "okafor"))


def stale(day: InfusionDay, deed: Deed, seen: int) -> bool:
    """An act of the infusion is never decided on an older view of the infusion; a strike is about what it strikes."""
    if deed.name == "corrections" or not any(isinstance(one, FLOW) for one in deed.details):
        return False
    kinds = {fact.position: fact.details for fact in day.facts}
    newer = [kinds.get(getattr(one.details, "position", 0), one.details) for one in day.facts[seen:]]
    return any(isinstance(one, OF_THE_INFUSION) for one in newer)
