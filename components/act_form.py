"""One form of an act: what it asks for, what its buttons offer, and its fields written short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from components.act_fields import Choices, Field
from models.clinical.protocol import Protocol


@dataclass(frozen=True, slots=True)
class ActForm:
    """`path` is the act's address below its infusion day; `button` is what saving records, in the ward's words."""

    act: str
    title: str
    path: str
    button: str
    fields: tuple[Field, ...]
    note: str = ""
    large: bool = False
    ident: str = ""
    body: Mapping[str, str] = field(default_factory=dict)
    """What every entry of this form says."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What the buttons of the forms offer; `chairs` are the other ones, `call_names` who has a number in this ward."""

    protocol: Protocol
    doctors: Sequence[str]
    staff: Mapping[str, str]
    chairs: Sequence[str]
    call_names: Sequence[str] = ()

    @property
    def doctor_choices(self) -> Choices:
        return tuple((doctor, doctor) for doctor in self.doctors)


def one(name: str, words: str, choices: Choices, *, own_words: bool = False, default: str = "") -> Field:
    return Field(name, words, "one", choices=choices, own_words=own_words, default=default)


def text(name: str, words: str, *, needed: bool = True) -> Field:
    return Field(name, words, "text", needed=needed)


def note(name: str = "note", words: str = "Note") -> Field:
    return text(name, words, needed=False)


def number(name: str, words: str, unit: str, *, needed: bool = True) -> Field:
    return Field(name, words, "number", unit=unit, decimal=True, needed=needed)


def amount(name: str, words: str, choices: Choices, default: str) -> Field:
    return Field(name, words, "amount", choices=choices, default=default)


def doctor(lists: Lists, name: str = "doctor", words: str = "Doctor", *, needed: bool = True) -> Field:
    return Field(name, words, "doctor", choices=lists.doctor_choices, own_words=True, needed=needed)


def reason(choices: Mapping[str, Any]) -> Field:
    return one("reason", "Reason", rows(choices))


def pause_reason(protocol: Protocol) -> Field:
    """One reason; those after which a doctor evaluates before Resume say so (D-11)."""
    reasons = protocol.pause_reasons.values()
    said = ((row.id, f"{row.words} – locks Resume" if row.locks_resume else row.words) for row in reasons)
    return one("reason", "Reason", tuple(said))


def rows(choices: Mapping[str, Any]) -> Choices:
    return tuple((row.id, row.words) for row in choices.values())
