"""What the chair page says of every fact and every state: banner, band, NEXT, timers, record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from components.actions_bar import acts, bar_state, stop_place
from components.chair_context import chair_context, leaving_of
from components.day_band import day_band, share
from components.fact_words import fact_words
from components.next_step import next_class, next_step
from components.patient_banner import grouped, namesakes_of, patient_banner
from components.phase_timers import phase_timers
from components.record_table import record_table
from components.vitals_hints import heart_hint, level_bar, pressure_hint
from components.vitals_trend import pressure_figure
from components.wording import dates_said
from models.clinical import facts as f
from models.clinical.facts import Fact
from models.clinical.findings import Baseline, Level
from models.clinical.protocol import load
from models.clinical.status import ChairStatus, CheckStatus
from tests.components import statuses
from tests.components.reading import part, parts, read
from tests.components.statuses import NOW, STAFF, ZONE

PROTOCOL = load()


def a_fact(details: Any, position: int = 1, minutes_ago: int = 10, late: int = 0) -> Fact:
    happened = NOW - timedelta(minutes=minutes_ago)
    return Fact(
        infusion_day_id="d", position=position, happened_at=happened, recorded_at=happened + timedelta(minutes=late),
        recorded_by="okafor", details=details,
    )  # fmt: skip


def words(details: Any) -> str:
    return fact_words(a_fact(details), PROTOCOL, STAFF, ZONE)


# ---- the record ------------------------------------------------------------------------------------------------------

EXAMPLES: dict[type, dict[str, Any]] = {
    f.Booked: {"planned_start": NOW},
    f.PatientDetailsCorrected: {"family_name": "Roth"},
    f.ReferenceValueSet: {"heart_rate": 74},
    f.VitalSignsRecorded: {"heart_rate": 92},
    f.SymptomReported: {"symptoms": (f.Symptom(symptom="rash"),)},
    f.AdviceGiven: {"advice": ("infection",)},
    f.Overridden: {"locks": ("bag",)},
}


def test_the_record_says_a_step_in_the_words_of_its_list_and_a_result_with_its_unit() -> None:
    assert words(f.EvaluationStep(reaction="head", step="ecg", answer="done")).startswith("First steps: 12-lead ECG")
    well = f.EvaluationStep(reaction="stroke", step="last known well", answer=NOW.isoformat())
    assert words(well) == "Brain: Last known well at, 14:23"
    assert words(f.SampleTaken(sample="platelets", result=210)) == "Platelet count taken · 210 ×10⁹/L"


def test_an_answer_with_a_date_is_said_as_the_ward_writes_it() -> None:
    assert dates_said("taken 2026-11-14 and 2026-01-31") == "taken 14-Nov-2026 and 31-Jan-2026"


@pytest.mark.parametrize("kind", f.KINDS.values(), ids=lambda kind: kind.__name__)
def test_every_kind_of_fact_has_words(kind: type) -> None:
    samples = {"str": "x", "int": 1, "float": 1.0, "str | None": "x"}
    plain = {n: samples[t] for n, t in kind.__annotations__.items() if t in samples}
    assert words(kind(**(plain | EXAMPLES.get(kind, {}))))


WORSE = f.Symptom(symptom="headache", severity="mild", change="worse")
SET = f.VitalSignsRecorded
SPOKEN = [
    (SET(heart_rate=92, systolic=142, diastolic=88, symptoms=()), "92 /min · 142/88 mmHg · no new symptom"),
    (SET(systolic=142), "142/– mmHg · symptoms not asked"),
    (SET(heart_rate=0), "0 /min · symptoms not asked"),
    (SET(temperature=37.0, spo2=98, symptoms=(WORSE,)), "37.0 °C · 98 % SpO₂ · Headache (mild) worse"),
    (f.MedicationGiven(medicine="steroid", outcome="given", dose_mg=1000), "Corticosteroid 1000 mg: given"),
    (f.InfusionPaused(reason="line"), "Paused: Line or cannula"),
    (f.InfusionPaused(reason="somebody's own words"), "Paused: somebody's own words"),
    (f.NurseAssigned(nurse=None), "Responsible nurse: nobody"),
    (f.EnteredInError(position=3, reason="wrong value"), "Entered in error: Wrong value"),
]


@pytest.mark.parametrize(("details", "said"), SPOKEN)
def test_a_fact_is_said_in_the_wards_words(details: Any, said: str) -> None:
    assert words(details) == said


def test_a_struck_fact_stays_readable_and_cannot_be_struck_again() -> None:
    note, strike = (
        a_fact(f.NoteAdded(text="For chair 5")),
        a_fact(f.EnteredInError(position=1, reason="wrong patient"), 2),
    )
    status = replace(statuses.calm(), facts=(note, strike), struck={1: strike})
    row = part(record_table(status, PROTOCOL, STAFF, ZONE), "struck")
    assert read(row).startswith("14:13 Note: For chair 5Entered in error: Wrong patient")
    assert not parts(row, "control")


def test_a_late_entry_is_marked_late_from_six_minutes_on() -> None:
    facts = (a_fact(f.NoteAdded(text="in time"), 1, late=5), a_fact(f.NoteAdded(text="after"), 2, late=6))
    table = read(record_table(replace(statuses.calm(), facts=facts), PROTOCOL, STAFF, ZONE))
    assert table.count("late") == 1


# ---- the banner ------------------------------------------------------------------------------------------------------


def test_the_banner_names_family_given_born_age_and_id() -> None:
    banner = read(patient_banner(statuses.calm(), ZONE), hidden="narrow-only")
    for said in ("DUNNE, Aoibhe", "born 19-Jul-1985 (41)", "ID 999 000 0042", "Chair 5 · course 1, day 2 of 5"):
        assert said in banner


@pytest.mark.parametrize(
    ("allergies", "said"),
    [
        ("", "allergies not recorded"),
        ("none", "no allergies"),
        ("None known", "no allergies"),
        ("penicillin", "allergies: penicillin"),
    ],
)
def test_allergies_never_asked_are_not_the_same_as_none(allergies: str, said: str) -> None:
    status = statuses.calm()
    assert said in read(patient_banner(replace(status, patient=replace(status.patient, allergies=allergies)), ZONE))


def test_the_same_family_name_in_another_chair_is_named() -> None:
    mine, other = statuses.calm(), statuses.amber()
    assert namesakes_of(mine, [mine, other, statuses.red()]) == ("4",)
    later, here = replace(other, infusion_day_id="later"), statuses.amber(chair=mine.chair)
    assert namesakes_of(mine, [other, later, here]) == ("4",)
    assert "same family name: chair 4" in read(patient_banner(mine, ZONE, namesakes=["4"]), hidden="narrow-only")


@pytest.mark.parametrize(
    ("number", "said"), [("9990000042", "999 000 0042"), ("999 000 0042", "999 000 0042"), ("H-77", "H-77")]
)
def test_ten_digits_are_grouped_and_other_numbers_left_alone(number: str, said: str) -> None:
    assert grouped(number) == said


# ---- band, NEXT, timers ----------------------------------------------------------------------------------------------


def test_the_band_says_when_each_stretch_begins_and_when_the_chair_is_free() -> None:
    labels = [read(one) for one in parts(day_band(statuses.calm(), ZONE), "band-label")]
    assert any(label.endswith("started") for label in labels) and any(label.endswith("free") for label in labels)


def test_a_place_on_the_band_is_its_share_of_the_day() -> None:
    begins = datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert share(begins + timedelta(hours=3), begins, begins + timedelta(hours=12)) == 25.0
    assert share(begins, begins, begins) == 0.0


NEXT = [
    (statuses.calm(), "box next live", "Vital signs 14:31"),
    (statuses.overdue(), "box next live amber", "overdue"),
    (statuses.red(), "box next live next-red red", ""),
]


@pytest.mark.parametrize(("status", "css", "said"), NEXT)
def test_the_next_line_itself_turns_amber_or_red(status: ChairStatus, css: str, said: str) -> None:
    assert next_class(status) == css
    assert said in read(next_step(status, ZONE))


LACKING = CheckStatus(id="1", words="", kind="yes_no", state="missing")
TIMERS = [
    (statuses.calm(), ["left", "of 101 mL", "ends", "25.3 mL/h"]),
    (statuses.paused(), ["Paused", "resume by 14:55"]),
    (statuses.paused(resume_by=statuses.NOW), ["resume by 14:23"]),
    (statuses.paused(resume_by=statuses.ago(1)), ["rest no longer fits"]),
    (statuses.hour_one(may_start_at=statuses.ago(5)), ["May start"]),
    (statuses.hour_one(may_start_at=statuses.ago(5), hour_one=(LACKING, LACKING)), ["Late – 2 to do"]),
    (statuses.slowed(), ["slowed"]),
    (statuses.extended(), ["Extended", "new headache", "chair free: not known"]),
    (statuses.stopped(), ["Stopped", "evaluation open", "chair free: not known"]),
    (statuses.medicine_not_given(), ["medicine not given yet"]),
    (statuses.expected(), ["Expected 14:30", "not arrived yet"]),
]


@pytest.mark.parametrize(("status", "said"), TIMERS)
def test_the_timers_say_what_is_left_or_why_it_is_not_known(status: ChairStatus, said: list[str]) -> None:
    timers = phase_timers(status, ZONE)
    for one in said:
        assert one in read(timers)


# ---- the bar ---------------------------------------------------------------------------------------------------------

BARS = [
    (statuses.expected(), "expected", ["Arrive"]),
    (statuses.hour_one(), "pre-medication", ["Start infusion"]),
    (statuses.calm(), "running", ["Pause", "Slow"]),
    (statuses.paused(), "paused", ["Resume", "Resume at …"]),
    (statuses.stopped(), "stopped", ["Resume", "Decision"]),
    (statuses.observation(), "observation", ["Discharge", "Transfer"]),
    (statuses.discharged(), "closed", []),
]


@pytest.mark.parametrize(("status", "state", "pair"), BARS)
def test_stop_stands_there_whenever_an_infusion_is_open_and_never_else(
    status: ChairStatus, state: str, pair: list[str]
) -> None:
    assert bar_state(status) == state
    assert bool(parts(stop_place(status), "stop")) == (state in ("running", "paused"))
    assert [read(one) for one in parts(parts(acts(status, PROTOCOL), "acts-pair"), "act")] == pair


def test_complete_stands_in_the_bar_when_the_end_has_come_and_never_under_resume() -> None:
    assert "Complete" in read(parts(acts(statuses.calm(forecast_end=NOW), PROTOCOL), "acts-six"))
    assert "Complete" not in read(acts(statuses.calm(), PROTOCOL))
    held = acts(statuses.paused(), PROTOCOL)
    assert "Complete" in read(parts(held, "acts-six")) and "Complete" not in read(parts(held, "acts-pair"))


def test_an_act_that_is_not_allowed_is_quiet_and_carries_its_sentence() -> None:
    status = replace(statuses.hour_one(), refused={"start": "No bag is prepared."}, allowed=("notes",))
    start = next(b for b in parts(acts(status, PROTOCOL), "act") if read(b) == "Start infusion")
    assert "quiet" in start.className and start.to_plotly_json()["props"]["data-refused"] == "No bag is prepared."
    assert "quiet" not in next(b for b in parts(acts(status, PROTOCOL), "act") if read(b) == "Note").className


# ---- what the forms know ---------------------------------------------------------------------------------------------


def test_a_patient_who_left_is_told_with_where_when_and_who() -> None:
    moved = replace(
        statuses.calm(chair="6"),
        facts=(
            a_fact(f.Arrived(chair="5", supervising_neurologist="", emergency_contact=""), 1, 60),
            a_fact(f.ChairAssigned(chair="6"), 2, 5),
        ),
    )
    left = json.loads(chair_context("5", statuses.amber(chair="5"), [moved], STAFF, ZONE)["data-left"])
    assert left == {
        moved.patient.id: {
            "where": "moved to chair 6",
            "chair": "6",
            "at": "14:18",
            "by": "Okafor",
            "name": "DUNNE, Aoibhe",
        }
    }
    assert leaving_of("6", moved) is None
    assert leaving_of("7", moved) is None


def test_an_empty_chair_knows_nobody() -> None:
    context = chair_context("5", None, [], STAFF, ZONE)
    assert (context["data-patient"], context["data-name"], context["data-view"]) == ("", "", "empty")


SIGNS = ("heart_rate", "systolic", "diastolic")
ORIGINS = [
    (3, dict.fromkeys(SIGNS, "reference"), "reference 118/90 · today 132/82"),
    (3, dict.fromkeys(SIGNS, "earlier"), "earlier 118/90 · today 132/82"),
    (3, dict.fromkeys(SIGNS, "today's"), "today 118/90"),
    (3, {"systolic": "reference", "diastolic": "day-1"}, "reference 118/– · day-1 –/90 · today 132/82"),
    (1, dict.fromkeys(SIGNS, "reference"), "reference 118/90"),
    (1, dict.fromkeys(SIGNS, "day-1"), "baseline 118/90"),
]


@pytest.mark.parametrize(("day", "origin", "said"), ORIGINS)
def test_only_what_was_measured_on_day_1_is_called_so(day: int, origin: dict[str, str], said: str) -> None:
    base = Baseline(heart_rate=70, systolic=118, diastolic=90, spo2=None, label="", origin=origin)
    today = Baseline(heart_rate=76, systolic=132, diastolic=82, spo2=98, label="today")
    status = replace(statuses.calm(), day=day, last_values={}, course_baseline=base, todays_baseline=today)
    assert pressure_hint(status) == f"not measured yet · {said}"
    drawn = pressure_figure(status, PROTOCOL, STAFF, ZONE)["layout"]["annotations"]
    assert f"{said.split(' ')[0]} 118" in [label["text"] for label in drawn]


def test_hints_show_the_last_value_and_where_the_baseline_comes_from() -> None:
    values = {"heart_rate": (90, NOW), "systolic": (136, NOW), "diastolic": (84, NOW)}
    day_one = Baseline(
        heart_rate=74,
        systolic=118,
        diastolic=74,
        spo2=98,
        label="day 1, 04-May-2026",
        origin=dict.fromkeys(SIGNS, "day-1"),
    )
    today = Baseline(heart_rate=76, systolic=132, diastolic=82, spo2=98, label="today")
    status = replace(statuses.calm(), last_values=values, course_baseline=day_one, todays_baseline=today)
    assert heart_hint(status) == "last 90 · day-1 74"
    assert pressure_hint(status) == "last 136/84 · day-1 118/74 · today 132/82"
    assert heart_hint(replace(status, last_values={}, course_baseline=None)) == "not measured yet"


LEVELS = [
    (Level.NOT_MEASURED, [], ["pressure", "symptoms"], "Pressure and symptoms not measured yet", "not-measured"),
    (Level.NORMAL, [], [], "Complete; no limit reached", "normal"),
    (Level.AMBER, [("systolic", 15)], [], "Amber – repeat in 15min", "amber"),
    (Level.AMBER, [("systolic", None)], [], "Amber – review", "amber"),
    (Level.RED, [("systolic", None)], [], "Red – stop and evaluate", "red"),
]


@pytest.mark.parametrize(("level", "found", "missing", "said", "css"), LEVELS)
def test_the_level_of_what_is_typed_is_word_shape_and_colour(
    level: Level, found: list[Any], missing: list[str], said: str, css: str
) -> None:
    findings = [statuses.a_finding(name, 150, level, repeat_within_minutes=minutes) for name, minutes in found]
    bar = level_bar(level, findings, missing)
    assert read(bar).startswith(said)
    assert css in bar.className.split()
    assert bool(parts(bar, "icon")) == (css != "normal")


def test_born_and_age_change_on_the_birthday() -> None:
    status = statuses.calm()
    on = replace(status, patient=replace(status.patient, born=date(1985, 11, 20)))
    before = replace(status, patient=replace(status.patient, born=date(1985, 11, 21)))
    assert "(41)" in read(patient_banner(on, ZONE)) and "(40)" in read(patient_banner(before, ZONE))


def test_a_correction_starts_from_what_was_recorded_zero_and_no_symptom_included() -> None:
    details = f.VitalSignsRecorded(heart_rate=0, systolic=128, symptoms=(), adds_to=3, level_shown="amber")
    table = record_table(replace(statuses.calm(), facts=(a_fact(details),)), PROTOCOL, STAFF, ZONE)
    original = json.loads(part(table, "control").to_plotly_json()["props"]["data-original"])
    assert original == {"heart_rate": 0, "systolic": 128, "symptoms": []}


def test_a_closed_day_says_who_comes_next_and_never_an_empty_line() -> None:
    closed = replace(statuses.discharged(), next_step=replace(statuses.discharged().next_step, what=""))
    assert read(next_step(closed, ZONE)) == "NEXTNothing more is due"
    assert read(next_step(closed, ZONE, statuses.expected())) == "NEXTthen 14:30 ASHDOWN, Miriam"
