"""What must hold of a ward after every act: the record, the chairs, the clocks and the board, by a second opinion."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.clinical.chair_status import chair_status
from models.clinical.course import history
from models.clinical.facts import InfusionDay
from models.clinical.findings import Level
from models.clinical.status import ChairStatus
from models.live_ward import LiveWard
from models.store import WardStore
from models.store import reading as rows
from models.store.database import looking
from models.store.verifying import verify
from tests.charting.ward import CHAIRS
from tests.proof.deeds import ALEMTUZUMAB
from tests.proof.reference import Reading, read
from tests.proof.table import OPEN

LONDON = ZoneInfo("Europe/London")
PHASES = {
    "hour one": "pre-medication", "running": "infusion", "paused": "infusion", "stopped": "observation",
    "observed": "observation",
}  # fmt: skip
TICKING = {
    "now", "run_time_s", "elapsed_s", "volume_given_ml", "remaining_s", "overdue_s", "observation_remaining_s", "band",
    "facts",
}  # fmt: skip
"""What a passing second changes; between two deadlines nothing else does."""


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


@dataclass
class Holds:
    """`days` stand as acknowledged: identity from the booking, facts from the replies."""

    url: str
    now: datetime
    days: dict[str, InfusionDay] = field(default_factory=dict)
    shown: dict[str, ChairStatus] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    """What was announced and not looked at yet."""
    sound: bool = True
    """False from the beginning of an act until all that must hold holds again."""

    def __post_init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.store: WardStore
        self.live: LiveWard

    def today(self) -> date:
        return self.now.astimezone(LONDON).date()

    def record(self, day_id: str) -> str:
        """The day as it stands, for whoever reads why a proof failed."""
        day = self.days[day_id]
        lines = [f"{one.position} {one.happened_at:%H:%M:%S} {one.details}" for one in day.facts]
        return "\n".join([f"{self.now:%H:%M:%S} now, {day.date}", *lines])

    def nothing_changed(self) -> None:
        """A fact that stands cannot change; so the record is as it was when nothing came after it."""
        assert self.store.positions(list(self.days)) == {one.id: one.position for one in self.days.values()}
        assert self.told == []
        self.sound = True

    def look(self, changed: Iterable[str]) -> None:
        """These days stand in the record as acknowledged; every chair reads as the naive reading says."""
        self.sound = False
        patients = set()
        for day_id in changed:
            held = self.store.infusion_day(day_id)
            assert held is not None and held.facts == self.days[day_id].facts
            patients.add(held.patient.id)
            for one in self.days.values():
                if one.patient.id == held.patient.id:
                    self.days[one.id] = replace(one, patient=held.patient)
        for day in self.to_be_read(patients):
            status = chair_status(day, history(day, self.others(day), ALEMTUZUMAB), ALEMTUZUMAB, self.now)
            self.readings[day.id] = read(day.facts)
            self.compare(self.readings[day.id], status)
            self.goes_on(day, self.shown.get(day.id), status)
            self.shown[day.id] = status
        assert holds(self.days, self.readings)
        self.board_says_the_same()
        self.sound = True

    def to_be_read(self, patients: Collection[str]) -> list[InfusionDay]:
        """All days when time has passed, else those of these patients."""
        passed = any(one.now != self.now for one in self.shown.values())
        return [one for one in self.days.values() if passed or one.patient.id in patients or one.id not in self.shown]

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
        if not self.told:
            self.live.changed(["nothing new"])
        self.told.clear()
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
        """Read beside the ward, from the disk: every acknowledged fact once, nothing else, and the chain whole."""
        with looking(self.url) as connection:
            for day in self.days.values():
                assert rows.infusion_day(connection, day.id) == day
                assert [fact.position for fact in day.facts] == list(range(1, len(day.facts) + 1))
            verdict = verify(connection, {})
        assert (verdict.broken, verdict.unprotected) == ((), ())
        assert verdict.facts == sum(len(day.facts) for day in self.days.values())
