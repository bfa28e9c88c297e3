"""What tests of limits ask: the findings of one set, after other sets or none."""

from __future__ import annotations

from collections.abc import Sequence

from models.clinical.facts import Symptom, VitalSignsRecorded
from models.clinical.findings import Baseline, Finding
from models.clinical.limits import NO_SYMPTOMS, findings
from models.clinical.protocol import Protocol
from tests.clinical.builders import the_protocol


def found_by(
    recorded: VitalSignsRecorded,
    previous: dict[str, float | str] | None = None,
    baseline: Baseline | None = None,
    said: Sequence[Symptom] | None = (),
    still_open: tuple[Symptom, ...] = (),
    todays_first: frozenset[str] = NO_SYMPTOMS,
    protocol: Protocol | None = None,
) -> tuple[Finding, ...]:
    return findings(recorded, previous or {}, baseline, said, still_open, todays_first, protocol or the_protocol())
