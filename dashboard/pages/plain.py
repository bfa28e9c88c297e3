"""The frame of pages that stand without Dash: sign-on, set-up, and a ward that cannot open."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from components import training_frame

STYLES = ("/assets-bootstrap/bootstrap.min.css", "/assets/ward.css", "/assets/live.css", "/assets/sign_on.css")


def title(words: str, mode: str) -> str:
    return f"TRAINING · {words} · Chairside" if mode == "training" else f"{words} · Chairside"


def plain_page(heading: str, body: str, mode: str, scripts: Sequence[str] = ()) -> str:
    """A whole page; `body` is html, the rest is text."""
    styles = "".join(f'<link rel="stylesheet" href="{path}">' for path in STYLES)
    at_end = "".join(f'<script src="{path}" defer></script>' for path in scripts)
    return (
        f'<!DOCTYPE html><html lang="en-GB" data-mode="{mode}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title(heading, mode))}</title>"
        f'<link rel="icon" href="/assets/icon.svg">{styles}<script src="/assets/theme.js"></script>{at_end}</head>'
        f'<body>{training_frame.frame_html(mode)}<main id="page" class="plain-page">'
        f"<h1>{escape(heading)}</h1>{body}</main></body></html>"
    )
