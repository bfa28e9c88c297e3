"""Migrations, run by the program itself: which revision a database stands at, and how it comes to the newest."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from models.store.refusals import StoreRefused


def config(connection: Connection | None = None) -> Config:
    made = Config(Path(__file__).with_name("alembic.ini"))
    made.attributes["connection"] = connection
    return made


def newest() -> str:
    return str(ScriptDirectory.from_config(config()).get_current_head())


def revisions() -> list[str]:
    """All of them, oldest first."""
    return [step.revision for step in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


def revision(connection: Connection) -> str | None:
    """None where no migration ever ran."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, to: str = "head") -> None:
    """Inside the caller's transaction: a migration that breaks off leaves the database as it was."""
    command.upgrade(config(connection), to)
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise StoreRefused(f"The migration would leave rows without their owner in {orphans[0][0]}.")


def difference(connection: Connection) -> None:
    """Raises when the tables in the code and the migrations part (`alembic check`)."""
    command.check(config(connection))
