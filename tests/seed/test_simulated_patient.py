"""The simulated patient shows the same to whoever asks, in whatever order, and says what has changed."""

import random

from models.clinical.facts import Symptom
from models.clinical.vital_signs import MEASURED
from seed.scenario_file import LaterStep, Told
from seed.simulated_patient import NOISE, SimulatedPatient
from tests.seed.small import CHAIR, small

SCENARIO = small()


def a_patient(scenario=SCENARIO):
    return SimulatedPatient(scenario, scenario.chairs[0])


def change(**told):
    return LaterStep(**{"values": (120.0, 90.0, 50.0), **told})


def test_a_set_taken_twice_within_a_minute_is_the_same_and_later_is_another():
    patient = a_patient()
    assert patient.measured(25.0) == patient.measured(25.9)
    assert len({patient.measured(minute) for minute in range(20, 50)}) > 20


def test_neither_order_nor_another_patient_object_changes_what_is_measured():
    minutes = list(range(60))
    first = {minute: a_patient().measured(minute) for minute in minutes}
    random.Random(3).shuffle(minutes)
    patient = a_patient()
    assert {minute: patient.measured(minute) for minute in minutes} == first


def test_a_step_of_the_file_is_measured_exactly_and_between_steps_noise_stays_small():
    patient = a_patient()
    exact = patient.measured(10)
    assert (exact.heart_rate, exact.systolic, exact.diastolic) == (80, 120, 74)
    off = [
        abs(getattr(patient.measured(minute), name) - patient.line(name, minute)) / NOISE[name]
        for minute in range(20, 60) for name in MEASURED
    ]  # fmt: skip
    assert max(off) < 5 and sum(off) / len(off) > 0.4


def test_another_seed_is_another_patient():
    other = small(chair=CHAIR).model_copy(update={"seed": "small 2"})
    assert a_patient(other).measured(40) != a_patient().measured(40)


def test_values_move_on_a_line_all_the_way_or_for_as_long_as_the_ramp():
    patient = a_patient()
    patient.goes_on(20, [(40, change())], replaces=True)
    assert [round(patient.line("heart_rate", minute)) for minute in (20, 30, 40, 59)] == [80, 100, 120, 120]
    steep = a_patient()
    steep.goes_on(20, [(40, change(ramp=5))], replaces=True)
    assert [round(steep.line("heart_rate", minute)) for minute in (20, 35, 40)] == [80, 80, 120]


def test_a_branch_changes_nothing_that_was_measured_before_it():
    patient = a_patient()
    before = [patient.measured(minute) for minute in range(26)]
    patient.goes_on(25.5, [(30, change(values=(160, 200, 120)))], replaces=True)
    assert [patient.measured(minute) for minute in range(26)] == before


def test_what_is_put_beside_the_file_does_not_drop_what_the_file_has_planned():
    patient = a_patient()
    patient.goes_on(20, [(22, change())], replaces=False)
    assert patient.line("heart_rate", 22) == 120 and patient.line("heart_rate", 70) == 80


def test_symptoms_are_told_new_then_the_same_worse_and_gone():
    patient = a_patient()
    headache = Symptom(symptom="headache", severity="mild")
    for minute, told in [(5, Told(symptom="headache", severity="mild", says="It aches.")),
                         (20, Told(symptom="headache", severity="moderate", change="worse")),
                         (40, Told(symptom="headache", change="gone"))]:  # fmt: skip
        patient.goes_on(minute, [(minute, change(values=None, symptoms=(told,)))], replaces=False)
    assert patient.told(4, (), None) == () and patient.says(5) == ("It aches.",)
    assert patient.told(6, (), None) == (headache,)
    assert [one.change for one in patient.told(10, (headache,), 6)] == ["same"]
    assert [(one.change, one.severity) for one in patient.told(21, (headache,), 10)] == [("worse", "moderate")]
    assert [one.change for one in patient.told(25, (headache,), 21)] == ["same"]
    assert [one.change for one in patient.told(45, (headache,), 25)] == ["gone"]
    assert patient.told(45, (), 25) == () and patient.says(45) == ()
