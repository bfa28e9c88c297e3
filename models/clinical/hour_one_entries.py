"""Which entries of hour one cannot be: answers, medicines, the bag and reference values."""

from __future__ import annotations

import math

from models.clinical.facts import BagPrepared, CheckAnswered, MedicationGiven, ReferenceValueSet, VitalSignsRecorded
from models.clinical.fields import TIMES_PLANNED, Entry, amount, is_amount, is_past, one_of, require, said
from models.clinical.refusal import Refusal
from models.clinical.vital_signs import has_readings, impossible

OUTCOMES = ("given", "not given", "not prescribed")
OTHER = "other"


def check_answered(details: CheckAnswered, entry: Entry) -> None:
    row = entry.protocol.checks.get(details.check)
    if row is None:
        raise Refusal(f"The protocol has no question {details.check!r}.", field="check")
    said(details.answer, row.id, f"{row.words} An answer is needed.")
    if row.kind == "yes_no":
        one_of(details.answer, {"yes": 0, "no": 0, "unknown": 0}, row.id, "The answer")
    elif row.kind == "date":
        require(is_past(details.answer, entry.at), row.id, f"{row.words}: a date up to today, as 2026-04-05.")
    elif row.kind == "number":
        require(is_amount(details.answer), row.id, f"{row.words}: a number in {row.unit}.")


def medication(details: MedicationGiven, entry: Entry) -> None:
    one_of(details.medicine, {**entry.protocol.medicines, OTHER: 0}, "medicine", "The medicine")
    one_of(details.outcome, dict.fromkeys(OUTCOMES), "outcome", "The outcome")
    if details.medicine == OTHER:
        said(details.name, "name", "Name the medicine.")
    if details.outcome == "given" and details.dose_mg is None:
        row = entry.protocol.medicines.get(details.medicine)
        require(row is None or not row.required_days, "dose_mg", "Say the dose that was given, in mg.")
    if details.dose_mg is not None:
        amount(details.dose_mg, math.inf, "dose_mg", "The dose is a number of mg above 0.")


def bag(details: BagPrepared, entry: Entry) -> None:
    said(details.product, "product", "Name the product in the bag.")
    said(details.batch, "batch", "Give the batch of the product.")
    most = entry.protocol.volume_ml * TIMES_PLANNED
    amount(details.volume_ml, most, "volume_ml", f"The volume of the bag is above 0 and at most {most:g} mL.")


def reference_values(details: ReferenceValueSet, entry: Entry) -> None:
    set_by_doctor = details.doctor.strip() and details.reason.strip()
    sentence = "A reference value needs a doctor's name and a reason, or the date it was taken on."
    require(set_by_doctor or details.taken_on, "doctor", sentence)
    if details.taken_on is not None:
        require(is_past(details.taken_on.isoformat(), entry.at), "taken_on", "The date it was taken on is past.")
    values = VitalSignsRecorded(
        heart_rate=details.heart_rate, systolic=details.systolic, diastolic=details.diastolic, spo2=details.spo2
    )
    require(has_readings(values), "heart_rate", "No reference value is given.")
    if (cannot_be := impossible(values)) is not None:
        raise Refusal(cannot_be[1], field=cannot_be[0])
