"""Facts and the status of a chair as JSON: times ISO-8601 UTC, levels and phases as words, staff with their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from models.alarm_statistics import AlarmStatistics, DayAlerts
from models.charting import Recorded
from models.clinical.alert import Alert, Priority
from models.clinical.alert_history import AlertLoad, KindLoad, Pairs, PastAlert
from models.clinical.facts import KINDS, Fact, Patient, Symptom, VitalSignsRecorded
from models.clinical.findings import Baseline, Finding, Level, VitalSet
from models.clinical.open_evaluation import CallView, EvaluationView, OutcomeView, ReactionView, StepView
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus, CheckStatus, NextStep, Segment
from models.live_ward import ChairView, WardStatus

Json = dict[str, Any]

STATUS_PARTS = (
    AlarmStatistics, Alert, AlertLoad, Baseline, CallView, CheckStatus, DayAlerts, EvaluationView, Finding, KindLoad,
    NextStep, OutcomeView, Pairs, PastAlert, ReactionView, Segment, StepView, VitalSet,
)  # fmt: skip
NAMED_ELSEWHERE = frozenset({"chair", "patient", "nurse", "facts", "sets", "struck", "last_values", "now"})
"""Fields of a status that are answered under another name or in another shape."""


def plain(value: Any) -> Any:
    """Any value of the models in JSON's own words."""
    written = written_as(type(value))  # type: ignore[arg-type]
    return value if written is None else written(value)


@cache
def written_as(kind: type) -> Callable[[Any], Any] | None:
    return next((written for kinds, written in PLAIN if issubclass(kind, kinds)), None)


def each_field(value: Any) -> Json:
    return {name: plain(getattr(value, name)) for name in field_names(type(value))}  # type: ignore[arg-type]


@cache
def field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


PLAIN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    ((Level, Priority), lambda ranked: ranked.word),
    (Enum, lambda word: word.value),
    (datetime, lambda at: at.isoformat().replace("+00:00", "Z")),
    (date, date.isoformat),
    (float, lambda number: round(number, 3)),
    (Mapping, lambda table: {str(key): plain(one) for key, one in table.items()}),
    ((tuple, list, frozenset), lambda row: [plain(one) for one in row]),
    ((Fact, Patient, *STATUS_PARTS, *KINDS.values(), Symptom), each_field),
)
"""Kinds of value and how each is written, the first that fits; all others stand as they are."""


def patient_json(patient: Patient) -> Json:
    answer: Json = plain(patient)
    return answer


def staff_json(staff_id: str | None, staff: Mapping[str, str]) -> Json | None:
    return None if staff_id is None else {"id": staff_id, "name": staff.get(staff_id, staff_id)}


def fact_json(fact: Fact, staff: Mapping[str, str], struck: Mapping[int, Fact], late_after_s: float) -> Json:
    return plain(fact.details) | {
        "id": fact.position,
        "kind": fact.kind,
        "infusion_day_id": fact.infusion_day_id,
        "happened_at": plain(fact.happened_at),
        "recorded_at": plain(fact.recorded_at),
        "recorded_by": fact.recorded_by,
        "recorded_by_name": staff.get(fact.recorded_by, fact.recorded_by),
        "late": (fact.recorded_at - fact.happened_at).total_seconds() > late_after_s,
        "struck": fact.position in struck,
        "struck_by": struck[fact.position].position if fact.position in struck else None,
        "caused_by": fact.caused_by,
    }


def status_json(status: ChairStatus, staff: Mapping[str, str]) -> Json:
    own = {name: plain(getattr(status, name)) for name in field_names(ChairStatus) if name not in NAMED_ELSEWHERE}
    return {
        "chair": status.chair,
        "patient": patient_json(status.patient),
        **own,
        "now": plain(status.now),
        "volume_given_ml": round(status.volume_given_ml, 1),
        "responsible_nurse": staff_json(status.nurse, staff),
        "handover_to": staff_json(status.handover_to, staff),
        "last_values": {
            name: {"value": plain(value), "taken_at": plain(at)} for name, (value, at) in status.last_values.items()
        },
        "last_set": plain(status.last_set),
    }


def chair_json(view: ChairView, staff: Mapping[str, str]) -> Json:
    """A chair without a day today has no patient; the days that follow in it stand under `later`."""
    shown = {"chair": view.label, "patient": None, "infusion_day_id": None, "phase": None, "state": None}
    if view.status is not None:
        shown = status_json(view.status, staff)
    return shown | {
        "chair": view.label,
        "free_since": plain(view.free_since),
        "later": [later_json(status) for status in view.later],
    }


def later_json(status: ChairStatus) -> Json:
    names = ("infusion_day_id", "course", "day", "date", "planned_start", "phase")
    return {"patient": patient_json(status.patient)} | {name: plain(getattr(status, name)) for name in names}


def ward_json(ward: WardStatus, protocol: Protocol) -> Json:
    return {
        "now": plain(ward.now),
        "clock_rate": ward.clock_rate,
        "revision": ward.revision,
        "name": ward.name,
        "mode": ward.mode,
        "zone": ward.zone,
        "protocol": {
            "id": protocol.id,
            "version": protocol.version,
            "approved_by": protocol.approved_by or None,
            "approved_on": plain(protocol.approved_on),
            "is_approved": ward.is_approved,
            "words": ward.protocol_line,
        },
        "doctors": list(ward.doctors),
        "chairs": [chair_json(view, ward.staff) for view in ward.chairs],
    }


def day_json(status: ChairStatus, staff: Mapping[str, str], late_after_s: float) -> Json:
    return {
        "status": status_json(status, staff),
        "sets": plain(status.sets),
        "facts": [fact_json(fact, staff, status.struck, late_after_s) for fact in status.facts],
    }


def recorded_json(recorded: Recorded, staff: Mapping[str, str], late_after_s: float) -> Json:
    """`level` and `findings` are those of the recorded set, else of the chair."""
    status = recorded.status
    here = [fact for fact in recorded.facts if fact.infusion_day_id == status.infusion_day_id]
    written = [fact_json(fact, staff, status.struck, late_after_s) for fact in recorded.facts]
    positions = {fact.position for fact in here if isinstance(fact.details, VitalSignsRecorded)}
    judged = next((one for one in status.sets if one.position in positions), status)
    return {
        "fact": main_fact(written),
        "facts": written,
        "again": recorded.again,
        "level": plain(judged.level),
        "findings": plain(judged.findings),
        "status": status_json(status, staff),
    }


def main_fact(written: list[Json]) -> Json:
    """What the nurse entered: not the override before it, not what it brought about."""
    return next((fact for fact in written if fact["kind"] != "Overridden"), written[0])
