"""A piece of a live page that is drawn anew only when something it is made from has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Props = dict[str, Any]


class TheVery:
    """One object, the same only as itself: what was worked out for it once holds as long as it is shown."""

    __slots__ = ("one",)

    def __init__(self, one: Any) -> None:
        self.one = one

    def __hash__(self) -> int:
        return id(self.one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TheVery) and self.one is other.one


class Fragment(NamedTuple):
    """`props` draws the fragment; it is asked only when one of `made_from` is not what it was last time."""

    made_from: tuple[object, ...]
    props: Callable[[], Props]

    def same_as(self, drawn: Fragment) -> bool:
        # A tuple asks identity before equality, each in turn.
        return self.made_from == drawn.made_from


Fragments = Mapping[str, Fragment | Props]
"""Component id → what it shows now."""
