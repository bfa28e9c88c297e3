"""The two engines of a store: one that writes and one that reads, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from models.store import sqlite
from models.store.refusals import StoreRefused

POSTGRESQL: dict[str, Any] = {"pool_pre_ping": True, "pool_timeout": 5, "connect_args": {"connect_timeout": 5}}


@dataclass(slots=True)
class Database:
    """Readers have a pool of their own, so that a check inside a writer's lock never waits for other writers."""

    url: URL
    write: Engine
    read: Engine
    lock: sqlite.ProcessLock | None = None

    @property
    def is_ours_alone(self) -> bool:
        """One process serves a SQLite file; on PostgreSQL others may write too."""
        return self.lock is not None

    def close(self) -> None:
        self.read.dispose()
        self.write.dispose()
        if self.lock is not None:
            self.lock.release()


def address(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreRefused("The database URL cannot be read: give sqlite:///path or postgresql://…") from None
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    raise StoreRefused("A ward is kept in sqlite:///path or postgresql://…, in nothing else.")


def file_of(url: URL) -> Path | None:
    """The SQLite file, None on PostgreSQL."""
    return Path(str(url.database)) if url.drivername == "sqlite" else None


def connected(url: URL, lock: sqlite.ProcessLock | None = None) -> Database:
    path = file_of(url)
    if path is not None:
        return Database(url, sqlite.writing(path), sqlite.reading(path), lock)
    reading = postgresql(url, {"default_transaction_read_only": "on"}, isolation_level="REPEATABLE READ")
    return Database(url, postgresql(url, {"synchronous_commit": "on"}), reading)


def postgresql(url: URL, settings: Mapping[str, str], **others: Any) -> Engine:
    made = create_engine(url, pool_size=8, **POSTGRESQL, **others)

    @event.listens_for(made, "connect")
    def hold_settings(connection: Any, _: object) -> None:
        for name, value in settings.items():
            connection.execute(f"SET {name} = {value}")
        connection.commit()
        if connection.execute("SHOW fsync").fetchone() != ("on",):
            raise StoreRefused("This PostgreSQL runs with fsync off: what it saves is not safe on disk.")
        connection.rollback()

    return made


@contextmanager
def looking(url: str) -> Iterator[Connection]:
    """A look at a database that may be served by another process right now; nothing is written."""
    path = file_of(address(url))
    if path is not None:
        sqlite.checked(path)
    engine = create_engine(address(url), **POSTGRESQL) if path is None else sqlite.looking(path)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
