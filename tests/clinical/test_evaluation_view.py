"""The open evaluation (D-9, clinical.md §3): its head, suggestions, ticks with their marks, calls, grade, ways out."""

from dataclasses import replace

import pytest

from models.clinical.accept import accept
from models.clinical.chair_status import chair_status
from models.clinical.course import history
from models.clinical.evaluation_view import due_steps
from models.clinical.facts import (
    CallLogged,
    Details,
    EnteredInError,
    EvaluationClosed,
    EvaluationOpened,
    EvaluationStep,
    InfusionDay,
    InfusionPaused,
    InfusionStopped,
    ReactionGraded,
    ReactionSuspected,
    SymptomReported,
    Transferred,
)
from models.clinical.open_evaluation import EvaluationView, ReactionView, StepView
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus, Phase
from tests.clinical.builders import NURSE, Line, a_set, a_symptom, an_infusion_day, at, its_course, the_protocol

RED: Line = ("10:30", a_set(pressure="182/80"))
STOP: Line = ("10:31", InfusionStopped())


def status(*lines: Line, now: str = "10:35") -> ChairStatus:
    """The position of the first line is 6."""
    built = an_infusion_day(*lines, phase=Phase.INFUSION)
    return chair_status(built, its_course(built), the_protocol(), at(now))


def view(*lines: Line, now: str = "10:35") -> EvaluationView:
    found = status(*lines, now=now).evaluation
    assert found is not None
    return found


def reaction(seen: EvaluationView, id: str) -> ReactionView:
    return next(one for one in seen.reactions if one.id == id)


def step(seen: EvaluationView, id: str, of: str = "head") -> StepView:
    steps = seen.head if of == "head" else reaction(seen, of).steps
    return next(one for one in steps if one.id == id)


def tick(clock: str, id: str, of: str = "head", answer: str = "done") -> Line:
    return (clock, EvaluationStep(reaction=of, step=id, answer=answer))


def suspect(clock: str, id: str, doctor: str = "") -> Line:
    return (clock, ReactionSuspected(reaction=id, doctor=doctor))


def closing(clock: str, outcome: str = "resumed") -> Line:
    return (clock, EvaluationClosed(outcome=outcome, doctor="Dr Sand", reason="settled"))


# ---- it opens, stays and closes --------------------------------------------------------------------------------------


def test_it_is_there_from_the_first_red_or_stop_until_it_is_closed():
    assert status(("10:30", a_set(pressure="142/80"))).evaluation is None
    assert view(RED).opened_at == at("10:30") and "systolic 182 mmHg" in view(RED).reason
    assert view(("10:20", a_set()), STOP).reason == "STOP"
    assert status(RED, closing("10:34")).evaluation is None
    assert status(RED, ("10:34", Transferred(where_to="ward", receiver="Dr Chen"))).evaluation is None


def test_later_red_sets_join_it_and_a_struck_reading_leaves_it_open():
    joined = view(RED, ("10:33", a_set(pressure="185/80")), tick("10:32", "abc"))
    assert joined.opened_at == at("10:30") and step(joined, "abc").done
    opened = ("10:30", EvaluationOpened(reason="red"))
    struck = view(RED, opened, ("10:33", EnteredInError(position=6, reason="wrong value")))
    assert struck.in_error
    ways = {one.id: one.refused for one in struck.outcomes}
    assert ways["entered in error"] == "" and "stopped today" in ways
    assert not view(RED).in_error


def test_what_was_ticked_for_an_evaluation_that_is_closed_does_not_count_for_the_next():
    before = [RED, tick("10:31", "ecg"), suspect("10:31", "stroke"), ("10:31", ReactionGraded(grade=2))]
    again = view(*before, closing("10:34"), ("10:40", a_set(pressure="182/80")), now="10:41")
    assert not step(again, "ecg").done and again.grade is None and not reaction(again, "stroke").chosen
    assert again.opened_at == at("10:40")


