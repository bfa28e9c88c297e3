"""The ward of a scenario as it stands when the scenario starts: set up and recorded before it, through charting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.charting import Charting
from models.clinical.clock import StoppedClock
from models.clinical.protocol import Protocol
from models.clinical.vital_signs import MEASURED
from models.store.ward_store import WardStore
from seed.days import Planned, Spelling
from seed.scenario_file import Chair, Scenario
from seed.simulated_patient import SimulatedPatient
from seed.training_ward import BOOKED_BEFORE, Replay, load, set_up, when

HOUR_ONE = {"arrive": 105, "checks": 100, "baseline": 90, "medication": 75, "prepare": 40, "before_start": 5}
"""Minutes before the infusion starts, as on the example day; a chair may say otherwise."""

WardTable = Mapping[str, Any]


def ward_table(scenario: Scenario, patients: Mapping[str, SimulatedPatient]) -> WardTable:
    """The training ward's people, answers and earlier days, with the chairs of the scenario."""
    chairs = [chair_table(one, patients[one.chair]) for one in scenario.chairs]
    return {**load(), "seed": scenario.seed, "zone": scenario.zone, "hour_one": HOUR_ONE, "chairs": chairs}


def chair_table(chair: Chair, patient: SimulatedPatient) -> WardTable:
    """As a ward's data file would write it; every value is the patient's at that time."""
    told = chair.model_dump(
        include={"chair", "course", "day", "nurse", "first_day", "planned", "arrived", "start", "complete", "hour_one"},
        exclude_none=True,
    )
    told |= {"patient": chair.patient.model_dump(), "steps": [(one.at, one.act, one.body) for one in chair.recorded]}
    told["first_day"] = [round(value) for value in (chair.first_day or chair.steps[0].values or ())[:3]]
    if chair.start is not None:
        times = {**HOUR_ONE, **chair.hour_one}
        told["baseline"] = readings(patient, chair.start - times["baseline"])
        told["before_start"] = readings(patient, chair.start - times["before_start"])
        told["sets"] = [(minute, *readings(patient, minute)) for minute in chair.rounds]
    return told


def readings(patient: SimulatedPatient, minute: float) -> Sequence[float]:
    found = patient.measured(minute)
    return [getattr(found, name) for name in MEASURED]


def furnish(
    store: WardStore,
    protocol: Protocol,
    scenario: Scenario,
    patients: Mapping[str, SimulatedPatient],
    pin_hash: str = "",
) -> Mapping[str, str]:
    """Fills an empty training database up to the moment the scenario starts; chair → infusion day."""
    ward, now = ward_table(scenario, patients), scenario.started_at
    set_up(store, ward, pin_hash)
    spelling = Spelling(ward, protocol, today=scenario.date)
    planned: list[Planned] = [day for chair in ward["chairs"] for day in spelling.days(chair)]
    clock = StoppedClock(min(when(now, day, day.first_minute) for day in planned) - BOOKED_BEFORE)
    replay = Replay(ward, Charting(store, protocol, clock, announce=lambda day_ids: None), clock, now)
    replay.run(planned)
    return {chair: day_id for (chair, days_ago), day_id in replay.day_ids.items() if days_ago == 0}
