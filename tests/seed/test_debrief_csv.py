"""The debrief leaves the room as CSV: every row says TRAINING, none is a formula, and points name their facts."""

import csv
from io import StringIO
from types import SimpleNamespace

from seed.debrief_csv import marks_csv, overview_csv, time_line_csv
from seed.score import score
from seed.time_line import time_line
from tests.seed.plays import solved
from tests.seed.small import played, small
from tests.seed.test_score import ILL


def cells(text):
    head, *lines = csv.reader(StringIO(text))
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_the_time_line_has_a_row_for_everything():
    player = solved("overdue")
    rows = cells(time_line_csv(player, time_line(player)))
    assert len(rows) == len(time_line(player)) and {row["mode"] for row in rows} == {"TRAINING"}
    assert any(row["time"] == "11:52" and row["by"] == "Okafor" and row["fact"] for row in rows)


def test_every_mark_names_its_facts_and_its_harm():
    player = solved("overdue")
    rows = cells(marks_csv(player, score(player)))
    assert next((row["expected"], row["points"], row["of"]) for row in rows) == ("Somebody takes the chair", "2.0", "2")
    assert all(row["facts"] and not row["harm"] for row in rows)


def test_the_learner_who_did_it_stands_beside_the_nurse_they_played():
    player = solved("overdue")
    learners = [SimpleNamespace(id="learner-1", name="=Ana", staff_id="okafor")]
    lines = cells(time_line_csv(player, time_line(player), learners)) + cells(
        marks_csv(player, score(player), learners)
    )
    assert {row["learner"] for row in lines if row["by"] == "Okafor"} == {"'=Ana"}
    assert {row["learner"] for row in lines if row["by"] != "Okafor"} == {""}


def test_every_learner_has_a_row_with_what_was_not_done():
    good, bad = score(solved("overdue")), score(played(small(chair=ILL)))
    rows = cells(overview_csv([("Ben, tablet 2", 1, good), ("Ben, tablet 4", 2, bad)]))
    assert [(row["mode"], row["learner"], row["result"]) for row in rows] == [
        ("TRAINING", "Ben, tablet 2", "passed"),
        ("TRAINING", "Ben, tablet 4", "not passed"),
    ]
    assert rows[1]["minutes to recognise"] == "not" and rows[1]["rounds missed"] == "1"


def test_a_note_that_looks_like_a_formula_is_a_text():
    player = played(small())
    player.mark("=1+1")
    rows = cells(time_line_csv(player, time_line(player)))
    assert [row["what"] for row in rows if row["kind"] == "note"] == ["'=1+1"]
