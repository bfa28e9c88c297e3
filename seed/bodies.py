"""The bodies of a file's acts with their words for times and chairs made into moments and infusion days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from seed.fields import minute_of_day
from seed.scenario_file import Scenario

TIMES = ("happened_at", "until", "try_again_at", "asked_at")
"""Fields that hold a time: written by the ward's clock, or in minutes from now."""
OTHER_CHAIR = "with"
"""Of a swap: the chair in the file, the infusion day in charting."""


def with_moments(body: Mapping[str, Any], now: datetime, scenario: Scenario, days: Mapping[str, str]) -> dict[str, Any]:
    told = dict(body)
    for name in TIMES:
        if name in told:
            told[name] = moment(told[name], now, scenario)
    if OTHER_CHAIR in told:
        told[OTHER_CHAIR] = days.get(told[OTHER_CHAIR], "")
    return told


def moment(told: str | float, now: datetime, scenario: Scenario) -> datetime:
    minute = minute_of_day(told)
    if minute is None:
        return now + timedelta(minutes=float(told))
    return scenario.moment(minute - (minute_of_day(scenario.starts) or 0.0))
