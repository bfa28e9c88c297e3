"""One training room: a scenario on a clock of its own, its wards, its learners, and what the trainer has set."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from dashboard.gate import log_without_details
from dashboard.training import needed
from dashboard.training.learner import Learner
from dashboard.training.learner_pages import show_beside
from dashboard.training.play import Play
from models.clinical.clock import ScenarioClock
from models.clinical.refusal import Refusal
from seed.scenario_file import Scenario

SHARED, COPIES = "shared", "copies"
Kind = Literal["shared", "copies"]
RATES = (1, 2, 5, 10, 30, 60)
LOOKS_EVERY_S = 2.0
"""Real seconds between two looks at the clock where nothing calls for one earlier."""
SHORTEST_REST_S = 0.005
NOT_SET_UP = "The room could not be set up again. Tap Reset once more."


class Room:
    """Everything awaited and every change belongs to the event loop; players are played in threads."""

    def __init__(
        self,
        code: str,
        name: str,
        scenario: Scenario,
        kind: Kind,
        trainer: str,
        lead: int,
        folder: Path,
        make_play: Callable[[Room, int, Path], Play],
        show: Callable[[], None],
        tell_time: Callable[[], None],
    ) -> None:
        self.code = code
        self.name = name
        """Of the scenario's file."""
        self.scenario = scenario
        self.kind: Kind = kind
        self.trainer = trainer
        """The id of the member of staff who opened it or took it over, from the sign-on `lead`."""
        self.lead = lead
        self.clock = ScenarioClock(scenario.started_at, 0.0)
        self.run_number = 1
        self.chosen_rate = 1.0
        self.is_running = False
        self.slows = True
        """The clock drops to ×1 while something needs a person."""
        self.hints_shown = False
        self.learners: list[Learner] = []
        self.watchers: list[Learner] = []
        """Screens that only look: nobody is waited for there, and no debrief counts them."""
        self.plays: list[Play] = []
        self._folder = folder
        self._make_play = make_play
        self._show = show
        self._tell_time = tell_time
        self._woken = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.one_at_a_time = asyncio.Lock()
        self._living: asyncio.Task[None] | None = None

    # ---- opening and closing -----------------------------------------------------------------------------------------

    async def begin(self) -> None:
        await self.new_play()
        self._living = asyncio.create_task(self._live())

    async def close(self) -> None:
        if self._living is not None:
            self._living.cancel()
            await asyncio.gather(self._living, return_exceptions=True)
        for learner in self.learners:
            learner.offline_until = None
        async with self.one_at_a_time:
            await self._end_plays()

    async def reset(self) -> None:
        """The same scenario from its start; whoever is in the room stays in it, and nobody else."""
        async with self.one_at_a_time:
            await self._end_plays()
            self.is_running, self.hints_shown, self.chosen_rate = False, False, 1.0
            self.clock = ScenarioClock(self.scenario.started_at, 0.0)
            self.run_number += 1
            self._tell_time()
            self.learners = [one for one in self.learners if not one.left]
            for learner in self.learners:
                learner.form_until, learner.offline_until = 0.0, None
            await self._set_up_again()
        self.look()

    async def _set_up_again(self) -> None:
        """Where it does not come about, the next reset sets them up."""
        try:
            for number in sorted({1, *(one.play for one in self.learners)}):
                await self.new_play(number)
        except Exception as fault:
            log_without_details(fault)
            raise Refusal(NOT_SET_UP) from fault

    async def _end_plays(self) -> None:
        plays, self.plays = self.plays, []
        for play in plays:
            await play.end()

    async def new_play(self, number: int = 1) -> Play:
        place = self._folder / f"{self.code}-{self.run_number}-{number}.db"
        play = await asyncio.to_thread(self._make_play, self, number, place)
        await play.begin()
        self.plays.append(play)
        return play

    @property
    def has_copies(self) -> bool:
        return self.kind == COPIES

    def present(self, play: Play) -> list[Learner]:
        """Who is in a ward of the room at this moment."""
        return [one for one in self.learners if one.play == play.number and not one.left]

    def led_plays(self) -> list[Play]:
        """The wards somebody is in. One that everybody has left holds no clock: nobody could answer there."""
        return [play for play in self.plays if self.present(play)]

    def play(self, number: int) -> Play:
        found = next((one for one in self.plays if one.number == number), None)
        if found is None:
            raise Refusal("This room is being set up. Try again in a moment.")
        return found

    # ---- the clock ---------------------------------------------------------------------------------------------------

    @property
    def is_over(self) -> bool:
        return self.clock.now() >= self.scenario.ends_at

    def run(self, running: bool) -> None:
        if running and self.is_over:
            raise Refusal("The scenario is over. Reset it to play it again.")
        self.is_running = running
        self.look()

    def set_rate(self, rate: float) -> None:
        if rate not in RATES:
            raise Refusal(f"The clock runs at {', '.join(f'×{one}' for one in RATES)}.", field="rate")
        self.chosen_rate = rate
        self.look()

    def next_at(self) -> datetime | None:
        """The next decision or deadline of its wards, at last the end; of all while a trainer tries it out alone."""
        now = self.clock.now()
        moments = [play.player.next_at for play in self.led_plays() or self.plays] + [self.scenario.ends_at]
        return min((at for at in moments if at is not None and at > now), default=None)

    async def jump(self) -> datetime:
        """To just that moment; answers it."""
        async with self.one_at_a_time:
            await self.catch_up()
        at = self.next_at()
        if at is None:
            raise Refusal("The scenario is over. Reset it to play it again.")
        self.clock.set_now(at)
        self._clock_changed()
        self.look()
        return at

    def needs_somebody(self) -> str:
        """Why the clock should not hurry: words for the trainer, empty when nobody is waited for."""
        return needed.needs_somebody(self)

    def rate_now(self) -> float:
        if not self.is_running or self.is_over:
            return 0.0
        return 1.0 if self.slows and self.chosen_rate > 1 and self.needs_somebody() else self.chosen_rate

    def _clock_changed(self) -> None:
        for play in self.plays:
            play.app.live_ward.changed()
            play.app.stream.tell_time()
        self._tell_time()

    # ---- the loop ----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """From any thread: something has changed."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def _live(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self._turn()
            except Exception as fault:  # noqa: BLE001 - what stumbles once must not stop the room for ever
                log_without_details(fault)
                await asyncio.sleep(1)
            timer = self._loop.call_later(self._rest(), self._woken.set)
            await self._woken.wait()
            timer.cancel()

    async def _turn(self) -> None:
        async with self.one_at_a_time:
            await self.catch_up()
        for play in self.plays:
            show_beside(self, play)
        self.pace()
        self._show()

    async def catch_up(self, only: Play | None = None) -> None:
        """Everything due is played before anybody's next act is recorded."""
        for play in [only] if only else self.plays:
            if play.is_behind:
                try:
                    await asyncio.to_thread(play.catch_up)
                except Exception as fault:  # noqa: BLE001 - a scenario that stumbles must hold no learner up
                    log_without_details(fault)

    def pace(self) -> None:
        """Sets the clock to the rate that holds at this moment."""
        if self.is_running and self.is_over:
            self.is_running = False
        if self.clock.rate != (rate := self.rate_now()):
            self.clock.set_rate(rate)
            self._clock_changed()

    def _rest(self) -> float:
        at, rate = self.next_at(), self.clock.rate
        if at is None or rate == 0:
            return LOOKS_EVERY_S
        if any(play.is_behind for play in self.plays):
            return SHORTEST_REST_S
        return min(LOOKS_EVERY_S, max(SHORTEST_REST_S, (at - self.clock.now()) / timedelta(seconds=rate)))
