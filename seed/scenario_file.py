"""What a scenario file holds, field by field, and how it is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo

from models.clinical.refusal import Refusal
from seed.toml_lines import Place, line_of, lines_of

FOLDER = Path(__file__).parent / "scenarios"
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")


class FileRefused(Refusal):
    """Every sentence names file, line and field."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def minute_of_day(text: object) -> float | None:
    told = CLOCK.fullmatch(text) if isinstance(text, str) else None
    return int(told[1]) * 60 + int(told[2]) + int(told[3] or 0) / 60 if told else None


def _moment(told: object, context: ValidationInfo) -> object:
    """`"10:30"` by the ward's clock, or minutes from the start of the scenario."""
    if isinstance(told, str):
        minute = minute_of_day(told)
        if minute is None:
            raise ValueError('write a time as "10:30", or minutes from the start')
        return minute - (context.context or {})["starts"]
    return told


def _clock(told: object) -> object:
    if isinstance(told, str) and minute_of_day(told) is None:
        raise ValueError('write a time as "10:30"')
    return told


Moment = Annotated[float, BeforeValidator(_moment)]
Minutes = Annotated[float, Field(ge=0)]
ClockTime = Annotated[str, BeforeValidator(_clock)]
Words = Annotated[str, Field(min_length=1)]
Values = Annotated[tuple[float, ...], Field(min_length=3, max_length=6)]
"""Heart rate, systolic, diastolic; then, where they are told, temperature, SpO2, respiratory rate."""


def _kinds(told: object) -> object:
    return (told,) if isinstance(told, str) else told


Kinds = Annotated[tuple[Words, ...], BeforeValidator(_kinds), Field(min_length=1)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Told(Part):
    """A symptom the patient has from then on; `says` is how the patient puts it."""

    symptom: Words
    severity: str | None = None
    change: str = "new"
    note: str = ""
    says: str = ""


class Change(Part):
    """What becomes of the patient; `ramp` is how many minutes before it the values begin to move: all the way if None.

    `act`, `by` and `body` are an entry a colleague makes; `happens` tells the trainer and the debrief.
    """

    values: Values | None = None
    ramp: Minutes | None = None
    consciousness: str | None = None
    symptoms: tuple[Told, ...] = ()
    happens: str = ""
    act: str = ""
    by: str = ""
    body: dict[str, Any] = {}


class Step(Change):
    at: Moment


class LaterStep(Change):
    """Of a branch: so many minutes after it was taken."""

    after: Minutes = 0


class Person(Part):
    family_name: Words
    given_name: Words
    born: date
    patient_id: Words
    allergies: str = ""


class Recorded(Part):
    """Something that stands in the record when the scenario starts."""

    at: Moment
    act: Words
    body: dict[str, Any] = {}


class Chair(Part):
    """One patient. `planned` only: not yet arrived; `arrived`: in hour one; `start`: the infusion runs since then.

    `rounds` are the times of sets taken before the scenario starts; their values are the patient's at those times.
    """

    chair: Words
    patient: Person
    course: int
    day: int
    nurse: str | None = None
    first_day: Values | None = None
    planned: Moment | None = None
    arrived: Moment | None = None
    start: Moment | None = None
    complete: Moment | None = None
    hour_one: dict[str, float] = {}
    rounds: tuple[Moment, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)


class Alternative(Part):
    """One kind of fact, or one of several, with conditions on its fields."""

    fact: Kinds
    where: dict[str, Any] = {}

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        return ()


class Watch(Part):
    """A fact somebody who plays records, or one of `or`: `count` is the how-manieth that counts."""

    fact: Kinds
    where: dict[str, Any] = {}
    alternatives: tuple[Alternative, ...] = Field(default=(), alias="or")
    count: Annotated[int, Field(ge=1)] = 1


class Branch(Part):
    """A turn of the scenario, taken once.

    At a time (`at`, or `within` minutes after what `after` names), by the trainer's `choice`, when somebody `did`
    something, or had `not_done` it `within` minutes of `at` or of what `after` names. Never after one of `unless`.
    """

    id: Words
    chair: Words
    words: str = ""
    at: Moment | None = None
    after: str = ""
    within: Minutes | None = None
    choice: str = ""
    did: Watch | None = None
    not_done: Watch | None = None
    unless: tuple[str, ...] = ()
    replaces: bool = True
    steps: tuple[LaterStep, ...] = ()
    harm: str = ""


class Expected(Watch):
    """An action the learners are expected to take: in time when it happened between `begins` and its deadline.

    The deadline is `until`, or `within` minutes after `begins`; both may count from what `after` names. `never`: it is
    expected not to be done. `by` is a role. `harm` follows when it is not done in time.
    """

    id: Words
    words: Words
    chair: Words
    begins: Moment = Field(default=0.0, alias="from")
    within: Minutes | None = None
    until: Moment | None = None
    after: str = ""
    by: str = ""
    never: bool = False
    weight: Annotated[int, Field(ge=1)] = 1
    harm: str = ""
    hint: str = ""


T = TypeVar("T", bound=Part)


class Scenario(Part):
    """`starts` is the ward's clock when it begins, on `date`; it lasts `minutes` at most."""

    title: Words
    objectives: Annotated[tuple[Words, ...], Field(min_length=1)]
    minutes: Annotated[float, Field(gt=0, le=24 * 60)]
    seed: Words
    date: date
    starts: ClockTime
    zone: str = "Europe/London"
    pass_percent: Annotated[int, Field(ge=1, le=100)] = 80
    noise: dict[str, float] = {}
    chairs: Annotated[tuple[Chair, ...], Field(min_length=1)]
    branches: tuple[Branch, ...] = ()
    expected: tuple[Expected, ...] = ()

    @property
    def started_at(self) -> datetime:
        minute = int(minute_of_day(self.starts) or 0)
        local = datetime.combine(self.date, time(minute // 60, minute % 60), ZoneInfo(self.zone))
        return local.astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        return self.moment(self.minutes)

    def moment(self, minute: float) -> datetime:
        return self.started_at + timedelta(seconds=round(minute * 60))

    def minute(self, at: datetime) -> float:
        return (at - self.started_at).total_seconds() / 60

    def chair(self, label: str) -> Chair:
        return next(one for one in self.chairs if one.chair == label)

    def words_at(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self.zone)):%H:%M}"


# ---- reading ---------------------------------------------------------------------------------------------------------

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


def read(path: Path) -> tuple[Scenario, Text]:
    text = Text(path)
    table = text.table()
    return text.read(Scenario, table, minute_of_day(table.get("starts")) or 0.0), text
