"""The status of a chair: what holds on every day that can be recorded, and a few days told line by line."""

import time
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.clinical.accept import accept
from models.clinical.alert import AlertState, Priority
from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    KINDS,
    AlertAnswered,
    BagPrepared,
    Booked,
    ChairAssigned,
    CheckAnswered,
    Details,
    Discharged,
    DoctorReviewed,
    EvaluationClosed,
    EvaluationOpened,
    HandoverOffered,
    InfusionCompleted,
    InfusionDay,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
    NurseAssigned,
    RateChanged,
    SymptomReported,
)
from models.clinical.findings import Level
from models.clinical.infusion_day import ACTS
from models.clinical.refusal import Refusal
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus, InfusionState, Phase
from tests.clinical.builders import (
    A_STEROID,
    NURSE,
    Line,
    a_set,
    a_symptom,
    an_infusion_day,
    at,
    its_course,
    the_protocol,
)
from tests.clinical.random_days import BEGIN, CHOICES, COURSE, HOUR_ONE, MAKE, Ward
from tests.clinical.test_go_no_go import BAG, ready_lines

CLOCK_LIKE = {
    "now", "run_time_s", "elapsed_s", "remaining_s", "volume_given_ml", "overdue_s", "observation_remaining_s", "band",
}  # fmt: skip


def still(status: ChairStatus) -> dict[str, object]:
    """All that does not run with the clock."""
    return {one.name: getattr(status, one.name) for one in fields(status) if one.name not in CLOCK_LIKE}


# ---- on every day that can be recorded -------------------------------------------------------------------------------


def holds(ward: Ward) -> None:
    status = ward.status()
    assert status == ward.status()
    assert status.run_time_s <= status.elapsed_s
    assert 0 <= status.volume_given_ml <= status.volume_ml
    assert (status.overdue_s > 0) <= (status.next_round_due_at is not None and status.next_round_due_at <= status.now)
    assert not (status.due_soon and status.overdue_s)
    assert set(status.allowed) | set(status.refused) == set(ACTS) and not set(status.allowed) & set(status.refused)
    assert set(status.overridable) <= set(status.refused)
    assert all(sentence.endswith(".") for sentence in status.refused.values())
    assert all(moment > status.now for moment in status.deadlines)
    assert list(status.deadlines) == sorted(status.deadlines)
    assert (status.ready is False) or (status.phase is Phase.OBSERVATION and "discharge" in status.allowed)
    assert (status.forecast_end is None) or status.state is InfusionState.RUNNING
    if status.evaluation_open and status.closed_at is None:
        assert status.observation_ends_at is status.drug_ended_at is status.free_at is None
    if status.state is InfusionState.STOPPED and status.drug_ended_at is None and status.closed_at is None:
        assert status.evaluation_open
    for one, other in zip(status.band, status.band[1:], strict=False):
        assert one.ends == other.begins
    what_holds_of_alerts(status)


def what_holds_of_alerts(status: ChairStatus) -> None:
    alerts = status.alerts
    assert len({alert.id for alert in alerts}) == len(alerts)
    assert [alert.priority for alert in alerts] == sorted((alert.priority for alert in alerts), reverse=True)
    assert status.silenced == sum(alert.silenced for alert in alerts)
    assert not (alerts and not status.is_open)
    for alert in alerts:
        assert alert.words and alert.why and alert.action and alert.source
        assert alert.sounds != alert.silenced or alert.state is AlertState.RESOLVED_UNSEEN
        assert not (alert.silenced and alert.escalated)
        assert alert.returns_at is None or (alert.silenced and alert.returns_at > status.now)
    unanswered = {finding.rule for finding in status.findings if finding.level is Level.RED}
    high = {alert.id.rpartition("/")[0] for alert in alerts if alert.priority is Priority.HIGH}
    answered = {f.details.alert.rpartition("/")[0] for f in status.facts if isinstance(f.details, AlertAnswered)}
    closed = any(isinstance(f.details, EvaluationClosed) for f in status.facts)
    assert closed or not status.is_open or unanswered <= high | answered


