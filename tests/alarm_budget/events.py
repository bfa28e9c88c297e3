"""True events, planted: what the scenario tables of clinical.md 5.3 measured, as true values drifting from row to row.

Serious events are too rare to be drawn (0.7 % of patients within 24 h, IJMSC). Of a silent one the patient says
nothing: only the rounds and their repeats can find it. They do not wander; every reading has its error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from models.clinical.alert import Priority
from models.clinical.facts import Symptom
from tests.alarm_budget.drawn import Body

PARAMETERS = ("heart_rate", "systolic", "diastolic", "temperature", "spo2", "respiratory_rate")
Row = tuple[float, float, float, float, float, float, float]
FOUND_WITHIN = 65
"""Minutes: the longest wait for a round, and the repeat after it."""


@dataclass(frozen=True)
class Event:
    """`rows` are minute from the infusion's start, then the parameters; true from `since` to `until`."""

    day: int
    reference: tuple[int, int, int]
    since: float
    until: float
    rows: Sequence[Row]
    says: Sequence[tuple[float, str, str]] = ()
    expects: Priority = Priority.HIGH
    alert: str = ""
    """The rule that must be among the alerts; empty when any of that priority will do."""

    def body(self, random: Random) -> Body:
        levels: Mapping[str, Sequence[tuple[float, float]]] = {
            name: [(row[0], row[place + 1]) for row in self.rows] for place, name in enumerate(PARAMETERS)
        }
        said = [(minute, Symptom(symptom=name, severity=severity)) for minute, name, severity in self.says]
        return Body(random, levels, said, wanders=False)


STROKE_ROWS: Sequence[Row] = (
    (-80, 76, 132, 82, 36.6, 98, 14), (60, 82, 142, 88, 36.8, 98, 15), (120, 84, 156, 94, 36.9, 98, 16),
    (135, 86, 164, 98, 36.9, 97, 16), (140, 86, 168, 101, 36.9, 97, 16), (155, 90, 178, 104, 36.9, 97, 18),
    (165, 92, 182, 106, 36.9, 97, 18),
)  # fmt: skip
EVENTS = {
    "rising pressure, then stroke": Event(4, (74, 118, 74), 140, 300, STROKE_ROWS, (
        (118, "headache", "mild"), (155, "facial droop", "moderate"), (156, "speech problem", "moderate"))),
    "rising pressure, silent": Event(4, (74, 118, 74), 140, 300, STROKE_ROWS),
    "bradycardia after the steroid": Event(3, (72, 118, 74), -25, 60, (
        (-80, 70, 116, 72, 36.5, 98, 14), (-35, 46, 112, 70, 36.5, 98, 14), (-25, 39, 98, 60, 36.5, 98, 15),
        (-15, 36, 98, 60, 36.5, 98, 15)), ((-25, "dizziness", "moderate"),)),
    "anaphylaxis": Event(1, (76, 122, 76), 18, 120, (
        (-80, 76, 122, 76, 36.6, 98, 14), (14, 80, 122, 76, 36.6, 98, 14), (18, 128, 84, 48, 36.9, 92, 28),
        (60, 134, 86, 50, 36.9, 93, 26)), ((18, "throat tightness", "severe"),)),
    "pressure falls, silent": Event(1, (76, 122, 76), 90, 300, (
        (-80, 76, 122, 76, 36.6, 98, 14), (60, 84, 118, 72, 36.6, 98, 14), (90, 128, 84, 48, 36.9, 92, 28),
        (120, 134, 82, 48, 36.9, 92, 28))),
    "chest pain with near normal numbers": Event(2, (72, 120, 76), 155, 300, (
        (-80, 74, 122, 76, 36.6, 98, 14), (60, 82, 126, 78, 36.7, 98, 14), (120, 88, 128, 80, 36.8, 98, 15),
        (155, 104, 148, 92, 36.8, 96, 22), (175, 98, 144, 90, 36.8, 96, 20)), ((155, "chest pain", "moderate"),)),
    "falling oxygen, silent": Event(2, (74, 116, 74), 215, 340, (
        (-80, 76, 118, 74, 36.6, 98, 14), (120, 86, 122, 76, 36.8, 98, 15), (180, 92, 124, 76, 36.9, 96, 18),
        (200, 100, 126, 78, 37.0, 94, 22), (215, 112, 128, 78, 37.0, 90, 27), (230, 114, 128, 78, 37.0, 88, 28))),
    "coughing blood": Event(2, (74, 116, 74), 215, 340, (
        (-80, 76, 118, 74, 36.6, 98, 14), (180, 92, 124, 76, 36.9, 96, 18), (200, 100, 126, 78, 37.0, 94, 22),
        (215, 112, 128, 78, 37.0, 91, 26), (230, 108, 124, 76, 37.0, 94, 24)),
        ((215, "breathing difficulty", "severe"),)),
    "drift with a new headache at the end": Event(5, (74, 120, 76), 355, 480, (
        (-80, 74, 128, 80, 36.6, 98, 14), (240, 80, 134, 84, 36.8, 98, 15), (300, 80, 138, 86, 36.8, 98, 15),
        (355, 82, 154, 95, 36.8, 98, 15), (420, 80, 154, 94, 36.8, 98, 15)), ((355, "headache", "moderate"),),
        expects=Priority.MEDIUM, alert="new headache with high pressure"),
}  # fmt: skip
