"""What was measured and how bad it is: levels, findings, sets of vital signs and the baseline they changed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from models.clinical.facts import Symptom


class Level(IntEnum):
    """Ordered: the worst of several is their max()."""

    NOT_MEASURED = 0
    NORMAL = 1
    AMBER = 2
    RED = 3

    @property
    def word(self) -> str:
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Why a set or a chair has its level. `limit` and `action` are sentences a nurse reads, `source` its origin."""

    parameter: str
    value: float | str
    level: Level
    limit: str
    source: str
    action: str
    confirmed: bool = False
    """A red that needed two readings, and had them."""
    repeat_within_minutes: int | None = None
    twice: bool = False
    """The previous reading of the parameter was amber or red too (D-7)."""
    needs_doctor: bool = False
    """A doctor decides before the infusion goes on."""
    offers_pause: bool = False
    upward: bool | None = None
    """Too high (or risen too far) rather than too low; None for what has no side."""
    is_change: bool = False
    """Measured from the course baseline."""
    rule: str = ""
    """What it is about, so that the same trouble found again is known: `systolic high`, `symptom: chest pain`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalSet:
    """A set as screens show it; a partial set holds what a later one added; `struck` is why it does not count."""

    position: int
    happened_at: datetime
    recorded_at: datetime
    recorded_by: str
    heart_rate: int | None
    systolic: int | None
    diastolic: int | None
    symptoms: tuple[Symptom, ...] | None
    temperature: float | None
    spo2: int | None
    respiratory_rate: int | None
    consciousness: str | None
    arm: str | None
    level: Level
    findings: tuple[Finding, ...]
    is_complete: bool
    late: bool
    struck: str | None = None
    added: int | None = None
    """Position of what was added last; None where nothing was."""

    @property
    def newest_position(self) -> int:
        """Of what stands in it, the entry recorded last: an evaluation closed before that knew nothing of it."""
        return self.position if self.added is None else self.added


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Reference values of change. `label` tells where they come from, e.g. *day 1, 04-May-2026*."""

    heart_rate: int | None
    systolic: int | None
    diastolic: int | None
    spo2: int | None
    label: str
    origin: Mapping[str, str] = field(default_factory=dict)
    """Parameter → reference, day-1, earlier or today's: where its value comes from."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Origin → its label; `label` joins those that give a heart rate or a pressure."""
