"""Two nurses at one chair, two patients for one chair, the same form twice: one wins, the other reads what happened."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from models.charting import Conflict, Recorded, TooOld
from models.clinical.facts import Discharged, RoundIntervalSet, Transferred
from models.clinical.refusal import Refusal
from models.clinical.status import InfusionState
from tests.charting.ward import CALM, Ward


def both(*acts: Callable[[], Recorded]) -> list[Recorded | Refusal]:
    """All at once, each in a thread of its own."""
    at_once = Barrier(len(acts))

    def one(act: Callable[[], Recorded]) -> Recorded | Refusal:
        at_once.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def refusals(outcomes: list[Recorded | Refusal]) -> list[Refusal]:
    return [one for one in outcomes if isinstance(one, Refusal)]


# ---- the same form twice -----------------------------------------------------------------------------------------


def test_the_same_form_twice_is_one_entry_and_one_answer(ward: Ward):
    day_id = ward.running()
    first = ward.charting.record_vital_signs(ward.act(key="form-1", request_digest="a"), day_id, CALM)
    again = ward.charting.record_vital_signs(ward.act(key="form-1", request_digest="a"), day_id, CALM)
    assert again.facts == first.facts and again.again and not first.again
    assert ward.kinds(day_id).count("VitalSignsRecorded") == 3  # two of hour one


def test_the_same_form_with_other_values_shows_what_was_saved(ward: Ward):
    day_id = ward.running()
    first = ward.charting.record_vital_signs(ward.act(key="form-1", request_digest="a"), day_id, CALM)
    other = ward.act(key="form-1", request_digest="b", staff="byrne")
    with pytest.raises(Conflict, match=r"saved already, at 09:00 by Ada Okafor") as conflict:
        ward.charting.record_vital_signs(other, day_id, replace(CALM, heart_rate=90))
    assert conflict.value.saved == first.facts


def test_a_lost_reply_is_answered_even_when_the_tap_is_old_by_then(ward: Ward):
    day_id = ward.running()
    tapped = ward.clock.real()
    first = ward.charting.record_vital_signs(ward.act(key="form-1", issued_at=tapped), day_id, CALM)
    ward.minutes(5)
    assert ward.charting.record_vital_signs(ward.act(key="form-1", issued_at=tapped), day_id, CALM).facts == first.facts


def test_a_lost_reply_is_answered_under_the_next_sign_on(ward: Ward):
    day_id = ward.running()
    first = ward.charting.add_note(ward.act(key="form-1", epoch=1, current_epoch=1), day_id, "calm")
    again = ward.charting.add_note(ward.act(key="form-1", epoch=1, current_epoch=2), day_id, "calm")
    assert again.facts == first.facts


def test_one_form_sent_by_eight_threads_is_saved_once(either_ward: Ward):
    day_id = either_ward.running()
    one = either_ward.act(key="form-1")
    outcomes = both(*[lambda: either_ward.charting.record_vital_signs(one, day_id, CALM)] * 8)
    assert not refusals(outcomes)
    assert len({outcome.facts for outcome in outcomes}) == 1
    assert either_ward.kinds(day_id).count("VitalSignsRecorded") == 3


# ---- two nurses, one chair -----------------------------------------------------------------------------------------


def test_a_second_start_reads_who_started_and_when(ward: Ward):
    day_id = ward.ready_to_start()
    seen = ward.day(day_id).position
    ward.charting.start_infusion(ward.act(position=seen), day_id)
    ward.minutes(1)
    with pytest.raises(Conflict, match=r"infusion started at 09:00 by Ada Okafor") as conflict:
        ward.charting.start_infusion(ward.act("byrne", position=seen), day_id)
    assert [fact.kind for fact in conflict.value.changed] == ["InfusionStarted"]


def test_of_two_starts_at_once_one_wins(either_ward: Ward):
    day_id = either_ward.ready_to_start()
    seen = either_ward.day(day_id).position
    acts = [either_ward.act(who, position=seen) for who in ("okafor", "byrne")]
    outcomes = both(*[lambda act=act: either_ward.charting.start_infusion(act, day_id) for act in acts])
    assert len(refusals(outcomes)) == 1
    assert either_ward.kinds(day_id).count("InfusionStarted") == 1


def test_of_two_starts_at_once_without_a_position_one_wins(ward: Ward):
    day_id = ward.ready_to_start()
    acts = [ward.act(who) for who in ("okafor", "byrne", "novak")]
    outcomes = both(*[lambda act=act: ward.charting.start_infusion(act, day_id) for act in acts])
    assert len(refusals(outcomes)) == 2
    assert ward.kinds(day_id).count("InfusionStarted") == 1


def test_stop_while_a_colleague_resumes_reads_that_it_runs_again(ward: Ward):
    day_id = ward.paused()
    seen = ward.day(day_id).position
    ward.charting.resume_infusion(ward.act("byrne", position=seen), day_id)
    with pytest.raises(Conflict, match=r"infusion resumed at 09:20 by Sean Byrne.*now in infusion, running"):
        ward.charting.stop_infusion(ward.act(position=seen), day_id)
    assert ward.status(day_id).state is InfusionState.RUNNING
    ward.charting.stop_infusion(ward.act(position=ward.day(day_id).position), day_id)


def test_stop_and_resume_at_once_leave_one_of_the_two(either_ward: Ward):
    day_id = either_ward.paused()
    seen = either_ward.day(day_id).position
    outcomes = both(
        lambda: either_ward.charting.resume_infusion(either_ward.act("byrne", position=seen), day_id),
        lambda: either_ward.charting.stop_infusion(either_ward.act("okafor", position=seen), day_id),
    )
    assert len(refusals(outcomes)) == 1 and isinstance(refusals(outcomes)[0], Conflict)


def test_vital_signs_between_do_not_hold_a_stop_up(ward: Ward):
    day_id = ward.running()
    seen = ward.day(day_id).position
    ward.charting.record_vital_signs(ward.act("byrne"), day_id, CALM)
    assert ward.charting.stop_infusion(ward.act(position=seen), day_id).status.state is InfusionState.STOPPED


def test_a_struck_pause_counts_as_a_change_of_the_infusion(ward: Ward):
    day_id = ward.running()
    paused = ward.charting.pause_infusion(ward.act(), day_id, "toilet")
    seen = ward.day(day_id).position
    ward.charting.correct(ward.act("byrne"), day_id, paused.facts[0].position, "wrong patient")
    with pytest.raises(Conflict, match="struck as entered in error"):
        ward.charting.stop_infusion(ward.act(position=seen), day_id)


def test_sets_of_both_nurses_are_kept(either_ward: Ward):
    day_id = either_ward.running()
    seen = either_ward.day(day_id).position
    outcomes = both(
        *[
            lambda rate=rate: either_ward.charting.record_vital_signs(
                either_ward.act(position=seen), day_id, replace(CALM, heart_rate=rate)
            )
            for rate in range(70, 76)
        ]
    )
    assert not refusals(outcomes)
    rates = [one.details.heart_rate for one in either_ward.day(day_id).facts if one.kind == "VitalSignsRecorded"]
    assert sorted(rates[2:]) == [70, 71, 72, 73, 74, 75]


def test_a_stale_screen_reads_that_the_patient_has_gone(ward: Ward):
    day_id = ward.running()
    seen = ward.day(day_id).position
    ward.charting.transfer(ward.act("byrne"), day_id, Transferred(where_to="ward", receiver="Dr Chen"))
    with pytest.raises(Conflict, match=r"transferred at 09:00 by Sean Byrne"):
        ward.charting.set_round_interval(ward.act(position=seen), day_id, RoundIntervalSet(interval_minutes=30))


# ---- two patients, one chair ---------------------------------------------------------------------------------------


def test_a_second_patient_cannot_arrive_in_a_taken_chair(ward: Ward):
    ward.arrived(0, "1")
    second = ward.booked(1, "1")
    with pytest.raises(Conflict, match=r"Chair 1 is taken: MARSH, Helen \(born 05-Apr-1984\)"):
        ward.charting.arrive(ward.act(), second)
    assert ward.charting.arrive(ward.act(), second, chair="2").status.chair == "2"


def test_of_two_arrivals_at_once_one_sits(either_ward: Ward):
    days = [either_ward.booked(who, "1") for who in range(4)]
    outcomes = both(*[lambda day=day: either_ward.charting.arrive(either_ward.act(), day) for day in days])
    assert len(refusals(outcomes)) == 3
    assert all(isinstance(one, Conflict) for one in refusals(outcomes))


def test_a_move_into_a_taken_chair_is_refused_and_a_swap_does_it(ward: Ward):
    here, there = ward.arrived(0, "1"), ward.arrived(1, "2")
    with pytest.raises(Conflict, match="Choose a free chair, or swap"):
        ward.charting.move(ward.act(), here, "2")
    ward.announced.clear()
    recorded = ward.charting.swap(ward.act(), here, there, "needs the recliner")
    assert (ward.status(here).chair, ward.status(there).chair) == ("2", "1")
    assert [fact.infusion_day_id for fact in recorded.facts] == [here, there]
    assert sorted(ward.announced) == sorted([here, there])


def test_the_same_swap_twice_is_one_swap(ward: Ward):
    here, there = ward.arrived(0, "1"), ward.arrived(1, "2")
    first = ward.charting.swap(ward.act(key="swap-1"), here, there)
    again = ward.charting.swap(ward.act(key="swap-1"), here, there)
    assert again.facts == first.facts and ward.status(here).chair == "2"


def test_two_moves_into_one_free_chair_at_once_leave_one(either_ward: Ward):
    days = [either_ward.arrived(who, str(who + 1)) for who in range(3)]
    outcomes = both(*[lambda day=day: either_ward.charting.move(either_ward.act(), day, "4") for day in days])
    assert len(refusals(outcomes)) == 2


def test_a_swap_with_a_patient_to_come_leaves_a_third_in_their_chair(ward: Ward):
    here, to_come = ward.arrived(0, "1"), ward.booked(1, "2")
    ward.arrived(2, "2")
    with pytest.raises(Conflict, match="Chair 2 is taken: MARSH, Colin"):
        ward.charting.swap(ward.act(), here, to_come)
    assert ward.status(here).chair == "1"


def test_a_struck_discharge_does_not_bring_the_patient_back_into_a_taken_chair(ward: Ward):
    gone = ward.ready_to_go(0, "1")
    left = ward.charting.discharge(ward.act(), gone, Discharged(where_to="home")).facts[0]
    ward.arrived(1, "1")
    with pytest.raises(Conflict, match="Chair 1 is taken: ADEYEMI"):
        ward.charting.correct(ward.act(), gone, left.position, "wrong patient")
    assert not ward.status(gone).is_open


@pytest.mark.parametrize(("chair", "sentence"), [("2", "Chair 2 is taken"), ("9", "no chair 9")])
def test_a_corrected_arrival_seats_nobody_where_there_is_no_place(ward: Ward, chair: str, sentence: str):
    here = ward.arrived(0, "1")
    ward.arrived(1, "2")
    arrival = next(fact for fact in ward.day(here).facts if fact.kind == "Arrived")
    with pytest.raises(Refusal, match=sentence):
        ward.charting.correct(
            ward.act(), here, arrival.position, "wrong value", replacement=replace(arrival.details, chair=chair)
        )


def test_a_patient_sits_in_one_chair_at_a_time(ward: Ward):
    ward.arrived(0, "1")
    tomorrow = ward.booked(0, "2", day=2, date=ward.charting.local_date() + timedelta(days=1))
    with pytest.raises(Conflict, match=r"sits in chair 1 already: day 1 of course 1, 15-Jun-2026, is still open"):
        ward.charting.arrive(ward.act(), tomorrow)


def test_a_day_booked_for_tomorrow_is_no_second_infusion_today(ward: Ward):
    first = ward.running(0, "1")
    ward.charting.transfer(ward.act(), first, Transferred(where_to="ward", receiver="Dr Chen"))
    second = ward.ready_to_start(0, "1", day=2, date=ward.charting.local_date() + timedelta(days=1))
    with pytest.raises(Conflict, match="had an infusion on 15-Jun-2026 already, day 1 of course 1"):
        ward.charting.start_infusion(ward.act(), second)


def test_a_form_for_a_patient_who_moved_says_where_they_are_and_who_sits_here_now(ward: Ward):
    here, there = ward.running(0, "1"), ward.arrived(1, "2")
    ward.charting.swap(ward.act("byrne"), here, there)
    stale = ward.act(chair="1", patient=ward.day(here).patient.id)
    with pytest.raises(Conflict) as conflict:
        ward.charting.record_vital_signs(stale, here, CALM)
    said = conflict.value.sentence
    assert "MARSH, Helen (born 05-Apr-1984) is in chair 2, not in chair 1" in said
    assert "by Sean Byrne" in said and "ADEYEMI, Tunde (born 30-Nov-1990) sits in chair 1 now" in said
    assert (conflict.value.moved_to, conflict.value.in_chair) == ("2", there)


def test_a_form_of_one_patient_never_records_for_another(ward: Ward):
    here, there = ward.running(0, "1"), ward.arrived(1, "2")
    with pytest.raises(Conflict, match="another patient than ADEYEMI"):
        ward.charting.record_vital_signs(ward.act(patient=ward.day(here).patient.id), there, CALM)


# ---- the age of a tap and the sign-on ------------------------------------------------------------------------------


@pytest.mark.parametrize(("age_s", "refused"), [(60, False), (60.1, True), (0, False), (3600, True)])
def test_a_tap_counts_for_sixty_real_seconds(ward: Ward, age_s: float, refused: bool):
    day_id = ward.running()
    act = ward.act(issued_at=ward.clock.real() - age_s)
    if refused:
        with pytest.raises(TooOld):
            ward.charting.stop_infusion(act, day_id)
    else:
        ward.charting.stop_infusion(act, day_id)


def test_an_old_tap_is_offered_for_recording_late_at_its_true_time(ward: Ward):
    day_id = ward.running()
    ward.minutes(10)
    happened_at = ward.clock.now()
    with pytest.raises(TooOld, match=r"the tap is 1min old .* record it late, at 09:10:00") as too_old:
        ward.charting.stop_infusion(ward.act(issued_at=ward.clock.real() - 90, happened_at=happened_at), day_id)
    assert (too_old.value.at, too_old.value.offer) == (happened_at, "Record late, at 09:10:00")
    late = ward.act(issued_at=ward.clock.real() - 90, happened_at=happened_at, late=True)
    assert ward.charting.stop_infusion(late, day_id).facts[0].happened_at == happened_at


def test_a_form_filled_in_under_another_sign_on_is_refused(ward: Ward):
    day_id = ward.running()
    with pytest.raises(Conflict, match="Ada Okafor is signed on here now"):
        ward.charting.stop_infusion(ward.act(epoch=3, current_epoch=4), day_id)
