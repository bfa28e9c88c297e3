"""Booking, and who looks after a chair."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.charting import Conflict, NeedsConfirmation
from models.clinical.refusal import Refusal
from models.clinical.status import Phase
from tests.charting.ward import SILVA, TODAY, Ward, kinds_of


def test_a_booking_plans_its_start_in_the_wards_own_time(ward: Ward):
    status = ward.status(ward.booked())
    assert status.phase is Phase.EXPECTED
    assert status.planned_start == datetime(2026, 6, 15, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"chair": "99"}, "chair"),
        ({"day": 6}, "day"),
        ({"course": 2, "day": 4}, "day"),
        ({"date": TODAY - timedelta(days=1)}, "date"),
        ({"born": date(2026, 6, 16)}, "born"),
        ({"born": date(2008, 6, 16)}, "born"),
    ],
)
def test_a_booking_that_cannot_be_names_the_field(ward: Ward, change: dict[str, object], field: str):
    with pytest.raises(Refusal) as refused:
        ward.charting.book(ward.act(), replace(ward.booking(), **change))
    assert refused.value.field == field


def test_eighteen_on_the_day_itself_is_of_age(ward: Ward):
    assert ward.charting.book(ward.act(), replace(ward.booking(), born=date(2008, 6, 15)))


def test_under_age_is_booked_with_a_doctors_name(ward: Ward):
    young = replace(ward.booking(), born=date(2008, 6, 16))
    recorded = ward.charting.book(ward.act(override=SILVA), young)
    assert kinds_of(recorded) == ["Overridden", "Booked"]
    assert recorded.facts[0].details.locks == ("age",)


def test_a_known_number_with_another_name_is_refused(ward: Ward):
    ward.booked()
    with pytest.raises(Refusal, match="MARSH, Helen"):
        ward.charting.book(ward.act(), replace(ward.booking(day=2, date=date(2026, 6, 16)), family_name="Marsden"))


def test_the_same_day_of_a_course_is_booked_once_until_it_is_deferred(ward: Ward):
    first = ward.booked()
    later = ward.booking(date=TODAY + timedelta(days=1))
    with pytest.raises(Refusal, match="Defer that day first"):
        ward.charting.book(ward.act(), later)
    ward.charting.defer(ward.act(), first, "infection")
    assert ward.charting.book(ward.act(), later).status.phase is Phase.EXPECTED


def test_one_booking_a_date(ward: Ward):
    ward.booked()
    with pytest.raises(Refusal, match="One infusion a date"):
        ward.booked(day=2)


def test_the_same_booking_form_twice_is_one_booking(ward: Ward):
    first = ward.charting.book(ward.act(key="form-1"), ward.booking())
    again = ward.charting.book(ward.act(key="form-1"), ward.booking())
    assert again.facts == first.facts and again.again
    with pytest.raises(Conflict):
        ward.charting.book(ward.act(key="form-1", request_digest="other"), ward.booking(1, "2"))


# ---- who looks after a chair -----------------------------------------------------------------------------------------


def test_a_chair_that_is_nobodys_is_given_at_once(ward: Ward):
    day_id = ward.arrived()
    status = ward.charting.assign(ward.act("novak"), day_id, "okafor").status
    assert (status.nurse, status.handover_to) == ("okafor", None)


def test_handing_over_waits_until_the_receiver_accepts(ward: Ward):
    day_id = ward.arrived()
    ward.charting.assign(ward.act("okafor"), day_id, "okafor")
    offered = ward.charting.assign(ward.act("okafor"), day_id, "byrne").status
    assert (offered.nurse, offered.handover_to) == ("okafor", "byrne")
    accepted = ward.charting.assign(ward.act("byrne"), day_id, "byrne").status
    assert (accepted.nurse, accepted.handover_to) == ("byrne", None)
    assert ward.charting.assign(ward.act("byrne"), day_id, None).status.nurse is None


def test_nobody_unknown_looks_after_a_chair(ward: Ward):
    with pytest.raises(Refusal) as refused:
        ward.charting.assign(ward.act(), ward.arrived(), "ghost")
    assert refused.value.field == "nurse"


# ---- one chair, two patients -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "chair", "asked"),
    [(time(8), "1", True), (time(14, 55), "1", True), (time(15), "1", False), (time(8), "2", False)],
)
def test_two_patients_in_one_chair_at_once_are_asked_about_by_both_identifiers(ward: Ward, start, chair, asked):
    ward.booked(0, "1")
    another = ward.booking(1, chair, start=start)
    if not asked:
        assert ward.charting.book(ward.act(), another, confirmed=False)
        return
    with pytest.raises(NeedsConfirmation) as refused:
        ward.charting.book(ward.act(), another, confirmed=False)
    assert refused.value.field == "start"
    assert "Chair 1 is planned for MARSH, Helen (born 05-Apr-1984) from 08:00" in refused.value.sentence
    assert "ADEYEMI" in refused.value.sentence
    assert ward.charting.book(ward.act(), another, confirmed=True).status.chair == "1"


def test_a_chair_whose_patient_was_deferred_or_has_left_is_free_to_book(ward: Ward):
    deferred = ward.booked(0, "1")
    ward.charting.defer(ward.act(), deferred, "infection")
    assert ward.charting.book(ward.act(), ward.booking(1, "1"), confirmed=False)
