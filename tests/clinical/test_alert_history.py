"""The alerts a day has had, and what they cost: raised, sounded, answered, confirmed, artefact."""

from dataclasses import replace

import pytest

from models.clinical.alert import AlertKind, Priority
from models.clinical.alert_history import AlertLoad, PastAlert, alert_history, alert_load, chair_hours, kind_load, pairs
from models.clinical.chair_status import chair_status
from models.clinical.facts import AlertAnswered, Discharged, InfusionCompleted, InfusionDay, Transferred
from models.clinical.rest_of_course import Course
from models.clinical.status import Phase
from tests.clinical.builders import Line, a_set, an_infusion_day, at, the_protocol
from tests.clinical.raised import a_saved_set

CALM = a_saved_set(74, "118/74", shown="normal")


def lived(*lines: Line, until: str, phase: Phase = Phase.INFUSION) -> tuple[PastAlert, ...]:
    """But for hour one, whose questions these days leave out."""
    day: InfusionDay = an_infusion_day(*lines, phase=phase)
    past = alert_history(day, Course(number=1), the_protocol(), at(until))
    return tuple(one for one in past if one.what != "pre-medication")


def the_one(past: tuple[PastAlert, ...], id: str) -> PastAlert:
    return next(one for one in past if one.id == id)


def answer(clock: str, alert: str, said: str = "seen") -> Line:
    return (clock, AlertAnswered(alert=alert, answer=said, outcome="seen and safe" if said == "outcome" else ""))


def test_an_uneventful_day_has_had_none_and_nothing_is_nothing():
    assert lived(("10:29", CALM), ("11:28", CALM), until="12:00") == ()
    assert lived(until="07:00", phase=Phase.EXPECTED) == ()


def test_overdue_is_lived_through_from_low_to_the_charge_nurse_and_ends_with_the_set():
    past = lived(("10:50", CALM), until="11:00")
    assert [one.id for one in past] == ["overdue/2026-11-20T10:30:00Z"]
    one = past[0]
    assert (one.kind, one.priority, one.raised_at) == (AlertKind.TASK, Priority.MEDIUM, at("10:30"))
    assert (one.escalated, one.raised_again, one.ended_at) == (True, 1, at("10:50"))


def test_what_its_recorder_saw_never_sounded_until_the_repeat_was_missed():
    quiet = the_one(lived(("10:00", a_saved_set(74, "142/74")), ("10:10", CALM), until="10:20"), "systolic high/6")
    assert (quiet.sounded_at, quiet.answered_at, quiet.ended_at) == (None, None, at("10:10"))
    missed = [("10:00", a_saved_set(74, "142/74")), answer("10:17", "systolic high/6"), ("10:20", CALM)]
    heard = the_one(lived(*missed, until="10:21"), "systolic high/6")
    assert (heard.sounded_at, heard.answered_at, heard.answered_by) == (at("10:15"), at("10:17"), "okafor")


def test_an_outcome_answers_and_ends_a_high_one():
    red = [("10:00", a_saved_set(74, "182/74", shown="red")), answer("10:02", "systolic high/6", "outcome")]
    one = the_one(lived(*red, until="10:30"), "systolic high/6")
    assert (one.answered_at, one.ended_at, one.escalated) == (at("10:02"), at("10:02"), True)
    other = the_one(lived(*red, until="10:01:30"), "systolic high/6")
    assert other.ended_at is None


def test_each_moment_knows_only_what_was_recorded_by_then():
    late = ("10:00", a_saved_set(74, "182/74", shown="red"), "10:20")
    assert the_one(lived(late, until="10:30"), "systolic high/6").raised_at == at("10:20")
    assert lived(late, until="10:10") == ()


# second reading | asked, confirmed, artefact
PAIRS = """
168/80 | 10:34 | 1 1 0
118/74 | 10:34 | 1 0 1
145/80 | 10:34 | 1 0 1
168/80 | 10:50 | 1 1 0
186/80 | 10:34 | 1 1 0
118/74 | 10:50 | 1 0 1
"""


@pytest.mark.parametrize("row", PAIRS.strip().splitlines())
def test_a_first_reading_is_confirmed_or_an_artefact(row):
    pressure, clock, counts = (cell.strip() for cell in row.split("|"))
    past = lived(("10:30", a_saved_set(74, "165/80")), (clock, a_set(pressure=pressure)), until="10:51")
    found = pairs([past])
    assert [found.asked, found.confirmed, found.artefact] == [int(one) for one in counts.split()]


