"""Puts one ward together: store, clock, charting, live ward, Dash, API and the gate in front of them."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

import callbacks
from dashboard import api, health, setting_up, sign_on, staff, training, training_clock
from dashboard.gate import BUG, Gate, cookie_value, refusal
from dashboard.live import LiveStream
from dashboard.pages import Pages, live_page
from dashboard.pages.set_up import set_up_page
from dashboard.pages.sign_on import sign_on_page
from dashboard.settings import Settings
from dashboard.sign_on import SignOns, token_hash
from dashboard.training.rooms import Rooms
from dashboard.ward_dash import PagePaths, WardDash
from dashboard.wards import open_ward
from models.alarm_load import AlarmLoad
from models.charting import Charting
from models.charting.recorder import Announce
from models.clinical import protocol
from models.clinical.clock import Clock, ScenarioClock
from models.clinical.protocol import Protocol
from models.live_ward import LiveWard
from models.store.ward_store import WardStore
from models.ward_status import Standing

log = logging.getLogger("chairside")
HOUSE = Path(__file__).parents[1]
ROOMS = ("dashboard", "callbacks", "components", "models")
A_DAY = {"cache-control": "public, max-age=86400"}


class WardApp:
    """One ward as an ASGI app. The live ward's loop lives as long as its lifespan."""

    def __init__(
        self,
        settings: Settings,
        store: WardStore,
        clock: Clock,
        of_the_ward: Protocol,
        pages: Pages = live_page,
        routes: Callable[[WardApp], None] = lambda app: None,
        cookie: str = "",
    ) -> None:
        self.settings = settings
        self.protocol = of_the_ward
        self.store, self.clock = store, clock
        self.rooms: Rooms | None = None
        self.live_ward = LiveWard(self.store, self.protocol, self.clock)
        self.announced: list[Announce] = [self.live_ward.changed]
        self.charting = Charting(self.store, self.protocol, self.clock, self._announce)
        self.alarm_load = AlarmLoad(self.charting)
        build = build_id()
        self.stream = LiveStream(self.live_ward, self.clock, pages, build)
        self.sign_ons = SignOns(self.store, self.clock, cookie or f"chairside_{settings.mode}", self.stream.end_sign_on)
        self.server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        self._register_routes()
        routes(self)
        self._register_plain_pages()
        self.dash = WardDash(self.server, self.live_ward, settings.mode, build)
        callbacks.register(self.dash, self.charting, self.live_ward, self.alarm_load)
        # Private, and needed: else the first page after a start that is not `/` comes without its styles.
        self.dash._setup_server()
        self._script_hashes = self.dash.script_hashes()
        self.pages = PagePaths(self.server, self.live_ward, settings.mode, pages)
        self.gate = Gate(
            self._inside,
            settings,
            self.sign_ons.cookie,
            self.sign_ons.who,
            self.sign_ons.has_staff,
            lambda: self._script_hashes,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self.rooms is not None and (ward := self.rooms.ward_of(scope)) is not None:
            await ward(scope, receive, send)
        else:
            await self.gate(scope, receive, send)

    async def _inside(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/live/locked":
            await self._locked(scope, receive, send)
        else:
            await (self.stream if scope["path"] == "/live" else self.pages)(scope, receive, send)

    async def _locked(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The gate lets it through: only a cookie that was once given to this tablet hears anything."""
        token = cookie_value(Headers(scope=scope), self.sign_ons.cookie)
        staff = await self.sign_ons.was_here(token) if token and scope["method"] == "GET" else None
        if staff is None:
            # Not an answer to hear: the sign-on page of a tablet nobody was signed on at asks once, in vain.
            await Response(status_code=204)(scope, receive, send)
        else:
            await self.stream.locked(staff, token_hash(token), receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.begin()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self.rooms is not None:
            await self.rooms.close_all()
        await self.end()
        await send({"type": "lifespan.shutdown.complete"})

    async def begin(self) -> None:
        """The live ward's loop, from now until `end`."""
        await asyncio.to_thread(self.live_ward.status)
        self._living = asyncio.create_task(self.live_ward.run())
        self._living.add_done_callback(_say_why)

    async def end(self) -> None:
        self.close_streams()
        self._living.cancel()
        await asyncio.gather(self._living, return_exceptions=True)
        await asyncio.to_thread(self.store.close)

    def _announce(self, days: Mapping[str, Standing | None]) -> None:
        for hear in self.announced:
            hear(days)

    def close_streams(self) -> None:
        """Before the server waits for its connections: an open stream never ends by itself."""
        self.stream.close()

    def _register_routes(self) -> None:
        sign_on.register(self.server, self.sign_ons, self.settings.is_training)
        setting_up.register(self.server, self.store, self.live_ward.changed)
        staff.register(self.server, self.store, self.live_ward.changed)
        health.register(self.server, self.store, self.clock, self.stream)
        api.register(
            self.server, self.charting, self.live_ward, self.store, self.settings, self.protocol, self.alarm_load
        )

        @self.server.exception_handler(Exception)
        async def bug(request: Request, fault: Exception) -> Response:
            # The gate, through which it goes on, writes the log.
            return refusal(500, BUG)

    def _register_plain_pages(self) -> None:
        bootstrap = bootstrap_css()

        @self.server.get("/sign-on", include_in_schema=False)
        async def sign_on_() -> Response:
            status = self.live_ward.status()
            if not await self.sign_ons.has_staff():
                return Response(status_code=303, headers={"location": "/set-up"})
            return HTMLResponse(sign_on_page(status.name, status.mode, await self.sign_ons.tiles()))

        @self.server.get("/set-up", include_in_schema=False)
        async def set_up() -> Response:
            if await self.sign_ons.has_staff():
                return Response(status_code=303, headers={"location": "/"})
            return HTMLResponse(set_up_page(self.settings.mode))

        @self.server.get("/assets-bootstrap/bootstrap.min.css", include_in_schema=False)
        async def bootstrap_file() -> Response:
            return Response(bootstrap, media_type="text/css", headers=A_DAY)


def build(settings: Settings, clock: Clock | None = None) -> WardApp:
    """The ward's ASGI app; raises StoreRefused when its database cannot be served."""
    of_the_ward = protocol.load()
    store, clock = open_ward(settings, of_the_ward, clock)
    if not settings.is_training:
        return WardApp(settings, store, clock, of_the_ward)
    rooms = Rooms(of_the_ward, partial(WardApp, settings, of_the_ward=of_the_ward))
    app = WardApp(settings, store, clock, of_the_ward, training.pages(rooms), partial(_train, rooms))
    app.rooms, rooms.before_gate = rooms, app.gate.before
    rooms.show, rooms.tell_time = app.stream.redraw, app.stream.tell_time_on
    return app


def _train(rooms: Rooms, app: WardApp) -> None:
    """What a training ward answers beyond a ward: its clock, the trainer's rooms, and the way for learners to join."""
    if isinstance(app.clock, ScenarioClock):
        training_clock.register(app.server, app.clock, app.live_ward)
    training.register(app.server, rooms)


def build_id() -> str:
    """Another one whenever the program is another one: a screen that shows an older page then loads anew."""
    digest = hashlib.sha256()
    for path in sorted(path for room in ROOMS for path in (HOUSE / room).rglob("*")):
        if path.suffix in (".py", ".js", ".css", ".svg", ".toml"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def bootstrap_css() -> bytes:
    """From the package that carries it: a ward has no internet. The package itself is never imported."""
    package = find_spec("flask_bootstrap")
    assert package is not None and package.submodule_search_locations
    return Path(package.submodule_search_locations[0], "static/bootstrap5/css/bootstrap.min.css").read_bytes()


def _say_why(loop: asyncio.Task[None]) -> None:
    if not loop.cancelled() and loop.exception() is not None:
        log.error("The loop of the live ward ended: %s", type(loop.exception()).__name__)
