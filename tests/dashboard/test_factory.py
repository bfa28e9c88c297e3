"""One ward put together: what its pages load, what stops it, what it refuses to open, and how a new one begins."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from app import main
from dashboard.factory import WardApp, build
from dashboard.pages.refused import refused_page
from dashboard.refused_ward import RefusedWard
from dashboard.settings import Settings
from dashboard.wards import NoWard
from models.clinical.clock import ScenarioClock, SystemClock
from models.store.opening import create_store
from models.store.refusals import StoreRefused
from models.store.set_up_code import code_hash
from tests.dashboard.served import MORNING, PIN, Listening, a_ward, client, sign_on
from tests.store.wards import by_hand

ROOT = Path(__file__).parents[2]
LATER = "2026-06-15T09:00:00+00:00"
NEW_WARD = {
    "code": "abcd-efgh-jkmn",
    "name": "Day ward 3",
    "chairs": "1-3, A",
    "zone": "Europe/London",
    "supervising_neurologist": "Dr Haddad",
    "emergency_contact": "ICU 5555",
    "charge_nurse": "Amara Okafor",
    "pin": "271828",
    "pin_again": "271828",
}


@pytest.fixture
def app(sqlite_url: str) -> WardApp:
    return a_ward(sqlite_url, ScenarioClock(MORNING))


@pytest.fixture
def http(app: WardApp) -> Iterator[TestClient]:
    with client(app) as http:
        sign_on(http)
        yield http


# ---- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "title"), [("/", "Ward board"), ("/chair/2", "Chair 2"), ("/today", "Today"), ("/alarms", "Alert figures")]
)
def test_every_page_says_training_in_its_title_and_is_english(http: TestClient, path: str, title: str):
    page = http.get(path).text
    assert f"<title>TRAINING · {title} · Chairside</title>" in page
    assert '<html lang="en-GB" data-mode="training"' in page
    assert "training-frame" in page


def test_the_board_loads_no_charts_and_no_core_components(http: TestClient):
    page = http.get("/").text
    loaded = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+)"', page)
    assert not [path for path in loaded if "plotly" in path or "/dcc/" in path or "bootstrap_components" in path]
    # Beside these: the page itself, the layout, the callbacks, the stream and the icons.
    assert len([path for path in loaded if path.startswith("/")]) + 5 <= 20


@pytest.mark.parametrize("path", ["/", "/chair/2", "/today", "/alarms"])
def test_everything_a_page_loads_comes_from_the_ward_itself(http: TestClient, path: str):
    loaded = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+)"', http.get(path).text)
    assert loaded and all(one.startswith(("/", "data:")) and not one.startswith("//") for one in loaded)
    for one in loaded:
        if one.startswith("/"):
            assert http.get(one).status_code == 200, one


def test_every_page_has_a_layout_of_its_own_under_its_own_path(http: TestClient):
    layouts = {
        http.get(f"{path}/_dash-layout").text for path in ("", "/wall", "/chair/1", "/chair/2", "/today", "/alarms")
    }
    assert len(layouts) == 6
    assert '"requests_pathname_prefix": "/chair/2/"' in http.get("/chair/2").text


@pytest.mark.parametrize("path", ["/chair/99", "/chair/", "/nowhere", "/chair/1/2"])
def test_a_page_that_does_not_exist_says_so_and_leads_back(http: TestClient, path: str):
    reply = http.get(path)
    assert reply.status_code == 404 and 'href="/"' in reply.text


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"{", b'{"output": "x"}', b'{"output": "page.children"}'])
def test_what_dash_cannot_read_is_no_fault_of_the_ward(http: TestClient, body: bytes):
    for path in ("/_dash-update-component", "/chair/1/_dash-update-component"):
        reply = http.post(path, content=body, headers={"content-type": "application/json"})
        assert reply.status_code == 400
    assert http.get("/_dash-component-suites/dash/nothing.js").status_code == 400


def test_the_browser_is_not_told_which_python_serves_it(http: TestClient):
    assert sys.version.split()[0] not in http.get("/").text


# ---- health and the training clock -----------------------------------------------------------------------------------


def test_health_says_what_works(http: TestClient):
    while (reply := http.get("/healthz")).status_code != 200:
        assert reply.json()["live"] is False
    assert reply.json() == {"database": True, "clock": True, "live": True}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"now": LATER}, 200),
        ({"now": "2026-06-15T06:59:59+00:00"}, 409),
        ({"now": "2026-06-15T09:00:00"}, 200),
        ({"now": "tomorrow"}, 422),
        ({"now": "9999-12-31T23:59:59+00:00"}, 422),
        ({"rate": 0}, 200),
        ({"rate": 600}, 200),
        ({"rate": 601}, 422),
        ({"rate": -1}, 422),
        ({"rate": "60"}, 422),
        ({"paused": True}, 200),
        ({"paused": "yes"}, 422),
        ({}, 422),
        ({"speed": 2}, 422),
        ([], 422),
    ],
)
def test_the_training_clock_goes_forward_only(http: TestClient, body: object, status: int):
    reply = http.post("/api/training/clock", json=body)
    assert reply.status_code == status
    assert status == 200 or reply.json()["refusal"].endswith(".")


def test_a_paused_training_clock_goes_on_at_its_former_rate(app: WardApp, http: TestClient):
    http.post("/api/training/clock", json={"rate": 60})
    assert http.post("/api/training/clock", json={"paused": True}).json()["rate"] == 0
    assert http.post("/api/training/clock", json={"paused": False}).json()["rate"] == 60


# ---- a real ward -----------------------------------------------------------------------------------------------------


@pytest.fixture
def new_ward(sqlite_url: str) -> WardApp:
    create_store(sqlite_url, "ward", set_up_code_hash=code_hash("ABCD-EFGH-JKMN")).close()
    return build(Settings(mode="ward", database_url=sqlite_url))


def test_a_new_ward_is_set_up_once_with_its_code_and_then_signed_on_to(new_ward: WardApp):
    with client(new_ward) as http:
        assert http.get("/").headers["location"] == "/sign-on"
        assert http.get("/sign-on").headers["location"] == "/set-up"
        assert http.get("/set-up").status_code == 200
        wrong = http.post("/api/set-up", json=NEW_WARD | {"code": "ABCD-EFGH-JKMM"})
        assert (wrong.status_code, wrong.json()["field"]) == (422, "code")
        assert http.post("/api/set-up", json=NEW_WARD).status_code == 200
        assert http.post("/api/set-up", json=NEW_WARD).status_code == 401
        assert http.get("/api/staff").json() == [{"id": "okafor", "name": "Amara Okafor", "role": "charge nurse"}]
        assert sign_on(http, "okafor", "271828").status_code == 200
        assert "chairside_ward" in http.cookies
        ward = http.get("/api/ward").json()
        assert [chair["chair"] for chair in ward["chairs"]] == ["1", "2", "3", "A"]
        board = http.get("/").text
        assert "TRAINING" not in board and "training-frame" not in board


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("chairs", ""), ("chairs", "1-61"), ("chairs", "1,1"), ("chairs", "3-1"), ("chairs", "chair one"),
        ("zone", "Mars/Olympus"), ("zone", "../etc/passwd"), ("pin", "27182"), ("pin", "2718288"),
        ("pin_again", "271829"), ("name", " "), ("charge_nurse", ""), ("emergency_contact", ""),
    ],
)  # fmt: skip
def test_a_set_up_that_names_no_ward_is_refused_at_its_field(new_ward: WardApp, field: str, text: str):
    with client(new_ward) as http:
        reply = http.post("/api/set-up", json=NEW_WARD | {field: text})
        assert (reply.status_code, reply.json()["field"]) == (422, field)
        assert http.get("/api/staff").json() == []


def test_a_real_ward_has_no_training_clock(new_ward: WardApp):
    assert isinstance(new_ward.clock, SystemClock)
    with client(new_ward) as http:
        http.post("/api/set-up", json=NEW_WARD)
        sign_on(http, "okafor", "271828")
        assert http.post("/api/training/clock", json={"rate": 60}).status_code == 404


# ---- which database --------------------------------------------------------------------------------------------------


def test_a_ward_without_a_database_is_refused_and_the_command_that_makes_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(NoWard, match="make new-ward"):
        build(Settings(mode="ward", folder=str(tmp_path)))
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("CHAIRSIDE_MODE", "ward")
    monkeypatch.setenv("CHAIRSIDE_FOLDER", str(tmp_path))
    assert main() == 2
    assert "make new-ward" in capsys.readouterr().out


@pytest.mark.parametrize(("made", "served"), [("training", "ward"), ("ward", "training")])
def test_neither_mode_opens_the_others_database(sqlite_url: str, made: str, served: str):
    create_store(sqlite_url, made).close()  # type: ignore[arg-type]
    with pytest.raises(StoreRefused, match="does not open"):
        build(Settings(mode=served, database_url=sqlite_url))  # type: ignore[arg-type]


def test_a_database_that_cannot_be_served_is_a_full_page_refusal():
    sentence = "The database <b> is damaged."
    http = TestClient(RefusedWard(sentence, "ward"), base_url="http://localhost")
    page = http.get("/chair/1")
    assert page.status_code == 503 and "The database &lt;b&gt; is damaged." in page.text
    assert page.text == refused_page(sentence, "ward")
    assert http.get("/healthz").status_code == 503
    assert http.post("/api/sign-on").json() == {"refusal": sentence}
    assert http.get("/assets/ward.css").status_code == 200


@pytest.mark.slow
def test_a_training_ward_is_kept_while_its_day_lasts_and_then_seeded_anew_in_a_new_file(tmp_path: Path):
    settings = Settings(folder=str(tmp_path))
    first = build(settings)
    assert [view.status is not None for view in first.live_ward.status().chairs] == [True] * 12
    first.store.close()
    again = build(settings)
    kept = again.clock.now()
    again.store.close()
    assert len(list(tmp_path.glob("training-*.db"))) == 1
    time.sleep(1)  # files are named by the second
    build(settings, ScenarioClock(kept + timedelta(days=2))).store.close()
    assert len(list(tmp_path.glob("training-*.db"))) == 2


def test_a_training_ward_of_an_earlier_version_is_brought_along(tmp_path: Path):
    settings = Settings(folder=str(tmp_path))
    build(settings).store.close()
    [made] = tmp_path.glob("training-*.db")
    by_hand(f"sqlite:///{made}", "DROP VIEW alerts", "UPDATE alembic_version SET version_num = '0001'")
    again = build(settings)
    assert again.store.chairs() and [made] == list(tmp_path.glob("training-????????-??????.db"))
    again.store.close()


def test_a_training_clock_never_starts_before_the_newest_fact(sqlite_url: str):
    a_ward(sqlite_url, ScenarioClock(datetime(2026, 6, 15, 12, tzinfo=UTC))).store.close()
    app = build(Settings(database_url=sqlite_url, clock_start=MORNING, clock_rate=60))
    assert app.clock.rate == 60 and app.clock.now() - MORNING < timedelta(minutes=5)


# ---- stopping --------------------------------------------------------------------------------------------------------


def test_the_ward_stops_within_two_seconds_of_being_told_with_screens_open(sqlite_url: str, tmp_path: Path):
    a_ward(sqlite_url).store.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"CHAIRSIDE_DATABASE_URL": sqlite_url, "CHAIRSIDE_PORT": str(port)}
    ward = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        assert ward.stdout is not None
        assert f"http://127.0.0.1:{port}".encode() in ward.stdout.readline()
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", transport=httpx2.HTTPTransport(retries=5)) as http:
            while True:
                try:
                    http.get("/healthz")
                    break
                except httpx2.ConnectError:
                    assert ward.poll() is None
            assert sign_on(http, pin=PIN).status_code == 200
            screens = [Listening(http) for _ in range(4)]
            for screen in screens:
                screen.until("tick")
            ward.send_signal(signal.SIGTERM)
            ward.wait(2)
            for screen in screens:
                screen.close()
    finally:
        ward.kill()
        ward.wait()
        ward.stdout and ward.stdout.close()
