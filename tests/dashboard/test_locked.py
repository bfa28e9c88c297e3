"""A tablet nobody is signed on at hears which chair is red, and nothing else; one never signed on at hears nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from components.live_fragment import Fragment
from components.ward_alarms import PLACE, alarms, locked_alarms
from dashboard.factory import WardApp
from dashboard.sign_on import HEARS_FOR
from models.clinical.alert import AlertState, Priority
from models.clinical.clock import ScenarioClock
from models.ward_status import ChairView
from tests.components import statuses
from tests.components.statuses import Ward
from tests.dashboard.served import CANARY, MORNING, Listening, a_ward, arrive, book, on_loopback, sign_on

RED = {"heart_rate": 90, "systolic": 120, "diastolic": 76, "symptoms": ["chest pain"]}


@pytest.fixture
def clock() -> ScenarioClock:
    return ScenarioClock(MORNING)


@pytest.fixture
def app(sqlite_url: str, clock: ScenarioClock) -> WardApp:
    app = a_ward(sqlite_url, clock)
    arrive(app, book(app, "4"))
    return app


@pytest.fixture
def http(app: WardApp) -> Iterator[httpx2.Client]:
    with on_loopback(app) as url, httpx2.Client(base_url=url) as http:
        yield http


def turn_red(http: httpx2.Client) -> None:
    day = next(one for one in http.get("/api/ward").json()["chairs"] if one["chair"] == "4")["infusion_day_id"]
    http.post(f"/api/infusion-days/{day}/vital-signs", json=RED, headers={"Idempotency-Key": "red"}).raise_for_status()


def heard(listening: Listening) -> list[dict[str, Any]]:
    return json.loads(listening.until("ward").told["fragments"][PLACE]["data-alarms"])


def locked(http: httpx2.Client) -> Listening:
    return Listening(http, path="/live/locked")


def test_after_signing_off_the_tablet_hears_that_a_chair_is_red_and_no_name(http: httpx2.Client) -> None:
    sign_on(http)
    http.post("/api/sign-off").raise_for_status()
    with httpx2.Client(base_url=http.base_url) as colleague:
        sign_on(colleague, "novak")
        tablet = locked(http)
        hello = tablet.next()
        assert hello is not None and {"staff", "name", "epoch"}.isdisjoint(hello.told)
        assert heard(tablet) == []
        turn_red(colleague)
        (red,) = heard(tablet)
        tablet.close()
    assert (red["chair"], red["words"], red["priority"]) == ("4", "Chair 4 – red", 3)
    for name in (CANARY, "pain", "okafor", "novak"):
        assert name.lower() not in json.dumps(red).lower()


def test_an_ended_sign_on_is_good_for_nothing_else(http: httpx2.Client) -> None:
    sign_on(http)
    http.post("/api/sign-off").raise_for_status()
    assert http.cookies["chairside_training"]
    for path in ("/live?page=board", "/live?page=locked/okafor", "/api/ward"):
        assert http.get(path).status_code == 401


def test_a_tablet_never_signed_on_at_hears_nothing(http: httpx2.Client) -> None:
    assert http.get("/live/locked").status_code == 204
    http.cookies.set("chairside_training", "guessed")
    assert http.get("/live/locked").status_code == 204


def test_half_a_day_after_its_last_sign_on_a_tablet_hears_no_more(http: httpx2.Client, clock: ScenarioClock) -> None:
    sign_on(http)
    http.post("/api/sign-off").raise_for_status()
    clock.set_now(clock.now() + HEARS_FOR + timedelta(minutes=1))
    assert http.get("/live/locked").status_code == 204


# ---- what sounds -----------------------------------------------------------------------------------------------------


def said(fragment: Fragment) -> list[dict[str, Any]]:
    return json.loads(fragment.props()["data-alarms"])


def ward_of(*chairs) -> Any:
    return Ward(chairs=tuple(ChairView(label=one.chair, status=one) for one in chairs))


def test_only_what_still_sounds_is_told_and_whose_chair_it_is() -> None:
    seen = statuses.an_alert("seen/1", state=AlertState.SEEN, silenced=True)
    over = statuses.an_alert("over/2", state=AlertState.RESOLVED_UNSEEN)
    (red,) = said(alarms(ward_of(statuses.red(alerts=(*statuses.red().alerts, seen, over)))))
    assert {name: red[name] for name in ("chair", "priority", "nurse", "escalated", "words")} == {
        "chair": "6", "priority": 3, "nurse": "mbeki", "escalated": False, "words": "chair 6, Chest pain",
    }  # fmt: skip


def test_a_raising_keeps_its_number_and_raised_again_it_has_another() -> None:
    (before,), (after,) = (said(alarms(ward_of(statuses.red(position=now)))) for now in (12, 13))
    assert before["id"] == after["id"] and "pain" not in before["id"]
    again = statuses.an_alert("symptom: chest pain/9", raised_at=statuses.NOW)
    assert said(alarms(ward_of(statuses.red(alerts=(again,)))))[0]["id"] != before["id"]


@pytest.mark.parametrize(
    ("nurse", "escalated", "priority", "is_heard"),
    [
        ("mbeki", False, Priority.HIGH, True),
        ("okafor", False, Priority.HIGH, False),
        ("okafor", True, Priority.HIGH, True),
        ("okafor", True, Priority.MEDIUM, True),
        (None, False, Priority.MEDIUM, True),
        ("mbeki", False, Priority.LOW, False),
    ],
)
def test_a_locked_tablet_hears_its_last_nurse_those_of_nobody_and_what_was_escalated(
    nurse: str | None, escalated: bool, priority: Priority, is_heard: bool
) -> None:
    alert = statuses.an_alert(priority=priority, escalated=escalated)
    status = statuses.red(nurse=nurse, alerts=(alert,))
    assert bool(said(locked_alarms(ward_of(status), "mbeki"))) == is_heard
