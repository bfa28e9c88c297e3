"""Appending: positions, chain and key of new facts, inside the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, text

from models.clinical.facts import Fact, InfusionDay
from models.clinical.refusal import Refusal
from models.store import reading
from models.store.chain import fact_hash, first_hash
from models.store.reading import IDENTITY
from models.store.refusals import KeyUsed, PositionTaken
from models.store.rows import Booking, NewFact
from models.store.serialise import refuse_unrecordable, to_text, utc
from models.store.tables import COURSE, DAY, FACT, OPEN_DAY, PATIENT, WARD

CHANNEL = "chairside"
MOVING = {reading.ARRIVING, *reading.CLOSING, "EnteredInError"}
"""Kinds after which a day may have opened or closed."""
Entry = tuple[str, int, Sequence[NewFact]]
"""An infusion day, the position after which its writer stood, and what to append there."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What all facts of one request share."""

    key: str
    request_digest: str
    staff: str
    device: str
    now: datetime


def lock_ward(connection: Connection) -> None:
    """Acts that concern more than one day queue here; on SQLite they already do."""
    connection.execute(select(WARD.c.id).with_for_update())


def refuse_used_key(connection: Connection, key: str) -> None:
    used = reading.used_key(connection, key)
    if used is not None:
        raise KeyUsed(used.facts, used.request_digest)


def refuse_taken_positions(connection: Connection, entries: Sequence[Entry]) -> None:
    for day_id, after_position, _ in entries:
        position = reading.newest_position(connection, day_id)
        if position != after_position:
            raise PositionTaken(day_id, position)


def append(connection: Connection, entries: Sequence[Entry], stamp: Stamp) -> tuple[Fact, ...]:
    """One request: `part` counts its facts over all days."""
    refuse_unrecordable(stamp.key, stamp.request_digest, stamp.staff, stamp.device)
    appended: list[Fact] = []
    for day_id, after_position, lines in entries:
        appended += append_to_day(connection, day_id, after_position, lines, stamp, part=len(appended))
        notify(connection, day_id)
    return tuple(appended)


def append_to_day(
    connection: Connection, day_id: str, after_position: int, lines: Sequence[NewFact], stamp: Stamp, part: int
) -> list[Fact]:
    if not lines:
        raise ValueError("nothing to record")
    previous_hash = chain_end(connection, day_id, after_position)
    rows: list[dict[str, Any]] = []
    for step, line in enumerate(lines):
        row = as_row(line, stamp)
        row |= {"infusion_day_id": day_id, "position": after_position + step + 1, "part": part + step}
        row["previous_hash"] = previous_hash
        row["hash"] = previous_hash = fact_hash(row)
        rows.append(row)
    connection.execute(insert(FACT), rows)
    if MOVING & {row["kind"] for row in rows}:
        index_openness(connection, day_id)
    return [as_appended(row, line) for row, line in zip(rows, lines, strict=True)]


def index_openness(connection: Connection, day_id: str) -> None:
    which = and_(FACT.c.infusion_day_id == day_id, FACT.c.kind.in_(MOVING))
    connection.execute(delete(OPEN_DAY).where(OPEN_DAY.c.infusion_day_id == day_id))
    if reading.is_open(reading.facts(connection, which)):
        connection.execute(insert(OPEN_DAY).values(infusion_day_id=day_id))


def index_all(connection: Connection) -> None:
    moved = select(FACT.c.infusion_day_id).where(FACT.c.kind.in_(MOVING)).distinct()
    for day_id in connection.execute(moved).scalars().all():
        index_openness(connection, day_id)


def chain_end(connection: Connection, day_id: str, after_position: int) -> str:
    row = connection.execute(CHAIN_END, {"day_id": day_id}).one_or_none()
    position = 0 if row is None else row.position
    if position != after_position:
        raise PositionTaken(day_id, position)
    if row is not None:
        return str(row.hash)
    return first_hash(connection.execute(IDENTITY.where(DAY.c.id == day_id)).one()._asdict())


CHAIN_END = (
    select(FACT.c.position, FACT.c.hash)
    .where(FACT.c.infusion_day_id == bindparam("day_id"))
    .order_by(FACT.c.position.desc())
    .limit(1)
)


def as_row(line: NewFact, stamp: Stamp) -> dict[str, Any]:
    return {
        "key": stamp.key,
        "request_digest": stamp.request_digest,
        "kind": type(line.details).__name__,
        "happened_at": utc(line.happened_at),
        "recorded_at": utc(stamp.now),
        "recorded_by": stamp.staff,
        "device": stamp.device,
        "caused_by": line.caused_by,
        "details": to_text(line.details),
    }


def as_appended(row: dict[str, Any], line: NewFact) -> Fact:
    shared = ("infusion_day_id", "position", "happened_at", "recorded_at", "recorded_by", "device", "caused_by")
    return Fact(details=line.details, **{name: row[name] for name in shared})


def notify(connection: Connection, day_id: str) -> None:
    """PostgreSQL tells the other workers when this commits; on SQLite there are none."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_notify(:channel, :day_id)"), {"channel": CHANNEL, "day_id": day_id})


# ---- booking ---------------------------------------------------------------------------------------------------------


def book_all(connection: Connection, bookings: Sequence[Booking], stamp: Stamp) -> list[InfusionDay]:
    ids = [book(connection, booking) for booking in bookings]
    append(connection, [(day_id, 0, booking.lines) for day_id, booking in zip(ids, bookings, strict=True)], stamp)
    booked = {day.id: day for day in reading.infusion_days(connection, DAY.c.id.in_(ids))}
    return [booked[day_id] for day_id in ids]


def book(connection: Connection, booking: Booking) -> str:
    """Creates the infusion day, and its patient and course where they are new; answers the day's id."""
    refuse_unrecordable(booking.patient_id, booking.family_name, booking.given_name, booking.allergies)
    patient_key = known_patient(connection, booking) or new_patient(connection, booking)
    wanted = (COURSE.c.patient_key == patient_key, COURSE.c.number == booking.course)
    course_id = connection.execute(select(COURSE.c.id).where(*wanted)).scalar()
    if course_id is None:
        course_id = uuid4().hex
        row = {"id": course_id, "patient_key": patient_key, "number": booking.course}
        connection.execute(insert(COURSE), [row])
    day_id = uuid4().hex
    day = {"id": day_id, "course_id": course_id, "day": booking.day, "date": booking.date}
    connection.execute(insert(DAY), [day])
    return day_id


def known_patient(connection: Connection, booking: Booking) -> str | None:
    patient = reading.find_patient(connection, booking.patient_id)
    if patient is None:
        return None
    known = (patient.family_name.casefold(), patient.given_name.casefold(), patient.born)
    if known != (booking.family_name.casefold(), booking.given_name.casefold(), booking.born):
        raise Refusal(
            f"Patient {booking.patient_id} is {patient.family_name.upper()}, {patient.given_name}, "
            f"born {patient.born:%d-%b-%Y}, not {booking.family_name.upper()}, {booking.given_name}, "
            f"born {booking.born:%d-%b-%Y}. Check the number; if the details changed, correct them on the chair.",
            field="patient_id",
        )
    return patient.id


def new_patient(connection: Connection, booking: Booking) -> str:
    names = ("patient_id", "family_name", "given_name", "born", "allergies")
    row = {"id": uuid4().hex} | {name: getattr(booking, name) for name in names}
    connection.execute(insert(PATIENT), [row])
    return str(row["id"])
