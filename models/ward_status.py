"""The ward at one moment, as every screen sees it: each chair with the day it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import is_

from models.clinical.facts import InfusionDay
from models.clinical.protocol import Protocol
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus, Phase


@dataclass(frozen=True, slots=True)
class Standing:
    """An infusion day as it stands: its facts, what its course brings, and the status that follows."""

    day: InfusionDay
    course: Course
    status: ChairStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairView:
    """What a chair shows: its open day, else the next expected, else the last closed; `later` are expected after it."""

    label: str
    status: ChairStatus | None
    later: tuple[ChairStatus, ...] = ()
    free_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WardStatus:
    """Everything any screen shows. An unchanged chair keeps its very ChairView from one revision to the next."""

    name: str
    mode: str
    zone: str
    now: datetime
    today: date
    clock_rate: float
    revision: int
    protocol: Protocol
    protocol_line: str
    is_approved: bool
    staff: Mapping[str, str]
    doctors: tuple[str, ...]
    call_numbers: Mapping[str, str]
    supervising_neurologist: str
    emergency_contact: str
    chairs: tuple[ChairView, ...]
    days: tuple[ChairStatus, ...]
    """Every day of today and every open one, deferred ones too, by planned start."""

    def chair(self, label: str) -> ChairView | None:
        return next((view for view in self.chairs if view.label == label), None)


class ChairViews:
    """The views of the turn before, to be kept where nothing in them is another object."""

    def __init__(self) -> None:
        self._former: dict[str, tuple[list[ChairStatus], ChairView]] = {}

    def of(self, labels: Sequence[str], statuses: Sequence[ChairStatus]) -> tuple[ChairView, ...]:
        """One per chair in the order of the board; a chair that is gone from it but in use comes last."""
        by_chair: dict[str, list[ChairStatus]] = {label: [] for label in labels}
        for status in statuses:
            if status.phase is not Phase.DEFERRED:
                by_chair.setdefault(status.chair, []).append(status)
        former = self._former
        self._former = {label: _kept(former.get(label), label, days) for label, days in by_chair.items()}
        return tuple(view for _, view in self._former.values())


def chair_views(labels: Sequence[str], statuses: Sequence[ChairStatus]) -> tuple[ChairView, ...]:
    return ChairViews().of(labels, statuses)


def _kept(
    former: tuple[list[ChairStatus], ChairView] | None, label: str, days: list[ChairStatus]
) -> tuple[list[ChairStatus], ChairView]:
    if former is not None and len(former[0]) == len(days) and all(map(is_, former[0], days)):
        return former
    view = _view(label, days)
    return days, former[1] if former is not None and _same(view, former[1]) else view


def _view(label: str, days: Sequence[ChairStatus]) -> ChairView:
    open_now = [day for day in days if day.is_open]
    expected = [day for day in days if not day.is_open and not day.phase.is_over]
    closed = [day for day in days if day.phase.is_over]
    closed.sort(key=lambda day: day.closed_at or day.planned_start)
    shown = next(iter([*reversed(open_now), *expected, *reversed(closed)]), None)
    free_since = closed[-1].closed_at if closed and not open_now else None
    return ChairView(
        label=label, status=shown, later=tuple(d for d in expected if d is not shown), free_since=free_since
    )


def _same(view: ChairView, former: ChairView) -> bool:
    return (
        former.status is view.status
        and former.free_since == view.free_since
        and len(former.later) == len(view.later)
        and all(map(is_, former.later, view.later))
    )


def protocol_line(protocol: Protocol) -> str:
    name = f"{protocol.drug} protocol, version {protocol.version}"
    if protocol.is_approved:
        return f"{name}, approved by {protocol.approved_by}"
    return f"{name} · limits not approved by this ward"
