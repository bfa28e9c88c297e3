"""What keeps an act locked, and the one sentence that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lock:
    """`words` read on after *missing: …*; one that is not overridable no doctor's name opens (D-13)."""

    id: str
    words: str
    overridable: bool = True


def overridable(locks: Sequence[Lock]) -> tuple[str, ...]:
    """The locks a doctor's name and reason would pass; none where one of them never opens."""
    if not all(lock.overridable for lock in locks):
        return ()
    return tuple(lock.id for lock in locks)


def listed(locks: Iterable[Lock]) -> str:
    return ", ".join(lock.words for lock in locks)
