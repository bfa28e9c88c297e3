"""Which STOP rested on a reading that was entered in error afterwards (D-15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from models.clinical.facts import EvaluationClosed, Fact, InfusionStopped, SymptomReported, VitalSignsRecorded
from models.clinical.findings import Level

ABNORMAL = frozenset({Level.AMBER.word, Level.RED.word})


def stops_resting_on(facts: Sequence[Fact], struck: Mapping[int, Fact]) -> dict[int, tuple[int, ...]]:
    """Reading that was struck → the STOPs, still standing, that were recorded because of it as far as one can know."""
    rested: dict[int, tuple[int, ...]] = {}
    for stop in facts:
        if not isinstance(stop.details, InfusionStopped) or stop.position in struck:
            continue
        for reading in _grounds(facts, stop.position):
            strike = struck.get(reading)
            if strike is not None and strike.position > stop.position:
                rested[reading] = (*rested.get(reading, ()), stop.position)
    return rested


def _grounds(facts: Sequence[Fact], stop: int) -> Iterator[int]:
    """The newest reading before the STOP where it was abnormal, and every red one nobody had decided on by then."""
    newest = True
    for fact in reversed([one for one in facts if one.position < stop]):
        if isinstance(fact.details, EvaluationClosed):
            return
        if not isinstance(fact.details, VitalSignsRecorded | SymptomReported):
            continue
        if fact.details.level_shown == Level.RED.word or (newest and fact.details.level_shown in ABNORMAL):
            yield fact.position
        newest = False
