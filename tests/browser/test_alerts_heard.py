"""Ward stories of alerts in the ear: who hears what, the pause a new high one breaks, escalation, a locked tablet."""

from __future__ import annotations

import pytest

from tests.browser.alert_steps import CALM, PAIN, a_set, bursts, heard, later, lock, quiet, sign_on_by_hand, sound
from tests.browser.tablet import WALL, Tablet

pytestmark = pytest.mark.xdist_group("alerts heard")


def test_the_nurse_of_the_chair_hears_it_elsewhere_only_after_a_minute_and_a_new_one_breaks_the_pause(
    ward, new_tablet, open_as
):
    quiet(ward)
    mine, other = new_tablet(ward.url), new_tablet(ward.url)
    sign_on_by_hand(mine, "okafor", "/chair/3")
    sign_on_by_hand(other, "mbeki", "/chair/7")
    mine.wait_until(lambda: bursts(mine) and sound(mine) in ("on", "sounding"))
    assert bursts(mine)[0] == "test"
    with ward.client("lindqvist") as monitor:
        a_set(monitor, "12", PAIN)
        mine.wait_until(lambda: "3" in bursts(mine), 5, "the responsible nurse did not hear it")
        assert mine.run("return window.chairside.alerts.bursts.at(-1).pulses") == 10
        assert mine.text("#chair-page [data-sound-button]") == "12"
        assert "chair 12, Chest pain" not in heard(other) and "3" not in bursts(other)
        said = "return [...document.querySelectorAll('#said-at-once p')].map(one => one.textContent)"
        assert mine.run(said).count("High priority: chair 12, Chest pain") == 1
        mine.find_element("[data-sound-button]").click()
        mine.wait_for_element("#sound-panel button").click()
        mine.wait_until(lambda: sound(mine) == "paused" and "1:5" in mine.text("[data-sound-button]"))
        a_set(monitor, "10", PAIN)
        mine.wait_until(lambda: sound(mine) == "sounding" and bursts(mine).count("3") >= 2, 8, "the pause held")
        later(ward, 61)
        other.wait_until(lambda: "chair 12, Chest pain" in heard(other) and "3" in bursts(other), 5)
    assert mine.run(said).count("High priority: chair 12, Chest pain") == 1
    board = open_as("farrell", "/?wall", size=WALL)
    board.wait_until(lambda: board.text(".waiting-escalated.waiting-high"))
    assert "chest pain" in board.text(".waiting-escalated.waiting-high")
    assert "nobody answered" in board.text("#card-12")


RULES = """
const { rules, BURSTS, REPEAT } = window.chairside.alerts, red = { id: "r", priority: 3, nurse: "okafor" };
const amber = { id: "a", priority: 2, nurse: "okafor" };
const low = { id: "l", priority: 1, nurse: "mbeki", escalated: true };
const after = (at, ...played) => ({ at, length: 4300, played });
return {
    pulses: [3, 2, 1].map(one => BURSTS[one].pulses.length), repeat: [REPEAT[3], REPEAT[2]],
    newIsHeardAtOnce: rules.due([amber, red], after(0, "a"), 4300), notIntoABurst: rules.due([red], after(0), 4000),
    repeats: [9999, 10000].map(now => rules.due([red], after(0, "r"), now)),
    lowOnce: rules.due([low], after(0, "l"), 1e9),
    pausedKnown: rules.isPaused([red], { until: 9, known: ["r"] }, 8),
    pausedNewMedium: rules.isPaused([amber], { until: 9, known: [] }, 8),
    brokenByNewHigh: rules.isPaused([red], { until: 9, known: [] }, 8),
    ended: rules.isPaused([], { until: 9, known: [] }, 9),
    nurse: rules.heard([low, amber, red], { staff: "okafor" }).map(one => one.id),
    colleague: rules.heard([red, low], { staff: "novak" }).map(one => one.id),
    nobodys: rules.heard([{ ...red, nurse: "" }], { staff: "novak" }).length,
    board: rules.heard([red], { everything: true }).length,
};
"""


def test_bursts_follow_their_priority_and_a_tablet_whose_sound_is_blocked_says_so_until_the_first_tap(ward, open_as):
    tablet = open_as("okafor", "/chair/3")
    assert sound(tablet) == "off"
    tablet.wait_until(lambda: "sound off" in tablet.text(".banner-clock"))
    assert tablet.find_element("[data-sound-button]").get_attribute("aria-label").startswith("Sound is off")
    tablet.find_element("#chair-next").click()
    tablet.wait_until(lambda: sound(tablet) != "off")
    tablet.wait_until(lambda: "sound off" not in tablet.text(".banner-clock"))
    assert tablet.run(RULES) == {
        "pulses": [10, 3, 2], "repeat": [10000, 20000], "newIsHeardAtOnce": 3, "notIntoABurst": 0,
        "repeats": [0, 3], "lowOnce": 0, "pausedKnown": True, "pausedNewMedium": True, "brokenByNewHigh": False,
        "ended": False, "nurse": ["r", "a", "l"], "colleague": ["l"], "nobodys": 1, "board": 1,
    }  # fmt: skip


def test_a_screen_that_is_not_live_is_heard_where_somebody_is_signed_on(ward, new_tablet):
    tablet = new_tablet(ward.url)
    tablet.outage_expected = True
    sign_on_by_hand(tablet, "okafor", "/chair/3")
    ward.freeze()
    tablet.wait_until(lambda: "silence" in bursts(tablet), 20)
    assert heard(tablet) == ["this screen is not live"]
    ward.thaw()
    tablet.wait_until_live()
    tablet.wait_until(lambda: "this screen is not live" not in heard(tablet))


def test_a_locked_tablet_shows_and_sounds_which_chair_is_red_without_a_name(ward, new_tablet):
    quiet(ward)
    tablet: Tablet = new_tablet(ward.url)
    sign_on_by_hand(tablet, "okafor")
    lock(tablet)
    tablet.wait_until(lambda: "without names" in tablet.text("#locked"))
    tablet.find_element("[data-staff=okafor]").click()
    with ward.client("mbeki") as monitor:
        family = monitor.chair("12")["patient"]["family_name"]
        a_set(monitor, "12", CALM | {"symptoms": ["chest pain"]})
    tablet.wait_until(lambda: tablet.text("#locked-alarms") == "Chair 12 – red", 5)
    tablet.wait_until(lambda: "3" in bursts(tablet), 5)
    assert family.upper() not in tablet.run("return document.documentElement.outerHTML").upper()
