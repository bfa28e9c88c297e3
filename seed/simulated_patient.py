"""The simulated patient: what would be measured and said at any moment, from the file and its seed.

A value stands on a line between the steps of the file. Noise lies around the line, nothing at a step's own minute and
all of it from ten minutes away; it depends on seed, chair, parameter and minute only, so nobody's order of asking, no
process and no zone changes it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from models.clinical.facts import Symptom, VitalSignsRecorded
from models.clinical.vital_signs import MEASURED, PARAMETERS
from seed.scenario_file import Chair, Change, Scenario, Told

NOISE: Mapping[str, float] = {
    "heart_rate": 2.0, "systolic": 3.0, "diastolic": 2.0, "temperature": 0.1, "spo2": 0.5, "respiratory_rate": 0.7,
}  # fmt: skip
"""One standard deviation of a reading, where the file does not say otherwise."""
ALL_OF_IT = 10
"""Minutes away from a step at which the noise is all there."""
AT_ONCE = 1 / 60
"""Minutes in which a value that changes at once has changed."""
ORDINARY = {"temperature": 36.6, "spo2": 98.0, "respiratory_rate": 14.0}
ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Point:
    minute: float
    value: float
    ramp: float | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """A minute at which the file names a value; known since its branch was taken, until another one dropped it."""

    minute: float
    since: float = -math.inf
    until: float = math.inf

    def is_known(self, minute: float) -> bool:
        return self.since <= minute < self.until


@dataclass(frozen=True, slots=True)
class Felt:
    """A symptom as the patient has it since `since`."""

    told: Told
    since: float


class SimulatedPatient:
    def __init__(self, scenario: Scenario, chair: Chair) -> None:
        self.chair = chair.chair
        self._seed = scenario.seed
        self._noise = {**NOISE, **scenario.noise}
        first = min(chair.steps, key=lambda step: step.at)
        self._lines: dict[str, list[Point]] = {
            name: [Point(first.at, value)] for name, value in {**ORDINARY, **named(first.values)}.items()
        }
        self._aims: dict[str, list[Aim]] = {name: [Aim(first.at)] for name in self._lines}
        self._words: list[tuple[float, str]] = [(first.at, ALERT)]
        self._felt: list[Felt] = []
        for step in sorted(chair.steps, key=lambda step: step.at):
            self._change(step.at, step)

    # ---- what becomes of the patient ---------------------------------------------------------------------------------

    def goes_on(self, minute: float, changes: Iterable[tuple[float, Change]], *, replaces: bool) -> None:
        """A branch was taken at `minute`: from there on other changes, instead of those of the file or beside them."""
        changes = list(changes)
        for name in self._lines if replaces else {name for _, change in changes for name in named(change.values)}:
            self._bend(name, minute, drops_later=replaces)
        if replaces:
            self._words = [one for one in self._words if one[0] <= minute]
            self._felt = [one for one in self._felt if one.since <= minute]
        for at, change in changes:
            self._change(max(at, minute + AT_ONCE) if change.values else at, change, since=minute)

    def _bend(self, name: str, minute: float, *, drops_later: bool) -> None:
        """The line may change its direction here, and does not move."""
        here = Point(minute, self.line(name, minute))
        before = [one for one in self._lines[name] if one.minute < minute]
        later = [one for one in self._lines[name] if one.minute > minute and not drops_later]
        self._lines[name] = [*before, here, *later]
        if drops_later:
            self._aims[name] = [
                replace(one, until=min(one.until, minute)) if one.minute > minute else one for one in self._aims[name]
            ]

    def _change(self, minute: float, change: Change, since: float = -math.inf) -> None:
        for name, value in named(change.values).items():
            points = [one for one in self._lines[name] if one.minute != minute]
            self._lines[name] = sorted([*points, Point(minute, value, change.ramp)], key=lambda one: one.minute)
            self._aims[name].append(Aim(minute, since))
        if change.consciousness is not None:
            self._words = sorted([*self._words, (minute, change.consciousness)])
        self._felt = sorted([*self._felt, *(Felt(told, minute) for told in change.symptoms)], key=lambda one: one.since)

    # ---- what is true ------------------------------------------------------------------------------------------------

    def line(self, parameter: str, minute: float) -> float:
        """Without noise."""
        points = self._lines[parameter]
        place = bisect_right([one.minute for one in points], minute)
        if place == 0:
            return points[0].value
        before = points[place - 1]
        if place == len(points):
            return before.value
        after = points[place]
        begins = before.minute if after.ramp is None else max(before.minute, after.minute - after.ramp)
        if minute <= begins:
            return before.value
        return before.value + (after.value - before.value) * (minute - begins) / (after.minute - begins)

    def truth(self, minute: float) -> VitalSignsRecorded:
        """What a perfect measurement would find."""
        return a_set({name: self.line(name, minute) for name in MEASURED}, self._word(minute))

    def measured(self, minute: float) -> VitalSignsRecorded:
        """The same for the whole of a minute."""
        whole = math.floor(minute)
        return a_set({name: self.line(name, whole) + self._off(name, whole) for name in MEASURED}, self._word(minute))

    def _off(self, parameter: str, minute: int) -> float:
        """Nothing that is planned later changes what was measured before."""
        aims = (abs(one.minute - minute) for one in self._aims[parameter] if one.is_known(minute))
        away = min(aims, default=ALL_OF_IT)
        random = Random(f"{self._seed}/{self.chair}/{parameter}/{minute}")
        return random.gauss(0.0, self._noise[parameter]) * min(1.0, away / ALL_OF_IT)

    def _word(self, minute: float) -> str:
        return [word for at, word in self._words if at <= minute or at == self._words[0][0]][-1]

    # ---- what the patient says ---------------------------------------------------------------------------------------

    def feels(self, minute: float) -> Mapping[str, Felt]:
        """Every symptom the patient has ever had by then, as it stands; `change` is *gone* for what has passed."""
        return {one.told.symptom: one for one in self._felt if one.since <= minute}

    def says(self, minute: float) -> tuple[str, ...]:
        """In the patient's own words where the file gives them."""
        felt = [one for one in self.feels(minute).values() if one.told.change != "gone"]
        return tuple(one.told.says or one.told.symptom for one in felt)

    def told(self, minute: float, open_symptoms: Sequence[Symptom], asked_at: float | None) -> tuple[Symptom, ...]:
        """What a nurse would write down: the open ones by name, then what is new since `asked_at`."""
        on_record = {one.symptom for one in open_symptoms}
        felt = self.feels(minute)
        said = [_again(felt.get(name), name, asked_at) for name in sorted(on_record)]
        new = [one.told for name, one in felt.items() if name not in on_record and one.told.change != "gone"]
        return (*said, *(Symptom(symptom=t.symptom, severity=t.severity, note=t.note) for t in new))


