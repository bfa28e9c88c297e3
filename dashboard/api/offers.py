"""What a correction leads to: a set struck as *wrong patient* is offered for the right one (D-15)."""

from __future__ import annotations

from dataclasses import fields

from dashboard.api.answers import Json, plain
from models.charting import Charting, Recorded
from models.charting.words import named
from models.clinical.facts import EnteredInError, Fact, SymptomReported, VitalSignsRecorded

WRONG_PATIENT = "wrong patient"
BELONGS_TO_THE_DAY = frozenset({"adds_to", "confirmed", "level_shown", "moved_from"})


def struck_set(charting: Charting, recorded: Recorded) -> Json:
    """The struck values, read-only, with their true time and everyone they may belong to by two identifiers."""
    strike = recorded.facts[0].details
    if not isinstance(strike, EnteredInError) or strike.reason != WRONG_PATIENT:
        return {}
    struck = next(fact for fact in recorded.status.facts if fact.position == strike.position)
    if not isinstance(struck.details, VitalSignsRecorded | SymptomReported):
        return {}
    others = [
        {
            "infusion_day_id": one.infusion_day_id,
            "chair": one.chair,
            "patient": plain(one.patient),
            "words": named(one.patient),
        }
        for one in charting.todays_statuses()
        if one.is_open and one.infusion_day_id != struck.infusion_day_id
    ]
    return {"struck_set": offered(struck, recorded.status.chair) | {"may_belong_to": others}}


def offered(struck: Fact, chair: str) -> Json:
    path = "vital-signs" if isinstance(struck.details, VitalSignsRecorded) else "symptoms"
    values = {
        field.name: plain(getattr(struck.details, field.name))
        for field in fields(struck.details)
        if field.name not in BELONGS_TO_THE_DAY and getattr(struck.details, field.name) not in (None, "")
    }
    return {"post": path, "body": values | {"happened_at": plain(struck.happened_at), "moved_from": chair}}
