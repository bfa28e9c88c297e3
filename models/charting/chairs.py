"""Who sits where and who looks after them: arrive, defer, move, swap, assign."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.charting.act import Act, Recorded
from models.charting.guards import too_many
from models.charting.recorder import TRIES, Before, Decide
from models.charting.seating import Seating
from models.charting.words import named
from models.clinical.facts import (
    Arrived,
    Booked,
    ChairAssigned,
    Deferred,
    Details,
    HandoverOffered,
    NurseAssigned,
    PatientDetailsCorrected,
    standing,
)
from models.clinical.refusal import Refusal
from models.store.refusals import KeyUsed, PositionTaken
from models.store.rows import NewFact


class Chairs(Seating):
    def arrive(
        self,
        act: Act,
        day_id: str,
        *,
        chair: str | None = None,
        supervising_neurologist: str = "",
        emergency_contact: str = "",
    ) -> Recorded:
        """What the booking or the ward already named is taken over."""

        def decide(before: Before) -> list[NewFact]:
            ward, booked = self.store.ward(), booking_of(before)
            arrived = Arrived(
                chair=self.known_chair(chair or before.status.chair),
                supervising_neurologist=supervising_neurologist
                or booked.supervising_neurologist
                or ward.supervising_neurologist,
                emergency_contact=emergency_contact or booked.emergency_contact or ward.emergency_contact,
            )
            return [before.line(arrived)]

        def free(before: Before) -> None:
            self.refuse_clash(before, decide(before))

        return self.record(act, day_id, "arrive", decide, under_lock=free)

    def defer(self, act: Act, day_id: str, reason: str) -> Recorded:
        return self.record(act, day_id, "defer", lambda before: [before.line(Deferred(reason=reason))])

    def move(self, act: Act, day_id: str, chair: str, reason: str = "") -> Recorded:
        def decide(before: Before) -> list[NewFact]:
            if self.known_chair(chair) == before.status.chair:
                raise Refusal(f"{named(before.day.patient)} is in chair {chair} already.", field="chair")
            return [before.line(ChairAssigned(chair=chair, reason=reason))]

        def free(before: Before) -> None:
            self.refuse_clash(before, decide(before))

        return self.record(act, day_id, "move", decide, under_lock=free)

    def swap(self, act: Act, day_id: str, other_day_id: str, reason: str = "") -> Recorded:
        """Both change chairs in one act, or neither does."""
        if day_id == other_day_id or self.store.infusion_day(other_day_id) is None:
            raise Refusal("A swap needs two patients who are booked in this ward.", field="with")
        if (saved := self.saved(act)) is not None:
            return saved
        act = self.in_time(act)
        for _ in range(TRIES):
            here, there = self.before(day_id, act), self.before(other_day_id, act)
            to_there = ChairAssigned(chair=there.status.chair, reason=reason)
            to_here = ChairAssigned(chair=here.status.chair, reason=reason)
            lines = self.decided(act, here, "swap", moved_to(to_there), act.position or here.day.position)
            others = self.accepted(act, there, "swap", [there.line(to_here)])
            entries = [(day_id, here.day.position, lines), (other_day_id, there.day.position, others)]
            free = self.both_free((here, lines), (there, others))
            try:
                facts = self.store.append_many(
                    entries, act.key, act.request_digest, act.staff, act.device, here.now, check=free
                )
            except PositionTaken:
                continue
            except KeyUsed as used:
                return self.again(act, used.facts, used.digest)
            self.announce(dict.fromkeys((day_id, other_day_id)))
            return Recorded(facts, self.status(day_id))
        raise too_many()

    def both_free(self, *swapped: tuple[Before, Sequence[NewFact]]) -> Callable[[], None]:
        """A chair booked for the one may be taken by a third."""
        leaving = {before.day.id for before, _ in swapped}

        def free() -> None:
            for before, lines in swapped:
                self.refuse_clash(before, lines, leaving)

        return free

    def assign(self, act: Act, day_id: str, nurse: str | None) -> Recorded:
        """Taking a chair is at once, giving it waits for the receiver; a chair that is nobody's is given at once."""
        if nurse is not None and not any(member.id == nurse and member.active for member in self.store.staff()):
            raise Refusal("This ward has no such nurse.", field="nurse")

        def decide(before: Before) -> list[NewFact]:
            at_once = nurse is None or nurse == act.staff or before.status.nurse is None
            details: Details = NurseAssigned(nurse=nurse) if at_once else HandoverOffered(to=str(nurse))
            return [before.line(details)]

        return self.record(act, day_id, "assign", decide)

    def correct_patient_details(self, act: Act, day_id: str, details: PatientDetailsCorrected) -> Recorded:
        said = (details.family_name, details.given_name, details.born, details.allergies)
        if all(one is None for one in said):
            raise Refusal("Say which detail of the patient is to be corrected.", field="family_name")
        return self.record(act, day_id, "patient-details", lambda before: [before.line(details)])


def moved_to(chair: ChairAssigned) -> Decide:
    return lambda before: [before.line(chair)]


def booking_of(before: Before) -> Booked:
    booked = [fact.details for fact in standing(before.day.facts) if isinstance(fact.details, Booked)]
    return booked[-1] if booked else Booked(chair=before.status.chair, planned_start=before.status.planned_start)
