"""The table of the next two hours: which chairs have a round, an end or a start in which quarter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from components.two_hours import columns, quarter, two_hours
from models.ward_status import ChairView
from tests.components import statuses
from tests.components.reading import parts, read
from tests.components.statuses import NOW, ZONE, ago, ahead, at

BEGINS = quarter(NOW)


def rows(*chairs, begins: datetime = BEGINS) -> dict[str, list[str]]:
    """Row → its cells as text, `.` where nothing is."""
    views = [ChairView(label=status.chair, status=status) for status in chairs]
    found = columns(views, begins, ZONE)
    return {row: [" ".join(column.chairs[row]) or "." for column in found] for row in ("Rounds", "Ends", "Starts")}


@pytest.mark.parametrize(
    ("now", "begins"), [("14:15", "14:15"), ("14:29", "14:15"), ("14:30", "14:30"), ("00:00", "00:00")]
)
def test_a_quarter_begins_on_the_minute(now: str, begins: str):
    assert quarter(at(now)) == at(begins)


def test_the_columns_are_named_by_the_wards_clock():
    summer = datetime(2026, 7, 1, 13, 20, tzinfo=UTC)
    assert [column.words for column in columns([], quarter(summer), ZONE)][:3] == ["now", "14:30", "14:45"]


def test_rounds_return_every_interval_until_the_chair_is_free():
    assert rows(statuses.calm())["Rounds"] == [".", "5", ".", ".", ".", "5", ".", "."]
    assert rows(statuses.calm(interval_minutes=30))["Rounds"] == [".", "5", ".", "5", ".", "5", ".", "5"]
    assert rows(statuses.calm(free_at=ahead(20)))["Rounds"] == [".", "5", ".", ".", ".", ".", ".", "."]


def test_the_first_column_holds_this_quarter_and_all_that_is_overdue():
    due = [statuses.overdue(next_round_due_at=at(clock)) for clock in ("12:00", "14:11", "14:15", "14:29")]
    assert [rows(status)["Rounds"][0] for status in due] == ["9", "9", "9", "9"]
    assert rows(statuses.calm(next_round_due_at=at("14:30")))["Rounds"][:2] == [".", "5"]


def test_ends_are_those_of_the_infusion_and_of_observation():
    assert rows(statuses.overdue(forecast_end=at("15:20")))["Ends"][4] == "9"
    assert rows(statuses.observation())["Ends"][3] == "10"
    for status in (statuses.paused(), statuses.ready(), statuses.stopped(), statuses.extended()):
        assert rows(status)["Ends"] == ["."] * 8


def test_starts_are_those_of_hour_one_and_of_who_is_expected():
    assert rows(statuses.hour_one())["Starts"][2] == "3"
    assert rows(statuses.expected())["Starts"][5] == "1"
    assert rows(statuses.calm())["Starts"] == ["."] * 8


def the_table(views):
    return two_hours(columns(views, BEGINS, ZONE), len(views))


def test_whoever_has_left_takes_no_place():
    assert rows(statuses.discharged()) == {row: ["."] * 8 for row in ("Rounds", "Ends", "Starts")}


@pytest.mark.parametrize(
    ("chairs", "words", "outlined"),
    [(2, "1 2", False), (3, "1 2 3", True), (4, "4 chairs", True)],
)
def test_three_at_once_are_outlined_and_more_are_counted(chairs: int, words: str, outlined: bool):
    views = [ChairView(label=str(n), status=statuses.calm(str(n))) for n in range(1, chairs + 1)]
    table = the_table(views)
    cell = table.children[2].children[0].children[2]
    assert read(cell) == words
    assert bool(parts(cell, "together")) is outlined


def test_in_a_large_ward_five_at_once_are_outlined():
    for together in (4, 5):
        busy = [ChairView(label=str(n), status=statuses.calm(str(n))) for n in range(1, together + 1)]
        table = the_table([*busy, *(ChairView(label=str(n), status=None) for n in range(6, 31))])
        assert bool(parts(table, "together")) is (together == 5)


def test_the_table_has_a_caption_and_headers_in_both_directions():
    table = the_table([ChairView(label="9", status=statuses.overdue(next_round_due_at=ago(12)))])
    caption, head, body = table.children
    assert caption.children.startswith("Chairs by quarter")
    assert [cell.scope for cell in head.children.children] == ["col"] * 9
    assert [row.children[0].scope for row in body.children] == ["row"] * 3
