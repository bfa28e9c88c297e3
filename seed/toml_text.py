"""A TOML file as somebody wrote it: read into its parts, or refused with sentences that name file, line and field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from models.clinical.refusal import Refusal
from seed.fields import Part
from seed.toml_lines import Place, line_of, lines_of

T = TypeVar("T", bound=Part)


class FileRefused(Refusal):
    """Every sentence names file, line and field."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


WRONG = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of this table",
    "too_short": "is empty, or has too few values",
    "too_long": "has too many values",
    "string_too_short": "is empty",
    "greater_than_equal": "is too small",
    "greater_than": "is too small",
    "less_than_equal": "is too large",
    "string_type": "is a text in quotation marks",
    "float_type": "is a number",
    "int_type": "is a whole number",
    "bool_type": "is true or false",
    "date_type": "is a date, like 2026-11-16",
    "dict_type": "is a table",
    "model_type": "is a table",
    "tuple_type": "is a list",
}


def field_words(place: Place) -> str:
    """`chairs 1, steps 3, at`: as a person counts."""
    words: list[str] = []
    for one in place:
        if isinstance(one, int) and words:
            words[-1] += f" {one + 1}"
        else:
            words.append(str(one))
    return ", ".join(words)


class Text:
    """A file as it was read, and the sentences about it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.lines = lines_of(self.text)

    def sentence(self, place: Place, words: str) -> str:
        return f"{self.path.name}, line {line_of(place, self.lines)}, {field_words(place)}: {words}."

    def table(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as fault:
            raise FileRefused([f"{self.path.name}: this is not TOML: {fault}."]) from None

    def read(self, kind: type[T], table: Mapping[str, Any], starts: float) -> T:
        try:
            return kind.model_validate(arrays_as_tuples(table), context={"starts": starts})
        except ValidationError as fault:
            raise FileRefused(list(self.wrong(fault))) from None

    def wrong(self, fault: ValidationError) -> Iterator[str]:
        for one in fault.errors():
            words = WRONG.get(one["type"], str(one["msg"]).removeprefix("Value error, "))
            yield self.sentence(one["loc"], words)


def arrays_as_tuples(value: Any) -> Any:
    """Strict reading takes no list for a tuple; whole numbers serve where any number does."""
    if isinstance(value, list):
        return tuple(arrays_as_tuples(one) for one in value)
    if isinstance(value, dict):
        return {name: arrays_as_tuples(one) for name, one in value.items()}
    return value
