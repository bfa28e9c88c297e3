"""What a trainer does while a room is played, over HTTP: brings about, chooses, marks, hints, cuts off, takes over."""

import json
import re
import time
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from components.training.offers import OFFERED
from dashboard.training import injecting, trainer_acts, trainer_routes
from dashboard.training.colleagues import OFFERS
from tests.dashboard.served import sign_on
from tests.dashboard.training import a_training_server
from tests.dashboard.training_rooms import Trainer, join

API = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")

# The rooms of this file are played through from test to test.
pytestmark = pytest.mark.xdist_group("training acts")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_training_server(tmp_path_factory.mktemp("training")) as served:
        yield served


@pytest.fixture(scope="module")
def trainer(server):
    made = Trainer(server.address)
    yield made
    made.http.close()


@pytest.fixture(scope="module")
def code(trainer):
    """A room that two learners share, at its start; the clock stands."""
    return trainer.open()


@pytest.fixture(scope="module")
def copies(trainer):
    """A room with a copy for each of two learners."""
    made = trainer.open("anaphylaxis", "copies")
    for name in ("Ana", "Ben"):
        with httpx2.Client(base_url=trainer.http.base_url) as tablet:
            join(tablet, made, name, "okafor")
    return made


def players(server, code):
    return [play.player for play in server.rooms.by_code[code].plays]


def course(server, code):
    return [(one.kind, one.words) for one in players(server, code)[0].course]


def refused(reply, status, field=None):
    assert reply.status_code == status, reply.text
    assert reply.json().get("field") == field and reply.json()["refusal"].endswith(".")
    return reply.json()["refusal"]


# ---- bringing about --------------------------------------------------------------------------------------------------


def test_a_symptom_is_felt_and_told_in_the_patients_words(server, trainer, code):
    told = {"symptom": "rash", "says": "Look at my arms!"}
    assert trainer.does(code, "inject", chair="1", symptom=told).json() == {"chair": "1", "plays": [1]}
    player = players(server, code)[0]
    assert "Look at my arms!" in player.patients["1"].says(player.scenario.minute(player.clock.now()))
    assert ("patient", "Look at my arms!") in course(server, code)
    assert ("trainer", "Brought about: rash") in course(server, code)


def test_values_move_over_the_minutes_and_what_is_not_named_keeps_its_line(server, trainer, code):
    patient = players(server, code)[0].patients["1"]
    heart, low = patient.line("heart_rate", 8), patient.line("diastolic", 8)
    assert trainer.does(code, "inject", chair="1", minutes=8, values={"systolic": 170, "spo2": 91}).status_code == 200
    shown = patient.truth(8)
    assert (shown.systolic, shown.spo2) == (170, 91)
    kind, words = course(server, code)[-1]
    assert kind == "trainer" and "systolic 170 mmHg" in words and words.endswith("SpO₂ 91 %, within 8 min")
    assert (patient.line("heart_rate", 8), patient.line("diastolic", 8)) == pytest.approx((heart, low))
    assert patient.truth(0).systolic < patient.truth(4).systolic < 170


@pytest.mark.parametrize(
    ("offer", "kind"),
    [
        ("note", "NoteAdded"),
        ("partial set", "VitalSignsRecorded"),
        ("complete set", "VitalSignsRecorded"),
        ("round not done", "RoundNotDone"),
        ("takes over", "NurseAssigned"),
        ("pause", "InfusionPaused"),
    ],
)
def test_a_colleagues_entry_stands_in_the_record_and_earns_nobody_a_point(server, trainer, code, offer, kind):
    reply = trainer.does(
        code, "inject", chair="1", entry={"offer": offer, "by": "mbeki", "text": "Asked for a blanket."}
    )
    assert reply.status_code == 200, reply.text
    newest = [fact for fact in players(server, code)[0].facts["1"] if fact.device == "scenario"][-1]
    assert (newest.kind, newest.recorded_by) == (kind, "mbeki")
    assert course(server, code)[-1] == ("ward", f"Mbeki: {OFFERED[offer].lower()}, “Asked for a blanket.”")


