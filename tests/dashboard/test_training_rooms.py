"""Training rooms: wards of their own on clocks of their own, led by one trainer, joined with a code."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.factory import build
from dashboard.settings import Settings
from dashboard.training.rooms import LETTERS
from models.store.opening import create_store, open_store
from models.store.refusals import StoreRefused
from seed.playing import record_hash
from tests.dashboard.served import NAMED, Listening, client, sign_on, staff
from tests.dashboard.training import TrainingServer, a_training_server, record, until

A_SET = {"heart_rate": 82, "systolic": 142, "diastolic": 88, "symptoms": []}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrainingServer]:
    with a_training_server(tmp_path_factory.mktemp("training")) as served:
        yield served


@pytest.fixture(autouse=True)
def tidied(server: TrainingServer) -> Iterator[None]:
    yield
    server.tidy()


def clock(trainer, code: str, **body):
    reply = trainer.post(f"/api/training/rooms/{code}/clock", json=body)
    assert reply.status_code == 200, reply.text
    return reply.json()


# ---- who ---------------------------------------------------------------------------------------------------------


def test_only_a_trainer_opens_a_room_and_a_code_is_four_letters(server: TrainingServer):
    nurse, trainer = server.signed_on("okafor"), server.signed_on()
    refused = nurse.post("/api/training/rooms", json={"scenario": "stroke"})
    assert refused.status_code == 403 and "nurse" in refused.json()["refusal"]
    code = server.open_room(trainer)
    assert len(code) == 4 and set(code) <= set(LETTERS)


def test_what_cannot_be_opened_says_which_field(server: TrainingServer):
    refused = server.signed_on().post("/api/training/rooms", json={"scenario": "flood"})
    assert refused.status_code == 422 and refused.json()["field"] == "scenario"


def test_a_room_is_led_by_the_trainer_who_opened_it_and_by_no_tablet_in_it(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer)
    learner, other = server.join(code), server.signed_on("abara")
    for what in ("clock", "reset", "close"):
        path = f"/api/training/rooms/{code}/{what}"
        assert learner.post(path, json={}).status_code == 401
        assert other.post(path, json={}).status_code == 409
    assert learner.post("/api/training/clock", json={"rate": 60}).status_code == 401
    assert learner.get("/training").status_code == 303


def test_a_wrong_code_or_role_is_refused_by_its_field(server: TrainingServer):
    trainer, tablet = server.signed_on(), server.tablet()
    code = server.open_room(trainer)
    refused = tablet.post("/api/join", json={"code": "IIII", "name": "Ana", "role": "okafor"})
    assert refused.status_code == 404 and refused.json()["field"] == "code"
    refused = tablet.post("/api/join", json={"code": code, "name": "Ana", "role": "castro"})
    assert refused.status_code == 422 and refused.json()["field"] == "role"
    assert tablet.post("/api/join", json={"code": code, "name": " ", "role": "okafor"}).json()["field"] == "name"


def test_a_cookie_that_is_nobodys_leads_nowhere(server: TrainingServer):
    code = server.open_room(server.signed_on())
    for secret in ("", "x", "é", "." * 40):
        header = {"cookie": f"chairside_room={code}.{secret}".encode()}
        assert server.tablet().get("/api/ward", headers=header).status_code == 401


# ---- wards of their own ------------------------------------------------------------------------------------------


def test_what_is_recorded_in_a_room_stands_in_no_other_ward(server: TrainingServer):
    trainer = server.signed_on()
    codes = [server.open_room(trainer) for _ in range(2)]
    assert record(server.join(codes[0]), "vital-signs", A_SET, "k-1").status_code == 201
    rooms = [server.rooms.by_code[code] for code in codes]
    mine, theirs = (room.plays[0].app.store for room in rooms)
    assert mine.find_key("k-1") is not None
    assert theirs.find_key("k-1") is None and server.app.store.find_key("k-1") is None


def test_with_copies_each_learner_has_the_patient_to_themselves(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer, kind="copies")
    ana, ben = server.join(code, "Ana"), server.join(code, "Ben")
    assert record(ana, "vital-signs", A_SET, "k-2").status_code == 201
    first, second = server.rooms.by_code[code].plays
    assert first.app.store.find_key("k-2") is not None and second.app.store.find_key("k-2") is None
    assert ben.get("/api/ward").json()["now"] == ana.get("/api/ward").json()["now"]


def test_a_learners_entry_names_the_learners_tablet(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer)
    record(server.join(code), "notes", {"text": "Calm"}, "k-3")
    used = server.rooms.by_code[code].plays[0].app.store.find_key("k-3")
    assert used is not None and (used.facts[0].device, used.facts[0].recorded_by) == ("learner-1", "lindqvist")


def test_after_a_reset_nothing_is_left_and_the_tablet_comes_back_by_itself(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer)
    learner, room = server.join(code), server.rooms.by_code[code]
    begun = record_hash(room.plays[0].player)
    record(learner, "vital-signs", A_SET, "k-4")
    clock(trainer, code, to="next")
    former = room.plays[0].place
    assert trainer.post(f"/api/training/rooms/{code}/reset").status_code == 200
    assert record_hash(room.plays[0].player) == begun
    assert room.plays[0].app.store.find_key("k-4") is None
    assert not list(former.parent.glob(f"{former.name}*"))
    assert room.clock.now() == room.scenario.started_at and room.clock.rate == 0
    assert learner.get("/api/ward").status_code == 401
    assert learner.get("/sign-on").headers["location"] == "/"
    assert learner.get("/api/ward").status_code == 200
    # Whoever signs off by themselves is not signed on again: the next person chooses a role.
    learner.post("/api/sign-off")
    assert learner.get("/sign-on").headers["location"] == f"/join?code={code}"


def test_a_closed_room_leaves_no_file_and_sends_its_tablets_to_join_another(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer)
    learner, place = server.join(code), server.rooms.by_code[code].plays[0].place
    assert place.exists()
    trainer.post(f"/api/training/rooms/{code}/close")
    assert not list(place.parent.glob(f"{code}*"))
    assert learner.get("/api/ward").status_code == 401
    gone = learner.get("/chair/1")
    assert gone.headers["location"] == "/join?closed" and 'chairside_room=""' in gone.headers["set-cookie"]


def test_a_reset_that_did_not_come_about_is_made_good_by_the_next(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer, kind="copies")
    tablets = [server.join(code, "Ana"), server.join(code, "Ben")]
    room = server.rooms.by_code[code]
    # Where the second copy would have its database stands a folder.
    in_the_way = room.plays[0].place.with_name(f"{code}-2-2.db")
    in_the_way.mkdir()
    refused = trainer.post(f"/api/training/rooms/{code}/reset")
    in_the_way.rmdir()
    assert refused.status_code == 409 and "Reset once more" in refused.json()["refusal"]
    assert trainer.post(f"/api/training/rooms/{code}/reset").status_code == 200
    assert [play.number for play in room.plays] == [1, 2]
    for tablet in tablets:
        assert tablet.get("/sign-on").headers["location"] == "/"
        assert tablet.get("/api/ward").status_code == 200


# ---- a trainer in their own room -------------------------------------------------------------------------------------


def test_a_trainers_browser_that_joins_its_own_room_stays_the_trainers(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer)
    assert trainer.post("/api/join", json={"code": code, "role": "looks"}).status_code == 201
    assert [one["chair"] for one in trainer.get("/api/ward").json()["chairs"]] == ["1"], "the room's board"
    assert clock(trainer, code, rate=10)["chosen_rate"] == 10
    listening = Listening(trainer, f"training/{code}")
    assert listening.until("hello").told["staff"] == "castro"
    assert "panel-run" in listening.until("ward").told["fragments"]
    listening.close()
    assert trainer.post("/api/training/sign-off").status_code == 200
    away = trainer.get("/training").headers["location"]
    assert trainer.get("/api/ward").status_code == 200, "the room's board stays"
    assert "Castro" in trainer.get(away).text and sign_on(trainer, "castro").status_code == 200
    assert trainer.post("/api/room/leave").status_code == 200
    assert trainer.get("/training").status_code == 200


def test_a_screen_that_only_looks_enters_nothing_and_counts_nowhere(server: TrainingServer):
    trainer, wall = server.signed_on(), server.tablet()
    code = server.open_room(trainer)
    room = server.rooms.by_code[code]
    assert wall.post("/api/join", json={"code": code, "role": "looks"}).status_code == 201
    assert wall.get("/").status_code == 200 and wall.get("/chair/1").status_code == 200
    for path, body in (
        ("vital-signs", A_SET),
        ("notes", {"text": "Calm"}),
    ):
        refused = record(wall, path, body, "k-looks")
        assert (refused.status_code, refused.json()["refusal"]) == (403, "This screen only looks.")
    for path in ("/api/room/measure", "/api/room/form", "/api/staff", "/api/day-list", "/api/_dash"):
        assert wall.post(path, json={"open": True}).status_code == 403, path
    assert room.learners == [] and room.needs_somebody() == ""
    assert clock(trainer, code)["learners"] == []
    trainer.post(f"/api/training/rooms/{code}/reset")
    assert wall.get("/sign-on").headers["location"] == "/" and wall.get("/api/ward").status_code == 200
    assert wall.post("/api/room/leave").status_code == 200
    assert room.watchers == [] and wall.get("/api/ward").status_code == 401


# ---- the clock ---------------------------------------------------------------------------------------------------


def test_a_room_stands_still_until_it_is_started_and_hurries_only_itself(server: TrainingServer):
    trainer = server.signed_on()
    code, still = server.open_room(trainer), server.open_room(trainer)
    ward_rate = server.app.clock.rate
    room = server.rooms.by_code[code]
    assert clock(trainer, code, paused=False, rate=60)["rate"] == 60
    until(lambda: room.clock.now() > room.scenario.started_at)
    assert server.rooms.by_code[still].clock.now() == room.scenario.started_at
    assert server.app.clock.rate == ward_rate
    assert clock(trainer, code, paused=True)["rate"] == 0


@pytest.mark.parametrize(("body", "field"), [({"rate": 3}, "rate"), ({"rate": "fast"}, "rate"), ({"to": "end"}, "to")])
def test_what_a_clock_does_not_take_is_refused_by_its_field(server: TrainingServer, body, field):
    trainer = server.signed_on()
    code = server.open_room(trainer)
    refused = trainer.post(f"/api/training/rooms/{code}/clock", json=body)
    assert refused.status_code in (409, 422) and refused.json()["field"] == field


def test_a_jump_stops_at_the_very_next_moment_and_what_falls_there_is_played(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer)
    room = server.rooms.by_code[code]
    until(lambda: not room.plays[0].is_behind)
    expected = room.next_at()
    clock(trainer, code, to="next")
    assert room.clock.now() == expected
    until(lambda: room.plays[0].player.next_at is None or room.plays[0].player.next_at > expected)


def test_the_panel_is_told_of_a_jump_at_once(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer)
    listening = Listening(trainer, f"training/{code}")
    listening.until("ward")
    now = clock(trainer, code, to="next")["now"]
    began = time.monotonic()
    while f"{datetime.fromtimestamp(listening.until('tick').told['now'] / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}" != now:
        assert time.monotonic() - began < 0.5
    listening.close()


def test_the_clock_drops_to_real_time_while_an_alert_needs_somebody_and_returns_after(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer)
    learner, room = server.join(code), server.rooms.by_code[code]
    clock(trainer, code, paused=False, rate=60)
    room.clock.set_now(room.scenario.moment(9))
    # The round of 10:30 is overdue from that moment on.
    until(lambda: room.clock.rate == 1, seconds=20)
    assert "chair 1" in room.needs_somebody()
    assert clock(trainer, code, slows=False)["rate"] == 60
    assert clock(trainer, code, slows=True)["rate"] == 1
    assert record(learner, "vital-signs", A_SET | {"systolic": 124, "diastolic": 80}, "k-5").status_code == 201
    until(lambda: room.clock.rate == 60)


def test_an_act_is_recorded_after_everything_that_was_due_before_it(server: TrainingServer):
    trainer = server.signed_on()
    code = server.open_room(trainer, "wrong-patient")
    room = server.rooms.by_code[code]
    learner = server.join(code, role=room.scenario.chairs[0].nurse or "okafor")
    player = room.plays[0].player
    while player.next_at is not None and not any(one.kind == "patient" for one in player.course):
        # Moved on without telling the room: only the act itself can bring the scenario along.
        room.clock.set_now(player.next_at)
        record(learner, "notes", {"text": "Looked"}, f"k-6-{player.next_at}", chair=room.scenario.chairs[0].chair)
        assert player.next_at is None or player.next_at > room.clock.now()


# ---- training and ward never meet (H22, H23) ---------------------------------------------------------------------


def test_a_real_ward_has_no_room_no_library_and_no_way_to_join(tmp_path: Path):
    store = create_store(f"sqlite:///{tmp_path}/ward.db", "ward")
    store.set_up(replace(NAMED, mode="ward"), ["1"], staff())
    store.close()
    app = build(Settings(mode="ward", database_url=f"sqlite:///{tmp_path}/ward.db"))
    assert app.rooms is None
    http = client(app)
    for method, path in (
        ("GET", "/join"),
        ("GET", "/api/join"),
        ("POST", "/api/join"),
        ("POST", "/api/training/rooms"),
    ):
        assert http.request(method, path).status_code == 401
    assert "training" not in http.get("/sign-on").text.lower()
    # A cookie of a training room on the same tablet leads nowhere.
    http.cookies.set("chairside_room", "ABCD.secret")
    assert http.get("/sign-on").status_code == 200
    app.store.close()


def test_the_database_of_a_room_is_a_training_ward_and_no_ward_opens_it(server: TrainingServer):
    trainer = server.signed_on()
    room = server.rooms.by_code[server.open_room(trainer)]
    assert room.plays[0].app.store.ward().mode == "training"
    with pytest.raises(StoreRefused):
        open_store(f"sqlite:///{room.plays[0].place}", "ward")
