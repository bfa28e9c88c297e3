"""One live page as it is drawn now, and the screens that show it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from types import coroutine
from typing import Any, NamedTuple

from starlette.types import Send

from components.live_fragment import Fragment
from dashboard.live_json import as_json
from dashboard.live_wire import event
from dashboard.pages import LivePage
from models.ward_status import WardStatus


class Listener:
    """One open stream. A write costs no task and no wait: it is done at once, unless this reader is behind."""

    def __init__(self, send: Send, token_hash: str) -> None:
        self._send = send
        self.token_hash = token_hash
        self.ended = False
        self._behind: asyncio.Task[None] | None = None
        self._owed: Screen | None = None

    def write(self, body: bytes, else_whole: Screen | None = None) -> None:
        """A reader that is behind gets no backlog: what it missed of `else_whole` it gets as the whole page, later."""
        if self.ended:
            return
        if self._behind is not None:
            self._owed = else_whole or self._owed
            return
        self._begin(body, more=True)

    def end(self, last_words: bytes) -> None:
        if not self.ended and self._behind is None:
            self._begin(last_words, more=False)
        self.ended = True

    def _begin(self, body: bytes, more: bool) -> None:
        writing = self._send({"type": "http.response.body", "body": body, "more_body": more})
        assert isinstance(writing, Coroutine)
        try:
            waits_for = writing.send(None)
        except StopIteration:
            return
        self._behind = asyncio.create_task(self._finish(writing, waits_for))

    async def _finish(self, writing: Coroutine[Any, Any, None], waits_for: object) -> None:
        await _go_on(writing, waits_for)
        self._behind = None
        owed, self._owed = self._owed, None
        if owed is not None and not owed.broken:
            self.write(owed.whole(), else_whole=owed)


@coroutine
def _go_on(writing: Coroutine[Any, Any, None], waits_for: object) -> Generator[Any, Any, None]:
    """The rest of a write that has already been begun outside a task."""
    try:
        while True:
            yield waits_for
            waits_for = writing.send(None)
    except StopIteration:
        return


class Drawn(NamedTuple):
    fragment: Fragment | None
    json: str


class Screen:
    """`draw` answers the message that brings a screen of the former revision to this one."""

    def __init__(self, page: LivePage) -> None:
        self.page = page
        self.listeners: list[Listener] = []
        self.drawn: dict[str, Drawn] = {}
        self.broken = False
        self._revision = 0
        self._whole: bytes | None = None

    def draw(self, status: WardStatus) -> bytes:
        """Empty when nothing of this page changed."""
        former, now = self.drawn, {}
        for name, fragment in self.page.fragments(status).items():
            now[name] = _drawn(fragment, former.get(name))
        changed = {name: one.json for name, one in now.items() if name not in former or former[name].json != one.json}
        self.drawn, self.broken, self._revision = now, False, status.revision
        if not changed:
            return b""
        self._whole = None
        return _message(status.revision, changed)

    def whole(self) -> bytes:
        """The whole page, made once for everybody who comes between two changes."""
        if self._whole is None:
            self._whole = _message(self._revision, {name: one.json for name, one in self.drawn.items()})
        return self._whole


def _drawn(fragment: Fragment | dict[str, Any], former: Drawn | None) -> Drawn:
    if not isinstance(fragment, Fragment):
        return Drawn(None, as_json(fragment))
    if former is not None and former.fragment is not None and fragment.same_as(former.fragment):
        return former
    return Drawn(fragment, as_json(fragment.props()))


def _message(revision: int, fragments: dict[str, str]) -> bytes:
    named = ",".join(f"{as_json(name)}:{text}" for name, text in fragments.items())
    return event("ward", f'{{"revision":{revision},"fragments":{{{named}}}}}')
