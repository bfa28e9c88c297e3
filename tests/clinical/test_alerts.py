"""What raises an alert: values, symptoms, two ambers without a doctor; and that a calm day raises none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.clinical.alert import AlertKind, AlertState, Priority
from models.clinical.chair_status import chair_status
from models.clinical.facts import DoctorReviewed, InfusionCompleted, RoundNotDone, SymptomReported
from models.clinical.rest_of_course import Course
from models.clinical.status import Phase
from models.clinical.value_alerts import row_of
from tests.clinical.builders import a_set, a_symptom, an_infusion_day, at, the_protocol
from tests.clinical.raised import RED, a_saved_set, ids, only, status
from tests.clinical.test_go_no_go import ready_lines

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
