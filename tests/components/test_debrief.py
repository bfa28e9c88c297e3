"""The debrief in words: passed or not, every point with its fact in the time line, three lanes, times, a replay."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from dash.development.base_component import Component

from components.plain_html import plain_html
from components.training.debrief_head import head_section, under_title
from components.training.debrief_marks import OUTCOMES, marks_section, outcome
from components.training.debrief_overview import overview_section, shared_section
from components.training.debrief_page import Addresses, debrief_page
from components.training.debrief_replay import replay_fragments, replay_section, sign_of
from components.training.debrief_time_line import time_line_section
from components.training.debrief_times import times_section
from components.training.debriefed import debriefed, length_words, names_of
from models.clinical.protocol import load
from seed.checking import checked, checked_solution
from seed.playing import play_headless
from seed.replayed_board import board_at
from seed.scenario_file import FOLDER
from seed.score import Outcome
from seed.solution_file import FOLDER as SOLUTIONS
from tests.components.reading import part, parts, read

LEARNERS = (
    SimpleNamespace(id="learner-1", name="Anna", staff_id="lindqvist"),
    SimpleNamespace(id="learner-2", name="Ben", staff_id="okafor"),
)
ADDRESSES = Addresses("ABCD")


@pytest.fixture(scope="module")
def plays(tmp_path_factory):
    """A stroke as it should be played, a stroke at which nobody does anything, a patient charted in the wrong chair."""
    protocol = load()

    def played(name, is_solved=True):
        scenario = checked(FOLDER / f"{name}.toml", protocol)
        solution = checked_solution(SOLUTIONS / f"{name}.toml", scenario, protocol) if is_solved else None
        return play_headless(scenario, solution, tmp_path_factory.mktemp("play"), protocol)

    solved = played("stroke")
    solved.mark("Look here", "1")
    return SimpleNamespace(solved=solved, alone=played("stroke", False), corrected=played("wrong-patient"))


@pytest.fixture(scope="module")
def told(plays):
    return debriefed(plays.solved, LEARNERS, plays.solved.scenario.ends_at)


@pytest.fixture(scope="module")
def alone(plays):
    return debriefed(plays.alone, (), plays.alone.scenario.ends_at)


def elements(tree, tag):
    """Every element of this tag, in order."""
    if isinstance(tree, list | tuple):
        return [found for one in tree for found in elements(one, tag)]
    if not isinstance(tree, Component):
        return []
    return ([tree] if tree._type == tag else []) + elements(getattr(tree, "children", None), tag)


def marks_of(tree):
    return vars(tree)


# ---- result ----------------------------------------------------------------------------------------------------------


def test_the_head_says_passed_with_its_points_and_who_played(told):
    words = read(head_section(told))
    assert "Passed 28 of 28 points, 100 % · to pass: 80 % and no harm" in words and "so far" not in words
    assert under_title(told).endswith("Anna (Lindqvist), Ben (Okafor)")


def test_not_passed_is_said_with_every_harm_as_a_sentence(alone):
    words = read(head_section(alone))
    assert "Not passed 0 of" in words
    assert alone.score.harms and all(f"{harm.rstrip('.')}." in words for harm in alone.score.harms)


def test_before_the_end_it_is_told_as_it_stands_so_far(plays):
    half = debriefed(plays.alone, (), plays.alone.scenario.moment(60))
    assert "so far" in read(head_section(half)) and "the scenario ends at 12:55" in under_title(half)
    assert all(row.at <= half.until for row in half.rows)
    assert "Not asked" in read(marks_section(half)) and "Not asked" not in read(time_line_section(half))


def test_who_plays_the_same_nurse_is_told_apart_by_their_tablet(plays):
    stop = next(fact for fact in plays.solved.facts["1"] if fact.kind == "InfusionStopped")
    third = SimpleNamespace(id="learner-3", name="Chiara", staff_id="lindqvist")
    told = debriefed(plays.solved, (*LEARNERS, third), plays.solved.scenario.ends_at)
    assert told.who(stop) == "Lindqvist", "two play this nurse, and the tablet is neither's"
    assert told.who(replace(stop, device="learner-3")) == "Chiara (Lindqvist)"


def test_in_a_shared_ward_each_learner_stands_with_what_they_did(told):
    """What followed by itself, the evaluation that STOP opened, is nobody's entry."""
    words = read(shared_section(told))
    assert "Anna (Lindqvist) 16 11 0 28" in words and "Ben (Okafor) 1 0 0 0" in words


# ---- times -----------------------------------------------------------------------------------------------------------


