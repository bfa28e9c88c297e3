"""The ward's own row, its chairs and staff, and who is signed on."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert, select, update

from models.clinical.refusal import Refusal
from models.store.reading import CHAIR, SIGN_ON, STAFF, WARD
from models.store.rows import StaffMember, WardRow
from models.store.serialise import canonical


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
