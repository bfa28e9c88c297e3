"""Builders for the store's tests: a ward, a booked day, lines to append, and a hand that reaches past the store."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import psycopg

from models.clinical.facts import Arrived, Booked, Details, InfusionDay, VitalSignsRecorded
from models.store import Booking, NewFact, StaffMember, WardRow, WardStore

NOW = datetime(2026, 11, 20, 10, 42, 7, 123456, tzinfo=UTC)
TODAY = NOW.date()
CHAIRS = ("1", "2", "10")
STAFF = (
    StaffMember(id="okafor", name="Okafor, Ada", role="charge nurse"),
    StaffMember(id="lind", name="Lind, Per", role="nurse"),
)
WARD = WardRow(
    name="Infusion day ward",
    mode="training",
    supervising_neurologist="Dr Roth",
    emergency_contact="2222",
    doctors=("Dr Roth", "Dr Weiß"),
    call_numbers={"crash": "2222", "porter": "4100"},
)
keys = (f"key-{number}" for number in count(1))


def line(details: Details, minutes: int = 0) -> NewFact:
    return NewFact(details, NOW + timedelta(minutes=minutes))


def heart_rate(value: int, minutes: int = 0) -> NewFact:
    return line(VitalSignsRecorded(heart_rate=value), minutes)


ARRIVED = line(Arrived(chair="1", supervising_neurologist="Dr Roth", emergency_contact="2222"))


def a_booking(patient_id: str = "4810021", day: int = 1, on: date = TODAY, **others: Any) -> Booking:
    named = {"family_name": "Abara", "given_name": "Chidi", "born": date(1984, 4, 5), "allergies": "latex"}
    lines = [line(Booked(chair="1", planned_start=NOW))]
    return Booking(**{"patient_id": patient_id, "course": 1, "day": day, "date": on, "lines": lines, **named, **others})


def who(key: str | None = None) -> dict[str, Any]:
    """What every write carries besides its facts."""
    return {"key": key or next(keys), "request_digest": "digest", "staff": "okafor", "device": "tablet 3", "now": NOW}


def book(store: WardStore, *bookings: Booking) -> list[InfusionDay]:
    return store.book(bookings or [a_booking()], **who())


def append(store: WardStore, day_id: str, *lines: NewFact) -> InfusionDay:
    """After whatever stands; answers the day as it then is."""
    store.append(day_id, store.positions([day_id]).get(day_id, 0), lines, **who())
    day = store.infusion_day(day_id)
    assert day is not None
    return day


def a_day_with_facts(store: WardStore, patient_id: str = "4810021", rates: Sequence[int] = (71, 72, 73, 74)) -> str:
    """Booked, arrived, then one heart rate each: positions 1, 2, 3 …"""
    [day] = book(store, a_booking(patient_id))
    append(store, day.id, ARRIVED, *[heart_rate(rate, minute) for minute, rate in enumerate(rates)])
    return day.id


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def by_hand(url: str, *orders: str, unprotected: bool = False) -> list[tuple]:
    """SQL past the store, as somebody with the file or the server's password can; answers the last one's rows."""
    if is_sqlite(url):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.execute("PRAGMA recursive_triggers=ON")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        before = [f"DROP TRIGGER {name}" for name, _ in triggers]
        after = [sql for _, sql in triggers]
    else:
        connection = psycopg.connect(url.replace("+psycopg", ""))
        before = ["SET session_replication_role = replica"]  # no trigger fires
        after = []
    try:
        found = []
        for order in [*(before if unprotected else ()), *orders]:
            cursor = connection.execute(order)
            found = cursor.fetchall() if cursor.description else []
        for order in after if unprotected else ():
            connection.execute(order)
        connection.commit()
        return found
    finally:
        connection.close()
