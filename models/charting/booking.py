"""Booking infusion days: one, or a whole list of which all lines are booked or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models import store
from models.charting.act import Act, NeedsConfirmation, Recorded
from models.charting.chairs import Chairs
from models.charting.words import calendar_date, clock_time, named
from models.clinical.chair_status import chair_status
from models.clinical.course import refuse_booking, too_young
from models.clinical.facts import Booked, Fact, InfusionDay, Overridden, Patient
from models.clinical.refusal import Refusal
from models.clinical.status import Phase
from models.store.refusals import KeyUsed
from models.store.rows import NewFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One line of a list: who comes when, for which day of the course. `start` is the ward's local time."""

    chair: str
    course: int
    day: int
    born: date
    start: time
    patient_id: str
    family_name: str
    given_name: str
    date: date
    allergies: str = ""
    note: str = ""
    supervising_neurologist: str = ""
    emergency_contact: str = ""

    @property
    def patient(self) -> Patient:
        """As booked; not yet one the ward knows."""
        return Patient(
            id="",
            patient_id=self.patient_id,
            family_name=self.family_name,
            given_name=self.given_name,
            born=self.born,
        )


class Bookings(Chairs):
    def book(self, act: Act, booking: Booking, *, confirmed: bool = True) -> Recorded:
        """Not confirmed: a stay that overlaps another one in the same chair is asked about first."""
        return self.book_all(act, [booking], confirmed=confirmed)[0]

    def book_all(self, act: Act, bookings: Sequence[Booking], *, confirmed: bool = True) -> tuple[Recorded, ...]:
        if (saved := self.store.find_key(act.key)) is not None:
            return self.booked_again(act, saved.facts, saved.request_digest)
        act = self.in_time(act)
        lines = [self.as_stored(act, booking) for booking in bookings]

        def none_clashes() -> None:
            for booking in bookings:
                self.refuse_second(booking)
                if not confirmed:
                    self.ask_overlapping(booking)

        try:
            days = self.store.book(
                lines, act.key, act.request_digest, act.staff, act.device, self.clock.now(), check=none_clashes
            )
        except KeyUsed as used:
            return self.booked_again(act, used.facts, used.digest)
        self.announce(dict.fromkeys(day.id for day in days))
        return tuple(Recorded(day.facts, self.status(day.id)) for day in days)

    def booked_again(self, act: Act, facts: Sequence[Fact], digest: str) -> tuple[Recorded, ...]:
        by_day: dict[str, list[Fact]] = {}
        for fact in facts:
            by_day.setdefault(fact.infusion_day_id, []).append(fact)
        return tuple(self.again(act, of_day, digest) for of_day in by_day.values())

    def as_stored(self, act: Act, booking: Booking) -> store.Booking:
        """The booking as the store takes it, once it is sound in itself."""
        self.known_chair(booking.chair)
        self.refuse_impossible(booking)
        overridden = self.age_override(act, booking)
        now = self.clock.now()
        booked = Booked(
            chair=booking.chair,
            planned_start=self.planned_start(booking),
            note=booking.note,
            supervising_neurologist=booking.supervising_neurologist,
            emergency_contact=booking.emergency_contact,
        )
        return store.Booking(
            patient_id=booking.patient_id,
            family_name=booking.family_name,
            given_name=booking.given_name,
            born=booking.born,
            allergies=booking.allergies,
            course=booking.course,
            day=booking.day,
            date=booking.date,
            lines=[*overridden, NewFact(booked, now)],
        )

    def refuse_impossible(self, booking: Booking) -> None:
        refuse_booking(booking.course, booking.day, self.protocol)
        if booking.date < self.local_date():
            raise Refusal(f"{calendar_date(booking.date)} is past: book today or a later date.", field="date")
        if booking.born > booking.date:
            raise Refusal(f"Born {calendar_date(booking.born)} is after the infusion day.", field="born")

    def age_override(self, act: Act, booking: Booking) -> list[NewFact]:
        """Under age only with a doctor's name and reason (R-31, D-13)."""
        why = too_young(booking.patient, booking.date, self.protocol)
        if why is None:
            return []
        if act.override is None:
            raise Refusal(f"{why} Booking needs a doctor's name and reason.", field="born", locks=("age",))
        said = Overridden(act="book", locks=("age",), doctor=act.override.doctor, reason=act.override.reason)
        return [NewFact(said, self.clock.now())]

    def is_somebody_else(self, booking: Booking) -> bool:
        known = self.store.find_patient(booking.patient_id)
        names = (booking.family_name.casefold(), booking.given_name.casefold(), booking.born)
        return known is not None and names != (known.family_name.casefold(), known.given_name.casefold(), known.born)

    def planned_start(self, booking: Booking) -> datetime:
        zone = ZoneInfo(self.store.ward().zone)
        return datetime.combine(booking.date, booking.start, zone).astimezone(UTC)

    def ask_overlapping(self, booking: Booking) -> None:
        """Two patients in sequence may share a chair on one day; two at once are asked about, by both identifiers."""
        start, stay = self.planned_start(booking), self.protocol.durations.chair_stay
        now, zone = self.clock.now(), self.store.ward().zone
        for day in self.store.open_days(booking.date):
            status = chair_status(day, self.course(day), self.protocol, now)
            if status.chair != booking.chair or status.closed_at is not None or status.phase is Phase.DEFERRED:
                continue
            if abs(status.planned_start - start) < stay:
                at = clock_time(status.planned_start, zone)
                raise NeedsConfirmation(
                    f"Chair {booking.chair} is planned for {named(status.patient)} from {at} for about "
                    f"{stay // timedelta(hours=1)} hours. Book {booking.family_name.upper()} there at "
                    f"{clock_time(start, zone)} all the same?",
                    field="start",
                )

    # ---- what is booked already --------------------------------------------------------------------------------------

    def days_booked(self, patient_id: str) -> list[InfusionDay]:
        """Days of the patient with this hospital number that were not deferred."""
        patient = self.store.find_patient(patient_id)
        days = [] if patient is None else self.store.days_of_patient(patient.id)
        now = self.clock.now()
        statuses = [chair_status(day, self.course(day), self.protocol, now) for day in days]
        return [day for day, status in zip(days, statuses, strict=True) if status.phase is not Phase.DEFERRED]

    def refuse_second(self, booking: Booking) -> None:
        if self.is_somebody_else(booking):
            return  # the store says whose number it is
        for day in self.days_booked(booking.patient_id):
            if day.date == booking.date:
                raise Refusal(
                    f"{named(day.patient)} is booked on {calendar_date(day.date)} already, for course {day.course} "
                    f"day {day.day}. One infusion a date.",
                    field="date",
                )
            if (day.course, day.day) == (booking.course, booking.day):
                raise Refusal(
                    f"Course {day.course} day {day.day} of {named(day.patient)} is booked already, "
                    f"for {calendar_date(day.date)}. Defer that day first.",
                    field="day",
                )
