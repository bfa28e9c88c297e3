"""Fragments as the JSON that Dash's renderer reads in the browser."""

from __future__ import annotations

import json
from typing import Any

from dash.development.base_component import Component

ABOUT_THE_KIND = ("_", "available_")
"""How the attributes of a component begin that say what it may hold; all others are its properties."""


def as_json(value: Any) -> str:
    return _ENCODER.encode(value)


def _component(value: Any) -> Any:
    """Dash's own `to_plotly_json` asks every property a component might have: most of the cost of a change."""
    if not isinstance(value, Component):
        return value.to_plotly_json()
    own = {name: held for name, held in vars(value).items() if not name.startswith(ABOUT_THE_KIND)}
    return {"props": own, "type": value._type, "namespace": value._namespace}


_ENCODER = json.JSONEncoder(default=_component, separators=(",", ":"), check_circular=False, allow_nan=False)
