"""What is drawn of a patient: values without and with the error of measuring, from the published distributions.

Published (clinical.md 2.3). Systolic before course 1 119.8 ± 15.1, before a later one 106.5 ± 6.1 mmHg (SHO). Its rise
during the infusion follows one of four studies, as many patients each as the study had: SHO (n = 31) 19.2 ± 9.4, by day
16, 22, 17, 11, 13 % of it around their mean, diastolic 6.2 ± 3.8; IJMSC (n = 304) 8, diastolic 3; DIP (n = 30) 12.8,
16.7 % of patients above 20 %; BACH (n = 30) none. Heart rate before 73.2 (DIP), rise 20 on day 1 and 5 later (IJMSC).
62.5 % of patients have a flagged value in their course (IJMSC). Serious events within 24 h 0.7 % (IJMSC): too few to
measure with, so they are planted (events.py).

OWN, because nothing published is visible: the spread of a rise where a study names none is SHO's; who starts higher
rises less, so that the peak has SHO's ± 13; what two readings vary by themselves is part of a published spread; an
autocorrelation of 0.6 an hour; how heart rate varies; temperature, oxygen and breathing; how often a mild headache,
rash, nausea or flush is said. The error of one reading and how far a value wanders (3 mmHg each) were chosen so that
the share of flagged patients comes near the published one; it stays above it, so the load is rather overstated.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from models.clinical.facts import Symptom, VitalSignsRecorded

Values = Mapping[str, float]


@dataclass(frozen=True)
class Study:
    """How far pressure rises during an infusion in one study: systolic and diastolic mean and spread."""

    patients: int
    systolic: tuple[float, float]
    diastolic: tuple[float, float]
    by_day: Sequence[float] = (1, 1, 1, 1, 1)


STUDIES = {
    "SHO": Study(31, (19.2, 9.4), (6.2, 3.8), tuple(percent / 15.8 for percent in (16, 22, 17, 11, 13))),
    "IJMSC": Study(304, (8, 9.4), (3, 3.8)),
    "DIP": Study(30, (12.8, 11.6), (4, 3.8)),
    "BACH": Study(30, (0, 9.4), (0, 3.8)),
}
BEFORE_COURSE = {1: (119.8, 15.1), 2: (106.5, 6.1)}
PEAK_SPREAD = 13
"""SHO's, of the highest systolic: whoever starts higher rises less."""
HEART_RATE, HEART_RATE_RISE = (73.2, 9.0), {1: (20.0, 8.0)}
LATER_HEART_RATE_RISE = (5.0, 6.0)
RESTING = {"temperature": (36.6, 0.2), "spo2": (98.0, 0.7), "respiratory_rate": (15.0, 1.2)}

KEPT_IN_AN_HOUR = 0.6
STEP = 5
"""Minutes between two values that are drawn; between them a value lies on a line."""
WANDERS = {"heart_rate": 4.0, "systolic": 3.0, "diastolic": 2.0, "temperature": 0.1, "spo2": 0.4,
           "respiratory_rate": 0.7}  # fmt: skip
ERROR = {"heart_rate": 2.0, "systolic": 3.0, "diastolic": 2.0, "temperature": 0.1, "spo2": 0.5,
         "respiratory_rate": 0.7}  # fmt: skip
SAID = {"headache": 0.2, "rash": 0.15, "nausea": 0.08, "flushing": 0.1}
FEVER = {1: 0.1, 2: 0.06}
LATER_FEVER = 0.02

RISES = ((-75, 0.0), (0, 0.4), (90, 1.0), (240, 1.0), (360, 0.5), (900, 0.2))
FROM_THE_DAY_BEFORE = 0.35
"""From day 2 on this much of the rise is there before the infusion."""


def on_a_line(minute: float, points: Sequence[tuple[float, float]]) -> float:
    """Between the points of a table, and beyond its ends as at them."""
    place = bisect_right([at for at, _ in points], minute)
    if place in (0, len(points)):
        return points[min(place, len(points) - 1)][1]
    (begins, low), (ends, high) = points[place - 1], points[place]
    return low + (high - low) * (minute - begins) / (ends - begins)


@dataclass(frozen=True)
class Person:
    """What stays the same over a course."""

    study: str
    course: int
    resting: Values
    rise: Values

    @classmethod
    def drawn(cls, random: Random, course: int, study: str = "") -> Person:
        names = list(STUDIES)
        study = study or random.choices(names, [STUDIES[name].patients for name in names])[0]
        mean, spread = BEFORE_COURSE[min(course, 2)]
        between = math.sqrt(max(spread**2 - of_one_reading("systolic"), 1))
        systolic = random.gauss(mean, between)
        resting = {name: random.gauss(*known) for name, known in RESTING.items()}
        resting |= {"heart_rate": random.gauss(*HEART_RATE), "systolic": systolic}
        resting["diastolic"] = 0.62 * systolic + random.gauss(0, 4)
        return cls(study, course, resting, _rise(random, STUDIES[study], systolic - mean))


