"""What may follow what (D-1, D-2): every act in every stand, and the sentence for what is refused."""

import pytest

from models.clinical.facts import (
    Deferred,
    Details,
    EvaluationClosed,
    EvaluationOpened,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
    NoteAdded,
    Overridden,
    RateChanged,
    Transferred,
)
from models.clinical.infusion_day import ACTS, FOLLOWS, PHASE, Stand, sentence, step_of
from models.clinical.progress import progress
from models.clinical.status import InfusionState, Phase
from tests.clinical.builders import A_START, a_set, an_infusion_day, at

# "-" is refused, "." stays; columns: expected, pre-medication, running, paused, stopped, observation, and the closed
# ones: discharged, transferred, deferred
TABLE = """
act              | E P R U S O D T F
arrive           | P - - - - - - - -
defer            | F F - - - - - - -
start            | - R - - - - - - -
rate             | - - . - - - - - -
pause            | - - U - - - - - -
resume           | - - - R - - - - -
stop             | - - S S - - - - -
complete         | - - O O - - - - -
discharge        | - - - - - D - - -
transfer         | - T T T T T - - -
checks           | - . . . . . - - -
medications      | - . . . . . - - -
prepare          | - . - - - - - - -
vital-signs      | - . . . . . - - -
symptoms         | - . . . . . - - -
not-done         | - - . . . . - - -
interval         | - - . . . . - - -
reference-values | - . . . . . - - -
review           | - . . . . . - - -
close-evaluation | - . . . . . . . -
suspect-reaction | - . . . . . - - -
evaluation-step  | - . . . . . - - -
call             | - . . . . . - - -
grade            | - . . . . . - - -
touched-by-mistake | - - - - . - - - -
answer-alert     | - . . . . . - - -
samples          | - . . . . . - - -
advice           | - . . . . . - - -
prepare-discharge | - - . . . . - - -
close-ward       | - . . . . . - - -
assign           | . . . . . . - - -
move             | . . . . . . - - -
swap             | . . . . . . - - -
patient-details  | . . . . . . . . .
notes            | . . . . . . . . .
corrections      | . . . . . . . . .
resumed          | - . . . U . - - -
ended            | - . - - O . . . -
entered in error | - . . . - . . . -
"""
LETTERS = dict(zip("EPRUSODTF", Stand, strict=True))
ROWS = [line.split("|") for line in TABLE.strip().splitlines()[1:]]
CELLS = [(act.strip(), stand, cell) for act, cells in ROWS for stand, cell in zip(Stand, cells.split(), strict=True)]


@pytest.mark.parametrize(("act", "stand", "cell"), CELLS, ids=[f"{act} when {stand}" for act, stand, _ in CELLS])
def test_an_act_leads_where_the_table_says_or_is_refused_in_a_sentence_that_names_the_chair(act, stand, cell):
    leads_to = FOLLOWS[act].get(stand)
    why = sentence(act, stand, "3", "ASHDOWN")
    if cell == "-":
        assert leads_to is None
        assert why.endswith(".") and "chair 3" in why and "{" not in why
    else:
        assert leads_to is (stand if cell == "." else LETTERS[cell])
        assert why is None


def test_the_table_holds_every_act_and_no_other():
    assert {act.strip() for act, _ in ROWS} == set(FOLLOWS)
    assert set(FOLLOWS) - set(ACTS) == {"resumed", "ended", "entered in error", "patient-details"}


SENTENCES = [
    ("discharge", Stand.PAUSED, "The infusion in chair 3 is still open. Complete or stop it first."),
    ("start", Stand.EXPECTED, "ASHDOWN has not arrived in chair 3. Record the arrival first."),
    ("start", Stand.OBSERVATION, "Today's infusion in chair 3 has ended. There is one infusion a day."),
    ("resume", Stand.RUNNING, "The infusion in chair 3 is running."),
    ("pause", Stand.PRE_MEDICATION, "The infusion in chair 3 has not started."),
    ("rate", Stand.PAUSED, "The infusion in chair 3 is paused. Resume it at the new rate instead."),
    ("complete", Stand.OBSERVATION, "The infusion in chair 3 has ended."),
    ("not-done", Stand.PRE_MEDICATION, "Rounds in chair 3 begin with the infusion."),
    (
        "vital-signs",
        Stand.DISCHARGED,
        "ASHDOWN was discharged from chair 3. What happened before that can be recorded with its true time.",
    ),
    ("arrive", Stand.DEFERRED, "The day of ASHDOWN in chair 3 was deferred. Book a new day."),
]


@pytest.mark.parametrize(("act", "stand", "told"), SENTENCES)
def test_a_refusal_says_why_and_what_is_allowed(act, stand, told):
    assert sentence(act, stand, "3", "ASHDOWN") == told


