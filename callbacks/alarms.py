"""The alarm statistics of a period, counted when it is asked for."""

from __future__ import annotations

import anyio.to_thread
from dash import Dash, Input, Output
from dash.development.base_component import Component

from components.alarm_figures import alarm_figures
from components.alarm_page import PERIODS
from models.alarm_load import AlarmLoad


def register(app: Dash, alarm_load: AlarmLoad) -> None:
    @app.callback(Output("alarm-figures", "children"), Input("alarm-period", "data-asked"))
    async def counted(asked: str | None) -> Component:
        return await anyio.to_thread.run_sync(figures_of, alarm_load, asked)


def figures_of(alarm_load: AlarmLoad, asked: str | None) -> Component:
    days = asked_days(asked)
    return alarm_figures(alarm_load.of_last(days), PERIODS[days], alarm_load.zone)


def asked_days(asked: object) -> int:
    """`7 3`: how many days, and the how-manieth time this screen asks; anything else is today."""
    text = str(asked).split()[0] if asked else ""
    return int(text) if text.isdecimal() and int(text) in PERIODS else min(PERIODS)
