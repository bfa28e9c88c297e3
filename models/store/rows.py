"""The shapes in which the store takes and gives what is not a fact: the ward, staff, sign-ons, bookings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from models.clinical.facts import Details, Fact

Mode = Literal["training", "ward"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WardRow:
    """The ward this database belongs to. `set_up` is False until its first charge nurse has named it."""

    name: str
    mode: Mode
    zone: str = "Europe/London"
    set_up: bool = False
    set_up_code_hash: str = ""
    supervising_neurologist: str = ""
    emergency_contact: str = ""
    doctors: tuple[str, ...] = ()
    call_numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """`id` is a slug (`okafor`) and stands in the record; it is never given to another person."""

    id: str
    name: str
    role: str
    pin_hash: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn:
    """Who is signed on with a token. `epoch` only ever grows, so an older screen is recognised."""

    staff_id: str
    epoch: int
    device: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact before it has a position. `caused_by` is a position of the same infusion day."""

    details: Details
    happened_at: datetime
    caused_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One infusion day to come. `allergies` counts only where the patient is new: later it is a correction."""

    patient_id: str
    family_name: str
    given_name: str
    born: date
    allergies: str = ""
    course: int
    day: int
    date: date
    lines: Sequence[NewFact]


@dataclass(frozen=True, slots=True)
class UsedKey:
    """What was recorded under an idempotency key, and the digest of the request that brought it."""

    facts: tuple[Fact, ...]
    request_digest: str
