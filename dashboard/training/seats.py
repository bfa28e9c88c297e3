"""Who sits in a room: joining it, the sign-on of each tablet, leaving."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from dashboard.sign_on import token_hash
from dashboard.training.learner import Learner
from models.clinical.refusal import Refusal
from models.store.rows import StaffMember

if TYPE_CHECKING:
    from dashboard.training.room import Room

ROLES = ("nurse", "charge nurse")
LEARNERS_AT_MOST = 24
LOOKS, LOOKS_WORDS = "looks", "looks only"
WATCHERS_AT_MOST = 12
TRAINER = "trainer"
FIRST = 1
LATE = timedelta(minutes=5)
TOO_LATE = (
    "This room has been going for more than 5 minutes. Who was in it goes on under the same name and role; "
    "everybody else joins when the trainer resets it."
)


def parts(room: Room) -> list[StaffMember]:
    """Whose part a learner can take, in the order of the ward's staff."""
    return [one for one in room.plays[0].app.store.staff() if one.role in ROLES] if room.plays else []


async def join(room: Room, name: str, staff_id: str, here: Learner | None = None) -> Learner:
    """A new learner, or one who comes back: under the name and role of somebody who has left, or from `here`, the
    tablet's own seat. With copies in a ward of their own, the first of which stands since the room opened."""
    async with room.one_at_a_time:
        part = next((one for one in parts(room) if one.id == staff_id), None)
        if part is None:
            raise Refusal("Choose one of the roles of this room.", field="role")
        learner = former(room, name, staff_id, here) or new_learner(room, name, part)
        if not any(one.number == learner.play for one in room.plays):
            await room.new_play(learner.play)
        if learner not in room.learners:
            room.learners.append(learner)
        learner.left, learner.secret = False, secrets.token_urlsafe(24)
    room.look()
    return learner


def look_on(room: Room) -> Learner:
    """A screen that shows the first ward of the room and enters nothing; it is signed on as the ward's trainer."""
    if len(room.watchers) >= WATCHERS_AT_MOST:
        raise Refusal(f"{WATCHERS_AT_MOST} screens look on in this room, as many as it holds.", field="code")
    ward = room.play(FIRST)
    shown_as = next(one.id for one in ward.app.store.staff() if one.role == TRAINER)
    secret, number = secrets.token_urlsafe(24), secrets.token_hex(4)
    watcher = Learner(f"looks-{number}", LOOKS_WORDS, shown_as, FIRST, secret, TRAINER, looks=True)
    room.watchers.append(watcher)
    return watcher


def former(room: Room, name: str, staff_id: str, here: Learner | None) -> Learner | None:
    """Whose seat it was: until a reset, their copy stands."""
    was = [one for one in room.learners if (one.name.casefold(), one.staff_id) == (name.casefold(), staff_id)]
    found = next((one for one in was if one is here or one.left), None)
    if found is not None and found.left:
        refuse_if_full(room)
    return found


def new_learner(room: Room, name: str, part: StaffMember) -> Learner:
    refuse_if_full(room)
    if room.has_copies:
        refuse_if_late(room)
        refuse_if_no_copy(room)
    taken = {one.id for one in room.learners}
    number = next(number for number in count(1) if f"learner-{number}" not in taken)
    return Learner(f"learner-{number}", name, part.id, number if room.has_copies else 1, "", part.role)


def refuse_if_full(room: Room) -> None:
    """Those who are there count."""
    if sum(not one.left for one in room.learners) >= LEARNERS_AT_MOST:
        raise Refusal(f"{LEARNERS_AT_MOST} are in this room, as many as it holds.", field="code")


def refuse_if_no_copy(room: Room) -> None:
    """A copy that somebody has left weighs as much as any, until a reset."""
    if len({one.play for one in room.learners}) >= LEARNERS_AT_MOST:
        raise Refusal(
            f"This room has {LEARNERS_AT_MOST} copies, as many as it holds. A reset frees some.", field="code"
        )


def refuse_if_late(room: Room) -> None:
    """In a copy of one's own nobody has looked after the patient until now."""
    if room.clock.now() - room.scenario.started_at > LATE:
        raise Refusal(TOO_LATE, field="name")


async def sign_on(room: Room, learner: Learner) -> str:
    """A new sign-on of the learner's tablet in the ward they are in; answers its token."""
    async with room.one_at_a_time:
        return await _signed_on(room, learner)


async def sign_on_again(room: Room, learner: Learner) -> str | None:
    """After a reset, once it is done; None for a learner who has signed off in this run of the room."""
    async with room.one_at_a_time:
        return None if learner.signed_on_run == room.run_number else await _signed_on(room, learner)


async def _signed_on(room: Room, learner: Learner) -> str:
    app, token = room.play(learner.play).app, secrets.token_urlsafe(32)
    now = room.clock.now()
    await asyncio.to_thread(app.store.start_sign_on, learner.staff_id, token_hash(token), learner.id, now)
    learner.signed_on_run, learner.token_hash = room.run_number, token_hash(token)
    return token


def leave(room: Room, learner: Learner) -> None:
    """Their role is free again; what they recorded stays theirs."""
    if learner.looks:
        room.watchers = [one for one in room.watchers if one is not learner]
    learner.left, learner.form_until, learner.offline_until = True, 0.0, None
    room.look()


def everybody(room: Room) -> list[Learner]:
    """Whoever has a tablet in the room, whether it plays or looks."""
    return [*room.learners, *room.watchers]


def who_has(room: Room, secret: str) -> Learner | None:
    """The learner whose tablet shows this secret; nobody who has left."""
    asked = secret.encode()
    found = next((one for one in everybody(room) if secrets.compare_digest(one.secret.encode(), asked)), None)
    return None if found is None or found.left else found