def test_times_are_told_with_their_lengths(told):
    words = read(times_section(told))
    assert "10:20 11:34 10:30 after 10min 11:50 after 16min 10:52 after 32min" in words


def test_what_nobody_did_is_said_where_it_was_needed(alone):
    assert read(times_section(alone)).count("nobody") == 3


@pytest.mark.parametrize(("seconds", "words"), [(0, "0min"), (45, "45s"), (60, "1min"), (3900, "1hr 05min")])
def test_a_length_below_a_minute_is_in_seconds(seconds, words):
    assert length_words(timedelta(seconds=seconds)) == words


# ---- marks and what they rest on -------------------------------------------------------------------------------------


def test_every_point_leads_to_its_fact_in_the_time_line(told):
    anchors = {one.id for one in elements(time_line_section(told), "Li") if hasattr(one, "id")}
    links = [one.href for one in parts(marks_section(told), "fact-link")]
    assert len(links) == len(told.score.marks)
    assert {link.removeprefix("#") for link in links} <= anchors


def test_an_outcome_is_a_word_with_a_shape(told, alone):
    for section, word, shape in (
        (marks_section(told), "Done", "icon-tick"),
        (marks_section(alone), "Missed", "icon-cross"),
    ):
        assert all(word in read(one) and parts(one, shape) for one in parts(section, "outcome"))


def test_a_mark_names_the_learner_with_the_nurse_they_played(told):
    row = next(one for one in elements(marks_section(told), "Tr") if "STOP at the confirmed" in read(one))
    assert "11:50 Anna (Lindqvist) 5 of 5" in read(row) and "11:50 STOPPED" in read(row)


def test_too_early_has_a_word_and_a_shape_of_its_own():
    mark = SimpleNamespace(outcome=Outcome.TOO_EARLY, of=4, expected=SimpleNamespace(never=False))
    assert read(outcome(mark)) == "Too early" and parts(outcome(mark), "icon-chevron-left")
    assert {Outcome.TOO_EARLY, Outcome.LATE} <= OUTCOMES.keys() == set(Outcome)
    assert len({shape for shape, _ in OUTCOMES.values()}) == len(Outcome)


def test_two_times_of_one_minute_are_told_with_their_seconds_and_a_told_time_beside_the_one_that_counts(told):
    mark = next(one for one in told.score.marks if "STOP at the confirmed" in one.expected.words)
    late = replace(mark, closes_at=mark.done_at - timedelta(seconds=20), told_at=mark.done_at - timedelta(minutes=5))
    words = read(marks_section(replace(told, score=replace(told.score, marks=(late,)))))
    assert "11:50:00 11:50:20 Anna (Lindqvist) told as 11:45" in words
    early = replace(mark, outcome=Outcome.TOO_EARLY, opens_at=mark.done_at + timedelta(minutes=2))
    words = read(marks_section(replace(told, score=replace(told.score, marks=(early,)))))
    assert "from 11:52 11:50 Anna (Lindqvist)" in words, "too early for what, is told"


def test_a_missed_mark_tells_its_harm_and_rests_on_nothing(alone):
    harms = [mark.harm for mark in alone.score.marks if mark.harm]
    words = read(marks_section(alone))
    assert harms and all(f"Harm: {harm}" in words for harm in harms)
    assert not parts(marks_section(alone), "fact-link")


# ---- the time line ---------------------------------------------------------------------------------------------------


def lanes(told, minute):
    """Of each row of this minute: what happened, was expected, was done."""
    rows = [one for one in elements(time_line_section(told), "Tr") if marks_of(one).get("data-minute") == str(minute)]
    return [[read(part(row, f"lane-{lane}")) for lane in ("happened", "expected", "done")] for row in rows]


def test_the_three_lanes_stand_beside_each_other(told):
    ((happened, expected, done),) = lanes(told, 90)
    assert happened.startswith("!!! Systolic 168 mmHg: red, confirmed")
    assert expected == "Done: Repeated within five minutes Done: STOP at the confirmed red pressure"
    assert "Anna (Lindqvist) Red 86 /min · 168/101 mmHg" in done and "Anna (Lindqvist) STOPPED" in done


def test_an_alert_is_told_in_the_words_the_ward_used_when_answered_too(told):
    assert "Alert “Systolic 168 mmHg: red, confirmed”: acting" in read(time_line_section(told))


def test_what_the_trainer_marked_stands_out(told):
    note = part(time_line_section(told), "entry-note")
    assert read(note) == "Trainer Look here" and parts(note, "icon-note")


