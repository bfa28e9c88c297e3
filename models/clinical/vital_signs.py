"""Vital signs and their units: what a set holds, when it is complete, and which entries cannot be or look wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from models.clinical.facts import VitalSignsRecorded
from models.clinical.protocol import Protocol

if TYPE_CHECKING:
    from models.clinical.findings import VitalSet

DIGITS = 1000
"""No vital sign has more than three digits before the point."""


@dataclass(frozen=True, slots=True)
class Parameter:
    words: str
    unit: str
    decimals: int = 0

    def shown(self, value: float | str) -> str:
        """The value with its unit, e.g. *142 mmHg*, *38.3 °C*, *98 %*."""
        text = value if isinstance(value, str) else f"{value:.{self.decimals}f}"
        return f"{text} {self.unit}".rstrip()


PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {
        "heart_rate": Parameter("Heart rate", "/min"),
        "systolic": Parameter("Systolic", "mmHg"),
        "diastolic": Parameter("Diastolic", "mmHg"),
        "temperature": Parameter("Temperature", "°C", 1),
        "spo2": Parameter("SpO₂", "%"),
        "respiratory_rate": Parameter("Respiratory rate", "/min"),
        "consciousness": Parameter("Consciousness", ""),
    }
)
MEASURED = ("heart_rate", "systolic", "diastolic", "temperature", "spo2", "respiratory_rate")
Values = tuple[Any, ...]
"""One value for each of PARAMETERS, in their order: numbers, last a word; None was not measured."""
values_of: Callable[[object], Values] = attrgetter(*PARAMETERS)
ARMS = ("left", "right")
CONSCIOUSNESS: Mapping[str, str] = MappingProxyType(
    {"a": "alert", "c": "confused", "v": "voice", "p": "pain", "u": "unresponsive"}
)


def is_complete(recorded: VitalSignsRecorded | VitalSet) -> bool:
    """Heart rate, both pressures and the clinical status asked (R-55)."""
    return (
        recorded.heart_rate is not None
        and recorded.systolic is not None
        and recorded.diastolic is not None
        and recorded.symptoms is not None
    )


def has_readings(recorded: VitalSignsRecorded) -> bool:
    return recorded.symptoms is not None or any(value is not None for value in values_of(recorded))


def consciousness_word(text: str) -> str | None:
    """`A` or `Alert` → alert; None when it is none of the five."""
    word = text.strip().lower()
    return CONSCIOUSNESS.get(word, word if word in CONSCIOUSNESS.values() else None)


def impossible(recorded: VitalSignsRecorded) -> tuple[str, str] | None:
    """The field and the sentence of the first entry that cannot be; None when every entry can."""
    for name in MEASURED:
        value = getattr(recorded, name)
        sentence = None if value is None else _cannot_be(PARAMETERS[name], value)
        if sentence is not None:
            return name, sentence
    if recorded.consciousness is not None and consciousness_word(recorded.consciousness) is None:
        return "consciousness", f"Consciousness is one of {', '.join(CONSCIOUSNESS.values())}."
    if recorded.arm is not None and recorded.arm not in ARMS:
        return "arm", f"The arm is {' or '.join(ARMS)}."
    if recorded.systolic is not None and recorded.diastolic is not None and recorded.systolic <= recorded.diastolic:
        return "diastolic", (
            f"Systolic {recorded.systolic} mmHg must be higher than diastolic {recorded.diastolic} mmHg; "
            "look whether they are swapped."
        )
    return None


def _cannot_be(parameter: Parameter, value: object) -> str | None:
    shape = "a whole number" if parameter.decimals == 0 else "a number with one decimal"
    whole = isinstance(value, int) and not isinstance(value, bool)
    tenths = isinstance(value, float) and math.isfinite(value) and round(value, parameter.decimals) == value
    if not (whole or (tenths and parameter.decimals > 0)):
        return f"{parameter.words} is {shape} in {parameter.unit}."
    if not 0 <= value < DIGITS:  # type: ignore[operator]
        return f"{parameter.words} is {shape} of at most three digits, and never negative."
    return None


def implausible(recorded: VitalSignsRecorded, protocol: Protocol) -> list[tuple[str, str]]:
    """Entries outside the plausible range, each with the question the nurse answers; never a reason to refuse."""
    return [
        (name, f"{parameter.words} {parameter.shown(value)} is unusual ({usual.low:g} to {usual.high:g}). Is it right?")
        for name, usual in protocol.plausibility.items()
        if (value := getattr(recorded, name)) is not None
        and (parameter := PARAMETERS[name]) is not None
        and not usual.low <= value <= usual.high
    ]
