"""What raises an alert: which row of the protocol it follows, what it is about, and when it is raised again by time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.clinical.alert import Priority
from models.clinical.findings import Finding, Level
from models.clinical.protocol import Protocol
from models.clinical.protocol_rows import AlertRow

AT_ONCE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Raise:
    """One moment at which an alert asks for an answer; unanswered for `patience` it is escalated, None never."""

    at: datetime
    row: AlertRow
    priority: Priority
    patience: timedelta | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raising:
    """An alert before anybody has answered it. `raises` are those time alone brings, the first one has happened."""

    id: str
    raises: Sequence[Raise]
    what: str
    limit: str = ""
    source: str = ""
    action: str = ""
    level: Level = Level.NORMAL
    position: int | None = None
    finding: Finding | None = None
    holds: bool = True
    """False when the value is normal again or the symptom gone."""
    latches: bool = False
    """A high value or symptom ends only with an outcome, a medium one when somebody has seen it."""
    seen_by: str | None = None
    """Who saved the set and was shown its level."""
    escalates_by: datetime | None = None
    """When an earlier reading of the same trouble, which nobody answered, would have been escalated."""
    times_before: int = 0

    @property
    def priority(self) -> Priority:
        return self.raises[0].priority

    @property
    def at(self) -> datetime:
        return self.raises[0].at

    @property
    def escalates_at(self) -> datetime | None:
        """As long as nobody has answered."""
        moments = [self.escalates_by] if self.escalates_by is not None else []
        moments += [one.at + one.patience for one in self.raises[:1] if one.patience is not None]
        return min(moments, default=None)

    @property
    def stays(self) -> bool:
        """It ends only with an outcome, whatever is measured; a repeat that was missed may have made it so."""
        happened = self.raises[:1] if self.holds else self.raises
        return self.latches and any(one.priority is Priority.HIGH for one in happened)


def raise_of(row: AlertRow, at: datetime, protocol: Protocol, note: str = "") -> Raise:
    patience = getattr(protocol.durations, row.escalates) if row.escalates else None
    return Raise(at, row, row.priority, patience, note)


def raises_of(row: AlertRow, at: datetime, protocol: Protocol, not_before: datetime | None = None) -> list[Raise]:
    """One with a later priority takes it, escalated, after the row's duration; a promise may put that off (D-16)."""
    if row.later_priority is None:
        return [raise_of(row, at, protocol)]
    later = at + getattr(protocol.durations, row.escalates)
    later = max(later, not_before) if not_before is not None else later
    return [Raise(at, row, row.priority, None), Raise(later, row, row.later_priority, AT_ONCE)]
