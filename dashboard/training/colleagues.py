"""The entries a trainer may let a colleague make: each an act of the ward with its body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.clinical.facts import VitalSignsRecorded
from seed.playing import one_symptom
from seed.scenario_player import ScenarioPlayer

Made = Callable[[ScenarioPlayer, str, str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Offer:
    act: str
    body: Made
    """Of the player, the chair, and what the trainer wrote."""
    asks_text: bool = False


def complete_set(player: ScenarioPlayer, chair: str, text: str) -> Mapping[str, Any]:
    taken = player.measured(chair)
    body = {name: getattr(taken, name) for name in VitalSignsRecorded.__dataclass_fields__}
    return body | {"symptoms": [one_symptom(one) for one in taken.symptoms or ()]}


def partial_set(player: ScenarioPlayer, chair: str, text: str) -> Mapping[str, Any]:
    return {"heart_rate": player.measured(chair).heart_rate, "partial_reason": "interrupted"}


OFFERS: Mapping[str, Offer] = {
    "note": Offer("note", lambda player, chair, text: {"text": text}, asks_text=True),
    "complete set": Offer("vital_signs", complete_set),
    "partial set": Offer("vital_signs", partial_set),
    "round not done": Offer("not_done", lambda player, chair, text: {"reason": "with another patient"}),
    "takes over": Offer("assign", lambda player, chair, text: {}),
    "pause": Offer("pause", lambda player, chair, text: {"reason": "pump or bag", "note": text}),
}
"""Their words for the trainer stand in components/training/offers.py."""
