"""Hour one and the infusion: checks, medicines, the bag, and the drug from start to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.charting.act import Act, Recorded
from models.charting.consequences import as_if_recorded
from models.charting.recorder import Before
from models.charting.seating import Seating
from models.clinical.chair_status import chair_status
from models.clinical.day_sheet import lay_out
from models.clinical.entries import refuse_impossible
from models.clinical.facts import (
    BagPrepared,
    CheckAnswered,
    Details,
    EvaluationClosed,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    MedicationGiven,
    RateChanged,
)
from models.clinical.fields import Entry
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus, InfusionState
from models.store.rows import NewFact


class Infusing(Seating):
    def answer_checks(self, act: Act, day_id: str, answers: Sequence[CheckAnswered]) -> Recorded:
        return self.record(act, day_id, "checks", lambda before: [before.line(answer) for answer in answers])

    def give_medication(self, act: Act, day_id: str, medication: MedicationGiven) -> Recorded:
        return self.record(act, day_id, "medications", lambda before: [before.line(medication)])

    def prepare_bag(self, act: Act, day_id: str, bag: BagPrepared) -> Recorded:
        """The true time of this act is the time of mixing, from which the bag's life counts."""
        return self.record(act, day_id, "prepare", lambda before: [before.line(bag)])

    def start_infusion(self, act: Act, day_id: str, rate_ml_per_hour: float | None = None) -> Recorded:
        """One infusion a date: what the patient's other days say is read again under the ward's lock."""
        rate = rate_ml_per_hour or self.protocol.planned_rate_ml_per_hour

        def started(before: Before) -> list[NewFact]:
            return [before.line(InfusionStarted(rate_ml_per_hour=rate))]

        def still_allowed(before: Before) -> None:
            again = self.before(day_id, act)
            self.locks_passed(act, again, "start", started(again))
            self.refuse_clash(again, started(again))

        return self.record(act, day_id, "start", started, under_lock=still_allowed)

    def change_rate(self, act: Act, day_id: str, rate_ml_per_hour: float, reason: str) -> Recorded:
        changed = RateChanged(rate_ml_per_hour=rate_ml_per_hour, reason=reason)
        return self.record(act, day_id, "rate", lambda before: [before.line(changed)])

    def at_rate(self, day_id: str, rate_ml_per_hour: float) -> ChairStatus:
        """The chair as it would stand at that rate from now on; nothing is recorded."""
        before = self.before(day_id, Act(key="", staff=""))
        changed = RateChanged(rate_ml_per_hour=rate_ml_per_hour, reason="preview")
        refuse_impossible(changed, Entry(self.protocol, lay_out(before.day.facts), before.now))
        lines = [before.line(one) for one in running_at(before.status, changed)]
        return chair_status(as_if_recorded(before.day, lines, "", before.now), before.course, self.protocol, before.now)

    def pause_infusion(self, act: Act, day_id: str, reason: str, note: str = "") -> Recorded:
        paused = InfusionPaused(reason=reason, note=note)
        return self.record(act, day_id, "pause", lambda before: [before.line(paused)])

    def resume_infusion(
        self, act: Act, day_id: str, rate_ml_per_hour: float | None = None, doctor: str = "", reason: str = ""
    ) -> Recorded:
        """After STOP, a reaction or red it closes the evaluation too, by a doctor's name and a reason (D-2, D-11)."""

        def decide(before: Before) -> list[NewFact]:
            status = before.status
            rate = rate_ml_per_hour or status.resume_rate_ml_per_hour or status.planned_rate_ml_per_hour
            resumed = before.line(InfusionResumed(rate_ml_per_hour=rate))
            if not status.resume_needs_evaluation:
                return [resumed]
            slowed = rate < (status.rate_ml_per_hour or status.planned_rate_ml_per_hour)
            return [before.line(self.decision("slowed" if slowed else "resumed", act, doctor, reason)), resumed]

        return self.record(act, day_id, "resume", decide)

    def decision(self, outcome: str, act: Act, doctor: str, reason: str) -> EvaluationClosed:
        doctor = doctor or (act.override.doctor if act.override else "")
        reason = reason or (act.override.reason if act.override else "")
        if not (doctor and reason):
            sentence = "Resume here needs a doctor's name and the reason: the patient is evaluated first."
            raise Refusal(sentence, field="reason" if doctor else "doctor")
        return EvaluationClosed(outcome=outcome, doctor=doctor, reason=reason)

    def stop_infusion(self, act: Act, day_id: str, reason: str = "") -> Recorded:
        """Provisional until its evaluation closes, which this opens; it happened at the tap unless a time is told."""
        act = replace(act, at_tap=act.happened_at is None and not act.late)
        return self.record(act, day_id, "stop", lambda before: [before.line(InfusionStopped(reason=reason))])

    def complete_infusion(self, act: Act, day_id: str) -> Recorded:
        return self.record(act, day_id, "complete", lambda before: [before.line(InfusionCompleted())])


def running_at(status: ChairStatus, changed: RateChanged) -> list[Details]:
    """What brings an open infusion to that rate: a change while it runs, a resumption while it is held."""
    resumed = InfusionResumed(rate_ml_per_hour=changed.rate_ml_per_hour)
    if status.state is InfusionState.RUNNING:
        return [changed]
    if status.resume_needs_evaluation and status.state in (InfusionState.PAUSED, InfusionState.STOPPED):
        return [EvaluationClosed(outcome="slowed", doctor="preview", reason="preview"), resumed]
    if status.state is InfusionState.PAUSED:
        return [resumed]
    raise Refusal(f"No infusion is open in chair {status.chair}: there is no rate to forecast.")
