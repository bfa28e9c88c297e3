"""How a level is shown: always a word, a shape and a colour together; normal has none of them."""

from __future__ import annotations

from dataclasses import dataclass

from models.clinical.findings import Finding, Level


@dataclass(frozen=True, slots=True)
class Tone:
    css: str
    """Class on the element that carries the level; its colours stand in ward.css."""
    icon: str
    """Name of the shape in the sprite; empty for normal."""
    word: str


TONES: dict[Level, Tone] = {
    Level.NOT_MEASURED: Tone("not-measured", "dashed-circle", "Not measured"),
    Level.NORMAL: Tone("normal", "", ""),
    Level.AMBER: Tone("amber", "triangle", "Amber"),
    Level.RED: Tone("red", "octagon", "Red"),
}


def tone(level: Level) -> Tone:
    return TONES[level]


PRESSURE = frozenset({"systolic", "diastolic"})


def level_of(findings: tuple[Finding, ...], *parameters: str) -> Level:
    """The worst level found for any of these; a combination such as `systolic, heart_rate` counts for each."""
    wanted = set(parameters)
    found = (f.level for f in findings if wanted & {part.strip() for part in f.parameter.split(",")})
    return max(found, default=Level.NORMAL)
