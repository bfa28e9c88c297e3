"""Reading: infusion days, facts and patients, each in a fixed number of indexed queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    and_,
    bindparam,
    func,
    select,
)

from models.clinical.facts import Fact, InfusionDay, Patient, PatientDetailsCorrected, standing
from models.store.rows import UsedKey
from models.store.serialise import from_text, is_recordable, refuse_unrecordable
from models.store.tables import COURSE, DAY, FACT, OPEN_DAY, PATIENT

ARRIVING, CLOSING = "Arrived", {"Discharged", "Transferred", "Deferred"}
# An infusion day with its course and patient, whole: what its chain begins with (chain.IDENTITY).
IDENTITY = (
    select(
        DAY.c.id.label("infusion_day_id"), DAY.c.day, DAY.c.date, COURSE.c.number.label("course"),
        PATIENT.c.id.label("patient_key"), PATIENT.c.patient_id, PATIENT.c.family_name, PATIENT.c.given_name,
        PATIENT.c.born, PATIENT.c.allergies,
    )
    .join(COURSE, COURSE.c.id == DAY.c.course_id)
    .join(PATIENT, PATIENT.c.id == COURSE.c.patient_key)
)  # fmt: skip


BY_DATE = (DAY.c.date, COURSE.c.number, DAY.c.day, DAY.c.id)


def as_fact(row: Row[*tuple[Any, ...]]) -> Fact:
    return Fact(
        infusion_day_id=row.infusion_day_id,
        position=row.position,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        details=from_text(row.kind, row.details),
        device=row.device,
        caused_by=row.caused_by,
    )


def facts(connection: Connection, which: ColumnElement[bool]) -> tuple[Fact, ...]:
    found = connection.execute(select(FACT).where(which).order_by(FACT.c.infusion_day_id, FACT.c.position))
    return tuple(as_fact(row) for row in found)


def facts_after(connection: Connection, day_id: str, position: int) -> tuple[Fact, ...]:
    return facts(connection, and_(FACT.c.infusion_day_id == day_id, FACT.c.position > position))


def used_key(connection: Connection, key: str) -> UsedKey | None:
    refuse_unrecordable(key)
    rows = connection.execute(OF_KEY, {"of_key": key}).all()
    return UsedKey(tuple(as_fact(row) for row in rows), rows[0].request_digest) if rows else None


OF_KEY = select(FACT).where(FACT.c.key == bindparam("of_key")).order_by(FACT.c.part)


def newest_position(connection: Connection, day_id: str) -> int:
    newest = select(func.max(FACT.c.position)).where(FACT.c.infusion_day_id == day_id)
    return connection.execute(newest).scalar() or 0


def positions(connection: Connection, day_ids: Sequence[str]) -> Mapping[str, int]:
    newest = select(FACT.c.infusion_day_id, func.max(FACT.c.position)).group_by(FACT.c.infusion_day_id)
    rows = connection.execute(newest.where(FACT.c.infusion_day_id.in_(day_ids)))
    return {row[0]: row[1] for row in rows}


def positions_on_board(connection: Connection, local_date: date) -> Mapping[str, int]:
    """The newest position of each day that `open_days` answers."""
    newest = select(FACT.c.infusion_day_id, func.max(FACT.c.position)).group_by(FACT.c.infusion_day_id)
    return {
        row[0]: row[1] for row in connection.execute(newest.where(FACT.c.infusion_day_id.in_(on_board(local_date))))
    }


def newest_recorded_at(connection: Connection) -> datetime | None:
    return connection.execute(select(FACT.c.recorded_at).order_by(FACT.c.seq.desc()).limit(1)).scalar()


# ---- patients --------------------------------------------------------------------------------------------------------


def corrections(connection: Connection, patients: Iterable[str]) -> Mapping[str, list[PatientDetailsCorrected]]:
    """Standing corrections of these patients' details, from whichever of their days, oldest first."""
    of_patient = (
        select(FACT, COURSE.c.patient_key)
        .join(DAY, DAY.c.id == FACT.c.infusion_day_id)
        .join(COURSE, COURSE.c.id == DAY.c.course_id)
        .where(COURSE.c.patient_key.in_(set(patients)))
        .where(FACT.c.kind.in_(["PatientDetailsCorrected", "EnteredInError"]))
        .order_by(FACT.c.seq)
    )
    by_day: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for row in connection.execute(of_patient):
        by_day[row.patient_key, row.infusion_day_id].append(as_fact(row))
    found: dict[str, list[tuple[datetime, PatientDetailsCorrected]]] = defaultdict(list)
    for (patient, _), recorded in by_day.items():
        for fact in standing(recorded):
            if isinstance(fact.details, PatientDetailsCorrected):
                found[patient].append((fact.recorded_at, fact.details))
    return {patient: [c for _, c in sorted(made, key=lambda one: one[0])] for patient, made in found.items()}