@settings(max_examples=60, deadline=None)
@given(CHOICES, st.booleans())
def test_what_holds_after_every_act(choices, skip_hour_one):
    ward = Ward.booked()
    for choice in (*(() if skip_hour_one else HOUR_ONE), *choices):
        before = ward.status()
        done = ward.do(choice)
        after = ward.status()
        if done and choice[0] != "corrections" and choice[2] == 0:
            assert after.elapsed_s >= before.elapsed_s
            assert after.run_time_s >= before.run_time_s
            assert after.volume_given_ml >= before.volume_given_ml - 1e-9
        holds(ward)


@settings(max_examples=40, deadline=None)
@given(CHOICES, st.integers(0, 30), st.integers(0, 600))
def test_a_status_changes_by_time_alone_only_at_its_deadlines(choices, cut, minutes):
    ward = Ward.booked()
    for choice in (*HOUR_ONE, *choices[:cut]):
        ward.do(choice)
    now = ward.now + timedelta(minutes=minutes)
    status = ward.status(now)
    until = status.deadlines[0] if status.deadlines else now + timedelta(days=2)
    later, first = still(ward.status(until - timedelta.resolution)), still(status)
    assert {name: later[name] for name in later if later[name] != first[name]} == {}


@settings(max_examples=40, deadline=None)
@given(CHOICES)
def test_what_is_allowed_is_accepted_and_what_is_refused_is_not(choices):
    ward = Ward.booked()
    for choice in (*HOUR_ONE, *choices):
        ward.do(choice)
    status = ward.status()
    for act in ("arrive", "defer", "start", "pause", "resume", "stop", "complete", "transfer", "discharge", "notes"):
        details = MAKE[act](1 if act == "resume" and status.resume_needs_evaluation else 0)
        assert locks_in_the_way(ward, act, details) == (
            None if act in status.allowed else status.overridable.get(act, ())
        ), act


def locks_in_the_way(ward: Ward, act: str, details: Sequence[Details]) -> tuple[str, ...] | None:
    """None when the act is accepted."""
    try:
        accept(ward.day, COURSE, the_protocol(), ward.now, act, details, ward.now, NURSE)
    except Refusal as refusal:
        return refusal.locks
    return None


@settings(max_examples=60, deadline=None)
@given(CHOICES, st.randoms(use_true_random=False), st.integers(-60, 900))
def test_no_order_of_facts_makes_a_status_fail(choices, random, minutes):
    """Facts charting would refuse, at any time, struck at random: the status still answers, and at every prefix."""
    ward = Ward.booked()
    for act, passed, ago, number in (*HOUR_ONE, *choices):
        ward.now += timedelta(minutes=passed)
        ward._append(MAKE[act](number), ward.now - timedelta(minutes=ago))
    facts = list(ward.day.facts)
    random.shuffle(facts)
    shuffled = [replace(fact, position=place) for place, fact in enumerate(facts, 1)]
    for length in range(len(shuffled) + 1):
        day = replace(ward.day, facts=tuple(shuffled[:length]))
        chair_status(day, COURSE, the_protocol(), BEGIN + timedelta(minutes=minutes))


def test_the_random_acts_reach_every_kind_of_fact_that_can_be_recorded():
    made = {type(one).__name__ for make in MAKE.values() for number in range(12) for one in make(number)}
    rest = {"Booked", "EvaluationOpened", "Overridden", "PatientDetailsCorrected", "ReferenceValueSet"}
    assert made | rest == set(KINDS)


@pytest.mark.slow
def test_a_status_of_300_facts_costs_about_a_millisecond():
    """A generous bound that a quadratic walk would break; the figure itself stands in the benchmark."""
    lines = [*ready_lines(), ("09:30", MAKE["start"](15)[0])]
    lines += [(f"{10 + n // 60:02d}:{n % 60:02d}", a_set(74 + n % 60)) for n in range(300 - len(lines) - 2)]
    day = an_infusion_day(*lines, phase=Phase.PRE_MEDICATION)
    assert len(day.facts) == 300
    best = min(timed(replace(day, facts=(*day.facts,))) for _ in range(10))
    assert best < 0.02


