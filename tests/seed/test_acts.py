"""Every act somebody may do at a chair can stand in a file, and does what it does on a screen."""

from models.clinical import infusion_day
from seed.acts import ACTS
from tests.seed.small import played, small

OTHER_WORDS = {
    "medications": "medication",
    "samples": "sample",
    "notes": "note",
    "corrections": "correct",
    "answer-alert": "answer",
}


def test_every_act_of_the_table_has_its_row():
    named = {OTHER_WORDS.get(act, act.replace("-", "_")) for act in infusion_day.ACTS}
    assert not named - ACTS.keys()


A_SET = {"heart_rate": 80, "systolic": 120, "diastolic": 74, "symptoms": []}
A_REVIEW = {"doctor": "Dr Lind", "decision": "go on", "accepted": {"systolic": 150}, "until": 9}
DAY = [
    (1, "vital_signs", A_SET, "VitalSignsRecorded"),
    (2, "correct", {"entry": "VitalSignsRecorded", "reason": "wrong value"}, "EnteredInError"),
    (3, "not_done", {"reason": "equipment", "try_again_at": 5}, "RoundNotDone"),
    (4, "interval", {"interval_minutes": 30}, "RoundIntervalSet"),
    (5, "reference_values", {"systolic": 110, "doctor": "Dr Lind", "reason": "known"}, "ReferenceValueSet"),
    (6, "symptoms", {"symptoms": [{"symptom": "nausea"}]}, "SymptomReported"),
    (7, "patient_details", {"allergies": "latex", "reason": "told"}, "PatientDetailsCorrected"),
    (8, "rate", {"share": 0.5, "reason": "settled"}, "RateChanged"),
    (9, "stop", {}, "InfusionStopped"),
    (9.05, "touched_by_mistake", {}, "EnteredInError"),
    (10, "pause", {"reason": "toilet"}, "InfusionPaused"),
    (11, "resume", {"share": 1.0}, "InfusionResumed"),
    (12, "prepare_discharge", {"where_to": "home"}, "DischargePrepared"),
    (13, "medication", {"medicine": "other", "outcome": "given", "name": "ondansetron"}, "MedicationGiven"),
    (14, "vital_signs", A_SET | {"systolic": 186}, "EvaluationOpened"),
    (15, "suspect_reaction", {"reaction": "stroke"}, "ReactionSuspected"),
    (16, "evaluation_step", {"reaction": "stroke", "step": "nil by mouth"}, "EvaluationStep"),
    (17, "call", {"whom": "stroke", "what": "called"}, "CallLogged"),
    (18, "grade", {"grade": 1}, "ReactionGraded"),
    (19, "answer", {"answer": "acting"}, "AlertAnswered"),
    (20, "stop", {}, "InfusionStopped"),
    (21, "close_evaluation", {"outcome": "stopped today", "doctor": "Dr Lind", "reason": "high"}, "EvaluationClosed"),
    (22, "review", A_REVIEW, "DoctorReviewed"),
    (23, "close_ward", {"receiver": "Adler", "place": "4B"}, "NightReceiver"),
    (24, "transfer", {"where_to": "ward", "receiver": "Adler"}, "Transferred"),
]  # fmt: skip


def test_a_day_of_many_acts_is_recorded_act_by_act():
    player = played(small(), *(row[:3] for row in DAY))
    assert [one.words for one in player.course if one.kind == "refused"] == []
    recorded = {(player.scenario.minute(fact.recorded_at), fact.kind) for fact in player.facts["1"]}
    assert {(minute, kind) for minute, _, _, kind in DAY} <= recorded
