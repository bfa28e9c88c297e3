"""The anchor: a text file beside the database that remembers each day's last hash, so a missing tail is found."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from models.store.chain import plain
from models.store.tables import FACT

Anchored = Mapping[str, Mapping[int, str]]
"""Infusion day → how many facts it had → the hash of the last of them."""


def beside(database: Path) -> Path:
    return database.with_name(database.name + ".anchor")


def remembered(path: Path) -> Anchored:
    """An anchor that does not exist remembers nothing; a last line cut off by a crash is left out."""
    days: dict[str, dict[int, str]] = defaultdict(dict)
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            match line.split():
                case [_, day_id, count, head] if len(head) == 64 and count.isdecimal():
                    days[day_id][int(count)] = head
    return days


def heads() -> Select[Any]:
    """The newest fact of every day."""
    newest = select(FACT.c.infusion_day_id, func.max(FACT.c.position).label("position"))
    last = newest.group_by(FACT.c.infusion_day_id).subquery()
    same = and_(FACT.c.infusion_day_id == last.c.infusion_day_id, FACT.c.position == last.c.position)
    return select(FACT.c.recorded_at, FACT.c.infusion_day_id, FACT.c.position, FACT.c.hash).join(last, same)


def remember(connection: Connection, path: Path) -> int:
    """Appends a line for every day that grew since; answers how many."""
    known = remembered(path)
    lines = [
        f"{plain(row.recorded_at)} {row.infusion_day_id} {row.position} {row.hash}\n"
        for row in connection.execute(heads())
        if row.position not in known.get(row.infusion_day_id, {})
    ]
    if lines:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as anchor:
            anchor.writelines(["\n", *lines])  # a line cut off by a crash spoils no other
            anchor.flush()
            os.fsync(anchor.fileno())
    return len(lines)