def timed(day: InfusionDay) -> float:
    begin = time.perf_counter()
    chair_status(day, COURSE, the_protocol(), at("16:00"))
    return time.perf_counter() - begin


# ---- days told line by line ------------------------------------------------------------------------------------------


def shown(*lines: Line, now: str, day: int = 1, course: int = 1, phase: Phase = Phase.INFUSION) -> ChairStatus:
    """Started at 09:30 at 25.3 mL/h; the position of the first line is 6."""
    built = an_infusion_day(*lines, phase=phase, day=day, course=course)
    return chair_status(built, its_course(built), the_protocol(), at(now))


def closing(outcome: str, clock: str) -> Line:
    return (clock, EvaluationClosed(outcome=outcome, doctor="Dr Sand", reason="settled"))


def paused(clock: str, reason: str = "toilet") -> Line:
    return (clock, InfusionPaused(reason=reason))


MIXED: Line = ("08:50", BAG)
SLOW: Line = ("11:30", RateChanged(rate_ml_per_hour=12.65, reason="poorly tolerated"))
VERY_SLOW: Line = ("11:30", RateChanged(rate_ml_per_hour=9.4, reason="poorly tolerated"))
LINES: dict[str, Line] = {
    "mixed": MIXED,
    "slow": SLOW,
    "very slow": VERY_SLOW,
    "just in time": ("11:30", RateChanged(rate_ml_per_hour=9.4875, reason="poorly tolerated")),
    "toilet": paused("10:30"),
    "reaction": paused("10:30", "reaction"),
    "stop": ("10:30", InfusionStopped()),
    "red": ("10:20", a_set(heart_rate=131)),
    "goes on": closing("resumed", "10:40"),
    "goes on before": closing("resumed", "10:25"),
    "resume": ("11:00", InfusionResumed(rate_ml_per_hour=12.65)),
    "toilet again": paused("11:20"),
    "complete": ("13:30", InfusionCompleted()),
    "complete early": ("13:24:59", InfusionCompleted()),
    "complete soon": ("13:25", InfusionCompleted()),
}


def told(happened: str) -> list[Line]:
    return [LINES[name] for name in happened.split(", ") if name]


# what happened                            | now   | needs a doctor | rate  | resume by
RESUMES = """
toilet                                     | 11:00 | no             | 25.3  | --
toilet, mixed                              | 11:00 | no             | 25.3  | 13:50
reaction, mixed                            | 11:00 | yes            | 12.65 | 10:50
reaction, goes on, mixed                   | 11:00 | no             | 12.65 | 10:50
stop, mixed                                | 11:00 | yes            | 12.65 | 10:50
stop, goes on, mixed                       | 11:00 | no             | 12.65 | 10:50
red, toilet, mixed                         | 11:00 | yes            | 12.65 | 10:50
red, toilet, goes on, mixed                | 11:00 | no             | 12.65 | 10:50
red, goes on before, toilet, mixed         | 11:00 | no             | 25.3  | 13:50
toilet, resume, toilet again, mixed        | 12:00 | no             | 12.65 | 11:10
mixed                                      | 11:00 | no             | --    | --
complete, mixed                            | 14:00 | no             | --    | --
"""


@pytest.mark.parametrize("row", RESUMES.strip().splitlines())
def test_what_resume_asks_for_and_offers(row):
    happened, now, doctor, rate, by = (cell.strip() for cell in row.split("|"))
    found = shown(*told(happened), now=now)
    assert found.resume_needs_evaluation is (doctor == "yes")
    assert found.resume_rate_ml_per_hour == (None if rate == "--" else float(rate))
    assert found.resume_by == (None if by == "--" else at(by))


