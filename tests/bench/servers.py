"""The two servers that are compared, each in a process of its own on a copy of the same ward."""

import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import httpx2
import psutil

from tests.browser.ward_server import ROOT, WardServer

STREAMS_PER_SIGN_ON = 4
LEARNERS = 12
ENTRY = {"heart_rate": 82, "systolic": 118, "diastolic": 72, "symptoms": []}


def cookie_of(http: httpx2.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in http.cookies.items())


class Chairside:
    """The real server; `cookies` are sign-ons enough for so many screens."""

    name, live = "Chairside", "/live?page=board"

    def __init__(self, file: Path) -> None:
        self.server = WardServer(file.parent, database_url=f"sqlite:///{file}")
        self.server.start(120)
        self.port = self.server.port
        self.process = psutil.Process(self.server._process.pid)
        self.cookies = [self.sign_on()]
        with self.server.client("okafor") as client:
            chairs = client.get("/api/ward")["chairs"]
        measured = [chair for chair in chairs if chair.get("is_open") and chair["level"] == "normal"]
        self.days = [chair["infusion_day_id"] for chair in measured]

    def sign_on(self) -> str:
        with self.server.client("okafor") as client:
            return cookie_of(client.http)

    def room_for(self, screens: int) -> list[str]:
        while len(self.cookies) * STREAMS_PER_SIGN_ON < screens:
            self.cookies.append(self.sign_on())
        return self.cookies

    def entry(self, number: int) -> tuple[str, bytes, str]:
        day = self.days[number % len(self.days)]
        body = {**ENTRY, "heart_rate": 78 + number % 9}
        return f"/api/infusion-days/{day}/vital-signs", json.dumps(body).encode(), f"bench-{time.monotonic_ns()}"

    def stop(self) -> None:
        self.server.stop()


class TrainingRoom:
    """Twelve learners and a trainer in one room of twelve chairs, its clock at ×60 and nothing slowing it."""

    name, live = "training room", "/live?page=board"

    def __init__(self, file: Path) -> None:
        self.server = WardServer(file.parent, database_url=f"sqlite:///{file}")
        self.server.start(120)
        self.port = self.server.port
        self.process = psutil.Process(self.server._process.pid)
        self.trainer = self.server.client("castro").http
        opened = self.trainer.post("/api/training/rooms", json={"scenario": "busy-ward"}).raise_for_status()
        self.code = opened.json()["code"]
        self.cookies = [self.join(f"Learner {number}") for number in range(1, LEARNERS + 1)]
        self.days = self.open_days()
        self.set_clock(paused=False, rate=60, slows=False)

    def join(self, name: str) -> str:
        with self.server.client() as tablet:
            tablet.http.post("/api/join", json={"code": self.code, "name": name, "role": "okafor"}).raise_for_status()
            return cookie_of(tablet.http)

    def open_days(self) -> list[str]:
        with self.server.client() as tablet:
            tablet.http.headers["cookie"] = self.cookies[0]
            chairs = tablet.get("/api/ward")["chairs"]
        return [chair["infusion_day_id"] for chair in chairs if chair.get("is_open")]

    def set_clock(self, **chosen: object) -> None:
        self.trainer.post(f"/api/training/rooms/{self.code}/clock", json=chosen).raise_for_status()

    def room_for(self, screens: int) -> list[str]:
        return self.cookies

    entry = Chairside.entry

    def stop(self) -> None:
        self.trainer.close()
        self.server.stop()


class Bare:
    name, live = "bare", "/live"

    def __init__(self, file: Path, day_id: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "tests.bench.bare", f"sqlite:///{file}", day_id, str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT)
        self.process = psutil.Process(self._process.pid)
        self.cookies = [""]
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up:
            try:
                urlopen(f"http://127.0.0.1:{self.port}/page").close()
                return
            except OSError:
                time.sleep(0.1)

    def room_for(self, screens: int) -> list[str]:
        return self.cookies

    def entry(self, number: int) -> tuple[str, bytes, str]:
        return "/entry", b"{}", str(number)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)


@contextmanager
def both(file: Path):
    """Chairside on `file`, the bare server on a copy of it."""
    copy = file.with_name("bare.db")
    shutil.copy(file, copy)
    chairside = Chairside(file)
    bare = Bare(copy, chairside.days[0])
    try:
        yield chairside, bare
    finally:
        bare.stop()
        chairside.stop()
