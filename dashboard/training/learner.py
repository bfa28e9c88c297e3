"""Somebody who has joined a room, and what it knows of their tablet."""

from __future__ import annotations

from dataclasses import dataclass

COOKIE = "chairside_room"
"""On a learner's tablet: the code of the room and the learner's secret."""
SIGN_ON = "chairside_room_sign_on"
"""The sign-on in the room's ward. A trainer's own, in the same browser, stays what it is."""
FORM_STANDS_S = 60.0
"""Real seconds: a tablet whose form is open says so more often than that."""


@dataclass
class Learner:
    """`secret` is what their tablet's cookie holds; `staff_id` whose part they play, in ward `play`."""

    id: str
    name: str
    staff_id: str
    play: int
    secret: str
    role: str = ""
    token_hash: str = ""
    """Of the newest sign-on of their tablet."""
    signed_on_run: int = 0
    """The run of the room under which the tablet was signed on last; after a reset it is signed on anew."""
    form_until: float = 0.0
    offline_until: float | None = None
    """Real seconds: a network fails as long at any speed of the room's clock."""
    left: bool = False
    looks: bool = False
    """Only looks: one of the room's watchers, never of its learners."""
