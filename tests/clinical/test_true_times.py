"""When something may have happened: not ahead of now, not before the arrival, acts in their order."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from models.clinical.accept import true_time
from models.clinical.facts import ChairAssigned, Details, MedicationGiven, NoteAdded, RateChanged
from models.clinical.refusal import Refusal
from tests.clinical.asking import COMPLETE, HOME, PAUSE, RESUME, STOP, ADoctor, arrived, ask, infusing, refused
from tests.clinical.builders import a_set, at, the_protocol


@pytest.mark.parametrize(("happened", "taken"), [("12:00:02", "12:00"), ("12:00", "12:00"), ("11:59:59", "11:59:59")])
def test_two_seconds_ahead_count_as_now(happened, taken):
    assert true_time(at(happened), at("12:00"), the_protocol()) == at(taken)


def test_a_time_still_to_come_is_refused():
    ahead = refused(infusing(), a_set(), happened="12:00:03")
    told = "That time is still to come. Record it when it has happened."
    assert (ahead.sentence, ahead.field) == (told, "happened_at")


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(Refusal) as refusal:
        true_time(datetime(2026, 11, 20, 12, 0), at("12:00"), the_protocol())  # noqa: DTZ001
    assert (refusal.value.sentence, refusal.value.field) == ("A true time needs its time zone.", "happened_at")


def test_a_time_in_another_zone_is_the_same_time():
    there = timezone(timedelta(hours=2))
    moment = datetime(2026, 11, 20, 13, 59, tzinfo=there)
    assert true_time(moment, at("12:00"), the_protocol()) == datetime(2026, 11, 20, 11, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("happened", "why"), [("07:45", ""), ("07:44:59", "That is before ASHDOWN arrived in chair 3.")]
)
@pytest.mark.parametrize(
    "details", [a_set(), NoteAdded(text="called"), MedicationGiven(medicine="antiviral", outcome="given")]
)
def test_nothing_happens_before_the_arrival(happened, why, details):
    if why:
        assert refused(arrived(), details, happened=happened).sentence == why
    else:
        assert ask(arrived(), details, happened=happened) == ()


# act with its true time, after start 09:30, pause 10:00 and resume 10:20
ORDER = """
rate 10:20     | allowed
rate 10:19:59  | The resumption in chair 3 is recorded after that time. Choose a time after it.
pause 10:20    | allowed
stop 10:10     | The resumption in chair 3 is recorded after that time. Choose a time after it.
set 10:10      | allowed
note 08:00     | allowed
complete 12:00 | allowed
"""
MADE: dict[str, Details] = {
    "rate": RateChanged(rate_ml_per_hour=20, reason="poorly tolerated"),
    "pause": PAUSE,
    "stop": STOP,
    "set": a_set(),
    "note": NoteAdded(text="called"),
    "complete": COMPLETE,
}


@pytest.mark.parametrize("row", ORDER.strip().splitlines())
def test_acts_of_the_infusion_keep_their_order_and_the_others_may_come_late(row):
    act, told = (cell.strip() for cell in row.split("|"))
    name, happened = act.split()
    day = infusing(("10:00", PAUSE), ("10:20", RESUME))
    if told == "allowed":
        assert ask(day, MADE[name], happened=happened) == ()
    else:
        refusal = refused(day, MADE[name], happened=happened)
        assert (refusal.sentence, refusal.field) == (told, "happened_at")


def test_moves_keep_their_order():
    day = infusing(("11:00", ChairAssigned(chair="4")))
    told = "The move in chair 4 is recorded after that time. Choose a time after it."
    assert refused(day, ChairAssigned(chair="5"), happened="10:59:59").sentence == told
    assert refused(day, ChairAssigned(chair="5"), happened="10:59:59", act="swap").sentence == told
    assert ask(day, ChairAssigned(chair="5"), happened="11:00") == ()


def test_what_happened_before_discharge_can_still_be_recorded():
    gone = infusing(("13:30", COMPLETE), ("15:30", HOME))
    assert ask(gone, a_set(), now="18:00", happened="15:29:59") == ()
    assert ask(gone, a_set(), now="18:00", happened="14:00") == ()
    assert refused(gone, a_set(), now="18:00", happened="15:30:01").sentence == (
        "ASHDOWN was discharged from chair 3. What happened before that can be recorded with its true time."
    )
    assert ask(gone, NoteAdded(text="called home"), now="18:00") == ()


def test_a_discharge_cannot_come_before_what_was_recorded_after_it():
    seen_later = infusing(("13:30", COMPLETE), ("15:40", a_set()))
    refusal = refused(seen_later, HOME, now="15:50", happened="15:35", override=ADoctor())
    assert refusal.field == "happened_at"
    assert refusal.sentence.startswith("The set of vital signs in chair 3 is recorded after that time")
