"""A training server in this process with rooms of one scenario, its trainer, and learners' tablets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx2

from dashboard.factory import WardApp, build
from dashboard.settings import Settings
from dashboard.sign_on import pin_hash
from dashboard.training.room import Room
from models.store.opening import create_store
from models.store.rows import StaffMember
from tests.dashboard.served import NAMED, PIN, on_loopback, sign_on


class TrainingWard:
    """A training server with one trainer, and rooms of the scenario *stroke*."""

    def __init__(self, app: WardApp, url: str) -> None:
        self.app, self.url = app, url
        self._clients: list[httpx2.Client] = []
        self.trainer = self.client()
        assert sign_on(self.trainer, "castro").status_code == 200

    def client(self) -> httpx2.Client:
        self._clients.append(httpx2.Client(base_url=self.url, timeout=20))
        return self._clients[-1]

    def close(self) -> None:
        for client in self._clients:
            client.close()

    def room(self, kind: str = "shared") -> Room:
        reply = self.trainer.post("/api/training/rooms", json={"scenario": "stroke", "kind": kind})
        assert reply.status_code == 201, reply.text
        assert self.app.rooms is not None
        return self.app.rooms.by_code[reply.json()["code"]]

    def learner(self, room: Room, name: str = "Ana", role: str = "lindqvist") -> httpx2.Client:
        tablet = self.client()
        reply = tablet.post("/api/join", json={"code": room.code, "name": name, "role": role})
        assert reply.status_code == 201, reply.text
        return tablet

    def at(self, room: Room, since_start: timedelta) -> None:
        """The room's clock, held there, and everything due by then played."""
        room.clock.set_now(room.scenario.started_at + since_start)
        room.look()
        until(lambda: not any(play.is_behind for play in room.plays))


@contextmanager
def a_training_ward(folder: Path) -> Iterator[TrainingWard]:
    url = f"sqlite:///{folder / 'ward.db'}"
    store = create_store(url, "training")
    castro = StaffMember(id="castro", name="Castro", role="trainer", pin_hash=pin_hash(PIN))
    store.set_up(NAMED, ["1"], [castro])
    store.close()
    app = build(Settings(database_url=url, folder=str(folder)))
    with on_loopback(app) as address:
        ward = TrainingWard(app, address)
        yield ward
        ward.close()


def until(happened: Callable[[], object], within: float = 5) -> None:
    give_up = time.monotonic() + within
    while not happened():
        assert time.monotonic() < give_up
        time.sleep(0.02)
