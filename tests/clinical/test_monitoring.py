"""Rounds (D-3), repeats (D-5, D-7), what was not done (D-16), reviews, and what extends an observation (D-17)."""

import pytest

from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    DoctorReviewed,
    EvaluationClosed,
    EvaluationOpened,
    InfusionCompleted,
    InfusionPaused,
    InfusionStopped,
    RoundIntervalSet,
    RoundNotDone,
    SymptomReported,
)
from models.clinical.findings import Level
from models.clinical.status import ChairStatus, Phase
from tests.clinical.builders import (
    A_START,
    Line,
    a_set,
    a_strike,
    a_symptom,
    an_infusion_day,
    at,
    its_course,
    the_protocol,
)


def status(*lines: Line, now: str, day: int = 1) -> ChairStatus:
    """A day in the infusion, started at 09:30 at 25.3 mL/h; the position of the first line is 6."""
    built = an_infusion_day(*lines, phase=Phase.INFUSION, day=day)
    return chair_status(built, its_course(built), the_protocol(), at(now))


def every(minutes: int) -> RoundIntervalSet:
    return RoundIntervalSet(interval_minutes=minutes)


def review(minutes: int | None = None, until: str | None = None, **accepted: float) -> DoctorReviewed:
    return DoctorReviewed(
        doctor="Dr Sand",
        decision="go on",
        accepted=tuple(accepted.items()),
        until=at(until) if until else None,
        next_set_minutes=minutes,
    )


CALM = a_set()
PART = a_set(pressure="118/--")
LINES: dict[str, Line] = {
    "set 09:40": ("09:40", CALM),
    "set 10:28": ("10:28", CALM),
    "set 10:30": ("10:30", CALM),
    "set 09:20": ("09:20", CALM),
    "late set 09:50": ("09:50", CALM, "10:29"),
    "partial 10:28": ("10:28", PART),
    "missing value 10:35": ("10:35", a_set(None, "--/74", symptoms=None, adds_to=6)),
    "strike 6": ("10:32", a_strike(6)),
    "every 30 at 09:40": ("09:40", every(30)),
    "every 15 at 09:45": ("09:45", every(15)),
    "every 30 at 10:15": ("10:15", every(30)),
    "every 60 at 09:50": ("09:50", every(60)),
    "every 60 at 10:30": ("10:30", every(60)),
    "pause 10:00": ("10:00", InfusionPaused(reason="toilet")),
    "stop 10:00": ("10:00", InfusionStopped()),
    "not done 10:30": ("10:30", RoundNotDone(reason="away from the chair", try_again_at=at("10:38"))),
}

# what happened since the start at 09:30            | now      | due   | kind        | soon | overdue s
ROUNDS = """
                                                    | 10:30    | 10:30 | vital signs | no   | 0
                                                    | 10:30:01 | 10:30 | vital signs | no   | 1
                                                    | 10:29:59 | 10:30 | vital signs | yes  | 0
                                                    | 10:20    | 10:30 | vital signs | yes  | 0
                                                    | 10:19:59 | 10:30 | vital signs | no   | 0
set 10:28                                           | 10:30    | 11:28 | vital signs | no   | 0
set 10:30                                           | 10:30    | 11:30 | vital signs | no   | 0
set 09:20                                           | 10:00    | 10:30 | vital signs | no   | 0
late set 09:50                                      | 10:30    | 10:50 | vital signs | no   | 0
set 10:28, late set 09:50                           | 10:30    | 11:28 | vital signs | no   | 0
partial 10:28                                       | 10:40    | 10:30 | vital signs | no   | 600
partial 10:28, missing value 10:35                  | 10:40    | 11:28 | vital signs | no   | 0
set 10:30, strike 6                                 | 10:40    | 10:30 | vital signs | no   | 600
every 30 at 09:40                                   | 10:00    | 10:10 | vital signs | yes  | 0
every 30 at 10:15                                   | 10:20    | 10:30 | vital signs | yes  | 0
every 30 at 10:15, set 10:30                        | 10:40    | 11:00 | vital signs | no   | 0
set 09:40, every 15 at 09:45                        | 09:46    | 10:00 | vital signs | no   | 0
set 09:40, every 15 at 09:45, every 60 at 09:50     | 09:51    | 10:00 | vital signs | yes  | 0
every 15 at 09:45, set 10:30, every 60 at 10:30     | 10:31    | 10:45 | vital signs | no   | 0
pause 10:00                                         | 10:35    | 10:30 | vital signs | no   | 300
stop 10:00                                          | 10:35    | 10:30 | vital signs | no   | 300
not done 10:30                                      | 10:35    | 10:30 | vital signs | no   | 300
"""


