"""The protocol: every number has a source, the file is read strictly, and nothing else knows the drug or a number."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.clinical.protocol import SHIPPED, ProtocolRefused, load
from models.clinical.vital_signs import MEASURED, PARAMETERS, consciousness_word
from tests.clinical.builders import the_protocol

ROOT = Path(__file__).parents[2]
SHIPPED_FILE = min(SHIPPED.glob("*.toml"))
TEXT = SHIPPED_FILE.read_text(encoding="utf-8")
TABLE = tomllib.loads(TEXT)
CODE = ("models", "components", "callbacks", "dashboard", "seed")


def walked(node: Any, path: str = "", source: str | None = None) -> Iterator[tuple[str, Any, str | None]]:
    """Every value that is not a table or a list, with its path and the source nearest around it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walked(value, f"{path}.{key}", node.get("source", source))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from walked(value, f"{path}[{place}]", source)
    else:
        yield path, node, source


def test_every_number_has_a_source_beside_it() -> None:
    numbers = [(path, source) for path, value, source in walked(TABLE) if type(value) in (int, float)]
    assert len(numbers) > 90
    assert [path for path, source in numbers if not source] == []


def test_every_source_named_is_described() -> None:
    named = {
        piece.split(" ")[0].rstrip(",")
        for path, value, _ in walked(TABLE)
        if path.endswith(".source")
        for piece in value.split("; ")
    }
    assert named <= TABLE["sources"].keys(), named - TABLE["sources"].keys()
    assert len(named) > 30


def test_the_shipped_protocol_is_not_approved_by_anybody() -> None:
    assert not the_protocol().is_approved
    assert load(SHIPPED_FILE).version == the_protocol().version


NUMBERS = [
    ("durations.pre_medication", timedelta(minutes=60)),
    ("durations.infusion", timedelta(minutes=240)),
    ("durations.observation", timedelta(minutes=120)),
    ("durations.bag_life", timedelta(hours=8)),
    ("durations.due_soon", timedelta(minutes=10)),
    ("durations.amber_repeat", timedelta(minutes=15)),
    ("durations.confirm_repeat", timedelta(minutes=5)),
    ("durations.overdue_escalation", timedelta(minutes=15)),
    ("durations.late_entry", timedelta(minutes=5)),
    ("durations.partial_completion", timedelta(minutes=15)),
    ("durations.not_done_try_again", timedelta(minutes=10)),
    ("durations.fresh_set_for_start", timedelta(minutes=30)),
    ("durations.fresh_set_for_discharge", timedelta(minutes=15)),
    ("durations.past_forecast", timedelta(minutes=10)),
    ("durations.under_planned", timedelta(minutes=235)),
    ("durations.counts_as_now", timedelta(seconds=2)),
    ("durations.chair_stay", timedelta(hours=7)),
    ("durations.high_unanswered", timedelta(seconds=60)),
    ("durations.medium_unanswered", timedelta(minutes=3)),
    ("durations.acting_returns", timedelta(minutes=3)),
    ("durations.stop_touched_by_mistake", timedelta(seconds=5)),
    ("dose_mg", 12),
    ("volume_ml", 101.2),
    ("planned_rate_ml_per_hour", 25.3),
    ("resume_fraction", 0.5),
    ("slow_fractions", (0.5, 0.75)),
    ("round_interval_minutes", 60),
    ("round_intervals", (60, 30, 15)),
    ("courses.months_between_courses", 12),
    ("courses.most_courses", 4),
    ("courses.minimum_age", 18),
    ("courses.follow_up_months", 48),
    ("courses.antiviral_months", 1),
    ("courses.first_course_days", 5),
    ("courses.later_course_days", 3),
    ("accepted_margin", {"heart_rate": 10, "systolic": 10, "diastolic": 10}),
]