def of_one_reading(name: str) -> float:
    """The variance a single reading has around what the person usually has."""
    return WANDERS[name] ** 2 + ERROR[name] ** 2


def _rise(random: Random, study: Study, above: float) -> Values:
    """A published rise is the difference of two readings: what they vary by themselves is taken out of its spread."""
    mean, spread = study.systolic
    one = of_one_reading("systolic")
    between, whole = BEFORE_COURSE[1][1] ** 2 - one, max(spread**2 - 2 * one, 0)
    less = (1 - (PEAK_SPREAD**2 - one - whole) / between) / 2
    own = math.sqrt(max(whole - less**2 * between, 0))
    mean_below, spread_below = study.diastolic
    own_below = math.sqrt(max(spread_below**2 - 2 * of_one_reading("diastolic"), 1))
    return {
        "systolic": mean - less * above + random.gauss(0, own),
        "diastolic": random.gauss(mean_below, own_below),
    }


@dataclass
class Body:
    """The true values of one day, by minutes from the planned start of the infusion, and what is said."""

    random: Random
    levels: Mapping[str, Sequence[tuple[float, float]]]
    """Parameter → (minute, value) of a table; between them on a line."""
    symptoms: Sequence[tuple[float, Symptom]] = ()
    wanders: bool = True
    _wander: dict[str, list[float]] = field(default_factory=dict)

    def true(self, name: str, minute: float) -> float:
        return on_a_line(minute, self.levels[name]) + self._wandering(name, minute)

    def measured(self, minute: float, symptoms: tuple[Symptom, ...]) -> VitalSignsRecorded:
        """As a nurse reads it."""
        return as_read({n: self.true(n, minute) + self.random.gauss(0, ERROR[n]) for n in self.levels}, symptoms)

    def as_it_is(self, minute: float) -> VitalSignsRecorded:
        """Without the error of a reading."""
        return as_read({name: self.true(name, minute) for name in self.levels}, ())

    def _wandering(self, name: str, minute: float) -> float:
        """Drawn from step to step, each keeping a part of the one before."""
        if not self.wanders:
            return 0.0
        drawn = self._wander.setdefault(name, [self.random.gauss(0, WANDERS[name])])
        place = max(minute + 120, 0) / STEP
        kept = KEPT_IN_AN_HOUR ** (STEP / 60)
        while len(drawn) < place + 2:
            drawn.append(kept * drawn[-1] + self.random.gauss(0, WANDERS[name] * math.sqrt(1 - kept**2)))
        return drawn[int(place)] + (drawn[int(place) + 1] - drawn[int(place)]) * (place % 1)


def as_read(values: Values, symptoms: tuple[Symptom, ...]) -> VitalSignsRecorded:
    return VitalSignsRecorded(
        heart_rate=round(values["heart_rate"]),
        systolic=round(values["systolic"]),
        diastolic=round(min(values["diastolic"], values["systolic"] - 10)),
        temperature=round(values["temperature"], 1),
        spo2=min(100, round(values["spo2"])),
        respiratory_rate=round(values["respiratory_rate"]),
        symptoms=symptoms,
    )


def a_body(random: Random, person: Person, day: int) -> Body:
    factor = STUDIES[person.study].by_day[day - 1]
    rise = {name: amount * factor for name, amount in person.rise.items()}
    rise["heart_rate"] = random.gauss(*HEART_RATE_RISE.get(day, LATER_HEART_RATE_RISE))
    fever = random.uniform(0.8, 1.9) if random.random() < FEVER.get(day, LATER_FEVER) else 0.3
    rise |= {"temperature": fever, "spo2": -0.3, "respiratory_rate": 0.8}
    levels = {}
    for name, amount in rise.items():
        least = FROM_THE_DAY_BEFORE if day > 1 and name in person.rise else 0.0
        levels[name] = [(minute, person.resting[name] + amount * max(share, least)) for minute, share in RISES]
    said = [(random.uniform(40, 200), Symptom(symptom=name, severity="mild"))
            for name, often in SAID.items() if random.random() < often]  # fmt: skip
    return Body(random, levels, sorted(said, key=lambda one: one[0]))
