"""The one gate in front of everything: who is signed on, from where, and how much they may send."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.received_again import received_again
from dashboard.settings import Settings

logger = logging.getLogger("chairside.gate")

READS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = frozenset(
    {
        ("GET", "/sign-on"),
        ("GET", "/api/staff"),
        ("POST", "/api/sign-on"),
        ("GET", "/healthz"),
        # Asks by itself for a sign-on of this tablet, standing or ended.
        ("GET", "/live/locked"),
        ("GET", "/assets/ward.css"),
        ("GET", "/assets/live.css"),
        ("GET", "/assets/alerts.js"),
        ("GET", "/assets/sign_on.css"),
        ("GET", "/assets/sign_on.js"),
        ("GET", "/assets/theme.js"),
        ("GET", "/assets/icon.svg"),
        ("GET", "/assets-bootstrap/bootstrap.min.css"),
    }
)
TO_JOIN = frozenset({("GET", "/join"), ("GET", "/api/join"), ("POST", "/api/join"), ("GET", "/assets/join.js")})
"""A training room's learners sign on with its code."""
SET_UP = frozenset({("GET", "/set-up"), ("POST", "/api/set-up")})
BUG = "Not saved. Nothing was recorded."
NOT_PAGES = ("/api", "/live", "/assets", "/healthz", "/sign-on", "/set-up", "/join")
KEPT_BY_BROWSERS = ("/assets", "/_dash-component-suites")
BODY_LIMITS = (("/api/day-list", 2 << 20), ("/api", 64 << 10), ("", 1 << 20))
"""Path prefix → bytes; the first that fits. A day's list is a CSV file."""

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class SignedOn:
    """Who acts: the member of staff, and the epoch of this sign-on, which every act of a screen names."""

    staff_id: str
    name: str
    role: str
    epoch: int
    device: str = ""
    token_hash: str = ""

    @property
    def staff(self) -> str:
        return self.staff_id


_signed_on: ContextVar[SignedOn | None] = ContextVar("chairside_signed_on", default=None)


def signed_on() -> SignedOn:
    """Who is signed on in this request; the gate lets no other request through."""
    who = _signed_on.get()
    if who is None:
        raise RuntimeError("Asked who is signed on outside a request that passed the gate.")
    return who


class Gate:
    """Pure ASGI, so that no transport goes round it. `who` looks a token up; `has_staff` closes the set-up page."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        cookie: str,
        who: Callable[[str], Awaitable[SignedOn | None]],
        has_staff: Callable[[], Awaitable[bool]],
        script_hashes: Callable[[], str],
    ) -> None:
        self.app = app
        self.settings = settings
        self.cookie = cookie
        self.who = who
        self.has_staff = has_staff
        self.script_hashes = script_hashes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http":
            await self._answer(scope, receive, Sending(scope, send, self.script_hashes))

    async def before(self, answer: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """What is answered without asking who is signed on has this gate's headers, and its own pages ask for it."""
        await (self._foreign(scope, Headers(scope=scope)) or answer)(
            scope, receive, Sending(scope, send, self.script_hashes)
        )

    async def _answer(self, scope: Scope, receive: Receive, send: Sending) -> None:
        try:
            await self._let_in(scope, receive, send)
        except Exception as bug:  # noqa: BLE001 - the last fence: whatever it is, it must not reach the log with a patient in it
            log_without_details(bug)
            if not send.has_begun:
                await refusal(500, BUG)(scope, receive, send)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        turned_away = self._foreign(scope, headers)
        token = cookie_value(headers, self.cookie)
        who = await self.who(token) if token and turned_away is None else None
        if turned_away is None and who is None and not await self._is_open(scope):
            turned_away = self._sign_on_first(scope)
        if turned_away is None:
            body = await _whole_body(scope, headers, receive)
            if body is not None:
                _signed_on.set(who)
                scope.setdefault("state", {})["sign_on"] = who
                await self.app(scope, body, send)
                return
            turned_away = refusal(413, "That is more than this ward takes in one piece.")
        await turned_away(scope, receive, send)

    def _foreign(self, scope: Scope, headers: Headers) -> Response | None:
        """Another host's name, or a write that comes from another site's page."""
        host = headers.get("host", "")
        if _host_name(host) not in self.settings.hosts:
            return refusal(400, "This ward does not answer to that address.")
        if scope["method"] in READS:
            return None
        own = (f"{scope['scheme']}://{host}".lower(), *self.settings.origins)
        origin = headers.get("origin")
        # Monitors and hospital systems send no Origin; a browser always does.
        foreign = headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        if (origin is None and foreign) or (origin is not None and origin.lower() not in own):
            return refusal(403, "This ward takes entries from its own pages only.")
        return None

    async def _is_open(self, scope: Scope) -> bool:
        asked = (scope["method"].replace("HEAD", "GET"), scope["path"])
        may_join = self.settings.is_training and asked in TO_JOIN
        return may_join or asked in OPEN or (asked in SET_UP and not await self.has_staff())

    def _sign_on_first(self, scope: Scope) -> Response:
        path = scope["path"]
        if scope["method"] in ("GET", "HEAD") and (is_page(path) or path == "/set-up"):
            to = "" if path == "/" else f"?to={quote(path)}"
            return RedirectResponse(f"/sign-on{to}", status_code=303)
        return refusal(401, "Nobody is signed on here. Sign on first.")


class Sending:
    """The answer on its way out, with the headers every answer has. Not a coroutine of its own: a change for a
    hundred screens goes through here a hundred times."""

    def __init__(self, scope: Scope, send: Send, script_hashes: Callable[[], str]) -> None:
        self._path: str = scope["path"]
        self._send = send
        self._script_hashes = script_hashes
        self.has_begun = False

    def __call__(self, message: Message) -> Awaitable[None]:
        self.has_begun = True
        if message["type"] == "http.response.start":
            self._add_headers(message)
        return self._send(message)

    def _add_headers(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers.update(HEADERS)
        headers["content-security-policy"] = POLICY.format(hashes=self._script_hashes())
        if not self._path.startswith(KEPT_BY_BROWSERS):
            headers["cache-control"] = "no-store"
        if not self._path.startswith(("/api", "/live")):
            # A page leaves no idle connections: when a network has swallowed them, a browser tries each
            # of them first, for seconds, before it opens one that works.
            headers["connection"] = "close"


def is_page(path: str) -> bool:
    return not path.startswith(NOT_PAGES) and "/_" not in path


def refusal(status: int, sentence: str, field: str | None = None) -> JSONResponse:
    return JSONResponse({"refusal": sentence} | ({"field": field} if field else {}), status_code=status)


def cookie_value(headers: Headers, name: str) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def log_without_details(bug: BaseException) -> None:
    """Where it happened and of what kind; its message may hold a patient's values, so it is not written."""
    frames = [frame for frame in traceback.extract_tb(bug.__traceback__) if "site-packages" not in frame.filename]
    where = "\n".join(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    logger.error("%s\n%s", type(bug).__name__, where)


def _host_name(host: str) -> str:
    """The name in a Host header, without its port."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


async def _whole_body(scope: Scope, headers: Headers, receive: Receive) -> Receive | None:
    """The body, read within its limit and ready to be received again; None when it is too long."""
    if scope["method"] in READS:
        return receive
    limit = next(size for prefix, size in BODY_LIMITS if scope["path"].startswith(prefix))
    announced = headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > limit:
        return None
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            more = False
        else:
            parts.append(message.get("body", b""))
            more = message.get("more_body", False)
        if sum(map(len, parts)) > limit:
            return None
    return received_again(b"".join(parts), receive)