def test_every_stand_has_a_phase():
    assert [PHASE[stand] for stand in Stand] == [
        Phase.EXPECTED, Phase.PRE_MEDICATION, Phase.INFUSION, Phase.INFUSION, Phase.OBSERVATION,
        Phase.OBSERVATION, Phase.DISCHARGED, Phase.TRANSFERRED, Phase.DEFERRED,
    ]  # fmt: skip


def closed(outcome: str) -> EvaluationClosed:
    return EvaluationClosed(outcome=outcome, doctor="Dr Sand", reason="examined")


@pytest.mark.parametrize(
    ("details", "row"),
    [
        (closed("entered in error"), "entered in error"),
        (closed("resumed"), "resumed"),
        (closed("slowed"), "resumed"),
        (closed("stopped today"), "ended"),
        (closed("discontinued permanently"), "ended"),
        (closed("transferred"), "ended"),
        (a_set(), "vital-signs"),
        (EvaluationOpened(reason="STOP"), None),
        (Overridden(act="start", locks=("bag",), doctor="Dr Sand", reason="seen elsewhere"), None),
    ],
)
def test_a_fact_is_looked_up_in_its_row(details: Details, row):
    assert step_of(details) == row


def walked(*lines):
    return progress(an_infusion_day(*lines, phase=Phase.INFUSION).facts)


def test_a_stop_is_provisional_and_freezes_the_clock_at_its_own_time():
    stopped = walked(("10:20", InfusionStopped()))
    assert (stopped.stand, stopped.state) == (Stand.STOPPED, InfusionState.STOPPED)
    assert stopped.frozen_at == at("10:20")
    assert stopped.drug_ended_at is None


@pytest.mark.parametrize("outcome", ["stopped today", "discontinued permanently", "transferred"])
def test_an_outcome_that_ends_makes_the_stop_the_end_of_the_drug(outcome):
    ended = walked(("10:20", InfusionStopped()), ("10:50", closed(outcome)))
    assert (ended.stand, ended.state, ended.drug_ended_at) == (Stand.OBSERVATION, InfusionState.STOPPED, at("10:20"))


@pytest.mark.parametrize("outcome", ["resumed", "slowed"])
def test_an_outcome_that_goes_on_makes_the_stop_a_pause(outcome):
    paused = walked(("10:20", InfusionStopped()), ("10:50", closed(outcome)))
    assert (paused.stand, paused.state, paused.frozen_at) == (Stand.PAUSED, InfusionState.PAUSED, None)
    assert paused.idle_since.happened_at == at("10:20")
    running = walked(
        ("10:20", InfusionStopped()), ("10:50", closed(outcome)), ("10:50", InfusionResumed(rate_ml_per_hour=12))
    )
    assert (running.stand, running.idle_since) == (Stand.RUNNING, None)
    assert running.drug_ended_at is None


def test_an_infusion_completed_while_paused_ends_when_it_is_completed():
    ended = walked(("13:30", InfusionPaused(reason="pump or bag")), ("13:40", InfusionCompleted()))
    assert (ended.state, ended.drug_ended_at, ended.idle_since) == (InfusionState.COMPLETED, at("13:40"), None)


@pytest.mark.parametrize(
    ("before", "drug_ended_at"),
    [((), "11:00"), ((("10:20", InfusionStopped()),), "10:20"), ((("10:20", InfusionCompleted()),), "10:20")],
)
def test_a_transfer_ends_an_open_infusion_and_leaves_an_ended_one(before, drug_ended_at):
    gone = walked(*before, ("11:00", Transferred(where_to="intensive care", receiver="")))
    assert gone.stand is Stand.TRANSFERRED
    assert (gone.drug_ended_at, gone.closed_at) == (at(drug_ended_at), at("11:00"))


def test_a_transfer_before_the_infusion_ends_no_drug():
    gone = progress(
        an_infusion_day(("08:00", Transferred(where_to="ward", receiver="")), phase=Phase.PRE_MEDICATION).facts
    )
    assert (gone.closed_at, gone.drug_ended_at) == (at("08:00"), None)


def test_a_note_after_closing_leaves_the_closing_time():
    noted = walked(("11:00", Transferred(where_to="ward", receiver="")), ("12:00", NoteAdded(text="called")))
    assert noted.closed_at == at("11:00")


def test_facts_the_table_does_not_allow_change_nothing_and_are_named():
    odd = walked(
        ("10:00", A_START),
        ("10:10", Deferred(reason="other")),
        ("10:20", RateChanged(rate_ml_per_hour=20, reason="settled")),
    )
    assert [(one.step, one.stand) for one in odd.refused] == [("start", Stand.RUNNING), ("defer", Stand.RUNNING)]
    assert odd.refused[0].why("3", "ASHDOWN") == "The infusion in chair 3 is already running."
    assert [stretch.rate_ml_per_hour for stretch in odd.stretches] == [25.3, 20]
