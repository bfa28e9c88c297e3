"""The debrief as CSV: the time line with its facts, and the marks; every row says TRAINING."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from seed.scenario_player import ScenarioPlayer
from seed.score import Score
from seed.time_line import TimeLineRow

TRAINING = "TRAINING"
Learners = Mapping[str, str]
"""Staff id → the learner who played them."""
NOBODY: Learners = {}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def time_line_csv(player: ScenarioPlayer, rows: Iterable[TimeLineRow], learners: Learners = NOBODY) -> str:
    lines = [
        (player.scenario.words_at(row.at), row.chair, row.kind, row.words, row.by, learners.get(row.staff, ""),
         row.position or "")
        for row in rows
    ]  # fmt: skip
    return _text(("mode", "time", "chair", "kind", "what", "by", "learner", "fact"), lines)


def marks_csv(player: ScenarioPlayer, found: Score, learners: Learners = NOBODY) -> str:
    lines, names = [], {member.id: member.name for member in player.store.staff()}
    for mark in found.marks:
        done, closes = mark.done_at, mark.closes_at
        times = [player.scenario.words_at(at) if at else "" for at in (closes, done)]
        facts = " ".join(map(str, mark.facts))
        told = mark.expected
        by = (names.get(mark.done_by, mark.done_by), learners.get(mark.done_by, ""))
        lines.append((told.chair, told.words, mark.outcome, mark.points, mark.of, *times, *by, facts, mark.harm))
    head = ("mode", "chair", "expected", "outcome", "points", "of", "until", "done", "by", "learner", "facts", "harm")
    return _text(head, lines)


def _text(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A cell that a spreadsheet would take for a formula is a text."""
    into = StringIO()
    writer = csv.writer(into)
    writer.writerow(head)
    for line in lines:
        writer.writerow([TRAINING, *(f"'{cell}" if str(cell).startswith(FORMULA) else cell for cell in line)])
    return into.getvalue()
