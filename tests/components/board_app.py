"""A Dash app without a ward that draws the board of hand-built statuses, so that its look can be judged alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import flask_bootstrap
from dash import Dash
from dash._utils import to_json
from flask import send_file
from werkzeug.serving import WSGIRequestHandler, make_server

from components import ward_board
from components.live_fragment import Fragment
from components.training_frame import frame_html
from tests.components.statuses import NOW, Ward

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "components" / "assets"
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"

# What assets/live.draw.js does, at a time that stands still.
TICK = """
const NOW = %d;
function words(count) {
  const h = Math.floor(count / 60), r = count %% 60;
  return h && r ? `${h}hr ${String(r).padStart(2, "0")}min` : h ? `${h}hr` : `${r}min`;
}
function text(e) {
  const until = e.dataset.until, ms = until ? +until - NOW : NOW - +e.dataset.since;
  const left = words(Math.max(0, Math.ceil(ms / 6e4))), gone = words(Math.max(0, Math.floor(Math.abs(ms) / 6e4)));
  if (e.dataset.form === "countdown") return ms > 0 ? "in " + left : "overdue " + gone;
  return until ? left : gone;
}
function share(from, to) { return Math.max(0, Math.min(100, 100 * (NOW - from) / (to - from))) + "%%"; }
function tick() {
  const each = (mark, act) => document.querySelectorAll(`[data-${mark}]`).forEach(act);
  const fill = (e, words) => { if (!e.firstChild) e.append(words); };
  each("form", e => fill(e, text(e)));
  each("now-from", e => e.style.left = share(+e.dataset.nowFrom, +e.dataset.nowTo));
  each("fill-from", e => e.style.width = share(+e.dataset.fillFrom, +e.dataset.fillTo));
  each("live", e => fill(e, "live · 1 s"));
  each("clock", e => fill(e, "14:23"));
  each("who", e => fill(e, "Okafor"));
}
new MutationObserver(tick).observe(document, { childList: true, subtree: true });
"""


def drawn(ward: Ward) -> dict[str, dict]:
    """Every fragment of the board as the stream would send it."""
    made = ward_board.fragments(ward)
    plain = {one: f.props() if isinstance(f, Fragment) else f for one, f in made.items()}
    return json.loads(to_json(plain))


def index(mode: str, theme: str) -> str:
    tick = TICK % int(NOW.timestamp() * 1000)
    return (
        f'<!doctype html><html lang="en-GB" data-mode="{mode}" data-bs-theme="{theme}"><head><title>Ward board</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">{%metas%}'
        '<link rel="stylesheet" href="/bootstrap.css">{%css%}'
        f"</head><body>{frame_html(mode)}{{%app_entry%}}<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>"
        f"<script>{tick}</script></body></html>"
    )


def board_app(ward: Ward, wall: bool = False, theme: str = "light") -> Dash:
    """The board filled from its fragments at once, as the first event of the stream would do."""
    app = Dash(__name__, assets_folder=str(ASSETS), assets_ignore=r"^(?!board\.|ward\.|icons\.)")
    app.index_string = index(ward.mode, theme)
    app.layout = filled(ward_board.layout(ward, wall), drawn(ward))
    return app


@contextmanager
def served_board(ward: Ward, wall: bool = False, theme: str = "light") -> Iterator[str]:
    """The board on a free port of this machine; gives its address."""
    app = board_app(ward, wall, theme)
    app.server.add_url_rule("/bootstrap.css", "bootstrap", lambda: send_file(BOOTSTRAP))
    server = make_server("127.0.0.1", 0, app.server, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """The pictures speak for themselves."""


def filled(layout, props: dict[str, dict]):
    def fill(component):
        for name, value in props.get(getattr(component, "id", None), {}).items():
            setattr(component, name, value)
        return component

    for component in layout._traverse():
        if hasattr(component, "id"):
            fill(component)
    return layout
