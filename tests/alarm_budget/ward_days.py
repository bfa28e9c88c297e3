"""Plays ward days through the real charting: six weeks, twelve chairs, and a thirteenth for the planted events."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from models.charting import Act, Booking, Charting
from models.clinical.alert_history import PastAlert, alert_history, chair_hours
from models.clinical.clock import StoppedClock
from models.clinical.facts import ReferenceValueSet
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus
from models.store import create_store
from seed import training_ward
from tests.alarm_budget.drawn import Body, Person, a_body
from tests.alarm_budget.events import EVENTS, Event
from tests.alarm_budget.nurse import Nurse

FIRST_MONDAY = date(2026, 1, 5)
CHAIRS, EVENT_CHAIR = tuple(str(number) for number in range(1, 13)), "13"
FIRST_COURSES = 8
"""Of twelve patients a week; they come on five days, the others, in a later course, on three."""
FIRST_START, BETWEEN_STARTS = time(9, 0), timedelta(minutes=15)


@dataclass(frozen=True)
class Lived:
    """One infusion day as it was lived, and its alerts."""

    person: str
    study: str
    event: Event | None
    event_name: str
    start: datetime
    body: Body
    status: ChairStatus
    chair_hours: float
    alerts: tuple[PastAlert, ...]


@dataclass
class WardDays:
    """`study`: all patients are like those of that study, else as many of each as it had."""

    protocol: Protocol
    charting: Charting
    clock: StoppedClock
    seed: int
    study: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def days(self, count: int) -> Iterator[Lived]:
        people: dict[str, Person] = {}
        for number in range(count):
            on = FIRST_MONDAY + timedelta(days=number // 5 * 7 + number % 5)
            planned = [*self.planned(people, number, on)]
            self.play([nurse.lives() for nurse, *_ in planned])
            for nurse, person, study, name in planned:
                yield self.lived(nurse, person, study, name)

    def planned(self, people: dict[str, Person], number: int, on: date) -> Iterator[tuple[Nurse, str, str, str]]:
        week, day = number // 5, number % 5 + 1
        self.clock.advance((datetime.combine(on, time(6), UTC) - self.clock.now()).total_seconds())
        for place, chair in enumerate(CHAIRS):
            course = 1 if place < FIRST_COURSES else 2
            if day > self.protocol.days_in_course(course):
                continue
            name = f"{week + 1}-{chair}"
            random = Random(f"{self.seed}/{name}/{day}")
            person = people.setdefault(name, Person.drawn(random, course, self.study))
            yield self.nurse(chair, name, course, day, on, a_body(random, person, day)), name, person.study, ""
        name = list(EVENTS)[number % len(EVENTS)]
        event = EVENTS[name]
        body = event.body(Random(f"{self.seed}/event/{number}"))
        nurse = self.nurse(EVENT_CHAIR, f"event-{number + 1}", 1, event.day, on, body)
        nurse.ends_at = nurse.start + timedelta(minutes=event.until)
        heart_rate, systolic, diastolic = event.reference
        if event.day > 1:
            nurse.reference = ReferenceValueSet(
                heart_rate=heart_rate, systolic=systolic, diastolic=diastolic, taken_on=on - timedelta(event.day - 1)
            )
        yield nurse, f"event-{number + 1}", "", name

    def nurse(self, chair: str, name: str, course: int, day: int, on: date, body: Body) -> Nurse:
        start = datetime.combine(on, FIRST_START, UTC) + (int(chair) - 1) % 6 * BETWEEN_STARTS
        arrives = start - timedelta(minutes=72)
        booking = Booking(
            chair=chair, course=course, day=day, date=on, start=arrives.time(), patient_id=name,
            family_name=f"Patient {name}", given_name="Invented", born=date(1985, 3, 2),
            supervising_neurologist="Dr Lind", emergency_contact="2222",
        )  # fmt: skip
        act = Act(key=f"book {name} {day}", staff="okafor", device="simulated")
        day_id = self.charting.book(act, booking).facts[0].infusion_day_id
        random = Random(f"{self.seed}/nurse/{name}/{day}")
        return Nurse(self.charting, random, day_id, day, start, body, self.answers)

    def play(self, lives: list[Iterator[datetime]]) -> None:
        """Whoever waits for the earliest moment acts next."""
        waiting = [(next(life), place) for place, life in enumerate(lives)]
        heapq.heapify(waiting)
        while waiting:
            at, place = heapq.heappop(waiting)
            self.clock.advance(max((at - self.clock.now()).total_seconds(), 0))
            following = next(lives[place], None)
            if following is not None:
                heapq.heappush(waiting, (following, place))

    def lived(self, nurse: Nurse, person: str, study: str, name: str) -> Lived:
        day, course = self.charting.day_and_course(nurse.day_id)
        status = self.charting.status(nurse.day_id)
        past = alert_history(day, course, self.protocol, status.closed_at or self.clock.now())
        return Lived(person, study, EVENTS.get(name), name, nurse.start, nurse.body, status, chair_hours(status), past)


def simulated(protocol: Protocol, seed: int, days: int, study: str = "") -> list[Lived]:
    ward = dict(training_ward.load())
    ward["chairs"] = [{"chair": label} for label in (*CHAIRS, EVENT_CHAIR)]
    dated = dict.fromkeys(ward["answers"]["dated"], (FIRST_MONDAY - timedelta(days=6)).isoformat())
    answers = {**ward["answers"]["course"], **dated, **ward["answers"]["day"]}
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(f"sqlite:///{Path(folder) / 'simulated.db'}", "training")
        training_ward.set_up(store, ward, pin_hash="")
        clock = StoppedClock(datetime.combine(FIRST_MONDAY, time(5), UTC))
        charting = Charting(store, protocol, clock, announce=lambda *told: None)
        try:
            return [*WardDays(protocol, charting, clock, seed, study, answers).days(days)]
        finally:
            store.close()
