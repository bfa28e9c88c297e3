"""Which reactions the reported symptoms bring to mind: suggestions for a person, never a diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from models.clinical.findings import VitalSet
from models.clinical.protocol import Protocol
from models.clinical.sets import DaySets, Report


def suggestions(sets: DaySets, since: datetime, protocol: Protocol) -> Mapping[str, tuple[str, ...]]:
    """Check list id → the words of the symptoms that pre-select it, in the order of the list.

    Counted are the symptoms open now and those said since the evaluation is about, even where they have gone.
    """
    said = {symptom.symptom for symptom in sets.open_symptoms}
    told: list[VitalSet | Report] = [*sets.standing, *sets.reports]
    for seen in told:
        if seen.happened_at >= since:
            said |= {symptom.symptom for symptom in seen.symptoms or ()}
    return {
        row.id: tuple(protocol.symptoms[name].words for name in row.symptoms if name in said)
        for row in protocol.check_lists.values()
        if said.intersection(row.symptoms)
    }
