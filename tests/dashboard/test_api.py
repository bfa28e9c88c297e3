"""What the API answers: the ward, a day, an entry, a refusal and the way on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.clinical.protocol import load
from tests.dashboard.api_ward import ApiWard

SET = {"heart_rate": 88, "systolic": 142, "diastolic": 84, "symptoms": []}


@pytest.fixture
def ward(sqlite_url: str) -> Iterator[ApiWard]:
    made = ApiWard(sqlite_url, load())
    yield made
    made.store.close()


# ---- reading ---------------------------------------------------------------------------------------------------------


def test_the_ward_shows_every_chair_and_a_free_one_without_a_patient(ward: ApiWard):
    ward.running()
    ward.booked(1, "1")
    said = ward.get("/api/ward")
    assert [chair["chair"] for chair in said["chairs"]] == ["1", "2", "3", "4"]
    assert said["chairs"][1]["patient"] is None and said["chairs"][1]["later"] == []
    here = said["chairs"][0]
    assert here["patient"]["family_name"] == "Marsh"
    assert [later["patient"]["family_name"] for later in here["later"]] == ["Adeyemi"]


def test_a_chair_answers_what_the_issue_promises(ward: ApiWard):
    ward.running()
    ward.minutes(30)
    chair = ward.chair("1")
    assert (chair["phase"], chair["state"], chair["level"]) == ("infusion", "running", "normal")
    assert (chair["run_time_s"], chair["volume_given_ml"]) == (1800, 12.7)
    assert chair["next_round_due_at"] == "2026-06-15T09:00:00Z" and chair["overdue_s"] == 0
    assert chair["forecast_end"] == "2026-06-15T12:00:00Z" and chair["bag_expires_at"] == "2026-06-15T16:00:00Z"
    assert chair["observation_ends_at"] is None
    assert "stop" in chair["allowed"] and "start" in chair["refused"]


def test_the_ward_is_read_at_the_moment_of_asking(ward: ApiWard):
    ward.running()
    assert ward.chair("1")["run_time_s"] == 0
    ward.minutes(61)
    assert (ward.chair("1")["run_time_s"], ward.chair("1")["overdue_s"]) == (3660, 60)


def test_a_day_answers_its_facts_with_who_recorded_them(ward: ApiWard):
    day_id = ward.arrived()
    said = ward.get(f"/api/infusion-days/{day_id}")
    assert [fact["id"] for fact in said["facts"]] == [1, 2]
    assert said["facts"][1] == said["facts"][1] | {
        "kind": "Arrived",
        "chair": "1",
        "recorded_by": "okafor",
        "recorded_by_name": "Ada Okafor",
        "late": False,
        "struck": False,
    }


@pytest.mark.parametrize(
    "path", ["/api/infusion-days/nowhere", "/api/infusion-days/%00", "/api/infusion-days/" + "x" * 101]
)
def test_an_unknown_day_is_a_refusal(ward: ApiWard, path: str):
    for answer in (ward.http.get(path), ward.post(f"{path}/notes", {"text": "hello"})):
        assert answer.status_code in (404, 422) and answer.json()["refusal"]


@pytest.mark.parametrize(("method", "path", "code"), [("GET", "/api/nothing", 404), ("DELETE", "/api/ward", 405)])
def test_an_address_the_api_does_not_have_is_a_refusal(ward: ApiWard, method: str, path: str, code: int):
    answer = ward.http.request(method, path)
    assert answer.status_code == code and answer.json()["refusal"]


def test_the_description_holds_every_route(ward: ApiWard):
    paths = ward.get("/api/openapi.json")["paths"]
    assert "/api/infusion-days/{day_id}/infusion/start" in paths and all(path.startswith("/api/") for path in paths)
    headers = {one["name"] for one in paths["/api/infusion-days/{day_id}/notes"]["post"]["parameters"]}
    assert {"Idempotency-Key", "X-Patient", "X-Chair", "X-Position", "X-Epoch", "X-Issued-At"} <= headers


# ---- recording -------------------------------------------------------------------------------------------------------


def test_a_set_answers_its_level_and_findings(ward: ApiWard):
    day_id = ward.running()
    ward.minutes(10)
    answer = ward.at(day_id, "vital-signs", SET)
    said = answer.json()
    assert answer.status_code == 201
    assert said["level"] == "amber"
    finding = next(one for one in said["findings"] if one["parameter"] == "systolic")
    assert {"parameter", "value", "level", "limit", "source", "action"} <= finding.keys()
    assert finding["value"] == 142
    assert said["fact"]["heart_rate"] == 88 and said["fact"]["kind"] == "VitalSignsRecorded"
    assert said["status"]["chair"] == "1" and said["status"]["level"] == "amber"


def test_a_partial_set_is_not_measured(ward: ApiWard):
    day_id = ward.running()
    said = ward.at(day_id, "vital-signs", {"heart_rate": 70, "partial_reason": "interrupted"}).json()
    assert said["level"] == "not measured"


def test_red_answers_the_evaluation_it_opened(ward: ApiWard):
    day_id = ward.running()
    said = ward.at(day_id, "vital-signs", SET | {"symptoms": ["chest pain"]}).json()
    assert said["level"] == "red"
    assert [fact["kind"] for fact in said["facts"]] == ["VitalSignsRecorded", "EvaluationOpened"]
    assert said["status"]["evaluation_open"] is True


def test_the_same_form_again_is_the_same_answer(ward: ApiWard):
    day_id = ward.running()
    first = ward.at(day_id, "vital-signs", SET, key="one").json()
    again = ward.at(day_id, "vital-signs", SET | {"confirmed": True}, key="one")
    assert again.status_code == 201
    assert (again.json()["facts"], again.json()["again"]) == (first["facts"], True)


def test_the_same_key_with_another_body_shows_what_was_saved(ward: ApiWard):
    day_id = ward.running()
    ward.at(day_id, "vital-signs", SET, key="one")
    answer = ward.at(day_id, "vital-signs", SET | {"heart_rate": 99}, key="one")
    assert answer.status_code == 409
    assert answer.json()["saved"][0]["details"]["heart_rate"] == 88


def test_the_same_key_for_another_act_is_refused(ward: ApiWard):
    day_id = ward.running()
    ward.at(day_id, "notes", {"text": "calm"}, key="one")
    assert ward.at(day_id, "infusion/stop", {}, key="one").status_code == 409
    assert ward.status(day_id).state.value == "running"


def test_a_rate_far_above_the_planned_one_is_asked_about_and_saved_once_it_is_confirmed(ward: ApiWard):
    day_id = ward.running()
    tenfold = {"rate_ml_per_hour": 253, "reason": "settled"}
    answer = ward.at(day_id, "infusion/rate", tenfold, key="ten")
    assert answer.status_code == 422 and answer.json() == {
        "refusal": "253 mL/h is 10.0 times the planned 25.3 mL/h. Is this rate right?",
        "field": "rate_ml_per_hour",
        "confirm": True,
    }
    assert ward.status(day_id).rate_ml_per_hour == 25.3
    assert ward.at(day_id, "infusion/rate", tenfold | {"rate_ml_per_hour": 37.9}).status_code == 201
    ward.charting.pause_infusion(ward.act("byrne"), day_id, "toilet")
    assert ward.at(day_id, "infusion/resume", {"rate_ml_per_hour": 253}).json()["confirm"] is True
    assert ward.at(day_id, "infusion/resume", {"rate_ml_per_hour": 253, "confirmed": True}).status_code == 201


def test_a_stale_screen_reads_what_changed_and_who_did_it(ward: ApiWard):
    day_id = ward.running()
    seen = ward.day(day_id).position
    ward.charting.pause_infusion(ward.act("byrne"), day_id, "toilet")
    answer = ward.at(day_id, "infusion/rate", {"rate_ml_per_hour": 20, "reason": "settled"}, position=seen)
    assert answer.status_code == 409
    assert "paused at 09:00 by Sean Byrne" in answer.json()["refusal"]
    assert answer.json()["changed"][0]["kind"] == "InfusionPaused"


def test_a_form_in_the_wrong_chair_reads_both_names_and_the_way_on(ward: ApiWard):
    here, there = ward.arrived(0, "1"), ward.arrived(1, "2")
    ward.charting.swap(ward.act("byrne"), here, there)
    answer = ward.at(here, "vital-signs", SET, chair="1", patient=ward.day(here).patient.id)
    said = answer.json()
    assert answer.status_code == 409 and (said["moved_to"], said["in_chair"]) == ("2", there)
    assert "MARSH, Helen" in said["refusal"] and "ADEYEMI, Tunde" in said["refusal"]


def test_an_old_tap_is_offered_for_recording_late(ward: ApiWard):
    day_id = ward.running()
    ward.minutes(10)
    tapped_ms = int((ward.clock.real() - 61) * 1000)
    answer = ward.at(day_id, "infusion/stop", {}, key="stop", issued_at=tapped_ms)
    said = answer.json()
    assert answer.status_code == 409 and said["late_offer"]["words"] == "Record late, at 09:10:00"
    late = {"late": True, "happened_at": said["late_offer"]["happened_at"]}
    assert ward.at(day_id, "infusion/stop", late, key="stop", issued_at=tapped_ms).status_code == 201


def test_another_sign_on_is_refused(ward: ApiWard):
    day_id = ward.running()
    assert ward.at(day_id, "notes", {"text": "calm"}, epoch=6).status_code == 409
    assert ward.at(day_id, "notes", {"text": "calm"}, epoch=7).status_code == 201


def test_nobody_signed_on_records_nothing(ward: ApiWard):
    day_id = ward.running()
    ward.signed_on = None
    answer = ward.at(day_id, "notes", {"text": "calm"})
    assert answer.status_code == 401 and answer.json()["refusal"]


def test_a_missing_key_is_named(ward: ApiWard):
    day_id = ward.running()
    answer = ward.http.post(f"/api/infusion-days/{day_id}/notes", json={"text": "calm"})
    assert answer.status_code == 422 and answer.json()["field"] == "Idempotency-Key"


def test_a_stop_sent_with_nothing_stops_and_a_pause_asks_why(ward: ApiWard):
    day_id = ward.running()
    paused = ward.http.post(f"/api/infusion-days/{day_id}/infusion/pause", headers={"Idempotency-Key": "pause"})
    assert paused.status_code == 422
    stopped = ward.http.post(f"/api/infusion-days/{day_id}/infusion/stop", headers={"Idempotency-Key": "stop"})
    assert stopped.status_code == 201 and stopped.json()["fact"]["kind"] == "InfusionStopped"


def test_a_lock_is_passed_by_a_doctor(ward: ApiWard):
    day_id = ward.arrived()
    ward.at(day_id, "vital-signs", SET)
    answer = ward.at(day_id, "infusion/start", {})
    assert answer.status_code == 409 and "bag" in answer.json()["locks"]
    passed = ward.at(day_id, "infusion/start", {"override": {"doctor": "Dr Silva", "reason": "examined"}})
    assert passed.status_code == 201
    assert (passed.json()["fact"]["kind"], passed.json()["facts"][0]["kind"]) == ("InfusionStarted", "Overridden")


def test_a_bag_is_the_protocols_product_and_volume_unless_said(ward: ApiWard):
    fact = ward.at(ward.arrived(), "infusion/prepare", {"batch": "B123"}).json()["fact"]
    assert (fact["product"], fact["volume_ml"]) == (load().product, load().volume_ml)


def test_implausible_values_ask_to_be_confirmed(ward: ApiWard):
    day_id = ward.running()
    answer = ward.at(day_id, "vital-signs", SET | {"heart_rate": 251}, key="one")
    assert answer.status_code == 422 and answer.json() == answer.json() | {"confirm": True, "field": "heart_rate"}
    confirmed = ward.at(day_id, "vital-signs", SET | {"heart_rate": 251, "confirmed": True}, key="one")
    assert confirmed.status_code == 201


# ---- corrections -----------------------------------------------------------------------------------------------------


def test_a_set_on_the_wrong_patient_is_offered_for_the_right_one(ward: ApiWard):
    here, there = ward.running(0, "1"), ward.arrived(1, "2")
    taken = ward.at(here, "vital-signs", SET | {"symptoms": ["flushing"]}).json()["fact"]
    ward.minutes(3)
    said = ward.at(here, "corrections", {"fact": taken["id"], "reason": "wrong patient"}).json()
    offer = said["struck_set"]
    assert [one["infusion_day_id"] for one in offer["may_belong_to"]] == [there]
    assert offer["may_belong_to"][0]["words"] == "ADEYEMI, Tunde (born 30-Nov-1990)"
    assert offer["body"]["happened_at"] == taken["happened_at"]
    moved = ward.at(there, offer["post"], offer["body"])
    assert moved.status_code == 201
    assert moved.json()["fact"]["happened_at"] == taken["happened_at"]


def test_a_replacement_is_read_as_strictly_as_an_entry(ward: ApiWard):
    day_id = ward.running()
    taken = ward.at(day_id, "vital-signs", SET).json()["fact"]
    wrong = {"fact": taken["id"], "reason": "wrong value", "replacement": {"heart_rate": "72"}}
    answer = ward.at(day_id, "corrections", wrong)
    assert answer.status_code == 422 and answer.json()["field"] == "heart_rate"
    right = wrong | {"replacement": {"heart_rate": 72}}
    said = ward.at(day_id, "corrections", right).json()
    assert [fact["kind"] for fact in said["facts"]] == ["EnteredInError", "VitalSignsRecorded"]
    replacing = said["facts"][1]
    assert (replacing["heart_rate"], replacing["systolic"], replacing["symptoms"]) == (72, 142, [])
    assert replacing["happened_at"] == taken["happened_at"]
    struck = next(one for one in ward.get(f"/api/infusion-days/{day_id}")["facts"] if one["id"] == taken["id"])
    assert struck["struck"] is True and struck["struck_by"] == said["facts"][0]["id"]


def test_an_unusual_replacement_asks_to_be_confirmed_beside_it(ward: ApiWard):
    day_id = ward.running()
    taken = ward.at(day_id, "vital-signs", SET).json()["fact"]
    body = {"fact": taken["id"], "reason": "wrong value", "replacement": {"heart_rate": 251}}
    assert ward.at(day_id, "corrections", body, key="one").json()["confirm"] is True
    confirmed = ward.at(day_id, "corrections", body | {"confirmed": True}, key="one")
    assert confirmed.json()["facts"][1]["heart_rate"] == 251


@pytest.mark.parametrize(
    ("path", "entered", "replacement", "kept"),
    [
        ("checks", {"answers": {"infection today": "yes"}}, {"answers": {"infection today": "no"}}, {"answer": "no"}),
        (
            "medications",
            {"medicine": "steroid", "outcome": "given", "dose_mg": 100},
            {"dose_mg": 1000},
            {"medicine": "steroid", "outcome": "given", "dose_mg": 1000},
        ),
        (
            "reviews",
            {"doctor": "Dr Silva", "decision": "go on", "accepted": {"systolic": 165}},
            {"doctor": "Dr Haddad"},
            {"doctor": "Dr Haddad", "accepted": [["systolic", 165.0]]},
        ),
        ("symptoms", {"symptoms": ["rash"]}, {"symptoms": ["hives"]}, {}),
        ("notes", {"text": "calm"}, {"text": "not calm"}, {"text": "not calm"}),
    ],
)
def test_any_entry_is_replaced_by_the_body_of_its_own_act(
    ward: ApiWard, path: str, entered: dict[str, object], replacement: dict[str, object], kept: dict[str, object]
):
    day_id = ward.running()
    wrong = ward.at(day_id, path, entered).json()["fact"]
    answer = ward.at(day_id, "corrections", {"fact": wrong["id"], "reason": "wrong value", "replacement": replacement})
    assert answer.status_code == 201, answer.text
    said = answer.json()["facts"][1]
    assert {name: said[name] for name in kept} == kept and said["kind"] == wrong["kind"]


def test_the_forecast_at_another_rate_is_told_and_nothing_is_recorded(ward: ApiWard):
    day_id = ward.running()
    before = ward.status(day_id).position
    said = ward.get(f"/api/infusion-days/{day_id}/rate-preview?rate_ml_per_hour=12")
    assert said["forecast_end"] > said["forecast_end_now"] and said["bag_warning"]
    assert said["bag_expires_at"].endswith("Z") and ward.status(day_id).position == before


@pytest.mark.parametrize("rate", ["", "0", "-1", "much", "nan", "1e9", "1e-7", "1e-300"])
def test_a_rate_that_cannot_be_is_refused_by_name(ward: ApiWard, rate: str):
    answer = ward.http.get(f"/api/infusion-days/{ward.running()}/rate-preview?rate_ml_per_hour={rate}")
    assert answer.status_code == 422 and answer.json()["field"] == "rate_ml_per_hour"


def test_a_count_is_answered_as_a_number_or_as_text(ward: ApiWard):
    day_id = ward.arrived()
    for said, kept in ((210, "210"), (210.5, "210.5"), ("210", "210")):
        answer = ward.at(day_id, "checks", {"answers": {"platelets baseline": said}})
        assert answer.status_code == 201 and answer.json()["fact"]["answer"] == kept
    assert ward.at(day_id, "checks", {"answers": {"platelets baseline": True}}).status_code == 422


SOMEBODY = {"patient_id": "P-2", "family_name": "Other", "given_name": "One", "born": "1980-01-01"}
TWICE = {"chair": "1", "course": 1, "day": 1, "date": "2026-06-15", "start": "10:00", "patient": SOMEBODY}


def test_a_chair_planned_for_somebody_else_is_asked_about_and_booked_once_confirmed(ward: ApiWard):
    ward.booked(0, "1")
    asked = ward.post("/api/infusion-days", TWICE, key="one")
    assert (asked.status_code, asked.json()["confirm"], asked.json()["field"]) == (422, True, "start")
    assert ward.post("/api/infusion-days", TWICE | {"confirmed": True}, key="one").status_code == 201
