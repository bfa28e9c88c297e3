"""The record: which facts count and in what order, the newest position, and a patient's corrected details."""

from datetime import date

from models.clinical.facts import Fact, NoteAdded, PatientDetailsCorrected, standing, struck
from tests.clinical.builders import a_patient, a_set, a_strike, an_infusion_day


def test_facts_that_count_are_ordered_by_when_they_happened_and_then_by_position():
    day = an_infusion_day(
        ("10:00", a_set()), ("09:00", NoteAdded(text="one")), ("09:00", NoteAdded(text="two")), ("11:00", a_strike(1))
    )
    assert [fact.position for fact in standing(day.facts)] == [2, 3]
    assert struck(day.facts) == {1}


def test_a_fact_tells_its_kind_and_a_day_its_newest_position():
    day = an_infusion_day(("10:00", a_set()))
    assert isinstance(day.facts[0], Fact) and day.facts[0].kind == "VitalSignsRecorded"
    assert (day.position, an_infusion_day().position) == (1, 0)


def test_a_correction_of_details_leaves_what_it_does_not_name():
    patient = a_patient(allergies="penicillin")
    named = patient.corrected(PatientDetailsCorrected(family_name="Hall", reason="married"))
    assert (named.family_name, named.given_name, named.born, named.allergies) == (
        "Hall", patient.given_name, patient.born, "penicillin",
    )  # fmt: skip
    other = patient.corrected(
        PatientDetailsCorrected(given_name="Mia", born=date(1989, 4, 5), allergies="", reason="misheard")
    )
    assert (other.family_name, other.given_name, other.born, other.allergies) == (
        patient.family_name, "Mia", date(1989, 4, 5), "",
    )  # fmt: skip
    assert (other.id, other.patient_id) == (patient.id, patient.patient_id)
