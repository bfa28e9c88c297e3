"""Baselines: what a change is measured from, and today's own first set (D-6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from models.clinical.day_sheet import DaySheet, by_time
from models.clinical.facts import Fact, InfusionDay, InfusionStarted, MedicationGiven, ReferenceValueSet
from models.clinical.findings import Baseline
from models.clinical.protocol import Protocol
from models.clinical.rest_of_course import Course
from models.clinical.taken import TakenSet, first_complete

CHANGING = ("heart_rate", "systolic", "diastolic", "spo2")
"""What a change is measured of; the last is optional in a set."""
REFERENCE, DAY_ONE, EARLIER, TODAY = ORIGINS = ("reference", "day-1", "earlier", "today's")
"""The first of these that has a value gives it."""


def date_words(day: date) -> str:
    return f"{day:%d-%b-%Y}"


def course_baseline(
    day: InfusionDay, sheet: DaySheet, taken: Sequence[TakenSet], course: Course, protocol: Protocol
) -> Baseline | None:
    """Of what today and the other days of the course bring, the best origin for each parameter."""
    pieces = list(own_pieces(day, sheet, taken, protocol))
    if course.baseline is not None:
        pieces.append(course.baseline)
    set_of_today = first_complete(taken, infusion_start(sheet))
    if set_of_today is not None:
        words = "today, after the steroid" if day.day == 1 else "today, no day 1 here"
        pieces.append(_of_set(set_of_today, TODAY, words))
    return best_of(pieces)


def own_pieces(day: InfusionDay, sheet: DaySheet, taken: Sequence[TakenSet], protocol: Protocol) -> Iterable[Baseline]:
    """What this day brings to the baseline of its course, newest first."""
    for _, reference in reversed(sheet.of(ReferenceValueSet)):
        yield _of_reference(reference)
    if day.day == 1:
        before = min(filter(None, (infusion_start(sheet), steroid_given(sheet, protocol))), key=by_time, default=None)
        first = first_complete(taken, before)
        if first is not None:
            yield _of_set(first, DAY_ONE, f"day 1, {date_words(day.date)}")


def todays_baseline(sheet: DaySheet, taken: Sequence[TakenSet]) -> Baseline | None:
    first = first_complete(taken, infusion_start(sheet))
    return None if first is None else _of_set(first, TODAY, "today")


def best_of(pieces: Sequence[Baseline]) -> Baseline | None:
    """For each parameter the value of the best origin; of equal ones the first piece's."""
    values: dict[str, int] = {}
    origin: dict[str, str] = {}
    labels: dict[str, str] = {}
    for name in CHANGING:
        giving = [piece for piece in pieces if getattr(piece, name) is not None]
        if giving:
            best = min(giving, key=lambda piece: ORIGINS.index(piece.origin[name]))
            values[name], origin[name] = getattr(best, name), best.origin[name]
            labels[origin[name]] = best.labels[origin[name]]
    if not values:
        return None
    named = dict.fromkeys(from_ for name, from_ in origin.items() if name != "spo2") or labels
    return Baseline(
        **{name: values.get(name) for name in CHANGING},
        label="; ".join(labels[one] for one in named),
        origin=origin,
        labels=labels,
    )


def infusion_start(sheet: DaySheet) -> Fact | None:
    started = sheet.of(InfusionStarted)
    return started[0][0] if started else None


def steroid_given(sheet: DaySheet, protocol: Protocol) -> Fact | None:
    """The first steroid given today."""
    steroids = {medicine.id for medicine in protocol.medicines.values() if medicine.steroid}
    for fact, medication in sheet.of(MedicationGiven):
        if medication.medicine in steroids and medication.outcome == "given":
            return fact
    return None


def _of_set(taken: TakenSet, origin: str, label: str) -> Baseline:
    return _baseline(taken.recorded, origin, label)


def _of_reference(reference: ReferenceValueSet) -> Baseline:
    if reference.taken_on is not None and not reference.doctor:
        return _baseline(reference, EARLIER, f"earlier record, {date_words(reference.taken_on)}")
    return _baseline(reference, REFERENCE, f"reference by {reference.doctor}")


def _baseline(values: object, origin: str, label: str) -> Baseline:
    present = {name: getattr(values, name) for name in CHANGING}
    from_where = {name: origin for name, value in present.items() if value is not None}
    return Baseline(**present, label=label, origin=from_where, labels={origin: label})
