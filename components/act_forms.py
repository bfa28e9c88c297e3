"""The acts of a chair as a table: which fields each form asks for. A new act is a row here."""

from __future__ import annotations

from typing import Any

from components.act_fields import WHEN, Choices, Field
from components.act_form import ActForm, Lists, amount, doctor, note, number, one, pause_reason, reason, rows, text
from models.clinical.protocol import Protocol

OUTCOMES: Choices = (("given", "Given"), ("not given", "Not given"), ("not prescribed", "Not prescribed"))
AHEAD: Choices = (("5", "in 5 min"), ("10", "in 10 min"))
PLANNED = "planned"
"""Stands among the parts of the planned rate for that rate itself."""
ACCEPTED_FOR: Choices = (("15", "15 min"), ("30", "30 min"), ("60", "60 min"), ("120", "2 hr"))
PRESENT: Choices = (("yes", "present"), ("no", "by phone"))
CHECK_KINDS = ("doctor", "date", "number", "text")
"""Every kind but yes or no, which is answered in the list itself."""
BESIDE_THE_PUMP = "Look at patient, bag and pump; start the pump by hand."
AFTER_A_REACTION = "After a reaction, a STOP or a red level: only with a doctor's name and a reason."


def act_forms(lists: Lists) -> tuple[ActForm, ...]:
    """Every form of the chair page but an evaluation's, vital signs, symptoms and corrections, which are their own."""
    return (*before(lists), *infusion(lists), *rounds(lists), *after(lists), *any_time(lists), *check_forms(lists))


def before(lists: Lists) -> tuple[ActForm, ...]:
    p = lists.protocol
    doses = tuple((f"{m.dose_mg:g}", f"{m.dose_mg:g} mg {m.name}") for m in p.medicines.values() if m.dose_mg)
    medicines = (*rows(p.medicines), ("other", "Other"))
    volume = f"{p.volume_ml:g}"
    arrived = (
        doctor(lists, "supervising_neurologist", "Supervising neurologist", needed=False),
        text("emergency_contact", "Emergency contact", needed=False),
        WHEN,
    )
    given = (
        one("medicine", "Medicine", medicines),
        one("outcome", "Was it given?", OUTCOMES),
        text("name", "Name of the medicine", needed=False),
        Field("dose_mg", "Dose", "amount", choices=doses, unit="mg", own_words=True, needed=False),
        note(),
        WHEN,
    )
    bag = (
        one("product", "Product", ((p.product, p.product),), own_words=True, default=p.product),
        text("batch", "Batch"),
        amount("volume_ml", "Volume", ((volume, f"{volume} mL"),), volume),
        WHEN,
    )
    return (
        ActForm("arrive", "Arrive", "arrive", "Record the arrival", arrived, large=True),
        ActForm("defer", "Defer", "defer", "Record that today is deferred", (reason(p.defer_reasons), WHEN)),
        ActForm("medications", "Medication", "medications", "Record the medication", given),
        ActForm("prepare", "Bag", "infusion/prepare", "Record that the bag is mixed", bag),
    )


def infusion(lists: Lists) -> tuple[ActForm, ...]:
    p = lists.protocol
    planned = f"Rate, if not the planned {p.planned_rate_ml_per_hour:.1f} mL/h"
    started = (number("rate_ml_per_hour", planned, "mL/h"), WHEN)
    resumed = (
        number("rate_ml_per_hour", "Rate, if not the one offered", "mL/h", needed=False),
        doctor(lists, words="Doctor who decided"),
        text("reason", "Reason"),
        WHEN,
    )
    shares = (*((f"{part:g}", f"{part:.0%}") for part in p.slow_fractions), (PLANNED, "planned"))
    slower = Field("rate_ml_per_hour", "New rate", "rate", choices=shares, unit="mL/h", decimal=True)
    slowed = (slower, reason(p.rate_reasons), WHEN)
    runs, pump = "Record that the infusion runs", "Record that the pump is paused"
    return (
        ActForm("start", "Start infusion", "infusion/start", runs, started, note=BESIDE_THE_PUMP, large=True),
        ActForm("rate", "Slow, or another rate", "infusion/rate", "Record the new rate", slowed),
        ActForm("pause", "Pause", "infusion/pause", pump, (pause_reason(p), note(), WHEN)),
        ActForm("resume", "Resume", "infusion/resume", f"{runs} again", resumed, note=AFTER_A_REACTION),
        ActForm("complete", "Complete", "infusion/complete", "Record that the infusion is complete", (WHEN,)),
    )