# what happened        | now      | warning begins
BAGS = """
mixed                  | 10:00    |
mixed, slow            | 12:00    |
mixed, very slow       | 12:00    | The bag expires 3 min
mixed, toilet          | 13:50    |
mixed, toilet          | 13:50:01 | The bag expires before the rest is in, even if it runs on now
mixed, toilet          | 16:49:59 | The bag expires before the rest is in, even if it runs on now
mixed, toilet          | 16:50    | The bag has expired and is not in yet.
reaction, mixed        | 10:50    |
reaction, mixed        | 10:50:01 | The bag expires before the rest is in, even if it runs on now at the rate to
reaction, goes on, mixed | 11:00  | The bag expires before the rest is in, even if it runs on now at the rate to
mixed, just in time    | 12:00    |
mixed, very slow       | 16:50    | The bag has expired and is not in yet.
mixed, very slow       | 16:52:58 | The bag has expired and is not in yet.
mixed, very slow       | 16:52:59 |
mixed                  | 16:50    |
mixed, complete        | 16:50    |
toilet                 | 20:00    |
"""


@pytest.mark.parametrize("row", BAGS.strip().splitlines())
def test_the_bag_warns_before_the_rest_of_it_expires(row):
    happened, now, words = (cell.strip() for cell in row.split("|"))
    warning = shown(*told(happened), now=now).bag_warning
    assert warning.startswith(words) and bool(warning) is bool(words)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("12:50", ""),
        ("12:50:01", "The bag expires before the infusion would be in, even if it starts now."),
        ("16:50", "The bag has expired."),
    ],
)
def test_a_bag_mixed_too_early_warns_before_the_start(now, words):
    found = shown(MIXED, now=now, phase=Phase.PRE_MEDICATION)
    assert (found.bag_warning, found.bag_mixed_at, found.bag_expires_at) == (words, at("08:50"), at("16:50"))


@pytest.mark.parametrize(("now", "past"), [("13:40", True), ("13:39:59", False), ("13:30", False)])
def test_past_forecast_after_ten_minutes(now, past):
    found = shown(now=now)
    assert (found.past_forecast, found.forecast_end) == (past, at("13:30"))


@pytest.mark.parametrize(
    ("happened", "warnings"),
    [
        ("complete soon", ()),
        ("complete early", ("The infusion ran 3hr 55min, less than the planned 4hr 00min.",)),
        ("complete", ()),
        ("", ()),
    ],
)
def test_an_infusion_completed_in_less_than_235_min_is_told(happened, warnings):
    assert shown(*told(happened), now="14:00").warnings == warnings


# what happened               | now   | state     | run s | elapsed s | mL   | rest s | forecast | rate
FIGURES = """
                              | 11:30 | running   | 7200  | 7200      | 50.6 | 7200   | 13:30    | 25.3
slow                          | 11:30 | running   | 7200  | 7200      | 50.6 | 14400  | 15:30    | 12.65
toilet                        | 11:30 | paused    | 3600  | 7200      | 25.3 | 10800  | --       | 25.3
toilet, resume                | 11:30 | running   | 5400  | 7200      | 31.6 | 19800  | 17:00    | 12.65
stop                          | 11:30 | stopped   | 3600  | 3600      | 25.3 | 10800  | --       | 25.3
stop, goes on                 | 11:30 | paused    | 3600  | 7200      | 25.3 | 10800  | --       | 25.3
complete                      | 14:00 | completed | 14400 | 14400     | 101.2 | --    | --       | 25.3
                              | 13:45 | running   | 15300 | 15300     | 101.2 | 0     | 13:30    | 25.3
"""


@pytest.mark.parametrize("row", FIGURES.strip("\n").splitlines())
def test_the_figures_of_the_infusion(row):
    happened, now, state, run, elapsed, volume, rest, forecast, rate = (cell.strip() for cell in row.split("|"))
    found = shown(*told(happened), now=now)
    assert found.state == state
    assert (found.run_time_s, found.elapsed_s) == (int(run), int(elapsed))
    assert round(found.volume_given_ml, 1) == float(volume)
    assert found.remaining_s == (None if rest == "--" else int(rest))
    assert found.forecast_end == (None if forecast == "--" else at(forecast))
    assert found.rate_ml_per_hour == float(rate)
    assert found.slowed is (float(rate) < 25.3)
    assert (found.planned_run_time_s, round(found.planned_rate_ml_per_hour, 1)) == (14400, 25.3)


