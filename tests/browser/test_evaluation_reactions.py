"""Ward stories of suspected reactions: from the first abnormal value to the doctor's decision, on every screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.chair_steps import choose, facts_of, save, status_of, tap, type_set, wait_for_level, wait_for_state
from tests.browser.tablet import UPRIGHT, WALL, Tablet
from tests.browser.ward_server import WardServer

pytestmark = pytest.mark.xdist_group("evaluation reactions")

STROKE = "[data-panel=stroke]"


@pytest.fixture(scope="module")
def ward(shared_ward: WardServer) -> WardServer:
    return shared_ward


def wait_for_head(tablet: Tablet, words: str) -> None:
    tablet.wait_until(lambda: words in tablet.text("#chair-next"), 10, f"the head never said {words!r}")


def wait_for_panel(tablet: Tablet, words: str) -> None:
    tablet.wait_until(lambda: words in tablet.text("#chair-red"), 10, f"the evaluation never said {words!r}")


def show_tab(tablet: Tablet, name: str) -> None:
    tap(tablet, f'#chair-red [role=tab][data-tab="{name}"]')


def wait_for_card(board: Tablet, chair: str, words: str) -> None:
    """On the wall: the card of this chair says so."""
    card = f"#card-{chair}"
    board.wait_until(lambda: words in board.text(card), 10, f"the board never said {words!r}")


def record_set(tablet: Tablet, level: str, *values: str) -> None:
    type_set(tablet, *values)
    wait_for_level(tablet, level)
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")


def step(list_name: str, name: str) -> str:
    """The button that records this step now."""
    return f'#chair-red [data-panel="{list_name}"] .ev-tick[data-body*=\'"step": "{name}"\']'


def test_rising_pressure_a_stroke_is_evaluated_and_the_course_discontinued(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    nurse = open_as("okafor", "/chair/5")
    second, board = open_as("mbeki", "/chair/5", size=UPRIGHT), open_as("farrell", "/", size=WALL)
    record_set(nurse, "Amber", "92", "164", "90")
    record_set(nurse, "Red", "94", "168", "92")
    for tablet in (nurse, second):
        wait_for_head(tablet, "Red – stop and evaluate")
        assert "Call 2222" in tablet.text("#chair-red")
    assert second.run("return document.activeElement === document.body"), "the prompt takes no focus"
    tap(second, "#stop")
    wait_for_panel(nurse, "STOP recorded")
    wait_for_card(board, "5", "Stopped – evaluate")

    tap(nurse, "#chair-red .ev-reaction[data-tab=stroke]")
    nurse.wait_until(lambda: nurse.find_element(f"#chair-red {STROKE}").is_displayed())
    assert not second.find_elements(f"#chair-red {STROKE}:not([hidden])"), "the other tablet stays where it is"
    show_tab(second, "stroke")
    tap(second, step("stroke", "stroke team"))
    wait_for_panel(nurse, "Mbeki")
    tap(nurse, step("stroke", "last known well"))
    save(nurse, "evaluation-past")
    nurse.wait_until(lambda: "never taken as now" in nurse.text("#form-evaluation-past .ask"))
    assert not [fact for fact in facts_of(ward, "5", "EvaluationStep") if fact["step"] == "last known well"]
    choose(nurse, "evaluation-past", "5")
    save(nurse, "evaluation-past")
    wait_for_panel(second, "Okafor · 5min")
    assert nurse.find_element(f"#chair-red {STROKE}").is_displayed(), "a redraw leaves the tab"

    tap(nurse, "#chair-acts [data-open=close-evaluation]")
    tap(nurse, "#chair-red [data-body*=permanently]")
    choose(nurse, "close-evaluation", "Dr Lind")
    save(nurse, "close-evaluation")
    nurse.wait_until(lambda: "say the doctor’s reason first" in nurse.text("#form-close-evaluation .ask"))
    nurse.find_element("#form-close-evaluation .field-text input").send_keys("Bleed on CT")
    save(nurse, "close-evaluation")
    nurse.wait_until(lambda: "Discontinued permanently" in nurse.text("#form-close-evaluation .ask"))
    assert not facts_of(ward, "5", "EvaluationClosed"), "it is asked first"
    tap(nurse, "#form-close-evaluation .ask button")
    for tablet in (nurse, second):
        tablet.wait_until(lambda tablet=tablet: not tablet.text("#chair-red"))
    (closed,) = facts_of(ward, "5", "EvaluationClosed")
    assert (closed["outcome"], closed["doctor"]) == ("discontinued permanently", "Dr Lind")


def test_chest_pain_with_normal_numbers_is_red_and_never_covers_what_is_being_typed(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    nurse, typing = open_as("okafor", "/chair/8"), open_as("mbeki", "/chair/8")
    board = open_as("farrell", "/", size=WALL)
    tap(typing, "#vs-heart-rate")
    tap(typing, "#keypad [data-key='9']")
    tap(nurse, "#chair-acts [data-open=symptoms]")
    tap(nurse, "#form-symptoms [data-symptom='chest pain']")
    save(nurse, "symptoms")
    wait_for_head(typing, "Red – stop and evaluate")
    tap(typing, "#keypad [data-key='2']")
    assert typing.run("return [document.activeElement.id, document.activeElement.value]") == ["vs-heart-rate", "92"]
    wait_for_card(board, "8", "Red – stop and evaluate")
    wait_for_panel(nurse, "suggested by chest pain. Not diagnosed.")
    tap(nurse, "#chair-red [data-panel=now] [data-act=call]")
    wait_for_panel(nurse, "called ")
    tap(nurse, "#chair-red [data-panel=now] [data-act=evaluation-step]")
    nurse.wait_until(lambda: len(facts_of(ward, "8", "EvaluationStep")) == 1)
    show_tab(nurse, "decision")
    assert "Record STOP before closing" in nurse.text("#chair-red"), "what is refused now says why"
    tap(nurse, "#chair-red [data-body*=resumed]")
    choose(nurse, "close-evaluation", "Dr Okonkwo")
    nurse.find_element("#form-close-evaluation .field-text input").send_keys("ECG unchanged")
    save(nurse, "close-evaluation")
    for tablet in (nurse, typing):
        tablet.wait_until(lambda tablet=tablet: not tablet.text("#chair-red"))
    board.wait_until(lambda: "Red" not in board.text("#card-8"), 10, "the board follows the doctor's decision")
    assert status_of(ward, "8")["state"] == "running"


def test_coughing_blood_with_spo2_falling_stops_and_the_patient_goes_to_intensive_care(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet, second = open_as("okafor", "/chair/4"), open_as("mbeki", "/chair/4")
    board = open_as("farrell", "/", size=WALL)
    tap(tablet, "#vs-more-open")
    type_set(tablet, "112", "124", "78")
    tap(tablet, "#vs-spo2")
    tablet.driver.switch_to.active_element.send_keys("88")
    tap(tablet, "#form-vital-signs [data-symptom=bleeding]")
    wait_for_level(tablet, "Red")
    tap(tablet, "#vs-save")
    wait_for_panel(tablet, "suggested by bleeding")
    tap(tablet, "#stop")
    for one in (tablet, second):
        wait_for_panel(one, "STOP recorded")
    wait_for_card(board, "4", "Stopped – evaluate")
    suggested = tablet.run("return [...document.querySelectorAll('.ev-suggested')].map(b => b.innerText)")
    assert suggested == ["Lung: haemorrhage", "Bleeding: low platelets"]
    tap(tablet, "#chair-red .ev-reaction[data-tab='pulmonary haemorrhage']")
    tap(tablet, "#chair-red [data-panel='pulmonary haemorrhage'] [data-open=evaluation-found]")
    tablet.find_element("#form-evaluation-found .field-text input").send_keys("two spoonfuls")
    save(tablet, "evaluation-found")
    wait_for_panel(tablet, "two spoonfuls")
    tap(tablet, "#chair-red [role=tab][data-tab=decision]")
    tap(tablet, "#chair-red [data-body*=transferred]")
    choose(tablet, "close-evaluation", "Dr Sørensen")
    tablet.find_element("#form-close-evaluation .field-text input").send_keys("Bleeding into the lung?")
    save(tablet, "close-evaluation")
    tablet.wait_until(tablet.find_element("#form-transfer").is_displayed, 10, "the decision never led to the transfer")
    assert not tablet.find_elements("#form-transfer [data-value='home']"), "home is no place of care"
    choose(tablet, "transfer", "emergency or intensive care")
    tablet.find_element("#transfer-receiver-typed").send_keys("Dr Chen, intensive care")
    save(tablet, "transfer")
    second.wait_until(second.find_element("#panel-record").is_displayed, 10, "the second tablet follows")
    wait_for_card(board, "4", "transferred")


def test_a_rash_pauses_the_infusion_and_a_doctor_lets_it_go_on_at_half_the_rate(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    tablet, second = open_as("okafor", "/chair/9"), open_as("mbeki", "/chair/9")
    board = open_as("farrell", "/", size=WALL)
    before = status_of(ward, "9")["rate_ml_per_hour"]
    tap(tablet, "#chair-acts [data-open=symptoms]")
    tap(tablet, "#form-symptoms [data-symptom=rash]")
    save(tablet, "symptoms")
    wait_for_state(tablet, "Saved ")
    tap(tablet, "#chair-acts [data-open=pause]")
    choose(tablet, "pause", "reaction")
    save(tablet, "pause")
    wait_for_card(board, "9", "Paused")
    second.wait_until(lambda: "Paused" in second.text("#chair-timers"))
    tap(tablet, "#chair-acts [data-locked]")
    tap(tablet, "#chair-said [data-open=resume]")
    assert tablet.find_element("#form-resume [data-field=doctor]").is_displayed(), "it asks who decided"
    save(tablet, "resume")
    assert status_of(ward, "9")["state"] == "paused", "nobody resumes it without a doctor's name"
    choose(tablet, "resume", "Dr Lind")
    tablet.find_element("#form-resume [data-field=reason] input").send_keys("Rash settled")
    save(tablet, "resume")
    tablet.wait_until(lambda: status_of(ward, "9")["state"] == "running")
    wait_for_card(board, "9", "slowed")
    second.wait_until(lambda: "slowed" in second.text("#chair-timers"))
    assert status_of(ward, "9")["rate_ml_per_hour"] == pytest.approx(before / 2, abs=0.06)
    assert [closed["outcome"] for closed in facts_of(ward, "9", "EvaluationClosed")] == ["slowed"]
    assert all("422" in line for line in tablet.console())
