"""Plays a scenario through charting: what the file brings about at its time, and what follows from what is done.

Between two moments nothing happens, and every moment is played at its own simulated time, however fast or coarse the
clock that leads it: that is why a play at ×60 is the play at ×1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from threading import RLock
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from models.charting import Act, Charting
from models.charting.recorder import Announce
from models.clinical.clock import Clock
from models.clinical.facts import Fact, VitalSignsRecorded
from models.clinical.protocol import Protocol
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus
from models.store.ward_store import WardStore
from seed.acts import ACTS
from seed.bodies import with_moments
from seed.branches import Branches
from seed.injected import injected_words
from seed.moments import ENTRY, Due, Happened, Heard, MomentClock
from seed.scenario_file import Branch, Change, Scenario
from seed.scenario_ward import furnish
from seed.simulated_patient import SimulatedPatient


class ScenarioPlayer:
    """One ward in one scenario. `now` of the clock leads; call `play` when it has moved, or at `next_at`.

    Whoever records beside it calls `noticed` afterwards, from any thread: one thing at a time is played.
    """

    def __init__(
        self,
        scenario: Scenario,
        store: WardStore,
        protocol: Protocol,
        clock: Clock,
        announce: Announce = lambda day_ids: None,
        pin_hash: str = "",
    ) -> None:
        if store.ward().mode != "training":
            raise Refusal("A scenario is played in a training ward only. Nothing was recorded.")
        self.scenario = scenario
        self.protocol = protocol
        self.store = store
        self.clock = MomentClock(clock)
        self._turn = RLock()
        self.charting = Charting(store, protocol, self.clock, announce)
        self.patients = {chair.chair: SimulatedPatient(scenario, chair) for chair in scenario.chairs}
        self.days = furnish(store, protocol, scenario, self.patients, pin_hash)
        self.branches = Branches(scenario)
        self.course: list[Happened] = []
        self.heard: list[Heard] = []
        self.statuses: dict[str, ChairStatus] = {}
        self.looked: list[Callable[[str, ChairStatus], None]] = []
        """Called with every new status of a chair, for whoever plays by what the ward shows."""
        self.facts: dict[str, tuple[Fact, ...]] = {}
        """Of every chair, as recorded by the newest `noticed`."""
        self._due: list[Due] = []
        self._to_look: dict[str, datetime] = {}
        self._next: datetime | None = None
        self._number = 0
        self._standing: dict[str, frozenset[str]] = {chair: frozenset() for chair in self.days}
        for chair in scenario.chairs:
            self.facts[chair.chair] = self.charting.day(self.days[chair.chair]).facts
            self._to_look[chair.chair] = scenario.started_at
            for step in chair.steps:
                self._plan(chair.chair, scenario.moment(step.at), step)
        self._find_next()

    # ---- time --------------------------------------------------------------------------------------------------------

    def at(self, moment: datetime, rank: int, play: Callable[[], None]) -> None:
        self._number += 1
        self._due.append(Due(moment, rank, self._number, play))
        self._next = min(self._next or moment, moment)

    @property
    def next_at(self) -> datetime | None:
        """When something will happen by itself next; None when nothing will before the end."""
        return self._next if self._next is not None and self._next <= self.scenario.ends_at else None

    def _find_next(self) -> None:
        moments = [*(one.at for one in self._due), *self._to_look.values()]
        moments += [at for branch in self.branches.waiting() if (at := self._branch_at(branch)) is not None]
        moments += [status.deadlines[0] for status in self.statuses.values() if status.deadlines]
        self._next = min(moments, default=None)

    def play(self, now: datetime) -> None:
        """Everything that falls before or on `now`, each at its own moment and in its own order."""
        with self._turn:
            while (moment := self.next_at) is not None and moment <= now:
                self.clock.playing = max(moment, self._recorded_at)
                try:
                    self._play_moment(moment)
                finally:
                    self.clock.playing = None

    @property
    def _recorded_at(self) -> datetime:
        """No entry of the file is made before what somebody who plays has recorded already."""
        return max(facts[-1].recorded_at for facts in self.facts.values() if facts)

    def _play_moment(self, moment: datetime) -> None:
        while due := [one for one in self._due if one.at <= moment]:
            first = min(due, key=lambda one: (one.at, one.rank, one.number))
            self._due.remove(first)
            first.play()
        for branch in list(self.branches.waiting()):
            if (at := self._branch_at(branch)) is not None and at <= moment:
                self.take(branch, moment)
        late = [chair for chair, at in self._to_look.items() if at <= moment]
        late += [chair for chair, one in self.statuses.items() if one.deadlines and one.deadlines[0] <= moment]
        for chair in sorted(set(late)):
            self.look(chair)
        self._find_next()

    # ---- what the ward shows -----------------------------------------------------------------------------------------

    def look(self, chair: str) -> None:
        """At the chair as it stands at this moment: alerts that are new are heard."""
        status = self.charting.status(self.days[chair])
        self.statuses[chair] = status
        self._to_look.pop(chair, None)
        standing = frozenset(alert.id for alert in status.alerts)
        for alert in status.alerts:
            if alert.id not in self._standing[chair]:
                self.heard.append(Heard(self.clock.now(), chair, alert.id, alert.what, alert.priority, alert.words))
        self._standing[chair] = standing
        for listener in self.looked:
            listener(chair, status)

    def noticed(self) -> None:
        """Somebody recorded something: branches that waited for it are taken, and what it changed is looked at."""
        with self._turn:
            moment = None
            newest = self.store.positions(list(self.days.values()))
            for chair, day_id in self.days.items():
                known = self.facts[chair]
                if newest[day_id] > known[-1].position:
                    self.facts[chair] = known + self.store.facts_after(day_id, known[-1].position)
                    self._to_look[chair] = self.facts[chair][-1].recorded_at
                    moment = max(moment or self._to_look[chair], self._to_look[chair])
            # As of the moment it was recorded at, not of the one at which it is noticed: what follows is the same
            # however busy the machine is.
            for branch in list(self.branches.waiting()):
                if self.branches.is_met(branch, self.facts):
                    self.take(branch, moment or self.clock.now())
            self._find_next()

    # ---- branches ----------------------------------------------------------------------------------------------------

    def choose(self, branch_id: str) -> None:
        """The trainer's choice."""
        with self._turn:
            branch = next((one for one in self.branches.choices() if one.id == branch_id), None)
            if branch is None:
                raise Refusal(f"The scenario offers no choice “{branch_id}” now.")
            self.take(branch, self.clock.now())
            self._find_next()

    def take(self, branch: Branch, moment: datetime) -> None:
        self.branches.taken[branch.id] = moment
        minute = self.scenario.minute(moment)
        later = [(minute + step.after, step) for step in branch.steps]
        self.patients[branch.chair].goes_on(minute, later, replaces=branch.replaces and bool(later))
        self.told(moment, branch.chair, "branch", branch.words or branch.id)
        if branch.harm:
            self.told(moment, branch.chair, "harm", branch.harm)
        for at, step in later:
            self._plan(branch.chair, self.scenario.moment(at), step)

    # ---- what the trainer does ---------------------------------------------------------------------------------------

    def inject(self, chair: str, change: Change, minutes: float = 0) -> None:
        """Other values `minutes` from now, a symptom, a colleague's entry; what the file planned goes on after it."""
        with self._turn:
            now = self.clock.now()
            at = self.scenario.minute(now) + minutes
            self.told(now, chair, "trainer", injected_words(change, minutes))
            self.patients[chair].goes_on(self.scenario.minute(now), [(at, change)], replaces=False)
            self._plan(chair, self.scenario.moment(at), change)
            self._find_next()

    def mark(self, words: str, chair: str = "") -> None:
        """A moment to come back to in the debrief."""
        self.told(self.clock.now(), chair, "note", words)

    def _branch_at(self, branch: Branch) -> datetime | None:
        if branch.choice or branch.did is not None:
            return None
        if branch.not_done is not None and self.branches.is_done(branch, self.facts):
            return None
        return self.branches.due_at(branch, self.facts)

    # ---- what the file brings about ----------------------------------------------------------------------------------

    def _plan(self, chair: str, moment: datetime, step: Change) -> None:
        """A step before the start has been recorded already."""
        if moment < self.scenario.started_at or not (step.act or step.happens or step.symptoms):
            return
        self.at(moment, ENTRY, lambda: self._bring_about(chair, moment, step))

    def _bring_about(self, chair: str, moment: datetime, step: Change) -> None:
        if step.happens:
            self.told(moment, chair, "ward" if step.act else "patient", step.happens)
        for told in step.symptoms:
            words = told.says or (f"{told.symptom}: {told.change}" if told.change != "new" else told.symptom)
            self.told(moment, chair, "patient", words)
        if step.act:
            self.record(chair, step.act, step.by, step.body, device="scenario")

    def told(self, at: datetime, chair: str, kind: str, words: str) -> None:
        self.course.append(Happened(at, chair, kind, words))

    # ---- recording ---------------------------------------------------------------------------------------------------

    def measured(self, chair: str) -> VitalSignsRecorded:
        """What a set taken now would hold: the patient's values, and what the patient says when asked."""
        minute = self.scenario.minute(self.clock.now())
        patient, status = self.patients[chair], self.charting.status(self.days[chair])
        asked = [one.happened_at for one in status.sets if one.symptoms is not None and one.struck is None]
        asked_at = self.scenario.minute(asked[-1]) if asked else None
        return replace(patient.measured(minute), symptoms=patient.told(minute, status.open_symptoms, asked_at))

    def record(self, chair: str, act: str, by: str, body: Mapping[str, Any], device: str) -> bool:
        """One act, as its method of charting decides it; a refusal is told, not raised."""
        now = self.clock.now()
        self._number += 1
        key = str(uuid5(NAMESPACE_URL, f"{self.scenario.seed}/{device}/{chair}/{act}/{now.isoformat()}/{self._number}"))
        told = with_moments(body, now, self.scenario, self.days)
        happened_at = told.pop("happened_at", None)
        try:
            ACTS[act](
                self.charting, Act(key=key, staff=by, device=device, happened_at=happened_at), self.days[chair], told
            )
        except Refusal as refusal:
            self.told(now, chair, "refused", f"{act}: {refusal.sentence}")
            return False
        self.noticed()
        return True
