"""The ward's own row, its chairs and staff, and who is signed on."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from models.clinical.refusal import Refusal
from models.store.rows import SignOn, StaffMember, WardRow
from models.store.serialise import canonical
from models.store.tables import CHAIR, SIGN_ON, STAFF, WARD

OF_SIGN_ON = [field.name for field in dataclasses.fields(SignOn)]
OF_STAFF = [field.name for field in dataclasses.fields(StaffMember)]
SIGNED_ON = (
    select(*(SIGN_ON.c[name] for name in OF_SIGN_ON), *(STAFF.c[name] for name in OF_STAFF))
    .join(STAFF, STAFF.c.id == SIGN_ON.c.staff_id)
    .where(SIGN_ON.c.token_hash == bindparam("token"), SIGN_ON.c.ended_at.is_(None))
)
"""Built once: it is asked with every request."""


def ward(connection: Connection) -> WardRow:
    row = connection.execute(select(WARD)).one()._asdict()
    del row["id"]
    row["doctors"] = tuple(json.loads(row["doctors"]))
    row["call_numbers"] = json.loads(row["call_numbers"])
    return WardRow(**row)


def chairs(connection: Connection) -> list[str]:
    return list(connection.execute(select(CHAIR.c.label).order_by(CHAIR.c.place)).scalars())


def staff(connection: Connection) -> list[StaffMember]:
    return [StaffMember(**row._asdict()) for row in connection.execute(select(STAFF).order_by(STAFF.c.name))]


def sign_on(connection: Connection, token_hash: str) -> SignOn | None:
    found = signed_on(connection, token_hash)
    return None if found is None else found[0]


def signed_on(connection: Connection, token_hash: str) -> tuple[SignOn, StaffMember] | None:
    row = connection.execute(SIGNED_ON, {"token": token_hash}).one_or_none()
    if row is None:
        return None
    member = StaffMember(**dict(zip(OF_STAFF, row[len(OF_SIGN_ON) :], strict=True)))
    return SignOn(**dict(zip(OF_SIGN_ON, row, strict=False))), member


def was_signed_on(connection: Connection, token_hash: str, since: datetime) -> str | None:
    """Who was, and still may be, signed on with this token; an ending before `since` is too long ago."""
    mine = (SIGN_ON.c.token_hash == token_hash, STAFF.c.id == SIGN_ON.c.staff_id, STAFF.c.active)
    recent = or_(SIGN_ON.c.ended_at.is_(None), SIGN_ON.c.ended_at >= since)
    return connection.execute(select(SIGN_ON.c.staff_id).where(*mine, recent)).scalar_one_or_none()


# ---- writing ---------------------------------------------------------------------------------------------------------


def ward_values(ward: WardRow) -> dict[str, Any]:
    values = {field.name: getattr(ward, field.name) for field in dataclasses.fields(ward)}
    return values | {"doctors": canonical(ward.doctors), "call_numbers": canonical(dict(ward.call_numbers))}


def found_ward(connection: Connection, ward: WardRow) -> None:
    connection.execute(insert(WARD).values(id=1, **ward_values(ward)))


def set_up(connection: Connection, ward: WardRow, chairs: Sequence[str], members: Sequence[StaffMember]) -> None:
    standing = connection.execute(select(WARD.c.set_up, WARD.c.mode).with_for_update()).one()
    if standing.set_up:
        raise Refusal("This ward has been set up already. Sign on instead.")
    named = ward_values(ward) | {"set_up": True, "set_up_code_hash": "", "mode": standing.mode}
    connection.execute(update(WARD).values(**named))
    connection.execute(insert(CHAIR), [{"label": label, "place": place} for place, label in enumerate(chairs)])
    connection.execute(insert(STAFF), [dataclasses.asdict(member) for member in members])


def add_staff(connection: Connection, member: StaffMember) -> StaffMember:
    """With an id nobody had before; a name stands on the list once."""
    connection.execute(select(WARD.c.id).with_for_update()).one()
    known = connection.execute(select(STAFF.c.id, STAFF.c.name)).all()
    if any(one.name.casefold() == member.name.casefold() for one in known):
        raise Refusal(f"{member.name} is on the ward's list already.", field="name")
    taken = {one.id for one in known}
    numbered = (member.id if n == 1 else f"{member.id}-{n}" for n in count(1))
    free = next(one for one in numbered if one not in taken)
    added = dataclasses.replace(member, id=free)
    connection.execute(insert(STAFF).values(**dataclasses.asdict(added)))
    return added


def start_sign_on(connection: Connection, staff_id: str, token_hash: str, device: str, now: datetime) -> int:
    row = {"staff_id": staff_id, "token_hash": token_hash, "device": device, "started_at": now}
    return int(connection.execute(insert(SIGN_ON).values(row).returning(SIGN_ON.c.epoch)).scalar_one())


def end_sign_on(connection: Connection, token_hash: str, now: datetime) -> None:
    standing = (SIGN_ON.c.token_hash == token_hash, SIGN_ON.c.ended_at.is_(None))
    connection.execute(update(SIGN_ON).where(*standing).values(ended_at=now))
