"""The ward as it stands: read again after every change and every deadline, numbered, and awaited by the screens."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from models.clinical.clock import Clock
from models.clinical.facts import InfusionDay
from models.clinical.protocol import Protocol
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus
from models.live_days import LiveDays
from models.store.rows import WardRow
from models.store.ward_store import WardStore
from models.ward_status import ChairView as ChairView
from models.ward_status import ChairViews, Standing, protocol_line
from models.ward_status import WardStatus as WardStatus

log = logging.getLogger(__name__)

BEAT_SECONDS: Final = 2.0
"""Real seconds between two looks at the store; every screen hears that one has worked."""
ANSWER_WAITS_SECONDS: Final = 0.25
"""Real seconds that the answer to an act waits at most until every screen was written to."""
QUARTER_HOUR: Final = timedelta(minutes=15)
EVERYTHING: Final = ""


class LiveWard:
    """`changed` may be called from any thread; everything awaited belongs to the loop that `run` runs on."""

    def __init__(self, store: WardStore, protocol: Protocol, clock: Clock) -> None:
        self._store = store
        self._protocol = protocol
        self._clock = clock
        self._days = LiveDays(store, protocol)
        self._views = ChairViews()
        self._told: deque[Mapping[str, Standing | None]] = deque()
        self._ward: WardRow = store.ward()
        self._status: WardStatus | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._turned: asyncio.Future[None] | None = None
        self._listeners: list[Callable[[], None]] = []
        self.turns = 0
        """Turns that have worked: read, evaluated, numbered."""
        self.beats = 0
        """Turns of those that also looked at the store without being told to, one every 2 s."""

    def status(self) -> WardStatus:
        """The ward after the newest turn; before the loop's first one it is read here."""
        if self._status is None:
            self._turn(beat=False)
        assert self._status is not None
        return self._status

    def day_and_course(self, day_id: str) -> tuple[InfusionDay, Course] | None:
        """What a level is previewed against while values are typed."""
        return self._days.day_and_course(day_id)

    def changed(self, days: Iterable[str] | Mapping[str, Standing | None] = ()) -> None:
        """These days have new facts, and stand so. None named: chairs, staff, the ward's name or its clock changed."""
        self._told.append(dict(days) if isinstance(days, Mapping) else dict.fromkeys(days) or {EVERYTHING: None})
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    def tell(self, listener: Callable[[], None]) -> None:
        """Called on the loop at the end of every turn that has worked, before anything else happens there."""
        self._listeners.append(listener)

    async def told(self) -> None:
        """Until what has been announced was taken in and told, but never long: the loop may not be well."""
        if self._told and self._loop is asyncio.get_running_loop():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.next_turn(self.turns), ANSWER_WAITS_SECONDS)

    async def next_turn(self, seen: int) -> int:
        """The number of the newest turn, as soon as it is beyond `seen`."""
        while self.turns <= seen:
            if self._turned is None or self._turned.done():
                self._turned = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._turned)
        return self.turns

    async def next_change(self, revision: int) -> WardStatus:
        """The ward, as soon as its revision is beyond this one."""
        turn = 0
        while self._status is None or self._status.revision <= revision:
            turn = await self.next_turn(turn)
        return self._status

    async def run(self) -> None:
        """Turn after turn, for ever; one that fails is tried again a second later and until then nothing beats."""
        self._loop = asyncio.get_running_loop()
        next_beat = self._loop.time()
        while True:
            self._woken.clear()
            beat = any(EVERYTHING in told for told in self._told) or self._loop.time() >= next_beat
            try:
                if beat or not self._take():
                    await asyncio.to_thread(self._turn, beat)
            except Exception as fault:  # noqa: BLE001 - whatever it is: no beat, so that every screen says NOT LIVE
                # The message of a fault may hold a patient's values; its kind and place do not.
                log.error("The ward could not be read and evaluated: %s", _place(fault))
                self._told.append({EVERYTHING: None})
                await asyncio.sleep(1)
                continue
            if beat:
                self.beats += 1
                next_beat = self._loop.time() + BEAT_SECONDS
            self._announce()
            await self._rest(next_beat - self._loop.time())

    def _announce(self) -> None:
        self.turns += 1
        for listener in self._listeners:
            try:
                listener()
            except Exception as fault:  # noqa: BLE001 - who listens badly harms nobody else
                log.error("A listener of the ward failed: %s", _place(fault))
        if self._turned is not None and not self._turned.done():
            self._turned.set_result(None)

    async def _rest(self, until_beat: float) -> None:
        """Sleep until told of a change, until the next deadline or the next beat."""
        if self._woken.is_set():
            return
        seconds = min(until_beat, self._seconds_to_deadline())
        timer = asyncio.get_running_loop().call_later(max(seconds, 0.02), self._woken.set)
        await self._woken.wait()
        timer.cancel()

    def _seconds_to_deadline(self) -> float:
        """Real seconds until time alone changes something."""
        rate = self._clock.rate
        if rate <= 0 or self._status is None:
            return BEAT_SECONDS
        now = self._status.now
        soonest = min((one.deadlines[0] for one in self._days.statuses() if one.deadlines), default=_next_quarter(now))
        return (min(soonest, _next_quarter(now)) - self._clock.now()) / timedelta(seconds=rate) + 0.001

    # ---- one turn ----------------------------------------------------------------------------------------------------

    def _take(self) -> bool:
        """A turn without a thread and without the store, where all that was told was worked out by who recorded it."""
        now = self._clock.now()
        if self._status is None or not self._told or self._today(now) != self._status.today:
            return False
        told = [self._told.popleft() for _ in range(len(self._told))]
        if not all(self._days.take(one, self._status.today) for one in told):
            self._told.extendleft(reversed(told))
            return False
        self._days.evaluate_due(now)
        self._publish(now, self._status.today, everything=False)
        return True

    def _today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self._ward.zone)).date()

    def _turn(self, beat: bool) -> None:
        now = self._clock.now()
        told = {day_id for _ in range(len(self._told)) for day_id in self._told.popleft()}
        everything = EVERYTHING in told or self._status is None
        if everything:
            self._ward = self._store.ward()
        today = self._today(now)
        if self._status is None or everything or today != self._status.today:
            self._days.read_all(today, now)
            everything = True
        else:
            self._days.read_changed(told | (self._days.behind(today) if beat else set()), today, now)
        self._days.evaluate_due(now)
        self._publish(now, today, everything)

    def _publish(self, now: datetime, today: date, everything: bool) -> None:
        former = self._status
        labels = [view.label for view in former.chairs] if former and not everything else self._store.chairs()
        statuses = sorted(self._days.statuses(), key=lambda status: status.planned_start)
        chairs = self._views.of(labels, statuses)
        if former is not None and not everything and self._nothing_new(former, chairs, statuses, now):
            # The same revision, looked at a little later.
            self._status = replace(former, now=now)
            return
        staff = {one.id: one.name for one in self._store.staff()} if former is None or everything else former.staff
        self._status = WardStatus(
            name=self._ward.name,
            mode=self._ward.mode,
            zone=self._ward.zone,
            now=now,
            today=today,
            clock_rate=self._clock.rate,
            revision=former.revision + 1 if former else 1,
            protocol=self._protocol,
            protocol_line=protocol_line(self._protocol),
            is_approved=self._protocol.is_approved,
            staff=staff,
            doctors=self._ward.doctors,
            call_numbers=self._ward.call_numbers,
            supervising_neurologist=self._ward.supervising_neurologist,
            emergency_contact=self._ward.emergency_contact,
            chairs=chairs,
            days=tuple(statuses),
        )

    def _nothing_new(
        self, former: WardStatus, chairs: Sequence[ChairView], days: Sequence[ChairStatus], now: datetime
    ) -> bool:
        return (
            _same(former.chairs, chairs)
            and _same(former.days, days)
            and former.clock_rate == self._clock.rate
            and now < _next_quarter(former.now)
        )


def _same(mine: Sequence[object], theirs: Sequence[object]) -> bool:
    return len(mine) == len(theirs) and all(one is other for one, other in zip(mine, theirs, strict=True))


def _next_quarter(at: datetime) -> datetime:
    """The next full quarter of an hour; every zone in use is whole quarters away from UTC."""
    begun = at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)
    return begun + QUARTER_HOUR


def _place(fault: Exception) -> str:
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return type(fault).__name__ + (f" at line {trace.tb_lineno} of {trace.tb_frame.f_code.co_name}" if trace else "")
