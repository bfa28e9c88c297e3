"""A small real ward as the factory builds it, asked in this process or served on loopback."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, NamedTuple

import httpx2
from starlette.testclient import TestClient

from app import server_of
from dashboard.factory import WardApp, build
from dashboard.settings import Settings
from dashboard.sign_on import pin_hash
from models.charting import Act, Booking
from models.clinical.clock import Clock
from models.store.opening import create_store
from models.store.rows import StaffMember, WardRow

MORNING = datetime(2026, 6, 15, 7, 0, tzinfo=UTC)
PIN = "135790"
CANARY = "Canaryfamily"
"""A family name that must never be read by anybody who is not signed on."""
NAMED = WardRow(
    name="Ward under test",
    mode="training",
    set_up=True,
    supervising_neurologist="Dr Haddad",
    emergency_contact="ICU 5555",
    doctors=("Dr Haddad",),
)
keys = count(1)


def staff() -> list[StaffMember]:
    proof = pin_hash(PIN)
    return [
        StaffMember(id="okafor", name="Ada Okafor", role="nurse", pin_hash=proof),
        StaffMember(id="novak", name="Eva Novak", role="charge nurse", pin_hash=proof),
        StaffMember(id="gone", name="Left Long-ago", role="nurse", pin_hash=proof, active=False),
    ]


def a_ward(url: str, clock: Clock | None = None, **settings: Any) -> WardApp:
    """Chairs 1 to 4, nobody booked."""
    store = create_store(url, "training")
    store.set_up(NAMED, ["1", "2", "3", "4"], staff())
    store.close()
    return build(Settings(database_url=url, **settings), clock)


def book(app: WardApp, chair: str, family: str = CANARY, on: date | None = None) -> str:
    """The infusion day's id; expected at 08:00 of today."""
    number = next(keys)
    today = app.live_ward.status().today
    booking = Booking(
        chair=chair, patient_id=f"P-{number}", family_name=family, given_name="Given", born=date(1984, 4, 5),
        course=1, day=1, date=on or today, start=datetime(2026, 1, 1, 8, 0, tzinfo=UTC).time(),
    )  # fmt: skip
    return app.charting.book(Act(key=f"booking-{number}", staff="okafor"), booking).status.infusion_day_id


def arrive(app: WardApp, day_id: str) -> None:
    app.charting.arrive(Act(key=f"arrival-{next(keys)}", staff="okafor"), day_id)


def client(app: WardApp) -> TestClient:
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


def sign_on(http: Any, who: str = "okafor", pin: str = PIN) -> Any:
    return http.post("/api/sign-on", json={"staff": who, "pin": pin})


@contextmanager
def on_loopback(app: WardApp) -> Iterator[str]:
    """The ward behind a real server on a port of its own; it must stop when asked to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = server_of(app, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the ward did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)
        assert not thread.is_alive(), "the ward did not stop"


class Event(NamedTuple):
    name: str
    told: Any


class Listening:
    """One open stream, read event by event."""

    def __init__(self, http: httpx2.Client, page: str = "board", path: str = "") -> None:
        self._reply = http.stream("GET", path or f"/live?page={page}", timeout=5)
        self.reply = self._reply.__enter__()
        self._chunks = self.reply.iter_text()
        self._text = ""

    def next(self) -> Event | None:
        """None once the stream has ended."""
        while "\n\n" not in self._text:
            chunk = next(self._chunks, None)
            if chunk is None:
                return None
            self._text += chunk
        event, _, self._text = self._text.partition("\n\n")
        name, _, told = event.partition("\n")
        return Event(name.removeprefix("event: "), json.loads(told.removeprefix("data: ")))

    def until(self, name: str) -> Event:
        """The next event of this name; the ones before it are passed over."""
        while True:
            event = self.next()
            assert event is not None, f"the stream ended before {name}"
            if event.name == name:
                return event

    def close(self) -> None:
        self._reply.__exit__(None, None, None)


@contextmanager
def a_screen(url: str, page: str = "board", who: str = "okafor") -> Iterator[Listening]:
    with httpx2.Client(base_url=url) as http:
        assert sign_on(http, who).status_code == 200
        listening = Listening(http, page)
        yield listening
        listening.close()
