"""A Dash app without a ward that draws the board of hand-built statuses, so that its look can be judged alone."""

from __future__ import annotations

import json
from pathlib import Path

import flask_bootstrap
from dash import Dash
from dash._utils import to_json

from components import ward_board
from components.live_fragment import Fragment
from components.training_frame import frame_html
from tests.components.statuses import NOW, Ward

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "components" / "assets"
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"

TICK = """
const NOW = %d;
function words(ms) { const m = Math.max(0, ms); const h = Math.floor(m / 60), r = m %% 60;
  return h && r ? `${h}hr ${String(r).padStart(2, "0")}min` : h ? `${h}hr` : `${r}min`; }
function text(e) {
  const until = e.dataset.until, ms = until ? +until - NOW : NOW - +e.dataset.since, form = e.dataset.form;
  if (form === "age") return words(Math.floor(ms / 6e4)) + " ago";
  if (form === "countdown") return ms >= 0 ? "in " + words(Math.ceil(ms / 6e4)) : "overdue " + words(Math.floor(-ms / 6e4));
  return words(until ? Math.ceil(ms / 6e4) : Math.floor(ms / 6e4)); }
function share(from, to) { return Math.max(0, Math.min(100, 100 * (NOW - from) / (to - from))) + "%%"; }
new MutationObserver(() => tick()).observe(document, { childList: true, subtree: true });
function tick() {
  for (const e of document.querySelectorAll("[data-form]")) if (!e.firstChild) e.append(text(e));
  for (const e of document.querySelectorAll("[data-now-from]")) e.style.left = share(+e.dataset.nowFrom, +e.dataset.nowTo);
  for (const e of document.querySelectorAll("[data-fill-from]")) e.style.width = share(+e.dataset.fillFrom, +e.dataset.fillTo);
  for (const e of document.querySelectorAll("[data-live]")) if (!e.firstChild) e.append("live · 1 s");
  for (const e of document.querySelectorAll("[data-clock]")) if (!e.firstChild) e.append("14:23");
}
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
        '<meta name="viewport" content="width=device-width, initial-scale=1">{%metas%}{%css%}'
        f"</head><body>{frame_html(mode)}{{%app_entry%}}<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>"
        f"<script>{tick}</script></body></html>"
    )


def board_app(ward: Ward, wall: bool = False, theme: str = "light") -> Dash:
    """The board filled from its fragments at once, as the first event of the stream would do."""
    app = Dash(__name__, assets_folder=str(ASSETS), assets_ignore="(live|record|keypad|sign_on|theme|setup).*")
    app.index_string = index(ward.mode, theme)
    app.layout = filled(ward_board.layout(ward, wall), drawn(ward))
    return app


def filled(layout, props: dict[str, dict]):
    def fill(component):
        for name, value in props.get(getattr(component, "id", None), {}).items():
            setattr(component, name, value)
        return component

    for component in layout._traverse():
        if hasattr(component, "id"):
            fill(component)
    return layout
