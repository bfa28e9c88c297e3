"""Walking all chains: whether any fact was changed, moved or removed, and which link is the first broken one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Select, String, select, type_coerce
from sqlmodel.sql.sqltypes import UTCDateTime

from models.store import views
from models.store.anchor import Anchored
from models.store.chain import fact_hash, first_hash
from models.store.reading import ARRIVING, CLOSING, IDENTITY
from models.store.tables import DAY, FACT, OPEN_DAY

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first broken link of an infusion day."""

    infusion_day_id: str
    position: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`unprotected` are triggers and views that are missing or altered."""

    days: int
    facts: int
    broken: tuple[Broken, ...]
    unprotected: tuple[str, ...]


def verify(connection: Connection, anchored: Anchored) -> Verdict:
    """Days are walked by date; of each only the first broken link is named, since all after it may follow from it."""
    beginnings = {row["infusion_day_id"]: row for row in raw_rows(connection, IDENTITY.order_by(DAY.c.date))}
    indexed_open = set(connection.execute(select(OPEN_DAY.c.infusion_day_id)).scalars())
    broken: dict[str, Broken | None] = {}
    count = 0
    recorded = raw_rows(connection, select(FACT).order_by(FACT.c.infusion_day_id, FACT.c.position))
    for day_id, rows in groupby(recorded, key=lambda row: str(row["infusion_day_id"])):
        day = list(rows)
        count += len(day)
        link = first_broken(day_id, day, beginnings.get(day_id), anchored.get(day_id, {}))
        broken[day_id] = link or wrongly_indexed(day_id, day, day_id in indexed_open)
    days = len(broken)
    for day_id in {*beginnings, *anchored} - {*broken}:
        broken[day_id] = Broken(day_id, 1, "every fact of this day is missing")
    walked = [day_id for day_id in beginnings if day_id in broken]
    walked += sorted({*broken} - {*walked})
    named = tuple(link for day_id in walked if (link := broken[day_id]) is not None)
    return Verdict(days, count, named, tuple(views.absent(connection)))


def raw_rows(connection: Connection, rows: Select[Any]) -> Iterator[Line]:
    """Times and dates as the database holds them, so that an unreadable one is a finding and not a crash."""
    columns = [
        type_coerce(column, String).label(column.key)
        if isinstance(column.type, (Date, DateTime, UTCDateTime))
        else column
        for column in rows.selected_columns
    ]
    held = rows.with_only_columns(*columns, maintain_column_froms=True)
    for row in connection.execution_options(yield_per=1000).execute(held):
        yield row._asdict()


def first_broken(
    day_id: str, day: Iterable[Line], beginning: Line | None, anchored: Mapping[int, str]
) -> Broken | None:
    if beginning is None:
        return Broken(day_id, 1, "the infusion day itself is missing")
    previous_hash, position = first_hash(beginning), 0
    for row in day:
        position += 1
        what = wrong_with(row, position, previous_hash, anchored.get(position))
        if what is not None:
            return Broken(day_id, position, what)
        previous_hash = row["hash"]
    if position < max(anchored, default=0):
        return Broken(day_id, position + 1, f"every fact from here to {max(anchored)} is missing")
    return None


def wrong_with(row: Line, position: int, previous_hash: str, anchored: str | None) -> str | None:
    """What is wrong with this link; None is sound."""
    if row["position"] != position:
        return f"fact {position} is missing"
    if own_hash(row) != row["hash"]:
        return f"fact {position} was changed"
    if row["previous_hash"] != previous_hash:
        before = f"fact {position - 1}" if position > 1 else "the identity of patient and day"
        return f"fact {position} does not follow {before}: one of them was changed"
    if anchored not in (None, row["hash"]):
        return f"fact {position} is not the one that was anchored: the chain was written anew"
    return None


def wrongly_indexed(day_id: str, day: list[Line], indexed_open: bool) -> Broken | None:
    """The index of open days decides what the board shows, so it is held against the facts."""
    struck = {json.loads(row["details"])["position"] for row in day if row["kind"] == "EnteredInError"}
    kinds = {row["kind"] for row in day if row["position"] not in struck}
    is_open = ARRIVING in kinds and not kinds & CLOSING
    if is_open == indexed_open:
        return None
    words = {True: "open", False: "not open"}
    what = f"the facts say this day is {words[is_open]}, the index says {words[indexed_open]}"
    return Broken(day_id, len(day), what)


def own_hash(row: Line) -> str | None:
    """None where the row holds what no fact can hold."""
    try:
        return fact_hash(row | {name: as_moment(row[name]) for name in ("happened_at", "recorded_at")})
    except (TypeError, ValueError):
        return None


def as_moment(held: Any) -> datetime:
    """SQLite holds moments as text without a zone, PostgreSQL gives aware ones."""
    return held if isinstance(held, datetime) else datetime.fromisoformat(held).replace(tzinfo=UTC)
