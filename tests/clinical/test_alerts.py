"""What raises an alert (D-4 … D-10): its kind, its identity and its words; and what raises none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.clinical.alert import Alert, AlertKind, AlertState, Priority
from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    DoctorReviewed,
    EnteredInError,
    EvaluationOpened,
    InfusionCompleted,
    InfusionPaused,
    RateChanged,
    ReactionSuspected,
    RoundNotDone,
    SampleTaken,
    SymptomReported,
    VitalSignsRecorded,
)
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus, Phase
from models.clinical.value_alerts import row_of
from tests.clinical.builders import (
    A_STEROID,
    Line,
    a_baseline,
    a_set,
    a_symptom,
    an_infusion_day,
    at,
    its_course,
    the_protocol,
)
from tests.clinical.test_go_no_go import BAG, ready_lines

AMBER, RED = "amber", "red"


def a_saved_set(*values: object, shown: str = AMBER, **more: object) -> VitalSignsRecorded:
    """A set as charting records it, with the level its recorder was shown."""
    return replace(a_set(*values, **more), level_shown=shown)  # type: ignore[arg-type]


def status(
    *lines: Line, now: str, day: int = 1, phase: Phase = Phase.INFUSION, course: Course | None = None
) -> ChairStatus:
    """Started at 09:30 with 118/74 and heart rate 74 before it; the position of the first line is 6."""
    built = an_infusion_day(*lines, phase=phase, day=day)
    return chair_status(built, course or its_course(built), the_protocol(), at(now))


def only(found: ChairStatus) -> Alert:
    assert len(found.alerts) == 1, [alert.id for alert in found.alerts]
    return found.alerts[0]


def ids(found: ChairStatus) -> list[str]:
    return [alert.id for alert in found.alerts]


# ---- values and symptoms ---------------------------------------------------------------------------------------------

# heart rate | pressure | temperature | SpO2 | breaths | symptoms | alerts, worst first: id = row of the protocol
VALUES = """
74  | 118/74 |      |    |    |                 |
74  | 139/74 |      |    |    |                 |
74  | 140/74 |      |    |    |                 | systolic high/6 = abnormal value
110 | 118/74 |      |    |    |                 | heart rate high/6 = change from baseline
111 | 118/74 |      |    |    |                 | heart rate high/6 = abnormal value
131 | 118/74 |      |    |    |                 | heart rate high/6 = red value
50  | 118/74 |      |    |    |                 | heart rate low/6 = abnormal value
40  | 118/74 |      |    |    |                 | heart rate low/6 = red value
74  | 159/74 |      |    |    |                 | systolic high/6 = first of a pair
74  | 160/74 |      |    |    |                 | systolic high/6 = first of a pair
74  | 180/74 |      |    |    |                 | systolic high/6 = red value
74  | 118/90 |      |    |    |                 | diastolic high/6 = abnormal value
74  | 118/100|      |    |    |                 | diastolic high/6 = first of a pair
74  | 100/74 |      |    |    |                 | systolic low/6 = abnormal value
74  | 90/74  |      |    |    |                 | systolic low/6 = red value
74  | 118/74 | 38.1 |    |    |                 | temperature high/6 = abnormal value
74  | 118/74 | 35.0 |    |    |                 | temperature low/6 = first of a pair
74  | 118/74 | 39.1 |    |    |                 | temperature high/6 = red value
74  | 118/74 |      | 95 |    |                 | spo2 low/6 = abnormal value
74  | 118/74 |      | 91 |    |                 | spo2 low/6 = red value
74  | 118/74 |      |    | 25 |                 | respiratory rate high/6 = red value
74  | 100/74 | 38.0 |    |    |                 | fever with low pressure or oxygen/6 = fever with low pressure or oxygen; systolic low/6 = abnormal value
74  | 118/74 |      |    |    | chest pain      | symptom: chest pain/6 = red symptom
74  | 118/74 |      |    |    | headache severe | symptom: headache/6 = red symptom
74  | 118/74 |      |    |    | nausea moderate | symptom: nausea/6 = symptom for a doctor; review due/2026-11-20T10:30:00Z = review due
74  | 118/74 |      |    |    | nausea mild     |
74  | 118/74 |      |    |    | headache mild   |
74  | 140/74 |      |    |    | headache mild   | new headache with high pressure/6 = new headache with high pressure; review due/2026-11-20T10:30:00Z = review due; systolic high/6 = abnormal value
118 | 142/92 |      |    |    |                 | diastolic high/6 = abnormal value; heart rate high/6 = abnormal value; systolic high/6 = abnormal value
"""  # noqa: E501


@pytest.mark.parametrize("row", VALUES.strip().splitlines())
def test_what_a_set_raises(row):
    rate, pressure, temperature, spo2, breaths, said, alerts = (cell.strip() for cell in row.split("|"))
    one = a_set(
        int(rate),
        pressure,
        float(temperature) if temperature else None,
        int(spo2) if spo2 else None,
        int(breaths) if breaths else None,
        symptoms=[said] if said else [],
    )
    found = status(("10:30", one), now="10:31")
    expected = sorted(one.strip() for one in alerts.split(";") if one.strip())
    assert sorted(f"{alert.id.replace('_', ' ')} = {alert.what}" for alert in found.alerts) == expected


@pytest.mark.parametrize("row", VALUES.strip().splitlines())
def test_red_is_high_amber_is_medium_and_every_alert_says_why_and_what_to_do(row):
    rate, pressure, *_ = (cell.strip() for cell in row.split("|"))
    for alert in status(("10:30", a_set(int(rate), pressure)), now="10:31").alerts:
        assert alert.priority is (Priority.HIGH if alert.level.word == RED else Priority.MEDIUM)
        assert alert.mark == {Priority.HIGH: "!!!", Priority.MEDIUM: "!!"}[alert.priority]
        assert alert.kind is AlertKind.VALUE
        assert (alert.position, alert.raised_at, alert.state) == (6, at("10:30"), AlertState.RAISED)
        assert alert.limit and alert.source and alert.why.endswith(".") and alert.action.endswith(".")


def test_an_alert_tells_value_limit_source_and_the_next_step():
    alert = only(status(("10:30", a_set(pressure="142/74")), now="10:31"))
    assert alert.words == "Systolic 142 mmHg: abnormal"
    assert alert.limit == "systolic 142 mmHg, amber from 140; +20 % of day-1 118, amber from +20 %"
    assert "CTCAE-HTN-a" in alert.source and "SHO" in alert.source
    assert alert.action == "Repeat within 15 min and review."


def test_consciousness_is_an_alert_in_words():
    alert = only(status(("10:30", a_set(consciousness="confused")), now="10:31"))
    assert (alert.id, alert.what, alert.words) == ("consciousness/6", "red value", "Consciousness confused: red")


def test_a_pair_is_confirmed_by_the_second_reading():
    found = status(("10:30", a_set(pressure="165/88")), ("10:34", a_set(pressure="168/88")), now="10:35")
    alert = next(one for one in found.alerts if one.priority is Priority.HIGH)
    assert (alert.id, alert.what, alert.position) == ("systolic high/7", "confirmed pair", 7)
    assert "after 165" in alert.limit
    assert "systolic high/6" not in ids(found)


def test_worse_headache_with_pressure_well_above_baseline_is_one_of_its_own():
    first = ("10:00", a_set(pressure="118/74", symptoms=["headache mild"]))
    found = status(first, ("10:30", a_set(pressure="142/80", symptoms=["headache worse"])), now="10:31")
    worse = next(alert for alert in found.alerts if alert.what == "worse headache with rising pressure")
    assert worse.id == "worse headache with rising pressure/7"
    assert worse.action == "Pause the infusion and ask a doctor to decide."


def test_symptoms_said_between_rounds_raise_the_same_alerts():
    alert = only(status(("10:20", SymptomReported(symptoms=(a_symptom("chest pain"),))), now="10:21"))
    assert (alert.id, alert.priority, alert.kind) == ("symptom: chest pain/6", Priority.HIGH, AlertKind.SYMPTOM)
    assert alert.words == "Chest pain"


def test_a_word_of_an_older_protocol_raises_an_alert_in_its_own_words():
    found = status(("10:20", SymptomReported(symptoms=(a_symptom("hiccups"),))), now="10:21")
    assert {a.id: a.words for a in found.alerts}["symptom: hiccups/6"] == "hiccups: a doctor looks"


def test_values_alert_from_the_arrival_on_and_end_with_the_day():
    early = ("08:00", a_set(45))
    found = status(early, now="08:01", phase=Phase.PRE_MEDICATION)
    assert ids(found) == ["heart_rate low/3"]
    assert status(early, now="07:30", phase=Phase.EXPECTED).alerts == ()


def test_every_combination_and_every_symptom_has_its_row():
    for row in the_protocol().combinations:
        assert row.id in the_protocol().alerts


def test_the_row_of_several_findings_is_that_of_the_worst():
    found = status(("10:30", a_set(pressure="165/88")), now="10:31").findings
    assert row_of([one for one in found if one.rule == "systolic high"], the_protocol()).id == "first of a pair"


# ---- raised again, taken over, over ----------------------------------------------------------------------------------

REPEATED = ("10:45", a_set(pressure="145/74"))


def test_a_new_abnormal_measurement_takes_the_place_of_the_one_before():
    found = status(("10:30", a_set(pressure="142/74")), REPEATED, now="10:46")
    alert = next(one for one in found.alerts if one.id == "systolic high/7")
    assert (alert.times_raised, alert.raised_at) == (2, at("10:45"))
    assert "systolic high/6" not in ids(found)


def test_what_nobody_answered_is_escalated_as_early_as_the_first_of_them():
    found = status(("10:30", a_set(pressure="142/74")), ("10:32", a_set(pressure="145/74")), now="10:32:30")
    alert = next(one for one in found.alerts if one.id == "systolic high/7")
    assert (alert.escalates_at, alert.escalated) == (at("10:33"), False)


def test_a_symptom_raises_again_only_when_it_is_worse():
    first = ("10:30", a_set(symptoms=["nausea moderate"]))
    same = status(first, ("11:00", a_set(symptoms=["nausea same"])), now="11:01")
    worse = status(first, ("11:00", a_set(symptoms=["nausea worse"])), now="11:01")
    severe = status(
        first, ("11:00", a_set(symptoms=[a_symptom("nausea", severity="severe", change="same")])), now="11:01"
    )
    assert "symptom: nausea/6" in ids(same) and "symptom: nausea/7" not in ids(same)
    assert "symptom: nausea/7" in ids(worse) and "symptom: nausea/6" not in ids(worse)
    assert "symptom: nausea/6" in ids(severe)


def test_a_symptom_that_becomes_red_is_raised_again():
    first = ("10:30", a_set(symptoms=["nosebleed mild"]))
    found = status(
        first, ("11:00", a_set(symptoms=[a_symptom("nosebleed", severity="moderate", change="same")])), now="11:01"
    )
    assert "symptom: nosebleed/7" in ids(found)


def test_a_medium_one_that_is_normal_again_and_nobody_has_seen_says_so():
    alert = only(status(("10:30", a_set(pressure="142/74")), ("10:40", a_set()), now="10:41"))
    assert (alert.state, alert.holds, alert.silenced, alert.sounds) == (AlertState.RESOLVED_UNSEEN, False, False, False)
    assert alert.escalates_at is None and alert.needs_answer


def test_a_partial_set_ends_only_what_it_measures():
    first = ("10:30", a_set(118, "142/74", symptoms=["headache"]))
    found = status(first, ("10:40", a_set(None, "118/--", symptoms=None)), now="10:41")
    state = {alert.id: alert.state for alert in found.alerts}
    assert state["heart_rate high/6"] is AlertState.RAISED
    assert state["systolic high/6"] is AlertState.RESOLVED_UNSEEN
    assert state["new headache with high pressure/6"] is AlertState.RAISED
    complete = status(first, ("10:40", a_set()), now="10:41")
    assert {a.state for a in complete.alerts if a.id == "new headache with high pressure/6"} == {
        AlertState.RESOLVED_UNSEEN
    }


def test_a_high_one_stays_when_the_value_is_normal_again_beside_the_medium_that_follows():
    red, calm = ("10:30", a_set(pressure="182/80")), ("10:40", a_set())
    stays = only_high(status(red, calm, now="10:41"))
    assert (stays.id, stays.holds, stays.state) == ("systolic high/6", False, AlertState.RAISED)
    beside = status(red, ("10:40", a_set(pressure="145/80")), now="10:41")
    assert {"systolic high/6", "systolic high/7"} <= set(ids(beside))
    again = status(red, calm, ("10:45", a_set(pressure="181/80")), now="10:46")
    assert [one.id for one in again.alerts if one.priority is Priority.HIGH] == ["systolic high/8"]


def only_high(found: ChairStatus) -> Alert:
    high = [alert for alert in found.alerts if alert.priority is Priority.HIGH]
    assert len(high) == 1, [alert.id for alert in high]
    return high[0]


def test_values_a_doctor_accepted_raise_nothing_until_they_are_exceeded_or_the_time_is_over():
    accepted = DoctorReviewed(doctor="Dr Sand", decision="go on", accepted=(("systolic", 145.0),), until=at("12:00"))
    before = [("10:30", a_saved_set(74, "145/74")), ("10:40", accepted)]
    within = ("11:00", a_saved_set(74, "154/74"))
    assert "systolic high/8" not in ids(status(*before, within, now="11:01"))
    assert "systolic high/8" in ids(status(*before, ("11:00", a_saved_set(74, "155/74")), now="11:01"))
    assert "systolic high/8" in ids(status(*before, ("12:00", a_saved_set(74, "145/74")), now="12:01"))


# ---- the doctor's review ---------------------------------------------------------------------------------------------


def test_two_ambers_in_a_row_ask_for_a_doctor_until_one_came():
    twice = [("10:30", a_saved_set(74, "142/74")), ("10:45", a_saved_set(74, "143/74"))]
    found = next(alert for alert in status(*twice, now="10:46").alerts if alert.what == "review due")
    assert (found.id, found.priority, found.state) == (
        "review due/2026-11-20T10:45:00Z",
        Priority.MEDIUM,
        AlertState.RAISED,
    )
    assert found.position == 7 and found.limit.startswith("systolic 143 mmHg, amber from 140")
    reviewed = DoctorReviewed(doctor="Dr Sand", decision="go on", accepted=(("systolic", 143.0),), until=at("12:00"))
    assert [one.what for one in status(*twice, ("10:50", reviewed), now="10:51").alerts] == ["abnormal value"]


def test_a_review_that_has_ended_while_the_last_set_is_amber_is_a_task():
    twice = [("10:30", a_saved_set(74, "142/74")), ("10:45", a_saved_set(74, "143/74"))]
    reviewed = DoctorReviewed(doctor="Dr Sand", decision="go on", accepted=(("systolic", 143.0),), until=at("11:20"))
    before = status(*twice, ("10:50", reviewed), now="11:19:59")
    assert "review ended" not in {alert.what for alert in before.alerts}
    assert at("11:20") in before.deadlines
    ended = next(a for a in status(*twice, ("10:50", reviewed), now="11:20").alerts if a.what == "review ended")
    assert (ended.id, ended.kind) == ("review ended/2026-11-20T11:20:00Z", AlertKind.TASK)


def test_a_round_the_patient_refused_asks_for_a_doctor():
    found = status(("10:20", RoundNotDone(reason="refused")), now="10:21")
    assert [(one.id, one.position, one.limit) for one in found.alerts] == [
        ("review due/2026-11-20T10:20:00Z", None, "")
    ]


# ---- tasks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "priority", "escalated"),
    [
        ("10:29:59", None, False),
        ("10:30", Priority.LOW, False),
        ("10:44:59", Priority.LOW, False),
        ("10:45", Priority.MEDIUM, True),
    ],
)
def test_overdue_is_low_and_after_15_minutes_the_charge_nurses(now, priority, escalated):
    alerts = status(now=now).alerts
    if priority is None:
        assert alerts == ()
        return
    assert (alerts[0].id, alerts[0].words) == ("overdue/2026-11-20T10:30:00Z", "Vital signs overdue")
    assert alerts[0].limit == "Every 60 min, or as asked"
    assert (alerts[0].priority, alerts[0].escalated, alerts[0].kind) == (priority, escalated, AlertKind.TASK)
    assert alerts[0].needs_answer is (priority is Priority.MEDIUM)
    assert status(("10:45", a_set()), now="10:46").alerts == ()


def test_a_round_put_off_is_escalated_when_its_promise_is_over():
    put_off = RoundNotDone(reason="with another patient", try_again_at=at("10:49"))
    lines = [("10:39", put_off)]
    assert status(*lines, now="10:48:59").alerts[0].priority is Priority.LOW
    assert status(*lines, now="10:49").alerts[0].priority is Priority.MEDIUM
    earlier = RoundNotDone(reason="with another patient", try_again_at=at("10:37"))
    assert status(("10:30", earlier), now="10:44:59").alerts[0].priority is Priority.LOW
    assert status(("10:30", earlier), now="10:45").alerts[0].priority is Priority.MEDIUM


def test_a_promise_made_for_an_earlier_round_puts_nothing_off():
    lines = [("10:30", RoundNotDone(reason="other", try_again_at=at("10:40"))), ("10:39", a_set())]
    assert status(*lines, now="11:54").alerts[0].priority is Priority.MEDIUM


def test_a_repeat_is_its_own_alert_and_not_overdue_besides():
    lines = [("10:00", a_saved_set(74, "142/74"))]
    assert ids(status(*lines, now="10:20")) == ["systolic high/6"]
    assert ids(status(*lines, now="11:00")) == ["systolic high/6", "overdue/2026-11-20T11:00:00Z"]


def test_a_set_a_doctor_asked_for_is_overdue_like_a_round():
    reviewed = DoctorReviewed(doctor="Dr Sand", decision="go on", next_set_minutes=15)
    found = status(("10:00", a_saved_set(74, "142/74")), ("10:05", reviewed), now="10:20")
    assert "overdue/2026-11-20T10:20:00Z" in ids(found)


def test_hour_one_over_and_something_missing():
    lines = [("08:00", a_set()), ("08:15", A_STEROID)]
    assert status(*lines, now="09:14:59", phase=Phase.PRE_MEDICATION).alerts == ()
    found = only(status(*lines, now="09:15", phase=Phase.PRE_MEDICATION))
    assert (found.id, found.priority) == ("pre-medication/2026-11-20T09:15:00Z", Priority.LOW)
    assert found.limit.startswith("Missing: ") and found.limit.endswith(" more")
    assert not found.needs_answer and found.escalates_at is None
    ready = status(*ready_lines(), now="09:30", phase=Phase.PRE_MEDICATION)
    assert ready.alerts == ()
    waiting = status(*ready_lines(without="bag"), now="09:30", phase=Phase.PRE_MEDICATION)
    assert only(waiting).limit == "Missing: Bag prepared"
    evaluated = status(*lines, ("09:00", EvaluationOpened(reason="red")), now="09:15", phase=Phase.PRE_MEDICATION)
    assert "pre-medication" not in {alert.what for alert in evaluated.alerts}


MIXED = ("08:50", BAG)
SLOW = ("11:30", RateChanged(rate_ml_per_hour=9.4, reason="poorly tolerated"))


@pytest.mark.parametrize(
    ("lines", "now", "since"),
    [
        ([MIXED], "12:00", None),
        ([MIXED, SLOW], "12:00", "11:30"),
        ([MIXED, SLOW], "16:50", "16:50"),
        ([MIXED, ("10:30", InfusionPaused(reason="toilet"))], "13:50:01", "13:50"),
        ([MIXED, SLOW, ("14:00", InfusionPaused(reason="toilet"))], "14:30", "14:00"),
    ],
)
def test_a_bag_that_expires_before_the_rest_is_in(lines, now, since):
    bag = [alert for alert in status(*lines, now=now).alerts if alert.what == "bag"]
    assert bool(bag) is (since is not None)
    if bag:
        assert bag[0].raised_at - at(since) in (timedelta(0), timedelta.resolution)
        assert (bag[0].priority, bag[0].kind) == (Priority.MEDIUM, AlertKind.TASK)
        assert bag[0].limit == status(*lines, now=now).bag_warning


def test_a_bag_too_old_before_the_start():
    lines = [("08:00", a_set()), ("08:20", BAG)]
    found = [one for one in status(*lines, now="12:21", phase=Phase.PRE_MEDICATION).alerts if one.what == "bag"]
    assert [one.raised_at for one in found] == [at("12:20") + timedelta.resolution]
    expired = [one for one in status(*lines, now="16:20", phase=Phase.PRE_MEDICATION).alerts if one.what == "bag"]
    assert [one.raised_at for one in expired] == [at("16:20")]


def test_past_the_forecast_after_ten_minutes():
    sets = [(f"{hour}:30", a_set()) for hour in (10, 11, 12, 13)]
    assert status(*sets, now="13:39:59").alerts == ()
    found = only(status(*sets, now="13:40"))
    assert (found.id, found.priority) == ("past forecast/2026-11-20T13:40:00Z", Priority.MEDIUM)
    assert found.limit == "10 min after the forecast end"
    assert status(*sets, ("13:30", InfusionCompleted()), now="13:41").alerts == ()


def test_platelets_are_due_when_the_drug_has_ended_on_the_days_they_are_taken():
    lines = [("13:00", a_set()), ("13:30", InfusionCompleted())]
    due = status(*lines, now="13:31", day=3, course=Course(number=1, baseline=a_baseline()))
    assert ids(due) == ["platelets due/2026-11-20T13:30:00Z"]
    assert (due.alerts[0].priority, due.alerts[0].words) == (Priority.LOW, "Platelet count due")
    taken = status(*lines, ("13:35", SampleTaken(sample="platelets")), now="13:36", day=3)
    assert taken.alerts == ()
    assert status(*lines, now="13:31", day=2).alerts == ()


def test_a_step_of_the_evaluation_past_its_time():
    red = ("10:30", a_saved_set(74, "182/80", shown=RED))
    assert "step ecg/2026-11-20T10:40:00Z" not in ids(status(red, now="10:39:59"))
    found = status(red, now="10:40")
    step = next(alert for alert in found.alerts if alert.id == "step ecg/2026-11-20T10:40:00Z")
    assert (step.what, step.priority) == ("evaluation step", Priority.MEDIUM)
    assert step.words == "12-lead ECG, compared with the baseline ECG: time is up"
    chosen = status(red, ("10:35", ReactionSuspected(reaction="stroke")), now="11:30")
    assert "step ct/2026-11-20T11:30:00Z" in ids(chosen)
    assert "step ct/2026-11-20T11:30:00Z" not in ids(status(red, now="11:30"))


# ---- corrections -----------------------------------------------------------------------------------------------------


def struck(position: int, recorded: VitalSignsRecorded, clock: str, replacement: VitalSignsRecorded | None):
    lines: list[Line] = [("10:30", recorded), (clock, EnteredInError(position=position, reason="wrong value"))]
    built = an_infusion_day(*lines, phase=Phase.INFUSION)
    if replacement is not None:
        last = built.facts[-1]
        put = replace(last, position=8, happened_at=at("10:30"), details=replacement, caused_by=7)
        built = replace(built, facts=(*built.facts, put))
    return chair_status(built, its_course(built), the_protocol(), at("10:36"))


def test_a_corrected_reading_is_judged_anew_and_says_so():
    found = struck(6, a_saved_set(74, "182/80", shown=RED), "10:35", a_saved_set(74, "142/80"))
    assert ids(found) == ["systolic high/8", "corrected/6"]
    high, told = found.alerts
    assert high.note.startswith("Corrected: ") and high.priority is Priority.MEDIUM
    assert (told.state, told.priority) == (AlertState.RESOLVED_UNSEEN, Priority.LOW)
    assert (told.limit, told.needs_answer) == ("Recorded as red, struck as: wrong value", True)


def test_a_struck_amber_reading_leaves_nothing_and_an_ordinary_set_has_no_note():
    assert ids(struck(6, a_saved_set(74, "142/80"), "10:35", None)) == ["overdue/2026-11-20T10:30:00Z"]
    assert only(status(("10:30", a_set(pressure="142/80")), now="10:31")).note == ""


# ---- uneventful chairs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes_late", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("stagger", [0, 15, 30, 45])
def test_an_uneventful_chair_raises_nothing_medium_or_high_and_nothing_to_answer(stagger, minutes_late):
    """Four of them staggered, with sets up to 4 min late: minute by minute through the whole day."""
    start = at("09:00") + timedelta(minutes=stagger)
    facts = an_infusion_day(*ready_lines(), phase=Phase.PRE_MEDICATION).facts
    shift = start - at("09:30")
    lines = [replace(f, happened_at=f.happened_at + shift, recorded_at=f.recorded_at + shift) for f in facts]
    for what, minutes in an_uneventful_day(minutes_late):
        when = start + timedelta(minutes=minutes)
        lines.append(replace(facts[0], position=len(lines) + 1, happened_at=when, recorded_at=when, details=what))
    low = 0
    for minute in range(7 * 60):
        now = at("08:00") + shift + timedelta(minutes=minute, seconds=30)
        day = replace(an_infusion_day(), facts=tuple(fact for fact in lines if fact.recorded_at <= now))
        found = chair_status(day, Course(number=1), the_protocol(), now)
        assert not [a for a in found.alerts if a.priority > Priority.LOW or a.needs_answer], (now, found.alerts)
        low += len(found.alerts)
    assert (low > 0) is (minutes_late > 0)


def an_uneventful_day(late: int):
    yield the_start(), 0
    for hour, values in enumerate(((86, "122/76"), (92, "126/76"), (95, "130/78"), (92, "128/77")), 1):
        yield a_saved_set(*values, shown="normal"), 60 * hour + late * hour
    yield InfusionCompleted(), 244
    for hour, values in enumerate(((88, "126/76"), (84, "122/74")), 5):
        yield a_saved_set(*values, shown="normal"), 60 * hour + late * hour


def the_start():
    return an_infusion_day(phase=Phase.INFUSION).facts[-1].details
