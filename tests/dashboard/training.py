"""A training server on loopback with a trainer, and tablets that join its rooms."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2

from dashboard.factory import WardApp
from dashboard.sign_on import pin_hash
from dashboard.training.room import Room
from models.store.rows import StaffMember
from tests.dashboard.served import PIN, a_ward, on_loopback, sign_on

TRAINERS = ("castro", "abara")

SAID_AT = timedelta(minutes=85)
"""From the start of the scenario *stroke*: the headache is getting worse."""


class TrainingServer:
    """What the server knows (`app`), and the address its tablets ask."""

    def __init__(self, app: WardApp, address: str) -> None:
        self.app, self.address = app, address
        assert app.rooms is not None
        self.rooms = app.rooms
        self._tablets: list[httpx2.Client] = []

    def tablet(self) -> httpx2.Client:
        self._tablets.append(httpx2.Client(base_url=self.address, timeout=30, follow_redirects=False))
        return self._tablets[-1]

    def tidy(self) -> None:
        """Between two tests: no room is open and no tablet holds a connection."""
        for code in list(self.rooms.by_code):
            assert self.leads(code).post(f"/api/training/rooms/{code}/close").status_code == 200
        self.close_tablets()

    def close_tablets(self) -> None:
        while self._tablets:
            self._tablets.pop().close()

    def signed_on(self, who: str = "castro") -> httpx2.Client:
        tablet = self.tablet()
        assert sign_on(tablet, who).status_code == 200
        return tablet

    def leads(self, code: str) -> httpx2.Client:
        """A trainer who has taken the room over."""
        tablet = self.signed_on()
        assert tablet.post(f"/api/training/rooms/{code}/take-over").status_code == 200
        return tablet

    def open_room(self, trainer: httpx2.Client, scenario: str = "stroke", **more: Any) -> str:
        reply = trainer.post("/api/training/rooms", json={"scenario": scenario, **more})
        assert reply.status_code == 201, reply.text
        return str(reply.json()["code"])

    def room(self, kind: str = "shared") -> Room:
        return self.rooms.by_code[self.open_room(self.signed_on(), kind=kind)]

    def join(self, code: str, name: str = "Ana", role: str = "lindqvist") -> httpx2.Client:
        tablet = self.tablet()
        reply = tablet.post("/api/join", json={"code": code, "name": name, "role": role})
        assert reply.status_code == 201, reply.text
        return tablet


@contextmanager
def a_training_server(folder: Path) -> Iterator[TrainingServer]:
    app = a_ward(f"sqlite:///{folder}/training.db", folder=str(folder))
    for name in TRAINERS:
        app.store.add_staff(StaffMember(id=name, name=name.title(), role="trainer", pin_hash=pin_hash(PIN)))
    app.live_ward.changed()
    with on_loopback(app) as address:
        served = TrainingServer(app, address)
        yield served
        served.close_tablets()


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Real seconds: a room's loop and clock run by themselves."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.02)


def at(room: Room, since_start: timedelta) -> None:
    """The room's clock, held there, and everything due by then played."""
    room.clock.set_now(room.scenario.started_at + since_start)
    room.look()
    until(lambda: not any(play.is_behind for play in room.plays))


def day_of(tablet: httpx2.Client, chair: str = "1") -> str:
    chairs = tablet.get("/api/ward").json()["chairs"]
    return str(next(one["infusion_day_id"] for one in chairs if one["chair"] == chair))


def record(tablet: httpx2.Client, what: str, body: dict[str, Any], key: str, chair: str = "1") -> Any:
    path = f"/api/infusion-days/{day_of(tablet, chair)}/{what}"
    return tablet.post(path, json=body, headers={"Idempotency-Key": key})


def refusal(reply: Any) -> tuple[int, str | None]:
    assert reply.json()["refusal"].endswith((".", "!"))
    return reply.status_code, reply.json().get("field")