# ---- reactions to consider -------------------------------------------------------------------------------------------

# symptoms said | pre-selected
SUGGESTED = """
chest pain            | myocardial ischaemia
facial droop          | stroke
severe headache       | stroke; dissection
headache              | stroke
neck pain with neurological sign | dissection
breathing difficulty  | myocardial ischaemia; pulmonary haemorrhage
bleeding              | pulmonary haemorrhage; low platelets
throat tightness      | anaphylaxis
hives                 | anaphylaxis; severe reaction
fever                 | severe reaction
bruise                | low platelets
insomnia              |
"""


@pytest.mark.parametrize("row", SUGGESTED.strip().splitlines())
def test_reported_symptoms_pre_select_and_nothing_is_chosen_by_itself(row):
    said, expected = (cell.strip() for cell in row.split("|"))
    seen = view(("10:20", SymptomReported(symptoms=(a_symptom(said),))), STOP)
    assert [one.id for one in seen.reactions if one.preselected] == [one for one in expected.split("; ") if one]
    assert not any(one.chosen for one in seen.reactions)
    assert all(the_protocol().symptoms[said].words in one.because for one in seen.reactions if one.preselected)


def test_a_symptom_that_went_before_it_suggests_nothing_one_that_went_since_still_does():
    went = [("10:00", a_set(symptoms=["rash"])), ("10:15", a_set(symptoms=["rash gone"]))]
    assert not any(one.preselected for one in view(*went, STOP).reactions)
    since = [STOP, ("10:32", a_set(symptoms=["rash"])), ("10:33", a_set(symptoms=["rash gone"]))]
    assert [one.id for one in view(*since).reactions if one.preselected] == ["severe reaction"]


def test_several_reactions_are_chosen_by_people_and_none_of_these_by_a_doctor():
    seen = view(RED, suspect("10:31", "stroke"), suspect("10:32", "dissection"))
    chosen = [(one.id, one.chosen_by, one.chosen_at, one.position) for one in seen.reactions if one.chosen]
    assert chosen == [("stroke", NURSE, at("10:31"), 7), ("dissection", NURSE, at("10:32"), 8)]
    assert seen.none_of_these == ""
    assert view(RED, suspect("10:31", "none of these", "Dr Sand")).none_of_these == "Dr Sand"


def test_the_seven_lists_have_at_most_eight_ticks_and_no_dose():
    seen = view(RED)
    assert len(seen.reactions) == 7
    for steps in (seen.head, *(one.steps for one in seen.reactions)):
        assert 1 <= len(steps) <= 8
        assert not any(unit in one.words for one in steps for unit in ("mg", "µg", "microgram", " mL"))
        assert all(one.source for one in steps)
    assert all(one.actions and one.signs and one.source for one in seen.reactions)


# ---- ticks and marks -------------------------------------------------------------------------------------------------


def test_a_tick_tells_when_and_by_whom_and_may_be_taken_back():
    done = step(view(RED, tick("10:32", "abc")), "abc")
    assert (done.done, done.at, done.done_by, done.position, done.answer) == (True, at("10:32"), NURSE, 7, "done")
    back = view(RED, tick("10:32", "abc"), ("10:33", EnteredInError(position=7, reason="other")))
    assert not step(back, "abc").done and step(back, "abc").at is None


def test_a_step_that_stands_in_two_lists_is_ticked_once():
    seen = view(RED, tick("10:32", "last known well", "stroke"))
    assert step(seen, "last known well", "stroke").at == step(seen, "last known well", "dissection").at == at("10:32")
    assert step(view(RED, tick("10:32", "ecg")), "ecg", "myocardial ischaemia").done


def test_a_time_that_lies_ahead_is_told_in_the_answer():
    seen = view(RED, tick("10:32", "second troponin", "myocardial ischaemia", "2026-11-20T13:30:00Z"))
    assert step(seen, "second troponin", "myocardial ischaemia").at == at("13:30")
    naive = view(RED, tick("10:32", "second troponin", "myocardial ischaemia", "2026-11-20T13:30:00"))
    assert step(naive, "second troponin", "myocardial ischaemia").at == at("10:32")