def test_a_pair_still_asked_for_is_neither_and_another_rule_confirms_nothing():
    waiting = pairs([lived(("10:30", a_saved_set(74, "165/80")), until="10:33")])
    assert (waiting.asked, waiting.confirmed, waiting.artefact) == (1, 0, 0)
    assert pairs([lived(("10:00", a_saved_set(74, "142/74")), until="10:10")]).asked == 0


def load(past: tuple[PastAlert, ...], hours: float) -> dict[Priority, AlertLoad]:
    return {one.priority: one for one in alert_load(past, hours)}


def test_the_load_counts_by_priority_and_chair_hour():
    red = [("10:00", a_saved_set(74, "182/74", shown="red")), answer("10:00:40", "systolic high/6", "outcome")]
    past = lived(*red, ("10:20", a_saved_set(115, "118/74")), ("10:30", CALM), until="10:40")
    found = load(past, 2.0)
    assert list(found) == [Priority.HIGH, Priority.MEDIUM, Priority.LOW]
    high, medium = found[Priority.HIGH], found[Priority.MEDIUM]
    assert (high.raised, high.sounded, high.answered, high.median_answer_s) == (1, 1, 1, 40.0)
    assert (high.per_chair_hour, high.escalated, high.raised_again) == (0.5, 0, 0)
    assert medium.raised >= 1 and load(past, 0.0)[Priority.HIGH].per_chair_hour == 0.0
    assert load((), 1.0)[Priority.LOW].median_answer_s is None


def test_the_slowest_tenth_of_the_answers_is_told_apart_from_their_middle():
    """Nine answered after 40 s, one after 300 s: 90 % within 40 s; of two the slower is the ninety per cent."""
    quick = lived(("10:00", a_saved_set(74, "182/74", shown="red")),
                  answer("10:00:40", "systolic high/6", "outcome"), until="10:20")  # fmt: skip
    slow = lived(("10:00", a_saved_set(74, "182/74", shown="red")),
                 answer("10:05", "systolic high/6", "outcome"), until="10:20")  # fmt: skip
    high = load((*quick * 9, *slow), 10.0)[Priority.HIGH]
    assert (high.median_answer_s, high.p90_answer_s) == (40.0, 40.0)
    assert load((*quick, *slow), 10.0)[Priority.HIGH].p90_answer_s == 300.0
    assert load((), 10.0)[Priority.HIGH].p90_answer_s is None


def test_the_load_by_kind_has_the_highest_priority_first_and_then_the_most_frequent():
    red = lived(("10:00", a_saved_set(74, "182/74", shown="red")), until="10:10")
    late = lived(until="10:40")
    found = kind_load((*late, *late, *red), 5.0)
    assert [(one.what, one.priority, one.raised) for one in found] == [
        ("red value", Priority.HIGH, 1),
        ("evaluation step", Priority.MEDIUM, 1),
        ("overdue", Priority.LOW, 3),
    ]
    assert found[2].per_chair_hour == 0.6
    two = (("10:00", a_saved_set(74, "142/74")), ("10:10", a_saved_set(115, "142/74")))
    often = kind_load(lived(*two, until="10:11"), 1)
    assert [(one.what, one.raised) for one in often] == [("abnormal value", 3), ("review due", 1)]


def test_chair_hours_count_from_arrival_to_the_end_or_now():
    day = an_infusion_day(phase=Phase.INFUSION)

    def hours(day: InfusionDay, now: str) -> float:
        return chair_hours(chair_status(day, Course(number=1), the_protocol(), at(now)))

    assert hours(day, "09:45") == 2.0
    gone = an_infusion_day(("10:45", Transferred(where_to="ward", receiver="Dr Chen")), phase=Phase.INFUSION)
    assert hours(gone, "20:00") == 3.0
    assert hours(an_infusion_day(), "09:45") == 0.0
    assert hours(replace(day, facts=day.facts[:2]), "07:00") == 0.0


def test_a_whole_day_with_its_discharge_ends_all_its_alerts():
    lines = [("10:50", CALM), ("13:30", InfusionCompleted()), ("15:31", Discharged(where_to="home"))]
    assert all(one.ended_at is not None for one in lived(*lines, until="16:00"))