@pytest.mark.parametrize(("path", "expected"), NUMBERS)
def test_the_numbers_of_the_day_are_those_of_the_evidence(path: str, expected: object) -> None:
    value: Any = the_protocol()
    for name in path.split("."):
        value = getattr(value, name)
    assert value == expected


def test_every_single_number_tells_its_source() -> None:
    assert the_protocol().source_of["observation"].startswith("S-000")
    assert the_protocol().source_of["most_courses"] and the_protocol().source_of["dose_mg"]


def test_the_go_or_no_go_questions_lock_the_start_and_prompts_do_not() -> None:
    checks = the_protocol().checks.values()
    locking = {check.rule for check in checks if check.required}
    assert locking == {f"R-{number}" for number in (*range(11, 21), 29, 32, 34, 35, 71)}
    assert len([check for check in checks if check.rule == "R-34"]) == 5
    assert not any(check.required for check in checks if check.group == "prompts")
    assert all(check.blocks_on for check in checks if check.required and check.kind == "yes_no")


def test_the_reasons_that_decide_something_are_these() -> None:
    protocol = the_protocol()
    assert list(protocol.pause_reasons) == ["reaction", "line", "pump or bag", "toilet", "doctor's order"]
    assert [one.id for one in protocol.pause_reasons.values() if one.locks_resume] == ["reaction"]
    assert list(protocol.correction_reasons) == ["wrong patient", "wrong value", "recorded twice", "other"]
    assert list(protocol.destinations) == ["home", "ward", "emergency or intensive care", "against advice"]
    assert list(protocol.evaluation_outcomes) == [
        "resumed", "slowed", "stopped today", "discontinued permanently", "transferred", "entered in error"
    ]  # fmt: skip
    assert [one.id for one in protocol.evaluation_outcomes.values() if not one.needs_doctor] == ["entered in error"]


def test_symptoms_that_can_be_more_serious_ask_their_severity() -> None:
    asking = {one.id for one in the_protocol().symptoms.values() if one.asks_severity}
    assert {"fever", "hives", "irregular heart rate", "high blood pressure", "low blood pressure", "nausea",
            "chest discomfort", "allergic reaction", "headache"} <= asking  # fmt: skip
    for symptom in the_protocol().symptoms.values():
        assert symptom.asks_severity == bool(symptom.review_from or symptom.red_from)
        assert {symptom.review_from, symptom.red_from} <= {"", *the_protocol().severities}


def test_what_one_row_names_another_row_defines() -> None:
    protocol = the_protocol()
    symptoms = {name for row in protocol.combinations for name in row.symptoms}
    symptoms |= {name for check_list in protocol.check_lists.values() for name in check_list.symptoms}
    assert symptoms <= protocol.symptoms.keys()
    assert {row.parameter for row in protocol.limits} == PARAMETERS.keys()
    assert protocol.plausibility.keys() == set(MEASURED)
    assert all(consciousness_word(row.other_than) for row in protocol.limits if row.other_than)
    assert {
        "amber",
        "amber_again",
        "red_if_it_holds",
        "red",
        "red_symptom",
        "review",
        "evaluated",
    } == protocol.actions.keys()


def test_every_check_list_has_at_most_eight_ticks() -> None:
    assert len(the_protocol().check_lists) == 7
    assert all(len(one.steps) <= 8 for one in the_protocol().check_lists.values())


# ---- read strictly ---------------------------------------------------------------------------------------------------