def _again(felt: Felt | None, name: str, asked_at: float | None) -> Symptom:
    """Of a symptom on record: gone, changed since it was asked about, or the same."""
    if felt is None:
        return Symptom(symptom=name, change="same")
    changed = felt.told.change if felt.told.change != "new" else "same"
    told = changed if changed == "gone" or asked_at is None or felt.since > asked_at else "same"
    return Symptom(symptom=name, severity=felt.told.severity, change=told, note=felt.told.note)


def named(values: Sequence[float] | None) -> dict[str, float]:
    """In the order of the file: heart rate, systolic, diastolic, temperature, SpO2, respiratory rate."""
    return dict(zip(MEASURED, values or (), strict=False))


def a_set(values: Mapping[str, float], word: str) -> VitalSignsRecorded:
    """Rounded as devices show them; nothing above 100 % and no diastolic at or above its systolic."""
    shown = {name: round(value, PARAMETERS[name].decimals) for name, value in values.items()}
    temperature = shown.pop("temperature")
    whole = {name: int(value) for name, value in shown.items()}
    whole["spo2"] = min(whole["spo2"], 100)
    whole["diastolic"] = min(whole["diastolic"], whole["systolic"] - 1)
    return VitalSignsRecorded(
        heart_rate=whole["heart_rate"],
        systolic=whole["systolic"],
        diastolic=whole["diastolic"],
        temperature=temperature,
        spo2=whole["spo2"],
        respiratory_rate=whole["respiratory_rate"],
        consciousness=word,
    )
