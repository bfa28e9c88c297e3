"""Corrections (D-15): what may be struck, what rests on it, and that everything derived follows."""

from dataclasses import replace

import pytest

from models.clinical.accept import accept
from models.clinical.chair_status import chair_status
from models.clinical.facts import (
    BagPrepared,
    Booked,
    ChairAssigned,
    Details,
    Discharged,
    EnteredInError,
    EvaluationClosed,
    EvaluationOpened,
    HandoverOffered,
    InfusionCompleted,
    InfusionDay,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    NurseAssigned,
    Overridden,
    PatientDetailsCorrected,
)
from models.clinical.findings import Level
from models.clinical.refusal import Refusal
from models.clinical.status import Phase
from tests.clinical.builders import (
    A_STEROID,
    NURSE,
    Line,
    a_set,
    a_strike,
    an_infusion_day,
    at,
    its_course,
    the_protocol,
)

PAUSED: Line = ("10:00", InfusionPaused(reason="toilet"))
RESUMED: Line = ("10:20", InfusionResumed(rate_ml_per_hour=25.3))
STOPPED: Line = ("11:00", InfusionStopped())
COMPLETED: Line = ("13:30", InfusionCompleted())
ENDED: Line = ("11:30", EvaluationClosed(outcome="stopped today", doctor="Dr Sand", reason="rash"))


def infusing(*lines: Line) -> InfusionDay:
    """The position of the first line is 6: 1 booked, 2 arrived, 3 set, 4 steroid, 5 start."""
    return an_infusion_day(*lines, phase=Phase.INFUSION)


def correct(day: InfusionDay, position: int, *replacement: Details, reason: str = "wrong value") -> None:
    strike = EnteredInError(position=position, reason=reason)
    now = at("16:00")
    assert accept(day, its_course(day), the_protocol(), now, "corrections", (strike, *replacement), now, NURSE) == ()


def refused(day: InfusionDay, position: int, *replacement: Details, reason: str = "wrong value") -> Refusal:
    with pytest.raises(Refusal) as caught:
        correct(day, position, *replacement, reason=reason)
    assert caught.value.sentence.endswith(".")
    return caught.value


# day after the start                  | strike | what must be struck first
STRIKES = """
pause                                  | pause    | --
pause, resume                          | resume   | --
pause, resume                          | pause    | resumption
pause, resume, complete                | pause    | resumption
pause, resume, complete                | resume   | --
pause, complete                        | pause    | --
pause, resume, complete                | complete | --
pause, resume, complete                | start    | completion
pause, resume, complete, set           | start    | completion
pause, resume, complete, set, home     | start    | discharge
complete, set, home                    | home     | --
complete, set, home                    | complete | discharge
complete, set, home                    | set      | --
stop, ended                            | ended    | --
stop, ended                            | stop     | closing of the evaluation
set                                    | arrived  | set of vital signs
set                                    | steroid  | --
"""
LINES: dict[str, Line] = {
    "pause": PAUSED,
    "resume": RESUMED,
    "stop": STOPPED,
    "ended": ENDED,
    "complete": COMPLETED,
    "set": ("14:00", a_set()),
    "home": ("15:30", Discharged(where_to="home")),
}


@pytest.mark.parametrize("row", STRIKES.strip().splitlines())
def test_a_strike_is_allowed_only_if_what_remains_follows_the_table(row):
    happened, struck, first = (cell.strip() for cell in row.split("|"))
    names = happened.split(", ")
    position = {"arrived": 2, "steroid": 4, "start": 5}.get(struck) or 6 + names.index(struck)
    day = infusing(*(LINES[name] for name in names))
    if first == "--":
        correct(day, position)
    else:
        told = f"The {first} recorded later in chair 3 rests on this entry. Correct the {first} first."
        refusal = refused(day, position)
        assert (refusal.sentence, refusal.field) == (told, "fact")


KEPT: list[tuple[Line, str]] = [
    (("07:00", Booked(chair="3", planned_start=at("08:00"))), "A booking is not corrected."),
    (("10:00", ChairAssigned(chair="4")), "A move is not corrected."),
    (("10:00", NurseAssigned(nurse=NURSE)), "Assign the chair again instead."),
    (("10:00", HandoverOffered(to="lindqvist")), "Assign the chair again instead."),
    (("10:00", PatientDetailsCorrected(family_name="A", reason="x")), "correcting them once more."),
    (("10:00", EvaluationOpened(reason="red")), "Close it, as entered in error"),
    (("10:00", Overridden(act="start", locks=("bag",), doctor="Dr Sand", reason="x")), "An override stays visible."),
    (("10:00", a_strike(3)), "A correction cannot be corrected."),
]


