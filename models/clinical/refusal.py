"""A refusal: an act that may not be recorded, said in one full sentence the nurse reads."""

from __future__ import annotations


class Refusal(Exception):
    """`field` names the entry it is about; `locks` are what a doctor's name and reason would let the act pass."""

    def __init__(self, sentence: str, *, field: str | None = None, locks: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.locks = locks
