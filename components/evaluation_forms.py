"""The forms of an evaluation, for what one tap cannot say: a time, what was found, a name, a grade, a decision."""

from __future__ import annotations

from components.act_fields import NOW_AND_AGO, WHEN, Field
from components.act_form import ActForm, Lists, doctor, one, text
from models.clinical.evaluation_entries import NONE_OF_THESE

CALLED = (("called", "Called"), ("arrived", "Came"))
AGO = (("5", "5 min ago"), ("15", "15 min ago"), ("30", "30 min ago"), ("time", "at …"))
WAS = Field("answer", "When was it?", "past", choices=AGO)
EARLIER = Field("replacement.happened_at", "The pump stood still", "when", choices=NOW_AND_AGO[1:])


def evaluation_forms(lists: Lists) -> tuple[ActForm, ...]:
    p = lists.protocol
    people = tuple((name, name) for name in (*lists.call_names, *lists.doctors))
    call = (one("whom", "Who", people, own_words=True), one("what", "What", CALLED, default="called"), WHEN)
    none = {"reaction": NONE_OF_THESE}
    grades = tuple((str(row.grade), f"{row.grade}  {row.words}. {row.action}") for row in p.grades)
    graded = (Field("grade", "Grade", "amount", choices=grades), WHEN)
    tick, step, due = "evaluation-step", "evaluation/step", Field("answer", "Due at", "coming")
    found = (text("answer", "What was found"), WHEN)
    decided = (doctor(lists), text("reason", "Reason – needed"), WHEN)
    return (
        ActForm(tick, "Step", step, "Record the step", (WHEN,)),
        ActForm(tick, "Step", step, "Record what was found", found, ident="evaluation-found"),
        ActForm(tick, "Step", step, "Record when it was", (WAS,), ident="evaluation-past"),
        ActForm(tick, "Step", step, "Record when it is due", (due,), ident="evaluation-due"),
        ActForm("call", "Call", "evaluation/call", "Record the call", call),
        ActForm(
            "suspect-reaction",
            "None of these reactions",
            "evaluation/reaction",
            "Record that it is none of these",
            (doctor(lists, words="Doctor who says so"), WHEN),
            body=none,
        ),
        ActForm("grade", "Grade", "evaluation/grade", "Record the grade", graded),
        ActForm("close-evaluation", "Doctor's decision", "evaluation/close", "Record the decision", decided),
        ActForm(
            "corrections", "STOP earlier", "corrections", "Record when the pump stopped", (EARLIER,), ident="stop-time"
        ),
    )
