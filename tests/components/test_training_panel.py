"""The trainer's panel in words: what waits to be done, and what is late."""

from datetime import UTC, datetime
from types import SimpleNamespace

from components.training.panel_chairs import felt_words
from components.training.panel_course import fragments
from components.training.shown import ShownWait
from seed.injected import injected_words
from seed.scenario_file import Change, Told
from tests.components.reading import part, parts, read

CLOSES = datetime(2026, 11, 16, 10, 30, tzinfo=UTC)


def test_what_is_late_stays_with_its_hint_and_says_so_with_word_and_shape():
    wait = ShownWait(whose="", chair="1", words="STOP", hint="Stop first.", closes_at=CLOSES, late=True)
    room = SimpleNamespace(zone="Europe/London", hints=False)
    shown = fragments(SimpleNamespace(room=room, waits=(wait,), choices=(), course=()))["panel-waits"]["children"]
    assert read(part(shown, "wait-left")) == "late" and parts(shown, "icon-clock")
    assert read(part(shown, "wait-hint")) == "Stop first."


def test_what_a_patient_says_stands_in_quotation_marks_and_what_is_seen_does_not():
    felt = (
        Told(symptom="headache", says="My head."),
        Told(symptom="facial droop", says="(the mouth hangs)"),
        Told(symptom="rash"),
    )
    assert felt_words(SimpleNamespace(felt=felt)) == "headache “My head.” · facial droop (the mouth hangs) · rash"


def test_what_a_trainer_brings_about_is_told_in_words_and_units():
    worse = Change(symptoms=(Told(symptom="headache", severity="severe", change="worse"),))
    assert injected_words(worse, 0) == "Brought about: headache (severe, worse)"
    values = Change(values=(96.0, 168.4, 98.0), consciousness="confused")
    assert injected_words(values, 5) == (
        "Brought about: heart rate 96 /min, systolic 168 mmHg, diastolic 98 mmHg, confused, within 5 min"
    )
    assert injected_words(Change(act="pause", happens="Mbeki: pauses the infusion"), 0).endswith(
        "Mbeki: pauses the infusion"
    )
