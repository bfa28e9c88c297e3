"""Fragments as the JSON that Dash's renderer reads in the browser."""

from __future__ import annotations

import json
from typing import Any


def as_json(value: Any) -> str:
    return _ENCODER.encode(value)


def _component(value: Any) -> Any:
    return value.to_plotly_json()


_ENCODER = json.JSONEncoder(default=_component, separators=(",", ":"), check_circular=False, allow_nan=False)