@pytest.mark.parametrize("row", ROUNDS.strip("\n").splitlines())
def test_when_the_next_round_is_due(row):
    happened, now, due, kind, soon, overdue_s = (cell.strip() for cell in row.split("|"))
    found = status(*(LINES[name] for name in happened.split(", ") if name), now=now)
    assert (found.next_round_due_at, found.next_round_kind) == (at(due), kind)
    assert found.due_soon is (soon == "yes")
    assert found.overdue_s == int(overdue_s)


def test_no_round_is_due_before_the_infusion_and_after_the_day():
    before = an_infusion_day(("08:00", a_set(heart_rate=115)), phase=Phase.PRE_MEDICATION)
    found = chair_status(before, its_course(before), the_protocol(), at("12:00"))
    assert (found.next_round_due_at, found.next_round_kind, found.overdue_s) == (None, "", 0)


def test_the_interval_in_force_is_the_last_one_set():
    assert status(now="10:00").interval_minutes == 60
    assert status(("09:40", every(15)), ("09:50", every(30)), now="10:00").interval_minutes == 30


def test_a_round_that_was_not_done_says_why_until_a_set_is_taken():
    missed: Line = ("10:30", RoundNotDone(reason="away from the chair"))
    assert status(missed, now="10:31").next_step.detail == "not done: away from the chair"
    assert status(missed, now="10:29").next_step.detail == ""
    assert status(missed, ("10:32", CALM), now="10:40").next_step.detail == ""
    assert status(missed, ("10:32", CALM), now="11:40").next_step.detail == ""


# set(s) taken                                  | now   | due   | kind
REPEATS = """
10:00 142/80                                    | 10:05 | 10:15 | repeat
10:00 165/80                                    | 10:04 | 10:05 | repeat
10:00 165/80                                    | 10:20 | 10:05 | repeat
10:00 142/80, 10:14 120/80                      | 10:20 | 11:14 | vital signs
10:00 142/80, 10:14 143/80                      | 10:20 | 11:14 | vital signs
10:00 165/80, 10:04 120/80                      | 10:20 | 11:04 | vital signs
10:00 142/80, 10:14 120/80 partial              | 10:20 | 11:00 | vital signs
10:00 142/80, 10:14 90 pulse only               | 10:20 | 10:15 | repeat
10:00 118/80 125 pulse                          | 10:05 | 10:15 | repeat
"""


def a_reading(words: str) -> Line:
    clock, what, *more = words.split()
    if "only" in more:
        return (clock, a_set(int(what), "--/--", symptoms=None))
    if "partial" in more:
        return (clock, a_set(None, what, symptoms=None))
    return (clock, a_set(int(more[0]) if more else 74, what))


@pytest.mark.parametrize("row", REPEATS.strip("\n").splitlines())
def test_an_abnormal_value_is_measured_again(row):
    taken, now, due, kind = (cell.strip() for cell in row.split("|"))
    found = status(*(a_reading(words) for words in taken.split(", ")), now=now)
    assert (found.next_round_due_at, found.next_round_kind) == (at(due), kind)


def test_a_set_before_the_start_asks_for_no_repeat():
    assert status(("09:20", a_set(pressure="150/80")), now="09:40").next_round_due_at == at("10:30")


