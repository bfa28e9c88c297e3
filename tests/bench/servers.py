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

import psutil

from tests.browser.ward_server import ROOT, WardServer

STREAMS_PER_SIGN_ON = 4
ENTRY = {"heart_rate": 82, "systolic": 118, "diastolic": 72, "symptoms": []}


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
            return "; ".join(f"{name}={value}" for name, value in client.http.cookies.items())

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
