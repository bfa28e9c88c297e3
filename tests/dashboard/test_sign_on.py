"""Tiles, PINs, the cookie and its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dashboard.factory import WardApp
from dashboard.pages.sign_on import sign_on_page
from dashboard.sign_on import WRONG, token_hash
from models.store.rows import StaffMember
from tests.dashboard.served import PIN, a_ward, client, sign_on


@pytest.fixture
def app(sqlite_url: str) -> WardApp:
    return a_ward(sqlite_url)


@pytest.fixture
def http(app: WardApp) -> Iterator[TestClient]:
    with client(app) as http:
        yield http


def test_the_tiles_are_the_active_staff(http: TestClient):
    assert http.get("/api/staff").json() == [
        {"id": "okafor", "name": "Ada Okafor", "role": "nurse"},
        {"id": "novak", "name": "Eva Novak", "role": "charge nurse"},
    ]


def test_a_sign_on_answers_who_and_which_epoch(http: TestClient):
    first, second = sign_on(http).json(), sign_on(http, "novak").json()
    assert {**first, "epoch": 0} == {"staff": "okafor", "name": "Ada Okafor", "role": "nurse", "epoch": 0}
    assert second["staff"] == "novak" and second["epoch"] > first["epoch"]


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(http: TestClient):
    cookie = sign_on(http).headers["set-cookie"].lower()
    assert cookie.startswith("chairside_training=")
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie


def test_every_sign_on_has_a_token_of_its_own_and_the_store_never_sees_it(http: TestClient, app: WardApp):
    sign_on(http)
    first = http.cookies["chairside_training"]
    sign_on(http)
    second = http.cookies["chairside_training"]
    assert first != second
    assert app.store.sign_on(second) is None
    assert app.store.sign_on(token_hash(second)) is not None


@pytest.mark.parametrize(
    ("who", "pin"), [("okafor", "135791"), ("nobody", PIN), ("gone", PIN), ("OKAFOR", PIN)],
    ids=["wrong PIN", "no such name", "left", "not the id"],
)  # fmt: skip
def test_a_refusal_never_tells_whether_the_name_exists(http: TestClient, who: str, pin: str):
    reply = sign_on(http, who, pin)
    assert (reply.status_code, reply.json()) == (401, {"refusal": WRONG})
    assert "set-cookie" not in reply.headers


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 60_000,
        b'{"staff": "okafor"}', b'{"pin": "135790"}', b'{"staff": "okafor", "pin": 135790}',
        b'{"staff": "okafor", "pin": "13579"}', b'{"staff": "okafor", "pin": "1357901"}',
        b'{"staff": "okafor", "pin": "13579a"}', '{"staff": "okafor", "pin": "١٣٥٧٩٠"}'.encode(),
        b'{"staff": "\\ud800", "pin": "135790"}',
    ],
)  # fmt: skip
def test_what_is_no_sign_on_is_refused_in_words(http: TestClient, body: bytes):
    reply = http.post("/api/sign-on", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in (401, 422)
    assert reply.json()["refusal"].endswith(".")


def test_after_signing_off_the_cookie_opens_nothing(http: TestClient):
    sign_on(http)
    token = http.cookies["chairside_training"]
    assert http.get("/api/ward").status_code == 200
    assert http.post("/api/sign-off").status_code == 200
    http.cookies.set("chairside_training", token)
    assert http.get("/api/ward").status_code == 401


def test_the_next_nurse_ends_the_sign_on_of_the_one_before(http: TestClient):
    sign_on(http)
    former = http.cookies["chairside_training"]
    sign_on(http, "novak")
    http.cookies.clear()
    http.cookies.set("chairside_training", former)
    assert http.get("/api/ward").status_code == 401


def test_a_cookie_of_the_other_mode_opens_nothing(http: TestClient):
    sign_on(http)
    token = http.cookies["chairside_training"]
    http.cookies.clear()
    http.cookies.set("chairside_ward", token)
    assert http.get("/api/ward").status_code == 401


def test_a_sign_on_outlives_the_server(http: TestClient, app: WardApp):
    """A restart in the middle of an infusion sends nobody back to the PIN pad."""
    sign_on(http)
    token = http.cookies["chairside_training"]
    who = app.store.sign_on(token_hash(token))
    assert who is not None and who.staff_id == "okafor"


def test_the_page_shows_a_tile_for_everybody_and_leads_back_to_where_one_was(http: TestClient):
    sent = http.get("/chair/2")
    assert sent.headers["location"] == "/sign-on?to=/chair/2"
    page = http.get(sent.headers["location"]).text
    assert '<html lang="en-GB" data-mode="training">' in page
    assert "<title>TRAINING · Sign on · Chairside</title>" in page
    assert page.count('class="staff-tile"') == 2 and "Left Long-ago" not in page


def test_a_name_is_text_on_the_page_and_never_markup():
    page = sign_on_page("<i>ward</i>", "ward", [StaffMember(id='"x', name="<script>alert(1)</script>", role="nurse")])
    assert "<script>alert" not in page and "<i>ward" not in page and 'data-staff="&quot;x"' in page