# what happened                                                              | now   | review due
REVIEWS = """
10:00 142/80                                                                 | 10:20 | no
10:00 142/80, 10:14 143/80                                                   | 10:20 | yes
10:00 142/80, 10:14 120/80                                                   | 10:20 | no
10:00 142/80, 10:14 118/80 125 pulse                                         | 10:20 | no
10:00 142/80, 10:14 143/80, 10:16 120/80                                     | 10:20 | yes
10:00 142/80, 10:14 143/80, review 10:20                                     | 10:20 | no
10:00 142/80, 10:14 143/80, review 10:14                                     | 10:20 | no
10:00 142/80, 10:14 143/80, review 10:13                                     | 10:20 | yes
10:00 142/80, 10:14 143/80, review 10:20 accepts 143, 11:14 152/80           | 11:20 | no
10:00 142/80, 10:14 143/80, review 10:20 accepts 143, 11:14 153/80           | 11:20 | yes
10:00 142/80, 10:14 143/80, review 10:20 accepts 143, 11:14 141/80           | 11:20 | no
10:00 152/80, 10:14 158/80, review 10:20 accepts 158, 11:14 142/80           | 11:20 | no
10:00 142/80, 10:14 143/80, review 10:20, 11:14 144/80                       | 11:20 | yes
10:00 142/80, 10:14 143/80, review 10:20 accepts 143, 11:14 143/80 125 pulse | 11:20 | no
10:00 142/80, 10:14 143/80, review 10:20 accepts 143, 11:14 143/92           | 11:20 | no
10:00 142/80, 10:14 143/80, review 10:20 until 11:20, 11:14 143/80           | 11:20 | yes
10:00 142/80, 10:14 143/80, review 10:20 until 11:21, 11:14 143/80           | 11:20 | no
10:00 142/80, 10:14 143/80, review 10:20 until 11:20, 11:14 120/80           | 11:20 | no
10:00 142/80 headache                                                        | 10:01 | yes
10:00 142/80 headache, review 10:05                                          | 10:10 | no
10:00 142/80 headache, review 10:05 accepts 142, 10:30 142/80 headache same  | 10:40 | no
10:00 142/80 headache, review 10:05 accepts 142, 10:30 142/80 headache worse | 10:40 | yes
refused 10:30                                                                | 10:31 | yes
refused 10:30, review 10:35                                                  | 10:36 | no
away 10:30                                                                   | 10:31 | no
"""


def an_event(words: str) -> Line:
    first, clock, *more = words.split()
    if first == "review":
        accepted = {"systolic": float(more[more.index("accepts") + 1])} if "accepts" in more else {}
        until = more[more.index("until") + 1] if "until" in more else None
        return (clock, review(until=until, **(accepted or ({"systolic": 143.0} if until else {}))))
    if first in ("refused", "away"):
        return (clock, RoundNotDone(reason="refused" if first == "refused" else "away from the chair"))
    if more and more[0] == "headache":
        return (first, a_set(pressure=clock, symptoms=[" ".join(more)]))
    return a_reading(words)


@pytest.mark.parametrize("row", REVIEWS.strip("\n").splitlines())
def test_when_a_doctors_review_is_due(row):
    happened, now, due = (cell.strip() for cell in row.split("|"))
    found = status(*(an_event(words) for words in happened.split(", ")), now=now)
    assert found.review_due is (due == "yes")


def test_a_review_takes_the_place_of_the_repeat_and_may_ask_for_the_next_set():
    amber: Line = ("10:00", a_set(pressure="165/80"))
    assert status(amber, ("10:03", review()), now="10:04").next_round_due_at == at("11:00")
    asked = status(amber, ("10:03", review(minutes=15)), now="10:04")
    assert (asked.next_round_due_at, asked.next_round_kind) == (at("10:18"), "repeat")
    taken = status(amber, ("10:03", review(minutes=15)), ("10:17", CALM), now="10:20")
    assert taken.next_round_due_at == at("11:17")


def test_an_accepted_value_asks_for_no_repeat():
    reviewed: list[Line] = [("10:00", a_set(pressure="142/80")), ("10:03", review(systolic=145))]
    assert status(*reviewed, ("11:00", a_set(pressure="154/80")), now="11:01").next_round_kind == "vital signs"


def test_a_value_is_accepted_until_the_end_of_the_review():
    reviewed: list[Line] = [("10:00", CALM), ("10:03", review(until="11:00", systolic=145))]
    assert status(*reviewed, ("10:59:59", a_set(pressure="142/80")), now="11:01").next_round_kind == "vital signs"
    assert status(*reviewed, ("11:00", a_set(pressure="142/80")), now="11:01").next_round_kind == "repeat"


