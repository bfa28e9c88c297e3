"""What a step of a data file does: the name of an act → the charting method and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.charting import Act, Charting
from models.clinical.facts import (
    AdviceGiven,
    AlertAnswered,
    BagPrepared,
    CheckAnswered,
    Discharged,
    MedicationGiven,
    SampleTaken,
    Symptom,
    SymptomReported,
    VitalSignsRecorded,
)

Body = dict[str, Any]
Record = Callable[[Charting, Act, str, Body], object]


def symptoms(body: Body) -> Body:
    found = body.get("symptoms")
    return body if found is None else body | {"symptoms": tuple(Symptom(**one) for one in found)}


def answered(chart: Charting, act: Act, day: str, body: Body) -> object:
    """The alert that stands by its row of the protocol: its id holds a moment no file can know."""
    alert = next(one.id for one in chart.status(day).alerts if one.what == body["what"])
    return chart.answer_alert(act, day, AlertAnswered(alert=alert, answer=body["answer"]))


ACTS: Mapping[str, Record] = {
    "arrive": lambda chart, act, day, body: chart.arrive(act, day),
    "assign": lambda chart, act, day, body: chart.assign(act, day, act.staff),
    "checks": lambda chart, act, day, body: chart.answer_checks(
        act, day, [CheckAnswered(check=check, answer=answer) for check, answer in body.items()]
    ),
    "vital_signs": lambda chart, act, day, body: chart.record_vital_signs(
        act, day, VitalSignsRecorded(**symptoms(body))
    ),
    "symptoms": lambda chart, act, day, body: chart.report_symptoms(act, day, SymptomReported(**symptoms(body))),
    "medication": lambda chart, act, day, body: chart.give_medication(act, day, MedicationGiven(**body)),
    "prepare": lambda chart, act, day, body: chart.prepare_bag(act, day, BagPrepared(**body)),
    "start": lambda chart, act, day, body: chart.start_infusion(act, day),
    "rate": lambda chart, act, day, body: chart.change_rate(
        act, day, round(chart.status(day).planned_rate_ml_per_hour * body["share"], 1), body["reason"]
    ),
    "answer": answered,
    "pause": lambda chart, act, day, body: chart.pause_infusion(act, day, body["reason"], body.get("note", "")),
    "complete": lambda chart, act, day, body: chart.complete_infusion(act, day),
    "sample": lambda chart, act, day, body: chart.take_sample(act, day, SampleTaken(**body)),
    "advice": lambda chart, act, day, body: chart.give_advice(act, day, AdviceGiven(advice=tuple(body["advice"]))),
    "discharge": lambda chart, act, day, body: chart.discharge(act, day, Discharged(**body)),
}
