"""What the left column of a chair says while an evaluation is open."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from components.evaluation_decision import blocked_by
from components.evaluation_panel import evaluation_panel, which
from components.evaluation_words import red_title
from components.next_step import next_step
from models.clinical import facts as f
from models.clinical.findings import Level
from models.clinical.open_evaluation import CallView, EvaluationView
from models.clinical.status import ChairStatus, InfusionState, NextStep
from tests.components import statuses
from tests.components.evaluations import PROTOCOL, an_evaluation
from tests.components.reading import part, parts, read
from tests.components.statuses import ZONE, ago, ahead
from tests.components.test_chair_words import a_fact


def seen(status: ChairStatus, **changes: Any) -> str:
    return read(drawn(status, **changes))


def drawn(status: ChairStatus, **changes: Any) -> Any:
    assert status.evaluation is not None
    return evaluation_panel(statuses.a_ward(), replace(status, evaluation=replace(status.evaluation, **changes)))


def marks(component: Any) -> dict[str, Any]:
    return component.to_plotly_json()["props"]


def reactions_with(evaluation: EvaluationView, reaction: str, **changes: Any) -> tuple[Any, ...]:
    return tuple(replace(one, **changes) if one.id == reaction else one for one in evaluation.reactions)


def with_step(evaluation: EvaluationView, step: str, **changes: Any) -> EvaluationView:
    def ticked(steps: Any) -> Any:
        return tuple(replace(one, **changes) if one.id == step else one for one in steps)

    reactions = tuple(replace(one, steps=ticked(one.steps)) for one in evaluation.reactions)
    return replace(evaluation, head=ticked(evaluation.head), reactions=reactions)


def cell(status: ChairStatus, words: str) -> Any:
    return next(one for one in parts(drawn(status), "ev-step") if words in read(one))


# what the infusion does | level | title | what comes first
HEADS = [
    (None, Level.RED, "Red – do not start", "Do not start the infusion"),
    (None, Level.NORMAL, "Do not start – evaluate", "Do not start the infusion"),
    (InfusionState.RUNNING, Level.RED, "Red – stop and evaluate", "STOP: red button below. Then the pump, by hand."),
    (InfusionState.RUNNING, Level.NORMAL, "Evaluation open", "STOP: red button below"),
    (InfusionState.PAUSED, Level.RED, "Red – evaluate", "Paused. STOP, red button below, if it must not go on."),
    (InfusionState.STOPPED, Level.RED, "Stopped – evaluate", "STOP recorded"),
    (InfusionState.STOPPED, Level.NORMAL, "Stopped – evaluate", "STOP recorded"),
    (InfusionState.COMPLETED, Level.RED, "Red – evaluate", "The infusion has ended"),
]


@pytest.mark.parametrize(("state", "level", "title", "first"), HEADS)
def test_each_state_of_the_infusion_has_its_title_and_its_first_step(
    state: InfusionState | None, level: Level, title: str, first: str
) -> None:
    status = statuses.red(state=state, level=level)
    assert red_title(status)[0] == title and title in read(next_step(status, ZONE))
    assert first in seen(status)


def test_a_closed_evaluation_leaves_the_column_to_the_day_also_while_the_last_set_is_red() -> None:
    closed = a_fact(f.EvaluationClosed(outcome="resumed", doctor="Dr Lind", reason="settled"), 30)
    status = statuses.red(
        evaluation=None, evaluation_open=False, next_step=NextStep(what="Vital signs"), facts=(closed,)
    )
    assert evaluation_panel(statuses.a_ward(), status) == []
    assert "stop and evaluate" not in read(next_step(status, ZONE))
    assert "last set red · resumed 14:13 Dr Lind" in read(next_step(status, ZONE))


def test_a_stop_is_told_to_the_second_and_with_the_pump() -> None:
    stop = a_fact(f.InfusionStopped(reason=""), 31)
    words = seen(replace(statuses.stopped(), facts=(stop,)))
    assert "STOP recorded 14:13:00. Check that the pump stands still." in words


def test_whom_to_call_stands_before_any_reaction_and_the_emergency_team_first() -> None:
    words = seen(statuses.red())
    assert words.index("Call 2222, emergency team") < words.index("Which reaction?")
    assert "cardiology 5510" in words and "Dr Okonkwo" in words


def test_a_call_says_who_called_when_and_when_they_came() -> None:
    called = CallView(whom="emergency team", called_at=ago(3), called_by="mbeki", arrived_at=None)
    waiting = drawn(statuses.red(), calls=(called,))
    assert "called 14:20 Mbeki" in read(waiting)
    assert {"whom": "emergency team", "what": "arrived"} in [
        json.loads(marks(one)["data-body"]) for one in parts(waiting, "control") if "data-body" in marks(one)
    ]
    assert "came 14:22" in seen(statuses.red(), calls=(replace(called, arrived_at=ago(1)),))


def test_somebody_without_a_number_who_was_called_stands_in_the_list() -> None:
    hahn = CallView(whom="Professor Hahn", called_at=ago(2), called_by="mbeki", arrived_at=None)
    assert "Professor Hahn" in seen(statuses.red(), calls=(hahn,))


def test_a_reaction_is_suggested_by_symptoms_and_never_diagnosed() -> None:
    evaluation = an_evaluation(ago(1))
    told = reactions_with(evaluation, "myocardial ischaemia", preselected=True, because=("Chest pain",))
    panel = drawn(statuses.red(), reactions=told)
    assert "Dotted: suggested by chest pain. Not diagnosed." in read(panel)
    (suggested,) = parts(panel, "ev-suggested")
    assert marks(suggested)["aria-label"].endswith("suggested by chest pain, not diagnosed")
    assert "Dotted" not in seen(statuses.red())


def test_all_seven_reactions_and_none_of_these_are_offered() -> None:
    assert len(parts(drawn(statuses.red()), "ev-reaction")) == len(PROTOCOL.check_lists) + 1 == 8


@pytest.mark.parametrize("reaction", PROTOCOL.check_lists)
def test_a_chosen_reaction_has_its_tab_and_at_most_eight_ticks(reaction: str) -> None:
    panel = drawn(statuses.red(evaluation=an_evaluation(ago(5), chosen=reaction)))
    (shown,) = [one for one in parts(panel, "ev-panel") if marks(one)["data-panel"] == reaction]
    steps = PROTOCOL.check_lists[reaction].steps
    assert 0 < len(parts(shown, "ev-step")) == len(steps) <= 8
    assert PROTOCOL.check_lists[reaction].words in read(shown)


def test_the_steps_of_every_list_are_recorded_by_one_tap_or_open_a_form() -> None:
    for row in PROTOCOL.check_lists.values():
        panel = drawn(statuses.red(evaluation=an_evaluation(ago(5), chosen=row.id)))
        for one in parts(panel, "ev-step"):
            acts = [marks(b) for b in parts(one, "control")]
            assert all("data-send" in act or "data-open" in act for act in acts) and acts


@pytest.mark.parametrize(
    ("reaction", "words"),
    [("stroke", "Last known well"), ("dissection", "Last known well"), ("myocardial ischaemia", "Pain began at")],
)
def test_what_lies_in_the_past_is_asked_for_and_never_taken_as_now(reaction: str, words: str) -> None:
    (only,) = parts(cell(statuses.red(evaluation=an_evaluation(ago(5), chosen=reaction)), words), "control")
    assert marks(only)["data-open"] == "evaluation-past" and "data-send" not in marks(only)


def test_the_button_beside_the_full_set_says_that_it_records_the_ecg() -> None:
    assert "ECG done" in seen(statuses.red())
    done = with_step(an_evaluation(ago(9)), "ecg", done=True, at=ago(4), done_by="mbeki", position=22)
    assert "ECG done" not in seen(statuses.red(evaluation=done))


def test_an_evaluation_whose_reading_was_entered_in_error_says_so_and_leads_out() -> None:
    panel = drawn(statuses.red(), in_error=True)
    (way,) = parts(panel, "ev-in-error")
    assert "Entered in error: chest pain. No red reading stands." in read(way)
    assert "Close as entered in error …" in read(way)
    assert not parts(drawn(statuses.red()), "ev-in-error")


def test_a_tick_tells_when_and_who_and_counts_on() -> None:
    done = with_step(an_evaluation(ago(9)), "ecg", done=True, at=ago(4), done_by="mbeki", position=22)
    one = cell(statuses.red(evaluation=done), "12-lead ECG")
    assert "14:19 Mbeki" in read(one)
    (only,) = [marks(b) for b in parts(one, "control")]
    assert (only["data-open"], only["data-fact"]) == ("corrections", "22")


def test_a_step_with_a_mark_counts_down_and_may_be_due_again() -> None:
    due = with_step(an_evaluation(ago(1)), "ecg", due_at=ahead(9))
    assert "by 14:32 · in 9min" in read(cell(statuses.red(evaluation=due), "12-lead ECG"))
    again = with_step(due, "ecg", done=True, at=ago(1), done_by="mbeki", position=22)
    one = cell(statuses.red(evaluation=again), "12-lead ECG")
    assert "again by 14:32" in read(one) and any("data-send" in marks(b) for b in parts(one, "control"))


def test_an_outcome_refused_now_is_quiet_and_says_why() -> None:
    outcomes = tuple(
        replace(one, refused="Record STOP first." if one.id == "stopped today" else "")
        for one in an_evaluation(ago(1)).outcomes
    )
    panel = drawn(statuses.red(), outcomes=outcomes)
    (quiet,) = parts(panel, "quiet")
    assert read(quiet) == "Stopped today" and "data-body" not in marks(quiet)
    assert read(part(panel, "ev-refused")) == "Record STOP first."


def test_discontinued_permanently_says_what_it_blocks() -> None:
    assert "the 2 days left of course 1 and every later course of DUNNE, Aoibhe" in blocked_by(
        statuses.calm(day=3, days_in_course=5)
    )
    assert blocked_by(statuses.calm(day=5, days_in_course=5)).startswith("Discontinued permanently: every later")


def test_the_decision_reminds_of_the_report_and_gives_the_batch() -> None:
    bag = a_fact(f.BagPrepared(product="x", batch="B-2211", volume_ml=101.2), 5)
    assert f"Batch B-2211. {PROTOCOL.reporting}" in seen(replace(statuses.red(), facts=(bag,)))


def test_a_grade_is_shown_with_the_words_of_the_protocol() -> None:
    row = PROTOCOL.grades[2]
    assert f"Grade 3 {row.words}" in seen(statuses.red(), grade=3, grade_words=f"{row.words}. {row.action}")


def outcomes_of(status: ChairStatus) -> list[Any]:
    return parts(part(drawn(status), "ev-outcomes"), "control")


def test_a_held_infusion_goes_on_by_decision_and_resumption_in_one() -> None:
    opened = [marks(one)["data-open"] for one in outcomes_of(statuses.stopped(allowed=("resume",)))]
    assert opened[:2] == ["resume", "resume"] and set(opened[2:]) == {"close-evaluation"}
    assert {marks(one)["data-open"] for one in outcomes_of(statuses.red())} == {"close-evaluation"}


def test_a_corrected_time_is_the_same_evaluation_and_the_one_after_a_closing_another() -> None:
    first = statuses.red()
    earlier = replace(first, evaluation=an_evaluation(ago(7)))
    closed = a_fact(f.EvaluationClosed(outcome="resumed", doctor="Dr Lind", reason="settled"), 30)
    assert which(first) == which(earlier) != which(replace(first, facts=(closed,)))


def test_the_panel_holds_nothing_that_is_typed_into() -> None:
    assert not [one for one in everything(drawn(statuses.red())) if one._type in ("Input", "Textarea", "Form")]


def everything(tree: Any) -> list[Any]:
    if isinstance(tree, list | tuple):
        return [found for one in tree for found in everything(one)]
    if not hasattr(tree, "_type"):
        return []
    return [tree, *everything(getattr(tree, "children", None))]
