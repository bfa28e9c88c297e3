"""Reads a component tree as a person does: its words in order, ticking spans as the browser would write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dash.development.base_component import Component

from components.wording import duration, remaining
from tests.components.statuses import NOW

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(part: object, hidden: str = "narrow", now: datetime = NOW) -> str:
    """The words shown when elements of class `hidden` are not; runs of spaces count as one."""
    return " ".join(_read(part, hidden, now).split())


def _read(part: object, hidden: str, now: datetime) -> str:
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(_read(one, hidden, now) for one in part)
    if not isinstance(part, Component):
        return str(part)
    classes = (getattr(part, "className", "") or "").split()
    if hidden in classes or "visually-hidden" in classes or (hidden == "wide" and "prompt-second" in classes):
        return ""
    marks = part.to_plotly_json()["props"]
    if "data-form" in marks:
        return ticking(marks, now)
    words = _read(getattr(part, "children", None), hidden, now)
    return f"{words} " if part._type in ("Div", "H2", "Li", "P", "Td", "Th", "Tr") else words


def ticking(marks: dict[str, str], now: datetime) -> str:
    """What assets/live.draw.js writes."""
    is_since = "data-since" in marks
    moment = EPOCH + timedelta(milliseconds=int(marks["data-since" if is_since else "data-until"]))
    left = (moment - now).total_seconds()
    if marks["data-form"] == "countdown":
        return f"in {remaining(left)}" if left > 0 else f"overdue {duration(-left)}"
    return duration(-left) if is_since else remaining(left)


def parts(tree: object, css: str) -> list[Component]:
    """Every element that carries this class, in order."""
    if isinstance(tree, list | tuple):
        return [found for one in tree for found in parts(one, css)]
    if not isinstance(tree, Component):
        return []
    mine = [tree] if css in (getattr(tree, "className", "") or "").split() else []
    return mine + parts(getattr(tree, "children", None), css)


def part(tree: object, css: str) -> Component:
    found = parts(tree, css)
    assert found, f"nothing of class {css}"
    return found[0]
