"""The sentences of findings: the value, how far it lies from its baseline, and the limit it reached."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from models.clinical.protocol_rows import Limit
from models.clinical.thresholds import Threshold
from models.clinical.vital_signs import PARAMETERS

PRESSURE = PARAMETERS["systolic"].unit


def limit_words(limit: Limit, reached: Threshold, value: float, confirmed_by: float | None, *, waits: bool) -> str:
    """`systolic 142 mmHg, +20 % of day-1 118, amber from +20 %`; a change is shown rounded, compared exactly."""
    words = _named(limit.parameter, value)
    if confirmed_by is not None:
        words += f" after {confirmed_by:g}"
    if limit.measure != "value":
        words += f", {_change(reached, value)}"
    return f"{words}, {_reads(limit, waits=waits)}"


def limits_words(sentences: Sequence[str]) -> str:
    """The value is told once: *systolic 142 mmHg, amber from 140; +20 % of day-1 118, amber from +20 %*."""
    if not sentences:
        return ""
    first, *others = sentences
    value = first.partition(", ")[0] + ", "
    return "; ".join(dict.fromkeys([first, *(one.removeprefix(value) for one in others)]))


def word_words(limit: Limit, word: str) -> str:
    """`consciousness confused, red unless alert`."""
    return f"{_named(limit.parameter, word)}, {limit.level.word} unless {limit.other_than}"


@lru_cache(maxsize=1000)
def condition_words(reached: Threshold, value: float) -> str:
    named = _named(reached.row.parameter, value)
    return named if reached.row.measure == "value" else f"{named} ({_change(reached, value)})"


def _named(parameter: str, value: float | str) -> str:
    kind = PARAMETERS[parameter]
    words = kind.words[0].lower() + kind.words[1:] if kind.words[1:].islower() else kind.words
    return f"{words} {kind.shown(value)}"


def _reads(limit: Limit, *, waits: bool) -> str:
    if waits:
        return f"amber – repeat now, {limit.level.word} if it holds ({_bound(limit)})"
    return f"{limit.level.word} {_bound(limit)}{' twice' if limit.confirmed else ''}"


def _bound(limit: Limit) -> str:
    """`from 140`, `at 50 or less`, `beyond −30 %`, `from +30 /min and 100`."""
    parameter = PARAMETERS[limit.parameter]
    if limit.measure == "value":
        upward = limit.at_least is not None
        number = f"{limit.at_least if upward else limit.at_most:.{parameter.decimals}f}"
        return f"from {number}" if upward else f"at {number} or less"
    sign = "+" if limit.measure.startswith("rise") else "−"
    unit = "%" if limit.measure.endswith("percent") else parameter.unit
    bound = f"from {sign}{limit.at_least:g}" if limit.at_least is not None else f"beyond {sign}{limit.more_than:g}"
    also = "" if limit.value_at_least is None else f" and {limit.value_at_least:g}"
    return f"{bound} {unit}{also}"


def _change(reached: Threshold, value: float) -> str:
    """`+20 % of day-1 118`, `+32 /min of day-1 72`, `+46 mmHg (+39 %) of day-1 118`."""
    row, reference = reached.row, reached.reference
    unit = PARAMETERS[row.parameter].unit
    change, percent = _signed(value - reference), f"{_signed((value - reference) * 100 / reference)} %"
    if row.measure.endswith("percent"):
        return f"{percent} of {reached.origin} {reference}"
    also = f" ({percent})" if unit == PRESSURE else ""
    return f"{change} {unit}{also} of {reached.origin} {reference}"


def _signed(number: float) -> str:
    return f"{number:+.0f}".replace("-", "−")
