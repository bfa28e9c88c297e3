"""Slowing before it is recorded, pausing and resuming, and the way out of the chair."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.clinical.refusal import Refusal
from models.clinical.status import InfusionState
from tests.charting.ward import Ward

# ---- the forecast at another rate ------------------------------------------------------------------------------------


def test_half_the_rate_takes_twice_the_rest_and_records_nothing(ward: Ward):
    day_id = ward.running()
    ward.minutes(120)
    before = ward.status(day_id)
    then = ward.charting.at_rate(day_id, 12.65)
    assert then.forecast_end is not None and before.forecast_end is not None
    assert abs(then.forecast_end - before.forecast_end - timedelta(hours=2)) < timedelta(seconds=2)
    assert ward.status(day_id).position == before.position


def test_the_forecast_says_when_the_bag_does_not_keep_so_long(ward: Ward):
    day_id = ward.running()
    assert ward.charting.at_rate(day_id, 25.3).bag_warning == ""
    assert "The bag expires" in ward.charting.at_rate(day_id, 6.0).bag_warning


@pytest.mark.parametrize("held", ["toilet", "reaction"])
def test_a_held_infusion_is_forecast_as_if_it_ran_on_now(ward: Ward, held: str):
    day_id = ward.paused(reason=held)
    then = ward.charting.at_rate(day_id, 12.65)
    assert then.state is InfusionState.RUNNING and then.rate_ml_per_hour == 12.65 and then.forecast_end is not None
    assert ward.status(day_id).state is InfusionState.PAUSED


@pytest.mark.parametrize("rate", [0.0, 2000.0])
def test_a_rate_that_cannot_be_is_not_forecast(ward: Ward, rate: float):
    with pytest.raises(Refusal) as refused:
        ward.charting.at_rate(ward.running(), rate)
    assert refused.value.field == "rate_ml_per_hour"


def test_without_an_open_infusion_there_is_no_rate_to_forecast(ward: Ward):
    for day_id in (ward.arrived(), ward.completed(1, "2")):
        with pytest.raises(Refusal, match="No infusion is open"):
            ward.charting.at_rate(day_id, 20)
