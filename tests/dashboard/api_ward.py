"""The API in front of a small real ward, called in this process; the sign-on is set as the gate sets it."""

from __future__ import annotations

from itertools import count
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from dashboard.api import register
from dashboard.gate import SignedOn
from dashboard.settings import Settings
from models.alarm_load import AlarmLoad
from models.clinical.protocol import Protocol
from models.live_ward import LiveWard
from tests.charting.ward import Ward


class ApiWard(Ward):
    """`signed_on` None: nobody is."""

    def __init__(self, url: str, protocol: Protocol) -> None:
        super().__init__(url, protocol)
        self.signed_on: SignedOn | None = SignedOn("okafor", "Ada Okafor", "nurse", 7)
        server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        live_ward = LiveWard(self.store, protocol, self.clock)
        register(server, self.charting, live_ward, self.store, Settings(), protocol, AlarmLoad(self.charting))

        async def gate(scope: Any, receive: Any, send: Any) -> None:
            scope.setdefault("state", {})["sign_on"] = self.signed_on
            await server(scope, receive, send)

        self.http = TestClient(gate, base_url="http://localhost", raise_server_exceptions=False)
        self._forms = count(1)

    def get(self, path: str) -> Any:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, key: str | None = None, **headers: Any) -> Any:
        """One entry; `position=4` sends X-Position: 4."""
        sent = {"Idempotency-Key": key or f"form-{next(self._forms)}"}
        sent |= {f"X-{name.replace('_', '-')}": str(value) for name, value in headers.items()}
        return self.http.post(path, json={} if body is None else body, headers=sent)

    def at(self, day_id: str, path: str, body: Any = None, key: str | None = None, **headers: Any) -> Any:
        return self.post(f"/api/infusion-days/{day_id}/{path}", body, key, **headers)

    def chair(self, label: str) -> Any:
        return next(one for one in self.get("/api/ward")["chairs"] if one["chair"] == label)
