"""A whole infusion day on one tablet: arrival, hour one, start, a pause, rounds, the end, observation, home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.browser.chair_steps import choose, save, status_of, tap, type_set, wait_for_level, wait_for_state
from tests.browser.tablet import Tablet
from tests.browser.ward_server import WardServer

MORNING = datetime.fromisoformat("2026-11-20T08:00:00+00:00")
CHAIR = "1"
"""Expected: course 1, day 1."""


@pytest.fixture
def ward(start_ward: Callable[..., WardServer]) -> WardServer:
    """The training ward with a clock that stands still until the story moves it."""
    return start_ward(clock_start=MORNING.isoformat(), clock_rate=0)


def clock_mover(ward: WardServer, tablet: Tablet) -> Callable[..., None]:
    """`at(minutes=95)`: it is so long after eight o'clock, and the tablet has heard it."""

    def at(**later: float) -> None:
        now = MORNING + timedelta(**later)
        with ward.client("okafor") as client:
            client.set_clock(now=now.isoformat()).raise_for_status()
        tablet.wait_until(lambda: tablet.text(".ward-clock") == f"{now:%H:%M}")

    return at


def open_form(tablet: Tablet, act: str) -> None:
    tap(tablet, f"#chair-acts [data-open='{act}']")


def record_set(tablet: Tablet, *values: str) -> None:
    tap(tablet, "#chair-acts [data-open=checks]")
    back_to_vitals(tablet)
    type_set(tablet, *values)
    wait_for_level(tablet, "Complete")
    tap(tablet, "#vs-save")
    wait_for_state(tablet, "Saved ")


def back_to_vitals(tablet: Tablet) -> None:
    tap(tablet, "#chair-nurse button")
    tap(tablet, "#panel-nurse [data-open=vital-signs]")


def answer_every_check(tablet: Tablet) -> None:
    """Yes or no in the list itself, everything else in its own small form."""
    open_form(tablet, "checks")
    while todo := tablet.run(
        "return [...document.querySelectorAll('#chair-checks .check-is-missing [data-act=checks]')]"
        ".filter(b => b.textContent === 'No').map(b => b.getAttribute('aria-label'))"
    ):
        tablet.run('document.querySelector(`#chair-checks [aria-label="${arguments[0]}"]`).click()', todo[0])
        still = f'#chair-checks .check-is-missing [aria-label="{todo[0]}"]'
        tablet.wait_until(lambda still=still: not tablet.find_elements(still), 10, still)
    own_form = "#chair-checks .check-is-missing [data-open^=checks-]"
    while todo := tablet.run(f"return [...document.querySelectorAll('{own_form}')].map(b => b.dataset.open)"):
        tablet.run("document.querySelector(`#chair-checks [data-open=${arguments[0]}]`).click()", todo[0])
        form = f"#form-{todo[0]}"
        if tablet.find_elements(f"{form} [data-value='Dr Lind']"):
            tap(tablet, f"{form} [data-value='Dr Lind']")
        elif tablet.find_elements(f"{form} input[type=date]"):
            tablet.run(
                "const i = document.querySelector(arguments[0]); i.value = '2026-11-16'", f"{form} input[type=date]"
            )
        else:
            tablet.find_element(f"{form} .field-number input").send_keys("212")
        tap(tablet, f"{form} button[type=submit]")
        tablet.wait_until(lambda form=form: not tablet.find_element(form).is_displayed(), 10, form)
        open_form(tablet, "checks")
        done = f"#chair-checks .check-is-missing [data-open='{todo[0]}']"
        tablet.wait_until(lambda done=done: not tablet.find_elements(done), 10, done)


@pytest.mark.slow
def test_a_whole_day_on_one_tablet(ward: WardServer, open_as: Callable[..., Tablet]) -> None:
    tablet = open_as("okafor", f"/chair/{CHAIR}")
    at = clock_mover(ward, tablet)
    save(tablet, "arrive")
    tablet.wait_for_element("#chair-acts [data-open=start]")

    answer_every_check(tablet)
    assert "locks" not in tablet.text("#chair-checks h3")
    record_set(tablet, "74", "118", "74")
    at(minutes=10)
    open_form(tablet, "medications")
    choose(tablet, "medications", "steroid")
    choose(tablet, "medications", "given")
    choose(tablet, "medications", "1000")
    save(tablet, "medications")
    wait_for_state(tablet, "Saved ")
    at(minutes=40)
    open_form(tablet, "prepare")
    tablet.find_element("#prepare-batch-typed").send_keys("B-2211")
    save(tablet, "prepare")
    wait_for_state(tablet, "Saved ")
    at(minutes=60)
    record_set(tablet, "78", "120", "76")
    at(minutes=70)
    tablet.wait_until(
        lambda: "quiet" not in tablet.find_element("#chair-acts [data-open=start]").get_attribute("class")
    )
    open_form(tablet, "start")
    assert tablet.find_element("#form-start .save").rect["height"] >= 120
    save(tablet, "start")
    tablet.wait_for_element("#stop")
    assert status_of(ward, CHAIR)["state"] == "running"

    at(minutes=130)
    tablet.wait_until(lambda: "Vital signs" in tablet.text("#chair-next"))
    record_set(tablet, "82", "122", "76")
    at(minutes=150)
    open_form(tablet, "pause")
    choose(tablet, "pause", "toilet")
    save(tablet, "pause")
    tablet.wait_until(lambda: tablet.text("#chair-timers").startswith("Paused"))
    at(minutes=160)
    tap(tablet, "#chair-acts [data-act=resume]")
    tablet.wait_until(lambda: "left" in tablet.text("#chair-timers"))
    for hour in (190, 250, 310):
        at(minutes=hour)
        record_set(tablet, "82", "122", "76")
    at(minutes=321)
    tap(tablet, "#chair-nurse button")
    tap(tablet, "#panel-nurse [data-open=complete]")
    save(tablet, "complete")
    tablet.wait_until(lambda: status_of(ward, CHAIR)["phase"] == "observation")
    assert not tablet.find_elements("#stop")

    at(minutes=370)
    record_set(tablet, "80", "120", "76")
    at(minutes=445)
    record_set(tablet, "78", "118", "74")
    tap(tablet, "#chair-nurse button")
    tap(tablet, "#panel-nurse [data-open=advice]")
    for chip in tablet.run(
        "return [...document.querySelectorAll('#form-advice [data-value]')].map(b => b.dataset.value)"
    ):
        tablet.run('document.querySelector(`#form-advice [data-value="${arguments[0]}"]`)?.click()', chip)
    tap(tablet, "#form-advice [data-value='0']")
    save(tablet, "advice")
    wait_for_state(tablet, "Saved ")
    open_form(tablet, "discharge")
    choose(tablet, "discharge", "home")
    save(tablet, "discharge")
    tablet.wait_until(lambda: status_of(ward, CHAIR)["phase"] == "discharged")
    tablet.wait_until(tablet.find_element("#panel-record").is_displayed, 10, "a closed day shows its record")
