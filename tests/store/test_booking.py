"""Patients are matched by the hospital's number, corrected details stand everywhere, lists are booked whole."""

from datetime import date

import pytest

from models.clinical.facts import Booked, EnteredInError, PatientDetailsCorrected
from models.clinical.refusal import Refusal
from models.store import WardStore
from tests.store.wards import a_booking, a_day_with_facts, append, book, line


def test_a_patient_booked_twice_is_one_patient(store: WardStore):
    first, second, later = book(store, a_booking(day=1), a_booking(day=2), a_booking(course=2, day=1))
    assert first.patient == second.patient == later.patient
    assert [(day.course, day.day) for day in store.days_of_patient(first.patient.id)] == [(1, 1), (1, 2), (2, 1)]
    assert store.find_patient("4810021") == first.patient
    assert store.find_patient("unknown") is None
    assert isinstance(first.facts[0].details, Booked)


@pytest.mark.parametrize(
    "other",
    [{"family_name": "Abaro"}, {"given_name": "Chid"}, {"born": date(1984, 5, 4)}],
    ids=lambda one: next(iter(one)),
)
def test_a_number_that_belongs_to_somebody_else_is_refused_with_both_names(store: WardStore, other: dict):
    book(store)
    with pytest.raises(Refusal, match=r"4810021 is ABARA, Chidi, born 05-Apr-1984, not") as refusal:
        book(store, a_booking("new"), a_booking(day=2, **other))
    assert refusal.value.field == "patient_id"
    assert store.find_patient("new") is None, "nothing of a refused list is kept"


def test_capital_letters_make_nobody_another_person(store: WardStore):
    [first] = book(store)
    [second] = book(store, a_booking(day=2, family_name="ABARA"))
    assert second.patient == first.patient


def test_corrected_details_stand_on_every_day_of_the_patient_until_struck(store: WardStore):
    first, second = book(store, a_booking(day=1), a_booking(day=2))
    append(store, first.id, line(PatientDetailsCorrected(family_name="Abarra", reason="misspelt")))
    append(store, second.id, line(PatientDetailsCorrected(allergies="", reason="none after all")))
    for day in store.days_of_patient(first.patient.id):
        assert (day.patient.family_name, day.patient.given_name, day.patient.allergies) == ("Abarra", "Chidi", "")
    [third] = book(store, a_booking(day=3, family_name="Abarra"))
    assert third.patient.id == first.patient.id
    append(store, first.id, line(EnteredInError(position=2, reason="wrong patient")))
    found = store.find_patient("4810021")
    assert found is not None and (found.family_name, found.allergies) == ("Abara", "")


def test_the_record_of_one_patient_never_shows_in_another(store: WardStore):
    first, second = a_day_with_facts(store, "1"), a_day_with_facts(store, "2", rates=(90,))
    [day] = store.days_of_patient(store.infusion_day(second).patient.id)
    assert day.id == second and first != second
    assert {fact.infusion_day_id for fact in day.facts} == {second}
