"""The settings of one ward server, read from the environment (`CHAIRSIDE_…`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
TRAINING_ZONE = ZoneInfo("Europe/London")


def with_zone(at: datetime) -> datetime:
    """A time written without its zone is the training ward's own."""
    return at if at.tzinfo is not None else at.replace(tzinfo=TRAINING_ZONE)


WardTime = Annotated[datetime, AfterValidator(with_zone)]


MEANS = {
    "mode": "is training or ward",
    "port": "is a whole number from 1 to 65535",
    "clock_start": "is a time such as 2026-11-20T08:00",
    "clock_rate": "is a number from 0 to 600",
}


def refused_words(fault: ValidationError) -> str:
    """Each setting that means nothing by its own name in the environment, and what it takes."""
    said = []
    for one in fault.errors():
        name = str(one["loc"][0]) if one["loc"] else ""
        words = one["msg"].removeprefix("Value error, ")
        said.append(f"CHAIRSIDE_{name.upper()} {MEANS.get(name, words)}, not {one['input']!r}." if name else words)
    return " ".join(said)


class Settings(BaseSettings):
    """A ward server's settings; every one has the default of the training ward that `make run` opens."""

    model_config = SettingsConfigDict(env_prefix="CHAIRSIDE_", extra="ignore", frozen=True)

    mode: Literal["training", "ward"] = "training"
    database_url: str = ""
    """Empty: the newest training database of `folder`, or its `ward.db` in ward mode."""
    folder: str = "var"
    """Where databases are made when no URL is given."""
    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=1, le=65535)
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """Further names under which browsers may call this server, separated by commas."""
    origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Origins of a proxy in front, e.g. `https://ward.example`, separated by commas."""
    clock_start: WardTime | None = None
    """Training only: the ward time at which the server starts."""
    clock_rate: float | None = Field(default=None, ge=0, le=600)
    """Training only: ward seconds per real second; 0 is paused."""

    @field_validator("allowed_hosts", "origins", mode="before")
    @classmethod
    def _separated_by_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @model_validator(mode="after")
    def _a_real_ward_keeps_real_time(self) -> Settings:
        if self.mode == "ward" and (self.clock_start is not None or self.clock_rate is not None):
            raise ValueError(
                "A ward runs in real time: CHAIRSIDE_CLOCK_START and CHAIRSIDE_CLOCK_RATE are for training only."
            )
        return self

    @property
    def is_training(self) -> bool:
        return self.mode == "training"

    @property
    def hosts(self) -> frozenset[str]:
        """Host names, without port, that a request may be addressed to."""
        bound = () if self.host in ("0.0.0.0", "::", "") else (self.host,)
        return frozenset(name.lower() for name in (*LOOPBACK, *bound, *self.allowed_hosts))

    @property
    def held_clock(self) -> tuple[datetime | None, float] | None:
        """Start and rate of a training clock, when either is set."""
        if self.clock_start is None and self.clock_rate is None:
            return None
        return self.clock_start, 1.0 if self.clock_rate is None else self.clock_rate
