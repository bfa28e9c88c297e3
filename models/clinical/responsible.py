"""Who looks after a chair: the responsible nurse or nobody, and a handover its receiver has yet to accept (D-20)."""

from __future__ import annotations

from dataclasses import dataclass

from models.clinical.day_sheet import DaySheet, by_time
from models.clinical.facts import Details, HandoverOffered, NurseAssigned


@dataclass(frozen=True, slots=True)
class Responsible:
    """Staff ids; None is nobody. `handover_to` has been offered the chair and has not taken it."""

    nurse: str | None
    handover_to: str | None


def responsible(sheet: DaySheet) -> Responsible:
    """An offer lasts until the chair is next taken or given up."""
    assigned, offered = sheet.last(NurseAssigned), sheet.last(HandoverOffered)
    if assigned is None or assigned[1].nurse is None:
        return Responsible(None, None)
    stands = offered is not None and by_time(offered[0]) > by_time(assigned[0])
    return Responsible(assigned[1].nurse, offered[1].to if offered and stands else None)


def refusal(details: Details, now: Responsible, actor: str, chair: str) -> str | None:
    """Anybody may take a chair, or give one that nobody has; else its nurse offers it and the receiver takes it."""
    if isinstance(details, NurseAssigned):
        if now.nurse is None or details.nurse == actor or (details.nurse is None and now.nurse == actor):
            return None
        return f"Chair {chair} has a responsible nurse. The nurse offers the handover and the receiver accepts it."
    if isinstance(details, HandoverOffered):
        if now.nurse is None:
            return f"Nobody is responsible for chair {chair} yet. Assign a nurse instead."
        if now.nurse != actor:
            return f"Only the responsible nurse of chair {chair} can offer its handover."
        if details.to == now.nurse:
            return f"This nurse is already responsible for chair {chair}."
    return None
