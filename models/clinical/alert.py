"""What an alert is: its priority, its kind, the state it is in, and who has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from models.clinical.findings import Level


class Priority(IntEnum):
    """Of an alert, as IEC 60601-1-8 names it: high is red, medium yellow, low cyan."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def word(self) -> str:
        return self.name.lower()

    @property
    def mark(self) -> str:
        return "!" * self.value


class AlertKind(StrEnum):
    """Value and symptom alerts ask for an answer; task alerts end when the task is done; technical ones are a screen's
    own."""

    VALUE = "value"
    SYMPTOM = "symptom"
    TASK = "task"
    TECHNICAL = "technical"


class AlertState(StrEnum):
    """*Raised* sounds; the answered ones are silent; *resolved unseen* is over, and nobody has said *seen* yet."""

    RAISED = "raised"
    SEEN = "seen"
    ACTING = "acting"
    ACCEPTED = "known and accepted"
    RESOLVED_UNSEEN = "resolved unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert of a chair. `id` is its rule and the position (or the time) that raised it, e.g. `systolic high/17`.

    `words` head it, `limit` is the value with the limit it reached, `why` what it may mean, `action` the next step.
    """

    id: str
    kind: AlertKind
    what: str
    """The row of the protocol's alerts it was made by, e.g. `confirmed pair`."""
    priority: Priority
    words: str
    limit: str
    source: str
    why: str
    action: str
    level: Level
    """Colour of what raised it; normal for a task."""
    position: int | None
    """The set or report that raised it; None for a task."""
    raised_at: datetime
    """Since when it has been waiting for an answer: when it was raised, or raised again."""
    state: AlertState = AlertState.RAISED
    needs_answer: bool = True
    holds: bool = True
    """The value or symptom is still abnormal; a high alert waits for its outcome even when it is not."""
    answered_by: str | None = None
    """Staff id; of an alert somebody is acting on, whoever has it after a handover."""
    answered_at: datetime | None = None
    until: datetime | None = None
    doctor: str = ""
    returns_at: datetime | None = None
    """When an answered one is raised again by time alone."""
    escalates_at: datetime | None = None
    escalated: bool = False
    """It stands on the charge nurse's board."""
    silenced: bool = False
    times_raised: int = 1
    note: str = ""
    """What a correction or a missed repeat changed, as a sentence."""

    @property
    def mark(self) -> str:
        return self.priority.mark

    @property
    def sounds(self) -> bool:
        return self.state is AlertState.RAISED
