"""What a step of a data file does: the name of an act → the charting method and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from models.charting import Act, Charting
from models.clinical.facts import (
    AdviceGiven,
    AlertAnswered,
    BagPrepared,
    CallLogged,
    CheckAnswered,
    Details,
    Discharged,
    DischargePrepared,
    DoctorReviewed,
    EvaluationClosed,
    EvaluationStep,
    Fact,
    MedicationGiven,
    NightReceiver,
    PatientDetailsCorrected,
    ReactionGraded,
    ReactionSuspected,
    ReferenceValueSet,
    RoundIntervalSet,
    RoundNotDone,
    SampleTaken,
    Symptom,
    SymptomReported,
    Transferred,
    VitalSignsRecorded,
    standing,
)
from models.clinical.refusal import Refusal

Body = dict[str, Any]
Record = Callable[[Charting, Act, str, Body], object]


def symptoms(body: Body) -> Body:
    found = body.get("symptoms")
    return body if found is None else body | {"symptoms": tuple(Symptom(**one) for one in found)}


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act whose body is the fact."""

    method: Callable[[Charting, Act, str, Any], object]
    kind: type[Details]

    def __call__(self, chart: Charting, act: Act, day: str, body: Body) -> object:
        return self.method(chart, act, day, self.kind(**symptoms(body)))


def answered(chart: Charting, act: Act, day: str, body: Body) -> object:
    """The alert that stands by its row of the protocol: its id holds a moment no file can know.

    With *all*, every one of that row; without a row, every one that waits for an answer.
    """
    said = {name: value for name, value in body.items() if name not in ("what", "all")}
    what, every = body.get("what"), body.get("all", "what" not in body)
    mine = [
        one
        for one in chart.status(day).alerts
        if (what is None and one.sounds and one.needs_answer) or one.what == what
    ]
    if not mine:
        raise Refusal(f"No alert “{what or 'that waits'}” stands there.")
    for place, alert in enumerate(mine if every else mine[:1]):
        keyed = Act(key=f"{act.key}-{place}", staff=act.staff, device=act.device) if place else act
        done = chart.answer_alert(keyed, day, AlertAnswered(alert=alert.id, **said))
    return done


def reviewed(chart: Charting, act: Act, day: str, body: Body) -> object:
    """What the doctor accepts stands in a file as a table of parameters."""
    accepted = tuple(dict(body.get("accepted", {})).items())
    return chart.review(act, day, DoctorReviewed(**{**body, "accepted": accepted}))


def newest(chart: Charting, day: str, kind: str, of: int = 1) -> Fact:
    """The newest entry of this kind that stands; `of` 2 the one before it."""
    found = [fact for fact in standing(chart.day(day).facts) if fact.kind == kind]
    if len(found) < of:
        raise Refusal(f"There is no entry {kind} to correct.")
    return found[-of]


def corrected(chart: Charting, act: Act, day: str, body: Body) -> object:
    """The entry by its kind; a file knows no positions."""
    wrong = newest(chart, day, body["entry"], body.get("of", 1))
    return chart.correct(act, day, wrong.position, body["reason"], body.get("note", ""))


def taken_back(chart: Charting, act: Act, day: str, body: Body) -> object:
    return chart.take_back_stop(act, day, newest(chart, day, "InfusionStopped").position)


def ticked(chart: Charting, act: Act, day: str, body: Body) -> object:
    """A step told with its true time tells that time, as a time of the past must."""
    told = {} if act.happened_at is None or "answer" in body else {"answer": act.happened_at.isoformat()}
    return chart.tick_step(act, day, EvaluationStep(**body, **told))


def rate_of(chart: Charting, day: str, body: Body) -> float:
    """Told in mL/h, or as a share of the planned rate."""
    told = body.get("rate_ml_per_hour")
    return told if told is not None else round(chart.status(day).planned_rate_ml_per_hour * body["share"], 1)


def resumed(chart: Charting, act: Act, day: str, body: Body) -> object:
    rate = rate_of(chart, day, body) if {"share", "rate_ml_per_hour"} & body.keys() else None
    return chart.resume_infusion(act, day, rate, body.get("doctor", ""), body.get("reason", ""))


