"""What a ward holds at once: one patient per chair, one chair per patient, one infusion of a patient a date.

It concerns more than one infusion day, so it is asked while the ward is locked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.charting.act import Conflict
from models.charting.consequences import as_if_recorded
from models.charting.recorder import Before, Recorder
from models.charting.words import calendar_date, named
from models.clinical.chair_status import chair_status
from models.clinical.facts import InfusionDay, InfusionStarted, standing
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus
from models.store.rows import NewFact


class Seating(Recorder):
    def refuse_clash(self, before: Before, lines: Sequence[NewFact], leaving: Collection[str] = ()) -> None:
        """What the day would become with these lines, beside all others; days `leaving` give up their chairs in it."""
        as_if = as_if_recorded(before.day, lines, "", before.now)
        after = chair_status(as_if, before.course, self.protocol, before.now)
        was_there = before.status.is_open and after.chair == before.status.chair
        if after.is_open and not was_there:
            self.known_chair(after.chair)
            self.refuse_taken(before.day, after.chair, leaving)
        started = after.infusion_started_at
        if started is not None and started != before.status.infusion_started_at:
            self.refuse_second_infusion(before.day, started)

    def known_chair(self, chair: str) -> str:
        chairs = self.store.chairs()
        if chair not in chairs:
            raise Refusal(f"This ward has no chair {chair}. Its chairs are {', '.join(chairs)}.", field="chair")
        return chair

    def refuse_taken(self, day: InfusionDay, chair: str, leaving: Collection[str]) -> None:
        for one in self.todays_statuses():
            if not one.is_open or one.infusion_day_id in {day.id, *leaving}:
                continue
            if one.chair == chair:
                raise taken(chair, one, day)
            if one.patient.id == day.patient.id:
                raise elsewhere(one)

    def refuse_second_infusion(self, day: InfusionDay, started_at: datetime) -> None:
        """By the date on which the drug began: a day may be booked for another one (R-44)."""
        zone = ZoneInfo(self.store.ward().zone)
        on = started_at.astimezone(zone).date()
        for other in self.store.days_alongside(day.id):
            starts = [fact for fact in standing(other.facts) if isinstance(fact.details, InfusionStarted)]
            if other.id != day.id and any(fact.happened_at.astimezone(zone).date() == on for fact in starts):
                raise Conflict(
                    f"{named(day.patient)} had an infusion on {calendar_date(on)} already, day {other.day} of course "
                    f"{other.course}. One infusion a date."
                )


def taken(chair: str, seated: ChairStatus, day: InfusionDay) -> Conflict:
    return Conflict(
        f"Chair {chair} is taken: {named(seated.patient)} sits there. {named(day.patient)} stays where they are. "
        "Choose a free chair, or swap the two.",
        in_chair=seated.infusion_day_id,
    )


def elsewhere(seated: ChairStatus) -> Conflict:
    return Conflict(
        f"{named(seated.patient)} sits in chair {seated.chair} already: day {seated.day} of course {seated.course}, "
        f"{calendar_date(seated.date)}, is still open. Discharge or transfer there first.",
        in_chair=seated.infusion_day_id,
    )
