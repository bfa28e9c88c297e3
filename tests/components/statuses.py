"""Statuses of chairs built by hand, one per state a board can show, as the pictures of the look have them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from models.clinical.alert import Alert, AlertKind, Priority
from models.clinical.facts import Patient
from models.clinical.findings import Finding, Level, VitalSet
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus, InfusionState, NextStep, Phase, Segment
from tests.components.evaluations import PROTOCOL, an_evaluation

NOW = datetime(2026, 11, 20, 14, 23, tzinfo=UTC)
ZONE = "Europe/London"
STAFF = {"okafor": "Okafor", "lindqvist": "Lindqvist", "mbeki": "Mbeki", "farrell": "Farrell", "castro": "Castro"}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the live ward says of one chair."""

    label: str
    status: ChairStatus | None = None
    later: tuple[ChairStatus, ...] = ()
    free_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """What the live ward says of the whole ward."""

    name: str = "Day ward 3"
    mode: str = "training"
    zone: str = ZONE
    now: datetime = NOW
    clock_rate: float = 1.0
    revision: int = 1
    protocol_line: str = "alemtuzumab 1.0 · limits not approved by this ward"
    is_approved: bool = False
    staff: dict[str, str] = field(default_factory=lambda: dict(STAFF))
    doctors: tuple[str, ...] = ("Dr Okonkwo",)
    chairs: tuple[View, ...] = ()
    protocol: Protocol = field(default_factory=lambda: PROTOCOL)
    call_numbers: dict[str, str] = field(default_factory=lambda: {"cardiology": "5510", "emergency team": "2222"})
    supervising_neurologist: str = "Dr Lind"


