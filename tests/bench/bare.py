"""The limit: a server that commits the same fact and sends a message rendered beforehand to every open screen.

Nothing else: no sign-on, no decision, no rendering. `python -m tests.bench.bare URL DAY PORT` serves it.
"""

import asyncio
import json
import sys
from itertools import count
from typing import Any

import uvicorn

from dashboard.live_wire import GZIP_BEGINS, event
from models.clinical.clock import SystemClock
from models.clinical.facts import VitalSignsRecorded
from models.store import NewFact, open_store

SET = {"heart_rate": 82, "systolic": 118, "diastolic": 72, "symptoms": ()}
PAGE = b"""<!doctype html><title>bare</title><p id="seen"></p><script>
const seen = document.getElementById("seen");
new EventSource("/live").addEventListener("ward", () => { seen.textContent = performance.now(); });
</script>"""


class Bare:
    def __init__(self, url: str, day_id: str) -> None:
        self.store, self.day_id, self.clock = open_store(url, "training"), day_id, SystemClock()
        self.position = self.store.infusion_day(day_id).position
        self.keys = count()
        self.listeners: list[Any] = []
        words = {"card-1": {"children": [f"{number} /min, {number}/72 mmHg" for number in range(60)]}}
        self.message = event("ward", json.dumps(words))

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            for _ in ("startup", "shutdown"):
                await send({"type": (await receive())["type"] + ".complete"})
        elif scope["path"] == "/live":
            await self.stream(receive, send)
        elif scope["path"] == "/page":
            await answer(send, PAGE, b"text/html")
        else:
            await receive()
            await asyncio.to_thread(self.commit)
            for listener in self.listeners:
                await listener({"type": "http.response.body", "body": self.message, "more_body": True})
            await answer(send, b"{}", b"application/json")

    def commit(self) -> None:
        facts = self.store.append(
            self.day_id,
            self.position,
            [NewFact(VitalSignsRecorded(**SET), self.clock.now())],
            key=f"bare/{self.clock.real()}/{next(self.keys)}",
            request_digest="",
            staff="okafor",
            device="",
            now=self.clock.now(),
        )
        self.position = facts[-1].position

    async def stream(self, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/event-stream"), (b"content-encoding", b"gzip")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": GZIP_BEGINS, "more_body": True})
        self.listeners.append(send)
        while (await receive())["type"] != "http.disconnect":
            pass
        self.listeners.remove(send)


async def answer(send: Any, body: bytes, kind: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    url, day_id, port = sys.argv[1:]
    uvicorn.run(Bare(url, day_id), host="127.0.0.1", port=int(port), log_level="warning", timeout_graceful_shutdown=1)
