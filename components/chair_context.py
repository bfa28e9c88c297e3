"""What the forms of a chair page must know of the chair, kept in one hidden element that the live stream renews."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from components.actions_bar import bar_state
from components.wording import clock_time, date_words, epoch_ms, full_name
from models.clinical.facts import ChairAssigned, Fact, struck
from models.clinical.status import ChairStatus, Phase

VIEWS = {"expected": "arrive", "pre-medication": "checks", "closed": "record"}
"""The form a page opens with; everywhere else it is vital signs."""

Props = dict[str, str]


def chair_context(
    label: str, status: ChairStatus | None, others: Iterable[ChairStatus], staff: Mapping[str, str], zone: str
) -> Props:
    """`others` are today's other days: one of them may have sat here."""
    if status is None:
        return _props(
            {
                "chair": label,
                "day": "",
                "patient": "",
                "position": "",
                "name": "",
                "born": "",
                "view": "empty",
                "state": "empty",
                "zone": zone,
                "refused": "{}",
                "overridable": "{}",
                "symptoms": "[]",
                "left": _left(label, others, staff, zone),
                "level": "",
                "evaluation": "",
                "rate": "",
                "running": "",
                "planned": "",
                "prepared": "",
                "swap": "[]",
                "doctor": "",
            }
        )
    return _props(
        {
            "chair": label,
            "day": status.infusion_day_id,
            "patient": status.patient.id,
            "position": str(status.position),
            "name": full_name(status.patient),
            "born": date_words(status.patient.born),
            "view": opening_view(status),
            "state": bar_state(status),
            "zone": zone,
            "refused": json.dumps(dict(status.refused), ensure_ascii=False),
            "overridable": json.dumps(
                {act: list(locks) for act, locks in status.overridable.items()}, ensure_ascii=False
            ),
            "symptoms": json.dumps(
                [{"id": s.symptom, "severity": s.severity} for s in status.open_symptoms], ensure_ascii=False
            ),
            "left": _left(label, others, staff, zone),
            "level": status.level.word,
            "evaluation": epoch_ms(status.evaluation.opened_at) if status.evaluation else "",
            "rate": "" if status.resume_rate_ml_per_hour is None else f"{status.resume_rate_ml_per_hour:.1f}",
            "running": "" if status.rate_ml_per_hour is None else f"{status.rate_ml_per_hour:.1f}",
            "planned": f"{status.planned_rate_ml_per_hour:.1f}",
            "swap": _partners(label, others),
            "prepared": "yes" if status.discharge_prepared else "",
            "doctor": "yes" if status.resume_needs_evaluation else "",
        }
    )


def _props(values: Props) -> Props:
    return {f"data-{name}": value for name, value in values.items()}


def opening_view(status: ChairStatus) -> str:
    state = bar_state(status)
    if status.evaluation is not None:
        return "vital-signs"
    if state == "pre-medication" and "vital" in status.next_step.what.lower():
        return "vital-signs"
    return VIEWS.get(state, "vital-signs")


def _left(label: str, others: Iterable[ChairStatus], staff: Mapping[str, str], zone: str) -> str:
    """Patient id → where they are now, for everybody who sat in this chair and does not any more."""
    gone = {}
    for other in others:
        leaving = leaving_of(label, other)
        if leaving is not None:
            at, by = leaving
            gone[other.patient.id] = {
                "where": where_now(other),
                "chair": other.chair if other.is_open else "",
                "at": clock_time(at, zone),
                "by": staff.get(by, by),
                "name": full_name(other.patient),
            }
    return json.dumps(gone, ensure_ascii=False)


def _partners(label: str, others: Iterable[ChairStatus]) -> str:
    """Whom this patient may change chairs with, by two identifiers."""
    return json.dumps(
        [
            {
                "day": one.infusion_day_id,
                "words": f"{one.chair} · {full_name(one.patient)} · born {date_words(one.patient.born)}",
            }
            for one in sorted(others, key=lambda one: (len(one.chair), one.chair))
            if "swap" in one.allowed and one.chair != label
        ],
        ensure_ascii=False,
    )


def leaving_of(label: str, other: ChairStatus) -> tuple[datetime, str] | None:
    """When this patient left the chair and who recorded it; None for one who never sat there, or still does."""
    here = False
    left: Fact | None = None
    errors = struck(other.facts)
    for fact in other.facts:
        sits_in = getattr(fact.details, "chair", None)
        if sits_in is None or fact.position in errors:
            continue
        if here and isinstance(fact.details, ChairAssigned) and sits_in != label:
            left = fact
        here = sits_in == label
    if left is not None and not here:
        return left.happened_at, left.recorded_by
    if here and not other.is_open and other.closed_at is not None:
        return other.closed_at, other.facts[-1].recorded_by if other.facts else ""
    return None


def where_now(other: ChairStatus) -> str:
    if other.phase is Phase.DISCHARGED:
        return "was discharged"
    if other.phase is Phase.TRANSFERRED:
        return "was transferred"
    return f"moved to chair {other.chair}"