def test_every_entry_that_is_offered_has_its_words():
    assert list(OFFERED) == list(OFFERS)


def test_what_the_wards_rules_do_not_take_is_refused_and_told(server, trainer, copies):
    pause = {"offer": "pause", "by": "okafor"}
    assert trainer.does(copies, "inject", chair="1", play=2, entry=pause).status_code == 200
    assert "did not take it" in refused(trainer.does(copies, "inject", chair="1", play=2, entry=pause), 409)


def test_one_copy_or_every_copy(server, trainer, copies):
    rash = {"symptom": "rash"}
    assert trainer.does(copies, "inject", chair="1", play=2, symptom=rash).json()["plays"] == [2]
    first, second = (player.patients["1"].feels(0) for player in players(server, copies))
    assert "rash" in second and "rash" not in first
    assert trainer.does(copies, "inject", chair="1", symptom={"symptom": "itching"}).json()["plays"] == [1, 2]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"chair": "9", "symptom": {"symptom": "rash"}}, 409, "chair"),
        ({"chair": "1", "play": 7, "symptom": {"symptom": "rash"}}, 409, "play"),
        ({"chair": "1", "symptom": {"symptom": "boredom"}}, 409, "symptom"),
        ({"chair": "1", "symptom": {"symptom": "headache", "severity": "awful"}}, 409, "severity"),
        ({"chair": "1", "values": {"systolic": 900}}, 422, "systolic"),
        ({"chair": "1", "values": {}}, 409, "values"),
        ({"chair": "1", "minutes": -1, "values": {"systolic": 90}}, 422, "minutes"),
        ({"chair": "1", "entry": {"offer": "dance", "by": "mbeki"}}, 409, "offer"),
        ({"chair": "1", "entry": {"offer": "note", "by": "nobody", "text": "x"}}, 409, "by"),
        ({"chair": "1", "entry": {"offer": "note", "by": "mbeki"}}, 409, "text"),
        ({"chair": "1", "bed": 4, "symptom": {"symptom": "rash"}}, 422, "bed"),
        ({"chair": "1"}, 409, None),
    ],
)
def test_what_cannot_be_brought_about_names_its_field(trainer, code, body, status, field):
    refused(trainer.does(code, "inject", **body), status, field)


# ---- turns, marks, hints ---------------------------------------------------------------------------------------------


def test_a_turn_is_chosen_once(server, trainer, code):
    shown = str(trainer.hears(f"training/{code}").told["fragments"]["panel-choices"])
    assert "Let the patient have a seizure" in shown
    assert trainer.does(code, "choose", branch="seizure").json() == {"branch": "seizure", "plays": [1]}
    assert "seizure" in players(server, code)[0].branches.taken
    refused(trainer.does(code, "choose", branch="seizure"), 409, "branch")


def test_a_mark_stands_in_the_course(server, trainer, code):
    assert trainer.does(code, "mark", words="Why not now?", chair="1").status_code == 200
    assert ("note", "Why not now?") in course(server, code)
    refused(trainer.does(code, "mark", words=""), 422, "words")
    refused(trainer.does(code, "mark", words="x", chair="7"), 409, "chair")


def test_hints_are_shown_and_hidden(trainer, code):
    assert trainer.does(code, "hints", shown=True).json()["hints"] is True
    assert trainer.does(code, "hints", shown=False).json()["hints"] is False
    refused(trainer.does(code, "hints", shown="yes"), 422, "shown")


# ---- tablets and trainers --------------------------------------------------------------------------------------------


