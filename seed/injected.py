"""The words for what a trainer brings about beside the file, as the course and the debrief tell it."""

from __future__ import annotations

from collections.abc import Iterator

from models.clinical.vital_signs import MEASURED, PARAMETERS
from seed.scenario_file import Change


def injected_words(change: Change, minutes: float) -> str:
    """`Brought about: headache (severe)`."""
    return f"Brought about: {', '.join(_parts(change, minutes))}"


def _parts(change: Change, minutes: float) -> Iterator[str]:
    for one in change.symptoms:
        how = ", ".join(part for part in (one.severity, "" if one.change == "new" else one.change) if part)
        yield f"{one.symptom} ({how})" if how else one.symptom
    for name, value in zip(MEASURED, change.values or (), strict=False):
        read = PARAMETERS[name]
        yield f"{read.words.lower() if name != 'spo2' else read.words} {value:.{read.decimals}f} {read.unit}"
    if change.consciousness:
        yield change.consciousness
    if minutes and (change.values or change.consciousness):
        yield f"within {minutes:g} min"
    if change.act:
        yield change.happens