def rounds(lists: Lists) -> tuple[ActForm, ...]:
    p = lists.protocol
    intervals = tuple((str(minutes), f"{minutes} min") for minutes in p.round_intervals)
    review = (
        doctor(lists),
        Field("present", "How", "yes_no", choices=PRESENT, default="yes"),
        one("decision", "Decision", rows(p.review_decisions)),
        number("accepted.heart_rate", "Accepted up to: heart rate", "/min", needed=False),
        number("accepted.systolic", "Accepted up to: systolic", "mmHg", needed=False),
        number("accepted.diastolic", "Accepted up to: diastolic", "mmHg", needed=False),
        Field("until", "Accepted for", "ahead", choices=ACCEPTED_FOR, needed=False),
        Field("next_set_minutes", "Next set in", "minutes", choices=intervals[::-1], needed=False),
        WHEN,
    )
    again = Field("try_again_at", "Try again", "ahead", choices=AHEAD, needed=False)
    every = Field("interval_minutes", "Vital signs every", "minutes", choices=intervals)
    reference = (
        number("heart_rate", "Heart rate", "/min", needed=False),
        number("systolic", "Systolic", "mmHg", needed=False),
        number("diastolic", "Diastolic", "mmHg", needed=False),
        doctor(lists, needed=False),
        text("reason", "Reason", needed=False),
        Field("taken_on", "Or from the earlier record of", "date", needed=False),
    )
    not_done = (reason(p.not_done_reasons), again, WHEN)
    return (
        ActForm("review", "Doctor's review", "reviews", "Record the review", review),
        ActForm("not-done", "Vital signs not done", "rounds/not-done", "Record that it was not done", not_done),
        ActForm(
            "interval", "Round interval", "rounds/interval", "Record the interval", (every, note("reason", "Reason"))
        ),
        ActForm("reference-values", "Reference values", "reference-values", "Record the reference values", reference),
    )


def after(lists: Lists) -> tuple[ActForm, ...]:
    p = lists.protocol
    unit = next((sample.unit for sample in p.samples.values()), "")
    taken = (
        one("sample", "Sample", rows(p.samples), own_words=True),
        number("result", "Result, where known", unit, needed=False),
        note(),
        WHEN,
    )
    where = one("where_to", "Where to", rows(p.destinations))
    elsewhere = one(
        "where_to", "Where to", tuple((row.id, row.words) for row in p.destinations.values() if row.is_care)
    )
    explained = (Field("advice", "Explained to the patient", "many", choices=rows(p.advice)), WHEN)
    receiver = text("receiver", "Who takes over (everywhere but home)", needed=False)
    transferred = (elsewhere, text("receiver", "Who takes over"), note("reason", "Reason"), WHEN)
    return (
        ActForm("samples", "Sample", "samples", "Record the sample", taken),
        ActForm("advice", "Advice", "advice", "Record what was explained", explained),
        ActForm("discharge", "Discharge", "discharge", "Record the discharge", (where, receiver, WHEN), large=True),
        ActForm(
            "prepare-discharge",
            "Prepare the discharge",
            "discharge/prepare",
            "Record where to",
            (where, receiver, WHEN),
        ),
        ActForm("transfer", "Transfer", "transfer", "Record the transfer", transferred),
    )


def any_time(lists: Lists) -> tuple[ActForm, ...]:
    nurse = one("nurse", "Nurse", tuple(lists.staff.items()))
    chair = one("chair", "Chair", tuple((label, label) for label in lists.chairs))
    written = Field("text", "Note", "long text")
    return (
        ActForm("notes", "Note", "notes", "Record the note", (written, WHEN)),
        ActForm("assign", "Responsible nurse", "assign", "Record the responsible nurse", (nurse,)),
        ActForm(
            "swap", "Swap chairs with …", "swap", "Record the swap", (one("with", "With", ()), note("reason", "Reason"))
        ),
        ActForm("move", "Move to another chair", "move", "Record the move", (chair, note("reason", "Reason"))),
    )


def check_forms(lists: Lists) -> tuple[ActForm, ...]:
    """One small form for each check that is not answered by yes or no."""
    return tuple(
        ActForm("checks", "Check lists", "checks", "Record the answer", (_answer(check, lists), WHEN), ident=ident)
        for check in lists.protocol.checks.values()
        if check.kind in CHECK_KINDS
        for ident in [check_form_id(lists.protocol, check.id)]
    )


def check_form_id(protocol: Protocol, check: str) -> str:
    return f"checks-{list(protocol.checks).index(check)}"


def _answer(check: Any, lists: Lists) -> Field:
    if check.kind == "doctor":
        return doctor(lists, f"answers.{check.id}", check.words)
    return Field(f"answers.{check.id}", check.words, check.kind, unit=check.unit, decimal=check.kind == "number")
