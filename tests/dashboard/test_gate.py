"""Without sign-on nothing answers, on any transport; and nothing answers to another host or another site's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.routing import Match, Mount, Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard.factory import WardApp
from dashboard.gate import OPEN, TO_JOIN, signed_on
from tests.dashboard.served import CANARY, a_ward, book, client, sign_on

OPEN_TO_ALL = OPEN | TO_JOIN | {("GET", "/set-up"), ("POST", "/api/set-up")}
PAGES = ("/", "/chair/1", "/today", "/alarms", "/?wall", "/chair/99", "/nowhere")
DASH = (
    "/_dash-layout",
    "/chair/1/_dash-layout",
    "/wall/_dash-layout",
    "/_dash-dependencies",
    "/today/_dash-dependencies",
)
MORE = (
    "/live",
    "/live?page=board",
    "/docs",
    "/redoc",
    "/openapi.json",
    "/_reload-hash",
    "/_favicon.ico",
    "/assets/record.js",
    "/assets/../dashboard/gate.py",
    "//",
    "/API/ward",
    "/api/ward/",
    "/sign-on/",
    "/healthz/",
)


def a_booked_ward(url: str) -> WardApp:
    app = a_ward(url)
    book(app, "1")
    return app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WardApp:
    """One ward to knock at: whoever is turned away changes nothing."""
    return a_booked_ward(f"sqlite:///{tmp_path_factory.mktemp('gate') / 'ward.db'}")


@pytest.fixture(scope="module")
def at_the_gate(app: WardApp) -> Iterator[TestClient]:
    with client(app) as http:
        yield http


@pytest.fixture
def http(at_the_gate: TestClient) -> TestClient:
    """Somebody who has not signed on."""
    at_the_gate.cookies.clear()
    return at_the_gate


def routes(app: WardApp) -> set[tuple[str, str]]:
    """Every route of the server, with something in the place of each parameter."""
    found: set[tuple[str, str]] = set()
    waiting: list[Any] = list(app.server.routes)
    while waiting:
        route = waiting.pop()
        if isinstance(route, Mount):
            found.add(("GET", f"{route.path}/anything"))
        elif isinstance(route, Route):
            path = "/".join("1" if part.startswith("{") else part for part in route.path.split("/"))
            found |= {(method, path) for method in route.methods or ()}
        else:
            # An included router of FastAPI: its own routes stand below it.
            waiting += getattr(getattr(route, "original_router", route), "routes", ())
    return found


def everything(app: WardApp) -> set[tuple[str, str]]:
    paths = {(method, path) for path in (*PAGES, *DASH, *MORE) for method in ("GET", "POST", "PUT", "DELETE", "PATCH")}
    return routes(app) | paths


def test_the_list_of_routes_is_the_whole_list(app: WardApp):
    """Else the next test would prove little."""
    found = routes(app)
    assert ("GET", "/api/ward") in found
    assert ("POST", "/api/infusion-days/1/vital-signs") in found
    assert ("POST", "/_dash-update-component") in found
    assert ("POST", "/api/training/clock") in found
    for _, path in found:
        scope = {"type": "http", "path": path, "method": "GET", "headers": [], "root_path": ""}
        assert any(route.matches(scope)[0] is not Match.NONE for route in app.server.routes), path


def test_without_sign_on_nothing_but_the_open_routes_answers(app: WardApp, http: TestClient):
    for method, path in sorted(everything(app) - OPEN_TO_ALL):
        if method in ("HEAD", "OPTIONS"):
            continue
        reply = http.request(
            method, path, headers={"Idempotency-Key": "anonymous"}, json={} if method == "POST" else None
        )
        turned_away = reply.status_code == 401 or (
            reply.status_code == 303 and reply.headers["location"].startswith("/sign-on")
        )
        assert turned_away, f"{method} {path}: {reply.status_code}"
        assert CANARY.lower() not in reply.text.lower(), f"{method} {path}"


def test_what_is_open_tells_nothing_of_any_patient(app: WardApp, http: TestClient):
    for method, path in sorted(OPEN_TO_ALL):
        reply = http.request(method, path)
        assert CANARY.lower() not in reply.text.lower()
        assert reply.status_code < 500


def test_signed_on_the_canary_is_there_to_be_found(http: TestClient):
    assert sign_on(http).status_code == 200
    assert CANARY.lower() in http.get("/api/ward").text.lower()


@pytest.mark.parametrize("path", ["/", "/live?page=board", "/_dash-ws-callback", "/api/ward", "/healthz", "/sign-on"])
@pytest.mark.parametrize("signed", [False, True])
def test_every_web_socket_is_refused(http: TestClient, path: str, signed: bool):
    if signed:
        sign_on(http)
    with pytest.raises(WebSocketDisconnect), http.websocket_connect(path) as socket:
        socket.receive_text()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:9999", 200),
        ("LOCALHOST", 200),
        ("127.0.0.1:8050", 200),
        ("[::1]:8050", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("127.0.0.1.evil.example:8050", 400),
        ("localhost:8050@evil.example", 400),
        ("", 400),
    ],
)
def test_only_the_wards_own_names_are_answered(http: TestClient, host: str, status: int):
    assert http.get("/api/staff", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://localhost"}, 200),
        ({}, 200),  # a monitor or a hospital system
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://localhost"}, 403),  # another scheme is another origin
        ({"origin": "http://localhost:81"}, 403),
        ({"origin": "http://localhost.evil.example"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
    ],
)
def test_entries_come_from_the_wards_own_pages_only(http: TestClient, headers: dict[str, str], status: int):
    reply = http.post("/api/sign-on", json={"staff": "okafor", "pin": "135790"}, headers=headers)
    assert reply.status_code == status


@pytest.mark.parametrize("path", ["/sign-on", "/", "/api/ward", "/api/staff", "/assets/ward.css", "/healthz", "/live"])
def test_every_answer_carries_the_security_headers(http: TestClient, path: str):
    headers = http.get(path).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self' 'sha256-" in policy and "'unsafe-inline'" not in policy.split("style-src")[0]
    for part in ("base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'", "worker-src 'self'"):
        assert part in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert path.startswith("/assets") or headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/api/notes", 65_536, 404),
        ("/api/notes", 65_537, 413),
        ("/_dash-update-component", 1_048_577, 413),
    ],
)
def test_a_body_that_is_too_long_is_refused_before_it_is_read(http: TestClient, path: str, size: int, status: int):
    sign_on(http)
    assert http.post(path, content=b"x" * size).status_code == status

    def in_parts() -> Iterator[bytes]:
        yield b"x" * (size - 1)
        yield b"x"

    assert http.post(path, content=in_parts()).status_code == status


def test_the_set_up_page_is_closed_once_there_is_staff(http: TestClient):
    assert http.get("/set-up").headers["location"].startswith("/sign-on")
    assert http.post("/api/set-up", json={"code": "AAAA"}).status_code == 401


def test_who_is_signed_on_is_known_inside_the_gate_only():
    with pytest.raises(RuntimeError):
        signed_on()


def test_the_log_names_the_place_of_a_bug_and_never_a_patient(sqlite_url: str, caplog: pytest.LogCaptureFixture):
    app = a_booked_ward(sqlite_url)

    @app.server.get("/api/broken")
    async def broken() -> None:
        raise ValueError(f"{CANARY} has 138/88")

    with client(app) as http:
        sign_on(http)
        http.get("/api/ward")
        reply = http.get("/api/broken")
    assert (reply.status_code, reply.json()) == (500, {"refusal": "Not saved. Nothing was recorded."})
    assert "test_gate.py" in caplog.text and "ValueError" in caplog.text
    assert CANARY not in caplog.text