def at(clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return NOW.replace(hour=int(hours), minute=int(minutes))


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def ahead(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def a_patient(family: str, given: str) -> Patient:
    name = f"{family}-{given}".lower()
    return Patient(
        id=name,
        patient_id="999 000 0042",
        family_name=family,
        given_name=given,
        born=date(1985, 7, 19),
        allergies="none",
    )


def a_set(
    heart_rate: int | None, systolic: int | None, diastolic: int | None, when: datetime, **changes: Any
) -> VitalSet:
    complete = None not in (heart_rate, systolic, diastolic)
    level = Level.NORMAL if complete else Level.NOT_MEASURED
    return VitalSet(**({
        "position": 9, "happened_at": when, "recorded_at": when, "recorded_by": "okafor", "heart_rate": heart_rate,
        "systolic": systolic, "diastolic": diastolic, "symptoms": (), "temperature": None, "spo2": None,
        "respiratory_rate": None, "consciousness": None, "arm": None, "level": level, "findings": (),
        "is_complete": complete, "late": False,
    } | changes))  # fmt: skip


def a_finding(parameter: str, value: float | str, level: Level, **changes: Any) -> Finding:
    return Finding(**({
        "parameter": parameter, "value": value, "level": level, "limit": f"{parameter} at the limit",
        "source": "OWN", "action": "repeat in 15 min",
    } | changes))  # fmt: skip


def an_alert(ident: str = "systolic high/17", **changes: Any) -> Alert:
    values: dict[str, Any] = {
        "id": ident, "kind": AlertKind.VALUE, "what": "abnormal value", "priority": Priority.MEDIUM,
        "words": "Systolic 146 mmHg: abnormal", "limit": "systolic 146 mmHg, amber from 140", "source": "CTCAE grade 2",
        "why": "Beyond the limit.", "action": "Repeat in 15 min.", "level": Level.AMBER, "position": 17,
        "raised_at": ago(2),
    }  # fmt: skip
    return Alert(**(values | changes))


def a_band(started: datetime, ends: datetime, free: datetime, pause: tuple[datetime, datetime] | None = None):
    """Hour one, the infusion with a pause where there is one, observation; what lies ahead is planned."""
    begins = started - timedelta(minutes=60)
    running = [Segment(kind="running", begins=started, ends=ends)]
    if pause:
        running = [
            Segment(kind="running", begins=started, ends=pause[0]),
            Segment(kind="paused", begins=pause[0], ends=pause[1]),
            Segment(kind="running", begins=pause[1], ends=ends),
        ]
    rows = [Segment(kind="pre-medication", begins=begins, ends=started), *running,
            Segment(kind="observation", begins=ends, ends=free)]  # fmt: skip
    return tuple(piece for row in rows for piece in _split(row))


def _split(row: Segment) -> tuple[Segment, ...]:
    if row.ends <= NOW:
        return (row,)
    if row.begins >= NOW:
        return (replace(row, planned=True),)
    return (replace(row, ends=NOW), replace(row, begins=NOW, planned=True))


def a_status(chair: str, family: str, given: str, **changes: Any) -> ChairStatus:
    """A calm running infusion, half-way, unless changed."""
    started = changes.get("infusion_started_at") or ago(138)
    forecast = changes.get("forecast_end") or started + timedelta(minutes=240)
    free = forecast + timedelta(minutes=120)
    values: dict[str, Any] = {
        "infusion_day_id": f"day-{chair}", "chair": chair, "patient": a_patient(family, given), "course": 1, "day": 3,
        "days_in_course": 5, "date": NOW.date(), "planned_start": at("08:30"), "now": NOW, "position": 12,
        "phase": Phase.INFUSION, "state": InfusionState.RUNNING, "is_open": True, "ready": False,
        "evaluation_open": False, "evaluation_reason": "", "arrived_at": started - timedelta(minutes=70),
        "hour_one_began_at": started - timedelta(minutes=60), "may_start_at": started, "hour_one": (),
        "infusion_started_at": started, "drug_ended_at": None, "rate_ml_per_hour": 25.3,
        "planned_rate_ml_per_hour": 25.3, "slowed": False, "run_time_s": 8280, "elapsed_s": 8280,
        "planned_run_time_s": 14400, "remaining_s": 6120, "volume_given_ml": 58.0, "volume_ml": 101.2,
        "forecast_end": forecast, "paused_at": None, "pause_reason": "", "resume_by": None,
        "resume_needs_evaluation": False, "resume_rate_ml_per_hour": None, "bag_mixed_at": None, "bag_expires_at": None,
        "bag_warning": "", "past_forecast": False, "interval_minutes": 60, "next_round_due_at": ahead(39),
        "next_round_kind": "vital signs", "due_soon": False, "overdue_s": 0, "level": Level.NORMAL, "findings": (),
        "sets": (), "last_set": a_set(84, 114, 70, ago(21)), "last_values": {}, "course_baseline": None,
        "todays_baseline": None, "open_symptoms": (), "review_due": False, "observation_ends_at": None,
        "observation_remaining_s": None, "extended": False, "extended_reasons": (), "missing_for_discharge": (),
        "discharge_list": (), "closed_at": None, "free_at": free, "nurse": "lindqvist", "handover_to": None,
        "next_step": NextStep(what="Vital signs", due_at=ahead(39)), "band": a_band(started, forecast, free),
        "warnings": (), "allowed": (), "refused": {}, "overridable": {}, "deadlines": (), "struck": {}, "facts": (),
    }  # fmt: skip
    status = ChairStatus(**(values | changes))
    if "next_step" in changes or status.next_round_due_at is None:
        return status
    return replace(status, next_step=NextStep(what="Vital signs", due_at=status.next_round_due_at))


# ---- every state of the board, by the chair that has it in the pictures ----------------------------------------------


def expected(chair: str = "1", family: str = "Ashdown", given: str = "Miriam", **changes: Any) -> ChairStatus:
    start = at("15:30")
    band = a_band(start, start + timedelta(minutes=240), at("21:30"))
    return a_status(chair, family, given, **({
        "day": 1, "phase": Phase.EXPECTED, "state": None, "is_open": False, "planned_start": at("14:30"),
        "arrived_at": None, "hour_one_began_at": None, "may_start_at": None, "infusion_started_at": None,
        "forecast_end": None, "last_set": None, "level": Level.NOT_MEASURED, "next_round_due_at": None,
        "next_round_kind": "", "free_at": at("21:45"), "nurse": None, "band": band, "rate_ml_per_hour": None,
        "next_step": NextStep(what="Arrival", due_at=at("14:30")),
    } | changes))  # fmt: skip


def medicine_not_given(chair: str = "2", family: str = "Bekele", given: str = "Tomas", **changes: Any) -> ChairStatus:
    start = ahead(60)
    return a_status(chair, family, given, **({
        "phase": Phase.PRE_MEDICATION, "state": None, "arrived_at": ago(18), "hour_one_began_at": None,
        "may_start_at": None, "infusion_started_at": None, "forecast_end": None, "last_set": a_set(76, 122, 78,
        ago(14)),
        "next_round_due_at": None, "next_round_kind": "", "free_at": at("21:25"), "nurse": "okafor",
        "band": a_band(start, start + timedelta(minutes=240), at("21:23")),
        "next_step": NextStep(what="Give medicines"),
    } | changes))  # fmt: skip


def hour_one(chair: str = "3", family: str = "Castellanos-Ibarra", given: str = "María José", **changes: Any):
    start = at("14:45")
    return a_status(chair, family, given, **({
        "day": 1, "days_in_course": 3, "course": 2, "phase": Phase.PRE_MEDICATION, "state": None, "arrived_at": ago(45),
        "hour_one_began_at": ago(38), "may_start_at": start, "infusion_started_at": None, "forecast_end": None,
        "last_set": a_set(68, 112, 70, ago(40)), "next_round_due_at": None, "next_round_kind": "",
        "free_at": at("20:45"), "nurse": "okafor", "band": a_band(start, start + timedelta(minutes=240), at("20:45")),
        "next_step": NextStep(what="Start infusion", due_at=start),
    } | changes))  # fmt: skip


def amber(chair: str = "4", family: str = "Dunne", given: str = "Aoife", **changes: Any) -> ChairStatus:
    finding = a_finding("systolic", 142, Level.AMBER, repeat_within_minutes=15)
    return a_status(chair, family, given, **({
        "day": 5, "level": Level.AMBER, "findings": (finding,),
        "last_set": a_set(92, 142, 88, ago(6), level=Level.AMBER, findings=(finding,)),
        "next_round_due_at": at("14:32"),
        "next_round_kind": "repeat", "due_soon": True, "free_at": at("18:05"),
        "next_step": NextStep(what="Repeat vital signs", due_at=at("14:32"), level=Level.AMBER),
    } | changes))  # fmt: skip


def calm(chair: str = "5", family: str = "Dunne", given: str = "Aoibhe", **changes: Any) -> ChairStatus:
    return a_status(chair, family, given, **({
        "day": 2, "infusion_started_at": ago(115), "last_set": a_set(88, 118, 72, ago(52)), "due_soon": True,
        "next_round_due_at": at("14:31"), "free_at": at("18:28"),
    } | changes))  # fmt: skip


def red(chair: str = "6", family: str = "El-Sayed", given: str = "Noor", **changes: Any) -> ChairStatus:
    findings = (a_finding("symptom", "chest pain", Level.RED, action="stop and evaluate"),
                a_finding("systolic", 148, Level.AMBER))  # fmt: skip
    return a_status(chair, family, given, **({
        "day": 3, "days_in_course": 3, "course": 2, "infusion_started_at": ago(89), "level": Level.RED,
        "findings": findings, "last_set": a_set(104, 148, 92, ago(1), level=Level.RED, findings=findings),
        "evaluation_open": True, "evaluation_reason": "chest pain", "evaluation_opened_at": ago(1),
        "evaluation": an_evaluation(ago(1)),
        "next_round_due_at": ahead(14), "next_round_kind": "repeat", "free_at": at("18:54"), "nurse": "mbeki",
        "next_step": NextStep(what="Stop and evaluate", level=Level.RED),
        "alerts": (an_alert("symptom: chest pain/9", words="Chest pain", what="red symptom", priority=Priority.HIGH,
                            level=Level.RED, raised_at=ago(1)),),
    } | changes))  # fmt: skip


def paused(chair: str = "7", family: str = "Fitzgerald", given: str = "Conor", **changes: Any) -> ChairStatus:
    started, ends = ago(129), at("16:22")
    return a_status(chair, family, given, **({
        "day": 2, "days_in_course": 3, "course": 2, "state": InfusionState.PAUSED, "infusion_started_at": started,
        "paused_at": ago(32), "pause_reason": "rash", "resume_by": at("14:55"), "forecast_end": None, "free_at": None,
        "last_set": a_set(96, 120, 70, ago(34)), "next_round_due_at": at("14:49"), "nurse": "mbeki",
        "band": a_band(started, ends, at("18:22"), (ago(32), NOW)),
    } | changes))  # fmt: skip


def slowed(chair: str = "8", family: str = "Gravesen", given: str = "Ingrid", **changes: Any) -> ChairStatus:
    return a_status(chair, family, given, **({
        "day": 2, "slowed": True, "infusion_started_at": ago(188), "forecast_end": at("15:30"),
        "bag_expires_at": at("14:55"), "bag_warning": "The bag expires at 14:55, before the rest is in.",
        "next_round_due_at": ahead(39), "free_at": at("17:30"),
        "next_step": NextStep(what="Bag expires", due_at=at("14:55"), level=Level.AMBER),
        "alerts": (an_alert("bag/1", words="Bag expires before the rest is in", what="bag", raised_at=ago(5),
                            escalated=True),),
    } | changes))  # fmt: skip


def overdue(chair: str = "9", family: str = "Haviland-Okoro", given: str = "Blessing", **changes: Any) -> ChairStatus:
    return a_status(chair, family, given, **({
        "day": 1, "days_in_course": 3, "course": 2, "infusion_started_at": ago(183), "overdue_s": 720,
        "due_soon": False,
        "next_round_due_at": at("14:11"), "last_set": a_set(78, 116, 72, ago(72)), "free_at": at("17:20"),
        "nurse": None,
        "next_step": NextStep(what="Vital signs", due_at=at("14:11"), level=Level.AMBER, overdue=True),
        "alerts": (an_alert("overdue/1", words="Vital signs overdue", what="overdue", priority=Priority.LOW,
                            kind=AlertKind.TASK, needs_answer=False, position=None, raised_at=at("14:11")),),
    } | changes))  # fmt: skip


def observation(chair: str = "10", family: str = "Ionescu", given: str = "Radu", **changes: Any) -> ChairStatus:
    started, ended = ago(320), ago(80)
    return a_status(chair, family, given, **({
        "day": 4, "phase": Phase.OBSERVATION, "state": InfusionState.COMPLETED, "infusion_started_at": started,
        "drug_ended_at": ended, "forecast_end": None, "observation_ends_at": at("15:03"),
        "observation_remaining_s": 2400,
        "last_set": a_set(74, 124, 76, ago(20)), "next_round_due_at": at("15:03"), "next_round_kind": "final set",
        "free_at": at("15:03"), "nurse": "okafor", "band": a_band(started, ended, at("15:03")),
    } | changes))  # fmt: skip


def extended(chair: str = "11", family: str = "Jankowska", given: str = "Zofia", **changes: Any) -> ChairStatus:
    started, ended = ago(408), ago(168)
    finding = a_finding("systolic", 152, Level.AMBER, repeat_within_minutes=15)
    return a_status(chair, family, given, **({
        "day": 5, "phase": Phase.OBSERVATION, "state": InfusionState.COMPLETED, "infusion_started_at": started,
        "drug_ended_at": ended, "forecast_end": None, "extended": True, "extended_since": ago(48),
        "extended_reasons": ("new headache",), "level": Level.AMBER, "findings": (finding,),
        "last_set": a_set(82, 152, 94, ago(13), level=Level.AMBER, findings=(finding,)),
        "next_round_due_at": at("14:25"), "next_round_kind": "repeat", "free_at": None, "nurse": "mbeki",
        "band": a_band(started, ended, NOW),
        "next_step": NextStep(what="Repeat vital signs", due_at=at("14:25"), level=Level.AMBER),
    } | changes))  # fmt: skip


def ready(chair: str = "12", family: str = "Kowalczyk-Brandt", given: str = "Émilie", **changes: Any) -> ChairStatus:
    started, ended = ago(380), ago(132)
    return a_status(chair, family, given, **({
        "day": 3, "days_in_course": 3, "course": 2, "phase": Phase.OBSERVATION, "state": InfusionState.COMPLETED,
        "ready": True, "ready_since": at("14:11"), "infusion_started_at": started, "drug_ended_at": ended,
        "forecast_end": None, "observation_ends_at": at("14:11"), "observation_remaining_s": 0,
        "last_set": a_set(84, 122, 74, ago(12)), "next_round_due_at": ahead(48), "free_at": NOW, "nurse": "okafor",
        "band": a_band(started, ended, at("14:11")), "next_step": NextStep(what="Discharge"),
    } | changes))  # fmt: skip


def stopped(chair: str = "6", family: str = "El-Sayed", given: str = "Noor", **changes: Any) -> ChairStatus:
    """Stopped, its numbers normal again, the evaluation still open."""
    return red(chair, family, given, **({
        "phase": Phase.OBSERVATION, "state": InfusionState.STOPPED, "level": Level.NORMAL, "findings": (),
        "last_set": a_set(84, 122, 74, ago(4)), "forecast_end": None, "free_at": None, "evaluation_opened_at": ago(21),
        "evaluation": an_evaluation(ago(21)),
        "drug_ended_at": None, "next_step": NextStep(what="Evaluate", level=Level.RED), "alerts": (),
    } | changes))  # fmt: skip


def discharged(chair: str = "13", family: str = "Lafontaine", given: str = "Bastien", **changes: Any) -> ChairStatus:
    return ready(chair, family, given, **({
        "phase": Phase.DISCHARGED, "is_open": False, "ready": False, "closed_at": at("13:40"), "free_at": None,
        "ready_since": None, "next_round_due_at": None, "next_round_kind": "", "next_step": NextStep(what=""),
    } | changes))  # fmt: skip


def not_measured(chair: str = "14", family: str = "Moreira da Silva", given: str = "Ana Rita", **changes: Any):
    """Infusing, its newest set without a pressure: never normal."""
    return a_status(chair, family, given, **({
        "level": Level.NOT_MEASURED, "last_set": a_set(70, None, None, ago(4)), "next_round_due_at": at("14:35"),
        "due_soon": False, "free_at": at("19:35"), "nurse": "farrell",
    } | changes))  # fmt: skip


TWELVE = (
    expected,
    medicine_not_given,
    hour_one,
    amber,
    calm,
    red,
    paused,
    slowed,
    overdue,
    observation,
    extended,
    ready,
)


def a_ward(chairs: int = 12, **changes: Any) -> Ward:
    """The ward of the pictures with this many chairs; the further ones repeat the calm states under other names."""
    views = [View(label=(status := build()).chair, status=status) for build in TWELVE[:chairs]]
    views += [_further(number) for number in range(13, chairs + 1)]
    return Ward(**({"chairs": tuple(views)} | changes))


FAMILIES = ("Nguyễn", "O’Grady", "Quirke", "Rasmussen", "Sato", "Tremblay", "Uzun", "van der Meer", "Vashchenko",
            "Wiśniewska", "Xhaka", "Yilmaz-Hartmann", "Zapata", "Moreira da Silva", "Lafontaine")  # fmt: skip
GIVEN = ("Thị Hồng", "Séan", "Declan", "Freja", "Kenji", "Océane", "Defne", "Lotte", "Olha", "Hanna", "Arben", "Elif")


def _further(number: int) -> View:
    label = str(number)
    if number in (13, 17, 29, 30):
        return View(label=label, free_since=at("13:20") if number in (13, 17) else None)
    build = (calm, observation, hour_one, calm)[number % 4]
    status = build(label, FAMILIES[number % len(FAMILIES)], GIVEN[number % len(GIVEN)], nurse="farrell")
    return View(label=label, status=status)
