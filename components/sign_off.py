"""The control that says who is signed on, and signs them off; assets/live.js does it."""

from __future__ import annotations

from dash.development.base_component import Component

from components import html
from components.attributes import attributes


def sign_off_button(css: str, path: str = "") -> Component:
    """`signed on: Okafor · Sign off`; `path` where it is another sign-on than the ward's that ends."""
    name = [html.Span("signed on: ", className="signed-on-words"), html.B("", **attributes(data_who=""))]
    marks = attributes(data_sign_off=path)
    words = html.Span("Sign off", className="sign-off-words", **attributes(data_sign_off_words=""))
    return html.Button([html.Span(name), " ", words], type="button", className=f"sign-off {css}", **marks)
