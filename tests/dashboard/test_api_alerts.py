"""Alerts and the evaluation over HTTP: what a screen reads, what it answers, and what it is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.clinical.facts import Transferred
from models.clinical.protocol import load
from tests.charting.ward import IN_PAIN
from tests.dashboard.api_ward import ApiWard

GONE = Transferred(where_to="ward", receiver="Sister Maas")


@pytest.fixture
def ward(sqlite_url: str) -> Iterator[ApiWard]:
    made = ApiWard(sqlite_url, load())
    yield made
    made.store.close()


def in_pain(ward: ApiWard) -> str:
    day_id = ward.running()
    ward.minutes(10)
    ward.charting.record_vital_signs(ward.act(), day_id, IN_PAIN)
    return day_id


def test_the_ward_tells_the_alerts_of_a_chair_in_words(ward: ApiWard):
    in_pain(ward)
    chair = ward.chair("1")
    alert = chair["alerts"][0]
    assert (alert["id"].partition("/")[0], alert["kind"], alert["priority"]) == (
        "symptom: chest pain",
        "symptom",
        "high",
    )
    assert (alert["state"], alert["level"], alert["needs_answer"], chair["silenced"]) == ("raised", "red", True, 0)
    assert alert["raised_at"].endswith("Z") and alert["escalates_at"].endswith("Z")
    assert {"words", "limit", "source", "why", "action", "position", "note"} <= alert.keys()


def test_an_answer_is_on_the_next_reading_of_the_ward(ward: ApiWard):
    day_id = in_pain(ward)
    alert = ward.chair("1")["alerts"][0]["id"]
    assert ward.at(day_id, "alerts/answer", {"alert": alert, "answer": "acting"}).status_code == 201
    chair = ward.chair("1")
    assert (chair["alerts"][0]["state"], chair["alerts"][0]["answered_by"], chair["silenced"]) == (
        "acting",
        "okafor",
        1,
    )


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"alert": "systolic high/1", "answer": "seen"}, 409, None),
        ({"alert": "systolic high/1", "answer": "hide"}, 422, "answer"),
        ({"alert": "systolic high/1", "answer": "known and accepted"}, 422, "doctor"),
        ({"alert": "systolic high/1", "answer": "outcome"}, 422, "outcome"),
        ({"answer": "seen"}, 422, "alert"),
        ({"alert": "systolic high/1", "answer": "seen", "all": True}, 422, "all"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(ward: ApiWard, body: dict[str, object], code: int, field: str | None):
    refused = ward.at(in_pain(ward), "alerts/answer", body)
    assert (refused.status_code, refused.json().get("field")) == (code, field), refused.text


def test_the_open_evaluation_is_part_of_the_chair_and_gone_when_it_is_closed(ward: ApiWard):
    day_id = in_pain(ward)
    seen = ward.chair("1")["evaluation"]
    assert [one["id"] for one in seen["reactions"] if one["preselected"]] == ["myocardial ischaemia"]
    assert ward.at(day_id, "evaluation/step", {"reaction": "head", "step": "ecg"}).status_code == 201
    ticked = next(one for one in ward.chair("1")["evaluation"]["head"] if one["id"] == "ecg")
    assert (ticked["done"], ticked["done_by"]) == (True, "okafor")
    serious = ward.at(day_id, "evaluation/grade", {"grade": 3})
    assert (serious.status_code, serious.json()["field"]) == (422, "grade")
    closed = {"outcome": "resumed", "doctor": "Dr Silva", "reason": "ECG unchanged"}
    assert ward.at(day_id, "evaluation/close", closed).status_code == 201
    assert ward.chair("1")["evaluation"] is None


def test_a_stop_is_recorded_at_its_tap_and_taken_back_by_one_tap(ward: ApiWard):
    day_id = ward.running()
    ward.clock.rate = 1.0
    ward.minutes(20)
    tapped = int((ward.clock.real() - 4) * 1000)
    stopped = ward.at(day_id, "infusion/stop", {}, issued_at=tapped).json()
    assert stopped["fact"]["happened_at"] < stopped["fact"]["recorded_at"]
    back = ward.at(day_id, "infusion/touched-by-mistake", {"stop": stopped["fact"]["id"]})
    assert (back.status_code, back.json()["status"]["state"]) == (201, "running")


def test_the_night_is_one_act_for_all_open_chairs(ward: ApiWard):
    first, second = ward.running(), ward.arrived(1, "2")
    night = {"receiver": "Dr Chen", "place": "Ward 5"}
    one_missing = ward.post("/api/ward/close", {"receivers": {first: night}})
    assert (one_missing.status_code, one_missing.json()["field"]) == (422, "receivers")
    both = ward.post("/api/ward/close", {"receivers": {first: night, second: night}}, "night")
    assert both.status_code == 201 and len(both.json()["closed"]) == 2 and not both.json()["again"]
    assert ward.post("/api/ward/close", {"receivers": {first: night, second: night}}, "night").json()["again"]
    assert ward.chair("2")["night_receiver"] == night


def test_what_the_alerts_of_today_cost(ward: ApiWard):
    day_id = in_pain(ward)
    ward.minutes(2)
    alert = ward.chair("1")["alerts"][0]["id"]
    answered = {"alert": alert, "answer": "outcome", "outcome": "doctor called"}
    assert ward.at(day_id, "alerts/answer", answered).status_code == 201
    ward.booked(1, "2")
    told = ward.get("/api/alarm-statistics")
    high = told["load"][0]
    assert (high["priority"], high["raised"], high["sounded"], high["median_answer_s"]) == ("high", 1, 1, 120)
    assert (high["escalated"], told["pairs"]) == (1, {"asked": 0, "confirmed": 0, "artefact": 0})
    assert [(one["chair"], one["alerts"][-1]["id"]) for one in told["days"]] == [("1", alert)]
    assert told["chair_hours"] > 0 and high["per_chair_hour"] > 0
    kind = told["kinds"][0]
    assert (high["p90_answer_s"], kind["what"], kind["raised"], kind["priority"]) == (120, "red symptom", 1, "high")


def test_the_statistics_reach_back_as_many_days_as_asked_and_not_further(ward: ApiWard):
    in_pain(ward)
    ward.minutes(3 * 24 * 60)
    assert len(ward.get("/api/alarm-statistics?days=1")["days"]) == 1  # open since then
    ward.charting.transfer(ward.act(), ward.get("/api/alarm-statistics")["days"][0]["infusion_day_id"], GONE)
    assert ward.get("/api/alarm-statistics?days=3")["days"] == []
    told = [ward.get("/api/alarm-statistics?days=4")["days"] for _ in range(2)]
    assert told[0] == told[1] and [one["chair"] for one in told[0]] == ["1"]
    assert told[0][0]["alerts"][-1]["ended_at"] is not None


@pytest.mark.parametrize("days", ["0", "31", "x"])
def test_a_period_that_is_none_is_refused(ward: ApiWard, days: str):
    assert ward.http.get(f"/api/alarm-statistics?days={days}").status_code == 422
