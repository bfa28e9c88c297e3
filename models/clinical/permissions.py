"""Which acts are allowed now, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.clinical.infusion_day import ACTS, Stand, sentence
from models.clinical.locks import Lock, listed, overridable

EVALUATING = frozenset({"close-evaluation", "suspect-reaction", "evaluation-step", "call", "grade"})
"""What an open evaluation is about: none of it is recorded without one."""


@dataclass(frozen=True, slots=True)
class Permissions:
    """As the status names them: a refused act stands with its sentence, an overridable one with its locks too."""

    allowed: tuple[str, ...]
    refused: Mapping[str, str]
    overridable: Mapping[str, tuple[str, ...]]


def permissions(
    stand: Stand, chair: str, family_name: str, locks: Mapping[str, Sequence[Lock]], *, evaluation_open: bool
) -> Permissions:
    """`locks` are those of each act that has any; the table goes before them."""
    refused: dict[str, str] = {}
    open_by_doctor: dict[str, tuple[str, ...]] = {}
    for act in ACTS:
        why = refusal_by_table(act, stand, chair, family_name, evaluation_open=evaluation_open)
        if why is None and locks.get(act):
            why = locked_sentence(act, chair, locks[act])
            if passed := overridable(locks[act]):
                open_by_doctor[act] = passed
        if why is not None:
            refused[act] = why
    return Permissions(tuple(act for act in ACTS if act not in refused), refused, open_by_doctor)


def refusal_by_table(act: str, stand: Stand, chair: str, family_name: str, *, evaluation_open: bool) -> str | None:
    """A stopped infusion may be resumed through its evaluation; the acts of an evaluation need an open one."""
    if act == "resume" and stand is Stand.STOPPED:
        return None
    why = sentence(act, stand, chair, family_name)
    if why is None and act in EVALUATING and not evaluation_open:
        return f"No evaluation is open for {family_name} in chair {chair}."
    return why


def locked_sentence(act: str, chair: str, locks: Sequence[Lock]) -> str:
    words = {"start": "The infusion in chair {} cannot start yet", "discharge": "Discharge from chair {} is locked"}
    return f"{words[act].format(chair)}: {listed(locks)}."
