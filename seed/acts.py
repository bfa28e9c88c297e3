"""What a step of a data file does: the name of an act → the charting method and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


def recorded(method: Callable[[Charting, Act, str, Any], object], kind: type[Details]) -> Record:
    """For the acts whose body is the fact."""
    return lambda chart, act, day, body: method(chart, act, day, kind(**symptoms(body)))


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
    "patient_details": recorded(Charting.correct_patient_details, PatientDetailsCorrected),
    # hour one
    "checks": lambda chart, act, day, body: chart.answer_checks(
        act, day, [CheckAnswered(check=check, answer=answer) for check, answer in body.items()]
    ),
    "medication": recorded(Charting.give_medication, MedicationGiven),
    "prepare": recorded(Charting.prepare_bag, BagPrepared),
    "reference_values": recorded(Charting.set_reference_values, ReferenceValueSet),
    # the infusion
    "start": lambda chart, act, day, body: chart.start_infusion(act, day),
    "rate": lambda chart, act, day, body: chart.change_rate(act, day, rate_of(chart, day, body), body["reason"]),
    "pause": lambda chart, act, day, body: chart.pause_infusion(act, day, body["reason"], body.get("note", "")),
    "resume": resumed,
    "stop": lambda chart, act, day, body: chart.stop_infusion(act, day, body.get("reason", "")),
    "touched_by_mistake": taken_back,
    "complete": lambda chart, act, day, body: chart.complete_infusion(act, day),
    # vital signs and symptoms
    "vital_signs": recorded(Charting.record_vital_signs, VitalSignsRecorded),
    "symptoms": recorded(Charting.report_symptoms, SymptomReported),
    "not_done": recorded(Charting.round_not_done, RoundNotDone),
    "interval": recorded(Charting.set_round_interval, RoundIntervalSet),
    "review": reviewed,
    "correct": corrected,
    "note": lambda chart, act, day, body: chart.add_note(act, day, body["text"]),
    # alerts and evaluation
    "answer": answered,
    "suspect_reaction": recorded(Charting.suspect_reaction, ReactionSuspected),
    "evaluation_step": recorded(Charting.tick_step, EvaluationStep),
    "call": recorded(Charting.log_call, CallLogged),
    "grade": recorded(Charting.grade_reaction, ReactionGraded),
    "close_evaluation": recorded(Charting.close_evaluation, EvaluationClosed),
    # going home
    "sample": recorded(Charting.take_sample, SampleTaken),
    "advice": lambda chart, act, day, body: chart.give_advice(act, day, AdviceGiven(advice=tuple(body["advice"]))),
    "prepare_discharge": recorded(Charting.prepare_discharge, DischargePrepared),
    "discharge": recorded(Charting.discharge, Discharged),
    "transfer": recorded(Charting.transfer, Transferred),
    "close_ward": lambda chart, act, day, body: chart.close_ward(
        act,
        {one.infusion_day_id: NightReceiver(**body) for one in chart.todays_statuses() if one.is_open},
    ),
}
"""One table for whoever records from a file: the seeded ward, a colleague in a scenario, a scenario's solution."""
