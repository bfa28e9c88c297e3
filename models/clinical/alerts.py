"""The alerts of a chair: derived from its facts at one moment; what people answered are facts too (D-8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clinical.alert import Alert, AlertState
from models.clinical.alert_answers import answers_of
from models.clinical.alert_life import Life
from models.clinical.infusion_day import OPEN
from models.clinical.raising import Raising
from models.clinical.replay import Replay
from models.clinical.task_alerts import Tasks, corrections, moved_here
from models.clinical.value_alerts import value_raisings

LAST = (AlertState.RESOLVED_UNSEEN,)


@dataclass(frozen=True, slots=True)
class Alerts:
    """`standing` worst first; `moments` are when time alone changes them."""

    standing: tuple[Alert, ...] = ()
    moments: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueAlerts:
    """Those of values and symptoms, with what raised them: the discharge list and the tasks look at them."""

    raisings: Sequence[Raising]
    alerts: Alerts


def value_alerts(replayed: Replay, now: datetime) -> ValueAlerts:
    """Of a closed day as they stood when it closed."""
    if replayed.walked.arrived is None:
        return ValueAlerts((), Alerts())
    answers = answers_of(replayed)
    raisings = [*value_raisings(replayed), *corrections(replayed), *moved_here(replayed)]
    return ValueAlerts(raisings, _lived(Life(replayed, answers, replayed.walked.closed_at or now), raisings))


def alerts(values: ValueAlerts, tasks: Tasks, now: datetime) -> Alerts:
    """All alerts of an open day; a day that is not open has none."""
    replayed = tasks.replayed
    if replayed.walked.stand not in OPEN:
        return Alerts()
    late = tasks.late()
    life = Life(replayed, answers_of(replayed), now)
    others = _lived(life, [one for one in late if one.at <= now])
    ahead = tuple(one.at for one in late if one.at > now)
    standing = sorted((*values.alerts.standing, *others.standing), key=_worst_first)
    return Alerts(tuple(standing), (*values.alerts.moments, *others.moments, *ahead))


def _lived(life: Life, raisings: Iterable[Raising]) -> Alerts:
    lived = [life.of(one) for one in raisings]
    standing = tuple(one.alert for one in lived if one.alert is not None)
    return Alerts(standing, tuple(moment for one in lived for moment in one.moments))


def _worst_first(alert: Alert) -> tuple[int, bool, bool, datetime, str]:
    """Those that sound before those that somebody has, and what is over last."""
    return (-alert.priority, alert.state in LAST, alert.silenced, alert.raised_at, alert.id)