@pytest.mark.parametrize(("line", "told"), KEPT, ids=[type(line[1]).__name__ for line, _ in KEPT])
def test_some_entries_are_not_struck_and_the_refusal_says_what_to_do_instead(line, told):
    refusal = refused(infusing(line), 6)
    assert told in refusal.sentence
    assert refusal.field == "fact"


def test_an_entry_is_struck_once_and_must_be_there():
    assert refused(infusing(("10:00", a_set()), ("10:05", a_strike(6))), 6).sentence == "This entry is struck already."
    assert refused(infusing(), 99).sentence == "There is no such entry in the record of chair 3."


def test_the_reason_is_one_of_the_list():
    assert refused(infusing(PAUSED), 6, reason="because").field == "reason"
    for reason in ("wrong patient", "wrong value", "recorded twice", "other"):
        correct(infusing(PAUSED), 6, reason=reason)


@pytest.mark.parametrize("replacement", [(a_set(),), (InfusionPaused(reason="line"), InfusionPaused(reason="line"))])
def test_an_entry_is_replaced_by_one_of_the_same_kind(replacement):
    assert refused(infusing(PAUSED), 6, *replacement).field == "replacement"


def test_a_correction_begins_with_the_strike():
    with pytest.raises(Refusal, match="Choose the entry"):
        accept(
            infusing(),
            its_course(infusing()),
            the_protocol(),
            at("16:00"),
            "corrections",
            (a_set(),),
            at("16:00"),
            NURSE,
        )


def test_the_replacing_entry_takes_the_place_and_the_time_of_the_struck_one():
    day = infusing(PAUSED, RESUMED, COMPLETED)
    correct(day, 5, InfusionStarted(rate_ml_per_hour=20))
    correct(day, 6, InfusionPaused(reason="reaction"))
    assert refused(day, 5, InfusionStarted(rate_ml_per_hour=0)).field == "rate_ml_per_hour"
    assert refused(day, 6, InfusionPaused(reason="tired")).field == "reason"


def corrected(day: InfusionDay, position: int, replacement: Details | None = None) -> InfusionDay:
    """The day with the strike and the replacing entry at the struck one's time."""
    struck = next(fact for fact in day.facts if fact.position == position)
    facts = [*day.facts]
    for details, happened in ((a_strike(position), at("16:00")), (replacement, struck.happened_at)):
        if details is not None:
            new = replace(
                struck, position=len(facts) + 1, happened_at=happened, recorded_at=at("16:00"), details=details
            )
            facts.append(new)
    return replace(day, facts=tuple(facts))


def shown(day: InfusionDay, now: str = "16:00"):
    return chair_status(day, its_course(day), the_protocol(), at(now))


def test_everything_derived_follows_a_corrected_rate():
    slower = corrected(infusing(), 5, InfusionStarted(rate_ml_per_hour=12.65))
    assert shown(slower, "11:30").forecast_end == at("17:30")
    assert shown(infusing(), "11:30").forecast_end == at("13:30")
    assert shown(slower, "11:30").volume_given_ml == pytest.approx(25.3)


def test_everything_derived_follows_a_corrected_value():
    red = infusing(("10:00", a_set(heart_rate=131)))
    assert shown(red).level is Level.RED
    calm = shown(corrected(red, 6, a_set(heart_rate=113)))
    assert calm.level is Level.AMBER
    assert calm.evaluation_open is False
    struck_set = next(one for one in calm.sets if one.struck)
    assert (struck_set.heart_rate, struck_set.struck, struck_set.level) == (131, "wrong value", Level.NOT_MEASURED)
    assert calm.struck == {6: calm.facts[6]}


def test_a_struck_bag_takes_its_volume_with_it():
    bag: Line = ("08:50", BagPrepared(product="LEMTRADA", batch="B1", volume_ml=112))
    day = an_infusion_day(("08:15", A_STEROID), bag, phase=Phase.PRE_MEDICATION)
    assert shown(day).volume_ml == 112
    assert shown(corrected(day, 4)).volume_ml == the_protocol().volume_ml
    assert shown(corrected(day, 4)).bag_expires_at is None


def test_a_stop_touched_by_mistake_takes_its_evaluation_with_it():
    day = infusing(STOPPED, ("11:00", EvaluationOpened(reason="STOP")))
    caused = replace(day, facts=(*day.facts[:-1], replace(day.facts[-1], caused_by=6)))
    assert shown(caused).evaluation_open
    assert not shown(corrected(caused, 6)).evaluation_open
    assert shown(corrected(caused, 6), "11:10").state == "running"


def test_an_evaluation_opened_by_a_reading_stays_open_when_the_reading_is_struck():
    day = infusing(("10:00", a_set(heart_rate=131)), ("10:00", EvaluationOpened(reason="heart rate 131")))
    struck = shown(corrected(day, 6))
    assert (struck.evaluation_open, struck.evaluation_reason) == (True, "heart rate 131")
    assert struck.level is Level.NORMAL
