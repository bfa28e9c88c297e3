"""A trainer in front of a training server, and what the pages of trainers tell."""

from __future__ import annotations

import json
from typing import Any

import httpx2

from tests.dashboard.served import Event, Listening, sign_on

ROOMS = "/api/training/rooms"


class Trainer:
    """Signed on, and calling the routes of rooms."""

    def __init__(self, url: str, who: str = "castro") -> None:
        self.http = http = httpx2.Client(base_url=url, timeout=20)
        assert sign_on(http, who).status_code == 200

    def open(self, scenario: str = "stroke", kind: str = "shared") -> str:
        reply = self.http.post(ROOMS, json={"scenario": scenario, "kind": kind})
        assert reply.status_code == 201, reply.text
        return str(reply.json()["code"])

    def does(self, code: str, what: str, **body: Any) -> Any:
        return self.http.post(f"{ROOMS}/{code}/{what}", json=body)

    def sees(self, code: str) -> Any:
        return self.http.get(f"{ROOMS}/{code}").json()

    def hears(self, page: str) -> Event:
        """The first fragments of a page's stream."""
        listening = Listening(self.http, page)
        try:
            return listening.until("ward")
        finally:
            listening.close()


def layout(http: httpx2.Client, path: str) -> str:
    """What stands still of a page, as text."""
    return json.dumps(http.get(f"{path.rstrip('/')}/_dash-layout").json(), ensure_ascii=False)


def join(http: httpx2.Client, code: str, name: str = "Ana", role: str = "lindqvist") -> Any:
    reply = http.post("/api/join", json={"code": code, "name": name, "role": role})
    assert reply.status_code == 201, reply.text
    return reply.json()