# what happened | step of list | from | due
MARKS = """
                                          | ecg of head                    |       | 10:40
ecg 10:34                                 | ecg of head                    |       |
                                          | abc of head                    |       |
                                          | ct of stroke                   |       | 11:30
                                          | second adrenaline of anaphylaxis |     |
adrenaline 10:33                          | second adrenaline of anaphylaxis |     | 10:38
adrenaline 10:33; second adrenaline 10:36 | second adrenaline of anaphylaxis |     |
ecg 10:34                                 | ecg of myocardial ischaemia    |       |
pain; ecg 10:34                           | ecg of myocardial ischaemia    | 10:44 | 10:49
pain; ecg 10:34; ecg 10:35                | ecg of myocardial ischaemia    | 10:45 | 10:50
pain; ecg 10:34; pain gone                | ecg of myocardial ischaemia    |       |
"""
HAPPENED: dict[str, Line] = {
    "pain": ("10:30", SymptomReported(symptoms=(a_symptom("chest pain"),))),
    "pain gone": ("10:35", SymptomReported(symptoms=(a_symptom("chest pain gone"),))),
}


@pytest.mark.parametrize("row", MARKS.strip("\n").splitlines())
def test_when_a_step_is_due(row):
    happened, named, since, due = (cell.strip() for cell in row.split("|"))
    lines = [
        HAPPENED.get(one) or tick(one.split()[-1], " ".join(one.split()[:-1]))
        for one in (part.strip() for part in happened.split(";"))
        if one
    ]
    id, of = named.split(" of ")
    found = step(view(RED, *lines), id, of)
    assert found.due_from == (at(since) if since else None)
    assert found.due_at == (at(due) if due else None)


def test_only_the_head_and_what_somebody_chose_asks_by_a_time():
    def asked(seen: EvaluationView) -> list[str]:
        return [one.id for one, _ in due_steps(seen)]

    assert asked(view(RED)) == ["ecg"]
    assert asked(view(RED, suspect("10:31", "stroke"))) == ["ecg", "ct"]
    assert asked(view(RED, suspect("10:31", "myocardial ischaemia"))) == ["ecg"]
    pain = [RED, HAPPENED["pain"], suspect("10:31", "myocardial ischaemia"), tick("10:34", "ecg")]
    assert asked(view(*pain)) == ["ecg"]


# ---- calls, grade, ways out ------------------------------------------------------------------------------------------


def called(clock: str, whom: str, what: str = "called") -> Line:
    return (clock, CallLogged(whom=whom, what=what))


def test_who_was_called_when_and_when_they_came():
    calls = view(
        RED, called("10:31", "stroke team"), called("10:32", "Dr Sand"), called("10:34", "stroke team", "arrived")
    ).calls
    assert [(one.whom, one.called_at, one.arrived_at) for one in calls] == [
        ("stroke team", at("10:31"), at("10:34")),
        ("Dr Sand", at("10:32"), None),
    ]
    again = view(RED, called("10:31", "ICU"), called("10:32", "ICU", "arrived"), called("10:33", "ICU")).calls
    assert [(one.called_at, one.arrived_at) for one in again] == [(at("10:31"), at("10:32")), (at("10:33"), None)]
    came = view(RED, called("10:32", "porter", "arrived")).calls
    assert [(one.called_at, one.called_by, one.arrived_at) for one in came] == [(None, None, at("10:32"))]


def test_the_grade_is_the_newest_in_the_words_of_the_protocol():
    assert view(RED).grade is None and view(RED).grade_words == ""
    graded = view(RED, ("10:31", ReactionGraded(grade=2)), ("10:32", ReactionGraded(grade=3)))
    assert graded.grade == 3 and graded.grade_words.endswith("Stop, doctor, admit.")
    assert view(RED, ("10:31", ReactionGraded(grade=9))).grade_words == ""


