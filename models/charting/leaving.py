"""Leaving the chair: discharge, prepared beforehand or not, transfer, and the ward closing for the night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.charting.act import Act, Conflict, Recorded
from models.charting.guards import too_many
from models.charting.recorder import TRIES, Before, Recorder
from models.charting.words import named
from models.clinical.facts import Discharged, DischargePrepared, Fact, NightReceiver, Transferred
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus
from models.store.refusals import KeyUsed, PositionTaken
from models.store.rows import NewFact


class Leaving(Recorder):
    def prepare_discharge(self, act: Act, day_id: str, prepared: DischargePrepared) -> Recorded:
        return self.record(act, day_id, "prepare-discharge", lambda before: [before.line(prepared)])

    def discharge(self, act: Act, day_id: str, discharged: Discharged) -> Recorded:
        """What was prepared need not be said again (D-19)."""

        def decide(before: Before) -> list[NewFact]:
            prepared = before.status.discharge_prepared
            if discharged.where_to or prepared is None:
                return [before.line(discharged)]
            said = Discharged(where_to=prepared.where_to, receiver=discharged.receiver or prepared.receiver)
            return [before.line(said)]

        return self.record(act, day_id, "discharge", decide)

    def transfer(self, act: Act, day_id: str, transferred: Transferred) -> Recorded:
        return self.record(act, day_id, "transfer", lambda before: [before.line(transferred)])

    def close_ward(self, act: Act, receivers: Mapping[str, NightReceiver]) -> tuple[Recorded, ...]:
        """Every open day gets its receiver for the night in one act, or none does."""
        if (saved := self.store.find_key(act.key)) is not None:
            return self.closed_again(act, saved.facts, saved.request_digest)
        act = self.in_time(act)
        for _ in range(TRIES):
            open_days = [status for status in self.todays_statuses() if status.is_open]
            refuse_left_out(open_days, receivers)
            try:
                facts = self.handed_over(act, open_days, receivers)
            except PositionTaken:
                continue
            except KeyUsed as used:
                return self.closed_again(act, used.facts, used.digest)
            self.announce(dict.fromkeys(status.infusion_day_id for status in open_days))
            return tuple(Recorded((fact,), self.status(fact.infusion_day_id)) for fact in facts)
        raise too_many()

    def handed_over(
        self, act: Act, open_days: Sequence[ChairStatus], receivers: Mapping[str, NightReceiver]
    ) -> tuple[Fact, ...]:
        entries = []
        for status in open_days:
            before = self.before(status.infusion_day_id, act)
            lines = self.accepted(act, before, "close-ward", [before.line(receivers[before.day.id])])
            entries.append((before.day.id, before.day.position, lines))
        return self.store.append_many(
            entries, act.key, act.request_digest, act.staff, act.device, self.clock.now(),
            check=lambda: self.refuse_changed(open_days),
        )  # fmt: skip

    def refuse_changed(self, open_days: Sequence[ChairStatus]) -> None:
        """Somebody arrived or left while the list was filled in."""
        now = {status.infusion_day_id for status in self.todays_statuses() if status.is_open}
        if now != {status.infusion_day_id for status in open_days}:
            raise Conflict("The open chairs have changed. Nothing was recorded. Look at the list again.")

    def closed_again(self, act: Act, facts: Sequence[Fact], digest: str) -> tuple[Recorded, ...]:
        return tuple(self.again(act, [fact], digest) for fact in facts)


def refuse_left_out(open_days: Sequence[ChairStatus], receivers: Mapping[str, NightReceiver]) -> None:
    if not open_days:
        raise Refusal("No infusion day is open: there is nobody to hand over for the night.")
    for status in open_days:
        if status.infusion_day_id not in receivers:
            raise Refusal(
                f"Chair {status.chair}, {named(status.patient)}, has no receiver for the night. Name one for every "
                "open chair.",
                field="receivers",
            )
    open_ids = {status.infusion_day_id for status in open_days}
    if any(day_id not in open_ids for day_id in receivers):
        raise Refusal("One of these infusion days is not open. Look at the list again.", field="receivers")
