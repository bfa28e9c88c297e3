"""Whether database, clock and live stream work, for whoever watches the server."""

from __future__ import annotations

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.responses import JSONResponse

from dashboard.live import LiveStream
from models.clinical.clock import Clock, SystemClock
from models.store.ward_store import WardStore


def register(server: FastAPI, store: WardStore, clock: Clock, stream: LiveStream) -> None:
    @server.get("/healthz", include_in_schema=False)
    async def healthz() -> JSONResponse:
        works = {
            "database": await _answers(store),
            # A stepped wall clock moves no countdown, but whoever keeps the server should know.
            "clock": not (isinstance(clock, SystemClock) and clock.step_seconds),
            "live": stream.is_beating(),
        }
        return JSONResponse(works, status_code=200 if all(works.values()) else 503)


async def _answers(store: WardStore) -> bool:
    try:
        with anyio.fail_after(2):
            await anyio.to_thread.run_sync(store.ward, abandon_on_cancel=True)
    except Exception:  # noqa: BLE001 - whatever keeps it from answering, the answer is no
        return False
    return True
