"""What stands at the ward's address when its database cannot be served: one page that says why."""

from __future__ import annotations

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from dashboard.factory import bootstrap_css
from dashboard.gate import refusal
from dashboard.pages.refused import refused_page
from dashboard.ward_dash import ASSETS


class RefusedWard:
    """Reads and writes nothing; `/healthz` answers 503."""

    def __init__(self, sentence: str, mode: str) -> None:
        self.sentence = sentence
        self.page = refused_page(sentence, mode)
        self.styles = {f"/assets/{path.name}": path.read_bytes() for path in ASSETS.glob("*.css")}
        self.styles["/assets-bootstrap/bootstrap.min.css"] = bootstrap_css()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        path = scope["path"]
        if path in self.styles:
            return Response(self.styles[path], media_type="text/css")
        if path == "/healthz":
            return JSONResponse({"database": False, "clock": True, "live": False}, status_code=503)
        if path.startswith(("/api", "/live")):
            return refusal(503, self.sentence)
        return HTMLResponse(self.page, status_code=503, headers={"cache-control": "no-store"})
