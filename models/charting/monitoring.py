"""What is measured, seen and said: vital signs, symptoms, rounds, reviews, and what leads to going home."""

from __future__ import annotations

from models.charting.act import Act, Recorded
from models.charting.recorder import Recorder
from models.clinical.facts import (
    AdviceGiven,
    DoctorReviewed,
    NoteAdded,
    ReferenceValueSet,
    RoundIntervalSet,
    RoundNotDone,
    SampleTaken,
    SymptomReported,
    VitalSignsRecorded,
)


class Monitoring(Recorder):
    def record_vital_signs(self, act: Act, day_id: str, measured: VitalSignsRecorded) -> Recorded:
        """Sets of two nurses are both kept; values outside what is plausible ask to be confirmed."""
        return self.record(act, day_id, "vital-signs", lambda before: [before.line(measured)])

    def report_symptoms(self, act: Act, day_id: str, reported: SymptomReported) -> Recorded:
        return self.record(act, day_id, "symptoms", lambda before: [before.line(reported)])

    def round_not_done(self, act: Act, day_id: str, missed: RoundNotDone) -> Recorded:
        return self.record(act, day_id, "not-done", lambda before: [before.line(missed)])

    def set_round_interval(self, act: Act, day_id: str, interval: RoundIntervalSet) -> Recorded:
        return self.record(act, day_id, "interval", lambda before: [before.line(interval)])

    def set_reference_values(self, act: Act, day_id: str, reference: ReferenceValueSet) -> Recorded:
        return self.record(act, day_id, "reference-values", lambda before: [before.line(reference)])

    def review(self, act: Act, day_id: str, reviewed: DoctorReviewed) -> Recorded:
        return self.record(act, day_id, "review", lambda before: [before.line(reviewed)])

    def take_sample(self, act: Act, day_id: str, sample: SampleTaken) -> Recorded:
        return self.record(act, day_id, "samples", lambda before: [before.line(sample)])

    def give_advice(self, act: Act, day_id: str, given: AdviceGiven) -> Recorded:
        return self.record(act, day_id, "advice", lambda before: [before.line(given)])

    def add_note(self, act: Act, day_id: str, text: str) -> Recorded:
        return self.record(act, day_id, "notes", lambda before: [before.line(NoteAdded(text=text))])
