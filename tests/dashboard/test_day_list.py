"""The day's list over HTTP: preview, all or nothing, harmless when repeated; and who a hospital number belongs to."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.clinical.protocol import load
from tests.charting.ward import TODAY
from tests.dashboard.api_ward import ApiWard

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### POST (/api/day-list\S*|/api/patients/find)\n.*?```json\n(.*?)```", re.MULTILINE | re.DOTALL)
HEAD = "chair,surname,forename,dob,hospital no,course,day,time"
HELEN = "1,Marsh,Helen,1984-04-05,P-1001,1,1,08:00"
TUNDE = "2,Adeyemi,Tunde,1990-11-30,P-1002,1,3,08:15"


@pytest.fixture
def ward(sqlite_url: str) -> Iterator[ApiWard]:
    made = ApiWard(sqlite_url, load())
    yield made
    made.store.close()


def listed(*lines: str) -> dict[str, str]:
    return {"csv": "\n".join([HEAD, *lines])}


def booked_days(ward: ApiWard) -> list[tuple[str, int, int]]:
    return [(one.patient.patient_id, one.course, one.day) for one in ward.charting.statuses_on(TODAY)]


@pytest.mark.parametrize(("path", "body"), SECTION.findall(DOCUMENT), ids=lambda text: text if text[0] == "/" else "")
def test_every_example_of_the_page_is_answered(ward: ApiWard, path: str, body: str):
    answer = ward.post(path, json.loads(body))
    assert answer.status_code == (201 if path == "/api/day-list" else 200), answer.text


def test_the_page_has_an_example_of_each():
    assert [path for path, _ in SECTION.findall(DOCUMENT)] == [
        "/api/day-list/preview",
        "/api/day-list",
        "/api/patients/find",
    ]


def test_a_preview_shows_what_would_be_booked_and_books_nothing(ward: ApiWard):
    answer = ward.post("/api/day-list/preview", listed(HELEN, TUNDE)).json()
    assert (answer["to_book"], answer["already"], answer["problems"]) == (2, 0, [])
    assert answer["mapping"]["family_name"] == "surname"
    assert [line["start"] for line in answer["lines"]] == ["08:00", "08:15"]
    assert booked_days(ward) == []


def test_a_list_is_booked_whole(ward: ApiWard):
    answer = ward.post("/api/day-list", listed(HELEN, TUNDE))
    assert answer.status_code == 201
    assert (answer.json()["booked"], answer.json()["already"]) == (2, 0)
    assert booked_days(ward) == [("P-1001", 1, 1), ("P-1002", 1, 3)]


def test_one_problem_and_nothing_is_booked(ward: ApiWard):
    answer = ward.post("/api/day-list", listed(HELEN, TUNDE.replace("2,A", "99,A"), "3,,Colin,1979-01-12,P-1003,1,9,8"))
    assert answer.status_code == 422
    assert [(one["line"], one["field"]) for one in answer.json()["problems"]] == [
        (3, "chair"),
        (4, "day"),
        (4, "family_name"),
        (4, "start"),
    ]
    assert answer.json()["field"] == "chair" and "4 problems" in answer.json()["refusal"]
    assert booked_days(ward) == []


def test_a_repeated_list_changes_nothing(ward: ApiWard):
    ward.post("/api/day-list", listed(HELEN))
    more = ward.post("/api/day-list", listed(HELEN, TUNDE))
    assert (more.status_code, more.json()["booked"], more.json()["already"]) == (201, 1, 1)
    again = ward.post("/api/day-list", listed(HELEN, TUNDE))
    assert (again.status_code, again.json()["booked"], again.json()["already"]) == (200, 0, 2)
    assert len(booked_days(ward)) == 2


def test_the_same_key_is_answered_the_same_and_another_list_under_it_is_refused(ward: ApiWard):
    first = ward.post("/api/day-list", listed(HELEN), key="form-a").json()
    second = ward.post("/api/day-list", listed(HELEN), key="form-a").json()
    assert second == first | {"again": True}
    assert ward.post("/api/day-list", listed(TUNDE), key="form-a").status_code == 409


def test_another_mapping_may_be_chosen(ward: ApiWard):
    odd = {"csv": "A;B;C;D;E;F;G\n1;Marsh, Helen;05/04/1984;P-1001;1;1;8:00"}
    assert ward.post("/api/day-list/preview", odd).json()["problems"]
    mapping = dict(zip(("chair", "name", "born", "patient_id", "course", "day", "start"), "ABCDEFG", strict=True))
    assert ward.post("/api/day-list", odd | {"mapping": mapping}).json()["booked"] == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"csv": "a,b", "base64": "YSxi"}, "body"),
        ({"base64": "%%%"}, "base64"),
        ({"csv": ""}, "csv"),
        ({"csv": "just words"}, "csv"),
        ({"base64": base64.b64encode(b"PK\x03\x04\x14\x00,;\x00\x00").decode()}, "base64"),
        ({"csv": "chair," + "x" * (1 << 20)}, "csv"),
        (listed(HELEN) | {"mapping": {"shoe": "time"}}, "mapping"),
        (listed(HELEN) | {"mapping": {"chair": "no such heading"}}, "mapping"),
        (listed(HELEN) | {"mapping": {"chair": ""}}, "mapping"),
        (listed(HELEN) | {"more": 1}, "more"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(ward: ApiWard, body: dict[str, object], field: str):
    for path in ("/api/day-list/preview", "/api/day-list"):
        answer = ward.post(path, body)
        assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text
        assert answer.json()["refusal"].endswith(".")


def test_nobody_signed_on_imports_nothing(ward: ApiWard):
    ward.signed_on = None
    assert ward.post("/api/day-list", listed(HELEN)).status_code == 401


def test_a_course_that_begins_too_soon_is_told_and_not_refused(ward: ApiWard):
    ward.completed()
    soon = (TODAY + timedelta(days=30)).isoformat()
    told = listed(HELEN.replace("1,1,08:00", "2,1,08:00") + f",{soon}")
    told["csv"] = told["csv"].replace(HEAD, HEAD + ",date")
    answer = ward.post("/api/day-list/preview", told).json()
    assert not answer["problems"] and "12 months" in answer["lines"][0]["warnings"][0]


# ---- who a hospital number belongs to --------------------------------------------------------------------------------


def test_a_known_number_says_whose_it_is_and_what_comes_next(ward: ApiWard):
    ward.booked(day=1)
    found = ward.post("/api/patients/find", {"patient_id": "P-1001"}).json()
    assert (found["patient"]["family_name"], found["patient"]["born"]) == ("Marsh", "1984-04-05")
    assert found["days"] == [{"course": 1, "day": 1, "date": "2026-06-15"}]
    assert found["next"] == {"course": 1, "day": 2}


def test_after_the_last_day_of_a_course_comes_the_next_course(ward: ApiWard):
    ward.booked(course=2, day=3)
    assert ward.post("/api/patients/find", {"patient_id": "P-1001"}).json()["next"] == {"course": 3, "day": 1}


def test_an_unknown_number_is_nobodys(ward: ApiWard):
    found = ward.post(
        "/api/patients/find", {"patient_id": "nobody", "course": 9, "day": 1, "date": "2026-06-15"}
    ).json()
    assert (found["patient"], found["days"], found["next"]) == (None, [], None)
    assert "courses are foreseen" in found["warnings"][0]


def test_digits_in_groups_are_one_number(ward: ApiWard):
    """A patient typed as `999 123 4567` and imported as `9991234567` is one patient."""
    ward.post("/api/day-list", listed(HELEN.replace("P-1001", "999 123 4567")))
    found = ward.post("/api/patients/find", {"patient_id": "999 1234567"}).json()
    assert found["patient"]["patient_id"] == "9991234567"
    typed = {"chair": "2", "course": 1, "day": 1, "date": "2026-06-15"} | {
        "patient": {"patient_id": "999 123 4567", "family_name": "Roth", "given_name": "Eli", "born": "1990-06-15"}
    }
    refused = ward.post("/api/infusion-days", typed)
    assert (refused.status_code, refused.json()["field"]) == (422, "patient_id")
    assert "MARSH, Helen" in refused.json()["refusal"]
