"""The frame that says TRAINING around every page of a training ward: grey, so that it never outshouts a level."""

from __future__ import annotations

from components import html

WORD = "TRAINING"
TRAINING = "training"


def frame_html(mode: str) -> str:
    """For the page's index, outside what Dash draws; `data-clock-rate` is filled by the browser from the tick."""
    if mode != TRAINING:
        return ""
    return (
        '<div class="training-frame" aria-hidden="true"></div>'
        f'<aside class="training-tab" aria-label="{WORD}"><strong>{WORD}</strong> · invented patients'
        "<span data-clock-rate></span></aside>"
    )


def training_word(mode: str) -> list[html.Span]:
    """The word in a page's own head, where the frame has no room for its tab."""
    return [html.Span(WORD, className="training-word")] if mode == TRAINING else []


def title(words: str, mode: str) -> str:
    """The browser's title of a page."""
    return f"{WORD} · {words}" if mode == TRAINING else words
