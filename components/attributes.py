"""HTML attributes whose names Python cannot write: `data_until="…"` becomes `data-until`, `aria_label` `aria-label`."""

from __future__ import annotations

from typing import Any


def attributes(**named: str) -> dict[str, Any]:
    return {name.replace("_", "-"): value for name, value in named.items()}
