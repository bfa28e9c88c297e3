"""Opening, making and migrating a ward's database; what is not sound and complete is refused, never replaced."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, select
from sqlalchemy.exc import OperationalError

from models.store import backup, migrating, sqlite, views
from models.store.appending import index_all
from models.store.database import POSTGRESQL, address, connected, file_of
from models.store.people import found_ward
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
        lock = sqlite.ProcessLock(path).take()
    database = connected(where, lock)
    try:
        with database.write.begin() as connection:
            refuse_incomplete(connection, mode)
        database.read.connect().close()
    except BaseException as failure:
        database.close()
        if isinstance(failure, OperationalError):
            raise StoreRefused(f"The database {where} does not answer.") from failure
        raise
    return WardStore(database)


def refuse_incomplete(connection: Connection, mode: Mode) -> None:
    found, expected = migrating.revision(connection), migrating.newest()
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


# ---- making ----------------------------------------------------------------------------------------------------------


def create_store(url: str, mode: Mode, ward_name: str = "", set_up_code_hash: str = "") -> WardStore:
    """A new, empty ward; refused where anything stands already."""
    where = address(url)
    path = file_of(where)
    ward = WardRow(name=ward_name, mode=mode, set_up_code_hash=set_up_code_hash)
    if path is None:
        build(create_engine(where, **POSTGRESQL), ward)
    else:
        build_file(path, ward)
    return open_store(url, mode)


def build_file(path: Path, ward: WardRow) -> None:
    """Made beside its place and then moved there whole, so that nobody ever meets half a ward."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite.ProcessLock(path):
        if path.exists():
            raise StoreRefused(f"A ward stands already at {path}. Nothing was changed.")
        unfinished = path.with_name(path.name + ".unfinished")
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        build(sqlite.migrating(unfinished), ward)
        unfinished.rename(path)
        sqlite.keep(path.parent)


def build(engine: Engine, ward: WardRow) -> None:
    try:
        with engine.begin() as connection:
            if inspect(connection).get_table_names():
                raise StoreRefused("A ward stands already in this database. Nothing was changed.")
            migrating.upgrade(connection)
            found_ward(connection, ward)
    except OperationalError as silence:
        raise StoreRefused("The database does not answer; no ward was made.") from silence
    finally:
        engine.dispose()


# ---- migrating -------------------------------------------------------------------------------------------------------


def migrate(url: str) -> tuple[str | None, str]:
    """Brings a database to the newest revision, in one transaction and with a copy made first.

    Answers the revision before and after. Views, triggers and the index of open days are made anew in any case.
    """
    where = address(url)
    path = file_of(where)
    if path is None:
        return upgrade(create_engine(where, **POSTGRESQL))
    sqlite.checked(path)
    with sqlite.ProcessLock(path):
        copy_before_migration(path)
        return upgrade(sqlite.migrating(path))


def copy_before_migration(path: Path) -> None:
    """Nothing to copy where nothing will change."""
    looking, newest = sqlite.looking(path), migrating.newest()
    with looking.begin() as connection:
        changes = migrating.revision(connection) not in (None, newest)
    looking.dispose()
    names = (path.with_name(f"{path.stem}-before-{newest}-{attempt}{path.suffix}") for attempt in count(1))
    if changes:
        backup.copy(path, next(name for name in names if not name.exists()))


def upgrade(engine: Engine) -> tuple[str | None, str]:
    try:
        with engine.begin() as connection:
            before = migrating.revision(connection)
            if before is None:
                raise StoreRefused("The database holds no ward. Nothing was changed.")
            migrating.upgrade(connection)
            views.create(connection)
            index_all(connection)
            return before, migrating.newest()
    finally:
        engine.dispose()
