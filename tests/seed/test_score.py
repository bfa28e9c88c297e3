"""The score: by weight, each point resting on facts; late is half, what was not asked counts neither way."""

from datetime import timedelta

import pytest

from seed.score import Outcome, score
from seed.time_line import time_line
from tests.seed.small import CHAIR, played, small

ASKED = """
[[expected]]
id = "{id}"
words = "STOP"
chair = "1"
fact = "InfusionStopped"
weight = 4
harm = "It ran on"
{more}
"""


def asked(more, id="stop"):
    return ASKED.format(id=id, more=more)


def marks(player):
    return {mark.expected.id: (mark.outcome.value, mark.points, mark.of) for mark in score(player).marks}


# the deadline, the STOP | what becomes of it
ROWS = [
    ("from = 10\nwithin = 5", 15, ("done", 4, 4)),
    ("from = 10\nwithin = 5", 15.1, ("late", 2, 4)),
    ("from = 10\nuntil = 20", 20, ("done", 4, 4)),
    ("from = 10\nwithin = 5", 9, ("too early", 2, 4)),
    ("from = 10\nwithin = 5", None, ("missed", 0, 4)),
    ("from = 10", 50, ("done", 4, 4)),
    ("never = true", None, ("done", 4, 4)),
    ("never = true", 30, ("missed", 0, 4)),
    ("never = true\nuntil = 20", 30, ("done", 4, 4)),
    ('by = "charge nurse"', 30, ("missed", 0, 4)),
    ('by = "nurse"', 30, ("done", 4, 4)),
    ('after = "turn"\nwithin = 5', 30, ("not asked", 0, 0)),
]


@pytest.mark.parametrize(("more", "at", "expected"), ROWS)
def test_an_expected_action_by_its_deadline(more, at, expected):
    turn = '[[branches]]\nid = "turn"\nchair = "1"\nchoice = "c"\n'
    acts = [] if at is None else [(at, "stop")]
    assert marks(played(small(turn + asked(more)), *acts)) == {"stop": expected}


def test_late_or_missed_does_harm_and_one_harm_is_enough_not_to_pass():
    more = asked("from = 10\nwithin = 5") + asked("", "other").replace("weight = 4", "weight = 96").replace(
        'harm = "It ran on"', ""
    )
    late, done = (score(played(small(more), (at, "stop"))) for at in (16, 15))
    assert late.percent == 98 and late.harms == ("Too late: STOP",) and not late.passed
    assert done.percent == 100 and done.harms == () and done.passed


def test_an_action_after_another_counts_from_it_and_is_missed_with_it():
    note = asked('after = "stop"\nfrom = 2\nwithin = 5', "note").replace("InfusionStopped", "NoteAdded")
    scenario = small(asked("within = 30") + note)
    assert marks(played(scenario, (20, "stop"), (26, "note", {"text": "x"})))["note"] == ("done", 4, 4)
    assert marks(played(scenario, (20, "stop"), (21, "note", {"text": "x"})))["note"] == ("too early", 2, 4)
    assert marks(played(scenario, (19, "note", {"text": "x"}), (20, "stop")))["note"] == ("missed", 0, 4)
    assert marks(played(scenario, (26, "note", {"text": "x"})))["note"] == ("missed", 0, 4)


def test_what_waits_for_an_action_is_not_asked_before_that_one_is_missed():
    note = asked('after = "stop"\nfrom = 2\nwithin = 5', "note").replace("InfusionStopped", "NoteAdded")
    player = played(small(asked("within = 30") + note))
    for minute, outcome in ((29, Outcome.NOT_ASKED), (30, Outcome.MISSED)):
        assert score(player, player.scenario.moment(minute)).marks[1].outcome is outcome


def test_too_early_does_no_harm_and_one_entry_is_too_early_for_one_action_only():
    again = asked("from = 30\nwithin = 5", "again")
    once = played(small(asked("from = 10\nwithin = 5") + again), (8, "stop"))
    assert marks(once) == {"stop": ("too early", 2, 4), "again": ("missed", 0, 4)}
    assert marks(played(small(asked("from = 10\nwithin = 5") + again), (12, "stop")))["again"] == ("missed", 0, 4)
    found = score(played(small(asked("from = 10\nwithin = 5")), (8, "stop")))
    assert not found.harms and found.percent == 50
    assert score(once, once.scenario.moment(12)).marks[0].outcome is Outcome.NOT_ASKED, "it may be done in time yet"


