"""The days on the board: read from the store when they change, evaluated again when time alone changes them."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.clinical.chair_status import chair_status
from models.clinical.course import history
from models.clinical.facts import InfusionDay, PatientDetailsCorrected
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus, Course
from models.store.ward_store import WardStore


@dataclass(frozen=True, slots=True)
class Watched:
    day: InfusionDay
    course: Course
    status: ChairStatus


class LiveDays:
    """Every day arrived and not closed, whatever its date, and all of today; an untouched day keeps its status."""

    def __init__(self, store: WardStore, protocol: Protocol) -> None:
        self._store = store
        self._protocol = protocol
        self._watched: dict[str, Watched] = {}

    def statuses(self) -> Iterable[ChairStatus]:
        return [one.status for one in self._watched.values()]

    def day_and_course(self, day_id: str) -> tuple[InfusionDay, Course] | None:
        one = self._watched.get(day_id)
        return None if one is None else (one.day, one.course)

    def behind(self) -> set[str]:
        """Days of which the store knows more than we do: another process wrote, or a notification was lost."""
        newest = self._store.positions(list(self._watched))
        return {day_id for day_id, one in self._watched.items() if newest.get(day_id) != one.day.position}

    def read_all(self, today: date, now: datetime) -> None:
        former, self._watched = self._watched, {}
        for day in self._store.open_days(today):
            known, course = former.get(day.id), self._course(day)
            if known is not None and known.day == day and known.course == course:
                self._watched[day.id] = known
            else:
                self._watch(day, course, now)

    def read_changed(self, day_ids: Set[str], today: date, now: datetime) -> None:
        """A day's course is made from the patient's other days, so those on the board follow; its own stays."""
        patients = set()
        for day_id in day_ids:
            day, known = self._read(day_id), self._watched.get(day_id)
            if day is None or (known is not None and day is known.day):
                continue
            patients.add(day.patient.id)
            self._watch(day, known.course if known else self._course(day), now)
            if not self._watched[day_id].status.is_open and day.date != today:
                del self._watched[day_id]
        for day_id, one in list(self._watched.items()):
            if one.day.patient.id in patients and day_id not in day_ids:
                day = self._store.infusion_day(day_id) or one.day
                self._watch(day, self._course(day), now)

    def evaluate_due(self, now: datetime) -> None:
        for day_id, one in list(self._watched.items()):
            if one.status.deadlines and one.status.deadlines[0] <= now:
                self._watched[day_id] = replace(one, status=chair_status(one.day, one.course, self._protocol, now))

    def _read(self, day_id: str) -> InfusionDay | None:
        """Only what is new of a day we know; a corrected name is applied by the store, so then the whole of it."""
        known = self._watched.get(day_id)
        if known is None:
            return self._store.infusion_day(day_id)
        new = self._store.facts_after(day_id, known.day.position)
        if not new:
            return known.day
        if any(isinstance(fact.details, PatientDetailsCorrected) for fact in new):
            return self._store.infusion_day(day_id)
        return replace(known.day, facts=known.day.facts + tuple(new))

    def _course(self, day: InfusionDay) -> Course:
        others = [other for other in self._store.days_of_patient(day.patient.id) if other.id != day.id]
        return history(day, others, self._protocol)

    def _watch(self, day: InfusionDay, course: Course, now: datetime) -> None:
        self._watched[day.id] = Watched(day, course, chair_status(day, course, self._protocol, now))