def test_a_low_value_is_accepted_on_its_own_side():
    low: list[Line] = [("10:00", a_set(pressure="100/60")), ("10:15", a_set(pressure="99/60"))]
    reviewed = [*low, ("10:20", review(systolic=101))]
    assert not status(*reviewed, ("11:15", a_set(pressure="92/60")), now="11:20").review_due
    assert status(*reviewed, ("11:15", a_set(pressure="91/60")), now="11:20").review_due


def test_symptoms_between_rounds_ask_for_a_review_once():
    told: Line = ("10:00", SymptomReported(symptoms=(a_symptom("nausea moderate"),)))
    again: Line = ("10:30", SymptomReported(symptoms=(a_symptom("nausea same"),)))
    worse: Line = ("10:40", SymptomReported(symptoms=(a_symptom("nausea worse"),)))
    assert status(told, now="10:01").review_due
    assert not status(told, ("10:10", review()), again, now="10:31").review_due
    assert status(told, ("10:10", review()), again, worse, now="10:41").review_due


COMPLETE: Line = ("13:30", InfusionCompleted())
OPENED: Line = ("11:00", EvaluationOpened(reason="red"))


def closing(outcome: str, clock: str = "11:30") -> Line:
    return (clock, EvaluationClosed(outcome=outcome, doctor="Dr Sand", reason="settled"))


RED = a_set(heart_rate=131)
HIGH = a_set(pressure="142/80")
HEADACHE = a_set(pressure="142/80", symptoms=["headache"])


A_HEADACHE = SymptomReported(symptoms=(a_symptom("headache"),))
CALM_HIGH_CALM: tuple[Line, ...] = (("14:30", CALM), ("14:40", HIGH), ("14:50", CALM))


@pytest.mark.parametrize(
    ("lines", "extended"),
    [
        ((COMPLETE,), False),
        ((("11:00", RED), COMPLETE), True),
        ((("11:00", RED), ("11:05", CALM), ("12:05", CALM), COMPLETE), True),
        ((("11:00", RED), ("11:05", CALM), ("12:05", CALM), ("12:10", review()), COMPLETE), False),
        ((("11:00", RED), ("11:05", CALM), ("11:06", review()), ("12:05", HIGH), COMPLETE), True),
        ((("11:00", RED), ("11:06", review(systolic=142)), ("12:05", HIGH), COMPLETE), False),
        ((("11:00", RED), ("11:06", review()), COMPLETE), True),
        ((("11:00", RED), ("11:06", review()), ("12:00", CALM), COMPLETE), True),
        ((("11:00", RED), ("11:06", review()), ("11:30", RED), ("12:00", CALM), ("13:00", CALM), COMPLETE), True),
        ((("11:00", RED), closing("resumed"), COMPLETE), False),
        ((("11:00", RED), closing("entered in error"), COMPLETE), True),
        ((("11:00", RED), ("11:01", a_strike(6)), COMPLETE), False),
        ((("11:00", SymptomReported(symptoms=(a_symptom("chest pain"),))), COMPLETE), True),
        ((("11:00", SymptomReported(symptoms=(a_symptom("chest pain"),))), closing("resumed"), COMPLETE), False),
        ((COMPLETE, ("14:30", HEADACHE)), True),
        ((COMPLETE, ("14:30", a_set(pressure="142/80", symptoms=["rash"]))), False),
        ((COMPLETE, ("14:30", a_set(pressure="130/80", symptoms=["headache"]))), False),
        ((COMPLETE, ("14:30", HEADACHE), ("14:40", review(systolic=142))), False),
        ((COMPLETE, ("14:30", HEADACHE), ("14:40", CALM)), True),
        ((COMPLETE, ("14:30", HEADACHE), ("14:31", review()), ("14:40", CALM)), True),
        ((COMPLETE, ("14:30", HEADACHE), ("14:40", CALM), ("14:50", CALM)), True),
        ((COMPLETE, ("14:30", HEADACHE), ("14:40", CALM), ("14:50", CALM), ("14:51", review())), False),
        ((COMPLETE, ("14:30", HEADACHE), ("14:31", review()), ("14:40", CALM), ("14:50", CALM)), False),
        ((COMPLETE, ("14:29", review()), ("14:30", HEADACHE), ("14:40", CALM), ("14:50", CALM)), True),
        ((COMPLETE, ("14:20", HEADACHE), ("14:21", review()), *CALM_HIGH_CALM), True),
        ((COMPLETE, ("14:30", HIGH), ("14:35", A_HEADACHE), ("14:40", CALM)), True),
        ((COMPLETE, ("14:20", A_HEADACHE), ("14:30", HIGH)), True),
        ((("13:20", HEADACHE), COMPLETE), True),
        ((("13:20", HEADACHE), COMPLETE, ("14:20", CALM)), True),
        ((("12:30", HEADACHE), ("13:20", CALM), COMPLETE), False),
    ],
)  # fmt: skip
def test_what_extends_the_observation_and_what_releases_it(lines, extended):
    found = status(*lines, now="15:00")
    assert found.extended is extended
    if extended:
        assert (found.observation_ends_at, found.observation_remaining_s, found.free_at) == (None, None, None)
        assert found.extended_reasons and found.extended_since == at("15:30")
    elif not found.evaluation_open:
        assert found.observation_ends_at == at("15:30")
        assert found.extended_since is None


