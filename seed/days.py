"""The days of one chair of a data file, spelled out: today's, and the earlier days of the course before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.clinical.protocol import Protocol
from models.clinical.vital_signs import MEASURED

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a day; `at` in minutes from now on that day."""

    at: float
    act: str
    body: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An infusion day as the file plans it; earlier days of a course ran at the hour today's does, one a day."""

    chair: str
    patient: Table
    course: int
    day: int
    days_ago: int
    planned: float
    nurse: str | None
    steps: tuple[Step, ...]

    @property
    def first_minute(self) -> float:
        return min([self.planned, *(step.at for step in self.steps)])


@dataclass(frozen=True, slots=True)
class Spelling:
    """Spells the days of a ward's file out."""

    ward: Table
    protocol: Protocol
    today: date

    def days(self, chair: Table) -> Iterator[Planned]:
        for days_ago in range(chair["day"] - 1, 0, -1):
            yield self.planned(chair, days_ago, self.earlier_day(chair, chair["day"] - days_ago, days_ago))
        yield self.planned(chair, 0, self.this_day(chair))

    def planned(self, chair: Table, days_ago: int, steps: Iterator[Step]) -> Planned:
        ordered = tuple(sorted(steps, key=lambda step: step.at))
        arrives = ordered[0].at if ordered else 0
        return Planned(
            chair=chair["chair"],
            patient=chair["patient"],
            course=chair["course"],
            day=chair["day"] - days_ago,
            days_ago=days_ago,
            planned=arrives if days_ago else chair.get("planned", arrives),
            nurse=chair.get("nurse"),
            steps=ordered,
        )

    # ---- whole days --------------------------------------------------------------------------------------------------

    def this_day(self, chair: Table) -> Iterator[Step]:
        if "arrived" in chair:
            yield from arrival(chair, chair["arrived"])
        if "start" in chair:
            yield from self.hour_one(chair, chair["day"], chair["start"], 0, chair["baseline"], chair["before_start"])
        for minute, *values in chair.get("sets", ()):
            yield a_set(minute, values)
        if "complete" in chair:
            yield Step(chair["complete"], "complete", {})
            yield from self.samples(chair, chair["day"], chair["complete"] + 2)
        if "advised" in chair:
            yield self.advice(chair["advised"])
        if "home" in chair:
            yield self.going_home(chair["home"])
        for minute, act, body in chair.get("steps", ()):
            yield Step(minute, "checks", self.course_answers(0)) if act == "course checks" else Step(minute, act, body)

    def earlier_day(self, chair: Table, day: int, days_ago: int) -> Iterator[Step]:
        times = self.ward["earlier_day"]
        start = chair.get("start", chair.get("planned", 0) + self.ward["hour_one"]["arrive"])
        base = chair.get("first_day", chair.get("baseline", times["baseline"]))
        yield from self.hour_one(chair, day, start, days_ago, base, base)
        for minute, *above in times["sets"]:
            yield a_set(start + minute, [value + more for value, more in zip(base, above, strict=False)])
        yield Step(start + times["complete"], "complete", {})
        yield from self.samples(chair, day, start + times["sample"])
        yield self.advice(start + times["advice"])
        yield self.going_home(start + times["discharge"])

    # ---- their parts -------------------------------------------------------------------------------------------------

    def hour_one(
        self, chair: Table, day: int, start: float, days_ago: int, baseline: Sequence[float], before: Sequence[float]
    ) -> Iterator[Step]:
        before_start = {**self.ward["hour_one"], **chair.get("hour_one", {})}
        yield from arrival(chair, start - before_start["arrive"])
        first = self.course_answers(days_ago) if day == 1 else {}
        yield Step(start - before_start["checks"], "checks", {**first, **self.ward["answers"]["day"]})
        yield a_set(start - before_start["baseline"], baseline)
        yield from self.medicines(start - before_start["medication"], day)
        bag = {"product": self.protocol.product, "batch": "T-2611-A", "volume_ml": self.protocol.volume_ml}
        yield Step(start - before_start["prepare"], "prepare", bag)
        yield a_set(start - before_start["before_start"], before)
        yield Step(start, "start", {})

    def course_answers(self, days_ago: int) -> Table:
        answers = self.ward["answers"]
        dated = self.today - timedelta(days=days_ago + answers["dated_days_before"])
        return {**answers["course"], **dict.fromkeys(answers["dated"], dated.isoformat())}

    def medicines(self, minute: float, day: int) -> Iterator[Step]:
        """What that day needs is given; what is merely considered is answered, too."""
        for number, medicine in enumerate(self.protocol.medicines.values()):
            given = not medicine.required_days or day in medicine.required_days
            dose = {"name": medicine.name, "dose_mg": medicine.dose_mg} if given else {}
            outcome = "given" if given else "not prescribed"
            yield Step(minute + number, "medication", {"medicine": medicine.id, "outcome": outcome, **dose})

    def samples(self, chair: Table, day: int, minute: float) -> Iterator[Step]:
        for sample in self.protocol.samples.values():
            if day in (sample.first_course_days if chair["course"] == 1 else sample.later_course_days):
                yield Step(minute, "sample", {"sample": sample.id, "result": 198.0})

    def advice(self, minute: float) -> Step:
        return Step(minute, "advice", {"advice": list(self.protocol.advice)})

    def going_home(self, minute: float) -> Step:
        return Step(minute, "discharge", {"where_to": next(iter(self.protocol.destinations))})


def arrival(chair: Table, minute: float) -> Iterator[Step]:
    yield Step(minute, "arrive", {})
    if "nurse" in chair:
        yield Step(minute + 1, "assign", {})


def a_set(minute: float, values: Sequence[float]) -> Step:
    """Heart rate and both pressures; temperature, SpO2 and respiratory rate where they are told."""
    return Step(minute, "vital_signs", {**dict(zip(MEASURED, values, strict=False)), "symptoms": []})
