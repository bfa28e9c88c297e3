"""The sets of a day as they were taken: in order, with what a later entry added to a partial one (D-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from models.clinical.day_sheet import DaySheet, by_time
from models.clinical.facts import Fact, VitalSignsRecorded
from models.clinical.vital_signs import PARAMETERS, is_complete, values_of

if TYPE_CHECKING:
    from models.clinical.findings import VitalSet


class TakenSet(NamedTuple):
    """`fact` brought the first value and gives the time; `recorded` holds what was added too, last at `added`."""

    fact: Fact
    recorded: VitalSignsRecorded
    added: int | None = None

    @property
    def is_complete(self) -> bool:
        return is_complete(self.recorded)


def taken_sets(sheet: DaySheet) -> list[TakenSet]:
    """The sets that count; an addition to a set that does not count, or that would hide a value, stands alone."""
    facts = sheet.by_kind.get(VitalSignsRecorded, ())
    in_order = [TakenSet(fact, cast(VitalSignsRecorded, fact.details)) for fact in facts]
    additions = [one for one in in_order if one.recorded.adds_to is not None]
    return _with_additions(in_order, additions) if additions else in_order


def _with_additions(in_order: list[TakenSet], additions: list[TakenSet]) -> list[TakenSet]:
    taken = {one.fact.position: one for one in in_order}
    for addition in sorted(additions, key=lambda one: one.fact.position):
        partial = taken.get(addition.recorded.adds_to or 0)
        if partial is not None and not overlaps(partial.recorded, addition.recorded):
            both = completed(partial.recorded, addition.recorded)
            taken[partial.fact.position] = TakenSet(partial.fact, both, addition.fact.position)
            del taken[addition.fact.position]
    return sorted(taken.values(), key=lambda one: by_time(one.fact))


def overlaps(partial: VitalSignsRecorded | VitalSet, addition: VitalSignsRecorded) -> bool:
    """The addition brings a value that the set already has."""
    pairs = zip(values_of(partial), values_of(addition), strict=True)
    return any(before is not None and brought is not None for before, brought in pairs)


def completed(partial: VitalSignsRecorded, addition: VitalSignsRecorded) -> VitalSignsRecorded:
    """The set with the values and symptoms that were added."""
    brought = {name: value for name in PARAMETERS if (value := getattr(addition, name)) is not None}
    if addition.symptoms is not None:
        brought["symptoms"] = (*(partial.symptoms or ()), *addition.symptoms)
    return replace(partial, **brought, arm=partial.arm or addition.arm)


def first_complete(taken: Sequence[TakenSet], before: Fact | None) -> TakenSet | None:
    """The first complete set, taken before that fact where there is one."""
    for one in taken:
        if before is not None and by_time(one.fact) >= by_time(before):
            return None
        if one.is_complete:
            return one
    return None
