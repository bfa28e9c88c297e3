"""Corrections: struck and visible, replaced at the original time, and refused where the rest would not stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from models.charting import NeedsConfirmation
from models.clinical.facts import InfusionStarted, NoteAdded, PatientDetailsCorrected
from models.clinical.findings import Level
from models.clinical.refusal import Refusal
from tests.charting.ward import CALM, IN_PAIN, Ward, kinds_of


def newest(ward: Ward, day_id: str, kind: str) -> int:
    return max(fact.position for fact in ward.day(day_id).facts if fact.kind == kind)


def test_a_wrong_value_is_replaced_at_its_original_time(ward: Ward):
    day_id = ward.running()
    taken = ward.charting.record_vital_signs(ward.act(), day_id, replace(CALM, heart_rate=127)).facts[0]
    ward.minutes(7)
    corrected = ward.charting.correct(ward.act(), day_id, taken.position, "wrong value", "", CALM)
    assert kinds_of(corrected) == ["EnteredInError", "VitalSignsRecorded"]
    strike, replacing = corrected.facts
    assert replacing.happened_at == taken.happened_at and replacing.caused_by == strike.position
    shown = {one.position: one for one in corrected.status.sets}
    assert shown[taken.position].struck is not None and shown[replacing.position].struck is None


def test_a_wrong_time_is_corrected_by_a_replacement_with_another(ward: Ward):
    day_id = ward.running()
    ward.minutes(30)
    taken = ward.charting.record_vital_signs(ward.act(), day_id, CALM).facts[0]
    ward.minutes(1)
    earlier = taken.happened_at - timedelta(minutes=10)
    corrected = ward.charting.correct(
        ward.act(), day_id, taken.position, "wrong value", replacement=CALM, replacement_at=earlier
    )
    assert corrected.facts[1].happened_at == earlier


def test_a_struck_red_leaves_its_evaluation_open(ward: Ward):
    day_id = ward.running()
    taken = ward.charting.record_vital_signs(ward.act(), day_id, IN_PAIN).facts[0]
    corrected = ward.charting.correct(ward.act(), day_id, taken.position, "wrong patient")
    assert kinds_of(corrected) == ["EnteredInError"]
    assert corrected.status.evaluation_open and corrected.status.sets[-1].struck is not None


def test_a_replacement_that_is_red_opens_an_evaluation(ward: Ward):
    day_id = ward.running()
    taken = ward.charting.record_vital_signs(ward.act(), day_id, CALM).facts[0]
    corrected = ward.charting.correct(ward.act(), day_id, taken.position, "wrong value", replacement=IN_PAIN)
    assert kinds_of(corrected) == ["EnteredInError", "VitalSignsRecorded", "EvaluationOpened"]
    assert corrected.status.level is Level.RED


def test_an_implausible_replacement_asks_to_be_confirmed(ward: Ward):
    day_id = ward.running()
    position = newest(ward, day_id, "VitalSignsRecorded")
    wild = replace(CALM, heart_rate=12)
    with pytest.raises(NeedsConfirmation):
        ward.charting.correct(ward.act(), day_id, position, "wrong value", replacement=wild)
    ward.charting.correct(ward.act(), day_id, position, "wrong value", replacement=replace(wild, confirmed=True))


def test_what_others_rest_on_is_not_struck_before_them(ward: Ward):
    day_id = ward.paused()
    before = ward.kinds(day_id)
    with pytest.raises(Refusal):
        ward.charting.correct(ward.act(), day_id, newest(ward, day_id, "InfusionStarted"), "other")
    assert ward.kinds(day_id) == before


def test_a_start_is_replaced_by_one_with_the_right_rate(ward: Ward):
    day_id = ward.running()
    ward.minutes(60)
    position = newest(ward, day_id, "InfusionStarted")
    right = InfusionStarted(rate_ml_per_hour=20.0)
    status = ward.charting.correct(ward.act(), day_id, position, "wrong value", replacement=right).status
    assert status.volume_given_ml == pytest.approx(20.0) and status.run_time_s == 3600


@pytest.mark.parametrize("position", [9999, 1])
def test_an_entry_that_is_not_there_or_not_of_that_kind_is_refused(ward: Ward, position: int):
    day_id = ward.running()
    with pytest.raises(Refusal):
        ward.charting.correct(ward.act(), day_id, position, "other", replacement=NoteAdded(text="hello"))


def test_an_entry_is_struck_once(ward: Ward):
    day_id = ward.running()
    position = newest(ward, day_id, "VitalSignsRecorded")
    ward.charting.correct(ward.act(), day_id, position, "recorded twice")
    with pytest.raises(Refusal, match="already"):
        ward.charting.correct(ward.act("byrne"), day_id, position, "recorded twice")


def test_patient_details_are_corrected_with_history(ward: Ward):
    day_id = ward.running()
    married = PatientDetailsCorrected(family_name="Marsh-Hall", reason="married")
    status = ward.charting.correct_patient_details(ward.act(), day_id, married).status
    assert (status.patient.family_name, status.patient.given_name) == ("Marsh-Hall", "Helen")
    with pytest.raises(Refusal, match="which detail"):
        ward.charting.correct_patient_details(ward.act(), day_id, PatientDetailsCorrected(reason="none"))
