"""The rooms of this training server: opened by trainers, found by code, and by the cookie of a learner's tablet."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.gate import READS, cookie_value, is_page, refusal
from dashboard.sign_on import set_cookie
from dashboard.training import learner_pages, learner_routes, seats
from dashboard.training.learner import COOKIE, Learner
from dashboard.training.network import BeforeGate, through_network
from dashboard.training.play import MakeWard, Play
from dashboard.training.room import Kind, Room
from models.clinical.protocol import Protocol
from models.clinical.refusal import Refusal
from seed.library import library
from seed.scenario_file import Scenario

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which are read as numbers."""
THE_TRAINERS = ("/training", "/api/training", "/join", "/api/join", "/api/sign-on")
"""Paths that are never a room's own: nobody signs on to a room with a PIN."""
TRAINERS_PAGES = ("training", "not-a-trainer", "no-room")
"""Whose streams carry what trainers see, whatever room the same browser has joined."""
AT_MOST = 12
SHOWN_AFTER_S = 0.1
ONLY_LOOKS = "This screen only looks."
LEAVES = ("/api/sign-off", "/api/room/leave")
OVER = "This training room is closed. Nothing was recorded."


class Rooms:
    """`show` is told which page of the trainer's to draw anew, `tell_time` on which the time is another."""

    def __init__(self, protocol: Protocol, make_ward: MakeWard) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._protocol = protocol
        self._make_ward = make_ward
        self.show: Callable[[str], None] = lambda key: None
        self.tell_time: Callable[[str], None] = lambda key: None
        self.before_gate: BeforeGate = lambda answer, scope, receive, send: answer(scope, receive, send)
        """Through which goes what is answered before a ward's own gate."""
        self.by_code: dict[str, Room] = {}
        self._to_show: set[str] = set()

    @cached_property
    def library(self) -> Mapping[str, Scenario]:
        return library(self._protocol)

    # ---- trainers ----------------------------------------------------------------------------------------------------

    async def open(self, name: str, kind: Kind, trainer: str, lead: int) -> Room:
        scenario = self.library.get(name)
        if scenario is None:
            raise Refusal(f"There is no scenario “{name}”.", field="scenario")
        if len(self.by_code) >= AT_MOST:
            raise Refusal(f"{AT_MOST} rooms are open, as many as this server holds. Close one first.")
        code = self._new_code()
        room = Room(
            code, name, scenario, kind, trainer, lead, self._place(), self._make_play,
            partial(self._room_changed, code), lambda: self.tell_time(f"training/{code}"),
        )  # fmt: skip
        self.by_code[code] = room
        try:
            await room.begin()
        except BaseException:
            del self.by_code[code]
            raise
        self.show("training")
        return room

    async def close(self, room: Room) -> None:
        self.by_code.pop(room.code, None)
        await room.close()
        self._room_changed(room.code)

    async def close_all(self) -> None:
        for room in list(self.by_code.values()):
            await self.close(room)
        if self._folder is not None:
            self._folder.cleanup()

    def _room_changed(self, code: str) -> None:
        """A room in a hurry changes many times a second; its pages are drawn a few times."""
        if code not in self._to_show:
            self._to_show.add(code)
            asyncio.get_running_loop().call_later(SHOWN_AFTER_S, self._show_room, code)

    def _show_room(self, code: str) -> None:
        self._to_show.discard(code)
        for key in (f"training/{code}", "training"):
            self.show(key)

    def _place(self) -> Path:
        """Of this server's own, and gone with it: what a room records is kept by its debrief or not at all."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="chairside-rooms-", ignore_cleanup_errors=True)
        return Path(self._folder.name)

    def _new_code(self) -> str:
        while (code := "".join(secrets.choice(LETTERS) for _ in range(4))) in self.by_code:
            pass
        return code

    def _make_play(self, room: Room, number: int, place: Path) -> Play:
        return Play(
            number, room.scenario, place, self._protocol, room.clock, self._make_ward, room.look,
            partial(learner_pages.page, room), partial(learner_routes.register, room),
        )  # fmt: skip

    # ---- learners ----------------------------------------------------------------------------------------------------

    def ward_of(self, scope: Scope) -> ASGIApp | None:
        """Whose tablet this is: a room's ward answers everything but the trainer's pages and the way to join."""
        if scope["type"] != "http" or scope["path"].startswith(THE_TRAINERS) or is_trainers(scope):
            return None
        cookie = cookie_value(Headers(scope=scope), COOKIE)
        if not cookie:
            return None
        room, learner = self.known(cookie)
        if room is not None and learner is not None:
            return partial(self._in_room, room, learner)
        if scope["path"].startswith("/assets"):
            # Of the page to join on, which is everybody's.
            return None
        return partial(self.before_gate, over if room is None else partial(left, room))

    def known(self, cookie: str) -> tuple[Room | None, Learner | None]:
        """Which room, and who in it; a learner who has left is nobody's."""
        code, _, secret = cookie.partition(".")
        room = self.by_code.get(code)
        return room, seats.who_has(room, secret) if room is not None else None

    async def _in_room(self, room: Room, learner: Learner, scope: Scope, receive: Receive, send: Send) -> None:
        ward = partial(self._answer, room, learner)
        is_off = partial(learner_routes.is_offline, room, learner)
        await through_network(is_off, ward, self.before_gate, scope, receive, send)

    async def _answer(self, room: Room, learner: Learner, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/sign-on":
            await self.before_gate(partial(sign_on_again, room, learner), scope, receive, send)
            return
        try:
            play = room.play(learner.play)
        except Refusal as refused:
            await self.before_gate(refusal(503, refused.sentence), scope, receive, send)
            return
        if learner.looks and not may_look(scope):
            await self.before_gate(refusal(403, ONLY_LOOKS), scope, receive, send)
            return
        if scope["method"] == "POST":
            await room.catch_up(play)
        await play.app(scope, receive, send)


def may_look(scope: Scope) -> bool:
    """A screen that only looks reads, leaves, and draws its pages."""
    path = scope["path"]
    draws = "/_dash" in path and not path.startswith("/api")
    return scope["method"] in READS or path in LEAVES or draws


def is_trainers(scope: Scope) -> bool:
    """The stream of a trainer's page, and the sign-on that leads back to one."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    if scope["path"] == "/sign-on":
        return asked.get("to", [""])[0].startswith("/training")
    return scope["path"] == "/live" and asked.get("page", [""])[0].partition("/")[0] in TRAINERS_PAGES


async def over(scope: Scope, receive: Receive, send: Send) -> None:
    """The tablet of a room that is closed goes back to where it can join another."""
    await to_join("/join?closed", scope, receive, send)


async def left(room: Room, scope: Scope, receive: Receive, send: Send) -> None:
    """The tablet of somebody who has left the room."""
    await to_join(f"/join?code={room.code}", scope, receive, send)


async def to_join(where: str, scope: Scope, receive: Receive, send: Send) -> None:
    reply: Response
    if is_page(scope["path"]) or scope["path"] == "/sign-on":
        reply = RedirectResponse(where, status_code=303)
        reply.delete_cookie(COOKIE, path="/")
    else:
        reply = refusal(401, OVER)
    await reply(scope, receive, send)


async def sign_on_again(room: Room, learner: Learner, scope: Scope, receive: Receive, send: Send) -> None:
    """After a reset the tablet comes back by itself, to the page it was on; whoever has signed off chooses anew."""
    try:
        token = await seats.sign_on_again(room, learner)
    except Refusal:
        token = None
    request = Request(scope)
    to = f"/join?code={room.code}" if token is None else own_page(request.query_params.get("to", "/"))
    reply = RedirectResponse(to, status_code=303)
    if token is not None:
        set_cookie(reply, request, room.play(learner.play).app.sign_ons.cookie, token)
    await reply(scope, receive, send)


def own_page(to: str) -> str:
    """A page of this ward only: never another host's."""
    return to if re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", to) else "/"
