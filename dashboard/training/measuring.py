"""Measuring at a chair of a room: it takes a minute of the scenario, and gives what was true when it was begun."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from models.clinical.facts import VitalSignsRecorded
from models.clinical.refusal import Refusal
from models.clinical.vital_signs import MEASURED
from models.ward_status import WardStatus

if TYPE_CHECKING:
    from seed.scenario_player import ScenarioPlayer

TAKES = timedelta(minutes=1)
"""About as long as a cuff."""
NOBODY = "Nobody is in chair {chair} who could be measured."
NOT_ARRIVED = "The arrival of the patient of chair {chair} is not recorded yet."
NOT_BEGUN = "Nobody has begun to measure at chair {chair}."
NOT_READY = "The cuff at chair {chair} is still measuring."


class Measured(NamedTuple):
    """What stands on the device, and what the patient says when asked meanwhile."""

    begun_at: datetime
    values: VitalSignsRecorded
    says: tuple[str, ...]

    @property
    def ready_at(self) -> datetime:
        return self.begun_at + TAKES


class Measuring:
    """Of one ward of a room. One at a time at a chair: whoever begins meanwhile gets the same."""

    def __init__(self, player: ScenarioPlayer) -> None:
        self._player = player
        self._newest: dict[str, Measured] = {}

    def begin(self, ward: WardStatus, label: str) -> Measured:
        chair, view = sits_in(self._player, ward, label), ward.chair(label)
        if chair is None or view is None or view.status is None:
            raise Refusal(NOBODY.format(chair=label), field="chair")
        if not view.status.is_open:
            raise Refusal(NOT_ARRIVED.format(chair=label), field="chair")
        now, newest = self._player.clock.now(), self._newest.get(chair)
        if newest is None or now >= newest.ready_at:
            patient, minute = self._player.patients[chair], self._player.scenario.minute(now)
            newest = Measured(now, patient.measured(minute), patient.says(math.floor(minute)))
            self._newest[chair] = newest
        return newest

    def taken(self, ward: WardStatus, label: str) -> Measured:
        chair = sits_in(self._player, ward, label)
        newest = None if chair is None else self._newest.get(chair)
        if newest is None:
            raise Refusal(NOT_BEGUN.format(chair=label), field="chair")
        if self._player.clock.now() < newest.ready_at:
            raise Refusal(NOT_READY.format(chair=label))
        return newest


def sits_in(player: ScenarioPlayer, ward: WardStatus, label: str) -> str | None:
    """Whose patient, expected or moved here, this is: the chair of the scenario's file that the patient began in."""
    view = ward.chair(label)
    status = view.status if view is not None else None
    if status is None or status.phase.is_over:
        return None
    return next((chair for chair, day in player.days.items() if day == status.infusion_day_id), None)


def measured_json(measured: Measured) -> dict[str, Any]:
    values = {name: getattr(measured.values, name) for name in MEASURED}
    return {
        "begun_at": instant(measured.begun_at),
        "ready_at": instant(measured.ready_at),
        "values": values,
        "consciousness": measured.values.consciousness,
        "says": list(measured.says),
    }


def instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
