"""The real app in a process of its own, to be killed, frozen and started again, and a client of its API."""

import multiprocessing
import os
import signal
import socket
import sys
import time
import uuid
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx2

from app import main

ROOT = Path(__file__).parents[2]
TRAINING_PIN = "246810"
# What every ward imports is imported once, in a process of which each ward is a fork: a second less for each start.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


def serve(environment: dict[str, str], log: Path) -> None:
    """What `python app.py` does, in a process of its own with this environment."""
    os.setsid()
    os.chdir(ROOT)
    with log.open("ab") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.exit(main())


class WardServer:
    """`with WardServer(folder) as ward:` serves a training ward on `ward.url`; its files are in `folder`.

    `clock_start` (an aware ISO time) and `clock_rate` set the training clock; other keyword arguments are
    settings: `database_url="…"` becomes CHAIRSIDE_DATABASE_URL.
    """

    def __init__(self, folder: Path, mode: str = "training", **settings: object) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "ward.log"
        chosen = {
            "mode": mode,
            "host": "127.0.0.1",
            "port": self.port,
            "database_url": f"sqlite:///{folder / 'ward.db'}",
            **settings,
        }
        plain = {name: text for name, text in os.environ.items() if not name.startswith("CHAIRSIDE_")}
        self._environment = plain | {f"CHAIRSIDE_{name.upper()}": str(value) for name, value in chosen.items()}
        self._process: BaseProcess | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, within: float = 60) -> None:
        """Start, or start again on the same port and database, and wait until it says it is well."""
        self._process = PROCESSES.Process(target=serve, args=(self._environment, self.log), daemon=True)
        self._process.start()
        give_up = time.monotonic() + within
        while not self.is_well():
            alive = self._process.is_alive()
            assert alive and time.monotonic() < give_up, f"the ward did not start:\n{self.log.read_text()}"
            time.sleep(0.05)

    def is_well(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/healthz", timeout=2).status_code == 200
        except httpx2.TransportError:
            return False

    def kill(self) -> None:
        """As a power cut does it: no goodbye to anybody."""
        self._signal(signal.SIGKILL)
        self._ended()

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def restart(self) -> None:
        self.kill()
        self.start()

    def stop(self) -> None:
        """As an administrator does it; a ward that does not stop within 10 s with screens open fails the test."""
        if self._process is None:
            return
        self.thaw()
        self._signal(signal.SIGTERM)
        try:
            self._ended()
        finally:
            self.kill()

    def client(self, staff: str | None = None, url: str | None = None) -> "WardClient":
        """A client of the API, signed on as `staff`; `url` leads it through a proxy."""
        client = WardClient(url or self.url)
        return client.sign_on(staff) if staff else client

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.pid and self._process.is_alive():
            os.kill(self._process.pid, number)

    def _ended(self) -> None:
        if self._process is not None:
            self._process.join(timeout=10)
            assert not self._process.is_alive(), "the ward did not end"
            self._process = None


class WardClient:
    """What a monitor or a hospital system does: sign on, read, record. Close it, or use it in a `with`."""

    def __init__(self, url: str) -> None:
        self.http = httpx2.Client(base_url=url, timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def sign_on(self, staff: str, pin: str = TRAINING_PIN) -> Self:
        """`staff` is an id or a name of a tile."""
        tiles = self.get("/api/staff")
        people = tiles["staff"] if isinstance(tiles, dict) else tiles
        chosen = next(one["id"] for one in people if staff in (one["id"], one["name"]))
        self.http.post("/api/sign-on", json={"staff": chosen, "pin": pin}).raise_for_status()
        return self

    def get(self, path: str) -> Any:
        return self.http.get(path).raise_for_status().json()

    def post(self, path: str, body: object = None, key: str | None = None, **headers: object) -> httpx2.Response:
        """One act; `key` repeats an earlier one, `patient=…`, `chair=…`, `position=…` say what was seen."""
        sent = {"Idempotency-Key": key or str(uuid.uuid4())}
        sent |= {f"X-{name.replace('_', '-').title()}": str(value) for name, value in headers.items()}
        return self.http.post(path, json={} if body is None else body, headers=sent)

    def act(
        self, chair: str, name: str, body: object = None, key: str | None = None, **headers: object
    ) -> httpx2.Response:
        """One act on the day that a chair shows: `client.act("4", "infusion/pause", {"reason": "line"})`."""
        day = self.chair(chair)["infusion_day_id"]
        return self.post(f"/api/infusion-days/{day}/{name}", body, key, **headers)

    def chair(self, label: str) -> dict[str, Any]:
        """One chair as /api/ward shows it."""
        return next(chair for chair in self.get("/api/ward")["chairs"] if chair["chair"] == label)

    def set_clock(self, **change: object) -> httpx2.Response:
        """`now="…"` (forward only), `rate=60` or `paused=True`, in training."""
        return self.post("/api/training/clock", change)
