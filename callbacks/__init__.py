"""What a tap or a typed digit does on a page; nothing here records anything."""

from __future__ import annotations

from dash import Dash

from callbacks import alarms, chair, today
from models.alarm_load import AlarmLoad
from models.charting import Charting
from models.live_ward import LiveWard


def register(app: Dash, charting: Charting, live_ward: LiveWard, alarm_load: AlarmLoad) -> None:
    """Recording goes through the API; callbacks serve what needs no guarantee."""
    chair.register(app, live_ward)
    today.register(app, charting)
    alarms.register(app, alarm_load)
