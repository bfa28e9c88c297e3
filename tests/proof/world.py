"""A real ward for the machine: charting, a real database, the live ward and a system clock whose hands can be moved.

Every act is judged twice, by charting and by the naive reading, and after every act the record, the chairs and the
board are held against what was acknowledged.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from models.charting import Act, Booking, Charting, Conflict, Override, Recorded, TooOld
from models.clinical.chair_status import chair_status
from models.clinical.clock import SystemClock
from models.clinical.course import history
from models.clinical.facts import Details, EvaluationClosed, EvaluationOpened, Fact, InfusionDay, Overridden
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus, Level
from models.live_ward import LiveWard
from models.store import open_store
from models.store.database import looking
from models.store.verifying import verify
from tests.charting.ward import CHAIRS
from tests.proof.deeds import ALEMTUZUMAB, DOCTOR, Deed
from tests.proof.may import FLOW, Asked, as_if, may
from tests.proof.reference import OPEN, Reading, read

LONDON = ZoneInfo("Europe/London")
SILVA = Override(doctor=DOCTOR, reason="examined")
OF_THE_INFUSION = (*FLOW, EvaluationOpened, EvaluationClosed)
PHASES = {
    "hour one": "pre-medication", "running": "infusion", "paused": "infusion", "stopped": "observation",
    "observed": "observation",
}  # fmt: skip
TICKING = {
    "now", "run_time_s", "elapsed_s", "volume_given_ml", "remaining_s", "overdue_s", "observation_remaining_s", "band",
    "facts",
}  # fmt: skip
"""What a passing second changes; between two deadlines nothing else does."""


@dataclass
class Saved:
    """An act that was acknowledged: whoever repeats it must read the same."""

    deed: Deed
    act: Act
    day_id: str
    facts: tuple[Fact, ...]


def holds(days: Mapping[str, InfusionDay], readings: Mapping[str, Reading]) -> bool:
    """One patient per chair, one chair per patient, one infusion a date: by booking and by when the drug began."""
    sitting = [(days[day_id].patient.id, one.chair) for day_id, one in readings.items() if one.stand in OPEN]
    given = [(days[day_id], one.started) for day_id, one in readings.items() if one.started]
    booked = {(day.patient.id, day.date) for day, _ in given}
    begun = {(day.patient.id, at.astimezone(LONDON).date()) for day, at in given}
    return (
        len({chair for _, chair in sitting}) == len({patient for patient, _ in sitting}) == len(sitting)
        and all(chair in CHAIRS for _, chair in sitting)
        and len(booked) == len(begun) == len(given)
    )


def as_asked(details: Details) -> Details:
    """Without what charting adds about the screen."""
    return replace(details, level_shown="") if hasattr(details, "level_shown") else details


@dataclass
class World:
    url: str
    begins: datetime
    acts: int = 0
    saved: list[Saved] = field(default_factory=list)
    days: dict[str, InfusionDay] = field(default_factory=dict)
    """As acknowledged: identity from the booking, facts from the replies."""
    shown: dict[str, ChairStatus] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wall = self.now = self.begins
        self.steady = timedelta(days=3)
        self.loop = asyncio.new_event_loop()
        self.numbers = count(1)
        self.told: list[str] = []
        self.sound = True
        """False from the beginning of an act until all that must hold holds again."""
        self.open()

    # ---- the machine room --------------------------------------------------------------------------------------------

    def open(self) -> None:
        self.store = open_store(self.url, "training")
        newest = self.store.newest_recorded_at()
        self.now = self.wall if newest is None else max(self.wall, newest)
        self.clock = SystemClock(newest, wall=lambda: self.wall.timestamp(), steady=lambda: self.steady.total_seconds())
        self.live = LiveWard(self.store, ALEMTUZUMAB, self.clock)
        self.charting = Charting(self.store, ALEMTUZUMAB, self.clock, self.announce)
        self.running = self.loop.create_task(self.live.run())
        self.shown = {}

    def announce(self, day_ids: Iterable[str]) -> None:
        self.told.extend(day_ids)
        self.live.changed(day_ids)

    def crash(self) -> None:
        """The power is cut: whatever the disk holds at this moment is opened anew."""
        self.acts += 1
        self.stop_looking()
        before, self.url = self.store, self.cut(self.url)
        self.open()
        before.close()
        self.look(self.days)

    def cut(self, url: str) -> str:
        """SQLite: the files as they stand, without a goodbye; a PostgreSQL lives on."""
        if not url.startswith("sqlite"):
            return url
        here = Path(url.removeprefix("sqlite:///"))
        there = here.with_name(f"{next(self.numbers)}-{here.name.rpartition('-')[2]}")
        for end in ("", "-wal"):
            shutil.copy(f"{here}{end}", f"{there}{end}")
        return f"sqlite:///{there}"

    def stop_looking(self) -> None:
        self.running.cancel()
        self.loop.run_until_complete(asyncio.gather(self.running, return_exceptions=True))

    def close(self) -> None:
        self.stop_looking()
        self.loop.close()
        self.store.close()

    # ---- time --------------------------------------------------------------------------------------------------------

    def wait(self, seconds: int) -> None:
        passed = timedelta(seconds=seconds)
        self.wall, self.steady, self.now = self.wall + passed, self.steady + passed, self.now + passed
        assert self.clock.now() == self.now

    def step(self, seconds: int) -> None:
        """Somebody sets the server's clock: the ward's time goes on as if nothing had happened."""
        self.acts += 1
        self.wall += timedelta(seconds=seconds)
        assert self.clock.now() == self.now
        assert self.clock.step_seconds == (self.wall - self.now).total_seconds() or abs(
            self.wall - self.now
        ) <= timedelta(seconds=2)
        self.look(())

    def today(self) -> date:
        return self.now.astimezone(LONDON).date()

    # ---- acts --------------------------------------------------------------------------------------------------------

    def act(self, by: str = "okafor", **told: object) -> Act:
        number = next(self.numbers)
        return Act(**{"key": f"key-{number}", "request_digest": f"body-{number}", "staff": by, **told})

    def do(self, day_id: str, deed: Deed, *, ago: int = 0, behind: int = 0, by: str = "okafor") -> bool:
        """One act as a screen sends it; whether it was recorded, which the naive reading must have foreseen."""
        day = self.days[day_id]
        at = self.now - timedelta(seconds=ago)
        told = {"happened_at": at} if ago else {}
        seen = max(day.position - behind, 1)
        act = self.act(
            by,
            position=seen,
            override=None if deed.name == "resume" else SILVA,
            chair=read(day.facts).chair,
            patient=day.patient.id,
            **told,
        )
        return self.tap(
            day_id, deed, act, self.foreseen(day, deed, deed.at or at, by) and not self.stale(day, deed, seen)
        )

    def tap(self, day_id: str, deed: Deed, act: Act, foreseen: bool) -> bool:
        self.acts += 1
        self.sound = False
        before = self.store.positions(list(self.days))
        try:
            recorded = deed.call(self.charting, act, day_id)
        except Refusal as refusal:
            assert not foreseen, f"{deed} was refused: {refusal.sentence}\n{self.record(day_id)}"
            assert self.store.positions(list(self.days)) == before and not self.told
            self.look([day_id])
            return False
        assert foreseen, f"{deed} was recorded\n{self.record(day_id)}"
        self.acknowledge(recorded, deed, act, day_id)
        return True

    def acknowledge(self, recorded: Recorded, deed: Deed, act: Act, day_id: str) -> None:
        assert not recorded.again
        asked = [as_asked(one.details) for one in recorded.facts if not isinstance(one.details, Overridden)]
        assert asked[: len(deed.details)] == [as_asked(one) for one in deed.details], (asked, deed)
        rest = asked[len(deed.details) :]
        assert all(isinstance(one, EvaluationOpened) for one in rest) or deed.name == "swap", rest
        touched = {fact.infusion_day_id for fact in recorded.facts}
        assert set(self.told) == touched
        self.told.clear()
        for one in touched:
            own = tuple(fact for fact in recorded.facts if fact.infusion_day_id == one)
            self.days[one] = replace(self.days[one], facts=self.days[one].facts + own)
        self.saved.append(Saved(deed, act, day_id, recorded.facts))
        self.look(touched)
        if deed.name != "patient-details":
            assert recorded.status == self.shown[day_id]

    def record(self, day_id: str) -> str:
        """The day as it stands, for whoever reads why a proof failed."""
        lines = [f"{self.now:%H:%M:%S} now, {self.days[day_id].date}"]
        return "\n".join(
            [*lines, *(f"{one.position} {one.happened_at:%H:%M:%S} {one.details}" for one in self.days[day_id].facts)]
        )

    def foreseen(self, day: InfusionDay, deed: Deed, at: datetime, by: str) -> bool:
        """By what it says, by the day, and by what the ward would then be."""
        if deed.refused:
            return False
        asked = [(day, deed.details), *((self.days[other], details) for other, details in deed.elsewhere)]
        if not all(may(one.facts, Asked(details, at, self.now, by)) for one, details in asked):
            return False
        after = {one.id: read(as_if(one.facts, details, at)) for one, details in asked}
        return holds(self.days, {one.id: after.get(one.id) or read(one.facts) for one in self.days.values()})

    def stale(self, day: InfusionDay, deed: Deed, seen: int) -> bool:
        """An act of the infusion is never decided on an older view of the infusion."""
        if not any(isinstance(one, FLOW) for one in deed.details) or deed.name == "corrections":
            return False
        kinds = {fact.position: fact.details for fact in day.facts}
        newer = [kinds.get(getattr(one.details, "position", 0), one.details) for one in day.facts[seen:]]
        return any(isinstance(one, OF_THE_INFUSION) for one in newer)

    def book(self, booking: Booking, foreseen: bool) -> str | None:
        act = self.act()
        self.acts += 1
        try:
            recorded = self.charting.book(act, booking)
        except Refusal as refusal:
            assert not foreseen, refusal.sentence
            assert not self.told
            return None
        assert foreseen, f"{booking} was recorded"
        day = self.store.infusion_day(recorded.status.infusion_day_id)
        assert day is not None and day.facts == recorded.facts
        self.days[day.id] = day
        self.told.clear()
        self.saved.append(Saved(Deed("book", lambda c, a, _: c.book(a, booking)), act, day.id, recorded.facts))
        self.look([day.id])
        return day.id

    def repeat(self, one: Saved) -> None:
        """The same key again: the same answer, nothing new; with another body it is refused."""
        self.acts += 1
        again = one.deed.call(self.charting, one.act, one.day_id)
        assert again.again and again.facts == one.facts
        self.nothing_happens(one.deed, replace(one.act, request_digest="another body"), one.day_id, Conflict)

    def nothing_happens(self, deed: Deed, act: Act, day_id: str, kind: type[Refusal]) -> None:
        self.acts += 1
        try:
            deed.call(self.charting, act, day_id)
        except kind:
            assert not self.told
            self.look([day_id])
        else:
            raise AssertionError(f"{deed} was not refused")

    def tap_late(self, day_id: str, deed: Deed, age: int) -> None:
        """A tap as old as this arrives only now; refused, it is offered again as happened at the tap."""
        day, at = self.days[day_id], self.now - timedelta(seconds=age)
        tapped = self.act(issued_at=at.timestamp(), override=SILVA)
        if age > 60:
            self.nothing_happens(deed, tapped, day_id, TooOld)
            tapped = replace(tapped, late=True)
        self.tap(day_id, deed, tapped, self.foreseen(day, deed, at if age > 60 else self.now, "okafor"))

    # ---- what must hold ----------------------------------------------------------------------------------------------

    def look(self, changed: Iterable[str]) -> None:
        """These days stand in the record as acknowledged; every chair reads as the naive reading says."""
        self.sound = False
        for day_id in changed:
            held = self.store.infusion_day(day_id)
            assert held is not None and held.facts == self.days[day_id].facts
            for one in self.days.values():
                if one.patient.id == held.patient.id:
                    self.days[one.id] = replace(one, patient=held.patient)
        readings = {one.id: read(one.facts) for one in self.days.values()}
        for day in self.days.values():
            status = chair_status(day, history(day, self.others(day), ALEMTUZUMAB), ALEMTUZUMAB, self.now)
            self.compare(readings[day.id], status)
            self.goes_on(day, self.shown.get(day.id), status)
            self.shown[day.id] = status
        assert holds(self.days, readings)
        self.board_says_the_same()
        self.sound = True

    def others(self, day: InfusionDay) -> list[InfusionDay]:
        return [one for one in self.days.values() if one.patient.id == day.patient.id and one.id != day.id]

    def compare(self, reading: Reading, status: ChairStatus) -> None:
        assert not reading.misfits
        assert status.phase.value == PHASES.get(reading.stand, reading.stand)
        assert (status.chair, status.nurse, status.is_open) == (reading.chair, reading.nurse, reading.stand in OPEN)
        assert status.run_time_s == int(reading.run_time(self.now))
        assert status.elapsed_s == int(reading.elapsed(self.now))
        assert abs(status.volume_given_ml - reading.given(self.now)) < 0.001
        assert status.evaluation_open == reading.evaluation_open
        due = reading.due()
        assert status.next_round_due_at == due
        assert status.overdue_s == (max(0, int((self.now - due).total_seconds())) if due else 0)
        assert status.level is Level.RED or not reading.red_symptom
        if status.evaluation_open or status.extended:
            assert status.observation_ends_at is None and status.free_at is None
        assert not set(status.allowed) & set(status.refused)

    @staticmethod
    def goes_on(day: InfusionDay, before: ChairStatus | None, status: ChairStatus) -> None:
        """Run time and elapsed time never go back, unless an entry says that it was otherwise."""
        if before is None or status.now < before.now:
            return
        new = day.facts[before.position :]
        if all(one.happened_at == one.recorded_at and one.kind != "EnteredInError" for one in new):
            assert status.run_time_s >= before.run_time_s and status.elapsed_s >= before.elapsed_s

    def board_says_the_same(self) -> None:
        """The live ward, which only follows changes and deadlines, shows what the record says now."""
        turn = self.live.turns
        self.live.changed(["nothing new"])
        self.loop.run_until_complete(asyncio.wait_for(self.live.next_turn(turn), 10))
        told = {one.infusion_day_id: one for one in self.live.status().days}
        on_board = {day_id for day_id, one in self.shown.items() if one.is_open or one.date == self.today()}
        assert set(told) == on_board
        for day_id, one in told.items():
            apart = [
                (name.name, told_, is_)
                for name in fields(one)
                if name.name not in TICKING
                for told_, is_ in [(getattr(one, name.name), getattr(self.shown[day_id], name.name))]
                if told_ != is_
            ]
            assert not apart, f"the board is behind: {apart}\n{self.record(day_id)}"

    def whole_record_holds(self) -> None:
        """Every acknowledged fact is there once, nothing else is, and the chain is whole."""
        for day in self.days.values():
            held = self.store.infusion_day(day.id)
            assert held is not None and held.facts == day.facts
            assert [fact.position for fact in day.facts] == list(range(1, len(day.facts) + 1))
        with looking(self.url) as connection:
            verdict = verify(connection, {})
        assert (verdict.broken, verdict.unprotected) == ((), ())
        assert verdict.facts == sum(len(day.facts) for day in self.days.values())
        assert verdict.facts == sum(len(one.facts) for one in self.saved)
