"""Hour one: what is answered, given and prepared, and what keeps the start of the infusion locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.clinical.course import start_locks as course_locks
from models.clinical.course import steroid_required, too_young
from models.clinical.day_sheet import DaySheet
from models.clinical.facts import Arrived, BagPrepared, CheckAnswered, Fact, InfusionDay, MedicationGiven
from models.clinical.findings import VitalSet
from models.clinical.infusion_clock import in_words
from models.clinical.locks import Lock
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import Check, Medicine
from models.clinical.rest_of_course import Course
from models.clinical.status import CheckStatus

DONE, MISSING, BLOCKED, OPTIONAL = "done", "missing", "blocked", "optional"
GIVEN = "given"
BASELINE = "baseline vital signs"
"""Missing, it locks the start and no doctor's name opens it (D-13)."""


@dataclass(frozen=True, slots=True)
class HourOne:
    """All that the list is read from; `at` is the instant it is asked for, `sets` count and are in order."""

    day: InfusionDay
    sheet: DaySheet
    course: Course
    protocol: Protocol
    sets: Sequence[VitalSet]
    at: datetime


def began_at(sheet: DaySheet) -> datetime | None:
    """Its 60 minutes count from the first medicine given (D-12)."""
    return next((fact.happened_at for fact, medicine in sheet.of(MedicationGiven) if medicine.outcome == GIVEN), None)


def steroid_began_at(sheet: DaySheet, protocol: Protocol) -> datetime | None:
    steroids = {row.id for row in protocol.medicines.values() if row.steroid}
    given = (f.happened_at for f, m in sheet.of(MedicationGiven) if m.medicine in steroids and m.outcome == GIVEN)
    return next(given, None)


def bag(sheet: DaySheet, at: datetime) -> tuple[Fact, BagPrepared] | None:
    """The newest bag prepared by then."""
    return next(((f, b) for f, b in reversed(sheet.of(BagPrepared)) if f.happened_at <= at), None)


def hour_one(hour: HourOne) -> tuple[CheckStatus, ...]:
    """Every line of the list, done or not."""
    rows = [row for row in hour.protocol.checks.values() if row.phase == "pre-medication" and is_asked(row, hour.day)]
    answers = answers_by_check(hour.sheet, hour.at)
    return (
        *_arrival(hour),
        *(answered(row, answers.get(row.id), hour.course, hour.day) for row in rows),
        _baseline(hour),
        *(_medicine(hour, row) for row in hour.protocol.medicines.values()),
        _bag(hour),
        _fresh_set(hour),
    )


def start_locks(hour: HourOne, lines: Sequence[CheckStatus], *, evaluation_open: bool) -> list[Lock]:
    """What keeps Start locked, in the order of the list."""
    locks = [
        Lock(line.id, _lock_words(line), line.id != BASELINE) for line in lines if line.state in (MISSING, BLOCKED)
    ]
    locks += course_locks(hour.day, hour.course)
    if evaluation_open:
        locks.append(Lock("evaluation", "the evaluation is open"))
    return locks


def _lock_words(line: CheckStatus) -> str:
    return f"{line.words.rstrip('?')}: {line.answer}" if line.answer else line.words.rstrip("?")


def is_asked(row: Check, day: InfusionDay) -> bool:
    """Questions of the course are asked on day 1 and carried; what is new is asked on later days only."""
    return row.when != "later days" or day.day > 1


def answers_by_check(sheet: DaySheet, at: datetime) -> dict[str, tuple[Fact, str]]:
    return {answer.check: (fact, answer.answer) for fact, answer in sheet.of(CheckAnswered) if fact.happened_at <= at}


def answered(row: Check, today: tuple[Fact, str] | None, course: Course, day: InfusionDay) -> CheckStatus:
    """Today's answer, else on a later day the one carried from the course, with its date and who gave it."""
    if today is not None:
        fact, answer = today
        return _check(row, answer, answered_by=fact.recorded_by, answered_at=fact.happened_at)
    carried = course.carried.get(row.id) if row.when == "course" and day.day > 1 else None
    if carried is not None:
        return _check(row, carried.answer, answered_by=carried.answered_by, carried_from=carried.answered_on)
    return _check(row, None)


def _check(
    row: Check,
    answer: str | None,
    *,
    answered_by: str | None = None,
    answered_at: datetime | None = None,
    carried_from: date | None = None,
) -> CheckStatus:
    if answer is None:
        state = MISSING if row.required else OPTIONAL
    else:
        state = BLOCKED if answer in row.blocks_on else DONE
    return CheckStatus(
        id=row.id, words=row.words, kind=row.kind, state=state, source=row.source,
        answer=answer, answered_by=answered_by, answered_at=answered_at, carried_from=carried_from,
    )  # fmt: skip


