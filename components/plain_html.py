"""Turns components into HTML text, for forms that Dash never draws: nothing it renews can then touch what is typed.

A page of forty forms costs Dash seconds on a tablet, since each of its components listens to every change of any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from dash.development.base_component import Component

from components import html
from components.attributes import attributes

NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "autoComplete": "autocomplete"}
LEFT_OUT = ("children", "key")


def plain(text: str, css: str = "", ident: str = "") -> Component:
    """The place into which the browser puts this HTML once (assets/chair.js); Dash sees an empty element."""
    known: dict[str, Any] = {"id": ident} if ident else {}
    return html.Div(className=f"plain {css}".rstrip(), **known, **attributes(data_html=text))


def plain_html(drawn: Component | str | float | Iterable[Any] | None) -> str:
    if drawn is None:
        return ""
    if isinstance(drawn, Component):
        return _element(drawn)
    if isinstance(drawn, str | int | float):
        return escape(str(drawn))
    return "".join(plain_html(one) for one in drawn)


def _element(component: Component) -> str:
    props = {name: getattr(component, name) for name in component._prop_names if hasattr(component, name)}
    props |= {name: value for name, value in vars(component).items() if name.startswith(("data-", "aria-"))}
    if "data-html" in props:
        return f'<div class="{escape(props["className"])}">{props["data-html"]}</div>'
    tag = str(component._type).lower()
    opening = f"<{tag}{''.join(_attribute(name, value) for name, value in props.items() if name not in LEFT_OUT)}>"
    if tag in ("br", "hr", "img"):
        return opening
    return f"{opening}{plain_html(props.get('children'))}</{tag}>"


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if isinstance(value, dict):
        value = "; ".join(f"{one}: {said}" for one, said in value.items())
    return f' {NAMES.get(name, name)}="{escape(str(value), quote=True)}"'