@pytest.mark.parametrize(("first", "extended"), [((), True), (("headache",), False)])
def test_a_headache_of_todays_baseline_set_is_not_new(first, extended):
    built = an_infusion_day(
        ("08:00", a_set(symptoms=first)), ("09:30", A_START), COMPLETE, ("14:30", HEADACHE), phase=Phase.PRE_MEDICATION
    )
    assert chair_status(built, its_course(built), the_protocol(), at("15:00")).extended is extended


@pytest.mark.parametrize(
    ("lines", "so_far"),
    [
        ((), "(so far 0 normal, no doctor's review)"),
        ((("14:40", CALM),), "(so far 1 normal, no doctor's review)"),
        ((("14:40", CALM), ("14:50", HIGH)), "(so far 0 normal, no doctor's review)"),
        ((("14:40", CALM), ("14:45", a_set(80, "--/--", symptoms=None)), ("14:50", CALM)), "(so far 2 normal, no d"),
        ((("14:40", CALM), ("14:41", review())), "(so far 1 normal, a doctor's review)"),
    ],
)  # fmt: skip
def test_an_extension_says_what_ends_it_and_how_far_that_is(lines, so_far):
    found = status(COMPLETE, ("14:30", HEADACHE), *lines, now="15:00")
    assert found.extended_reasons == ("amber with new headache",)
    (until,) = found.extended_until
    assert until.startswith("2 normal sets in a row, or amber a doctor accepts") and so_far in until
    line = next(one for one in found.discharge_list if one.id.startswith("extended"))
    assert until in line.words and line.answer == "amber with new headache"


def test_red_says_that_a_doctors_closing_ends_it():
    (until,) = status(("11:00", RED), COMPLETE, now="15:00").extended_until
    assert until.startswith("a doctor closes the evaluation, or 2 normal sets")


def test_red_before_the_infusion_extends_nothing():
    built = an_infusion_day(("09:10", RED), COMPLETE, phase=Phase.INFUSION)
    found = chair_status(built, its_course(built), the_protocol(), at("15:00"))
    assert not found.extended
    assert found.evaluation_open


FINAL = """
taken | now      | due   | kind
--    | 14:20    | 14:30 | vital signs
14:30 | 15:00    | 15:30 | final set
14:30 | 15:40    | 15:30 | final set
15:14 | 15:30    | 15:30 | final set
15:15 | 15:30    | 16:15 | vital signs
15:31 | 15:40    | 16:31 | vital signs
"""


@pytest.mark.parametrize("row", FINAL.strip().splitlines()[1:])
def test_a_final_set_is_due_when_the_observation_ends(row):
    taken, now, due, kind = (cell.strip() for cell in row.split("|"))
    lines: list[Line] = [("13:30", CALM), COMPLETE] + ([] if taken == "--" else [(taken, CALM)])
    found = status(*lines, now=now)
    assert (found.next_round_due_at, found.next_round_kind) == (at(due), kind)


def test_while_extended_rounds_go_on_and_no_final_set_is_due():
    found = status(("13:00", RED), ("13:30", CALM), COMPLETE, ("14:40", CALM), now="15:00")
    assert found.level is Level.NORMAL
    assert (found.next_round_due_at, found.next_round_kind) == (at("15:40"), "vital signs")
