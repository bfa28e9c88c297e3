"""The days on the board: read from the store when they change, evaluated again when time alone changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from datetime import date, datetime

from models.clinical.chair_status import chair_status
from models.clinical.course import history
from models.clinical.facts import InfusionDay, PatientDetailsCorrected
from models.clinical.protocol import Protocol
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus
from models.store.ward_store import WardStore
from models.ward_status import Standing


class LiveDays:
    """Every day arrived and not closed, whatever its date, and all of today; an untouched day keeps its status."""

    def __init__(self, store: WardStore, protocol: Protocol) -> None:
        self._store = store
        self._protocol = protocol
        self._watched: dict[str, Standing] = {}

    def statuses(self) -> Iterable[ChairStatus]:
        return [one.status for one in self._watched.values()]

    def day_and_course(self, day_id: str) -> tuple[InfusionDay, Course] | None:
        one = self._watched.get(day_id)
        return None if one is None else (one.day, one.course)

    def behind(self, today: date) -> set[str]:
        """Days of which the store knows more than we do: another process wrote, or a notification was lost."""
        known = {day_id: one.day.position for day_id, one in self._watched.items()}
        newest = self._store.positions_on_board(today)
        return {day_id for day_id, position in newest.items() if known.get(day_id) != position}

    def read_all(self, today: date, now: datetime) -> None:
        former, self._watched = self._watched, {}
        for day in self._store.open_days(today):
            known, course = former.get(day.id), self._course(day)
            is_known = known is not None and known.day == day and known.course == course
            self._watched[day.id] = known if known and is_known else self._standing(day, course, now)

    def take(self, told: Mapping[str, Standing | None], today: date) -> bool:
        """Whoever recorded has worked it out already; False where anything of it must be read from the store."""
        told_of = [(self._watched.get(day_id), one) for day_id, one in told.items()]
        if not all(one is not None and known is not None and self._follows(known, one) for known, one in told_of):
            return False
        for known, one in told_of:
            assert known is not None and one is not None
            if one.day.position > known.day.position:
                self._put(one, today)
        return True

    def _follows(self, known: Standing, one: Standing) -> bool:
        """The same patient in the same course, and nobody else on the board whom that could change."""
        same = one.day.patient == known.day.patient and one.course == known.course
        return same and all(
            other.day.patient.id != one.day.patient.id for other in self._watched.values() if other is not known
        )

    def _put(self, one: Standing, today: date) -> None:
        self._watched[one.day.id] = one
        if not one.status.is_open and one.day.date != today:
            del self._watched[one.day.id]

    def read_changed(self, day_ids: Set[str], today: date, now: datetime) -> None:
        """A day's course is made from the patient's other days, so those on the board follow; its own stays."""
        patients = set()
        for day_id in day_ids:
            day, known = self._read(day_id), self._watched.get(day_id)
            if day is None or (known is not None and day is known.day):
                continue
            patients.add(day.patient.id)
            self._put(self._standing(day, known.course if known else self._course(day), now), today)
        for day_id, one in list(self._watched.items()):
            if one.day.patient.id in patients and day_id not in day_ids:
                day = self._store.infusion_day(day_id) or one.day
                self._watched[day_id] = self._standing(day, self._course(day), now)

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

    def _standing(self, day: InfusionDay, course: Course, now: datetime) -> Standing:
        return Standing(day, course, chair_status(day, course, self._protocol, now))
