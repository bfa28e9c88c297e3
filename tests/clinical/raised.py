"""A chair with its alerts, after a day told line by line."""

from dataclasses import replace

from models.clinical.alert import Alert
from models.clinical.chair_status import chair_status
from models.clinical.facts import VitalSignsRecorded
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus, Phase
from tests.clinical.builders import Line, a_set, an_infusion_day, at, its_course, the_protocol

AMBER, RED = "amber", "red"


def a_saved_set(*values: object, shown: str = AMBER, **more: object) -> VitalSignsRecorded:
    """A set as charting records it, with the level its recorder was shown."""
    return replace(a_set(*values, **more), level_shown=shown)  # type: ignore[arg-type]


def status(
    *lines: Line, now: str, day: int = 1, phase: Phase = Phase.INFUSION, course: Course | None = None
) -> ChairStatus:
    """Started at 09:30 with 118/74 and heart rate 74 before it; the position of the first line is 6."""
    built = an_infusion_day(*lines, phase=phase, day=day)
    return chair_status(built, course or its_course(built), the_protocol(), at(now))


def only(found: ChairStatus) -> Alert:
    assert len(found.alerts) == 1, [alert.id for alert in found.alerts]
    return found.alerts[0]


def ids(found: ChairStatus) -> list[str]:
    return [alert.id for alert in found.alerts]