def test_every_entry_can_be_filtered_by_chair_and_by_who_did_it(told):
    section = time_line_section(told)
    assert {marks_of(one)["data-by"] for one in elements(section, "Li")} == {"", "learner-1", "learner-2"}
    assert [[option.value for option in elements(one, "Option")] for one in elements(section, "Select")] == [
        ["", "1"],
        ["", "learner-1", "learner-2"],
    ]


def test_what_was_entered_in_error_is_struck_and_what_the_scenario_entered_is_nobodys_act(plays):
    told = debriefed(plays.corrected, LEARNERS, plays.corrected.scenario.ends_at)
    section = time_line_section(told)
    wrong = [one for one in elements(section, "Li") if elements(one, "S")]
    assert wrong and all("entered in error" in read(one) for one in wrong)
    mine = [one.position for facts in plays.corrected.facts.values() for one in facts if one.device == "scenario"]
    assert mine and any(marks_of(one)["data-by"] == "" and hasattr(one, "id") for one in elements(section, "Li"))


# ---- the day again ---------------------------------------------------------------------------------------------------


def test_the_replay_has_a_place_for_each_of_its_fragments_and_says_what_it_is(told):
    board = board_at(told.player, told.player.scenario.started_at)
    shown = replay_section(told, board, ADDRESSES.moments(1))
    html, section = plain_html(shown), marks_of(shown)
    assert all(f'id="{name}"' in html for name in replay_fragments(board))
    assert "A replay of what the board showed. Nothing here is live." in html and "Replay" in html
    assert '<input type="range" min="0" max="155"' in html and "<a " not in html, "nothing of it leads to a chair"
    assert "data-until" not in section, "what ticks would write into the section itself"


def test_each_minute_has_the_strongest_sign(told, alone):
    signs = {one: [sign_of(row) for row in debrief.rows] for one, debrief in (("told", told), ("alone", alone))}
    assert {"note", "red", "entry"} == set(signs["told"]) and {"harm", "missed"} <= set(signs["alone"])
    board = board_at(told.player, told.player.scenario.started_at)
    drawn = parts(part(replay_section(told, board, ""), "signs"), "sign")
    assert len(drawn) == len({told.minute(row.at) for row in told.rows})


def test_a_harm_shows_though_the_trainer_marked_the_same_minute(alone):
    harm = next(row for row in alone.rows if row.kind == "harm")
    marked = replace(alone, player=alone.player)
    vars(marked)["rows"] = (replace(harm, kind="note", words="Look here"), harm)
    board = board_at(alone.player, alone.player.scenario.started_at)
    drawn = parts(part(replay_section(marked, board, ""), "signs"), "sign")
    assert [one.className for one in drawn] == ["sign sign-harm"]


# ---- the whole page --------------------------------------------------------------------------------------------------


def test_with_copies_every_learner_stands_in_a_table_and_one_is_shown(told, alone):
    board = board_at(told.player, told.player.scenario.started_at)
    both = plain_html(debrief_page({1: told, 2: alone}, 2, board, ADDRESSES))
    words = read(overview_section({1: told, 2: alone}, 2, ADDRESSES.debrief))
    assert "Anna, Ben Passed 28 of 28 10min 16min 32min 0" in words and "Ward 2 Not passed 0 of" in words
    assert " not not not " in words and "what=overview" in both
    assert words.endswith("Shown below: Ward 2") and 'href="/training/ABCD/debrief?play=1"' in both
    assert 'id="learners"' not in plain_html(debrief_page({1: alone}, 1, board, ADDRESSES))


def test_two_learners_of_one_name_are_told_apart_by_the_numbers_of_their_tablets(told):
    ben, other = (SimpleNamespace(id=f"learner-{one}", name="Ben", staff_id="okafor") for one in (2, 4))
    plays = {1: replace(told, learners=(ben,)), 2: replace(told, learners=(other,)), 3: replace(told, learners=())}
    assert names_of(plays) == {1: "Ben, tablet 2", 2: "Ben, tablet 4", 3: "Ward 3"}
    both = replace(told, learners=(ben, other))
    assert both.named(other) == "Ben, tablet 4 (Okafor)" and told.named(LEARNERS[1]) == "Ben (Okafor)"


def test_the_page_says_training_once_more_in_its_own_head(told):
    board = board_at(told.player, told.player.scenario.started_at)
    page = plain_html(debrief_page({1: told}, 1, board, ADDRESSES))
    assert "training-word" in page and "/api/training/rooms/ABCD/debrief.csv?what=marks&amp;play=1" in page
