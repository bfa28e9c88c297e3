"""What a scenario file holds, field by field."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field

from seed.fields import ClockTime, Kinds, Minutes, Moment, Part, Values, Words, minute_of_day
from seed.toml_text import Text

FOLDER = Path(__file__).parent / "scenarios"


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
    body: dict[str, Any] = Field(default={})


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
    body: dict[str, Any] = Field(default={})


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
    hour_one: dict[str, float] = Field(default={})
    rounds: tuple[Moment, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)


class Alternative(Part):
    """One kind of fact, or one of several, with conditions on its fields."""

    fact: Kinds
    where: dict[str, Any] = Field(default={})

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        return ()


class Watch(Part):
    """A fact somebody who plays records, or one of `or`: `count` is the how-manieth that counts."""

    fact: Kinds
    where: dict[str, Any] = Field(default={})
    alternatives: tuple[Alternative, ...] = Field(default=(), alias="or")
    count: Annotated[int, Field(ge=1)] = 1


class Awaited(Watch):
    """What a branch waits for; a fact counts `since` a time, else since the branch begins to wait."""

    since: Moment | None = None


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
    did: Awaited | None = None
    not_done: Awaited | None = None
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
    noise: dict[str, float] = Field(default={})
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


def read(path: Path) -> tuple[Scenario, Text]:
    text = Text(path)
    table = text.table()
    return text.read(Scenario, table, minute_of_day(table.get("starts")) or 0.0), text
