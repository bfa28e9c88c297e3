"""At the chair in a training room: measuring, forms that hold the clock, what is seen and heard, a lost network."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest

from dashboard.training.room import Room
from models.clinical.vital_signs import MEASURED
from tests.dashboard.served import Listening
from tests.dashboard.training import SAID_AT, TrainingServer, at, record, refusal, until

# ---- measuring -------------------------------------------------------------------------------------------------------


def test_measuring_takes_a_minute_and_gives_what_was_true_when_it_was_begun(ward: TrainingServer, room: Room):
    ana, ben = ward.join(room.code), ward.join(room.code, "Ben", "okafor")
    at(room, SAID_AT)
    play = room.plays[0]
    recorded = play.player.charting.day(play.player.days["1"]).facts
    begun = ana.post("/api/room/measure", json={"chair": "1"})
    assert begun.status_code == 201
    ready_at = datetime.fromisoformat(begun.json()["ready_at"])
    assert ready_at == room.clock.now() + timedelta(minutes=1)
    assert refusal(ana.get("/api/room/measured?chair=1")) == (409, None)
    at(room, SAID_AT + timedelta(seconds=40))
    assert ben.post("/api/room/measure", json={"chair": "1"}).json() == begun.json()
    at(room, SAID_AT + timedelta(seconds=60))
    measured = ana.get("/api/room/measured?chair=1").json()
    assert measured == ben.get("/api/room/measured?chair=1").json()
    truth = play.player.patients["1"].measured(85)
    assert measured["values"] == {name: getattr(truth, name) for name in MEASURED}
    assert (measured["says"], measured["consciousness"]) == (["It is getting worse."], "alert")
    assert play.player.charting.day(play.player.days["1"]).facts == recorded, "measuring records nothing"
    again = ana.post("/api/room/measure", json={"chair": "1"}).json()
    assert datetime.fromisoformat(again["begun_at"]) == ready_at, "afterwards it is another one"


def test_only_where_a_patient_of_the_scenario_sits_is_there_anything_to_measure(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    assert refusal(ana.post("/api/room/measure", json={"chair": "7"})) == (409, "chair")
    assert refusal(ana.post("/api/room/measure", json={"patient": "1"})) == (422, "chair")
    assert refusal(ana.get("/api/room/measured?chair=1")) == (409, "chair")
    nobody = ward.tablet()
    assert nobody.post("/api/room/measure", json={"chair": "1"}).status_code == 401
    # A training ward outside of any room has nothing of the kind.
    assert ward.signed_on().post("/api/room/measure", json={"chair": "1"}).status_code == 404


def test_who_is_expected_is_seen_and_not_measured_before_the_arrival_is_recorded(ward: TrainingServer):
    room = ward.rooms.by_code[ward.open_room(ward.signed_on(), "uneventful")]
    ana = ward.join(room.code)
    at(room, timedelta(minutes=30))
    assert "Sits down in the chair" in words(fragments(ana, "chair/1")["bedside-noticed"])
    assert refusal(ana.post("/api/room/measure", json={"chair": "1"})) == (409, "chair")
    assert record(ana, "arrive", {}, "arrival").status_code == 201
    assert ana.post("/api/room/measure", json={"chair": "1"}).status_code == 201
    ward.tidy()


def test_everybody_with_a_copy_measures_their_own(ward: TrainingServer):
    room = ward.room("copies")
    ana, ben = ward.join(room.code), ward.join(room.code, "Ben", "lindqvist")
    ana.post("/api/room/measure", json={"chair": "1"})
    assert refusal(ben.get("/api/room/measured?chair=1")) == (409, "chair")
    ward.tidy()


# ---- a form needs a person -------------------------------------------------------------------------------------------


def test_the_clock_waits_for_a_form_that_is_open_and_goes_on_after_it(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    room.chosen_rate, room.is_running = 10.0, True
    assert ana.post("/api/room/form", json={"open": True}).status_code == 201
    assert (room.rate_now(), room.needs_somebody()) == (1.0, "a form of Ana")
    assert ana.post("/api/room/form", json={"open": False}).status_code == 201
    assert room.rate_now() == 10.0
    assert refusal(ana.post("/api/room/form", json={"open": "so so"})) == (422, "open")


# ---- what is seen and heard ------------------------------------------------------------------------------------------


def fragments(tablet: httpx2.Client, page: str) -> dict[str, Any]:
    listening = Listening(tablet, page)
    told = listening.until("ward").told["fragments"]
    listening.close()
    return told


def words(told: Any) -> str:
    """Of a fragment, as they stand one after the other."""
    if isinstance(told, dict):
        return words(told.get("props", told).get("children"))
    return "".join(words(one) for one in told) if isinstance(told, list) else str(told or "")


def test_a_chair_shows_what_is_seen_and_heard_and_hints_when_the_trainer_shows_them(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    assert words(fragments(ana, "chair/1")["bedside-noticed"]).startswith("Nothing to be seen or heard")
    at(room, SAID_AT)
    told = fragments(ana, "chair/1")
    assert "11:45 “It is getting worse.”11:45 Holds the forehead" in words(told["bedside-noticed"])
    assert words(told["bedside-hints"]) == ""
    assert "Chair 1 calls 11:45: “It is getting worse.”" in words(fragments(ana, "board")["bedside-calls"])
    room.hints_shown = True
    shown = words(fragments(ana, "chair/1")["bedside-hints"])
    assert shown.startswith("Hint: ") and "charted" not in shown, "the expected action would be the answer"


def test_who_has_been_at_the_chair_since_is_not_called_again(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    at(room, SAID_AT)
    day = room.plays[0].player.days["1"]
    noted = ana.post(f"/api/infusion-days/{day}/notes", json={"text": "Asked"}, headers={"Idempotency-Key": "note-1"})
    assert noted.status_code == 201, noted.text
    until(lambda: words(fragments(ana, "board")["bedside-calls"]) == "")


def test_what_the_patient_says_reaches_a_page_that_is_open(ward: TrainingServer, room: Room):
    listening = Listening(ward.join(room.code), "chair/1")
    listening.until("ward")
    at(room, SAID_AT)
    while "bedside-noticed" not in (told := listening.until("ward").told["fragments"]):
        pass
    assert "It is getting worse." in words(told["bedside-noticed"])
    listening.close()


def test_only_the_pages_of_a_room_have_a_bedside_and_a_way_out(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    assert "/assets/bedside.js" in ana.get("/chair/1").text
    shown = ana.get("/chair/1/_dash-layout").text.replace("\\u002f", "/")
    for part in ('"id":"measure"', "Ana: leave the room", '"data-sign-off":"/api/room/leave"'):
        assert part in shown, part
    assert '"id":"bedside-calls"' in ana.get("/wall/_dash-layout").text, "a wall shows who calls"
    assert "data-clock-pace" in shown and "data-clock-pace" not in ward.signed_on().get("/chair/1/_dash-layout").text
    assert "bedside" not in ward.signed_on().get("/chair/1").text
    assert "bedside" not in ward.signed_on().get("/chair/1/_dash-layout").text


def test_a_call_that_nobody_has_answered_holds_the_clock_until_somebody_records_something_there(
    ward: TrainingServer, room: Room
):
    ana = ward.join(room.code)
    room.chosen_rate, room.is_running = 10.0, True
    day = room.plays[0].player.days["1"]
    at(room, timedelta(minutes=1))
    assert room.needs_somebody() == ""
    room.plays[0].player.told(room.clock.now(), "1", "patient", "I feel odd.")
    assert (room.rate_now(), room.needs_somebody()) == (1.0, "chair 1 calls")
    room.clock.set_now(room.clock.now() + timedelta(seconds=1))
    note = {"json": {"text": "Asked"}, "headers": {"Idempotency-Key": "note-odd"}}
    assert ana.post(f"/api/infusion-days/{day}/notes", **note).status_code == 201
    until(lambda: room.needs_somebody() == "")
    assert room.rate_now() == 10.0


# ---- the network goes ------------------------------------------------------------------------------------------------


def test_a_tablet_that_is_cut_off_gets_no_answer_until_its_time_has_passed(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    listening = Listening(ana, "board")
    listening.until("tick")
    room.learners[0].offline_until = room.clock.real() + 60
    room.plays[0].app.live_ward._loop.call_soon_threadsafe(room.plays[0].app.stream.tell_time)
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(ana.get("/api/ward", follow_redirects=True).status_code))
    asking.start()
    time.sleep(0.3)
    assert not answers
    room.clock.set_now(room.clock.now() + timedelta(minutes=3))
    time.sleep(0.3)
    assert not answers, "however fast the room's clock runs"
    room.learners[0].offline_until = room.clock.real()
    asking.join(3)
    assert answers == [200], "what hung is asked once more when the network is back"
    # The stream has lost something: it ends, and the tablet connects anew.
    give_up = time.monotonic() + 6
    while listening.next() is not None:
        assert time.monotonic() < give_up


def test_an_entry_whose_answer_was_lost_is_recorded_once(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    day = room.plays[0].player.days["1"]
    learner = room.learners[0]
    note = {"json": {"text": "Once"}, "headers": {"Idempotency-Key": "note-once"}}

    def cut_off(days: object) -> None:
        learner.offline_until = room.clock.real() + 60

    room.plays[0].app.announced.append(cut_off)
    with pytest.raises(httpx2.TimeoutException):
        ana.post(f"/api/infusion-days/{day}/notes", timeout=0.8, **note)
    room.plays[0].app.announced.remove(cut_off)
    learner.offline_until = None
    again = ana.post(f"/api/infusion-days/{day}/notes", **note)
    assert (again.status_code, again.json()["again"]) == (201, True)
