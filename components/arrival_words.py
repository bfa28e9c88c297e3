"""What an arrival takes over unless the nurse says otherwise: who supervises and whom to call, and where it is from."""

from __future__ import annotations

from collections.abc import Mapping

from models.clinical.facts import Booked, standing
from models.clinical.status import ChairStatus, CheckStatus

Named = Mapping[str, tuple[str, str]]
"""Line of the check list → the name, and where it is from."""
LINES = {"supervising neurologist": "supervising_neurologist", "emergency contact": "emergency_contact"}


def named_before(status: ChairStatus, supervising_neurologist: str, emergency_contact: str) -> Named:
    """The booking goes before the ward's own."""
    booked = next((fact.details for fact in standing(status.facts) if isinstance(fact.details, Booked)), None)
    wards = {"supervising neurologist": supervising_neurologist, "emergency contact": emergency_contact}
    found: dict[str, tuple[str, str]] = {}
    for line, name in LINES.items():
        if of_the_booking := getattr(booked, name, ""):
            found[line] = (of_the_booking, "from the booking")
        elif wards[line]:
            found[line] = (wards[line], "the ward's own")
    return found


def taken_over(line: CheckStatus, named: Named) -> str:
    """The mark of an answer that is what had been named before."""
    name, source = named.get(line.id, ("", ""))
    return f" · {source}" if name and line.answer == name else ""


def unless_said(named: Named) -> str:
    """`Unless you say otherwise: supervising neurologist Dr Lind (from the booking).`"""
    parts = [f"{line} {name} ({source})" for line, (name, source) in named.items()]
    return f"Unless you say otherwise: {'; '.join(parts)}." if parts else ""
