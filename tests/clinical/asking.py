"""Asking the clinical core whether something may be recorded, and what it answers."""

from dataclasses import dataclass

import pytest

from models.clinical.accept import accept
from models.clinical.facts import (
    Details,
    Discharged,
    EvaluationClosed,
    InfusionCompleted,
    InfusionDay,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
)
from models.clinical.infusion_day import ACT_OF
from models.clinical.refusal import Refusal
from models.clinical.rest_of_course import Course
from models.clinical.status import Phase
from tests.clinical.builders import NURSE, Line, an_infusion_day, at, its_course, the_protocol


@dataclass(frozen=True)
class ADoctor:
    doctor: str = "Dr Sand"
    reason: str = "examined"


def ask(
    day: InfusionDay, *details: Details, now: str = "12:00", happened: str | None = None, act: str = "",
    actor: str = NURSE, override: ADoctor | None = None, course: Course | None = None,
) -> tuple[str, ...]:  # fmt: skip
    name = act or ACT_OF[type(details[-1])]
    return accept(
        day, course or its_course(day), the_protocol(), at(now), name, details, at(happened or now), actor, override
    )  # fmt: skip


def refused(day: InfusionDay, *details: Details, **how) -> Refusal:
    with pytest.raises(Refusal) as caught:
        ask(day, *details, **how)
    assert caught.value.sentence.endswith(".")
    return caught.value


def infusing(*lines: Line, **known) -> InfusionDay:
    return an_infusion_day(*lines, phase=Phase.INFUSION, **known)


def arrived(*lines: Line, **known) -> InfusionDay:
    return an_infusion_day(*lines, phase=Phase.PRE_MEDICATION, **known)


PAUSE = InfusionPaused(reason="toilet")
RESUME = InfusionResumed(rate_ml_per_hour=25.3)
STOP = InfusionStopped()
COMPLETE = InfusionCompleted()
HOME = Discharged(where_to="home")


def closing(outcome: str = "resumed", doctor: str = "Dr Sand", reason: str = "settled") -> EvaluationClosed:
    return EvaluationClosed(outcome=outcome, doctor=doctor, reason=reason)
