"""The alerts of a chair on its page: each that stands, its reason, its own answers, how many are silenced."""

from __future__ import annotations

import json
from typing import Any

import pytest

from components.alert_panel import alert_panel, panel_class
from components.alert_words import count_words
from models.clinical.alert import Alert, AlertKind, AlertState, Priority
from models.clinical.findings import Level
from models.clinical.protocol import load
from models.clinical.status import ChairStatus
from tests.components.reading import parts, read
from tests.components.statuses import STAFF, ZONE, a_status, ahead, an_alert, at

PROTOCOL = load()


def high(ident: str = "chest/18", **changes: Any) -> Alert:
    return an_alert(ident, **({"priority": Priority.HIGH, "words": "Chest pain", "level": Level.RED} | changes))


def seen(ident: str = "seen/3", **changes: Any) -> Alert:
    answered = {"state": AlertState.SEEN, "answered_by": "okafor", "answered_at": at("14:20"), "silenced": True}
    return an_alert(ident, **(answered | changes))


def with_alerts(*alerts: Alert, **changes: Any) -> ChairStatus:
    return a_status("4", "Dunne", "Aoife", **({"alerts": alerts, "allowed": ("answer-alert",)} | changes))


def drawn(status: ChairStatus):
    return alert_panel(status, PROTOCOL, STAFF, ZONE)


def answers(line) -> list[dict[str, str]]:
    bodies = (getattr(button, "data-body", None) for button in parts(line, "alert-answer"))
    return [json.loads(body) for body in bodies if body]


def test_a_chair_without_alerts_has_no_panel() -> None:
    assert drawn(with_alerts()) is None


def test_an_alert_says_its_priority_the_limit_with_its_source_the_reason_the_next_step_and_its_age() -> None:
    words = read(drawn(with_alerts(an_alert())))
    for said in ("!!", "Systolic 146 mmHg: abnormal", "amber from 140", "CTCAE grade 2", "Beyond the limit.",
                 "Repeat in 15 min.", "2min"):  # fmt: skip
        assert said in words
    assert parts(drawn(with_alerts(an_alert())), "badge-medium")


@pytest.mark.parametrize(("priority", "mark"), [(Priority.HIGH, "!!!"), (Priority.MEDIUM, "!!"), (Priority.LOW, "!")])
def test_the_priority_is_a_mark_and_a_spoken_word_beside_its_colour(priority: Priority, mark: str) -> None:
    badge = parts(drawn(with_alerts(an_alert(priority=priority))), f"badge-{priority.word}")[0]
    assert read(badge) == mark
    assert badge.children[0].children == f"{priority.word} priority: "


def test_every_standing_alert_has_a_line_and_buttons_of_its_own() -> None:
    lines = parts(drawn(with_alerts(high(), an_alert(), an_alert("pulse/4"))), "alert-line")
    assert [getattr(line, "data-alert") for line in lines] == ["chest/18", "systolic high/17", "pulse/4"]
    for line in lines:
        assert {body["alert"] for body in answers(line)} == {getattr(line, "data-alert")}


def test_a_medium_alert_is_answered_seen_acting_or_known_and_accepted() -> None:
    line = parts(drawn(with_alerts(an_alert())), "alert-line")[0]
    assert [body["answer"] for body in answers(line)] == ["seen", "acting", "known and accepted"]


@pytest.mark.parametrize("what", ["review due", "review ended"])
def test_a_review_that_is_due_leads_to_its_form(what: str) -> None:
    line = drawn(with_alerts(an_alert(what=what)))
    assert [said["answer"] for said in answers(line)] == ["seen", "acting"]
    assert getattr(parts(line, "alert-answer")[-1], "data-open") == "review"


def test_a_high_alert_is_answered_with_an_outcome_too() -> None:
    line = parts(drawn(with_alerts(high())), "alert-line")[0]
    outcomes = [body["outcome"] for body in answers(line) if body["answer"] == "outcome"]
    assert outcomes == list(PROTOCOL.alert_outcomes)


def test_what_ends_by_itself_has_nothing_to_answer() -> None:
    assert not parts(drawn(with_alerts(an_alert(needs_answer=False, kind=AlertKind.TASK))), "alert-answer")


def test_where_nothing_may_be_recorded_nothing_is_offered() -> None:
    assert not parts(drawn(with_alerts(high(), an_alert(), allowed=())), "alert-answer")


def test_an_answered_one_is_one_line_with_who_when_and_when_it_returns() -> None:
    line = parts(drawn(with_alerts(seen(returns_at=ahead(2)))), "alert-line")[0]
    assert "Seen 14:20 Okafor · returns in 2min" in read(parts(line, "alert-head"))
    assert line.children.open is None
    assert "alert-quiet" in line.className


def test_what_a_doctor_accepts_names_the_doctor_and_the_end() -> None:
    accepted = seen(state=AlertState.ACCEPTED, doctor="Dr Okonkwo", until=at("15:30"))
    words = read(drawn(with_alerts(accepted)))
    assert "Known and accepted 14:20 Okafor · Dr Okonkwo · until 15:30" in words


def test_the_third_unanswered_one_waits_in_one_line_and_hides_nothing() -> None:
    several = [an_alert(f"a/{number}") for number in range(4)]
    lines = parts(drawn(with_alerts(*several)), "alert-line")
    assert [bool(line.children.open) for line in lines] == [True, True, False, False]
    assert all("Systolic 146 mmHg: abnormal" in read(parts(line, "alert-head")) for line in lines)


def test_how_many_are_silenced_is_always_said() -> None:
    assert count_words((high(), seen(), seen("b/1"))) == "3 alerts · 2 silenced"
    assert "2 alerts · 1 silenced" in read(drawn(with_alerts(high(), seen())))
    assert count_words((an_alert(),)) == "1 alert"


def test_only_what_waits_for_an_answer_flashes() -> None:
    lines = parts(drawn(with_alerts(high(), seen(), an_alert("low/1", needs_answer=False))), "alert-line")
    assert ["alert-waits" in line.className for line in lines] == [True, False, False]


def test_a_high_one_that_is_normal_again_says_that_it_waits_for_its_outcome() -> None:
    assert "Normal again; it waits for its outcome." in read(drawn(with_alerts(high(holds=False))))


def test_what_was_raised_again_and_what_was_escalated_says_so() -> None:
    words = read(drawn(with_alerts(high(times_raised=2, escalated=True, note="Not repeated by 14:10."))))
    assert "Not repeated by 14:10. Raised 2 times. On the charge nurse's board." in words


def test_a_tap_on_the_limit_leads_to_the_reading_in_the_day_record() -> None:
    limit = parts(drawn(with_alerts(an_alert())), "alert-limit")[0]
    assert (getattr(limit, "data-open"), getattr(limit, "data-reading")) == ("record", "17")


def test_below_an_open_evaluation_the_worst_that_waits_has_one_line_and_the_rest_is_counted() -> None:
    status = with_alerts(high(), an_alert("bag/1"), seen("red/9", priority=Priority.HIGH), evaluation_open=True)
    lines = parts(drawn(status), "alert-short")
    assert [getattr(line, "data-alert") for line in lines] == ["chest/18"]
    assert [body["answer"] for body in answers(lines[0])] == ["seen", "acting"]
    assert "3 alerts · 1 silenced · 1 more to answer" in read(drawn(status))
    assert "alerts-short" in panel_class(status)
    answered = with_alerts(seen("red/9", priority=Priority.HIGH), evaluation_open=True)
    assert read(drawn(answered)) == "1 alert · 1 silenced"
