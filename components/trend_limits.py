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
    plain = [row for row in rows if not (row.confirmed and row.level is Level.RED)]

    def least(level: Level) -> float | None:
        return min((row.at_least for row in plain if row.level is level and row.at_least is not None), default=None)

    def most(level: Level) -> float | None:
        return max((row.at_most for row in plain if row.level is level and row.at_most is not None), default=None)

    return Bands(
        amber_from=least(Level.AMBER), red_from=least(Level.RED), amber_to=most(Level.AMBER), red_to=most(Level.RED)
    )
