"""Every shipped scenario: played well it earns every point, left alone it does harm, and speed changes nothing."""

import pytest

from models.clinical.alert_history import alert_history
from seed.conditions import fits
from seed.library import library
from seed.playing import play_headless, record_hash
from seed.score import Outcome, score
from tests.seed.plays import PROTOCOL, SHIPPED, left_alone, new_folder, scenario, solution, solved

pytestmark = pytest.mark.xdist_group("scenarios")


@pytest.mark.parametrize("name", SHIPPED)
def test_its_solution_earns_every_point_and_is_refused_nothing(name):
    player = solved(name)
    assert [one.words for one in player.course if one.kind == "refused"] == []
    found = score(player)
    assert [mark.expected.id for mark in found.marks if mark.outcome not in (Outcome.DONE, Outcome.NOT_ASKED)] == []
    assert found.passed and found.percent == 100 and not found.harms


@pytest.mark.parametrize("name", SHIPPED)
def test_every_point_rests_on_facts_that_stand_in_the_record(name):
    player = solved(name)
    for mark in score(player).marks:
        facts = {fact.position: fact for fact in player.facts[mark.expected.chair]}
        assert mark.expected.never or mark.outcome is Outcome.NOT_ASKED or mark.facts
        assert all(fits(facts[position].details, mark.expected) for position in mark.facts)


@pytest.mark.parametrize("name", SHIPPED)
def test_nobody_doing_anything_does_harm_and_fails(name):
    found = score(left_alone(name))
    assert found.harms and not found.passed


@pytest.mark.parametrize("name", SHIPPED)
def test_at_one_second_a_second_it_records_and_alerts_the_same_as_at_sixty(name):
    fast, slow = solved(name), solved(name, 1.0)
    assert fast.heard == slow.heard and fast.course == slow.course
    assert record_hash(fast) == record_hash(slow)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_was_heard_while_it_was_played_is_what_the_history_of_each_chair_tells(name):
    player = solved(name)
    for chair, day_id in player.days.items():
        day, course = player.charting.day_and_course(day_id)
        past = alert_history(day, course, PROTOCOL, scenario(name).ends_at)
        past = [one for one in past if one.ended_at is None or one.ended_at > scenario(name).started_at]
        heard = {one.alert: one.at for one in player.heard if one.chair == chair}
        assert heard.keys() == {one.id for one in past}
        assert all(heard[one.id] >= one.raised_at for one in past)  # later where it was recorded late, or held back


def test_the_library_holds_them_all_by_title():
    assert sorted(library(PROTOCOL)) == SHIPPED and len(SHIPPED) >= 13
    assert [one.title for one in library(PROTOCOL).values()] == sorted(scenario(name).title for name in SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_it_begins_quietly_but_for_what_is_overdue(name):
    at_start = [one.what for one in solved(name).heard if one.at == scenario(name).started_at]
    assert at_start == (["overdue"] if name == "overdue" else [])


def test_whoever_stops_before_it_is_expected_does_no_harm_by_it():
    early = [one.model_copy(update={"at": 71.0}) if one.act == "stop" else one for one in solution("stroke").acts]
    careful = solution("stroke").model_copy(update={"acts": tuple(early)})
    found = score(play_headless(scenario("stroke"), careful, new_folder(), PROTOCOL))
    assert found.passed and found.percent == 100


@pytest.mark.parametrize("name", SHIPPED)
def test_every_expected_action_has_a_hint_that_is_not_the_answer(name):
    for expected in scenario(name).expected:
        assert expected.never or (expected.hint and expected.hint != expected.words), expected.id
