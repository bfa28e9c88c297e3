"""The way out of the chair as screens show it: Resume, the discharge list with its ways on, the prepared discharge."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from components.act_fields import field
from components.act_form import Lists
from components.act_forms import act_forms
from components.actions_bar import acts
from components.card_foot import card_foot
from components.chair_context import chair_context
from components.close_ward import close_ward_form
from components.going_home import going_home, prepared_words
from components.patient_banner import patient_banner
from components.plain_html import plain_html
from components.record_table import record_table
from components.today_list import day_row, rows
from components.ways_on import ways_on
from models.clinical.facts import DischargePrepared, Fact, InfusionStopped, NightReceiver
from models.clinical.protocol import load
from models.clinical.status import ChairStatus, CheckStatus, InfusionState
from models.ward_status import ChairView
from tests.components import statuses
from tests.components.reading import parts, read
from tests.components.statuses import NOW, STAFF, ZONE

PROTOCOL = load()
MAY = ("checks", "advice", "samples", "symptoms", "discharge", "prepare-discharge", "resume")


def bar(status: ChairStatus, words: str) -> dict[str, Any]:
    """What the button of the bar that begins with these words does."""
    button = next(one for one in parts(acts(status, PROTOCOL), "act") if read(one).startswith(words))
    props: dict[str, Any] = button.to_plotly_json()["props"]
    return props


# ---- Resume ----------------------------------------------------------------------------------------------------------


def test_resume_is_one_tap_at_the_former_rate_when_nothing_is_asked() -> None:
    held = statuses.paused(allowed=("resume",), resume_rate_ml_per_hour=25.3)
    props = bar(held, "Resume")
    assert (props["data-act"], props["data-post"], json.loads(props["data-body"])) == ("resume", "infusion/resume", {})
    assert "Resume at 25.3 mL/h" in read(acts(held, PROTOCOL))
    assert bar(held, "Resume at …")["data-open"] == "resume"


LOCKED = [
    ({"resume_needs_evaluation": True}, "paused for a reaction", ["resume"]),
    (
        {"resume_needs_evaluation": True, "evaluation_open": True},
        "the evaluation is open",
        ["close-evaluation", "resume"],
    ),
    (
        {"state": InfusionState.STOPPED, "evaluation_open": True},
        "locked after STOP",
        ["close-evaluation", "resume"],
    ),
]


@pytest.mark.parametrize(("changes", "why", "ways"), LOCKED)
def test_a_locked_resume_says_why_and_leads_to_the_decision(changes, why, ways) -> None:
    props = bar(statuses.paused(allowed=("resume",), **changes), "Resume")
    assert why in props["data-locked"] and "quiet" in props["className"] and "data-send" not in props
    assert [act for act, _ in json.loads(props["data-ways"])] == ways


def test_a_pause_that_locks_resume_says_so_before_it_is_recorded() -> None:
    form = next(one for one in act_forms(Lists(PROTOCOL, (), {}, ())) if one.act == "pause")
    words = dict(form.fields[0].choices)
    assert words["reaction"] == "Reaction – locks Resume" and words["toilet"] == "Toilet"


# ---- the rate --------------------------------------------------------------------------------------------------------


def test_slow_offers_parts_of_the_rate_and_any_other_one() -> None:
    form = next(one for one in act_forms(Lists(PROTOCOL, (), {}, ())) if one.act == "rate")
    drawn = plain_html([field(form.fields[0], "rate")])
    assert [value for value, _ in form.fields[0].choices] == ["0.5", "0.75", "planned"]
    assert "data-keypad" in drawn and "data-forecast" in drawn and "mL/h" in drawn


def test_what_must_be_said_cannot_be_tapped_away() -> None:
    bag = next(one for one in act_forms(Lists(PROTOCOL, (), {}, ())) if one.act == "prepare")
    assert "data-needed" in plain_html([field(bag.fields[0], "prepare")])
    doctor = next(one for one in act_forms(Lists(PROTOCOL, (), {}, ())) if one.act == "reference-values").fields[3]
    assert "data-needed" not in plain_html([field(doctor, "reference")])


# ---- the ways on from a line -----------------------------------------------------------------------------------------


def a_line(id: str, kind: str = "fact", state: str = "missing", words: str = "It") -> CheckStatus:
    return CheckStatus(id=id, words=words, kind=kind, state=state, answer="not yet")


OPENING = [
    ("evaluation", ["close-evaluation"]),
    ("review", ["review"]),
    ("extended: amber with new headache", ["vital-signs", "review"]),
    ("final set", ["vital-signs"]),
    ("symptom: rash", ["symptoms"]),
    ("platelets", ["samples"]),
]


@pytest.mark.parametrize(("id", "opened"), OPENING)
def test_a_line_leads_to_the_form_that_answers_it(id: str, opened: list[str]) -> None:
    buttons = ways_on(a_line(id), statuses.observation(allowed=MAY), PROTOCOL)
    props = [one.to_plotly_json()["props"] for one in buttons]
    assert [one["data-open"] for one in props if "data-open" in one] == opened
    assert all("It" in one["aria-label"] for one in props)


ONE_TAP = [
    ("symptom: rash", "fact", "symptoms", {"symptoms": [{"symptom": "rash", "change": "gone"}]}),
    ("platelets", "fact", "samples", {"sample": "platelets"}),
    ("serious events", "advice", "advice", {"advice": ["serious events"]}),
    ("cannula removed", "yes_no", "checks", {"answers": {"cannula removed": "yes"}}),
]


@pytest.mark.parametrize(("id", "kind", "act", "body"), ONE_TAP)
def test_what_is_only_ticked_takes_one_tap(id: str, kind: str, act: str, body: dict[str, Any]) -> None:
    status = statuses.observation(allowed=MAY)
    first = ways_on(a_line(id, kind), status, PROTOCOL)[0].to_plotly_json()["props"]
    assert (first["data-act"], json.loads(first["data-body"])) == (act, body)
    nothing = ways_on(a_line(id, kind), replace(status, allowed=()), PROTOCOL)
    assert not any("data-send" in one.to_plotly_json()["props"] for one in nothing)


def test_an_alert_on_the_list_leads_to_itself() -> None:
    (button,) = ways_on(a_line("alert: systolic high/17"), statuses.observation(), PROTOCOL)
    assert button.to_plotly_json()["props"]["data-show-alert"] == "systolic high/17"


def test_what_is_done_leads_nowhere_and_the_time_left_is_counted() -> None:
    assert ways_on(a_line("final set", state="done"), statuses.observation(), PROTOCOL) == []
    left = statuses.observation(observation_ends_at=NOW + timedelta(minutes=40))
    assert read(ways_on(a_line("observation"), left, PROTOCOL)) == "in 40min"
    assert ways_on(a_line("observation"), replace(left, observation_ends_at=None), PROTOCOL) == []


def test_every_missing_line_of_a_real_list_leads_on() -> None:
    """Whatever a day's list may hold has a button, but for the time that only passes."""
    checks = [row.id for row in PROTOCOL.checks.values() if row.phase == "discharge"]
    ids = [*(id for id, _ in OPENING), "alert: x/1", *checks, *PROTOCOL.samples]
    lines = [a_line(id) for id in ids] + [a_line(id, "advice") for id in PROTOCOL.advice]
    for line in lines:
        assert ways_on(line, statuses.observation(allowed=MAY), PROTOCOL), line.id