def test_a_tablet_is_cut_off_and_comes_back(trainer, code):
    with httpx2.Client(base_url=trainer.http.base_url) as tablet:
        learner = join(tablet, code)["learner"]
        assert trainer.does(code, "offline", learner=learner, minutes=3).status_code == 200
        with pytest.raises(httpx2.TimeoutException):
            tablet.get("/api/ward", timeout=0.3)
        panel = str(trainer.hears(f"training/{code}").told["fragments"]["panel-learners"])
        assert "cut off, back within 3 min" in panel
        trainer.does(code, "offline", learner=learner, minutes=0)
        assert tablet.get("/api/ward").status_code == 200
    refused(trainer.does(code, "offline", learner="nobody", minutes=5), 409, "learner")


def test_another_trainer_takes_a_room_over_first(trainer, copies):
    abara = Trainer(str(trainer.http.base_url), "abara")
    assert "led by another trainer" in refused(abara.does(copies, "mark", words="x"), 409)
    assert abara.does(copies, "take-over").status_code == 200
    assert abara.does(copies, "mark", words="mine now").status_code == 200
    refused(trainer.does(copies, "mark", words="x"), 409)
    assert trainer.does(copies, "take-over").status_code == 200
    abara.http.close()


def test_the_same_trainer_at_another_tablet_takes_the_room_over_first_too(trainer, copies):
    elsewhere = Trainer(str(trainer.http.base_url))
    assert "from another sign-on" in refused(elsewhere.does(copies, "mark", words="x"), 409)
    assert trainer.does(copies, "mark", words="still mine").status_code == 200
    elsewhere.http.close()


def test_nobody_but_a_trainer_does_any_of_it(trainer, code):
    with httpx2.Client(base_url=trainer.http.base_url) as http:
        sign_on(http, "okafor")
        for what in ("inject", "offline", "choose", "mark", "hints", "take-over", "clock", "reset", "close"):
            assert "trainer's" in refused(http.post(f"/api/training/rooms/{code}/{what}", json={}), 403)


# ---- what the panel shows --------------------------------------------------------------------------------------------


def test_what_is_true_stands_beside_what_is_charted(trainer):
    code = trainer.open("anaphylaxis")
    before = str(trainer.hears(f"training/{code}").told["fragments"]["panel-chairs"])
    assert "Charted last" in before and "worse than the ward knows" not in before
    trainer.does(code, "inject", chair="1", values={"systolic": 190}, symptom=None)
    trainer.does(code, "clock", rate=60, slows=False, paused=False)
    time.sleep(0.3)
    after = str(trainer.hears(f"training/{code}").told["fragments"]["panel-chairs"])
    assert "190/" in after and "worse than the ward knows" in after
    trainer.does(code, "close")


def test_what_waits_to_be_done_and_the_course_are_shown(trainer):
    code = trainer.open()
    trainer.does(code, "mark", words="Look again", chair="1")
    trainer.does(code, "choose", branch="seizure")
    told = trainer.hears(f"training/{code}").told["fragments"]
    assert "Set of the first hour" in str(told["panel-waits"])
    assert "Look again" in str(told["panel-course"]) and "A seizure" in str(told["panel-course"])
    trainer.does(code, "close")


# ---- the page of the API ---------------------------------------------------------------------------------------------


def test_the_examples_of_the_api_are_answered_in_their_order(trainer, code):
    examples = re.findall(r"^### POST (/api/training/rooms\S*)\n.*?```json\n(.*?)```", API, re.MULTILINE | re.DOTALL)
    posted = {route.path for route in trainers_routes() if "POST" in route.methods}
    assert {path for path, _ in examples} == posted
    for path, body in examples:
        reply = trainer.http.post(path.format(code=code), json=json.loads(body))
        assert reply.status_code in (200, 201), (path, reply.text)
        if path.endswith("/rooms"):
            code = reply.json()["code"]
            with httpx2.Client(base_url=trainer.http.base_url) as tablet:
                join(tablet, code)


def trainers_routes():
    server = FastAPI()
    for part in (trainer_routes, injecting, trainer_acts):
        part.register(server, None)
    return [route for route in server.routes if route.path.startswith("/api/training/rooms")]
