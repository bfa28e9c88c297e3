"""What the simulated days cost, and whether the promise holds: red rare, calm days calm, no true event missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from models.clinical.alert import Priority
from models.clinical.alert_history import pairs
from models.clinical.findings import Level
from models.clinical.limits import findings
from models.clinical.protocol import Protocol
from models.clinical.vital_signs import MEASURED
from tests.alarm_budget.drawn import STEP
from tests.alarm_budget.events import FOUND_WITHIN
from tests.alarm_budget.ward_days import Lived

MOST_RED, MOST_AN_HOUR = 0.02, 1.0
FIRST_LOOK = -65
EARLY = 60
"""Minutes before an event reaches its height in which an alert already counts as finding it."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Alerts are those a nurse hears; what its recorder had seen while saving is silent."""

    days: int
    chair_hours: float
    an_hour_median: float
    an_hour_p95: float
    an_hour: dict[Priority, float]
    uneventful: int
    uneventful_red: int
    beyond: int
    """Days without a planted event on which the true values themselves crossed a red limit."""
    beyond_red: int
    repeats_asked: int
    pairs_asked: int
    pairs_confirmed: int
    pairs_artefact: int
    flagged_patients: float
    planted: int
    missed: tuple[str, ...]
    waits: tuple[float, ...]
    """Minutes from an event's height to its alert, of those found after it."""

    @property
    def red_share(self) -> float:
        return self.uneventful_red / self.uneventful if self.uneventful else 0.0


def counted(days: Sequence[Lived], protocol: Protocol) -> Figures:
    calm = [one for one in days if one.event is None]
    beyond = [one for one in calm if is_beyond(one, protocol)]
    uneventful = [one for one in calm if one not in beyond]
    planted = [one for one in days if one.event is not None]
    hours = sum(one.chair_hours for one in calm)
    rates = sorted(len(heard(one)) / one.chair_hours for one in calm)
    waits = {one.person: found_after(one) for one in planted}
    asked = pairs([one.alerts for one in calm])
    people = {one.person for one in calm}
    flagged = {one.person for one in calm if any(a_set.level >= Level.AMBER for a_set in one.status.sets)}
    return Figures(
        days=len(calm),
        chair_hours=hours,
        an_hour_median=median(rates),
        an_hour_p95=rates[int(0.95 * (len(rates) - 1))],
        an_hour={
            priority: sum(heard_as is priority for one in calm for heard_as in heard(one)) / hours
            for priority in sorted(Priority, reverse=True)
        },
        uneventful=len(uneventful),
        uneventful_red=sum(is_red(one) for one in uneventful),
        beyond=len(beyond),
        beyond_red=sum(is_red(one) for one in beyond),
        repeats_asked=sum(
            any(found.repeat_within_minutes is not None for found in a_set.findings)
            for one in calm
            for a_set in one.status.sets
        ),
        pairs_asked=asked.asked,
        pairs_confirmed=asked.confirmed,
        pairs_artefact=asked.artefact,
        flagged_patients=len(flagged) / len(people),
        planted=len(planted),
        missed=tuple(f"{one.event_name} ({one.person})" for one in planted if waits[one.person] is None),
        waits=tuple(sorted(wait for wait in waits.values() if wait is not None)),
    )


def heard(one: Lived) -> list[Priority]:
    return [alert.priority for alert in one.alerts if alert.sounded_at is not None]


def is_red(one: Lived) -> bool:
    """A red reading, or one that was treated as red because nobody repeated it in time."""
    return any(alert.priority is Priority.HIGH for alert in one.alerts)


def is_beyond(one: Lived, protocol: Protocol) -> bool:
    """Whether the patient really was where the limits say *red*, apart from the error of any reading.

    By the same limits and the same baseline; the value five minutes before is the first of a pair.
    """
    ends = (one.status.closed_at or one.status.now) - one.start
    previous: dict[str, float | str] = {}
    for minute in range(FIRST_LOOK, int(ends / timedelta(minutes=1)), STEP):
        true = one.body.as_it_is(minute)
        found = findings(true, previous, one.status.course_baseline, (), (), frozenset(), protocol)
        if any(finding.level is Level.RED for finding in found):
            return True
        previous = {name: getattr(true, name) for name in MEASURED}
    return False


def found_after(one: Lived) -> float | None:
    """Minutes from the event's height to the alert that finds it, 0 when it came earlier; None when none came."""
    event = one.event
    assert event is not None
    for alert in one.alerts:
        minute = (alert.raised_at - one.start) / timedelta(minutes=1)
        fits = alert.rule == event.alert if event.alert else alert.priority >= event.expects
        if fits and event.since - EARLY <= minute <= event.since + FOUND_WITHIN:
            return max(minute - event.since, 0.0)
    return None


def broken(figures: Figures) -> list[str]:
    """What of the promise does not hold."""
    sentences = []
    if figures.red_share > MOST_RED:
        sentences.append(f"Red on {figures.red_share:.1%} of uneventful days, to hold {MOST_RED:.0%}.")
    if figures.an_hour_median > MOST_AN_HOUR:
        sentences.append(f"{figures.an_hour_median:.2f} alerts per chair-hour (median), to hold {MOST_AN_HOUR:.0f}.")
    sentences += [f"A true event was missed: {name}." for name in figures.missed]
    return sentences
