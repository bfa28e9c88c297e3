"""Opening, making and migrating a ward's database; what is not sound and complete is refused, never replaced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from models.store import backup, migrating, sqlite, views
from models.store.appending import index_all
from models.store.database import POSTGRESQL, address, connected, file_of, looking
from models.store.people import found_ward
from models.store.refusals import StoreRefused
from models.store.rows import Mode, WardRow
from models.store.tables import WARD, Table
from models.store.ward_store import WardStore

MIGRATE = "`python -m models.store migrate`"


def open_store(url: str, mode: Mode) -> WardStore:
    """Raises StoreRefused for a database that is missing, damaged, half migrated, in use or of the other mode."""
    where = address(url)
    path = file_of(where)
    with ExitStack() as undo, answering(where):
        lock = None if path is None else undo.enter_context(sqlite.ProcessLock(sqlite.present(path)))
        with looking(url) as connection:
            refuse_incomplete(connection, mode)
        database = connected(where, lock)
        undo.callback(database.close)
        for engine in (database.write, database.read):
            engine.connect().close()  # reads the settings back
        undo.pop_all()
    return WardStore(database)


@contextmanager
def answering(where: URL) -> Iterator[None]:
    try:
        yield
    except OperationalError as silence:
        raise StoreRefused(f"The database {where} does not answer.") from silence


def refuse_incomplete(connection: Connection, mode: Mode) -> None:
    found, expected = revision_of_a_ward(connection), migrating.newest()
    if found != expected:
        raise StoreRefused(
            f"The database stands at {found}, this program at {expected}. {MIGRATE} brings it up to date."
        )
    absent = sorted(set(Table.metadata.tables) - set(inspect(connection).get_table_names()))
    absent += views.absent(connection)
    if absent:
        raise StoreRefused(f"The database lacks {', '.join(absent)}: the record is not protected. {MIGRATE} mends it.")
    marked = connection.execute(select(WARD.c.mode)).scalar()
    if marked != mode:
        raise StoreRefused(f"This is a {marked} database and does not open in {mode} mode.")


def revision_of_a_ward(connection: Connection) -> str:
    found = migrating.revision(connection)
    if found is None:
        raise StoreRefused("The database holds no ward. Nothing was changed.")
    return found


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
        with answering(engine.url), engine.begin() as connection:
            if inspect(connection).get_table_names():
                raise StoreRefused("A ward stands already in this database. Nothing was changed.")
            migrating.upgrade(connection)
            found_ward(connection, ward)
    finally:
        engine.dispose()


# ---- migrating -------------------------------------------------------------------------------------------------------


def is_older(url: str) -> bool:
    """Whether an earlier version of this program made it, and `migrate` would bring it along."""
    with answering(address(url)), looking(url) as connection:
        return revision_of_a_ward(connection) in migrating.revisions()[:-1]


def migrate(url: str) -> tuple[str, str]:
    """Brings a database to the newest revision, in one transaction and with a copy made first.

    Answers the revision before and after. Views, triggers and the index of open days are made anew in any case.
    """
    where = address(url)
    path = file_of(where)
    with ExitStack() as until_done, answering(where):
        if path is not None:
            until_done.enter_context(sqlite.ProcessLock(sqlite.present(path)))
        with looking(url) as connection:
            before = revision_of_a_ward(connection)
        if path is not None and before != migrating.newest():
            copy_before_migration(path)
        upgrade(create_engine(where, **POSTGRESQL) if path is None else sqlite.migrating(path))
        return before, migrating.newest()


def copy_before_migration(path: Path) -> None:
    newest = migrating.newest()
    names = (path.with_name(f"{path.stem}-before-{newest}-{attempt}{path.suffix}") for attempt in count(1))
    backup.copy(path, next(name for name in names if not name.exists()))


def upgrade(engine: Engine) -> None:
    try:
        with engine.begin() as connection:
            migrating.upgrade(connection)
            views.create(connection)
            index_all(connection)
    finally:
        engine.dispose()
