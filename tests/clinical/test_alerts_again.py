"""Alerts raised again, taken over by worse or newer ones, over, and corrected."""

from dataclasses import replace

from models.clinical.alert import Alert, AlertState, Priority
from models.clinical.chair_status import chair_status
from models.clinical.facts import DoctorReviewed, EnteredInError, VitalSignsRecorded
from models.clinical.status import ChairStatus, Phase
from tests.clinical.builders import Line, a_set, a_symptom, an_infusion_day, at, its_course, the_protocol
from tests.clinical.raised import RED, a_saved_set, ids, only, status

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
