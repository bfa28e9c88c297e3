"""A room's debrief over HTTP: its page, the board at a moment and CSV, for the trainer who leads the room alone."""

import csv
from io import StringIO

import pytest

from dashboard.training.debrief import moment_json
from models.clinical.clock import ScenarioClock
from models.clinical.protocol import load
from models.store.opening import create_store
from seed.library import library
from seed.scenario_player import ScenarioPlayer
from tests.dashboard.training import a_training_server, record


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_training_server(tmp_path_factory.mktemp("training")) as served:
        yield served
        served.tidy()


@pytest.fixture(scope="module")
def http(server):
    """The trainer's tablet."""
    return server.signed_on()


@pytest.fixture(scope="module")
def code(server, http):
    return server.open_room(http)


def test_the_page_is_the_trainers_and_says_training(http, code):
    page = http.get(f"/training/{code}/debrief")
    assert page.status_code == 200 and "<title>TRAINING · Debrief" in page.text
    assert page.text.count("TRAINING") > 3 and "A rising pressure, then a stroke?" in page.text
    assert "/deps/react" not in page.text, "a page without Dash"


def test_nobody_but_the_trainer_who_leads_it_reads_it(server, code):
    others = (("abara", 409, "led by another trainer"), ("castro", 409, "from another sign-on"))
    for who, status, words in (("okafor", 403, "is a nurse"), *others):
        tablet = server.signed_on(who)
        page, csv_file = tablet.get(f"/training/{code}/debrief"), tablet.get(f"/api/training/rooms/{code}/debrief.csv")
        assert page.status_code == csv_file.status_code == status
        assert words in page.text and words in csv_file.json()["refusal"]
        assert ('href="/"' if status == 403 else f'href="/training/{code}"') in page.text, "no dead end"


@pytest.mark.parametrize("path", ["/training/ZZZZ/debrief", "/api/training/rooms/ZZZZ/debrief.csv",
                                  "/training/{code}/debrief?play=2"])  # fmt: skip
def test_what_is_not_there_is_said(http, code, path):
    assert http.get(path.format(code=code)).status_code == 404


def test_the_board_at_a_moment_is_told_as_the_stream_would(http, code):
    at = "2026-11-19T10:20:00Z"
    told = http.get(f"/api/training/rooms/{code}/moment", params={"at": at, "play": 1}).json()
    assert told["clock"] == "10:20" and {"strip-counts", "card-1"} <= told["fragments"].keys()
    assert told["fragments"]["card-1"]["aria-label"].startswith("Chair 1, CASTELLAN Ivo")
    assert http.get(f"/api/training/rooms/{code}/moment", params={"at": "soon"}).status_code == 422


@pytest.mark.parametrize("what", ["time-line", "marks", "overview"])
def test_csv_leaves_with_training_in_its_name_and_in_every_row(http, code, what):
    reply = http.get(f"/api/training/rooms/{code}/debrief.csv", params={"what": what})
    assert reply.headers["content-disposition"] == f'attachment; filename="TRAINING-{code}-{what}.csv"'
    head, *rows = csv.reader(StringIO(reply.text))
    assert head[0] == "mode" and "learner" in head and {row[0] for row in rows} <= {"TRAINING"}


def test_what_a_learner_recorded_stands_under_their_name_though_two_play_the_same_nurse(server, http):
    code = server.open_room(http)
    server.join(code, "Ben")
    ana = server.join(code, "Ana")
    a_set = {"heart_rate": 82, "systolic": 142, "diastolic": 88, "symptoms": []}
    assert record(ana, "vital-signs", a_set, "ana-1").status_code == 201
    page = http.get(f"/training/{code}/debrief").text
    assert "<b>Ana (Lindqvist)</b>" in page and "<b>Ben (Lindqvist)</b>" not in page
    rows = csv.DictReader(StringIO(http.get(f"/api/training/rooms/{code}/debrief.csv").text))
    assert {row["learner"] for row in rows if row["kind"] == "done"} == {"Ana"}


def test_no_moment_lies_before_the_start_or_ahead_of_the_room(tmp_path):
    protocol = load()
    scenario = library(protocol)["stroke"]
    store = create_store(f"sqlite:///{tmp_path / 'play.db'}", "training")
    player = ScenarioPlayer(scenario, store, protocol, ScenarioClock(scenario.started_at, 0))
    now = scenario.moment(30)
    assert '"clock":"10:20"' in moment_json(player, scenario.moment(-90), now)
    assert '"clock":"10:50"' in moment_json(player, scenario.moment(90), now)
    store.close()
