"""Ward stories of ticks: each is recorded as what was tapped, once, whatever the network and the other tablets do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.chair_steps import choose, facts_of, save, tap
from tests.browser.tablet import Tablet
from tests.browser.ward_server import WardServer

pytestmark = pytest.mark.xdist_group("evaluation")

CHAIR = "5"
HEART = "[data-panel='myocardial ischaemia']"
CUT = """
const reach = window.fetch;
window.cut = true;
window.fetch = (path, how) => window.cut && String(path).includes("evaluation/step")
    ? Promise.reject(new TypeError("cut")) : reach(path, how);
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WardServer]:
    with WardServer(tmp_path_factory.mktemp("ward")) as ward:
        yield ward


def steps_of(ward: WardServer) -> list[tuple[str, bool]]:
    return [(fact["step"], fact["struck"]) for fact in facts_of(ward, CHAIR, "EvaluationStep")]


def test_a_tick_that_is_not_saved_stays_its_own_while_the_lists_change_around_it(
    ward: WardServer, open_as: Callable[..., Tablet]
) -> None:
    with ward.client("mbeki") as colleague:
        colleague.act(CHAIR, "symptoms", {"symptoms": ["chest pain"]}).raise_for_status()
        colleague.act(CHAIR, "evaluation/reaction", {"reaction": "myocardial ischaemia"}).raise_for_status()
        tablet = open_as("okafor", f"/chair/{CHAIR}")
        tablet.run(CUT)
        tap(tablet, "#chair-red [role=tab][data-tab='myocardial ischaemia']")
        tap(tablet, f"#chair-red {HEART} [data-body*='\"troponin\"']")
        tablet.wait_for_element(f"#chair-red {HEART} [data-state='not saved'][data-body*='\"troponin\"']")
        for body in ({"reaction": "head", "step": "stop"}, {"reaction": "myocardial ischaemia", "step": "pain onset"}):
            colleague.act(CHAIR, "evaluation/step", body).raise_for_status()
        colleague.act(CHAIR, "evaluation/reaction", {"reaction": "stroke"}).raise_for_status()
    tablet.wait_for_element("#chair-red [role=tab][data-tab=stroke]")
    tablet.run("window.cut = false")
    tablet.wait_until(lambda: ("troponin", False) in steps_of(ward), 10, "the tick was never saved")
    assert sorted(steps_of(ward)) == [("pain onset", False), ("stop", False), ("troponin", False)]

    tap(tablet, f"#chair-red {HEART} [aria-label='Troponin taken: correct']")
    choose(tablet, "corrections", "other")
    save(tablet, "corrections")
    tablet.wait_for_element(f"#chair-red {HEART} button[data-body*='\"troponin\"']")
    assert ("troponin", True) in steps_of(ward), "what was taken back stays in the record"
