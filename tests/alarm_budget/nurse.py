"""How a nurse lives through one infusion day: what she does next and when, by looking at the chair like anybody else.

OWN, nobody has published it: a round is taken 6 min before to 4 min after it is due, one in twenty-five 8 to 18 min
late; a repeat in its last minutes, one in twenty late; a high alert is answered after 20 to 50 s, a medium one after 30
to 150 s; a doctor comes 5 to 20 min after being asked, accepts the values until the evening, and closes an evaluation
10 to 20 min after it opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from models.charting import Act, Charting
from models.clinical.alert import Alert, Priority
from models.clinical.facts import (
    AdviceGiven,
    AlertAnswered,
    BagPrepared,
    CheckAnswered,
    Discharged,
    DoctorReviewed,
    EvaluationClosed,
    MedicationGiven,
    ReferenceValueSet,
    SampleTaken,
    Symptom,
    SymptomReported,
    Transferred,
)
from models.clinical.findings import Level
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus, InfusionState
from tests.alarm_budget.drawn import Body

Deed = Callable[[ChairStatus], object]
Wish = tuple[datetime, Deed]
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
DOCTOR = "Dr Lind"
LONGEST_DAY = timedelta(hours=11)
RESUMED, STOPPED_TODAY = "resumed", "stopped today"


@dataclass
class Nurse:
    """`ends_at` is when a patient with a planted event leaves for another ward, if the day lasts that long."""

    charting: Charting
    random: Random
    day_id: str
    number: int
    start: datetime
    body: Body
    answers: Mapping[str, str]
    ends_at: datetime | None = None
    reference: ReferenceValueSet | None = None
    """Day 1's values where that day was spent elsewhere."""
    told: int = 0
    acts: int = 0
    _delays: dict[object, timedelta] = field(default_factory=dict)

    def lives(self) -> Iterator[datetime]:
        """Gives the time she waits for; whoever asks again has moved the clock there."""
        yield from self.hour_one()
        while True:
            status = self.charting.status(self.day_id)
            if status.closed_at is not None:
                return
            at, deed = min(self.wishes(status), key=lambda wish: wish[0])
            if status.deadlines and status.deadlines[0] < at:
                yield status.deadlines[0]  # something may ask for an answer then
                continue
            yield max(at, status.now)
            self.tries(deed)

    def tries(self, deed: Deed) -> None:
        """What is refused is not done; the next look at the chair says what is."""
        try:
            deed(self.charting.status(self.day_id))
        except Refusal:
            self._delays.clear()

    def act(self) -> Act:
        self.acts += 1
        return Act(key=f"{self.day_id}/{self.acts}", staff="okafor", device="simulated")

    def once(self, about: object, least: float, most: float) -> timedelta:
        """A delay in minutes, drawn once for what it is about."""
        return self._delays.setdefault(about, self.random.uniform(least, most) * MINUTE)

    def minute(self) -> float:
        return (self.charting.clock.now() - self.start) / MINUTE

    # ---- hour one ----------------------------------------------------------------------------------------------------

    def hour_one(self) -> Iterator[datetime]:
        chart, day, protocol = self.charting, self.day_id, self.charting.protocol
        yield self.start - 72 * MINUTE
        chart.arrive(self.act(), day)
        chart.assign(self.act(), day, "okafor")
        if self.reference is not None:
            chart.set_reference_values(self.act(), day, self.reference)
        chart.answer_checks(
            self.act(), day, [CheckAnswered(check=id, answer=text) for id, text in self.answers.items()]
        )
        yield self.start - 66 * MINUTE
        self.takes_a_set()
        yield self.start - 62 * MINUTE
        for medicine in protocol.medicines.values():
            given = not medicine.required_days or self.number in medicine.required_days
            dose: dict[str, Any] = {"name": medicine.name, "dose_mg": medicine.dose_mg} if given else {}
            outcome = "given" if given else "not prescribed"
            chart.give_medication(self.act(), day, MedicationGiven(medicine=medicine.id, outcome=outcome, **dose))
        yield self.start - 30 * MINUTE
        chart.prepare_bag(
            self.act(), day, BagPrepared(product=protocol.product, batch="B", volume_ml=protocol.volume_ml)
        )

    # ---- what she wants to do next -----------------------------------------------------------------------------------

    def wishes(self, status: ChairStatus) -> Iterator[Wish]:
        yield self.start + LONGEST_DAY, self.transfers
        if self.ends_at is not None:
            yield self.ends_at, self.transfers
        if self.told < len(self.body.symptoms):
            yield self.start + self.body.symptoms[self.told][0] * MINUTE, self.hears_a_symptom
        yield from self.wishes_of_rounds(status)
        yield from self.wishes_of_alerts(status)
        yield from self.wishes_of_the_drug(status)
        if status.drug_ended_at is not None:
            yield from self.wishes_of_leaving(status)

    def wishes_of_rounds(self, status: ChairStatus) -> Iterator[Wish]:
        due, kind = status.next_round_due_at, status.next_round_kind
        if due is None:
            if status.infusion_started_at is None:
                yield self.before_start(status), self.takes_a_set
            return
        if kind == "repeat":
            late = self._delays.setdefault(("late", due), self.random.random() * MINUTE) < 0.05 * MINUTE
            asked = (due - (status.last_set.happened_at if status.last_set else due)) / MINUTE
            delay = self.once(due, 1, 6) if late else self.once(due, -0.25 * asked, 0)
        else:
            busy = self._delays.setdefault(("busy", due), self.random.random() * MINUTE) < 0.04 * MINUTE
            delay = self.once(due, 8, 18) if busy else self.once(due, -6, 4)
        yield due + delay, self.takes_a_set

    def before_start(self, status: ChairStatus) -> datetime:
        """A set five minutes before the start, and again while what it showed keeps the infusion from starting."""
        last = status.last_set
        if last is None or last.happened_at < self.start - 20 * MINUTE:
            return self.start - 5 * MINUTE
        return last.happened_at + 15 * MINUTE

    def wishes_of_alerts(self, status: ChairStatus) -> Iterator[Wish]:
        for alert in status.alerts:
            if alert.needs_answer and alert.sounds:
                high = alert.priority is Priority.HIGH
                delay = self.once((alert.id, alert.raised_at), *((1 / 3, 5 / 6) if high else (0.5, 2.5)))
                yield alert.raised_at + delay, self.answering(alert)
            elif alert.priority is Priority.HIGH and not status.evaluation_open and not alert.holds:
                yield status.now + MINUTE, self.answering(alert)
        if status.evaluation_open:
            opened = status.evaluation_opened_at or status.now
            yield opened + self.once(("evaluated", opened), 10, 20), self.evaluated
        elif status.review_due:
            about = status.last_set.position if status.last_set else 0
            yield self.asked_at(status) + self.once(("review", about), 5, 20), self.reviewed

    def asked_at(self, status: ChairStatus) -> datetime:
        asked = [alert.raised_at for alert in status.alerts if alert.what in ("review due", "review ended")]
        return min(asked, default=status.now)

    def wishes_of_the_drug(self, status: ChairStatus) -> Iterator[Wish]:
        if status.infusion_started_at is None:
            if "start" in status.allowed:
                yield max(self.start, status.now), self.starts
        elif status.state is InfusionState.RUNNING:
            if status.evaluation_open:
                yield status.now + 20 * SECOND, self.pauses
            elif status.forecast_end is not None:
                yield status.forecast_end + self.once("complete", 0, 3), self.completes
        elif status.state is InfusionState.PAUSED and not status.evaluation_open:
            yield status.now + 2 * MINUTE, self.resumes

    def wishes_of_leaving(self, status: ChairStatus) -> Iterator[Wish]:
        missing = [line for line in status.discharge_list if line.state == "missing"]
        if any(line.kind in ("advice", "yes_no") or line.id in self.charting.protocol.samples for line in missing):
            yield (status.drug_ended_at or status.now) + 100 * MINUTE, self.settles
        if status.ready:
            yield (status.ready_since or status.now) + 2 * MINUTE, self.goes_home
        elif status.extended and not status.review_due and status.level is Level.NORMAL:
            yield status.now + 15 * MINUTE, self.reviewed

    # ---- what she does -----------------------------------------------------------------------------------------------

    def takes_a_set(self, status: ChairStatus | None = None) -> None:
        known = {symptom.symptom for symptom in status.open_symptoms} if status else set()
        said = tuple(Symptom(symptom=name, change=self.how_it_goes(name)) for name in sorted(known))
        measured = self.body.measured(self.minute(), said)
        self.charting.record_vital_signs(self.act(), self.day_id, measured)

    def how_it_goes(self, symptom: str) -> str:
        begun = [minute for minute, said in self.body.symptoms if said.symptom == symptom]
        lasted = self.minute() - max(begun, default=0)
        return "gone" if lasted > self.once(("lasts", symptom), 60, 180) / MINUTE else "same"

    def hears_a_symptom(self, status: ChairStatus) -> None:
        said = self.body.symptoms[self.told][1]
        self.told += 1
        self.charting.report_symptoms(self.act(), self.day_id, SymptomReported(symptoms=(said,)))
        if said.severity != "mild":
            self.takes_a_set(self.charting.status(self.day_id))

    def answering(self, alert: Alert) -> Deed:
        ended = alert.priority is Priority.HIGH and not alert.holds
        said = AlertAnswered(alert=alert.id, answer="outcome", outcome="seen and safe") if ended else AlertAnswered(
            alert=alert.id, answer="acting" if alert.priority is Priority.HIGH else "seen")  # fmt: skip

        def answer(status: ChairStatus) -> None:
            self.charting.answer_alert(self.act(), self.day_id, said)

        return answer

    def evaluated(self, status: ChairStatus) -> None:
        outcome = RESUMED if status.state in (InfusionState.PAUSED, InfusionState.RUNNING) else STOPPED_TODAY
        if status.infusion_started_at is None:
            outcome = RESUMED
        closed = EvaluationClosed(outcome=outcome, doctor=DOCTOR, reason="examined, well")
        if status.state is InfusionState.PAUSED:
            rate = status.planned_rate_ml_per_hour
            self.charting.resume_infusion(self.act(), self.day_id, rate, DOCTOR, "examined, well")
        else:
            self.charting.close_evaluation(self.act(), self.day_id, closed)

    def reviewed(self, status: ChairStatus) -> None:
        accepted = tuple(
            (finding.parameter, float(finding.value))
            for finding in status.findings
            if not isinstance(finding.value, str) and finding.level is Level.AMBER
        )
        decision = "release" if status.drug_ended_at is not None else "go on"
        until = self.start + LONGEST_DAY
        review = DoctorReviewed(doctor=DOCTOR, decision=decision, accepted=accepted, until=until, next_set_minutes=30)
        self.charting.review(self.act(), self.day_id, review)

    def starts(self, status: ChairStatus) -> None:
        self.charting.start_infusion(self.act(), self.day_id)

    def pauses(self, status: ChairStatus) -> None:
        self.charting.pause_infusion(self.act(), self.day_id, "reaction")

    def resumes(self, status: ChairStatus) -> None:
        rate = status.planned_rate_ml_per_hour
        self.charting.resume_infusion(self.act(), self.day_id, rate, DOCTOR, "settled")

    def completes(self, status: ChairStatus) -> None:
        self.charting.complete_infusion(self.act(), self.day_id)

    def settles(self, status: ChairStatus) -> None:
        for line in status.discharge_list:
            if line.state == "missing" and line.id in self.charting.protocol.samples:
                self.charting.take_sample(self.act(), self.day_id, SampleTaken(sample=line.id, result=198.0))
        checks = [line.id for line in status.discharge_list if line.state == "missing" and line.kind == "yes_no"]
        if checks:
            self.charting.answer_checks(self.act(), self.day_id, [CheckAnswered(check=c, answer="yes") for c in checks])
        self.charting.give_advice(self.act(), self.day_id, AdviceGiven(advice=tuple(self.charting.protocol.advice)))

    def goes_home(self, status: ChairStatus) -> None:
        self.charting.discharge(self.act(), self.day_id, Discharged(where_to="home"))

    def transfers(self, status: ChairStatus) -> None:
        moved = Transferred(where_to="ward", receiver="Sister Maas")
        self.charting.transfer(self.act(), self.day_id, moved)
