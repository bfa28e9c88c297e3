"""SQLite as this store uses it: settings on every connection, read back; one writing connection; one process."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from models.store.refusals import StoreRefused

BUSY_MS = 5000
Settings = Mapping[str, tuple[str, object]]
SETTINGS: Settings = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "recursive_triggers": ("ON", 1),
    "busy_timeout": (str(BUSY_MS), BUSY_MS),
}
"""Pragma, what it is set to, and what must be read back."""
LOOKING: Settings = {"busy_timeout": SETTINGS["busy_timeout"], "query_only": ("ON", 1)}
"""For a look from beside the process that serves: nothing is written."""


def connect(path: Path, settings: Settings = SETTINGS) -> sqlite3.Connection:
    """Opens a file that exists (never makes one) in autocommit: transactions are begun by `begin` events."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    for pragma, (value, expected) in settings.items():
        connection.execute(f"PRAGMA {pragma}={value}")
        found = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
        if found != expected:
            connection.close()
            raise StoreRefused(f"The database {path} does not keep {pragma}={value}: it answers {found}.")
    return connection


def engine(path: Path, begin: str, settings: Settings, connections: int) -> Engine:
    made = create_engine(
        "sqlite://",
        creator=lambda: connect(path, settings),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=BUSY_MS / 1000,
    )

    @event.listens_for(made, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return made


def writing(path: Path) -> Engine:
    """One connection: writers queue for it instead of failing with a locked database."""
    return engine(path, "BEGIN IMMEDIATE", SETTINGS, connections=1)


def reading(path: Path) -> Engine:
    return engine(path, "BEGIN", {**SETTINGS, **LOOKING}, connections=8)


def looking(path: Path) -> Engine:
    return engine(path, "BEGIN", LOOKING, connections=1)


def migrating(path: Path) -> Engine:
    """Foreign keys stay off while tables are rebuilt; the migration checks them before it commits."""
    return engine(path, "BEGIN IMMEDIATE", {**SETTINGS, "foreign_keys": ("OFF", 0)}, connections=1)


def present(path: Path) -> Path:
    if not path.is_file():
        raise StoreRefused(
            f"There is no database at {path}, and none was made in its place. "
            "Restore the last backup, or name another with CHAIRSIDE_DATABASE_URL; "
            "`make new-ward` makes a new, empty ward."
        )
    return path


def checked(path: Path) -> None:
    """Refuses a file that is not a sound database; nothing is repaired, renamed or made anew."""
    present(path)
    try:
        connection = connect(path, LOOKING)
        try:
            found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
        finally:
            connection.close()
    except sqlite3.Error as damage:
        raise StoreRefused(f"The database {path} is damaged ({damage}). Restore the last backup.") from damage
    if found != ["ok"]:
        raise StoreRefused(f"The database {path} is damaged ({found[0].splitlines()[-1]}). Restore the last backup.")


def keep(folder: Path) -> None:
    """A renamed file is safe on disk only with the folder that names it."""
    entry = os.open(folder, os.O_RDONLY)
    os.fsync(entry)
    os.close(entry)


class ProcessLock:
    """Held while a process serves the file; the system lets go of it when the process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> Self:
        lock = os.open(self._path.with_name(self._path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise StoreRefused(
                f"The database {self._path} is served by another process already. "
                "On SQLite a ward has one process; stop the other one or use PostgreSQL."
            ) from None
        self._file = lock
        return self

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self.take()

    def __exit__(self, *_: object) -> None:
        self.release()
