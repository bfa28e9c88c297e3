"""The network of one tablet, which the trainer may take away: what it asks is swallowed, what it is told is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import quote

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOKS_EVERY_S = 0.2
"""Real seconds between two looks at whether the network is there again."""
IsOff = Callable[[], bool]
BeforeGate = Callable[[ASGIApp, Scope, Receive, Send], Awaitable[None]]
"""Answers what is given it, with the headers that every answer has and to nobody foreign."""


async def through_network(
    is_off: IsOff, ward: ASGIApp, before_gate: BeforeGate, scope: Scope, receive: Receive, send: Send
) -> None:
    nothing = partial(nothing_comes, is_off)
    if is_off():
        await before_gate(nothing, scope, receive, send)
        return
    reply = Carried(is_off, send)
    await ward(scope, receive, reply)
    if reply.is_lost and not reply.begun:
        await before_gate(nothing, scope, receive, send)


class Carried:
    """A reply on its way. Once a piece of it is lost the rest is too, and a stream ends when the network is back."""

    def __init__(self, is_off: IsOff, send: Send) -> None:
        self._is_off = is_off
        self._send = send
        self._start: Message | None = None
        self.begun = self.is_lost = self._ended = False

    async def __call__(self, message: Message) -> None:
        self.is_lost = self.is_lost or self._is_off()
        if self.is_lost:
            if self.begun and not self._ended and not self._is_off():
                self._ended = True
                await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        elif message["type"] == "http.response.start":
            # Held until its first piece: a short reply is lost as a whole or not at all.
            self._start = message
        else:
            if self._start is not None:
                start, self._start, self.begun = self._start, None, True
                await self._send(start)
            await self._send(message)


async def nothing_comes(is_off: IsOff, scope: Scope, receive: Receive, send: Send) -> None:
    """Until whoever asked gives up; else, when the network is there again, they are told to ask once more."""
    gone = asyncio.create_task(given_up(receive))
    try:
        while is_off() and not gone.done():
            await asyncio.wait({gone}, timeout=LOOKS_EVERY_S)
        if not gone.done():
            asked = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{quote(scope['path'])}{'?' if asked else ''}{asked}", 307)(scope, receive, send)
    finally:
        gone.cancel()


async def given_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
