"""Dash as this ward serves it: one page document per live page, only the scripts that page needs, no web sockets."""

from __future__ import annotations

import json
import re
from contextvars import ContextVar
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dash import Dash, html
from dash.backends._fastapi import FastAPIDashServer
from dash.development.base_component import Component
from fastapi import FastAPI
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components import training_frame, ward_alarms
from dashboard.gate import READS, is_page, log_without_details
from dashboard.pages import LivePage, Pages, page_of
from dashboard.pages.plain import title
from dashboard.pages.refused import no_such_page
from models.live_ward import LiveWard

ASSETS = Path(__file__).parents[1] / "components" / "assets"
EVERY_PAGE = (
    "/deps/react",
    "/deps/prop-types",
    "/dash-renderer/",
    "/html/",
    "/assets/alerts.js",
    "/assets/live.",
    "/assets/ward.css",
    "<script>",
)
DEBRIEF = re.compile(r"/training/[^/]+/debrief")
CONNECTING = '<div id="react-entry-point"><p class="connecting">Connecting to the ward …</p></div>'

_page: ContextVar[tuple[LivePage, str] | None] = ContextVar("chairside_page", default=None)
"""The live page this request is about, and the path under which Dash's own requests for it come."""


class WardDash(Dash):
    """`build` names this version of the program: a screen of another one loads itself anew."""

    def __init__(self, server: FastAPI, live_ward: LiveWard, mode: str, build: str) -> None:
        # Dash's socket passes no gate of ours and gives up after minutes; the stream does its work.
        FastAPIDashServer.websocket_capability = False
        super().__init__(
            "chairside",
            server=server,  # type: ignore[arg-type]  # Dash's hint knows Flask only
            assets_folder=str(ASSETS),
            assets_ignore=r"^(sign_on|join|theme)\.",
            compress=True,
            update_title=None,  # type: ignore[arg-type]  # never "Updating..." in the title
            suppress_callback_exceptions=True,
            on_error=log_without_details,
        )
        self.live_ward = live_ward
        self.mode = mode
        self.build = build
        self.layout = self._page_layout

    def _page_layout(self) -> Component:
        shown = _page.get()
        if shown is None:
            return html.Div(id="page")
        try:
            return shown[0].layout(self.live_ward.status())
        except Exception as bug:
            # Dash answers 500 and says nothing to the log.
            log_without_details(bug)
            raise

    def interpolate_index(  # type: ignore[override]  # as Dash's documentation overrides it
        self, **parts: str
    ) -> str:
        shown = _page.get()
        assert shown is not None, "Dash's page is reached through its path only"
        page, prefix = shown
        scripts = "\n".join(line for line in parts["scripts"].splitlines() if _loads(page, line))
        styles = "\n".join(line for line in parts["css"].splitlines() if _loads(page, line))
        return (
            f'<!DOCTYPE html>\n<html lang="en-GB" data-mode="{self.mode}" data-page="{escape(page.key)}" '
            f'data-build="{self.build}">\n<head>{parts["metas"]}\n'
            f"<title>{escape(title(page.title, self.mode))}</title>\n"
            '<link rel="icon" href="/assets/icon.svg">\n<script src="/assets/theme.js"></script>\n'
            f'<link rel="stylesheet" href="/assets-bootstrap/bootstrap.min.css">\n{styles}\n</head>\n'
            f'<body>{training_frame.frame_html(self.mode)}<div id="notices"></div>'
            f"{ward_alarms.place_html()}\n{CONNECTING}\n"
            f"<footer>{_config(parts['config'], prefix)}\n{scripts}\n{parts['renderer']}</footer></body>\n</html>"
        )

    def script_hashes(self) -> str:
        """For the content security policy: Dash's inline scripts, known once every callback is registered."""
        return " ".join(f"'{one}'" if not one.startswith("'") else one for one in self.csp_hashes())


def _loads(page: LivePage, line: str) -> bool:
    named = re.search(r'(?:src|href)="([^"]*)"', line)
    if named is None:
        return True
    return any(part in named[1] for part in (*EVERY_PAGE, *page.loads))


def _config(script: str, prefix: str) -> str:
    """Dash's settings for the browser, with this page's own path and without the server's Python version."""
    before, config, after = re.split(r"(?<=>)(\{.*\})(?=<)", script, flags=re.DOTALL)
    settings: dict[str, Any] = json.loads(config) | {"requests_pathname_prefix": prefix, "python_version": ""}
    return before + json.dumps(settings).replace("<", "\\u003c") + after


class PagePaths:
    """Dash knows one page, `/`: every page's path, and what Dash asks for under it, is led there."""

    def __init__(self, server: ASGIApp, live_ward: LiveWard, mode: str, pages: Pages) -> None:
        self.server = server
        self.live_ward = live_ward
        self.mode = mode
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, dash, asked = scope["path"].partition("/_dash-")
        is_dash = bool(dash) and not asked.startswith("component-suites")
        if is_dash or (self._is_drawn(scope["path"]) and scope["method"] in READS):
            if path in ("", "/") and not is_dash and b"wall" in scope["query_string"].split(b"&"):
                path = "/wall"
            page = page_of(path, self.live_ward.status(), self.pages)
            if page is None:
                await HTMLResponse(no_such_page(path, self.mode), status_code=404)(scope, receive, send)
                return
            _page.set((page, quote(f"{path.rstrip('/')}/")))
            scope = {**scope, "path": f"/_dash-{asked}" if is_dash else "/", "raw_path": b""}
        may_be_junk = scope["path"].startswith(("/_dash-update-component", "/_dash-component-suites"))
        await self.server(scope, receive, _not_our_fault(send) if may_be_junk else send)

    def _is_drawn(self, path: str) -> bool:
        """A page, and Dash draws it: not a room's debrief, on which nothing is live."""
        is_debrief = self.mode == training_frame.TRAINING and DEBRIEF.fullmatch(path) is not None
        return is_page(path) and not is_debrief


def _not_our_fault(send: Send) -> Send:
    """Dash answers 500 to what it cannot read; a fault inside a callback goes to `on_error` and never gets here."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 500:
            message = {**message, "status": 400}
        await send(message)

    return sending