def test_before_the_start_there_is_nothing_to_tell_of_the_infusion():
    found = shown(now="09:00", phase=Phase.PRE_MEDICATION)
    assert (found.state, found.run_time_s, found.elapsed_s, found.volume_given_ml) == (None, 0, 0, 0.0)
    assert found.rate_ml_per_hour is found.remaining_s is found.forecast_end is found.infusion_started_at is None
    assert found.slowed is False


def test_the_prepared_bag_gives_the_volume_and_the_planned_rate():
    bag: Line = ("08:50", BagPrepared(product="LEMTRADA", batch="B1", volume_ml=112))
    found = shown(bag, now="09:30")
    assert (found.volume_ml, found.planned_rate_ml_per_hour) == (112, 28)
    assert found.slowed is True


def test_a_pause_tells_since_when_and_why():
    found = shown(*told("reaction"), now="11:00")
    assert (found.paused_at, found.pause_reason, found.free_at) == (at("10:30"), "reaction", None)
    assert shown(*told("stop"), now="11:00").pause_reason == "stop"
    assert shown(now="11:00").pause_reason == ""


# ---- level of the chair (D-4) ----------------------------------------------------------------------------------------

NORMAL, AMBER, RED, PART = a_set(), a_set(115), a_set(131), a_set(pressure="118/--")
AMBER_PART = a_set(115, "--/--", symptoms=None)
CHEST = SymptomReported(symptoms=(a_symptom("chest pain"),))
NAUSEA = SymptomReported(symptoms=(a_symptom("nausea moderate"),))
GONE = a_set(symptoms=["chest pain gone"])
STILL, WORSE = a_set(symptoms=["chest pain same"]), a_set(symptoms=["chest pain worse"])
PALSY = a_set(symptoms=["facial droop"])
LEVELS: list[tuple[tuple[Line, ...], Level]] = [
    ((("10:30", AMBER),), Level.AMBER),
    ((("10:30", AMBER), ("10:40", PART)), Level.AMBER),
    ((("10:30", AMBER), ("10:40", NORMAL)), Level.NORMAL),
    ((("10:30", NORMAL), ("10:40", AMBER_PART)), Level.AMBER),
    ((("10:30", NORMAL), ("10:40", PART)), Level.NORMAL),
    ((("10:30", AMBER), ("10:20", RED)), Level.AMBER),
    ((("10:30", NORMAL), ("10:40", NAUSEA)), Level.AMBER),
    ((("10:30", NAUSEA), ("10:40", NORMAL)), Level.AMBER),
    ((("10:30", CHEST),), Level.RED),
    ((("10:30", CHEST), ("10:40", GONE)), Level.RED),
    ((("10:30", CHEST), ("10:40", GONE), closing("resumed", "10:50")), Level.NORMAL),
    ((("10:30", RED), closing("resumed", "10:50")), Level.RED),
    ((("10:30", RED), closing("resumed", "10:50"), ("11:00", NORMAL)), Level.NORMAL),
    ((("10:30", RED), ("11:00", NORMAL)), Level.NORMAL),
    # A red symptom a doctor has evaluated is amber until it is gone, and red anew when it is new or worse.
    ((("10:30", CHEST), closing("resumed", "10:50")), Level.AMBER),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", NORMAL)), Level.AMBER),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", STILL)), Level.AMBER),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", WORSE)), Level.RED),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", CHEST)), Level.RED),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", GONE)), Level.NORMAL),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", GONE), ("11:10", CHEST)), Level.RED),
    ((("10:30", CHEST), closing("resumed", "10:50"), ("11:00", PALSY)), Level.RED),
    ((("10:30", CHEST), closing("entered in error", "10:50"), ("11:00", STILL)), Level.RED),
]


