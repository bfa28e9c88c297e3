"""Corrections: a fact is struck with a reason and, where one is given, replaced; both stay visible (D-15)."""

from __future__ import annotations

from datetime import datetime

from models.charting.act import Act, Recorded
from models.charting.consequences import as_if_recorded
from models.charting.recorder import Before
from models.charting.seating import Seating
from models.clinical.accept import true_time
from models.clinical.day_sheet import lay_out
from models.clinical.facts import Details, EnteredInError, Fact, struck
from models.clinical.progress import newly_refused, progress
from models.clinical.protocol import Protocol
from models.clinical.refusal import Refusal
from models.store.rows import NewFact


class Correcting(Seating):
    def correct(
        self,
        act: Act,
        day_id: str,
        position: int,
        reason: str,
        note: str = "",
        replacement: Details | None = None,
        replacement_at: datetime | None = None,
    ) -> Recorded:
        """A replacement keeps the time of what it replaces unless it is the time that was wrong (D-14)."""
        strike = EnteredInError(position=position, reason=reason, note=note)

        def decide(before: Before) -> list[NewFact]:
            wrong = fact_at(before, position)
            lines = [NewFact(strike, before.now)]
            if replacement is not None:
                if type(replacement) is not type(wrong.details):
                    raise Refusal("An entry is replaced by one of its own kind.", field="replacement")
                lines.append(NewFact(replacement, wrong.happened_at if replacement_at is None else replacement_at))
            if replacement_at is not None:
                refuse_out_of_order(before, lines, self.protocol)
            return lines

        def holds(before: Before) -> None:
            self.refuse_clash(before, decide(before))

        return self.record(act, day_id, "corrections", decide, under_lock=holds)


def refuse_out_of_order(before: Before, lines: list[NewFact], protocol: Protocol) -> None:
    """A replacement at another time must fit in there: what may follow what holds for corrected times too."""
    true_time(lines[-1].happened_at, before.now, protocol)
    after = as_if_recorded(before.day, lines, "", before.now)
    walked = [progress(lay_out(day.facts).facts) for day in (before.day, after)]
    if newly_refused(*walked):
        raise Refusal(
            "With that time the entries of this day do not follow each other. Choose another time.", field="happened_at"
        )


def fact_at(before: Before, position: int) -> Fact:
    """The entry to be struck, which must still stand."""
    wrong = next((fact for fact in before.day.facts if fact.position == position), None)
    if wrong is None:
        raise Refusal(f"This infusion day has no entry {position}.", field="fact")
    if position in struck(before.day.facts):
        raise Refusal("This entry is marked as entered in error already.", field="fact")
    if isinstance(wrong.details, EnteredInError):
        raise Refusal("A correction is not struck: enter again what was right.", field="fact")
    return wrong
