"""The training ward that `make run` opens: a data file of twelve chairs, recorded through charting relative to now."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from models.charting import Act, Booking, Charting
from models.clinical.clock import StoppedClock
from models.clinical.protocol import Protocol
from models.store.rows import StaffMember, WardRow
from models.store.ward_store import WardStore
from seed.acts import ACTS
from seed.days import Planned, Spelling, Step

WARD_FILE = Path(__file__).with_suffix(".toml")
LAST_START = time(23, 55)
BOOKED_BEFORE = timedelta(hours=10)


def load(path: Path = WARD_FILE) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def seed(
    store: WardStore, protocol: Protocol, now: datetime, pin_hash: str, ward: Mapping[str, Any] | None = None
) -> None:
    """Fills an empty training database; the same file at the same `now` gives the same facts."""
    ward = ward or load()
    set_up(store, ward, pin_hash)
    spelling = Spelling(ward, protocol, today=now.astimezone(ZoneInfo(ward["zone"])).date())
    planned = [day for chair in ward["chairs"] for day in spelling.days(chair)]
    clock = StoppedClock(min(when(now, day, day.first_minute) for day in planned) - BOOKED_BEFORE)
    charting = Charting(store, protocol, clock, announce=lambda day_ids: None)
    Replay(ward, charting, clock, now).run(planned)


def set_up(store: WardStore, ward: Mapping[str, Any], pin_hash: str) -> None:
    row = WardRow(
        name=ward["ward"],
        mode="training",
        zone=ward["zone"],
        set_up=True,
        supervising_neurologist=ward["supervising_neurologist"],
        emergency_contact=ward["emergency_contact"],
        doctors=tuple(ward["doctors"]),
        call_numbers=ward["call_numbers"],
    )
    staff = [StaffMember(pin_hash=pin_hash, **member) for member in ward["staff"]]
    store.set_up(row, [chair["chair"] for chair in ward["chairs"]], staff)


def is_over(store: WardStore, now: datetime) -> bool:
    """Whether this ward's seeded day lies behind: nothing on its board would still be true."""
    newest = store.newest_recorded_at()
    lasts = timedelta(minutes=load()["day_over_minutes"])
    return newest is None or not newest - lasts <= now <= newest + lasts


def when(now: datetime, day: Planned, minute: float) -> datetime:
    return now + timedelta(minutes=minute) - timedelta(days=day.days_ago)


def within(on: date, planned: datetime) -> time:
    """Rounded to five minutes; a start that falls on the day before or after is the first or the last of its date."""
    if planned.date() != on:
        return time.min if planned.date() < on else LAST_START
    return time(planned.hour, planned.minute // 5 * 5)


class Replay:
    """Records planned days in the order in which everything happened, as if by the nurses of that moment."""

    def __init__(self, ward: Mapping[str, Any], charting: Charting, clock: StoppedClock, now: datetime) -> None:
        self.ward = ward
        self.charting = charting
        self.clock = clock
        self.now = now
        self.zone = ZoneInfo(ward["zone"])
        self.today = now.astimezone(self.zone).date()
        self.day_ids: dict[tuple[str, int], str] = {}

    def run(self, planned: list[Planned]) -> None:
        steps = [(when(self.now, day, step.at), number, day, step)
                 for day in planned for number, step in enumerate(day.steps)]  # fmt: skip
        bookings = [(when(self.now, day, day.first_minute) - BOOKED_BEFORE, -1, day, None) for day in planned]
        for at, number, day, step in sorted([*steps, *bookings], key=lambda one: (one[0], one[2].chair, one[1])):
            self.clock.advance((at - self.clock.now()).total_seconds())
            if step is None:
                self.book(day)
            else:
                self.record(day, number, step)
        self.clock.advance((self.now - self.clock.now()).total_seconds())

    def book(self, day: Planned) -> None:
        on = self.today - timedelta(days=day.days_ago)
        start = within(on, when(self.now, day, day.planned).astimezone(self.zone))
        booking = Booking(
            chair=day.chair,
            course=day.course,
            day=day.day,
            date=on,
            start=start,
            **day.patient,
        )
        recorded = self.charting.book(self.act(day, -1, self.ward["staff"][0]["id"]), booking)
        self.day_ids[day.chair, day.days_ago] = recorded.facts[0].infusion_day_id

    def record(self, day: Planned, number: int, step: Step) -> None:
        act = self.act(day, number, day.nurse or self.ward["staff"][0]["id"])
        ACTS[step.act](self.charting, act, self.day_ids[day.chair, day.days_ago], dict(step.body))

    def act(self, day: Planned, number: int, staff: str) -> Act:
        name = f"{self.ward['seed']}/{self.now.isoformat()}/{day.chair}/{day.days_ago}/{number}"
        return Act(key=str(uuid5(NAMESPACE_URL, name)), staff=staff, device="seed")
