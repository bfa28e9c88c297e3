"""A small real ward for the tests of charting and the API: four chairs, three nurses and a clock that stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from models.charting import Act, Booking, Charting, Override, Recorded
from models.clinical.clock import StoppedClock
from models.clinical.facts import (
    AdviceGiven,
    BagPrepared,
    CheckAnswered,
    MedicationGiven,
    Symptom,
    VitalSignsRecorded,
)
from models.clinical.protocol import Protocol
from models.store.opening import create_store
from models.store.rows import StaffMember, WardRow
from models.store.ward_store import WardStore

MORNING = datetime(2026, 6, 15, 7, 0, tzinfo=UTC)
"""08:00 in London."""
TODAY = date(2026, 6, 15)
STAFF = (
    StaffMember(id="okafor", name="Ada Okafor", role="nurse"),
    StaffMember(id="byrne", name="Sean Byrne", role="nurse"),
    StaffMember(id="novak", name="Eva Novak", role="charge nurse"),
)
CHAIRS = ("1", "2", "3", "4")
PEOPLE = (
    ("P-1001", "Marsh", "Helen", date(1984, 4, 5)),
    ("P-1002", "Adeyemi", "Tunde", date(1990, 11, 30)),
    ("P-1003", "Marsh", "Colin", date(1979, 1, 12)),
    ("P-1004", "Lindqvist", "Maja", date(1995, 8, 23)),
)
CALM = VitalSignsRecorded(
    heart_rate=72, systolic=118, diastolic=74, symptoms=(), temperature=36.8, spo2=98, respiratory_rate=14,
    consciousness="alert",
)  # fmt: skip
HIGH_PRESSURE = replace(CALM, systolic=165, diastolic=88)
IN_PAIN = replace(CALM, symptoms=(Symptom(symptom="chest pain"),))


class Ward:
    """Charting on a real store, and the steps of a day by which tests get to where they begin."""

    def __init__(self, url: str, protocol: Protocol, at: datetime = MORNING) -> None:
        self.protocol = protocol
        self.clock = StoppedClock(at)
        self.store: WardStore = create_store(url, "training", ward_name="Ward under test")
        row = WardRow(
            name="Ward under test",
            mode="training",
            set_up=True,
            supervising_neurologist="Dr Haddad",
            emergency_contact="ICU 5555",
            doctors=("Dr Haddad", "Dr Silva"),
        )
        self.store.set_up(row, CHAIRS, STAFF)
        self.announced: list[str] = []
        self.charting = Charting(self.store, protocol, self.clock, self.announced.extend)
        self._keys = count(1)

    def act(self, staff: str = "okafor", **told: Any) -> Act:
        return Act(key=told.pop("key", None) or f"key-{next(self._keys)}", staff=staff, **told)

    def minutes(self, minutes: float) -> None:
        self.clock.advance(minutes * 60)

    # ---- steps of a day ----------------------------------------------------------------------------------------------

    def booking(self, who: int = 0, chair: str = "1", **other: Any) -> Booking:
        """`who` beyond the first four is one more patient of her own."""
        number, family, given, born = PEOPLE[who] if who < len(PEOPLE) else (f"P-{who}", "Other", "One", PEOPLE[0][3])
        told = {"course": 1, "day": 1, "date": self.charting.local_date(), "start": time(8, 0)} | other
        return Booking(chair=chair, patient_id=number, family_name=family, given_name=given, born=born, **told)

    def booked(self, who: int = 0, chair: str = "1", **other: Any) -> str:
        return self.charting.book(self.act(), self.booking(who, chair, **other)).status.infusion_day_id

    def arrived(self, who: int = 0, chair: str = "1", **other: Any) -> str:
        day_id = self.booked(who, chair, **other)
        self.charting.arrive(self.act(), day_id)
        return day_id

    def ready_to_start(self, who: int = 0, chair: str = "1", **other: Any) -> str:
        """Everything that hour one asks for, a fresh set after the steroid and a bag."""
        day_id = self.arrived(who, chair, **other)
        self.charting.answer_checks(self.act(), day_id, self.answers(day_id))
        self.charting.record_vital_signs(self.act(), day_id, CALM)
        self.minutes(5)
        steroid = next(row for row in self.protocol.medicines.values() if row.steroid)
        given = MedicationGiven(medicine=steroid.id, outcome="given", name=steroid.name, dose_mg=steroid.dose_mg)
        self.charting.give_medication(self.act(), day_id, given)
        self.minutes(55)
        bag = BagPrepared(product=self.protocol.product, batch="B123", volume_ml=self.protocol.volume_ml)
        self.charting.prepare_bag(self.act(), day_id, bag)
        self.charting.record_vital_signs(self.act(), day_id, CALM)
        return day_id

    def running(self, who: int = 0, chair: str = "1", **other: Any) -> str:
        day_id = self.ready_to_start(who, chair, **other)
        self.charting.start_infusion(self.act(), day_id)
        return day_id

    def paused(self, who: int = 0, chair: str = "1", reason: str = "toilet") -> str:
        day_id = self.running(who, chair)
        self.minutes(20)
        self.charting.pause_infusion(self.act(), day_id, reason)
        return day_id

    def stopped(self, who: int = 0, chair: str = "1") -> str:
        day_id = self.running(who, chair)
        self.minutes(20)
        self.charting.stop_infusion(self.act(), day_id)
        return day_id

    def amber(self, who: int = 0, chair: str = "1") -> str:
        """A pressure that would be red if it held, just measured."""
        day_id = self.running(who, chair)
        self.minutes(30)
        self.charting.record_vital_signs(self.act(), day_id, HIGH_PRESSURE)
        return day_id

    def completed(self, who: int = 0, chair: str = "1") -> str:
        day_id = self.running(who, chair)
        for _ in range(4):
            self.minutes(60)
            self.charting.record_vital_signs(self.act(), day_id, CALM)
        self.charting.complete_infusion(self.act(), day_id)
        return day_id

    def ready_to_go(self, who: int = 0, chair: str = "1") -> str:
        day_id = self.completed(who, chair)
        for _ in range(2):
            self.minutes(60)
            self.charting.record_vital_signs(self.act(), day_id, CALM)
        required = tuple(one.id for one in self.protocol.advice.values() if one.required)
        self.charting.give_advice(self.act(), day_id, AdviceGiven(advice=required))
        return day_id

    def answers(self, day_id: str) -> list[CheckAnswered]:
        """What lets the infusion start: *no* to every reason against it, a name, a date, a number."""
        said = {"yes_no": "no", "doctor": "Dr Haddad", "date": "2026-06-01", "number": "210", "text": "seen"}
        asked = [row for row in self.protocol.checks.values() if row.phase == "pre-medication" and row.required]
        asked = [row for row in asked if row.when != "later days" or self.day(day_id).day > 1]
        return [CheckAnswered(check=row.id, answer=said[row.kind]) for row in asked]

    # ---- what is true now --------------------------------------------------------------------------------------------

    def day(self, day_id: str) -> Any:
        return self.charting.day(day_id)

    def status(self, day_id: str) -> Any:
        return self.charting.status(day_id)

    def kinds(self, day_id: str) -> list[str]:
        return [fact.kind for fact in self.day(day_id).facts]


def kinds_of(recorded: Recorded) -> list[str]:
    return [fact.kind for fact in recorded.facts]


SILVA = Override(doctor="Dr Silva", reason="examined")
