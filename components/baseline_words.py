"""What a baseline is called beside a value or a line: where it comes from, in one word."""

from __future__ import annotations

from models.clinical.findings import Baseline
from models.clinical.status import ChairStatus

WORDS = {"reference": "reference", "day-1": "day-1", "earlier": "earlier", "today's": "today"}


def baseline_word(status: ChairStatus, baseline: Baseline, parameter: str) -> str:
    """On day 1 the set of day 1 is simply the baseline."""
    origin = baseline.origin.get(parameter, "")
    return "baseline" if origin == "day-1" and status.day == 1 else WORDS.get(origin, "baseline")