def test_to_do_is_to_record_and_a_time_further_back_helps_nobody():
    a_set = {"heart_rate": 80, "systolic": 186, "diastolic": 100, "symptoms": [], "happened_at": "10:43"}
    more = asked("from = 22\nwithin = 2").replace("InfusionStopped", "VitalSignsRecorded")
    found = score(played(small(more, chair=ILL), (28, "vital_signs", a_set)))
    mark, minute = found.marks[0], timedelta(minutes=1)
    assert mark.outcome is Outcome.LATE and mark.done_at - mark.told_at == 4 * minute
    assert found.times[0].to_recognise == 7 * minute
    within_it = score(played(small(more, chair=ILL), (25, "vital_signs", a_set)))
    assert within_it.marks[0].outcome is Outcome.DONE


def test_what_was_struck_earns_nothing_and_points_name_their_facts():
    more = asked("").replace("InfusionStopped", "VitalSignsRecorded")
    a_set = {"heart_rate": 80, "systolic": 120, "diastolic": 74, "symptoms": []}
    struck = {"entry": "VitalSignsRecorded", "reason": "wrong patient"}
    player = played(small(more), (10, "vital_signs", a_set))
    mark = score(player).marks[0]
    assert mark.outcome is Outcome.DONE and mark.done_by == "okafor"
    assert [player.facts["1"][position - 1].kind for position in mark.facts] == ["VitalSignsRecorded"]
    assert marks(played(small(more), (10, "vital_signs", a_set), (12, "correct", struck)))["stop"] == ("missed", 0, 4)


ILL = CHAIR.replace(
    '{ at = "11:30"', '{ at = "10:40", ramp = 1, values = [80, 186, 100, 36.8, 98, 14] },\n    { at = "11:30"'
)


def test_times_run_from_the_first_abnormal_truth_to_what_was_charted_held_and_called():
    sick = {"heart_rate": 80, "systolic": 186, "diastolic": 100, "symptoms": []}
    player = played(
        small(chair=ILL), (24, "vital_signs", sick), (26, "stop"), (29, "call", {"whom": "stroke", "what": "called"})
    )
    found = score(player).times[0]
    minute = timedelta(minutes=1)
    assert player.scenario.minute(found.abnormal_at) == player.scenario.minute(found.red_at) == 20
    assert (found.to_recognise, found.to_hold, found.to_call) == (4 * minute, 6 * minute, 9 * minute)
    nobody = score(played(small(chair=ILL))).times[0]
    assert (nobody.to_recognise, nobody.to_hold, nobody.to_call) == (None, None, None)
    assert (nobody.rounds_overdue, nobody.rounds_missed) == (1, 1)


def test_a_calm_patient_has_nothing_to_recognise():
    found = score(played(small())).times[0]
    assert found.abnormal_at is None and found.to_recognise is None


def test_alerts_heard_and_answered_are_counted():
    sick = {"heart_rate": 80, "systolic": 186, "diastolic": 100, "symptoms": []}
    acts = [(24, "vital_signs", sick), (25, "answer", {"answer": "acting"})]
    found = score(played(small(chair=ILL), *acts)).times[0]
    assert found.alerts_sounded >= 1 and found.alerts_answered >= 1
    unanswered = score(played(small(chair=ILL), *acts[:1])).times[0]
    assert unanswered.alerts_answered == 0 and unanswered.alerts_escalated >= 1


def test_the_time_line_tells_what_happened_was_expected_and_was_done_by_whom():
    turn = '[[branches]]\nid = "turn"\nchair = "1"\nwords = "It turns"\nat = 15\nharm = "Harm"\n'
    player = played(small(turn + asked("within = 10")), (20, "stop"))
    rows = [(player.scenario.minute(row.at), row.kind, row.by) for row in time_line(player)]
    assert [row for row in rows if row[1] in ("branch", "harm", "expected")] == [
        (10, "expected", "Okafor"),
        (15, "branch", ""),
        (15, "harm", ""),
    ]
    assert (20, "done", "Okafor") in rows
    line = next(row for row in time_line(player) if row.kind == "done" and "stopped" in row.words)
    assert player.facts["1"][line.position - 1].details == line.details