def test_the_ways_out_say_why_not():
    running = {one.id: one.refused for one in view(RED).outcomes}
    assert running["resumed"] == running["slowed"] == ""
    assert running["stopped today"].endswith("Record STOP before closing the evaluation so.")
    assert running["entered in error"].startswith("A red reading in chair 3 still stands.")
    stopped = view(RED, STOP)
    assert {one.id: bool(one.refused) for one in stopped.outcomes} == {
        "resumed": False, "slowed": False, "stopped today": False, "discontinued permanently": False,
        "transferred": False, "entered in error": True,
    }  # fmt: skip
    assert {one.id for one in stopped.outcomes if not one.needs_doctor} == {"entered in error"}


# ---- what is accepted ------------------------------------------------------------------------------------------------


def tried(act: str, details: Details, *lines: Line, now: str = "10:35", when: str = "") -> Refusal | None:
    built = an_infusion_day(*lines, phase=Phase.INFUSION)
    try:
        accept(built, its_course(built), the_protocol(), at(now), act, [details], at(when or now), NURSE)
    except Refusal as refusal:
        return refusal
    return None


ACTS: dict[str, Details] = {
    "suspect-reaction": ReactionSuspected(reaction="stroke"),
    "evaluation-step": EvaluationStep(reaction="head", step="ecg"),
    "call": CallLogged(whom="ICU", what="called"),
    "grade": ReactionGraded(grade=1),
    "close-evaluation": EvaluationClosed(outcome="resumed", doctor="Dr Sand", reason="settled"),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_ticked_without_an_open_evaluation(act):
    assert tried(act, ACTS[act], RED) is None
    refused = tried(act, ACTS[act], ("10:30", a_set()))
    assert refused is not None and refused.sentence == "No evaluation is open for ASHDOWN in chair 3."
    assert act in status(RED).allowed and act in status(("10:30", a_set())).refused


def test_a_tick_told_late_keeps_its_true_time_even_after_the_transfer():
    gone = [RED, ("10:34", Transferred(where_to="ward", receiver="Dr Chen"))]
    assert tried("evaluation-step", ACTS["evaluation-step"], *gone, when="10:33") is None
    assert tried("evaluation-step", ACTS["evaluation-step"], *gone, when="10:35") is not None


ENTRIES = [
    (ReactionSuspected(reaction="gout"), "reaction"),
    (ReactionSuspected(reaction="none of these"), "doctor"),
    (ReactionSuspected(reaction="none of these", doctor="Dr Sand"), None),
    (EvaluationStep(reaction="gout", step="ecg"), "reaction"),
    (EvaluationStep(reaction="head", step="ct"), "step"),
    (EvaluationStep(reaction="head", step="abc", answer="maybe"), "answer"),
    (EvaluationStep(reaction="head", step="ecg", answer="soon"), "answer"),
    (EvaluationStep(reaction="head", step="ecg", answer="2026-11-20T10:40:00Z"), None),
    (EvaluationStep(reaction="stroke", step="face arm speech", answer=" "), "answer"),
    (EvaluationStep(reaction="stroke", step="face arm speech", answer="left arm weak"), None),
    (EvaluationStep(reaction="dissection", step="horner", answer="perhaps"), "answer"),
    (EvaluationStep(reaction="dissection", step="horner", answer="no"), None),
    (EvaluationStep(reaction="severe reaction", step="grade", answer="5"), "answer"),
    (EvaluationStep(reaction="severe reaction", step="grade", answer="4"), None),
    (CallLogged(whom=" ", what="called"), "whom"),
    (CallLogged(whom="ICU", what="shouted at"), "what"),
    (ReactionGraded(grade=0), "grade"),
    (ReactionGraded(grade=5), "grade"),
    (ReactionGraded(grade=4), None),
]
ACT_OF = {type(details): act for act, details in ACTS.items()}


@pytest.mark.parametrize(("details", "field"), ENTRIES)
def test_what_an_entry_must_hold(details, field):
    refused = tried(ACT_OF[type(details)], details, RED, STOP)
    assert (refused.field if refused else None) == field


@pytest.mark.parametrize(("grade", "refused"), [(1, False), (2, False), (3, True), (4, True)])
def test_a_serious_grade_needs_a_stop_or_a_pause_first_but_the_symptom_is_saved(grade, refused):
    found = tried("grade", ReactionGraded(grade=grade), RED)
    assert (found is not None) is refused
    if found is not None:
        assert found.field == "grade" and "needs a STOP or a pause first" in found.sentence
    assert tried("grade", ReactionGraded(grade=grade), RED, STOP) is None
    assert tried("grade", ReactionGraded(grade=grade), RED, ("10:31", InfusionPaused(reason="reaction"))) is None
    assert tried("symptoms", SymptomReported(symptoms=(a_symptom("chest pain"),)), RED) is None


# ---- a STOP touched by mistake ---------------------------------------------------------------------------------------


def test_a_stop_is_taken_back_and_the_evaluation_it_opened_goes_with_it():
    opened = ("10:31", EvaluationOpened(reason="STOP"))
    built = an_infusion_day(STOP, opened, phase=Phase.INFUSION)
    built = replace(built, facts=(*built.facts[:-1], replace(built.facts[-1], caused_by=6)))
    strike = EnteredInError(position=6, reason="touched by mistake")
    accept(
        built, its_course(built), the_protocol(), at("10:31:05"), "touched-by-mistake", [strike], at("10:31:05"), NURSE
    )
    struck = an_infusion_day(STOP, opened, ("10:31", strike), phase=Phase.INFUSION)
    struck = replace(struck, facts=(*struck.facts[:6], replace(struck.facts[6], caused_by=6), *struck.facts[7:]))
    found = chair_status(struck, its_course(struck), the_protocol(), at("10:32"))
    assert (found.state, found.evaluation, found.evaluation_open) == ("running", None, False)
    assert found.run_time_s == 62 * 60


@pytest.mark.parametrize(
    ("lines", "strike"),
    [
        ((STOP,), EnteredInError(position=6, reason="wrong value")),
        ((STOP,), EnteredInError(position=5, reason="touched by mistake")),
        ((STOP,), ReactionGraded(grade=1)),
        ((RED,), EnteredInError(position=6, reason="touched by mistake")),
        ((("10:31", InfusionPaused(reason="toilet")),), EnteredInError(position=6, reason="touched by mistake")),
        ((STOP, closing("10:32")), EnteredInError(position=6, reason="touched by mistake")),
    ],
)
def test_nothing_but_the_stop_that_holds_the_drug_is_taken_back(lines, strike):
    refused = tried("touched-by-mistake", strike, *lines)
    assert refused is not None and refused.field == "stop"


def test_only_one_fact_is_taken_back_at_a_time():
    built = an_infusion_day(STOP, phase=Phase.INFUSION)
    strike = EnteredInError(position=6, reason="touched by mistake")
    with pytest.raises(Refusal):
        accept(
            built,
            its_course(built),
            the_protocol(),
            at("10:32"),
            "touched-by-mistake",
            [strike] * 2,
            at("10:32"),
            NURSE,
        )


# ---- the rest of the course ------------------------------------------------------------------------------------------


def test_discontinued_permanently_blocks_the_rest_of_the_course():
    day_one: InfusionDay = an_infusion_day(
        RED, STOP, closing("11:00", "discontinued permanently"), phase=Phase.INFUSION
    )
    next_day = an_infusion_day(phase=Phase.PRE_MEDICATION, day=2, day_id="d2")
    known = history(next_day, [day_one], the_protocol())
    found = chair_status(next_day, known, the_protocol(), at("09:00"))
    assert "discontinued permanently on day 1" in found.refused["start"]
