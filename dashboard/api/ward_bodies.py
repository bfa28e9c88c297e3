"""The bodies of what concerns booking, chairs and people, and of corrections."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any

from pydantic import Field

from dashboard.api import bodies, evaluation_bodies, round_bodies
from dashboard.api.body import Body, Part
from dashboard.api.fields import Count, Day, Flag, HospitalNumber, Reason, Text, TimeOfDay, Word
from models.charting import Booking
from models.clinical import facts

EARLIEST_START = time(8, 0)
"""When a booking names no time: the ward opens."""


class BookedPatient(Part):
    patient_id: HospitalNumber
    family_name: Word
    given_name: Word
    born: Day
    allergies: Text = ""


class Book(Body):
    chair: Word
    course: Annotated[Count, Field(le=99)]
    day: Annotated[Count, Field(le=99)]
    date: Day
    start: TimeOfDay = EARLIEST_START
    patient: BookedPatient
    supervising_neurologist: Text = ""
    emergency_contact: Text = ""
    note: Text = ""
    confirmed: Flag = False
    """That the chair is meant, though another patient is planned there at that time."""

    def booking(self) -> Booking:
        own = self.model_dump(exclude={"patient", "happened_at", "override", "late", "confirmed"})
        return Booking(**own, **self.patient.model_dump())


class Arrive(Body):
    chair: Word | None = None
    supervising_neurologist: Text = ""
    emergency_contact: Text = ""


class ArriveAgain(Body):
    """An arrival at another time or with other names; only replacements take it."""

    records = facts.Arrived
    chair: Word
    supervising_neurologist: Text
    emergency_contact: Text


class Defer(Body):
    records = facts.Deferred
    reason: Reason


class Assign(Body):
    nurse: Word | None


class Move(Body):
    chair: Word
    reason: Text = ""


class Swap(Body):
    other_day: Annotated[Word, Field(alias="with")]
    reason: Text = ""


class PatientDetails(Body):
    records = facts.PatientDetailsCorrected
    family_name: Word | None = None
    given_name: Word | None = None
    born: Day | None = None
    allergies: Text | None = None
    reason: Reason


class Receiver(Part):
    receiver: Word
    place: Word


class CloseWard(Body):
    receivers: Annotated[dict[Word, Receiver], Field(max_length=100)]

    def named(self) -> dict[str, facts.NightReceiver]:
        return {day: facts.NightReceiver(receiver=one.receiver, place=one.place) for day, one in self.receivers.items()}


class Correction(Body):
    fact: Count
    reason: Reason
    note: Text = ""
    replacement: dict[str, Any] | None = None
    confirmed: Flag = False
    """That the values of the replacement are right, however unusual."""


REPLACEMENTS: dict[str, type[Body]] = {
    body.records.__name__: body
    for body in (
        ArriveAgain,
        bodies.OneCheck,
        bodies.Medication,
        bodies.PrepareAgain,
        bodies.StartAgain,
        bodies.Rate,
        bodies.Pause,
        bodies.ResumeAgain,
        bodies.Stop,
        bodies.Complete,
        round_bodies.VitalSigns,
        round_bodies.SymptomReport,
        round_bodies.NotDone,
        round_bodies.Interval,
        round_bodies.ReferenceValues,
        round_bodies.Review,
        evaluation_bodies.CloseEvaluation,
        bodies.Sample,
        bodies.Advice,
        bodies.Note,
        bodies.Transfer,
        bodies.Discharge,
    )
}
"""Kind of a struck fact → the body that may replace it."""
