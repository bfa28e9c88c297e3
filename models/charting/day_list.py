"""Importing the day's list: all its lines are booked in one act, or none is and every problem is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from zoneinfo import ZoneInfo

from models import store
from models.charting.act import Act, Recorded
from models.charting.booking import Booking, Bookings
from models.charting.guards import too_many
from models.charting.recorder import TRIES
from models.clinical.chair_status import chair_status
from models.clinical.course import course_warnings
from models.clinical.facts import InfusionDay, Patient
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus
from models.day_list import Known, Listed, Preview, Problem, Sheet, check
from models.store.refusals import KeyUsed


class ListRefused(Refusal):
    """Nothing of the list is booked; `problems` are all that stand in its way."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        many = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"Nothing was booked: the list has {many}. {problems[0].sentence}", field=problems[0].field)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Imported:
    """`already` lines were booked before; `again` when this very import had been saved before."""

    booked: tuple[Recorded, ...]
    already: int
    again: bool = False


class Changed(Exception):
    """Between reading the ward and locking it somebody booked, moved or deferred what the list is about."""


class DayLists(Bookings):
    def preview_day_list(self, sheet: Sheet, mapping: Mapping[str, str]) -> Preview:
        return check(sheet, mapping, self.known_of_lists())

    def import_day_list(self, act: Act, sheet: Sheet, mapping: Mapping[str, str]) -> Imported:
        """A line booked before is left out, so that a repeated list changes nothing."""
        if (saved := self.store.find_key(act.key)) is not None:
            return self.imported_before(sheet, self.booked_again(act, saved.facts, saved.request_digest))
        act = self.in_time(act)
        for _ in range(TRIES):
            preview = self.preview_day_list(sheet, mapping)
            if preview.problems:
                raise ListRefused(preview.problems)
            if not preview.to_book:
                return Imported((), already=len(preview.listed))
            try:
                days = self.book_previewed(act, preview)
            except Changed:
                continue
            except KeyUsed as used:
                return self.imported_before(sheet, self.booked_again(act, used.facts, used.digest))
            self.announce(dict.fromkeys(day.id for day in days))
            booked = tuple(Recorded(day.facts, self.status(day.id)) for day in days)
            return Imported(booked, already=len(preview.listed) - len(days))
        raise too_many()

    def book_previewed(self, act: Act, preview: Preview) -> list[InfusionDay]:
        """The list is checked once more while the ward row is locked: what was previewed is what is booked."""
        lines: list[store.Booking] = [self.as_stored(act, booking_of(one)) for one in preview.to_book]

        def as_previewed() -> None:
            if self.preview_day_list(preview.sheet, preview.mapping) != preview:
                raise Changed

        return self.store.book(
            lines, act.key, act.request_digest, act.staff, act.device, self.clock.now(), check=as_previewed
        )

    def imported_before(self, sheet: Sheet, booked: tuple[Recorded, ...]) -> Imported:
        return Imported(booked, already=len(sheet.lines) - len(booked), again=True)

    def course_warnings_of(self, patient_id: str, course: int, number: int, on: date) -> tuple[str, ...]:
        """What a prescriber wants to know of this day of the course; a note, never a lock."""
        nobody = Patient(id="", patient_id=patient_id, family_name="", given_name="", born=on)
        patient = self.store.find_patient(patient_id) or nobody
        day = InfusionDay(id="", patient=patient, course=course, day=number, date=on)
        return course_warnings(day, self.course(day), self.protocol)

    def next_day_of(self, patient_id: str) -> tuple[int, int] | None:
        """Course and day that follow the latest one booked; None for a patient without any."""
        last = max(((day.course, day.day) for day in self.days_booked(patient_id)), default=None)
        if last is None or last[1] < self.protocol.days_in_course(last[0]):
            return last and (last[0], last[1] + 1)
        return last[0] + 1, 1

    # ---- what the ward knows -----------------------------------------------------------------------------------------

    def statuses_on(self, local_date: date) -> list[ChairStatus]:
        """Every day of that date, by planned start and chair; of today also those still open from before."""
        now = self.clock.now()
        days = self.store.open_days(local_date)
        if local_date != self.local_date():
            days = [day for day in days if day.date == local_date]
        statuses = [chair_status(day, self.course(day), self.protocol, now) for day in days]
        return sorted(statuses, key=lambda one: (one.planned_start, len(one.chair), one.chair))

    def known_of_lists(self) -> Known:
        """Looked up as the list asks, each patient and each date once."""
        zone = ZoneInfo(self.store.ward().zone)

        patient = cache(self.store.find_patient)
        days_booked = cache(self.days_booked)

        @cache
        def places(on: date) -> dict[tuple[str, time], str]:
            taken = [one for one in self.statuses_on(on) if one.date == on and not one.phase.is_over]
            starts = [one.planned_start.astimezone(zone).time() for one in taken]
            return {(one.chair, start): one.patient.patient_id for one, start in zip(taken, starts, strict=True)}

        def identity(patient_id: str) -> tuple[str, str, date] | None:
            found = patient(patient_id)
            return None if found is None else (found.family_name, found.given_name, found.born)

        def booked(patient_id: str, on: date) -> tuple[int, int] | None:
            return next(((day.course, day.day) for day in days_booked(patient_id) if day.date == on), None)

        def booked_on(patient_id: str, course: int, number: int) -> date | None:
            same = (day.date for day in days_booked(patient_id) if (day.course, day.day) == (course, number))
            return next(same, None)

        return Known(
            today=self.local_date(),
            chairs=frozenset(self.store.chairs()),
            days_in_course=self.protocol.days_in_course,
            adult_years=self.protocol.courses.minimum_age,
            patient=identity,
            booked=booked,
            booked_on=booked_on,
            occupant=lambda chair, on, start: places(on).get((chair, start)),
        )


def booking_of(listed: Listed) -> Booking:
    return Booking(
        chair=listed.chair,
        course=listed.course,
        day=listed.day,
        born=listed.born,
        start=listed.start,
        patient_id=listed.patient_id,
        family_name=listed.family_name,
        given_name=listed.given_name,
        date=listed.date,
        allergies=listed.allergies,
        note=listed.note,
    )