@pytest.mark.parametrize(("lines", "level"), LEVELS)
def test_the_level_of_a_chair_is_that_of_its_last_complete_set_or_anything_worse_since(lines, level):
    found = shown(*lines, now="12:00")
    assert found.level is level
    assert [finding.level for finding in found.findings] == sorted((f.level for f in found.findings), reverse=True)
    assert (level >= Level.AMBER) is bool(found.findings)


def test_an_evaluated_symptom_opens_no_other_evaluation_and_asks_nobody_until_it_is_worse():
    decided: list[Line] = [("10:30", CHEST), closing("resumed", "10:50"), ("11:00", NORMAL)]
    found = shown(*decided, now="11:01")
    assert not found.evaluation_open and found.alerts == () and not found.review_due
    assert [f.limit for f in found.findings] == ["Chest pain: evaluated by a doctor, not gone"]
    assert [symptom.symptom for symptom in found.open_symptoms] == ["chest pain"]
    twice = shown(*decided, ("11:10", STILL), now="11:11")
    assert twice.review_due and not twice.evaluation_open, "two sets in a row ask for a doctor"
    again = shown(*decided, ("11:10", WORSE), now="11:11")
    assert again.evaluation_open and [alert.what for alert in again.alerts] == ["red symptom"]


def test_without_a_complete_set_the_level_is_not_measured():
    empty = an_infusion_day(phase=Phase.PRE_MEDICATION)
    assert chair_status(empty, its_course(empty), the_protocol(), at("09:00")).level is Level.NOT_MEASURED
    part = an_infusion_day(("08:00", PART), phase=Phase.PRE_MEDICATION)
    found = chair_status(part, its_course(part), the_protocol(), at("09:00"))
    assert (found.level, found.last_set.position) == (Level.NOT_MEASURED, 3)


# ---- evaluations, chair, people, next step ---------------------------------------------------------------------------


def test_a_stopped_infusion_may_be_resumed_through_its_evaluation_until_that_ends_it():
    stopped = shown(*told("stop"), now="11:00")
    assert "resume" in stopped.allowed and stopped.resume_needs_evaluation
    ended = shown(*told("stop"), closing("stopped today", "10:50"), now="11:00")
    assert ended.refused["resume"] == "The infusion in chair 3 has ended."


def test_a_red_reading_opens_an_evaluation_until_a_doctor_closes_it():
    red = shown(("10:30", RED), now="10:31")
    assert (red.evaluation_open, red.evaluation_opened_at) == (True, at("10:30"))
    assert red.evaluation_reason == red.sets[-1].findings[0].limit
    assert (red.next_step.what, red.next_step.level) == ("Evaluate", Level.RED)
    assert not shown(("10:30", RED), closing("resumed", "10:40"), now="10:41").evaluation_open


def test_a_late_red_entry_opens_one_after_the_closing():
    late: Line = ("10:30", RED, "10:45")
    found = shown(("10:32", RED), closing("resumed", "10:40"), late, now="10:46")
    assert (found.evaluation_open, found.evaluation_opened_at) == (True, at("10:30"))


def test_an_evaluation_is_about_the_time_of_what_caused_it():
    built = an_infusion_day(("10:30", RED), ("10:45", EvaluationOpened(reason="heart rate")), phase=Phase.INFUSION)
    facts = (*built.facts[:-1], replace(built.facts[-1], caused_by=6))
    found = chair_status(replace(built, facts=facts), its_course(built), the_protocol(), at("11:00"))
    assert found.evaluation_opened_at == at("10:30")


def test_the_chair_is_the_one_last_given():
    moved = shown(("10:00", ChairAssigned(chair="7")), ("12:00", ChairAssigned(chair="5")), now="12:30")
    assert moved.chair == "5"
    assert moved.refused["start"] == "The infusion in chair 5 is already running."
    booked = an_infusion_day(
        ("07:00", Booked(chair="3", planned_start=at("08:00"))), ("07:10", ChairAssigned(chair="4"))
    )
    assert chair_status(booked, its_course(booked), the_protocol(), at("07:30")).chair == "4"