# ---- prepared, locked, one tap ---------------------------------------------------------------------------------------

TO_WARD = DischargePrepared(where_to="ward", receiver="Dr Chen")


def test_what_is_prepared_is_said_with_who_takes_over() -> None:
    assert prepared_words(statuses.ready(), PROTOCOL) == ""
    assert prepared_words(statuses.ready(discharge_prepared=TO_WARD), PROTOCOL) == "Ward · Dr Chen takes over"
    home = DischargePrepared(where_to="home")
    said = read(going_home(statuses.ready(discharge_prepared=home, allowed=MAY), PROTOCOL, STAFF, ZONE))
    assert "Prepared: Home" in said and "Change …" in said


def test_a_prepared_discharge_is_one_tap_when_nothing_is_missing() -> None:
    props = bar(statuses.ready(discharge_prepared=TO_WARD, allowed=MAY), "Discharge")
    assert (props["data-post"], props["data-body"]) == ("discharge", "{}")
    assert bar(statuses.ready(allowed=MAY), "Discharge")["data-open"] == "discharge"
    locked = statuses.ready(discharge_prepared=TO_WARD, refused={"discharge": "Discharge from chair 12 is locked: …"})
    assert bar(locked, "Discharge")["data-open"] == "leaving"


def test_a_locked_discharge_says_what_is_open_and_that_a_doctor_may_let_it_pass() -> None:
    sentence = "Discharge from chair 10 is locked: no final vital signs: take them now."
    locked = statuses.observation(
        refused={"discharge": sentence}, overridable={"discharge": ("final set",)}, allowed=(),
        discharge_list=(a_line("final set"),),
    )  # fmt: skip
    said = read(going_home(locked, PROTOCOL, STAFF, ZONE))
    assert sentence in said and "A doctor lets it pass …" in said and "Take it now" in said
    assert "A doctor" not in read(going_home(replace(locked, overridable={}), PROTOCOL, STAFF, ZONE))


