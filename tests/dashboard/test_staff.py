"""A charge nurse adds a colleague, who can then sign on; nobody else can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from components.plain_html import plain_html
from components.staff_form import staff_form
from dashboard.factory import WardApp
from tests.dashboard.served import a_ward, client, sign_on

EVA = {"name": "Eva Lind", "role": "nurse", "pin": "135790", "pin_again": "135790"}


@pytest.fixture
def app(sqlite_url: str) -> WardApp:
    return a_ward(sqlite_url)


@pytest.fixture
def http(app: WardApp) -> Iterator[TestClient]:
    with client(app) as http:
        yield http


def add(http: TestClient, **changed: Any) -> Any:
    return http.post("/api/staff", json=EVA | changed, headers={"Origin": "http://localhost"})


def test_a_colleague_whom_a_charge_nurse_adds_signs_on_with_her_own_pin(http: TestClient, app: WardApp):
    sign_on(http, "novak")
    answer = add(http)
    assert (answer.status_code, answer.json()) == (201, {"id": "lind", "name": "Eva Lind", "role": "nurse"})
    assert sign_on(http, "lind", "135790").json()["name"] == "Eva Lind"
    assert "Eva Lind" in app.live_ward.status().staff.values()


def test_nobody_but_a_charge_nurse_adds_anybody(http: TestClient, app: WardApp):
    assert add(http).status_code == 401
    sign_on(http, "okafor")
    answer = add(http)
    assert answer.status_code == 409
    assert answer.json()["refusal"] == "Ada Okafor is a nurse. A charge nurse adds colleagues: Eva Novak."
    assert all(member.name != "Eva Lind" for member in app.store.staff())


def test_two_people_of_one_family_name_have_two_ids_and_a_name_stands_once(http: TestClient):
    sign_on(http, "novak")
    assert add(http, name="Jan Okafor").json()["id"] == "okafor-2"
    again = add(http, name="jan okafor")
    assert (again.status_code, again.json()["field"]) == (422, "name")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Eva\x00Lind"}, "name"),
        ({"role": "doctor"}, "role"),
        ({"pin": "12345"}, "pin"),
        ({"pin": "abcdef"}, "pin"),
        ({"pin_again": "135791"}, "pin_again"),
        ({"active": False}, "active"),
    ],
)
def test_what_a_colleague_cannot_be_is_refused_by_name(http: TestClient, changed: dict[str, Any], field: str):
    sign_on(http, "novak")
    answer = add(http, **changed)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert "135790" not in answer.text


def test_the_form_never_shows_a_pin():
    drawn = plain_html([staff_form()])
    assert drawn.count('type="password"') == 2 and 'data-post="/api/staff"' in drawn
