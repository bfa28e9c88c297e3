"""The machine: days of a ward made of random acts, crashes, waiting, clock steps and taps that come twice or late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from models.charting import Conflict
from tests.charting.ward import CHAIRS
from tests.proof import deeds
from tests.proof.day_rules import DayRules, the_day
from tests.proof.deeds import Deed
from tests.proof.world import World

BEGINNINGS = tuple(
    datetime.fromisoformat(at)
    for at in (
        "2026-06-15T07:00:00+00:00",
        "2026-11-19T21:30:00+00:00",  # midnight falls into the infusion
        "2026-03-28T23:30:00+00:00",  # clocks go forward at 01:00
        "2026-10-24T22:00:00+00:00",  # 01:00 to 02:00 comes twice
        "2027-12-31T20:00:00+00:00",
        "2028-02-28T20:00:00+00:00",
    )
)


class WardMachine(DayRules):
    """One ward of four chairs, four patients, and as many nurses as it takes."""

    new_url: Callable[[], str]
    acts: Counter[tuple[str, bool]]

    @initialize(begins=st.sampled_from(BEGINNINGS), begun=st.integers(0, 3))
    def opens(self, begins: datetime, begun: int) -> None:
        """Three are booked, the first of them for tomorrow too, and so many are on the way already."""
        self.world = World(type(self).new_url(), begins)
        self.looked_after = 0
        for who in range(3):
            self.book(who, CHAIRS[who], 1, 0)
        if begun:
            self.book(0, CHAIRS[3], 2, 1)
        for who in range(begun):
            self.all_of_hour_one(3 - who, CHAIRS[who])

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                if self.world.sound:
                    self.world.whole_record_holds()
            finally:
                self.world.close()
            self.acts.update(self.world.acts)

    # ---- what goes wrong ---------------------------------------------------------------------------------------------

    @precondition(lambda self: self.world.saved)
    @rule(back=st.integers(0, 20))
    def the_same_key_twice(self, back: int) -> None:
        saved = self.world.saved
        self.world.repeat(saved[-1 - back % len(saved)])

    @the_day(age=st.sampled_from((30, 60, 61, 300)), deed=st.sampled_from((deeds.STOP, deeds.note("late"))))
    def an_old_tap(self, which: int, age: int, deed: Deed) -> None:
        self.world.tap_late(self.id(which), deed, age)

    @the_day(wrong=st.sampled_from(({"patient": "nobody"}, {"chair": "none"}, {"epoch": 1, "current_epoch": 2})))
    def a_screen_that_shows_something_else(self, which: int, wrong: dict[str, Any]) -> None:
        self.world.is_refused(deeds.note("well"), self.world.act(**wrong), self.id(which), Conflict)

    @precondition(lambda self: len(self.world.saved) > self.looked_after + 4)
    @the_day()
    def the_answer_is_lost_in_a_crash(self, which: int) -> None:
        """The nurse only knows that no answer came: she sends the same form again."""
        if self.do(which, deeds.note("once")):
            self.crash()
            self.world.repeat(self.world.saved[-1])

    @precondition(lambda self: len(self.world.saved) > self.looked_after + 4)
    @rule()
    def crash(self) -> None:
        self.looked_after = len(self.world.saved)
        self.world.crash()

    @rule(seconds=st.sampled_from((1, 60, 601, 1800, 3600, 7200)))
    def wait(self, seconds: int) -> None:
        self.world.wait(seconds)
        self.world.look(())

    @rule(seconds=st.sampled_from((-5400, -90, -1, 1, 90, 3600)))
    def the_system_clock_steps(self, seconds: int) -> None:
        self.world.step(seconds)
