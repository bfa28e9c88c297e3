"""The trainer's pages over HTTP: the library, the panel of a room, and what everybody else is shown there."""

import re
from datetime import UTC, datetime

import httpx2
import pytest

from tests.dashboard.served import Listening, sign_on
from tests.dashboard.training import a_training_server
from tests.dashboard.training_rooms import Trainer, join, layout


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with a_training_server(tmp_path_factory.mktemp("training")) as served:
        yield served.address


@pytest.fixture(scope="module")
def trainer(url):
    made = Trainer(url)
    yield made
    made.http.close()


@pytest.fixture
def browser(url):
    with httpx2.Client(base_url=url) as http:
        yield http


def title(http, path):
    reply = http.get(path)
    return reply.status_code, re.search("<title>([^<]*)", reply.text)[1]


def test_the_library_shows_every_scenario_with_both_ways_to_open_a_room(trainer):
    shown = layout(trainer.http, "/training")
    assert "A rising pressure, then a stroke?" in shown and "2hr 35min · 1 chair · 11 expected actions" in shown
    assert shown.count("one shared ward") == shown.count("a copy for each learner") == 13


def test_the_panel_shows_the_code_and_where_to_join(trainer):
    code = trainer.open()
    shown = layout(trainer.http, f"/training/{code}")
    assert f'"{code}"' in shown and "data-join-address" in shown
    live = trainer.hears(f"training/{code}").told["fragments"]
    assert live["panel"]["data-trainer"].isdigit() and live["panel"]["data-state"] == "not started"
    assert live["panel-join"]["className"].endswith("nobody")
    assert title(trainer.http, f"/training/{code}") == (200, f"TRAINING · Room {code} · Chairside")


def test_the_way_to_the_library_is_on_the_board_for_a_trainer_only(trainer, browser):
    assert '"/training"' in layout(trainer.http, "/") and '"/training"' in layout(trainer.http, "/today")
    sign_on(browser, "okafor")
    assert '"/training"' not in layout(browser, "/")


def test_somebody_else_is_told_whose_training_rooms_are_and_how_to_go_on(trainer, browser):
    sign_on(browser, "okafor")
    code = trainer.open()
    for path in ("/training", f"/training/{code}"):
        assert browser.get(path).status_code == 200
        shown = layout(browser, path)
        assert "led by a trainer" in shown and '"/join"' in shown and code not in shown


def test_a_room_that_is_closed_leads_back_to_the_scenarios(trainer):
    code = trainer.open()
    assert trainer.does(code, "close").json() == {"closed": code}
    assert "was never opened" in layout(trainer.http, f"/training/{code}")
    assert title(trainer.http, f"/training/{code}")[1] == "TRAINING · No such room · Chairside"


def test_learners_stand_in_the_room_with_the_part_they_play(trainer, browser):
    code = trainer.open()
    join(browser, code)
    assert trainer.sees(code)["learners"] == [{"id": "learner-1", "name": "Ana", "staff": "lindqvist", "play": 1}]
    live = str(trainer.hears(f"training/{code}").told["fragments"]["panel-learners"])
    assert "Lindqvist, nurse" in live and "tablet not there" in live


def test_a_tablet_is_there_while_its_stream_is_open(trainer, browser):
    code = trainer.open()
    join(browser, code)
    screen = Listening(browser)
    screen.until("ward")
    assert "tablet live" in str(trainer.hears(f"training/{code}").told)
    screen.close()


def test_the_panel_ticks_by_the_clock_of_its_room(trainer):
    code = trainer.open()
    trainer.does(code, "clock", rate=60, paused=False)
    listening = Listening(trainer.http, f"training/{code}")
    tick = listening.until("tick").told
    listening.close()
    shown = datetime.fromtimestamp(tick["now"] / 1000, UTC)
    assert tick["rate"] == 60 and f"{shown:%Y-%m-%d %H}" == "2026-11-19 10"