def _arrival(hour: HourOne) -> tuple[CheckStatus, ...]:
    """Who supervises, whom to call (R-01), and the patient's age (R-31)."""
    arrived = hour.sheet.last(Arrived)
    names = (arrived[1].supervising_neurologist, arrived[1].emergency_contact) if arrived else ("", "")
    lines = [
        _line(words.lower(), words, "text", DONE if name else MISSING, arrived[0] if arrived and name else None, name)
        for words, name in zip(("Supervising neurologist", "Emergency contact"), names, strict=True)
    ]
    if too_young(hour.day.patient, hour.day.date, hour.protocol) is not None:
        words = f"Patient is under {hour.protocol.courses.minimum_age} years"
        lines.append(_line("age", words, "age", BLOCKED, source=hour.protocol.source_of["minimum_age"]))
    return tuple(lines)


def _line(
    id: str, words: str, kind: str, state: str, fact: Fact | None = None, answer: str | None = None, source: str = ""
) -> CheckStatus:
    return CheckStatus(
        id=id, words=words, kind=kind, state=state, answer=answer or None, source=source,
        answered_by=fact.recorded_by if fact else None, answered_at=fact.happened_at if fact else None,
    )  # fmt: skip


def _baseline(hour: HourOne) -> CheckStatus:
    """Heart rate and both pressures of today, before the start (R-33)."""
    taken = [s for s in hour.sets if s.happened_at <= hour.at and has_circulation(s)]
    state = DONE if taken else MISSING
    return CheckStatus(
        id=BASELINE, words="Baseline heart rate and blood pressure", kind="vital signs", state=state,
        answered_by=taken[0].recorded_by if taken else None, answered_at=taken[0].happened_at if taken else None,
        source="S-001 L91, L314, L429",
    )  # fmt: skip


def has_circulation(values: VitalSet) -> bool:
    return not (values.heart_rate is None or values.systolic is None or values.diastolic is None)


def _medicine(hour: HourOne, row: Medicine) -> CheckStatus:
    """A medicine that is due today locks the start until it is given; the others are only asked."""
    recorded = [(f, m) for f, m in hour.sheet.of(MedicationGiven) if m.medicine == row.id and f.happened_at <= hour.at]
    given = [(fact, medicine) for fact, medicine in recorded if medicine.outcome == GIVEN]
    due = hour.day.day in row.required_days
    if not recorded:
        return _line(row.id, row.words, "medicine", MISSING if due else OPTIONAL, source=row.source)
    fact, medicine = (given or recorded)[-1]
    state = BLOCKED if due and not given else DONE
    return _line(row.id, row.words, "medicine", state, fact, medicine.outcome, row.source)


def _bag(hour: HourOne) -> CheckStatus:
    prepared = bag(hour.sheet, hour.at)
    if prepared is None:
        return _line("bag", "Bag prepared", "bag", MISSING, source="MIMS")
    fact, details = prepared
    if hour.at >= fact.happened_at + hour.protocol.durations.bag_life:
        return _line("bag", "Bag expired", "bag", BLOCKED, fact, source="SE; RUCK")
    return _line("bag", "Bag prepared", "bag", DONE, fact, f"{details.product}, batch {details.batch}", "MIMS")


def _fresh_set(hour: HourOne) -> CheckStatus:
    """A complete set not older than 30 min, taken after the steroid began where one is due (D-3)."""
    oldest = hour.at - hour.protocol.durations.fresh_set_for_start
    steroid_due = steroid_required(hour.day.day, hour.protocol)
    steroid = steroid_began_at(hour.sheet, hour.protocol) if steroid_due else None
    fresh = [
        s for s in hour.sets
        if s.is_complete and oldest <= s.happened_at <= hour.at and (steroid is None or s.happened_at >= steroid)
    ]  # fmt: skip
    words = f"Complete vital signs within the last {in_words(hour.protocol.durations.fresh_set_for_start)}"
    if steroid_due:
        words += ", after the steroid began"
    return CheckStatus(
        id="fresh set", words=words, kind="vital signs", state=DONE if fresh else MISSING, source="OWN",
        answered_by=fresh[-1].recorded_by if fresh else None, answered_at=fresh[-1].happened_at if fresh else None,
    )  # fmt: skip
