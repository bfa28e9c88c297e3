"""The stream: what changed on a page, drawn and compressed once, written to every screen that shows it."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.types import Receive, Scope, Send

from dashboard.gate import log_without_details, refusal, signed_on
from dashboard.live_screen import Listener, Screen
from dashboard.live_wire import GZIP_BEGINS, event
from dashboard.pages import LivePage, Pages, locked_page
from models.clinical.clock import Clock
from models.live_ward import BEAT_SECONDS, LiveWard
from models.ward_status import WardStatus

STREAMS_PER_SIGN_ON = 4
"""A browser opens six connections to one host; two stay free for a STOP."""
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"content-encoding", b"gzip"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class LiveStream:
    """One per server. Everything runs on the event loop, and nothing of it lives between two events."""

    def __init__(self, live_ward: LiveWard, clock: Clock, page_of: Pages, build: str) -> None:
        self._live_ward = live_ward
        live_ward.tell(self.hear)
        self._clock = clock
        self._page_of = page_of
        self._build = build
        self._boot = secrets.token_hex(4)
        self._screens: dict[str, Screen] = {}
        self._by_sign_on: dict[str, list[Listener]] = {}
        self._revision = 0
        self._beats = 0
        self._beat_at = float("-inf")

    # ---- one screen connects -----------------------------------------------------------------------------------------

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = parse_qs(scope["query_string"].decode("latin-1")).get("page", [""])[0]
        page = self._page_of(key, self._live_ward.status()) if scope["method"] == "GET" else None
        if page is None:
            await refusal(404, "This ward has no such page.")(scope, receive, send)
            return
        who = signed_on()
        known = {"staff": who.staff_id, "name": who.name, "epoch": who.epoch}
        await self._serve(page, Listener(send, who.token_hash), known, receive, send)

    async def locked(self, staff: str, token_hash: str, receive: Receive, send: Send) -> None:
        """For the sign-on page of a tablet this member of staff was signed on at."""
        await self._serve(locked_page(staff), Listener(send, f"locked/{token_hash}"), {}, receive, send)

    async def _serve(
        self, page: LivePage, listener: Listener, known: Mapping[str, object], receive: Receive, send: Send
    ) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        screen = self._joined(page, listener)
        try:
            self._greet(listener, screen, known)
            # Nothing comes from this side; the wait ends when the screen leaves or its last event is written.
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self._left(page.key, listener)

    def _joined(self, page: LivePage, listener: Listener) -> Screen:
        mine = self._by_sign_on.setdefault(listener.token_hash, [])
        if len(mine) >= STREAMS_PER_SIGN_ON:
            self._end(mine[0], event("elsewhere", "{}"))
        mine.append(listener)
        screen = self._screens.setdefault(page.key, Screen(page))
        screen.listeners.append(listener)
        return screen

    def _greet(self, listener: Listener, screen: Screen, known: Mapping[str, object]) -> None:
        """Who is here, the whole page, and a tick if the ward is well at this moment."""
        status = self._live_ward.status()
        hello = {
            "boot": self._boot,
            "build": self._build,
            "zone": status.zone,
            "mode": status.mode,
            **known,
        }
        listener.write(GZIP_BEGINS + event("hello", json.dumps(hello)))
        if not screen.drawn:
            self._draw(screen, status)
        if screen.broken:
            return
        listener.write(screen.whole())
        if asyncio.get_running_loop().time() - self._beat_at < 1.5 * BEAT_SECONDS:
            listener.write(self._tick(screen.page.clock))

    def _left(self, key: str, listener: Listener) -> None:
        mine = self._by_sign_on.get(listener.token_hash, [])
        if listener in mine:
            mine.remove(listener)
        if not mine:
            self._by_sign_on.pop(listener.token_hash, None)
        screen = self._screens.get(key)
        if screen is not None and listener in screen.listeners:
            screen.listeners.remove(listener)
            if not screen.listeners:
                # Pages nobody watches are not drawn.
                del self._screens[key]

    # ---- what every screen hears -------------------------------------------------------------------------------------

    def hear(self) -> None:
        """After every turn of the live ward: the changes, then, when it was a beat, the tick."""
        status = self._live_ward.status()
        for screen in list(self._screens.values()):
            if status.revision != self._revision or screen.broken:
                self._show(screen, status)
        self._revision = status.revision
        if self._live_ward.beats != self._beats:
            self._beats = self._live_ward.beats
            self._beat_at = asyncio.get_running_loop().time()
            self._beat()

    def redraw(self, key: str) -> None:
        """A page that shows more than the ward, of which something has changed."""
        screen = self._screens.get(key)
        if screen is not None:
            self._show(screen, self._live_ward.status())
            self.tell_time_on(key)

    def tell_time_on(self, key: str) -> None:
        """On a page with a clock of its own."""
        screen = self._screens.get(key)
        if screen is not None and screen.page.clock is not None and not screen.broken:
            for listener in list(screen.listeners):
                listener.write(self._tick(screen.page.clock))

    def tell_time(self) -> None:
        """The clock runs at another rate, or has jumped: no screen goes on counting until the next beat."""
        if self.is_beating():
            self._beat()

    def hears(self, token_hash: str) -> bool:
        """A screen of this sign-on has its stream open."""
        return bool(self._by_sign_on.get(token_hash))

    def is_beating(self) -> bool:
        return asyncio.get_running_loop().time() - self._beat_at < 3 * BEAT_SECONDS

    def _show(self, screen: Screen, status: WardStatus) -> None:
        was_broken = screen.broken
        message = self._draw(screen, status)
        if message:
            for listener in list(screen.listeners):
                listener.write(screen.whole() if was_broken else message, else_whole=screen)

    def _draw(self, screen: Screen, status: WardStatus) -> bytes:
        """The changes; a page that cannot be drawn harms no other, and ticks no more until it can."""
        try:
            return screen.draw(status)
        except Exception as bug:  # noqa: BLE001 - one page must not take the others with it
            screen.broken = True
            log_without_details(bug)
            return b""

    def _beat(self) -> None:
        own = self._tick()
        for screen in self._screens.values():
            if not screen.broken:
                tick = own if screen.page.clock is None else self._tick(screen.page.clock)
                for listener in list(screen.listeners):
                    listener.write(tick)

    def _tick(self, shown: Clock | None = None) -> bytes:
        clock = shown or self._clock
        tick = {
            "now": round(clock.now().timestamp() * 1000),
            "real": round(self._clock.real() * 1000),
            "rate": clock.rate,
            "boot": self._boot,
            "build": self._build,
            "revision": self._live_ward.status().revision,
        }
        return event("tick", json.dumps(tick, separators=(",", ":")))

    # ---- ends --------------------------------------------------------------------------------------------------------

    def end_sign_on(self, token_hash: str) -> None:
        """Every stream of a sign-on ends with it."""
        for listener in list(self._by_sign_on.get(token_hash, [])):
            self._end(listener, event("signed-off", "{}"))

    def end_everybody(self) -> None:
        """Of a training room that is reset or closed: whoever is here goes to sign on anew."""
        for token_hash in list(self._by_sign_on):
            self.end_sign_on(token_hash)

    def close(self) -> None:
        """At shutdown: open streams would keep the server from stopping."""
        for listeners in list(self._by_sign_on.values()):
            for listener in list(listeners):
                self._end(listener, b"")

    def _end(self, listener: Listener, last_words: bytes) -> None:
        listener.end(last_words)
        for screen in self._screens.values():
            if listener in screen.listeners:
                screen.listeners.remove(listener)
        mine = self._by_sign_on.get(listener.token_hash, [])
        if listener in mine:
            mine.remove(listener)
