"""The debrief as CSV: the time line with its facts, the marks, and every learner; every row says TRAINING."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from io import StringIO

from seed.learners import Learner, learner_of
from seed.scenario_player import ScenarioPlayer
from seed.score import Mark, Score
from seed.time_line import TimeLineRow

TRAINING = "TRAINING"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def time_line_csv(player: ScenarioPlayer, rows: Iterable[TimeLineRow], learners: Sequence[Learner] = ()) -> str:
    lines = [
        (
            player.scenario.words_at(row.at), row.chair, row.kind, row.words, row.by,
            _learner(player, row.chair, _fact_of(row), learners), row.position or "",
        )
        for row in rows
    ]  # fmt: skip
    return _text(("mode", "time", "chair", "kind", "what", "by", "learner", "fact"), lines)


def marks_csv(player: ScenarioPlayer, found: Score, learners: Sequence[Learner] = ()) -> str:
    lines, names = [], {member.id: member.name for member in player.store.staff()}
    for mark in found.marks:
        done, closes = mark.done_at, mark.closes_at
        times = [player.scenario.words_at(at) if at else "" for at in (closes, done, mark.told_at)]
        facts = " ".join(map(str, mark.facts))
        told = mark.expected
        by = (
            names.get(mark.done_by, mark.done_by),
            _learner(player, told.chair, next(iter(mark.facts), None), learners),
        )
        lines.append((told.chair, told.words, mark.outcome, mark.points, mark.of, *times, *by, facts, mark.harm))
    head = ("mode", "chair", "expected", "outcome", "points", "of", "until", "done", "told as",
            "by", "learner", "facts", "harm")  # fmt: skip
    return _text(head, lines)


def overview_csv(wards: Iterable[tuple[str, int, Score]]) -> str:
    """Where each learner has a ward of their own: who, which, how it went; times in minutes, the longest of a chair."""
    head = ("mode", "learner", "ward", "result", "points", "of", "percent", "minutes to recognise", "minutes to hold",
            "minutes to call", "rounds missed", "harm")  # fmt: skip
    lines = []
    for learner, number, found in wards:
        verdict = "passed" if found.passed else "not passed"
        lengths = [
            _minutes([(one.to_recognise, one.abnormal_at) for one in found.times]),
            _minutes([(one.to_hold, one.red_at) for one in found.times]),
            _minutes([(one.to_call, one.red_at) for one in found.times]),
        ]
        missed = sum(one.rounds_missed for one in found.times)
        points = (found.points, found.of, round(found.percent))
        lines.append((learner, number, verdict, *points, *lengths, missed, "; ".join(found.harms)))
    return _text(head, lines)


def _minutes(lengths: Sequence[tuple[timedelta | None, datetime | None]]) -> str:
    """The longest; *not* where it was needed somewhere and left undone."""
    if any(length is None and needed is not None for length, needed in lengths):
        return "not"
    longest = max((length for length, _ in lengths if length is not None), default=None)
    return "" if longest is None else f"{longest / timedelta(minutes=1):.1f}"


def _fact_of(row: TimeLineRow) -> int | None:
    return next(iter(row.details.facts), None) if isinstance(row.details, Mark) else row.position


def _learner(player: ScenarioPlayer, chair: str, position: int | None, learners: Sequence[Learner]) -> str:
    """The name of whoever recorded it; empty where nobody knows."""
    fact = next((one for one in player.facts.get(chair, ()) if one.position == position), None)
    found = None if fact is None else learner_of(fact, learners)
    return "" if found is None else found.name


def _text(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A cell that a spreadsheet would take for a formula is a text."""
    into = StringIO()
    writer = csv.writer(into)
    writer.writerow(head)
    for line in lines:
        writer.writerow([TRAINING, *(f"'{cell}" if str(cell).startswith(FORMULA) else cell for cell in line)])
    return into.getvalue()
