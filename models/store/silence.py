"""Why the database did not answer, said so that a nurse may read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from models.store.refusals import StoreUnavailable

MALFORMED = "malformed"


@contextmanager
def saying_why(what: str) -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as silence:
        raise StoreUnavailable(f"{what}: {reason(silence)}.") from silence
    except DatabaseError as damage:
        if MALFORMED not in str(damage.orig):
            raise
        raise StoreUnavailable(f"{what}: the database is damaged.") from damage


def reason(silence: Exception) -> str:
    said = str(getattr(silence, "orig", silence))
    if "disk I/O" in said or "full" in said:
        return "the disk of the ward's server takes no more"
    if "locked" in said or isinstance(silence, PoolTimeout):
        return "the database is busy"
    return "the database does not answer"
