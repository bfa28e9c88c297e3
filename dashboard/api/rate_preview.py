"""What another rate would mean before it is recorded: the end of the infusion, and whether the bag keeps so long."""

# Annotations are read at run time here: they must not become text.

from typing import Annotated

from fastapi import APIRouter, Path, Query

from dashboard.api.answers import Json, plain
from models.charting import Charting

SMALLEST_RATE, LARGEST_RATE = 0.001, 9999


def add_rate_preview(router: APIRouter, charting: Charting) -> None:
    @router.get("/infusion-days/{day_id}/rate-preview", tags=["reads"], summary="The forecast at another rate")
    def rate_preview(
        day_id: Annotated[str, Path(max_length=100, description="`infusion_day_id`")],
        rate_ml_per_hour: Annotated[float, Query(ge=SMALLEST_RATE, le=LARGEST_RATE, allow_inf_nan=False)],
    ) -> Json:
        now, then = charting.status(day_id), charting.at_rate(day_id, rate_ml_per_hour)
        return {
            "rate_ml_per_hour": rate_ml_per_hour,
            "forecast_end": plain(then.forecast_end),
            "forecast_end_now": plain(now.forecast_end),
            "bag_expires_at": plain(then.bag_expires_at),
            "bag_warning": then.bag_warning,
        }
