"""How dates, times, durations, names and the words of the ward are written; only this place knows its time zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from models.clinical.facts import Patient
from models.clinical.status import ChairStatus, InfusionState, Phase

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ISO_DATE = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

PHASES: dict[Phase, str] = {
    Phase.EXPECTED: "Expected",
    Phase.PRE_MEDICATION: "Pre-medication",
    Phase.INFUSION: "Infusion",
    Phase.OBSERVATION: "Observation",
    Phase.DISCHARGED: "Discharged",
    Phase.TRANSFERRED: "Transferred",
    Phase.DEFERRED: "Deferred",
}

NARROW_PHASES = {
    "Pre-medication": "Hour one",
    "Infusion, slowed": "Slowed",
    "Observation, extended": "Extended",
    "Stopped – evaluation open": "Stopped",
}
"""Shorter words for the same phase where a card is narrow."""


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def in_ward(at: datetime, zone: str) -> datetime:
    """The same moment as the ward's wall clock shows it."""
    return at.astimezone(_zone(zone))


def clock_time(at: datetime, zone: str) -> str:
    """`14:05`, 24 hours; in the hour that a clock change repeats, with the zone named: `01:30 BST`."""
    local = in_ward(at, zone)
    repeated = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M} {local.tzname()}" if repeated else f"{local:%H:%M}"


def clock_seconds(at: datetime, zone: str) -> str:
    """`11:50:03`, for what is recorded to the second."""
    return f"{in_ward(at, zone):%H:%M:%S}"


def date_words(day: date) -> str:
    """`05-Apr-2026`, whatever the region of the machine."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year:04d}"


def dates_said(text: str) -> str:
    """An answer with every date in it as the ward writes dates."""
    return ISO_DATE.sub(lambda found: f"{found[3]}-{MONTHS[int(found[2]) - 1]}-{found[1]}", text)


def weekday_date(day: date) -> str:
    """`Fri 20-Nov-2026`."""
    return f"{WEEKDAYS[day.weekday()]} {date_words(day)}"


def ward_date(at: datetime, zone: str) -> date:
    return in_ward(at, zone).date()


def date_and_time(at: datetime, zone: str) -> str:
    """`20-Nov-2026 14:05`."""
    return f"{date_words(ward_date(at, zone))} {clock_time(at, zone)}"


def minutes_words(minutes: int) -> str:
    """`1hr 05min`, `2hr`, `8min`, `0min`: whole numbers, zero units left out."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return f"{hours}hr {rest:02d}min"
    return f"{hours}hr" if hours else f"{rest}min"


def duration(seconds: float) -> str:
    """Time gone by, whole minutes that have passed."""
    return minutes_words(max(0, int(seconds // 60)))


def remaining(seconds: float) -> str:
    """Time to come: a begun minute counts, so that zero is shown at zero and not before."""
    return minutes_words(max(0, -int(-seconds // 60)))


def epoch_ms(at: datetime) -> str:
    """As the screens' own ticking reads it."""
    return str((at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1))


def family(patient: Patient) -> str:
    return patient.family_name.upper()


def full_name(patient: Patient) -> str:
    """`FAMILY, Given`."""
    return f"{family(patient)}, {patient.given_name}"


def age_years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def born_words(born: date, today: date) -> str:
    """`05-Apr-1988 (38)`."""
    return f"{date_words(born)} ({age_years(born, today)})"


def number_words(value: float | int | str | None, decimals: int = 0) -> str:
    """A measured number as written: leading zero, no needless decimals; never a sign for what was not measured."""
    if value is None:
        return "not measured"
    return value if isinstance(value, str) else f"{value:.{decimals}f}"


def day_words(status: ChairStatus) -> str:
    """`day 3 of 5`."""
    return f"day {status.day} of {status.days_in_course}"


def phase_words(status: ChairStatus) -> str:
    """The phase in the ward's words, with what holds it up: `Infusion, slowed`, `Observation, extended`."""
    if status.is_open and status.evaluation_open and status.state is InfusionState.STOPPED:
        return "Stopped – evaluation open"
    if status.phase is Phase.OBSERVATION and status.ready:
        return "Ready to go home"
    if status.phase is Phase.OBSERVATION and status.extended:
        return "Observation, extended"
    if status.phase is Phase.INFUSION and status.state is InfusionState.PAUSED:
        return "Paused"
    if status.phase is Phase.INFUSION and status.slowed:
        return "Infusion, slowed"
    return PHASES[status.phase]


def narrow_phase_words(words: str) -> str:
    return NARROW_PHASES.get(words, words)


def night_words(status: ChairStatus) -> str:
    """`night: Dr Chen, Ward 5`; empty while nobody took the patient over for the night."""
    said = status.night_receiver
    return f"night: {said.receiver}, {said.place}" if said is not None else ""
