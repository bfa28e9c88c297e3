"""A chair as it stands after a day told line by line."""

from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    EvaluationClosed,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
    RateChanged,
)
from models.clinical.status import ChairStatus, Phase
from tests.clinical.builders import Line, a_set, an_infusion_day, at, its_course, the_protocol
from tests.clinical.test_go_no_go import BAG


def shown(*lines: Line, now: str, day: int = 1, course: int = 1, phase: Phase = Phase.INFUSION) -> ChairStatus:
    """Started at 09:30 at 25.3 mL/h; the position of the first line is 6."""
    built = an_infusion_day(*lines, phase=phase, day=day, course=course)
    return chair_status(built, its_course(built), the_protocol(), at(now))


def closing(outcome: str, clock: str) -> Line:
    return (clock, EvaluationClosed(outcome=outcome, doctor="Dr Sand", reason="settled"))


def paused(clock: str, reason: str = "toilet") -> Line:
    return (clock, InfusionPaused(reason=reason))


MIXED: Line = ("08:50", BAG)
SLOW: Line = ("11:30", RateChanged(rate_ml_per_hour=12.65, reason="poorly tolerated"))
VERY_SLOW: Line = ("11:30", RateChanged(rate_ml_per_hour=9.4, reason="poorly tolerated"))
LINES: dict[str, Line] = {
    "mixed": MIXED,
    "slow": SLOW,
    "very slow": VERY_SLOW,
    "just in time": ("11:30", RateChanged(rate_ml_per_hour=9.4875, reason="poorly tolerated")),
    "toilet": paused("10:30"),
    "reaction": paused("10:30", "reaction"),
    "stop": ("10:30", InfusionStopped()),
    "red": ("10:20", a_set(heart_rate=131)),
    "goes on": closing("resumed", "10:40"),
    "goes on before": closing("resumed", "10:25"),
    "resume": ("11:00", InfusionResumed(rate_ml_per_hour=12.65)),
    "toilet again": paused("11:20"),
    "complete": ("13:30", InfusionCompleted()),
    "complete early": ("13:24:59", InfusionCompleted()),
    "complete soon": ("13:25", InfusionCompleted()),
}


def told(happened: str) -> list[Line]:
    return [LINES[name] for name in happened.split(", ") if name]


NORMAL, AMBER, RED, PART = a_set(), a_set(115), a_set(131), a_set(pressure="118/--")
