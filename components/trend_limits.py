"""Where the limit bands of a chart lie: the plain value limits of one parameter, as the protocol has them."""

from __future__ import annotations

from dataclasses import dataclass

from models.clinical.findings import Level
from models.clinical.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Bands:
    """A side without a limit is None; a red limit that needs a confirming value is left to the level's own words."""

    amber_from: float | None
    red_from: float | None
    amber_to: float | None
    red_to: float | None


def bands(protocol: Protocol, parameter: str) -> Bands:
    rows = [row for row in protocol.limits if row.parameter == parameter and row.measure == "value"]
    high = {
        level: [
            r.at_least
            for r in rows
            if r.level is level and r.at_least is not None and not (r.confirmed and level is Level.RED)
        ]
        for level in Level
    }
    low = {
        level: [
            r.at_most
            for r in rows
            if r.level is level and r.at_most is not None and not (r.confirmed and level is Level.RED)
        ]
        for level in Level
    }
    return Bands(
        amber_from=min(high[Level.AMBER], default=None),
        red_from=min(high[Level.RED], default=None),
        amber_to=max(low[Level.AMBER], default=None),
        red_to=max(low[Level.RED], default=None),
    )
