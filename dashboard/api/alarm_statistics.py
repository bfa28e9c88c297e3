"""What today's alerts have cost, for whoever watches the alarm load."""

# Annotations are read at run time here: they must not become text.

from fastapi import APIRouter

from dashboard.api.answers import Json, plain
from models.alarm_statistics import alarm_statistics
from models.charting import Charting


def add_alarm_statistics(router: APIRouter, charting: Charting) -> None:
    @router.get("/alarm-statistics", tags=["reads"], summary="What today's alerts cost: raised, answered, confirmed")
    def statistics() -> Json:
        days = [(day, charting.course(day)) for day in charting.store.open_days(charting.local_date())]
        told: Json = plain(alarm_statistics(days, charting.protocol, charting.clock.now()))
        return told
