"""The one-time code with which a new ward is set up; only its hash is kept."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another


def new_code() -> str:
    """Three groups of four: 60 bits, so a plain hash of it cannot be searched."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def code_hash(code: str) -> str:
    """However it was typed: small letters, spaces and missing dashes are the same code."""
    return sha256("".join(code.upper().replace("-", "").split()).encode("utf-8")).hexdigest()


def fits(code: str, kept_hash: str) -> bool:
    return bool(kept_hash) and hmac.compare_digest(code_hash(code), kept_hash)