ACTS: Mapping[str, Record] = {
    "arrive": lambda chart, act, day, body: chart.arrive(act, day),
    "defer": lambda chart, act, day, body: chart.defer(act, day, body["reason"]),
    "assign": lambda chart, act, day, body: chart.assign(act, day, body.get("nurse", act.staff)),
    "move": lambda chart, act, day, body: chart.move(act, day, body["to"], body.get("reason", "")),
    "swap": lambda chart, act, day, body: chart.swap(act, day, body["with"], body.get("reason", "")),
    "patient_details": Recorded(Charting.correct_patient_details, PatientDetailsCorrected),
    # hour one
    "checks": lambda chart, act, day, body: chart.answer_checks(
        act, day, [CheckAnswered(check=check, answer=answer) for check, answer in body.items()]
    ),
    "medication": Recorded(Charting.give_medication, MedicationGiven),
    "prepare": Recorded(Charting.prepare_bag, BagPrepared),
    "reference_values": Recorded(Charting.set_reference_values, ReferenceValueSet),
    # the infusion
    "start": lambda chart, act, day, body: chart.start_infusion(act, day),
    "rate": lambda chart, act, day, body: chart.change_rate(act, day, rate_of(chart, day, body), body["reason"]),
    "pause": lambda chart, act, day, body: chart.pause_infusion(act, day, body["reason"], body.get("note", "")),
    "resume": resumed,
    "stop": lambda chart, act, day, body: chart.stop_infusion(act, day, body.get("reason", "")),
    "touched_by_mistake": taken_back,
    "complete": lambda chart, act, day, body: chart.complete_infusion(act, day),
    # vital signs and symptoms
    "vital_signs": Recorded(Charting.record_vital_signs, VitalSignsRecorded),
    "symptoms": Recorded(Charting.report_symptoms, SymptomReported),
    "not_done": Recorded(Charting.round_not_done, RoundNotDone),
    "interval": Recorded(Charting.set_round_interval, RoundIntervalSet),
    "review": reviewed,
    "correct": corrected,
    "note": lambda chart, act, day, body: chart.add_note(act, day, body["text"]),
    # alerts and evaluation
    "answer": answered,
    "suspect_reaction": Recorded(Charting.suspect_reaction, ReactionSuspected),
    "evaluation_step": ticked,
    "call": Recorded(Charting.log_call, CallLogged),
    "grade": Recorded(Charting.grade_reaction, ReactionGraded),
    "close_evaluation": Recorded(Charting.close_evaluation, EvaluationClosed),
    # going home
    "sample": Recorded(Charting.take_sample, SampleTaken),
    "advice": lambda chart, act, day, body: chart.give_advice(act, day, AdviceGiven(advice=tuple(body["advice"]))),
    "prepare_discharge": Recorded(Charting.prepare_discharge, DischargePrepared),
    "discharge": Recorded(Charting.discharge, Discharged),
    "transfer": Recorded(Charting.transfer, Transferred),
    "close_ward": lambda chart, act, day, body: chart.close_ward(
        act,
        {one.infusion_day_id: NightReceiver(**body) for one in chart.todays_statuses() if one.is_open},
    ),
}
"""One table for whoever records from a file: the seeded ward, a colleague in a scenario, a scenario's solution."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "defer": ("reason",),
    "move": ("to",),
    "swap": ("with",),
    "rate": ("reason",),
    "pause": ("reason",),
    "review": ("doctor", "decision"),
    "correct": ("entry", "reason"),
    "note": ("text",),
    "answer": ("answer",),
    "advice": ("advice",),
    "close_ward": ("receiver", "place"),
}
"""What the body of an act must hold where it is not a fact."""
TRUE_TIME = "happened_at"


def wrong_body(act: str, body: Mapping[str, Any]) -> str | None:
    """The first field of a body that is missing, or that its fact does not have."""
    record = ACTS.get(act)
    if not isinstance(record, Recorded):
        return next((f"{act} needs “{name}”" for name in NEEDED.get(act, ()) if name not in body), None)
    known = {field.name: field.default is MISSING for field in fields(record.kind)}
    if unknown := [name for name in body if name not in known and name != TRUE_TIME]:
        return f"{act} has no “{unknown[0]}”"
    return next((f"{act} needs “{name}”" for name, needed in known.items() if needed and name not in body), None)
