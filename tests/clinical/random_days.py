"""Infusion days made of random acts, recorded the way charting does: accept, override, and what an act brings about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from models.clinical.accept import accept
from models.clinical.chair_status import chair_status
from models.clinical.evaluation_entries import ACCEPTED, ANSWERS, OUTCOME
from models.clinical.facts import (
    AdviceGiven,
    AlertAnswered,
    Arrived,
    BagPrepared,
    Booked,
    CallLogged,
    ChairAssigned,
    Deferred,
    Details,
    Discharged,
    DischargePrepared,
    DoctorReviewed,
    EnteredInError,
    EvaluationClosed,
    EvaluationOpened,
    EvaluationStep,
    Fact,
    HandoverOffered,
    InfusionCompleted,
    InfusionDay,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    MedicationGiven,
    NightReceiver,
    NoteAdded,
    NurseAssigned,
    RateChanged,
    ReactionGraded,
    ReactionSuspected,
    RoundIntervalSet,
    RoundNotDone,
    SampleTaken,
    Symptom,
    SymptomReported,
    Transferred,
    VitalSignsRecorded,
)
from models.clinical.refusal import Refusal
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus
from tests.clinical.builders import NURSE, TODAY, a_patient, a_set, at, the_protocol
from tests.clinical.test_go_no_go import answers

COURSE = Course(number=1)
BEGIN = at("07:00")


@dataclass(frozen=True)
class ADoctor:
    doctor: str = "Dr Sand"
    reason: str = "examined"


Choice = tuple[str, int, int, int]
"""An act, minutes passed before it, minutes ago it happened, and a number that varies its details."""


def pick(rows: Mapping[str, object], number: int) -> str:
    return list(rows)[number % len(rows)]


def closing(number: int) -> EvaluationClosed:
    return EvaluationClosed(outcome=pick(the_protocol().evaluation_outcomes, number), doctor="Dr Sand", reason="seen")


def a_random_set(number: int) -> VitalSignsRecorded:
    pressures = ("118/74", "142/80", "165/92", "185/80", "95/60", "--/--", "130/--")
    symptoms = ((), None, ("headache",), ("rash",), ("chest pain",), ("rash gone",), ("headache worse",))
    rates = (74, 115, 132, None, 45)
    one = a_set(rates[number % 5], pressures[number % 7], symptoms=symptoms[number // 7 % 7])
    shown = ("amber", "", "red")[number % 3]
    return replace(one, adds_to=number % 30 if number % 11 == 0 else None, level_shown=shown)


def answer(alert: str, number: int, now: datetime) -> AlertAnswered:
    said, minutes = ANSWERS[number % 4], (0, 2, 20)[number // 4 % 3]
    until = now + timedelta(minutes=minutes) if minutes or said == ACCEPTED else None
    outcome = pick(the_protocol().alert_outcomes, number) if said == OUTCOME else ""
    return AlertAnswered(alert=alert, answer=said, doctor="Dr Sand", until=until, outcome=outcome)


MAKE: dict[str, Callable[[int], Sequence[Details]]] = {
    "arrive": lambda _: [Arrived(chair="3", supervising_neurologist="Dr Sand", emergency_contact="2222")],
    "defer": lambda _: [Deferred(reason="infection")],
    "checks": lambda _: answers(),
    "medications": lambda n: [MedicationGiven(medicine="steroid", outcome=("given", "not given")[n % 5 == 0])],
    "prepare": lambda n: [BagPrepared(product="LEMTRADA", batch="B1", volume_ml=90.0 + n % 20)],
    "start": lambda n: [InfusionStarted(rate_ml_per_hour=10.0 + n % 20)],
    "rate": lambda n: [RateChanged(rate_ml_per_hour=5.0 + n % 60, reason="settled")],
    "pause": lambda n: [InfusionPaused(reason=pick(the_protocol().pause_reasons, n))],
    "resume": lambda n: [*([closing(n % 2)] if n % 3 else []), InfusionResumed(rate_ml_per_hour=5.0 + n % 30)],
    "stop": lambda _: [InfusionStopped()],
    "complete": lambda _: [InfusionCompleted()],
    "vital-signs": lambda n: [a_random_set(n)],
    "symptoms": lambda n: [SymptomReported(symptoms=(Symptom(symptom=("rash", "weakness", "headache")[n % 3]),))],
    "not-done": lambda n: [RoundNotDone(reason=("other", "refused")[n % 2])],
    "interval": lambda n: [RoundIntervalSet(interval_minutes=(15, 30, 60)[n % 3])],
    "review": lambda n: [DoctorReviewed(doctor="Dr Sand", decision="go on", accepted=(("systolic", 140.0 + n % 40),))],
    "close-evaluation": lambda n: [closing(n)],
    "suspect-reaction": lambda n: [ReactionSuspected(reaction=pick(the_protocol().check_lists, n))],
    "evaluation-step": lambda n: [EvaluationStep(reaction="head", step=the_protocol().evaluation_head[n % 5].id)],
    "call": lambda n: [CallLogged(whom="emergency team", what=("called", "arrived")[n % 2])],
    "grade": lambda n: [ReactionGraded(grade=1 + n % 4)],
    "answer-alert": lambda n: [answer(f"systolic high/{n % 40}", n, at("12:00"))],
    "prepare-discharge": lambda _: [DischargePrepared(where_to="home")],
    "close-ward": lambda _: [NightReceiver(receiver="Sister Maas", place="ward 3")],
    "samples": lambda _: [SampleTaken(sample="platelets")],
    "advice": lambda _: [AdviceGiven(advice=tuple(the_protocol().advice))],
    "assign": lambda n: [NurseAssigned(nurse=NURSE) if n % 2 else HandoverOffered(to="lindqvist")],
    "move": lambda n: [ChairAssigned(chair=str(n % 5))],
    "transfer": lambda _: [Transferred(where_to="ward", receiver="")],
    "discharge": lambda _: [Discharged(where_to="home")],
    "notes": lambda _: [NoteAdded(text="a note")],
    "corrections": lambda n: [EnteredInError(position=1 + n % 30, reason="wrong value")],
}
OFTEN = ("vital-signs", "vital-signs", "pause", "resume", "stop", "rate", "complete", "close-evaluation", "corrections",
         "answer-alert", "answer-alert")  # fmt: skip
HOUR_ONE: tuple[Choice, ...] = (
    ("arrive", 30, 0, 0), ("vital-signs", 5, 0, 35), ("checks", 5, 0, 0), ("medications", 5, 0, 1),
    ("prepare", 20, 0, 11), ("vital-signs", 10, 0, 35),
)  # fmt: skip
CHOICES = st.lists(
    st.tuples(
        st.sampled_from([*MAKE, *OFTEN]),
        st.integers(0, 75),
        st.sampled_from((0, 0, 0, 0, 5, 40)),
        st.integers(0, 200),
    ),
    max_size=25,
)


@dataclass
class Ward:
    """One day, its time, and what the last act did."""

    day: InfusionDay
    now: datetime

    @classmethod
    def booked(cls) -> Ward:
        day = InfusionDay(id="d1", patient=a_patient(), course=1, day=1, date=TODAY)
        ward = cls(day, BEGIN)
        ward._append([Booked(chair="3", planned_start=at("08:00"))], BEGIN)
        return ward

    def status(self, now: datetime | None = None) -> ChairStatus:
        return chair_status(self.day, COURSE, the_protocol(), now or self.now)

    def do(self, choice: Choice) -> bool:
        """Whether the act was recorded."""
        act, passed, ago, number = choice
        self.now += timedelta(minutes=passed, seconds=number % 60)
        happened = self.now - timedelta(minutes=ago)
        details = MAKE[act](number)
        before = self.status()
        if act == "answer-alert" and before.alerts:
            details = [answer(before.alerts[number % len(before.alerts)].id, number, self.now)]
        try:
            accept(self.day, COURSE, the_protocol(), self.now, act, details, happened, NURSE, ADoctor())
        except Refusal:
            return False
        self._append(details, happened)
        if act == "stop" or (self.status().evaluation_open and not before.evaluation_open):
            self._append([EvaluationOpened(reason=act)], happened, caused_by=self.day.position)
        return True

    def _append(self, details: Sequence[Details], happened: datetime, caused_by: int | None = None) -> None:
        new = [
            Fact(
                infusion_day_id="d1", position=position, happened_at=happened, recorded_at=self.now,
                recorded_by=NURSE, details=one, caused_by=caused_by,
            )
            for position, one in enumerate(details, self.day.position + 1)
        ]  # fmt: skip
        self.day = replace(self.day, facts=(*self.day.facts, *new))
