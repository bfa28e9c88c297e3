"""Every example of docs/api.md is posted to a real ward, so that the page cannot rot."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from dashboard.api.acts import ROUTES
from models.clinical.protocol import load
from tests.dashboard.api_ward import ApiWard

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### POST (\S+)\n\nGiven: ([^.]+)\.(.*?)```json\n(.*?)```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    path: str
    given: str
    body: str


EXAMPLES = [Example(path, given, body) for path, given, _, body in SECTION.findall(DOCUMENT)]
GIVEN: dict[str, Callable[[ApiWard], str]] = {
    "nothing": lambda ward: "",
    "booked": lambda ward: ward.booked(),
    "arrived": lambda ward: ward.arrived(),
    "two arrived": lambda ward: ward.arrived(),
    "ready to start": lambda ward: ward.ready_to_start(),
    "running": lambda ward: ward.running(),
    "stopped": lambda ward: ward.stopped(),
    "amber": lambda ward: ward.amber(),
    "completed": lambda ward: ward.completed(),
    "ready to go home": lambda ward: ward.ready_to_go(),
}


@pytest.fixture
def ward(sqlite_url: str) -> Iterator[ApiWard]:
    made = ApiWard(sqlite_url, load())
    yield made
    made.store.close()


def filled_in(body: str, ward: ApiWard, day_id: str) -> dict[str, object]:
    """The placeholders of the page, which are written `<the …>`."""
    read: dict[str, object] = json.loads(body)
    if read.get("with") == "<the other infusion day>":
        read["with"] = ward.arrived(1, "2")
    for name in ("fact", "stop"):
        if str(read.get(name, "")).startswith("<the newest "):
            kind = str(read[name]).removeprefix("<the newest ").removesuffix(">")
            read[name] = max(fact.position for fact in ward.day(day_id).facts if fact.kind == kind)
    if read.get("alert") == "<the first alert>":
        read["alert"] = ward.status(day_id).alerts[0].id
    if isinstance(receivers := read.get("receivers"), dict):
        read["receivers"] = {day_id: receivers["<the infusion day>"]}
    return read


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.path)
def test_the_example_is_saved(ward: ApiWard, example: Example):
    day_id = GIVEN[example.given](ward)
    path = example.path if example.path.startswith("/") else f"/api/infusion-days/{day_id}/{example.path}"
    body = filled_in(example.body, ward, day_id)
    if example.given == "running":
        ward.minutes(1)
    answer = ward.post(path, body)
    assert answer.status_code == 201, answer.text
    said = answer.json()
    said = said["closed"][0] if "closed" in said else said
    assert {"fact", "facts", "again", "level", "findings", "status"} <= said.keys()
    assert said["fact"]["recorded_by_name"] == "Ada Okafor"
    assert ward.get(f"/api/infusion-days/{said['status']['infusion_day_id']}")["facts"]


def test_every_route_has_its_example():
    paths = {"/api/infusion-days", "/api/ward/close", *(route.path for route in ROUTES)}
    assert {example.path for example in EXAMPLES} == paths


def test_every_field_of_every_body_is_shown_or_told():
    for route in ROUTES:
        section = DOCUMENT[DOCUMENT.index(f"### POST {route.path}\n") :].split("\n### ")[0]
        own = set(route.body.model_fields) - {"happened_at", "override", "late"}
        names = {route.body.model_fields[name].alias or name for name in own}
        assert all(name in section for name in names), (route.path, names)


def test_times_in_the_examples_are_times():
    for found in re.findall(r'"(2026-\d\d-\d\dT[^"]+)"', DOCUMENT):
        assert datetime.fromisoformat(found).tzinfo is not None
