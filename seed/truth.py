"""What is true of a simulated patient at a moment, and the level it would have if it were measured and asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.clinical.facts import Symptom, VitalSignsRecorded
from models.clinical.findings import Finding, Level
from models.clinical.limits import Limits, limits_for
from models.clinical.status import ChairStatus
from models.clinical.vital_signs import Values, values_of
from seed.scenario_file import Told
from seed.scenario_player import ScenarioPlayer
from seed.simulated_patient import SimulatedPatient


@dataclass(frozen=True, slots=True)
class Truth:
    values: VitalSignsRecorded
    findings: tuple[Finding, ...]
    felt: tuple[Told, ...]
    """Every symptom the patient has, with what the patient says of it."""

    @property
    def level(self) -> Level:
        return max((one.level for one in self.findings), default=Level.NORMAL)


def true_at(player: ScenarioPlayer, status: ChairStatus, at: datetime) -> Truth:
    """Of the chair that `status` shows, measured without noise."""
    patient, minute = player.patients[status.chair], player.scenario.minute(at)
    limits = limits_for(player.protocol, status.course_baseline)
    findings = true_findings(limits, patient, minute, values_of(patient.truth(minute - 1)))
    return Truth(patient.truth(minute), findings, felt_at(patient, minute))


def true_findings(limits: Limits, patient: SimulatedPatient, minute: float, previous: Values) -> tuple[Finding, ...]:
    said = tuple(Symptom(symptom=one.symptom, severity=one.severity) for one in felt_at(patient, minute))
    return limits.of(values_of(patient.truth(minute)), previous, said)


def felt_at(patient: SimulatedPatient, minute: float) -> tuple[Told, ...]:
    return tuple(one.told for one in patient.feels(minute).values() if one.told.change != "gone")
