"""What one card says in every state, wide and narrow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components import chair_card
from models.clinical.findings import Level
from models.clinical.status import ChairStatus, CheckStatus, NextStep
from models.ward_status import ChairView
from tests.components import statuses
from tests.components.reading import part, parts, read
from tests.components.statuses import ZONE, ago, ahead, at


def card_of(status: ChairStatus | None, nurse: str = "Okafor", same_name: tuple[str, ...] = (), **view: Any):
    label = status.chair if status else "13"
    return chair_card.card(ChairView(label=label, status=status, **view), ZONE, nurse, same_name)


def line(status: ChairStatus, css: str, hidden: str = "narrow") -> str:
    return read(part(card_of(status)["children"], css), hidden)


def look(status: ChairStatus) -> str:
    return card_of(status)["className"].removeprefix("chair-card live card-").split()[0]


STATES = [
    # state | whole card | phase and its time | what now, wide | what now, narrow
    (statuses.expected, "normal", "Expected 14:30", "Arrives 14:30 in 7min", "Arrives 14:30 in 7min"),
    (
        statuses.medicine_not_given,
        "normal",
        "Pre-medication 18min waiting",
        "Medicine not given yet",
        "Medicine not given",
    ),
    (statuses.hour_one, "normal", "Pre-medication 22min left", "May start 14:45 in 22min", "May start 14:45 in 22min"),
    (statuses.calm, "normal", "Infusion 2hr 05min left", "Next 14:31 in 8min", "Next 14:31 in 8min"),
    (statuses.amber, "amber", "Infusion 1hr 42min left", "Amber – repeat in 9min 14:32", "Repeat in 9min Amber"),
    (statuses.paused, "normal", "Paused 32min · resume by 14:55 · rash", "Next 14:49 in 26min", "Next 14:49 in 26min"),
    (statuses.slowed, "amber", "Infusion, slowed 1hr 07min left", "Bag expires 14:55 in 32min", "Bag 14:55 in 32min"),
    (statuses.overdue, "amber", "Infusion 57min left", "Overdue 12min was due 14:11", "Overdue 12min 14:11"),
    (statuses.observation, "normal", "Observation 40min left", "Final set 15:03 in 40min", "Final 15:03 in 40min"),
    (
        statuses.extended,
        "amber",
        "Observation, extended +48min",
        "Amber – repeat in 2min 14:25",
        "Repeat in 2min Amber",
    ),
    (statuses.ready, "normal", "Ready to go home since 14:11", "Nothing missing", "Nothing missing"),
    (
        statuses.red,
        "red",
        "Infusion 2hr 31min left",
        "Red – stop and evaluate chest pain · nobody answered",
        "Red – stop chest pain",
    ),
    (statuses.stopped, "red", "Stopped – evaluation open 1min", "Stopped – evaluate chest pain", "Stopped chest pain"),
]


@pytest.mark.parametrize(("state", "whole", "phase", "wide", "narrow"), STATES, ids=[row[0].__name__ for row in STATES])
def test_every_state_is_told_by_words(state, whole: str, phase: str, wide: str, narrow: str):
    status = state(**{"evaluation_opened_at": ago(1)} if state is statuses.stopped else {})
    assert look(status) == whole
    assert line(status, "phase") == phase
    assert line(status, "prompt") == wide
    assert line(status, "prompt", hidden="wide") == narrow


def test_a_level_is_word_and_shape_and_colour_together():
    amber, red = card_of(statuses.amber()), card_of(statuses.red())
    assert parts(amber["children"], "prompt-amber") and parts(amber["children"], "icon-triangle")
    assert "Amber" in line(statuses.amber(), "prompt") and "Amber" in line(statuses.amber(), "prompt", "wide")
    assert parts(red["children"], "prompt-red") and parts(red["children"], "icon-octagon")
    assert "Red" in line(statuses.red(), "prompt") and "Red" in line(statuses.red(), "prompt", "wide")


def test_a_calm_card_has_no_level_word_shape_or_colour():
    shown = card_of(statuses.calm())
    for css in ("icon-triangle", "icon-octagon", "icon-dashed-circle", "prompt-amber", "prompt-red", "tint-amber"):
        assert parts(shown["children"], css) == []


def test_only_the_value_that_has_the_level_is_tinted():
    pressure, heart = statuses.amber(), statuses.amber(findings=(), last_set=statuses.a_set(
        118, 120, 70, ago(2), findings=(statuses.a_finding("heart_rate", 118, Level.AMBER),)))  # fmt: skip
    assert [read(one) for one in parts(card_of(pressure)["children"], "tint-amber")] == ["142/88 mmHg"]
    assert [read(one) for one in parts(card_of(heart)["children"], "tint-amber")] == ["118 /min"]


def test_units_stand_beside_the_numbers_and_the_age_at_the_end():
    assert line(statuses.calm(), "vitals") == "88 /min 118/72 mmHg 52min ago"
    units = [read(one) for one in parts(card_of(statuses.calm())["children"], "unit")]
    assert units == ["left", "/min", "mmHg"]


def test_what_was_not_measured_is_said_and_dashed_and_never_an_old_value():
    status = statuses.not_measured()
    assert look(status) == "not-measured"
    assert line(status, "vitals") == "70 /min not measured 4min ago"
    assert parts(card_of(status)["children"], "icon-dashed-circle")
    assert "not measured" in card_of(status)["aria-label"]


def test_zero_is_a_measurement():
    status = statuses.calm(last_set=statuses.a_set(0, 118, 72, ago(1)))
    assert line(status, "vitals").startswith("0 /min")


def test_nobody_is_said():
    shown = read(part(card_of(statuses.overdue(), nurse="nobody")["children"], "foot"))
    assert shown == "! 1 alert free 17:20 nobody"


def test_a_stopped_chair_stays_framed_whatever_the_numbers():
    status = statuses.stopped()
    assert status.level is Level.NORMAL
    assert look(status) == "red"
    assert line(status, "foot") == "free: not known Okafor"


def test_red_whose_infusion_stands_says_evaluate_not_stop():
    words = line(statuses.paused(level=Level.RED, evaluation_open=True, evaluation_reason="chest pain"), "prompt")
    assert words.startswith("Red – evaluate")


def test_red_and_overdue_says_both():
    status = statuses.red(overdue_s=300, next_round_due_at=ago(5))
    assert "vital signs overdue 5min" in line(status, "prompt")


def test_an_overdue_amber_keeps_its_word():
    status = statuses.amber(overdue_s=720, next_round_due_at=at("14:11"))
    assert line(status, "prompt") == "Amber – overdue 12min 14:11"
    assert line(status, "prompt", "wide") == "Overdue 12min Amber"


def test_a_review_that_is_due_is_said():
    assert line(statuses.amber(review_due=True), "prompt") == "Amber – review due next 14:32"


def test_the_bag_is_told_in_amber_below_when_something_is_due_sooner():
    status = statuses.slowed(next_round_due_at=at("14:31"))
    assert line(status, "prompt") == "Next 14:31 in 8min"
    assert read(part(card_of(status)["children"], "bag")) == "bag 14:55"
    assert look(status) == "amber"


def test_a_bag_that_has_expired_is_said():
    status = statuses.slowed(bag_expires_at=at("14:20"))
    assert line(status, "prompt") == "Bag expired 14:20"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "Complete infusion since 14:23"), (12, "Past forecast 12min was 14:11")]
)
def test_the_end_of_the_infusion_is_called_for(minutes: int, words: str):
    ended = ago(minutes)
    step = NextStep(what="Complete infusion", due_at=ended, level=Level.AMBER, overdue=True)
    status = statuses.calm(forecast_end=ended, past_forecast=minutes > 10, next_step=step)
    assert line(status, "prompt") == words


def test_what_is_due_before_the_next_round_is_the_next_thing():
    step = NextStep(what="Complete infusion", due_at=ahead(5))
    assert line(statuses.calm(next_step=step, next_round_due_at=ahead(30)), "prompt") == "Ends 14:28 in 5min"


def test_hour_one_says_how_much_is_left_to_do_and_is_late_only_then():
    lines = tuple(CheckStatus(id=str(n), words="", kind="yes_no", state=state)
                  for n, state in enumerate(["missing", "blocked", "done", "optional"]))  # fmt: skip
    assert "2 to do" in line(statuses.hour_one(hour_one=lines), "foot")
    late = statuses.hour_one(hour_one=lines, may_start_at=ago(12))
    assert line(late, "prompt") == "Late – 2 to do since 14:11"
    assert line(statuses.hour_one(may_start_at=ago(12)), "prompt") == "May start since 14:11"


def test_somebody_expected_who_is_late_is_overdue_on_every_card():
    late = statuses.expected(planned_start=ago(425))
    assert line(late, "prompt") == "Arrives 07:18 overdue 7hr 05min"
    assert line(late, "prompt", hidden="wide") == "Overdue 7hr 05min 07:18"
    assert "overdue" in card_of(late)["aria-label"]


@pytest.mark.parametrize(("by", "said"), [(at("14:23"), "resume by 14:23"), (at("14:22"), "rest no longer fits")])
def test_a_time_to_resume_that_has_passed_says_that_the_rest_no_longer_fits(by, said):
    assert line(statuses.paused(resume_by=by), "phase") == f"Paused 32min · {said} · rash"


def test_a_pause_names_its_reason_whatever_the_width():
    for reason in ("reaction", "doctor's order"):
        status = statuses.paused(pause_reason=reason)
        assert reason in read(card_of(status)["children"], "narrow")
        assert reason in read(card_of(status)["children"], "wide")


@pytest.mark.parametrize("same", [("5",), ("5", "9")])
def test_the_same_family_name_is_said_once_at_any_width(same: tuple[str, ...]):
    for family in ("Dunne", "Castellanos-Ibarra"):
        shown = card_of(statuses.calm(family=family), same_name=same)["children"]
        for hidden in ("narrow", "wide"):
            assert read(shown, hidden).count(f"same name: {', '.join(same)}") == 1
    many = card_of(statuses.calm(), same_name=("1", "2", "3"))
    assert "same name: 3 chairs" in read(many["children"])


def test_who_comes_next_to_this_chair_is_said():
    later = statuses.expected(family="Castellanos-Ibarra", planned_start=at("19:30"))
    shown = card_of(statuses.calm(), later=(later,))["children"]
    assert read(part(shown, "then")) == "then 19:30 CASTELLANOS-IBARRA"


def test_a_free_chair_says_since_when_and_who_left():
    gone = card_of(statuses.discharged(), free_since=at("13:40"))
    assert "card-free" in gone["className"]
    assert read(gone["children"]) == "13 Free since 13:40 LAFONTAINE, Bastien · discharged"
    assert read(card_of(None)["children"]) == "13 Free all day"


def test_the_card_has_a_name_without_anything_that_ticks():
    assert card_of(statuses.amber())["aria-label"] == "Chair 4, DUNNE Aoife, Infusion, Amber, repeat 14:32"
    assert (
        card_of(statuses.red())["aria-label"]
        == "Chair 6, EL-SAYED Noor, Infusion, Red – stop and evaluate, chest pain, 1 alert"
    )
    assert card_of(None)["aria-label"] == "Chair 13, free"


def test_urgency_orders_by_level_then_by_what_is_due_first():
    order = [statuses.red, statuses.overdue, statuses.extended, statuses.amber, statuses.slowed, statuses.calm,
             statuses.expected, statuses.discharged]  # fmt: skip
    ranks = [chair_card.urgency(ChairView(label=state().chair, status=state()), ZONE) for state in order]
    assert ranks == sorted(ranks) and len(set(ranks)) == len(ranks)


def test_everything_that_ticks_is_left_empty_for_the_browser():
    def ticking(tree: Any) -> list[Any]:
        if isinstance(tree, list | tuple):
            return [one for child in tree for one in ticking(child)]
        if not hasattr(tree, "to_plotly_json"):
            return []
        mine = [tree] if any(name.startswith("data-") for name in tree.to_plotly_json()["props"]) else []
        return mine + ticking(getattr(tree, "children", None))

    for state in statuses.TWELVE:
        for one in ticking(card_of(state())["children"]):
            assert getattr(one, "children", None) is None


def test_a_passing_minute_changes_nothing_of_a_card():
    for state in (statuses.calm, statuses.amber, statuses.overdue, statuses.observation):
        status = state()
        later = replace(status, now=ahead(1))
        assert str(card_of(status)) == str(card_of(later))


def test_only_identity_labels_and_units_stay_readable_when_values_are_veiled():
    def staying(tree: Any) -> str:
        return read([f"{read(one)} " for one in parts(tree, "stays")])

    assert staying(card_of(statuses.calm())["children"]) == "5 DUNNE, Aoibhe · day 2 of 5 5 left /min mmHg ago"
    assert staying(card_of(statuses.discharged())["children"]) == "13"
