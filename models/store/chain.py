"""The hash chain of an infusion day: every fact holds the hash of the one before, the first that of the patient."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from models.store.serialise import canonical

HASHED = (
    "key", "part", "request_digest", "infusion_day_id", "position", "kind",
    "happened_at", "recorded_at", "recorded_by", "device", "caused_by", "details", "previous_hash",
)  # fmt: skip
IDENTITY = (
    "infusion_day_id", "day", "date", "course", "patient_key",
    "patient_id", "family_name", "given_name", "born", "allergies",
)  # fmt: skip


def plain(value: Any) -> str | int | None:
    """A moment or date as text; SQLite gives moments as text without a zone, PostgreSQL as aware moments."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes):
        return f"not text: {value.hex()}"  # only where somebody wrote past the store, on SQLite
    return value.isoformat() if isinstance(value, date) else value


def digest(*columns: Any) -> str:
    return sha256(canonical([plain(value) for value in columns]).encode("utf-8")).hexdigest()


def first_hash(identity: Mapping[str, Any]) -> str:
    """What the first fact follows: who the patient is, and which day of which course this is."""
    return digest(*(identity[name] for name in IDENTITY))


def fact_hash(row: Mapping[str, Any]) -> str:
    return digest(*(row[name] for name in HASHED))
