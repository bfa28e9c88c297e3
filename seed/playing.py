"""A whole scenario played without screens: a clock at any speed, and a solution file in the place of the learners."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from models.clinical.clock import ScenarioClock
from models.clinical.facts import VitalSignsRecorded
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus
from models.store.opening import create_store
from models.store.serialise import adapter, canonical
from models.store.ward_store import WardStore
from seed.acts import symptoms
from seed.conditions import fits
from seed.moments import DOING
from seed.scenario_file import Scenario
from seed.scenario_player import ScenarioPlayer
from seed.solution_file import Doing, Solution

BEAT_S = 1.0
"""Real seconds between two looks at the clock."""
MEASURE = "measure"


class Steady:
    """Seconds that pass when they are told to: a headless play waits for nothing."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Script:
    """Does what the solution says, at its time or when what it waits for has come."""

    player: ScenarioPlayer
    solution: Solution

    def __post_init__(self) -> None:
        self.waiting = [one for one in self.solution.acts if one.at is None]
        for one in self.solution.acts:
            if one.at is not None:
                self.plan(one, one.at)
        for branch_id, minute in self.solution.choices.items():
            self.player.at(self.player.scenario.moment(minute), DOING, partial(self.player.choose, branch_id))
        self.player.looked.append(self.look)

    def plan(self, doing: Doing, minute: float) -> None:
        self.player.at(self.player.scenario.moment(minute), DOING, lambda: self.do(doing))

    def look(self, chair: str, status: ChairStatus) -> None:
        for doing in [one for one in self.waiting if one.chair == chair and has_come(one, status)]:
            self.waiting.remove(doing)
            self.plan(doing, self.player.scenario.minute(status.now) + doing.wait)

    def do(self, doing: Doing) -> None:
        if doing.act != MEASURE:
            self.player.record(doing.chair, doing.act, doing.by, doing.body, device="learner")
            return
        taken = replace(self.player.measured(doing.chair), **symptoms(doing.body))
        body = {name: getattr(taken, name) for name in VitalSignsRecorded.__dataclass_fields__}
        body["symptoms"] = None if taken.symptoms is None else [one_symptom(one) for one in taken.symptoms]
        self.player.record(doing.chair, "vital_signs", doing.by, body, device="learner")


def one_symptom(symptom: object) -> dict[str, object]:
    return {name: getattr(symptom, name) for name in ("symptom", "severity", "change", "note")}


def has_come(doing: Doing, status: ChairStatus) -> bool:
    if doing.alert:
        return any(alert.what == doing.alert and alert.sounds for alert in status.alerts)
    watch = doing.when
    return watch is not None and sum(fits(fact.details, watch) for fact in status.facts) >= watch.count


def play_headless(
    scenario: Scenario, solution: Solution | None, folder: Path, protocol: Protocol, speed: float = 60.0
) -> ScenarioPlayer:
    """From its start to its end at `speed`; with no solution nobody does anything. The store stays open."""
    store = create_store(f"sqlite:///{folder / 'training.db'}", "training", scenario.title)
    steady = Steady()
    clock = ScenarioClock(scenario.started_at, speed, steady=steady)
    player = ScenarioPlayer(scenario, store, protocol, clock)
    if solution is not None:
        Script(player, solution)
    player.play(clock.now())
    while clock.now() < scenario.ends_at:
        steady.seconds += BEAT_S
        player.play(min(clock.now(), scenario.ends_at))
    return player


# ---- the same play? --------------------------------------------------------------------------------------------------


def record_lines(player: ScenarioPlayer) -> Iterator[str]:
    """Every fact of every infusion day of the ward, without the ids a store invents."""
    store: WardStore = player.store
    days = [day for day_id in player.days.values() for day in store.days_alongside(day_id)]
    for day in sorted(days, key=lambda one: (one.patient.patient_id, one.course, one.day)):
        for fact in day.facts:
            details = adapter(fact.kind).dump_python(fact.details, mode="json")
            yield canonical(
                [
                    day.patient.patient_id, day.course, day.day, fact.position, fact.kind, fact.happened_at.isoformat(),
                    fact.recorded_at.isoformat(), fact.recorded_by, fact.device, fact.caused_by, details,
                ]
            )  # fmt: skip


def record_hash(player: ScenarioPlayer) -> str:
    """Two plays with the same hash recorded the same."""
    return hashlib.sha256("\n".join(record_lines(player)).encode()).hexdigest()
