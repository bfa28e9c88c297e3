"""What every body shares: read strictly, and with the true time, a doctor's override and the wish to record it late."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from dashboard.api.fields import Flag, Instant, Reason, Word
from models.charting import Override
from models.clinical import facts


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, allow_inf_nan=False, frozen=True)


class OverrideBody(Part):
    doctor: Word
    reason: Reason

    def override(self) -> Override:
        return Override(self.doctor, self.reason)


class Body(Part):
    """What every act may say beside its own: its true time, a doctor's override, and that it shall be recorded late."""

    records: ClassVar[type[Any]]
    happened_at: Instant | None = None
    override: OverrideBody | None = None
    late: Flag = False

    def details(self) -> facts.Details:
        """The fact this body records, whose fields carry the same names."""
        names = [one.name for one in fields(self.records) if one.name in type(self).model_fields]
        details: facts.Details = self.records(**{name: self.value_of(name) for name in names})
        return details

    def value_of(self, name: str) -> Any:
        return getattr(self, name)
