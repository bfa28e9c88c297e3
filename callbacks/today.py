"""The list of another date than today, read when it is asked for."""

from __future__ import annotations

from datetime import date

import anyio.to_thread
from dash import Dash, Input, Output
from dash.development.base_component import Component

from components.today_list import other_date
from models.charting import Charting


def register(app: Dash, charting: Charting) -> None:
    @app.callback(Output("other-days", "children"), Input("other-date", "data-asked"))
    async def listed(asked: str | None) -> Component | None:
        return await anyio.to_thread.run_sync(days_of, charting, asked)


def days_of(charting: Charting, asked: str | None) -> Component | None:
    on = asked_date(asked)
    if on is None:
        return None
    zone, now, today = charting.store.ward().zone, charting.clock.now(), charting.local_date()
    return other_date(charting.statuses_on(on), on, now, zone, today)


def asked_date(asked: object) -> date | None:
    """`2026-11-21 3`: the date, and the how-manieth time this screen asks."""
    try:
        return date.fromisoformat(str(asked).split()[0]) if asked else None
    except ValueError:
        return None