FAULTS = [
    ('id = "alemtuzumab"\n', "", "the protocol lacks the key id."),
    ("[numbers]\n", "[numbers]\nspeed = 3\n", "numbers has the unknown key speed."),
    ("dose_mg = { value = 12, ", "dose_mg = { ", "numbers.dose_mg lacks the key value."),
    ("dose_mg = { value = 12, ", "dose_mg = { value = true, ", "numbers.dose_mg: value must be float, not True."),
    ("dose_mg = { value = 12, ", 'dose_mg = { value = "12", ', "numbers.dose_mg: value must be float, not '12'."),
    ("due_soon = { minutes = 10, ", "due_soon = { ", "durations.due_soon lacks a number of hours, minutes or seconds."),
    ("due_soon = { minutes = 10, ", "due_soon = { days = 1, ", "durations.due_soon has the unknown key days."),
    ("due_soon = { minutes = 10, ", "soon = { minutes = 10, ", "durations lacks the key due_soon."),
    ('at_most = 50\nlevel = "amber"', 'at_most = 50\nlevel = "green"', "level must be amber or red, not 'green'."),
    ("at_most = 50\n", "", "limits 1 must name exactly one of at_least, at_most, more_than, other_than."),
    ("at_most = 50\n", "at_least_of = 50\n", "limits 1 has the unknown key at_least_of."),
    ('parameter = "heart_rate"\nmeasure = "value"\nat_most = 50', "at_most = 50", "limits 1 lacks the key measure."),
    ('id = "facial droop"', 'id = "chest pain"', "symptoms has the id chest pain twice."),
    ('red = true\ngroup = "red"', 'red = 1\ngroup = "red"', "symptoms 1: red must be bool, not 1."),
    ('approved_on = ""', 'approved_on = "soon"', "approved_on must be empty or a date like 2026-11-20, not 'soon'."),
    ('version = "0.1"', "version = 0.1", "the protocol: version must be str, not 0.1."),
    ("{ low = 20, high = 250, ", "{ low = 20, ", "plausibility.heart_rate lacks the key high."),
    ("dose_mg = { value = 12, source = \"S-002 L14-15; S-003 L26-29; S-001 L4\" }", "dose_mg = 12",
     "numbers.dose_mg must be a table."),
    ('priority = "high"', 'priority = "urgent"', "alerts 1: priority must be low or medium or high, not 'urgent'."),
    ('kind = "value"\npriority', 'kind = "fun"\npriority',
     "kind must be value or symptom or task or technical, not 'fun'."),
    ('escalates = "high_unanswered"', 'escalates = "soon"',
     "alert red value: escalates must name a duration, not 'soon'."),
    ('id = "alemtuzumab"', "id = ", "cannot be read as a protocol"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS, ids=[fault[2] for fault in FAULTS])
def test_a_faulty_file_is_refused_naming_the_key(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    assert old in TEXT
    faulty = tmp_path / "ward.toml"
    faulty.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProtocolRefused) as refused:
        load(faulty)
    assert sentence in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProtocolRefused, match=r"none\.toml cannot be read as a protocol"):
        load(tmp_path / "none.toml")


def test_a_ward_approves_its_limits_with_a_name_and_a_date(tmp_path: Path) -> None:
    approved = tmp_path / "ward.toml"
    text = TEXT.replace('approved_by = ""', 'approved_by = "Dr Sand"')
    approved.write_text(text, encoding="utf-8")
    assert not load(approved).is_approved
    approved.write_text(text.replace('approved_on = ""', 'approved_on = "2026-11-01"'), encoding="utf-8")
    assert load(approved).is_approved and load(approved).approved_on == date(2026, 11, 1)


# ---- nothing else knows ----------------------------------------------------------------------------------------------


def code_files(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def test_nothing_else_in_the_code_knows_the_drug() -> None:
    names = {the_protocol().drug, the_protocol().product.split()[0].lower()}
    knowing = [
        path.relative_to(ROOT) for path in code_files(*CODE) if any(name in path.read_text().lower() for name in names)
    ]
    assert knowing == []


CONVERSIONS = {60, 100, 1000, 3600, 86400}


def test_nothing_else_in_the_clinical_core_knows_a_number() -> None:
    """Whole numbers from 20 on are limits or durations; but for unit conversions they stand in the protocol."""
    known = [
        (str(path.relative_to(ROOT)), node.lineno, node.value)
        for path in code_files("models/clinical")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
        if abs(node.value) >= 20 and node.value not in CONVERSIONS
    ]
    assert known == []
