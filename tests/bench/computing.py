"""What the core costs by itself: one chair at 300 facts, a ward of thirty chairs."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.clinical.chair_status import chair_status
from models.clinical.course import history
from models.clinical.facts import Fact, InfusionDay, VitalSignsRecorded
from models.clinical.protocol import load
from models.store import open_store

PROTOCOL = load()


def milliseconds(work, repeats: int = 30) -> float:
    """The best of several, since others share this machine."""
    best = float("inf")
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best * 1000


def statuses(file: Path, now: datetime) -> tuple[float, float]:
    """Milliseconds of a chair at 300 facts and of the ward; nothing is kept between two of them."""
    store = open_store(f"sqlite:///{file}", "training")
    days = store.open_days(now.date())
    pairs = [(d, history(d, [o for o in store.days_of_patient(d.patient.id) if o.id != d.id], PROTOCOL)) for d in days]
    store.close()
    busy, course = next(pair for pair in pairs if pair[0].facts[-1].happened_at and len(pair[0].facts) > 15)
    at = [0]

    def moment() -> datetime:
        at[0] += 1
        return now + timedelta(seconds=at[0])

    def fresh(day: InfusionDay) -> InfusionDay:
        return InfusionDay(
            id=day.id, patient=day.patient, course=day.course, day=day.day, date=day.date, facts=day.facts
        )

    long = filled(busy, 300)
    chair = milliseconds(lambda: chair_status(fresh(long), course, PROTOCOL, moment()))
    ward = milliseconds(lambda: [chair_status(fresh(day), rest, PROTOCOL, moment()) for day, rest in pairs])
    return chair, ward


def filled(day: InfusionDay, number: int) -> InfusionDay:
    """The day with sets added until it has so many facts."""
    facts = list(day.facts)
    last = facts[-1]
    while len(facts) < number:
        position = facts[-1].position + 1
        at = last.happened_at + timedelta(seconds=position)
        details = VitalSignsRecorded(heart_rate=80 + position % 9, systolic=118, diastolic=72, symptoms=())
        facts.append(
            Fact(infusion_day_id=day.id, position=position, happened_at=at, recorded_at=at, recorded_by="okafor",
                 details=details)
        )  # fmt: skip
    return InfusionDay(
        id=day.id, patient=day.patient, course=day.course, day=day.day, date=day.date, facts=tuple(facts)
    )


def utc_now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC).replace(microsecond=0)  # noqa: TID251
