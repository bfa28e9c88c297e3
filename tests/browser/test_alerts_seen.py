"""Ward stories of alerts on screens: seen everywhere, answered once and one by one; calm chairs have none."""

from __future__ import annotations

import pytest

from tests.browser.alert_steps import CALM, a_set, alerts_of, answer, answered, later, line, quiet
from tests.browser.chair_steps import facts_of
from tests.browser.tablet import WALL, Tablet

pytestmark = pytest.mark.xdist_group("alerts seen")

AMBER = CALM | {"systolic": 146, "diastolic": 88}


def strip(board: Tablet) -> str:
    return board.text("#strip-waiting")


def test_an_alert_stands_on_a_second_tablet_and_the_board_is_answered_once_and_seen_answered_everywhere(ward, open_as):
    quiet(ward)
    with ward.client("mbeki") as monitor:
        a_set(monitor, "5", AMBER)
        a_set(monitor, "5", AMBER | {"systolic": 148})
    hers, his = open_as("lindqvist", "/chair/5"), open_as("okafor", "/chair/5")
    board = open_as("farrell", "/?wall", size=WALL)
    for tablet in (hers, his):
        tablet.wait_until(lambda tablet=tablet: "Doctor's review due" in line(tablet, "review due"))
    board.wait_until(lambda: "5 · review due" in strip(board))
    assert "flash-medium" in board.find_element("#card-5").get_attribute("class")
    answer(his, "review due", "Acting")
    for tablet in (hers, his):
        tablet.wait_until(lambda tablet=tablet: "Acting" in answered(tablet, "review due"), 5)
        assert "Okafor" in answered(tablet, "review due")
        assert tablet.run("return document.querySelectorAll('#chair-alerts .alert-waits').length") == 0
    board.wait_until(lambda: "5 · review due" not in strip(board), 5)
    assert "2 alerts, 2 silenced" in board.text("#card-5 .card-alerts")
    assert [one["answer"] for one in facts_of(ward, "5", "AlertAnswered")] == ["acting"]


def test_answering_one_alert_leaves_the_other_and_a_tap_on_a_list_that_just_changed_answers_nothing(ward, open_as):
    with ward.client("mbeki") as monitor:
        a_set(monitor, "5", AMBER | {"heart_rate": 118})
    # Nobody repeats them: both are raised again.
    later(ward, 16 * 60)
    tablet = open_as("lindqvist", "/chair/5")
    answer(tablet, "systolic high", "Seen")
    tablet.wait_until(lambda: "Seen" in answered(tablet, "systolic") and "Lindqvist" in answered(tablet, "systolic"))
    states = {one["id"].partition("/")[0]: one["state"] for one in alerts_of(ward, "5")}
    assert (states["systolic high"], states["heart_rate high"]) == ("seen", "raised")
    tablet.wait_until(lambda: tablet.run("return window.chairside.alerts.areSettled()"))
    tablet.find_element("#chair-alerts [data-alert^='heart_rate high'] .alert-limit").click()
    tablet.wait_until(lambda: "118" in tablet.text("#chair-record .reading-shown"))
    with ward.client("mbeki") as monitor:
        a_set(monitor, "5", AMBER)
    hasty = (
        "const line = document.querySelector('#chair-alerts [data-alert^=\"review due\"]');"
        "line?.querySelector('button.alert-answer').click(); return Boolean(line)"
    )
    tablet.wait_until(lambda: tablet.run(hasty))
    assert "Look, then tap again" in tablet.text("#chair-said")
    assert len(facts_of(ward, "5", "AlertAnswered")) == 1


def test_known_and_accepted_asks_for_the_doctor_and_the_end(ward, open_as):
    tablet = open_as("lindqvist", "/chair/4")
    tablet.find_element("#chair-alerts [data-alert^='systolic high'] summary").click()
    answer(tablet, "systolic high", "Known and accepted …")
    form = "#form-answer-alert"
    tablet.wait_until(lambda: "Systolic 146 mmHg" in tablet.text(f"{form} .form-about"))
    tablet.find_element(f"{form} [data-field=doctor] [data-value]").click()
    tablet.find_element(f"{form} [data-field=until] [data-value='30']").click()
    tablet.find_element(f"{form} button[type=submit]").click()
    tablet.wait_until(lambda: "Known and accepted" in answered(tablet, "systolic high"))
    assert "· Dr " in answered(tablet, "systolic high") and "· until " in answered(tablet, "systolic high")


def test_calm_chairs_a_few_minutes_late_have_nothing_to_answer_and_a_red_one_stands_still_where_motion_is_unwelcome(
    ward, open_as
):
    quiet(ward)
    board = open_as("farrell", "/?wall", size=WALL)
    with ward.client("okafor") as nurse:
        calm = sorted(("5", "7", "10", "12"), key=lambda chair: nurse.chair(chair)["next_round_due_at"])
        for late, chair in enumerate(calm):
            later(ward, 60 * late + 60, than=nurse.chair(chair)["next_round_due_at"])
            assert [one for one in nurse.chair(chair)["alerts"] if one["needs_answer"]] == []
            a_set(nurse, chair, CALM | {"heart_rate": 80})
            assert nurse.chair(chair)["alerts"] == []
        # Chair 7 is paused: by now its bag will not last, which is no fault of the rounds.
        for chair in set(calm) - {"7"}:
            card = board.find_element(f"#card-{chair}")
            assert "flash" not in card.get_attribute("class"), nurse.chair(chair)["alerts"]
        a_set(nurse, "12", CALM | {"symptoms": ["chest pain"]})
    board.wait_for_element("#card-12.flash-high")
    board.run(
        "window.beats = [];"
        "new MutationObserver(() => window.beats.push(getComputedStyle(document.getElementById('card-12')).boxShadow))"
        ".observe(document.documentElement, {attributes: true, attributeFilter: ['data-high-beat']})"
    )
    board.wait_until(lambda: len(board.run("return window.beats")) >= 4)
    assert board.run("return window.beats.map(one => one === 'none').join()") in (
        "true,false,true,false", "false,true,false,true",
    )  # fmt: skip
    board.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    )
    board.wait_until(lambda: not board.run("return document.documentElement.hasAttribute('data-high-beat')"))
    assert "rgb" in board.run("return getComputedStyle(document.getElementById('card-12')).boxShadow")
