"""What the panel shows of a room's wards at this moment: chairs and their truth, what waits, the course so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import nlargest
from itertools import chain

from components.fact_words import fact_words
from components.training.shown import SHARED, CourseRow, ShownChair, ShownChoice, ShownPanel, ShownWait
from dashboard.training.play import Play
from dashboard.training.room import Room
from dashboard.training.shown import shown_room
from models.clinical.facts import Fact
from models.clinical.status import ChairStatus
from seed.branches import played
from seed.score import expected_now
from seed.truth import true_at

NEWEST = 40
"""Rows of the course on the panel; the debrief has them all."""


def shown_panel(room: Room, staff: Mapping[str, str], is_open: bool = True) -> ShownPanel:
    plays = list(room.plays)
    return ShownPanel(
        room=shown_room(room, staff, is_open),
        chairs=tuple(chair for play in plays for chair in chairs_of(room, play)),
        waits=tuple(sorted(chain.from_iterable(waits_of(room, play) for play in plays), key=when_it_closes)),
        choices=choices_of(plays),
        course=course_of(room, plays),
        copies=() if room.kind == SHARED else tuple((play.number, whose(room, play)) for play in plays),
    )


def whose(room: Room, play: Play) -> str:
    if room.kind == SHARED:
        return ""
    names = [f"{one.name} (left)" if one.left else one.name for one in room.learners if one.play == play.number]
    return ", ".join(names) or "nobody yet"


def chairs_of(room: Room, play: Play) -> Iterator[ShownChair]:
    now = room.clock.now()
    for view in play.status.chairs:
        if (status := view.status) is not None:
            truth = true_at(play.player, status, now) if has_truth(play, status) else None
            yield ShownChair(play=play.number, whose=whose(room, play), status=status, truth=truth)


def has_truth(play: Play, status: ChairStatus) -> bool:
    return status.is_open and status.chair in play.player.patients


def waits_of(room: Room, play: Play) -> Iterator[ShownWait]:
    for mark in expected_now(play.player, room.clock.now()):
        told = mark.expected
        if not told.never:
            yield ShownWait(
                whose=whose(room, play), chair=told.chair, words=told.words, hint=told.hint, closes_at=mark.closes_at,
                late=mark.is_undone,
            )  # fmt: skip


def when_it_closes(wait: ShownWait) -> tuple[float, str]:
    return (wait.closes_at.timestamp() if wait.closes_at else 0.0, wait.whose)


def choices_of(plays: list[Play]) -> tuple[ShownChoice, ...]:
    """Each once, whatever number of copies offer it."""
    found = {one.id: one for play in plays for one in play.player.branches.choices()}
    return tuple(ShownChoice(branch=one.id, chair=one.chair, words=one.choice) for one in found.values())


# ---- the course ------------------------------------------------------------------------------------------------------


def course_of(room: Room, plays: list[Play]) -> tuple[CourseRow, ...]:
    rows = chain.from_iterable(course_rows(room, play) for play in plays)
    return tuple(nlargest(NEWEST, rows, key=lambda row: row.at))


def course_rows(room: Room, play: Play) -> Iterator[CourseRow]:
    """The newest of what a ward has to tell: of each kind no more than the panel shows."""
    copy = whose(room, play)
    for one in play.player.course[-NEWEST:]:
        yield CourseRow(at=one.at, whose=copy, chair=one.chair, kind=one.kind, words=one.words)
    for told in play.player.heard[-NEWEST:]:
        words = f"{'!' * told.priority} {told.words or told.what}"
        yield CourseRow(at=told.at, whose=copy, chair=told.chair, kind="alert", words=words)
    for chair, facts in list(play.player.facts.items()):
        for fact in newest_done(room, facts):
            yield done_row(room, play, chair, fact, copy)


def newest_done(room: Room, facts: tuple[Fact, ...]) -> Iterator[Fact]:
    """What those who play recorded."""
    recent = facts[-NEWEST:]
    return (fact for fact in played(recent) if fact.recorded_at >= room.scenario.started_at)


def done_row(room: Room, play: Play, chair: str, fact: Fact, copy: str) -> CourseRow:
    staff = play.status.staff
    words = fact_words(fact, play.player.protocol, staff, room.scenario.zone)
    by = staff.get(fact.recorded_by, fact.recorded_by)
    return CourseRow(at=fact.happened_at, whose=copy, chair=chair, kind="done", words=words, by=by)
