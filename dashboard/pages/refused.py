"""The full-page refusal: why there is no ward to see here, and what to do."""

from __future__ import annotations

from html import escape

from dashboard.pages.plain import plain_page


def refused_page(sentence: str, mode: str, heading: str = "The ward cannot be opened") -> str:
    return plain_page(heading, f'<p class="refusal" role="alert">{escape(sentence)}</p>', mode)


def no_such_page(path: str, mode: str) -> str:
    body = f'<p>There is no page {escape(path)} on this ward.</p><p><a href="/">To the ward board</a></p>'
    return plain_page("No such page", body, mode)
