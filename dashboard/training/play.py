"""One ward of a room: its own database, the player that moves its patients, and the app that its tablets see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.pages import LivePage
from dashboard.training.learner import SIGN_ON
from models.clinical.clock import ScenarioClock
from models.clinical.protocol import Protocol
from models.store.opening import create_store
from models.ward_status import Standing, WardStatus
from seed.scenario_file import Scenario
from seed.scenario_player import ScenarioPlayer

if TYPE_CHECKING:
    from dashboard.factory import WardApp

MakeWard = Callable[..., "WardApp"]
Announced = Callable[[Mapping[str, Standing | None]], None]


class Play:
    """Made in a thread; begun, and ended, on the event loop. `number` is 1, or which copy of the patient it is."""

    def __init__(
        self,
        number: int,
        scenario: Scenario,
        place: Path,
        protocol: Protocol,
        clock: ScenarioClock,
        make_ward: MakeWard,
        changed: Callable[[], None],
        dressed: Callable[[Play, str, WardStatus], LivePage | None],
        routes: Callable[[WardApp, Play], None],
    ) -> None:
        self.number = number
        self.place = place
        self._changed = changed
        self._told: Announced = lambda days: None
        self._noticed = False
        self.shown_beside: object = None
        """What learners see beside the ward, as it was drawn last."""
        store = create_store(f"sqlite:///{place}", "training")
        self.player = ScenarioPlayer(scenario, store, protocol, clock, lambda days: self._told(days))
        self.app = make_ward(
            store=store,
            clock=clock,
            pages=lambda key, status: dressed(self, key, status),
            routes=lambda app: routes(app, self),
            cookie=SIGN_ON,
        )
        self._told = self.app.live_ward.changed
        self.app.announced.append(self._somebody_recorded)
        # An alert that has just come up may have to slow the room's clock, at once.
        self.app.live_ward.tell(changed)

    def _somebody_recorded(self, days: Mapping[str, Standing | None]) -> None:
        """From the thread of an act: the player looks at it as soon as the room's loop turns."""
        self._noticed = True
        self._changed()

    def catch_up(self) -> None:
        """In a thread: what somebody recorded is noticed, and everything due is played at its own moment."""
        if self._noticed:
            self._noticed = False
            self.player.noticed()
        self.player.play(self.player.clock.now())

    @property
    def is_behind(self) -> bool:
        at = self.player.next_at
        return self._noticed or (at is not None and at <= self.player.clock.now())

    @property
    def status(self) -> WardStatus:
        return self.app.live_ward.status()

    async def begin(self) -> None:
        await self.app.begin()

    async def end(self) -> None:
        """Screens are told to sign on again, and nothing of this ward is kept."""
        self.app.stream.end_everybody()
        await self.app.end()
        await asyncio.to_thread(self._forget)

    def _forget(self) -> None:
        for left in self.place.parent.glob(f"{self.place.name}*"):
            left.unlink()
