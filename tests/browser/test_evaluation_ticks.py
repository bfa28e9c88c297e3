"""Ward stories of ticks: each is recorded as what was tapped, once, whatever the network and the other tablets do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.chair_steps import choose, facts_of, save, tap
from tests.browser.tablet import Tablet
from tests.browser.ward_server import WardClient, WardServer

pytestmark = pytest.mark.xdist_group("evaluation ticks")

CALLING, TICKING = "5", "8"
"""Each story has a chair of its own."""
HEART = "[data-panel='myocardial ischaemia']"
CUT = """
const reach = window.fetch;
window.cut = true;
window.fetch = (path, how) => window.cut && String(path).includes("evaluation/call")
    ? Promise.reject(new TypeError("cut")) : reach(path, how);
"""


@pytest.fixture(scope="module")
def ward(shared_ward: WardServer) -> WardServer:
    return shared_ward


def steps_of(ward: WardServer) -> list[tuple[str, bool]]:
    return [(fact["step"], fact["struck"]) for fact in facts_of(ward, TICKING, "EvaluationStep")]


def in_pain(client: WardClient, chair: str) -> None:
    client.act(chair, "symptoms", {"symptoms": ["chest pain"]}).raise_for_status()


def test_what_is_not_saved_stays_what_was_tapped_when_its_button_becomes_another(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    with ward.client("mbeki") as colleague:
        in_pain(colleague, CALLING)
        tablet = open_as("okafor", f"/chair/{CALLING}")
        tablet.run(CUT)
        called = "#chair-red [data-panel=now] [data-act=call]"
        tap(tablet, called)
        tablet.wait_for_element(f"{called}[data-state='not saved']")
        colleague.act(CALLING, "evaluation/call", {"whom": "emergency team", "what": "called"}).raise_for_status()
        tablet.wait_until(lambda: tablet.text(called) == "Came")
        tap(tablet, "#chair-said button")
        tablet.run("window.cut = false")
        tablet.wait_until(lambda: len(facts_of(ward, CALLING, "CallLogged")) == 2)
    assert [fact["what"] for fact in facts_of(ward, CALLING, "CallLogged")] == ["called", "called"]


def test_a_tick_taken_back_stays_in_the_record_and_may_be_ticked_again(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    with ward.client("mbeki") as colleague:
        in_pain(colleague, TICKING)
        colleague.act(TICKING, "evaluation/reaction", {"reaction": "myocardial ischaemia"}).raise_for_status()
        troponin = {"reaction": "myocardial ischaemia", "step": "troponin"}
        colleague.act(TICKING, "evaluation/step", troponin).raise_for_status()
    tablet = open_as("okafor", f"/chair/{TICKING}")
    tap(tablet, "#chair-red [role=tab][data-tab='myocardial ischaemia']")
    tap(tablet, f"#chair-red {HEART} [aria-label='Troponin taken: correct']")
    choose(tablet, "corrections", "other")
    save(tablet, "corrections")
    tablet.wait_for_element(f"#chair-red {HEART} button[data-body*='\"troponin\"']")
    again = f"#chair-red {HEART} button[data-body*='\"troponin\"']"
    tablet.run("document.querySelector(arguments[0]).click(); document.querySelector(arguments[0])?.click()", again)
    tablet.wait_until(lambda: len(steps_of(ward)) == 2)
    assert steps_of(ward) == [("troponin", True), ("troponin", False)], "a double tap is one tick"
