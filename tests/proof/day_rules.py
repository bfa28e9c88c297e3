"""The rules of an infusion day: every act a nurse can do, on any day of the ward, now or with a true time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from models.charting import Booking
from models.clinical.facts import Arrived, BagPrepared, InfusionPaused, InfusionStarted, VitalSignsRecorded
from tests.charting.ward import CHAIRS, PEOPLE, STAFF
from tests.proof import deeds
from tests.proof.deeds import ALEMTUZUMAB, Deed
from tests.proof.world import World

WHICH = st.integers(0, 4)
CHAIR = st.sampled_from(CHAIRS)
AGO = st.sampled_from((0, 0, 0, 0, 60, 300, 1200, 5400, -1, -60))
BEHIND = st.sampled_from((0, 0, 0, 1, 2, 5))
NURSE = st.sampled_from([one.id for one in STAFF])
RATE = st.sampled_from((25.3, 12.7, 40.0))


def the_day(**drawn: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A rule about one of the booked infusion days."""

    def made(act: Callable[..., None]) -> Callable[..., None]:
        return precondition(lambda machine: bool(machine.world.days))(rule(which=WHICH, **drawn)(act))

    return made


class DayRules(RuleBasedStateMachine):
    """`world` is opened by whoever inherits these."""

    world: World

    def id(self, which: int) -> str:
        ids = list(self.world.days)
        return ids[-1 - which % len(ids)]

    def do(self, which: int, deed: Deed, **how: Any) -> bool:
        return self.world.do(self.id(which), deed, **how)

    # ---- booking, chairs, people -------------------------------------------------------------------------------------

    @rule(who=st.integers(0, 3), chair=CHAIR, day=st.integers(1, 6), later=st.sampled_from((0, 0, 0, 1, -1)))
    def book(self, who: int, chair: str, day: int, later: int) -> None:
        number, family, given, born = PEOPLE[who]
        world, on = self.world, self.world.today() + timedelta(days=later)
        mine = [one for one in world.days.values() if one.patient.patient_id == number]
        mine = [one for one in mine if world.readings[one.id].stand != "deferred"]
        taken = any(one.date == on or one.day == day for one in mine)
        booking = Booking(
            chair=chair, course=1, day=day, date=on, start=time(8, 0), born=born,
            patient_id=number, family_name=family, given_name=given,
        )  # fmt: skip
        world.book(booking, foreseen=not taken and day <= 5 and later >= 0)

    @the_day(chair=CHAIR, ago=AGO)
    def arrive(self, which: int, chair: str, ago: int) -> None:
        self.do(which, deeds.arrive(chair), ago=ago)

    @the_day(ago=AGO)
    def defer(self, which: int, ago: int) -> None:
        self.do(which, deeds.defer(), ago=ago)

    @the_day(chair=st.sampled_from((*CHAIRS, "9")))
    def move(self, which: int, chair: str) -> None:
        here = self.world.readings[self.id(which)].chair
        self.do(which, replace(deeds.move(chair), refused=chair in (here, "9")))

    @the_day(other=WHICH)
    def swap(self, which: int, other: int) -> None:
        mine, theirs = self.id(which), self.id(other)
        here, there = (self.world.readings[one].chair for one in (mine, theirs))
        self.do(which, replace(deeds.swap(here, theirs, there), refused=mine == theirs))

    @the_day(nurse=st.sampled_from((None, "okafor", "byrne")), by=NURSE)
    def assign(self, which: int, nurse: str | None, by: str) -> None:
        self.do(which, deeds.assign(nurse, by, self.world.readings[self.id(which)].nurse), by=by)

    @the_day(words=st.sampled_from(("", "latex")))
    def correct_allergies(self, which: int, words: str) -> None:
        self.do(which, deeds.allergies(words))

    # ---- hour one ----------------------------------------------------------------------------------------------------

    @the_day(chair=CHAIR)
    def all_of_hour_one(self, which: int, chair: str) -> None:
        """A way to the infusion: where the day stands elsewhere these are refused one by one."""
        for deed in (
            deeds.arrive(chair), deeds.checks("no"), deeds.vital_signs("calm"), deeds.medicine("given"),
            deeds.bag(101.2), deeds.start(25.3),
        ):  # fmt: skip
            if self.do(which, deed):
                self.world.wait(300)

    @the_day(answer=st.sampled_from(("no", "yes", "unknown")), ago=AGO)
    def checks(self, which: int, answer: str, ago: int) -> None:
        self.do(which, deeds.checks(answer), ago=ago)

    @the_day(outcome=st.sampled_from(("given", "not given")), ago=AGO)
    def medications(self, which: int, outcome: str, ago: int) -> None:
        self.do(which, deeds.medicine(outcome), ago=ago)

    @the_day(volume=st.sampled_from((101.2, 90.0)), ago=AGO)
    def prepare(self, which: int, volume: float, ago: int) -> None:
        self.do(which, deeds.bag(volume), ago=ago)

    # ---- the infusion ------------------------------------------------------------------------------------------------

    @the_day(rate=RATE, ago=AGO, behind=BEHIND)
    def start(self, which: int, rate: float, ago: int, behind: int) -> None:
        self.do(which, deeds.start(rate), ago=ago, behind=behind)

    @the_day(rate=RATE, ago=AGO, behind=BEHIND)
    def change_rate(self, which: int, rate: float, ago: int, behind: int) -> None:
        self.do(which, deeds.change_rate(rate), ago=ago, behind=behind)

    @the_day(reason=st.sampled_from(("toilet", "line", "reaction")), ago=AGO, behind=BEHIND)
    def pause(self, which: int, reason: str, ago: int, behind: int) -> None:
        self.do(which, deeds.pause(reason), ago=ago, behind=behind)

    @the_day(rate=RATE, with_doctor=st.booleans(), ago=AGO, behind=BEHIND)
    def resume(self, which: int, rate: float, with_doctor: bool, ago: int, behind: int) -> None:
        reading = self.world.readings[self.id(which)]
        rates = [rate for _, rate in reading.flow if rate]
        deed = deeds.resume(rate, with_doctor, reading.needs_doctor(), rates[-1] if rates else 25.3)
        self.do(which, replace(deed, refused=reading.needs_doctor() and not with_doctor), ago=ago, behind=behind)

    @the_day(ago=AGO, behind=BEHIND)
    def stop(self, which: int, ago: int, behind: int) -> None:
        self.do(which, deeds.STOP, ago=ago, behind=behind)

    @the_day(ago=AGO, behind=BEHIND)
    def complete(self, which: int, ago: int, behind: int) -> None:
        self.do(which, deeds.COMPLETE, ago=ago, behind=behind)

    @the_day(outcome=st.sampled_from(list(ALEMTUZUMAB.evaluation_outcomes)), ago=AGO)
    def close_evaluation(self, which: int, outcome: str, ago: int) -> None:
        self.do(which, deeds.close(outcome), ago=ago)

    @the_day(rate=RATE, ago=st.sampled_from((60, 240)))
    def a_rate_is_told_late(self, which: int, rate: float, ago: int) -> None:
        """Whatever else the infusion did meanwhile, it did before."""
        if self.do(which, deeds.change_rate(40.0)):
            self.world.wait(120)
        self.do(which, deeds.change_rate(rate), ago=ago)

    @the_day(outcome=st.sampled_from(list(ALEMTUZUMAB.evaluation_outcomes)))
    def stop_and_evaluate(self, which: int, outcome: str) -> None:
        for deed in (deeds.STOP, deeds.close(outcome)):
            if self.do(which, deed):
                self.world.wait(300)

    @the_day(hours=st.sampled_from((0, 1, 2)))
    def to_the_end(self, which: int, hours: int) -> None:
        """Completed, observed for as long or too short, and home."""
        for deed in (deeds.COMPLETE, deeds.vital_signs("calm"), deeds.DISCHARGE):
            if self.do(which, deed):
                self.world.wait(hours * 3600)

    @the_day(reason=st.sampled_from(("toilet", "reaction")), rate=RATE, with_doctor=st.booleans())
    def pause_and_resume(self, which: int, reason: str, rate: float, with_doctor: bool) -> None:
        if self.do(which, deeds.pause(reason)):
            self.world.wait(300)
        self.resume(which, rate, with_doctor, 0, 0)

    # ---- monitoring --------------------------------------------------------------------------------------------------

    @the_day(kind=st.sampled_from(list(deeds.SETS)), ago=AGO)
    def vital_signs(self, which: int, kind: str, ago: int) -> None:
        self.do(which, deeds.vital_signs(kind), ago=ago)

    @the_day(
        kind=st.sampled_from(("pressure only", "only asked", "only pain", "heart rate only")), back=st.integers(0, 4)
    )
    def add_to_a_set(self, which: int, kind: str, back: int) -> None:
        facts = self.world.days[self.id(which)].facts
        positions = [one.position for one in facts if isinstance(one.details, VitalSignsRecorded)] or [1]
        self.do(which, deeds.vital_signs(kind, adds_to=positions[-1 - back % len(positions)]))

    @the_day(kind=st.sampled_from(("only asked", "only pain", "heart rate only")), closing=st.booleans())
    def complete_a_set(self, which: int, kind: str, closing: bool) -> None:
        """What was missing is added, perhaps after an evaluation that had nothing to do with it was closed."""
        if not self.do(which, deeds.vital_signs("pressure only")):
            return
        position = self.world.days[self.id(which)].position
        if closing:
            self.stop_and_evaluate(which, "resumed")
        self.do(which, deeds.vital_signs(kind, adds_to=position))

    @the_day(said=st.sampled_from(deeds.PAINS), ago=AGO)
    def symptoms(self, which: int, said: Any, ago: int) -> None:
        self.do(which, deeds.symptoms(said), ago=ago)

    @the_day(reason=st.sampled_from(("equipment", "refused")), again=st.sampled_from((None, 5, 10)))
    def round_not_done(self, which: int, reason: str, again: int | None) -> None:
        again_at = None if again is None else self.world.now + timedelta(minutes=again)
        self.do(which, deeds.not_done(reason, again_at))

    @the_day(minutes=st.sampled_from((15, 30, 60)), ago=AGO)
    def interval(self, which: int, minutes: int, ago: int) -> None:
        self.do(which, deeds.interval(minutes), ago=ago)

    @the_day(accepts=st.booleans(), minutes=st.sampled_from((None, 15, 30)), ago=AGO)
    def review(self, which: int, accepts: bool, minutes: int | None, ago: int) -> None:
        self.do(which, deeds.review(accepts, minutes), ago=ago)

    @the_day(deed=st.sampled_from((deeds.ADVICE, deeds.PLATELETS, deeds.REFERENCE, deeds.note("well"))), ago=AGO)
    def say_and_take(self, which: int, deed: Deed, ago: int) -> None:
        self.do(which, deed, ago=ago)

    @the_day(deed=st.sampled_from((deeds.TRANSFER, deeds.DISCHARGE)), ago=AGO)
    def leave(self, which: int, deed: Deed, ago: int) -> None:
        self.do(which, deed, ago=ago)

    @the_day(
        back=st.integers(0, 12), replaced=st.booleans(), chair=CHAIR, later=st.sampled_from((None, None, 0, 60, 900))
    )
    def correct(self, which: int, back: int, replaced: bool, chair: str, later: int | None) -> None:
        """One of the last entries is struck, with or without one in its place, at its own time or earlier."""
        facts = self.world.days[self.id(which)].facts
        wrong = facts[-1 - back % len(facts)]
        replacement = self.in_place_of(wrong.details, chair) if replaced else None
        at = None if replacement is None or later is None else wrong.happened_at - timedelta(seconds=later)
        self.do(which, deeds.correct(wrong, replacement, at))

    @staticmethod
    def in_place_of(wrong: Any, chair: str) -> Any:
        match wrong:
            case Arrived():
                return replace(wrong, chair=chair)
            case VitalSignsRecorded():
                return replace(wrong, adds_to=None, arm="left")
            case InfusionStarted():
                return InfusionStarted(rate_ml_per_hour=12.7)
            case InfusionPaused():
                return InfusionPaused(reason="line")
            case BagPrepared():
                return replace(wrong, volume_ml=90.0)
        return wrong
