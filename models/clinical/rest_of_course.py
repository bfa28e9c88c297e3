"""What a day needs to know of the other days of its course and of its patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from models.clinical.findings import Baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedAnswer:
    answer: str
    answered_on: date
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What a day needs to know of the rest of its course; `history` in course.py makes it from the other days."""

    number: int
    previous_course_ended: date | None = None
    infusion_dates: tuple[tuple[int, date], ...] = ()
    """(day, date) of the other days of this course on which an infusion was started."""
    planned_dates: tuple[tuple[int, date], ...] = ()
    """(day, date) of the other days of this course that are booked and on which none was started."""
    patient_infusion_dates: frozenset[date] = frozenset()
    """Dates of every other infusion of this patient, any course: one infusion a date."""
    baseline: Baseline | None = None
    """From day 1, a doctor's reference value or the earlier record; None when only today can give it."""
    carried: Mapping[str, CarriedAnswer] = field(default_factory=dict)
    discontinued: str | None = None
    """Why no further infusion of this course may start."""
