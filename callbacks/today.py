"""The list of another date than today, read when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import anyio.to_thread
from dash import Dash, Input, Output
from dash.development.base_component import Component

from components.today_list import other_date
from models.charting import Charting


def register(app: Dash, charting: Charting) -> None:
    @app.callback(Output("other-days", "children"), Input("other-date", "data"))
    async def listed(asked: Mapping[str, Any] | None) -> Component | None:
        return await anyio.to_thread.run_sync(days_of, charting, asked)


def days_of(charting: Charting, asked: Mapping[str, Any] | None) -> Component | None:
    on = asked_date(asked)
    if on is None:
        return None
    zone, now, today = charting.store.ward().zone, charting.clock.now(), charting.local_date()
    return other_date(charting.statuses_on(on), on, now, zone, today)


def asked_date(asked: Mapping[str, Any] | None) -> date | None:
    text = asked.get("date") if isinstance(asked, Mapping) else None
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
