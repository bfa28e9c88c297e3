"""On which line of a TOML file a field stands, so that a sentence about it can name the line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Place = tuple[str | int, ...]
"""The way to a field: `("chairs", 0, "steps", 2, "at")`."""

TABLE = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+|\"[^\"]*\"|'[^']*')\s*=")
UNREAD = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")
"""Strings and comments, whose brackets mean nothing."""


def lines_of(text: str) -> Mapping[Place, int]:
    """Tables, keys, and the elements of arrays that begin on a line of their own. Lines count from 1."""
    found: dict[Place, int] = {}
    tables: dict[Place, int] = {}
    here: Place = ()
    array: Place | None = None
    depth = element = 0
    for number, line in enumerate(text.splitlines(), 1):
        bare = UNREAD.sub("", line)
        if array is not None:
            if depth == 1 and bare.strip() and not bare.strip().startswith("]"):
                found[(*array, element)] = number
                element += 1
            depth += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
            array = array if depth > 0 else None
        elif table := TABLE.match(line):
            here = _opened(table[2], tables, is_list=table[1] == "[[")
            found[here] = number
        elif key := KEY.match(line):
            place = (*here, key[1].strip("\"'"))
            found[place] = number
            depth = bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
            array, element = (place, 0) if depth > 0 else (None, 0)
    return found


def _opened(name: str, tables: dict[Place, int], *, is_list: bool) -> Place:
    """Where a header leads: the newest element of every list of tables on the way."""
    place: Place = ()
    words = [word.strip().strip("\"'") for word in name.split(".")]
    for word in words[:-1]:
        place = (*place, word)
        if place in tables:
            place = (*place, tables[place])
    place = (*place, words[-1])
    if not is_list:
        return place
    tables[place] = tables.get(place, -1) + 1
    return (*place, tables[place])


def line_of(place: Sequence[str | int], lines: Mapping[Place, int]) -> int:
    """The line of the field, or of the nearest thing around it; 1 for what is missing from the top."""
    for length in range(len(place), 0, -1):
        if tuple(place[:length]) in lines:
            return lines[tuple(place[:length])]
    return 1