def test_before_the_drug_has_ended_it_can_be_prepared() -> None:
    said = read(going_home(statuses.calm(allowed=MAY), PROTOCOL, STAFF, ZONE))
    assert "Prepare …" in said and "can be prepared now" in said


# ---- the night -------------------------------------------------------------------------------------------------------

CHEN = NightReceiver(receiver="Dr Chen", place="Ward 5")


def test_who_has_an_open_day_for_the_night_stands_on_card_banner_and_list() -> None:
    left = statuses.observation(night_receiver=CHEN)
    assert "night: Dr Chen, Ward 5" in read(card_foot(ChairView(label="10", status=left), ZONE, "Okafor"))
    assert "night: Dr Chen, Ward 5" in read(patient_banner(left, ZONE))
    (row,) = rows([left], left.date, ZONE, left.date)
    assert row.night == "night: Dr Chen, Ward 5" and "night: Dr Chen, Ward 5" in read(day_row(row))
    (gone,) = rows([statuses.discharged(night_receiver=CHEN)], left.date, ZONE, left.date)
    assert gone.night == ""


def test_the_night_form_says_what_it_records_and_stands_for_no_single_patient() -> None:
    drawn = plain_html([close_ward_form()])
    assert 'data-post="/api/ward/close"' in drawn and "data-wardwide" in drawn and 'id="night-lines"' in drawn


# ---- whose chair, and on what a STOP rested --------------------------------------------------------------------------


def test_the_page_offers_a_swap_with_everybody_in_another_chair_by_two_identifiers() -> None:
    others = [statuses.calm("5", allowed=("swap",)), statuses.calm("6"), statuses.calm("4", allowed=("swap",))]
    offered = json.loads(chair_context("4", statuses.amber("4"), others, STAFF, ZONE)["data-swap"])
    (one,) = offered
    assert one["words"].startswith("5 · ") and " · born " in one["words"]


def test_a_stop_that_rested_on_a_struck_reading_says_so_in_the_record() -> None:
    stop = Fact(
        infusion_day_id="d",
        position=7,
        happened_at=NOW,
        recorded_at=NOW,
        recorded_by="okafor",
        details=InfusionStopped(),
    )
    shown = statuses.stopped(facts=(stop,), stops_on_error=(7,))
    assert "rested on a reading that was entered in error" in read(record_table(shown, PROTOCOL, STAFF, ZONE))
    assert "rested" not in read(record_table(replace(shown, stops_on_error=()), PROTOCOL, STAFF, ZONE))
