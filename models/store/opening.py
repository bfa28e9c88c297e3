"""Opening, making and migrating a ward's database; what is not sound and complete is refused, never replaced."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from models.store import migrations, sqlite, views
from models.store.database import POSTGRESQL, address, connected, file_of
from models.store.reading import WARD
from models.store.refusals import StoreRefused
from models.store.rows import Mode, WardRow
from models.store.tables import Table
from models.store.ward_store import WardStore

MIGRATE = "`python -m models.store migrate`"


def open_store(url: str, mode: Mode) -> WardStore:
    """Raises StoreRefused for a database that is missing, damaged, half migrated, in use or of the other mode."""
    where = address(url)
    path = file_of(where)
    lock = None
    if path is not None:
        sqlite.checked(path)
        lock = sqlite.ProcessLock(path)
        lock.take()
    database = connected(where, lock)
    try:
        with database.write.begin() as connection:
            refuse_incomplete(connection, mode)
    except OperationalError as silence:
        database.close()
        raise StoreRefused(f"The database {where!s} does not answer.") from silence
    except StoreRefused:
        database.close()
        raise
    return WardStore(database)


def refuse_incomplete(connection: Connection, mode: Mode) -> None:
    found, expected = migrations.revision(connection), migrations.newest()
    if found != expected:
        stands = "holds no ward" if found is None else f"stands at {found}, this program at {expected}"
        raise StoreRefused(f"The database {stands}. Nothing was changed; {MIGRATE} brings it up to date.")
    absent = sorted(set(Table.metadata.tables) - set(inspect(connection).get_table_names()))
    absent += views.absent(connection)
    if absent:
        raise StoreRefused(f"The database lacks {', '.join(absent)}: the record is not protected. {MIGRATE} mends it.")
    marked = connection.execute(select(WARD.c.mode)).scalar()
    if marked != mode:
        raise StoreRefused(f"This is a {marked} database and does not open in {mode} mode.")


def create_store(url: str, mode: Mode, ward_name: str = "", set_up_code_hash: str = "") -> WardStore:
    """A new, empty ward; refused where anything stands already."""
    where = address(url)
    path = file_of(where)
    ward = WardRow(name=ward_name, mode=mode, set_up_code_hash=set_up_code_hash)
    if path is None:
        build(where, ward)
    else:
        build_file(path, ward)
    return open_store(url, mode)
