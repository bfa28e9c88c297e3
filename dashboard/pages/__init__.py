"""The pages by path: what stands still (layout), and what moves (fragments)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote

from dash import html
from dash.development.base_component import Component

from components import alarm_page, chair_page, today_page, ward_alarms, ward_board
from components.live_fragment import Fragments
from models.clinical.clock import Clock
from models.ward_status import WardStatus


class LivePage(NamedTuple):
    """`key` names it in the stream; `loads` are parts of the paths of what it needs beside live.js."""

    key: str
    title: str
    layout: Callable[[WardStatus], Component]
    fragments: Callable[[WardStatus], Fragments]
    loads: tuple[str, ...]
    clock: Clock | None = None
    """Whose time ticks on it, where that is not the ward's own: a trainer's page shows a room's."""


Pages = Callable[[str, WardStatus], LivePage | None]
"""The page whose fragments a stream carries under a key."""


def heard(fragments: Callable[[WardStatus], Fragments]) -> Callable[[WardStatus], Fragments]:
    """A page's own fragments, and what the ward sounds: that is heard on every page."""
    return lambda status: {**fragments(status), ward_alarms.PLACE: ward_alarms.alarms(status)}


BOARD = LivePage("board", "Ward board", ward_board.layout, heard(ward_board.fragments), ("/assets/board.",))
WALL = BOARD._replace(layout=lambda status: ward_board.layout(status, wall=True))
TODAY_LOADS = ("/assets/board.", "/assets/today.", "/assets/booking.", "/assets/day_list.", "/assets/record.")
TODAY = LivePage("today", "Today", today_page.layout, heard(today_page.fragments), TODAY_LOADS)
ALARM_LOADS = ("/assets/board.", "/assets/today.css", "/assets/alarms.")
ALARMS = LivePage("alarms", "Alert figures", alarm_page.layout, heard(alarm_page.fragments), ALARM_LOADS)
STANDING = {page.key: page for page in (BOARD, TODAY, ALARMS)} | {"wall": WALL}
"""The pages that are always there; a wall's stream is the board's."""
CHAIR_LOADS = ("/assets/chair.", "/assets/record.", "/assets/keypad.", "/assets/trend.")


def page_of(path: str, status: WardStatus, pages: Pages) -> LivePage | None:
    """The page under a path such as `/chair/4`; `/wall` is the board on a wall, `/?wall` to people."""
    return pages(unquote(path.strip("/")) or BOARD.key, status)


def live_page(key: str, status: WardStatus) -> LivePage | None:
    """The page whose fragments a stream carries under this key."""
    if key in STANDING:
        return STANDING[key]
    kind, _, label = key.partition("/")
    if kind != "chair" or status.chair(label) is None:
        return None
    return LivePage(
        key,
        f"Chair {label}",
        lambda status: chair_page.layout(status, label),
        heard(lambda status: chair_page.fragments(status, label)),
        CHAIR_LOADS,
    )


def locked_page(staff: str) -> LivePage:
    """The sign-on page of a tablet this member of staff was signed on at: chairs and colours, no name, no words."""
    return LivePage(
        f"locked/{staff}",
        "Sign on",
        lambda status: html.Div(id="page"),
        lambda status: {ward_alarms.PLACE: ward_alarms.locked_alarms(status, staff)},
        (),
    )
