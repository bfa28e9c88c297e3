"""The tables of a ward's database; times are aware UTC, texts hold canonical JSON where they hold JSON."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

# Named constraints: without names Alembic cannot change them on SQLite, and a collision cannot be told from another.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """The base of all tables, with a catalogue of its own."""

    metadata = MetaData(naming_convention=NAMES)


def counter() -> Column[int]:
    """A key the database counts up and never gives twice."""
    return Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


class WardTable(Table, table=True):
    """One row: the ward this database belongs to; acts that concern more than one day lock it."""

    __tablename__ = "ward"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("mode IN ('training', 'ward')", name="mode"),
    )

    id: int = Field(default=1, primary_key=True)
    name: str
    mode: str
    zone: str
    set_up: bool
    set_up_code_hash: str
    supervising_neurologist: str
    emergency_contact: str
    doctors: str = Field(sa_type=Text)
    call_numbers: str = Field(sa_type=Text)


class ChairTable(Table, table=True):
    """The chairs in the order in which they stand on the board."""

    __tablename__ = "chair"

    label: str = Field(primary_key=True)
    place: int


class PatientTable(Table, table=True):
    """The identity as first booked, never changed; corrections are facts."""

    __tablename__ = "patient"

    id: str = Field(primary_key=True)
    patient_id: str = Field(unique=True)
    family_name: str
    given_name: str
    born: dt.date
    allergies: str


class CourseTable(Table, table=True):
    """A patient's course; the days of a course are infusion days."""

    __tablename__ = "course"
    __table_args__ = (
        UniqueConstraint("patient_key", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    id: str = Field(primary_key=True)
    patient_key: str = Field(foreign_key="patient.id")
    number: int


class InfusionDayTable(Table, table=True):
    """Identity only: booking, arrival, chair and moves are facts."""

    __tablename__ = "infusion_day"
    __table_args__ = (CheckConstraint("day >= 1", name="day"),)

    id: str = Field(primary_key=True)
    course_id: str = Field(foreign_key="course.id", index=True)
    day: int
    date: dt.date = Field(index=True)


class FactTable(Table, table=True):
    """The record. Appended, never changed; triggers refuse everything else."""

    __tablename__ = "fact"
    __table_args__ = (
        UniqueConstraint("key", "part"),
        UniqueConstraint("infusion_day_id", "position"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name="hash"),
        Index(None, "infusion_day_id", "kind"),
        {"sqlite_autoincrement": True},
    )

    seq: int = Field(default=None, sa_column=counter())
    key: str
    part: int
    request_digest: str
    infusion_day_id: str = Field(foreign_key="infusion_day.id")
    position: int
    kind: str
    happened_at: dt.datetime
    recorded_at: dt.datetime
    recorded_by: str
    device: str
    caused_by: int | None
    details: str = Field(sa_type=Text)
    previous_hash: str
    hash: str


class OpenDayTable(Table, table=True):
    """An index, not a truth: days arrived and not closed, written together with the facts it follows from.

    Without it every look at the ward would walk all days there ever were; verify holds it against the facts.
    """

    __tablename__ = "open_day"

    infusion_day_id: str = Field(primary_key=True, foreign_key="infusion_day.id")


class StaffTable(Table, table=True):
    """Who may sign on; a member who leaves is made inactive and stays."""

    __tablename__ = "staff"

    id: str = Field(primary_key=True)
    name: str
    role: str
    pin_hash: str
    active: bool


class SignOnTable(Table, table=True):
    """Server-side sign-ons; the token itself is never stored, only its hash."""

    __tablename__ = "sign_on"
    __table_args__ = ({"sqlite_autoincrement": True},)

    epoch: int = Field(default=None, sa_column=counter())
    token_hash: str = Field(unique=True)
    staff_id: str = Field(foreign_key="staff.id")
    device: str
    started_at: dt.datetime
    ended_at: dt.datetime | None


class DeviceTable(Table, table=True):
    """The tablets and screens of the ward, by name."""

    __tablename__ = "device"

    id: str = Field(primary_key=True)
    name: str
    first_seen_at: dt.datetime


class ProtocolVersionTable(Table, table=True):
    """Every protocol this ward has worked by, in full, so that an old day can be read by its own limits."""

    __tablename__ = "protocol_version"

    digest: str = Field(primary_key=True)
    version: str
    content: str = Field(sa_type=Text)
    first_used_at: dt.datetime


_ALL = Table.metadata.tables
WARD, CHAIR, STAFF, SIGN_ON = _ALL["ward"], _ALL["chair"], _ALL["staff"], _ALL["sign_on"]
PATIENT, COURSE, DAY, FACT = _ALL["patient"], _ALL["course"], _ALL["infusion_day"], _ALL["fact"]
OPEN_DAY = _ALL["open_day"]
