"""How an open evaluation is called on the board and on the chair page: one title for each state of the infusion."""

from __future__ import annotations

from collections.abc import Mapping

from models.clinical.facts import Fact, InfusionStopped
from models.clinical.findings import Level
from models.clinical.status import ChairStatus, InfusionState

Titles = tuple[str, str]
"""For a wide and for a narrow place."""

WHILE_RED: Mapping[InfusionState | None, Titles] = {
    None: ("Red – do not start", "Red"),
    InfusionState.RUNNING: ("Red – stop and evaluate", "Red – stop"),
}
OTHERWISE: Titles = ("Red – evaluate", "Red")
NUMBERS_NORMAL: Mapping[InfusionState | None, Titles] = {None: ("Do not start – evaluate", "Evaluate")}
EVALUATION_OPEN: Titles = ("Evaluation open", "Evaluate")
STOPPED: Titles = ("Stopped – evaluate", "Stopped")


def red_title(status: ChairStatus) -> Titles:
    """Stopped stays stopped, whatever the numbers are by now (D-2)."""
    if status.state is InfusionState.STOPPED:
        return STOPPED
    if status.level is Level.RED:
        return WHILE_RED.get(status.state, OTHERWISE)
    return NUMBERS_NORMAL.get(status.state, EVALUATION_OPEN)


def standing_stop(status: ChairStatus) -> Fact | None:
    """The newest STOP that counts."""
    stops = (fact for fact in reversed(status.facts) if isinstance(fact.details, InfusionStopped))
    return next((fact for fact in stops if fact.position not in status.struck), None)
