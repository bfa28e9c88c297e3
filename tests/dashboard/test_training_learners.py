"""A learner's way into a training room and out of it: joining, resets, leaving, coming back."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import pytest

from dashboard.pages.sign_on import sign_on_page
from dashboard.training.room import Room
from dashboard.training.rooms import own_page
from tests.dashboard.training import SAID_AT, TrainingServer, at, record, refusal, until

API = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


# ---- joining ---------------------------------------------------------------------------------------------------------


def test_four_letters_a_name_and_a_role_lead_into_the_room(ward: TrainingServer, room: Room):
    tablet = ward.tablet()
    assert "Code of the room" in tablet.get("/join").text
    found = tablet.get("/api/join", params={"code": f" {room.code.lower()} "}).json()
    assert (found["code"], found["kind"]) == (room.code, "shared")
    assert room.scenario.title not in str(found), "what comes is not told"
    assert [(one["name"], one["role"], one["chairs"]) for one in found["roles"][:2]] == [
        ("Farrell", "charge nurse", []),
        ("Lindqvist", "nurse", ["1"]),
    ]
    reply = tablet.post("/api/join", json={"code": room.code, "name": " Ana ", "role": "lindqvist"})
    assert (reply.status_code, reply.json()["page"]) == (201, "/")
    assert [one["chair"] for one in tablet.get("/api/ward").json()["chairs"]] == ["1"]
    roles = tablet.get("/api/join", params={"code": room.code}).json()["roles"]
    assert [one["taken"] for one in roles[:2]] == [False, True]
    assert "Ana" not in str(roles), "whoever has the code is told nobody's name"


def test_what_cannot_be_joined_is_refused_at_its_field_and_nobody_has_joined(ward: TrainingServer, room: Room):
    tablet = ward.tablet()
    whole = {"code": room.code, "name": "Ana", "role": "lindqvist"}
    assert refusal(tablet.get("/api/join", params={"code": "OOOO"})) == (404, "code")
    assert refusal(tablet.post("/api/join", json=whole | {"code": "OOOO"})) == (404, "code")
    assert refusal(tablet.post("/api/join", json=whole | {"name": "  "})) == (422, "name")
    assert refusal(tablet.post("/api/join", json=whole | {"role": "castro"})) == (422, "role")
    assert room.learners == []


def test_only_a_training_server_offers_to_join():
    assert "/join" in sign_on_page("Day ward 3", "training", [])
    assert "/join" not in sign_on_page("Day ward 3", "ward", [])


def test_the_page_to_join_on_says_that_the_room_is_closed(ward: TrainingServer):
    tablet = ward.tablet()
    assert "is closed" in tablet.get("/join?closed").text
    assert "is closed" not in tablet.get("/join?code=ABCD").text


# ---- a reset, and leaving --------------------------------------------------------------------------------------------


def test_after_a_reset_a_tablet_comes_back_to_the_page_it_was_on(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    ward.leads(room.code).post(f"/api/training/rooms/{room.code}/reset")
    assert ana.get("/api/ward").status_code == 401
    back = ana.get("/sign-on?to=%2Fchair%2F1")
    assert (back.status_code, back.headers["location"]) == (303, "/chair/1")
    assert ana.get("/api/ward").status_code == 200


def test_a_tablet_that_asks_while_the_room_is_being_reset_waits_for_it(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    resetting = threading.Thread(target=lambda: ward.leads(room.code).post(f"/api/training/rooms/{room.code}/reset"))
    resetting.start()
    until(lambda: not room.plays)
    assert ana.get("/sign-on").headers["location"] == "/"
    resetting.join()
    assert ana.get("/api/ward").status_code == 200


@pytest.mark.parametrize("to", ["//other.example", "https://other.example", "/\\other", "chair/1", "/a\r\nb"])
def test_a_tablet_is_sent_back_to_a_page_of_its_ward_only(to: str):
    assert own_page(to) == "/"


def test_who_leaves_frees_the_role_and_the_tablet(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    left = ana.post("/api/room/leave")
    assert (left.status_code, left.json()["page"]) == (200, f"/join?code={room.code}")
    assert not ana.cookies
    roles = ana.get("/api/join", params={"code": room.code}).json()["roles"]
    assert not any(one["taken"] for one in roles)
    assert ana.get("/api/ward").status_code == 401


def test_a_tablet_that_has_signed_off_joins_again_and_holds_one_role_only(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    ana.post("/api/sign-off")
    assert ana.get("/sign-on").headers["location"] == f"/join?code={room.code}"
    assert ana.post("/api/join", json={"code": room.code, "name": "Ana", "role": "okafor"}).status_code == 201
    roles = ana.get("/api/join", params={"code": room.code}).json()["roles"]
    assert [one["id"] for one in roles if one["taken"]] == ["okafor"]


def test_a_room_that_is_closed_leaves_the_page_to_join_on_whole(ward: TrainingServer):
    room = ward.room()
    ana = ward.join(room.code)
    ward.leads(room.code).post(f"/api/training/rooms/{room.code}/close")
    assert ana.get("/assets/join.js").status_code == 200
    away = ana.get("/chair/1")
    assert (away.status_code, away.headers["location"]) == (303, "/join?closed")
    assert "chairside_room" not in ana.cookies


def test_what_is_answered_before_the_gate_has_its_headers_and_asks_for_the_host(ward: TrainingServer, room: Room):
    ana = ward.join(room.code)
    room.learners[0].signed_on_run = 0
    foreign = {"host": "elsewhere.example"}
    assert ana.get("/sign-on", headers=foreign).status_code == 400
    answers = [ana.get("/sign-on")]
    room.learners[0].left = True
    assert ana.get("/", headers=foreign).status_code == 400
    answers += [ana.get("/api/ward"), ana.get("/")]
    assert [one.status_code for one in answers] == [303, 401, 303]
    for one in answers:
        assert one.headers["cache-control"] == "no-store" and "script-src" in one.headers["content-security-policy"]


def test_who_has_left_gets_the_seat_back_under_the_name_and_role_and_the_same_copy(ward: TrainingServer):
    room = ward.room("copies")
    ana, ben = ward.join(room.code), ward.join(room.code, "Ben", "lindqvist")
    record(ben, "notes", {"text": "Mine"}, "note-of-ben")
    was = room.learners[1].secret
    ben.post("/api/room/leave")
    at(room, SAID_AT)
    assert "chair 1 of Ana" in room.needs_somebody(), "and not the copy that Ben has left"
    ana.post("/api/room/leave")
    assert room.needs_somebody() == "", "where nobody is, nobody is waited for"
    back = ward.join(room.code, "ben", "lindqvist")
    assert [(one.id, one.play, one.left) for one in room.learners] == [("learner-1", 1, True), ("learner-2", 2, False)]
    assert room.learners[1].secret != was
    assert "Mine" in str(room.play(2).player.charting.day(room.play(2).player.days["1"]).facts)
    # The tablet signs off and joins as before: its own seat, not another ward.
    back.post("/api/sign-off")
    assert back.post("/api/join", json={"code": room.code, "name": "Ben", "role": "lindqvist"}).json()["play"] == 2
    whole = {"code": room.code, "name": "Cem", "role": "lindqvist"}
    late = ward.tablet().post("/api/join", json=whole)
    assert refusal(late) == (422, "name") and "resets" in late.json()["refusal"]
    ward.leads(room.code).post(f"/api/training/rooms/{room.code}/reset").raise_for_status()
    assert [(one.name, one.play) for one in room.learners] == [("Ben", 2)]
    assert ward.tablet().post("/api/join", json=whole).json()["play"] == 1, "which nobody is in any more"
    assert [one.number for one in room.plays] == [1, 2]
    ward.tidy()


# ---- the page of the API ---------------------------------------------------------------------------------------------


def test_the_examples_of_the_api_are_answered(ward: TrainingServer, room: Room):
    tablet = ward.tablet()
    examples = re.findall(r"^### POST (/api/(?:join|room/\S+))\n.*?```json\n(.*?)```", API, re.MULTILINE | re.DOTALL)
    assert [path for path, _ in examples] == [
        f"/api/{one}" for one in ("join", "room/measure", "room/form", "room/leave")
    ]
    for path, body in examples:
        reply = tablet.post(path, json=json.loads(body.replace("<the code>", room.code)))
        assert reply.status_code in (200, 201), reply.text