def test_a_day_without_a_booking_is_planned_for_its_first_fact():
    bare = an_infusion_day(("08:00", a_set()))
    found = chair_status(bare, its_course(bare), the_protocol(), at("09:00"))
    assert (found.planned_start, found.chair) == (at("08:00"), "")
    empty = an_infusion_day()
    assert chair_status(empty, its_course(empty), the_protocol(), at("09:00")).planned_start == at("09:00")


def test_who_is_responsible_and_to_whom_the_chair_is_offered():
    mine: Line = ("10:00", NurseAssigned(nurse=NURSE))
    offered: Line = ("10:10", HandoverOffered(to="lindqvist"))
    taken: Line = ("10:20", NurseAssigned(nurse="lindqvist"))
    nobody: Line = ("10:30", NurseAssigned(nurse=None))
    people = [(one.nurse, one.handover_to) for one in (
        shown(now="11:00"), shown(mine, now="11:00"), shown(mine, offered, now="11:00"),
        shown(mine, offered, taken, now="11:00"), shown(mine, nobody, now="11:00"),
        shown(mine, nobody, offered, now="11:00"),
    )]  # fmt: skip
    assert people == [
        (None, None), (NURSE, None), (NURSE, "lindqvist"), ("lindqvist", None), (None, None), (None, None),
    ]  # fmt: skip


# what happened               | now   | next                  | due   | overdue
STEPS = """
                              | 10:00 | Vital signs           | 10:30 | no
                              | 10:30 | Vital signs           | 10:30 | yes
mixed, toilet                 | 10:35 | Vital signs           | 10:30 | yes
set 13:00                     | 13:10 | Complete infusion     | 13:30 | no
set 13:00                     | 13:30 | Complete infusion     | 13:30 | yes
mixed, toilet, set 13:00      | 13:10 | Resume infusion       | 13:50 | no
amber 10:00                   | 10:05 | Repeat vital signs    | 10:15 | no
amber 10:00, amber 10:14      | 10:20 | Doctor's review       | 10:14 | yes
complete, set 13:30           | 13:40 | Vital signs           | 14:30 | no
complete, set 14:40           | 15:00 | Final vital signs     | 15:30 | no
stop                          | 10:31 | Evaluate              | 10:30 | yes
"""


@pytest.mark.parametrize("row", STEPS.strip("\n").splitlines())
def test_the_next_step_is_the_earliest_of_anything_due(row):
    happened, now, what, due, overdue = (cell.strip() for cell in row.split("|"))
    taken = {"set": NORMAL, "amber": AMBER}
    lines = [
        LINES[name] if name in LINES else (name.split()[1], taken[name.split()[0]])
        for name in happened.split(", ")
        if name
    ]
    step = shown(*lines, now=now).next_step
    assert (step.what, step.due_at, step.overdue) == (what, at(due), overdue == "yes")
    assert step.level is (Level.RED if what == "Evaluate" else Level.AMBER if step.overdue else Level.NORMAL)


def test_the_next_step_before_the_infusion_and_after_the_day():
    booked = an_infusion_day(("07:00", Booked(chair="3", planned_start=at("08:00"))))
    assert chair_status(booked, its_course(booked), the_protocol(), at("07:30")).next_step.what == "Arrival"
    ready = an_infusion_day(*ready_lines(), phase=Phase.PRE_MEDICATION)
    step = chair_status(ready, its_course(ready), the_protocol(), at("09:30")).next_step
    assert (step.what, step.due_at) == ("Start infusion", at("09:15"))
    gone = shown(("13:30", InfusionCompleted()), ("15:30", Discharged(where_to="home")), now="16:00")
    assert (gone.next_step.what, gone.is_open, gone.allowed) == ("", False, ("notes", "corrections"))


