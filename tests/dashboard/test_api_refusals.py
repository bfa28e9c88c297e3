"""No input makes the API fail: whatever is sent is saved or refused with a sentence."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.clinical.facts import Fact, Transferred
from models.clinical.protocol import load
from models.clinical.status import InfusionState
from tests.dashboard.api_ward import ApiWard
from tests.dashboard.test_api_examples import EXAMPLES, Example

SET = {"heart_rate": 88, "systolic": 142, "diastolic": 84, "symptoms": []}


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiWard]:
    """One ward for all, where one infusion runs: a refused entry changes nothing, a saved one is welcome."""
    made = ApiWard(f"sqlite:///{tmp_path_factory.mktemp('ward') / 'ward.db'}", load())
    made.running()
    yield made
    made.store.close()


@pytest.fixture
def day_id(ward: ApiWard) -> str:
    return str(ward.chair("1")["infusion_day_id"])


def sent(ward: ApiWard, path: str, raw: bytes, content_type: str = "application/json") -> Any:
    headers = {"Idempotency-Key": uuid4().hex, "Content-Type": content_type}
    return ward.http.post(path, content=raw, headers=headers)


REFUSED = {
    "a broken body": ('{"heart_rate": ', "body"),
    "no body": ("", "body"),
    "a list": ("[]", "body"),
    "a number": ("7", "body"),
    "null": ("null", "body"),
    "a deep nest": ("[" * 20_000, "body"),
    "a number of 5,000 digits": ('{"heart_rate": ' + "9" * 5000 + "}", "body"),
    "not a number": ('{"heart_rate": NaN}', "heart_rate"),
    "without end": ('{"temperature": Infinity}', "temperature"),
    "a power of ten": ('{"heart_rate": 1e3}', "heart_rate"),
    "a truth": ('{"heart_rate": true}', "heart_rate"),
    "a text": ('{"heart_rate": "72"}', "heart_rate"),
    "full-width digits": ('{"heart_rate": "７２"}', "heart_rate"),
    "a half": ('{"heart_rate": 72.5}', "heart_rate"),
    "a negative": ('{"heart_rate": -1}', "heart_rate"),
    "four digits": ('{"heart_rate": 1000, "confirmed": true}', "heart_rate"),
    "two decimals": ('{"temperature": 37.25}', "temperature"),
    "systolic not above diastolic": ('{"systolic": 80, "diastolic": 80}', "diastolic"),
    "an unknown field": ('{"pulse": 72}', "pulse"),
    "an unknown symptom": ('{"symptoms": ["boredom"]}', "symptoms"),
    "a symptom of another kind": ('{"symptoms": [7]}', "symptoms"),
    "half a sign": ('{"arm": "\\ud800"}', "arm"),
    "a sign of no shape": ('{"arm": "\\u0000"}', "arm"),
    "a time without its offset": ('{"happened_at": "2026-06-15T08:00:00"}', "happened_at"),
    "a time as a number": ('{"happened_at": 1781510400}', "happened_at"),
    "a time beyond all": ('{"happened_at": "9999-12-31T23:59:59-23:59"}', "happened_at"),
    "a time to come": ('{"heart_rate": 72, "happened_at": "2026-06-15T23:00:00Z"}', "happened_at"),
    "half an override": ('{"heart_rate": 72, "override": {"doctor": "Dr Silva"}}', "reason"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_set_that_cannot_be_is_refused_with_its_field(ward: ApiWard, day_id: str, name: str):
    raw, field = REFUSED[name]
    before = ward.day(day_id).position
    answer = sent(ward, f"/api/infusion-days/{day_id}/vital-signs", raw.encode())
    assert answer.status_code == 422, answer.text
    assert answer.json()["field"] == field
    assert answer.json()["refusal"].endswith((".", "?"))
    assert ward.day(day_id).position == before


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"]
)
def test_another_content_type_is_refused(ward: ApiWard, day_id: str, content_type: str):
    raw = json.dumps(SET).encode()
    answer = sent(ward, f"/api/infusion-days/{day_id}/vital-signs", raw, content_type)
    assert answer.status_code == 422 and answer.json()["refusal"]


def test_bytes_that_are_no_text_are_refused(ward: ApiWard, day_id: str):
    assert sent(ward, f"/api/infusion-days/{day_id}/vital-signs", b'{"arm": "\xff\xfe"}').status_code == 422


@pytest.mark.parametrize("header", ["X-Position", "X-Epoch", "X-Issued-At"])
@pytest.mark.parametrize("text", ["one", "-1", "1.5", "9" * 400, "²", "0x10", " 1 2"])
def test_a_header_that_is_no_number_is_named(ward: ApiWard, day_id: str, header: str, text: str):
    headers = {"Idempotency-Key": "h", header: text.encode("latin-1")}
    answer = ward.http.post(f"/api/infusion-days/{day_id}/notes", json={"text": "calm"}, headers=headers)
    assert answer.status_code == 422 and answer.json()["field"] == header


def test_a_bug_of_ours_says_that_nothing_was_recorded_and_logs_no_values(
    ward: ApiWard, day_id: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def torn(*_: object, **__: object) -> tuple[Fact, ...]:
        raise ZeroDivisionError("MARSH, Helen, 142/84")

    monkeypatch.setattr(ward.store, "append", torn)
    answer = ward.at(day_id, "vital-signs", SET)
    assert (answer.status_code, answer.json()) == (500, {"refusal": "Not saved. Nothing was recorded."})
    assert "ZeroDivisionError" in caplog.text and "torn" in caplog.text
    assert "MARSH" not in caplog.text and "142" not in caplog.text


# ---- whatever is sent ------------------------------------------------------------------------------------------------

WORDS = ["yes", "reaction", "home", "2026-06-15T08:00:00Z", "2026-06-15", "１２", "1e3", "\x00", "\ud800", "0001-01-01"]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.integers(0, 300)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(WORDS)
)
VALUES = st.recursive(
    SCALARS,
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.text(max_size=8), one, max_size=4),
    max_leaves=8,
)
ACTS = [example for example in EXAMPLES if not example.path.startswith("/")]


class Patients:
    """Somebody whose infusion runs: the next patient once a saved act has ended the day of the last one."""

    def __init__(self, ward: ApiWard) -> None:
        self.ward = ward
        self.number = 10
        self.day_id = ward.running(self.number, "4")

    def next(self) -> str:
        status = self.ward.status(self.day_id)
        if status.state is not InfusionState.RUNNING or status.chair != "4":
            if status.is_open:
                gone = Transferred(where_to="ward", receiver="Dr Chen")
                self.ward.charting.transfer(self.ward.act(), self.day_id, gone)
            self.number += 1
            self.day_id = self.ward.running(self.number, "4")
        return self.day_id


@pytest.fixture(scope="module")
def patients(ward: ApiWard) -> Patients:
    return Patients(ward)


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, str]:
    """The example of some act with a field or two changed, left out or added, or anything at all."""
    example = draw(st.sampled_from(ACTS))
    body: Any = json.loads(example.body)
    if "fact" in body:
        body["fact"] = draw(st.integers(1, 60))
    more = {"happened_at": "2026-06-15T09:00:00Z", "override": {"doctor": "Dr Silva", "reason": "seen"}, "late": True}
    body |= {name: more[name] for name in draw(st.sets(st.sampled_from(sorted(more)), max_size=1))}
    names = st.sampled_from(sorted(body)) if body else st.nothing()
    changed = draw(st.dictionaries(names | st.text(string.printable, max_size=8), VALUES, max_size=2))
    for name in draw(st.sets(names, max_size=1)) if body else ():
        del body[name]
    return example.path, json.dumps(draw(st.just(body | changed) | st.just(body) | VALUES))


@given(entry=entries())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_makes_the_api_fail(ward: ApiWard, patients: Patients, entry: tuple[str, str]):
    path, raw = entry
    answer = sent(ward, f"/api/infusion-days/{patients.next()}/{path}", raw.encode())
    assert answer.status_code in (201, 404, 409, 422), answer.text
    if answer.status_code != 201:
        assert answer.json()["refusal"]


@given(raw=st.binary(min_size=1, max_size=60), example=st.sampled_from(ACTS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_make_the_api_fail(ward: ApiWard, patients: Patients, raw: bytes, example: Example):
    assert sent(ward, f"/api/infusion-days/{patients.next()}/{example.path}", raw).status_code == 422


@given(changed=st.dictionaries(st.sampled_from(["chair", "course", "day", "date", "start", "patient"]), VALUES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_booking_makes_the_api_fail(ward: ApiWard, changed: dict[str, Any]):
    body = json.loads(EXAMPLES[0].body) | changed
    answer = sent(ward, "/api/infusion-days", json.dumps(body).encode())
    assert answer.status_code in (201, 409, 422), answer.text


@given(
    values=st.fixed_dictionaries(
        {"partial_reason": st.just("no reading")},
        optional={
            "heart_rate": st.integers(-50, 1200),
            "systolic": st.integers(-50, 1200),
            "diastolic": st.integers(-50, 1200),
            "temperature": st.floats(allow_nan=False, allow_infinity=False) | st.integers(-5, 120),
            "spo2": st.integers(-5, 1200),
            "respiratory_rate": st.integers(-5, 1200),
            "confirmed": st.booleans(),
        },
    ),
)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_impossible_value_is_ever_saved(ward: ApiWard, day_id: str, values: dict[str, Any]):
    answer = ward.at(day_id, "vital-signs", values)
    if answer.status_code != 201:
        return
    saved = answer.json()["fact"]
    present = [saved[name] for name in ("heart_rate", "systolic", "diastolic", "spo2") if saved[name] is not None]
    assert all(0 <= value < 1000 for value in present)
    if saved["systolic"] is not None and saved["diastolic"] is not None:
        assert saved["systolic"] > saved["diastolic"]
    assert values.get("confirmed") or all(
        20 <= saved[name] <= 250 for name in ["heart_rate"] if saved[name] is not None
    )
