"""What the alerts of the last days have cost, for whoever watches the alarm load."""

# Annotations are read at run time here: they must not become text.

from typing import Annotated

from fastapi import APIRouter, Query

from dashboard.api.answers import Json, plain
from models.alarm_load import MOST_DAYS, AlarmLoad

Days = Annotated[int, Query(ge=1, le=MOST_DAYS, description="Today and the dates before it, so many together")]


def add_alarm_statistics(router: APIRouter, alarm_load: AlarmLoad) -> None:
    @router.get("/alarm-statistics", tags=["reads"], summary="What alerts cost: raised, answered, confirmed")
    def statistics(days: Days = 1) -> Json:
        told: Json = plain(alarm_load.of_last(days))
        return told
