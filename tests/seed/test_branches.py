"""A scenario turns by time, by the trainer's choice, and by what was done or left undone; each turn is taken once."""

import pytest

from models.clinical.refusal import Refusal
from tests.seed.small import played, small

TURN = '[[branches]]\nid = "{id}"\nchair = "1"\n{when}\nsteps = [{{ after = 5, values = [150, 90, 50] }}]\n'


def turn(when, id="turn"):
    return TURN.format(id=id, when=when)


def taken(player):
    return {id: player.scenario.minute(at) for id, at in player.branches.taken.items()}


def test_by_time_and_by_time_after_another():
    player = played(small(turn("at = 20") + turn('after = "turn"\nwithin = 7', "next")))
    assert taken(player) == {"turn": 20, "next": 27}
    assert player.patients["1"].line("heart_rate", 19) == 80 and player.patients["1"].line("heart_rate", 32) == 150


def test_by_the_trainers_choice_and_only_once():
    scenario = small(turn('choice = "Let it happen"'))
    assert taken(played(scenario)) == {}
    player = played(scenario, choices={"turn": 30})
    assert taken(player) == {"turn": 30} and player.branches.choices() == ()
    with pytest.raises(Refusal, match="offers no choice “turn” now"):
        player.choose("turn")


STOP = 'did = { fact = "InfusionStopped" }'


def test_by_what_was_done_at_the_moment_it_was_done():
    scenario = small(turn(STOP))
    assert taken(played(scenario)) == {}
    assert taken(played(scenario, (12.5, "stop"))) == {"turn": 12.5}


# what is asked of the fact | what is recorded at minutes 10 and 20 | taken at
CONDITIONS = [
    ('fact = "NoteAdded", where = { text = { contains = "AIR" } }', ("air", "other"), 10),
    ('fact = "NoteAdded", where = { text = { contains = ["oth", "water"] } }', ("air", "other"), 20),
    ('fact = "NoteAdded", where = { text = "Other" }', ("air", "other"), 20),
    ('fact = "NoteAdded", where = { text = { is_not = "air" } }', ("air", "other"), 20),
    ('fact = "NoteAdded", where = { text = { one_of = ["a", "b"] } }', ("air", "other"), None),
    ('fact = ["InfusionStopped", "NoteAdded"], count = 2', ("air", "other"), 20),
    ('fact = "InfusionStopped", or = [{ fact = "NoteAdded", where = { text = "air" } }]', ("air", "other"), 10),
]


@pytest.mark.parametrize(("asked", "notes", "at"), CONDITIONS)
def test_by_conditions_on_the_fields_of_a_fact(asked, notes, at):
    acts = [(10 * place, "note", {"text": text}) for place, text in enumerate(notes, 1)]
    assert taken(played(small(turn(f"did = {{ {asked} }}")), *acts)) == ({} if at is None else {"turn": at})


def test_by_what_was_not_done_in_time_and_the_last_second_is_in_time():
    scenario = small(turn('at = 10\nnot_done = { fact = "InfusionStopped" }\nwithin = 5'))
    assert taken(played(scenario)) == {"turn": 15}
    assert taken(played(scenario, (16, "stop"))) == {"turn": 15}
    assert taken(played(scenario, (15, "stop"))) == {}


def test_what_is_told_to_lie_further_back_than_it_was_recorded_is_not_done_in_time():
    note = {"text": "it went wrong", "happened_at": "10:31"}
    after_all = turn("after = 'turn'\ndid = { fact = 'NoteAdded' }", "after all")
    scenario = small(turn('at = 10\nnot_done = { fact = "NoteAdded" }\nwithin = 5') + after_all)
    assert taken(played(scenario, (20, "note", note))) == {"turn": 15, "after all": 20}


def test_what_was_done_before_counts_where_the_file_says_since():
    when = 'at = 10\nnot_done = { fact = "InfusionStopped"%s }\nwithin = 5'
    assert taken(played(small(turn(when % "")), (5, "stop"))) == {"turn": 15}
    assert taken(played(small(turn(when % ", since = 0")), (5, "stop"))) == {}


def test_what_a_colleague_of_the_file_does_is_not_what_those_who_play_do():
    own = '[[branches]]\nid = "entry"\nchair = "1"\nat = 8\nsteps = [{ act = "stop", by = "farrell" }]\n'
    player = played(small(own + turn(STOP)))
    assert player.statuses["1"].state.value == "stopped" and taken(player) == {"entry": 8}


def test_one_that_another_rules_out_is_not_taken():
    scenario = small(turn(STOP) + turn('at = 30\nunless = ["turn"]', "else"))
    assert taken(played(scenario)) == {"else": 30}
    assert taken(played(scenario, (20, "stop"))) == {"turn": 20}


def test_what_the_file_does_wrong_is_told_and_the_play_goes_on():
    own = '[[branches]]\nid = "entry"\nchair = "1"\nat = 8\nsteps = [{ act = "resume", by = "farrell" }]\n'
    player = played(small(own), (20, "stop"))
    assert [(one.kind, player.scenario.minute(one.at)) for one in player.course if one.kind == "refused"] == [
        ("refused", 8)
    ]
    assert player.statuses["1"].state.value == "stopped"