def as_patient(row: Row[*tuple[Any, ...]], made: Sequence[PatientDetailsCorrected]) -> Patient:
    patient = Patient(
        id=row.patient_key,
        patient_id=row.patient_id,
        family_name=row.family_name,
        given_name=row.given_name,
        born=row.born,
        allergies=row.allergies,
    )
    for correction in made:
        patient = patient.corrected(correction)
    return patient


def find_patient(connection: Connection, patient_id: str) -> Patient | None:
    whole = select(PATIENT.c.id.label("patient_key"), *[c for c in PATIENT.c if c.name != "id"])
    if not is_recordable(patient_id):
        return None
    row = connection.execute(whole.where(PATIENT.c.patient_id == patient_id)).one_or_none()
    if row is None:
        return None
    return as_patient(row, corrections(connection, [row.patient_key]).get(row.patient_key, []))


# ---- infusion days ---------------------------------------------------------------------------------------------------


def infusion_days(connection: Connection, which: ColumnElement[bool]) -> list[InfusionDay]:
    rows = connection.execute(IDENTITY.where(which).order_by(*BY_DATE)).all()
    recorded: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts(connection, FACT.c.infusion_day_id.in_([row.infusion_day_id for row in rows])):
        recorded[fact.infusion_day_id].append(fact)
    made = corrections(connection, (row.patient_key for row in rows))
    return [
        InfusionDay(
            id=row.infusion_day_id,
            patient=as_patient(row, made.get(row.patient_key, [])),
            course=row.course,
            day=row.day,
            date=row.date,
            facts=tuple(recorded[row.infusion_day_id]),
        )
        for row in rows
    ]


def infusion_day(connection: Connection, day_id: str) -> InfusionDay | None:
    if not is_recordable(day_id):
        return None
    return next(iter(infusion_days(connection, DAY.c.id == day_id)), None)


def days_of_patient(connection: Connection, patient_key: str) -> list[InfusionDay]:
    return infusion_days(connection, COURSE.c.patient_key == patient_key)


def days_alongside(connection: Connection, day_id: str) -> list[InfusionDay]:
    return infusion_days(connection, of_same_patient(day_id)) if is_recordable(day_id) else []


def positions_alongside(connection: Connection, day_id: str) -> Mapping[str, int]:
    """The newest position of each day that `days_alongside` answers, in the same order."""
    if not is_recordable(day_id):
        return {}
    return {row[0]: row[1] or 0 for row in connection.execute(POSITIONS_ALONGSIDE, {"day_id": day_id})}


def of_same_patient(day_id: str | BindParameter[str]) -> ColumnElement[bool]:
    patient = select(COURSE.c.patient_key).join(DAY, DAY.c.course_id == COURSE.c.id).where(DAY.c.id == day_id)
    return COURSE.c.patient_key.in_(patient.correlate(None))


POSITIONS_ALONGSIDE = (
    select(DAY.c.id, select(func.max(FACT.c.position)).where(FACT.c.infusion_day_id == DAY.c.id).scalar_subquery())
    .join(COURSE, COURSE.c.id == DAY.c.course_id)
    .where(of_same_patient(bindparam("day_id")))
    .order_by(*BY_DATE)
)
"""Built once: it is asked with every act."""


def open_days(connection: Connection, local_date: date) -> list[InfusionDay]:
    return infusion_days(connection, DAY.c.id.in_(on_board(local_date)))


def on_board(local_date: date) -> CompoundSelect[Any]:
    of_date = select(DAY.c.id).where(DAY.c.date == local_date)
    return of_date.union(select(OPEN_DAY.c.infusion_day_id))


def is_open(recorded: Sequence[Fact]) -> bool:
    """Arrived and not closed, whatever was entered in error."""
    kinds = {fact.kind for fact in standing(recorded)}
    return ARRIVING in kinds and not kinds & CLOSING