@pytest.mark.parametrize(
    ("lines", "now", "phase", "free"),
    [
        ((), "08:00", Phase.PRE_MEDICATION, "14:45"),
        ((), "08:44:59", Phase.PRE_MEDICATION, "14:45"),
        ((), "08:45", Phase.PRE_MEDICATION, None),
        ((("08:15", A_STEROID),), "09:00", Phase.PRE_MEDICATION, "15:15"),
        ((), "10:00", Phase.INFUSION, "15:30"),
        ((), "13:30", Phase.INFUSION, None),
        ((), "13:29:59", Phase.INFUSION, "15:30"),
        ((SLOW,), "12:00", Phase.INFUSION, "17:30"),
        ((paused("11:00"),), "12:00", Phase.INFUSION, None),
        ((("10:30", RED),), "12:00", Phase.INFUSION, None),
        ((("13:30", InfusionCompleted()),), "14:00", Phase.INFUSION, "15:30"),
        ((("13:30", InfusionCompleted()),), "15:30", Phase.INFUSION, None),
        ((("13:30", InfusionCompleted()),), "15:29:59", Phase.INFUSION, "15:30"),
        ((("13:30", InfusionCompleted()), ("15:30", Discharged(where_to="home"))), "16:00", Phase.INFUSION, None),
    ],
)
def test_when_the_chair_comes_free_as_far_as_it_is_known(lines, now, phase, free):
    assert shown(*lines, now=now, phase=phase).free_at == (at(free) if free else None)


def test_the_deadlines_are_the_moments_at_which_something_changes():
    built = an_infusion_day(("10:30", NORMAL), phase=Phase.INFUSION)
    facts = (
        *built.facts[:4],
        replace(built.facts[3], position=7, details=BAG, happened_at=at("08:50")),
        *built.facts[4:],
    )
    found = chair_status(replace(built, facts=facts), its_course(built), the_protocol(), at("10:50"))
    assert [moment.strftime("%H:%M") for moment in found.deadlines] == [
        "11:20", "11:30", "11:45", "13:30", "13:40", "16:50",
    ]  # fmt: skip


def test_a_set_that_grows_too_old_and_a_review_that_ends_are_deadlines():
    ready = an_infusion_day(*ready_lines(), phase=Phase.PRE_MEDICATION)
    fresh = chair_status(ready, its_course(ready), the_protocol(), at("09:30"))
    assert fresh.deadlines[0] == at("09:40") + timedelta.resolution
    assert "start" not in chair_status(ready, its_course(ready), the_protocol(), fresh.deadlines[0]).allowed
    reviewed = DoctorReviewed(doctor="Dr Sand", decision="go on", until=at("15:50"))
    seen = shown(("13:30", InfusionCompleted()), ("15:40", NORMAL), ("15:41", reviewed), now="15:45")
    assert seen.deadlines[:2] == (at("15:50"), at("15:55") + timedelta.resolution)


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        (("08:05", CheckAnswered(check="blood count date", answer="2026-10-21")), ""),
        (
            ("08:05", CheckAnswered(check="blood count date", answer="2026-10-20")),
            "20-Oct-2026: more than 30 days ago.",
        ),
        (("08:05", CheckAnswered(check="last vaccine", answer="2026-10-09")), ""),
        (("08:05", CheckAnswered(check="last vaccine", answer="2026-10-10")), "10-Oct-2026: less than 42 days ago."),
        (("08:05", a_set(pressure="140/80")), "Blood pressure is high before the infusion: ask the doctor"),
        (("08:05", a_set(pressure="139/90")), "Blood pressure is high before the infusion: ask the doctor"),
        (("08:05", a_set(pressure="100/60")), ""),
        (("08:05", a_set(115)), ""),
    ],
)
def test_what_a_doctor_wants_to_know_before_the_start_is_told_and_locks_nothing(line, warning):
    built = an_infusion_day(line, phase=Phase.PRE_MEDICATION)
    found = chair_status(built, its_course(built), the_protocol(), at("08:30"))
    assert len(found.warnings) == bool(warning)
    assert warning in " ".join(found.warnings)


def test_warnings_of_the_course_are_told():
    built = an_infusion_day(phase=Phase.PRE_MEDICATION, course=5)
    found = chair_status(built, Course(number=5), the_protocol(), at("09:00"))
    assert found.warnings == ("Course 5: 4 courses are foreseen.",)
    assert found.days_in_course == 3
