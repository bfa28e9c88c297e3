"""The day again on the board: at each moment what had been recorded by then, and nothing that came later."""

from datetime import timedelta

import pytest

from models.clinical.status import Phase
from seed.replayed_board import board_at
from tests.seed.plays import solved

SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def corrected():
    """A set of the wrong patient stands in chair 1 from 10:35 and is struck at 10:42."""
    return solved("wrong-patient")


def chair(player, at, label="1"):
    return board_at(player, at).chair(label).status


def strike(player):
    return next(fact for fact in player.facts["1"] if fact.kind == "EnteredInError")


def test_a_fact_recorded_later_is_not_there(corrected):
    for fact in corrected.facts["1"]:
        if fact.recorded_at > corrected.scenario.started_at:
            before = chair(corrected, fact.recorded_at - SECOND)
            assert fact.position not in [one.position for one in before.facts]
            assert fact.position in [one.position for one in chair(corrected, fact.recorded_at).facts]


def test_a_correction_made_later_strikes_nothing_before(corrected):
    at, wrong = strike(corrected).recorded_at, strike(corrected).details.position
    before, after = chair(corrected, at - SECOND), chair(corrected, at)
    assert [one.struck for one in before.sets if one.position == wrong] == [None]
    assert [one.struck for one in after.sets if one.position == wrong] == ["wrong patient"]


def test_the_board_at_the_end_is_the_ward_as_it_stands(corrected):
    shown = chair(corrected, corrected.scenario.ends_at)
    assert shown == corrected.charting.status(corrected.days["1"])


def test_every_chair_has_its_place_and_its_phase_of_that_moment():
    player = solved("busy-ward")
    first, last = board_at(player, player.scenario.started_at), board_at(player, player.scenario.ends_at)
    assert [view.label for view in first.chairs] == [str(number) for number in range(1, 13)]
    assert (first.chair("6").status.phase, last.chair("6").status.phase) == (Phase.OBSERVATION, Phase.DISCHARGED)
    assert first.chair("11").status.phase is Phase.EXPECTED and last.chair("11").status.is_open
    assert first.clock_rate == 0, "nothing of a replay ticks"
