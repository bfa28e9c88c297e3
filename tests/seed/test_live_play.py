"""A scenario as a room plays it: learners record beside the player, the trainer injects and marks, never in a ward."""

import pytest

from models.charting import Act, Charting
from models.clinical.clock import ScenarioClock
from models.clinical.facts import InfusionStopped
from models.clinical.refusal import Refusal
from models.store.opening import create_store
from seed.playing import Steady
from seed.scenario_file import LaterStep, Told
from seed.scenario_player import ScenarioPlayer
from seed.score import expected_now, score
from tests.seed.plays import PROTOCOL, new_folder
from tests.seed.small import small

MORE = """
[[branches]]
id = "held"
chair = "1"
did = { fact = "InfusionStopped" }
steps = [{ after = 10, values = [70, 112, 70] }]

[[expected]]
id = "stop"
words = "STOP"
chair = "1"
fact = "InfusionStopped"
from = 5
within = 10
hint = "Stop first."
"""


class Room:
    """A clock that leads at ×10, a player, and a learner's own charting on the same ward."""

    def __init__(self, mode="training", more=MORE):
        self.steady = Steady()
        self.scenario = small(more)
        self.clock = ScenarioClock(self.scenario.started_at, 10.0, steady=self.steady)
        self.store = create_store(f"sqlite:///{new_folder()}/room.db", mode, "Room")
        self.player = ScenarioPlayer(self.scenario, self.store, PROTOCOL, self.clock)
        self.learner = Charting(self.store, PROTOCOL, self.clock, lambda day_ids: self.player.noticed())

    def minutes(self, minutes):
        self.steady.seconds += minutes * 6
        self.player.play(self.clock.now())


def test_what_a_learner_records_turns_the_scenario_at_once_and_counts():
    room = Room()
    room.minutes(8)
    room.learner.stop_infusion(Act(key="k", staff="okafor", device="tablet 1"), room.player.days["1"])
    assert list(room.player.branches.taken) == ["held"]
    room.minutes(12)
    assert room.player.measured("1").heart_rate != 80
    mark = score(room.player, room.clock.now()).marks[0]
    assert mark.points == 1 and mark.done_by == "okafor"


def test_a_clock_looked_at_late_plays_every_moment_at_its_own_time():
    room = Room()
    room.player.inject("1", LaterStep(happens="Coughs"), minutes=3)
    room.minutes(20)
    assert [room.scenario.minute(one.at) for one in room.player.course if one.words == "Coughs"] == [3]


def test_the_trainer_injects_values_a_symptom_and_a_colleagues_entry():
    room = Room()
    room.minutes(5)
    told = Told(symptom="nausea", says="I feel sick.")
    room.player.inject(
        "1",
        LaterStep(values=(120, 90, 50), symptoms=(told,), act="note", by="farrell", body={"text": "ill"}),
        minutes=2,
    )
    assert room.player.measured("1").heart_rate < 90
    room.minutes(2)
    taken = room.player.measured("1")
    assert (taken.heart_rate, taken.systolic) == (120, 90) and [one.symptom for one in taken.symptoms] == ["nausea"]
    assert room.player.facts["1"][-1].recorded_by == "farrell"


def test_the_trainer_marks_a_moment():
    room = Room()
    room.minutes(5)
    room.player.mark("Nobody looked at the board")
    assert [(one.kind, one.words) for one in room.player.course] == [("note", "Nobody looked at the board")]


def test_what_is_expected_now_is_what_its_time_has_come_for_and_nobody_did():
    room = Room()
    hints = []
    for _ in range(5):
        waiting = expected_now(room.player, room.clock.now())
        hints.append([(mark.expected.hint, mark.is_undone) for mark in waiting])
        room.minutes(4)
    asked, late = ("Stop first.", False), ("Stop first.", True)
    assert hints == [[], [], [asked], [asked], [late]], "late, it is still to be done"
    room.learner.stop_infusion(Act(key="k", staff="okafor", device="tablet 1"), room.player.days["1"])
    assert expected_now(room.player, room.clock.now()) == ()


def test_nothing_is_to_be_done_any_more_once_the_scenario_is_over():
    room = Room()
    room.minutes(room.scenario.minutes)
    assert score(room.player).marks[0].is_undone and expected_now(room.player, room.clock.now()) == ()


def test_an_entry_of_the_file_is_never_made_before_what_a_learner_recorded():
    room = Room()
    room.player.inject("1", LaterStep(act="note", by="farrell", body={"text": "seen"}), minutes=3)
    room.steady.seconds += 24
    room.learner.stop_infusion(Act(key="k", staff="okafor", device="tablet 1"), room.player.days["1"])
    room.minutes(0)
    facts = room.player.facts["1"]
    stopped = next(fact for fact in facts if isinstance(fact.details, InfusionStopped))
    assert facts[-1].recorded_by == "farrell" and facts[-1].recorded_at >= stopped.recorded_at


def test_a_real_ward_plays_no_scenario():
    with pytest.raises(Refusal, match="training ward"):
        Room(mode="ward")
