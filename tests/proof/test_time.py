"""Clock changes and midnights: what has run, what is due and who is on the board do not depend on the wall clock."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.chair_card import card
from components.two_hours import columns, quarter
from components.wording import clock_time, duration, ward_date
from models.charting.words import clock_time as sentence_time
from models.clinical.chair_status import chair_status
from models.clinical.clock import StoppedClock
from models.clinical.facts import (
    Arrived,
    Booked,
    Details,
    Fact,
    InfusionDay,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    Transferred,
)
from models.clinical.status import ChairStatus
from models.live_ward import LiveWard
from models.store import Booking, NewFact, open_store
from models.ward_status import ChairView
from tests.clinical.builders import a_course, a_patient, a_set, the_protocol
from tests.components.reading import read
from tests.proof.test_ward_machine import a_set_up_ward

pytestmark = pytest.mark.slow
ZONE = "Europe/London"
SPRING, AUTUMN = datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
"""London's clocks go forward from 01:00 to 02:00, and back from 02:00 to 01:00."""
MIDNIGHTS = tuple(
    datetime(*day, tzinfo=ZoneInfo(ZONE))
    for day in ((2026, 6, 16), (2026, 12, 1), (2027, 3, 1), (2028, 2, 29), (2028, 3, 1), (2027, 1, 1), (2026, 4, 1))
)
MOMENTS = (SPRING, SPRING, AUTUMN, AUTUMN, *MIDNIGHTS)
EXAMPLES = settings.default.max_examples * 3
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Run:
    """An infusion that starts so many minutes after a moment, runs so long, and pauses once on the way or not."""

    moment: datetime
    minutes: int
    lasts: int
    paused_after: int
    paused_for: int

    @property
    def start(self) -> datetime:
        return self.moment.astimezone(UTC) + timedelta(minutes=self.minutes)

    @property
    def now(self) -> datetime:
        return self.start + timedelta(minutes=self.lasts)


RUNS = st.builds(
    Run,
    moment=st.sampled_from(MOMENTS),
    minutes=st.integers(-360, 360),
    lasts=st.integers(60, 480),
    paused_after=st.integers(1, 59),
    paused_for=st.sampled_from((0, 0, 7, 45)),
)
IN_THE_REPEATED_HOUR = Run(AUTUMN, -59, 180, 30, 45)
OVER_NEW_YEAR = Run(MIDNIGHTS[5], -30, 240, 20, 7)


def a_day(run: Run, sets: Sequence[datetime] = ()) -> InfusionDay:
    before = run.start - HOUR
    paused = run.start + run.paused_after * MINUTE
    happened: list[tuple[datetime, Details]] = [
        (before, Booked(chair="3", planned_start=before)),
        (before, Arrived(chair="3", supervising_neurologist="Dr Sand", emergency_contact="2222")),
        (before, a_set()),
        (run.start, InfusionStarted(rate_ml_per_hour=12.0)),
    ]
    if run.paused_for:
        happened.append((paused, InfusionPaused(reason="toilet")))
        happened.append((paused + run.paused_for * MINUTE, InfusionResumed(rate_ml_per_hour=12.0)))
    happened += [(at, a_set()) for at in sets]
    facts = tuple(
        Fact(
            infusion_day_id="d1", position=position, happened_at=at, recorded_at=at, recorded_by="okafor",
            details=details,
        )
        for position, (at, details) in enumerate(happened, 1)
    )  # fmt: skip
    return InfusionDay(id="d1", patient=a_patient(), course=1, day=1, date=ward_date(run.start, ZONE), facts=facts)


def status_at(day: InfusionDay, now: datetime) -> ChairStatus:
    """With what had happened by then."""
    known = replace(day, facts=tuple(fact for fact in day.facts if fact.happened_at <= now))
    return chair_status(known, a_course(), the_protocol(), now)


def label(at: datetime) -> str:
    """What a clock on the wall in London shows; the hour that comes twice on 25-Oct-2026 says which one it is."""
    zone = {-1: " BST", 0: " GMT"}.get((at - AUTUMN) // HOUR, "")
    summer = SPRING <= at < AUTUMN
    return f"{at.astimezone(UTC) + (HOUR if summer else timedelta(0)):%H:%M}{zone}"


# ---- one chair -------------------------------------------------------------------------------------------------------


@settings(max_examples=EXAMPLES)
@given(RUNS)
@example(IN_THE_REPEATED_HOUR)
@example(OVER_NEW_YEAR)
def test_elapsed_and_run_time_are_exact_to_the_second(run: Run):
    status = status_at(a_day(run), run.now)
    paused = max(0, min(run.paused_for, run.lasts - run.paused_after))
    assert status.elapsed_s == run.lasts * 60
    assert status.run_time_s == (run.lasts - paused) * 60
    assert round(status.volume_given_ml, 6) == round(min(12.0 * (run.lasts - paused) / 60, status.volume_ml), 6)
    hours, minutes = divmod(run.lasts, 60)
    assert duration(status.elapsed_s) == (f"{hours}hr {minutes:02d}min" if minutes else f"{hours}hr")


@settings(max_examples=EXAMPLES)
@given(RUNS)
@example(IN_THE_REPEATED_HOUR)
@example(OVER_NEW_YEAR)
def test_a_round_falls_due_every_hour_and_each_has_a_time_of_its_own(run: Run):
    """Every round is done the minute it is due; what the board then says is next follows hour by hour."""
    taken: list[datetime] = []
    said: list[str] = []
    while True:
        day = a_day(run, taken)
        due = status_at(day, max([run.start, *taken])).next_round_due_at
        assert due is not None
        assert status_at(day, due - MINUTE).overdue_s == 0 and status_at(day, due + MINUTE).overdue_s == 60
        if due > run.now:
            break
        said.append(f"{ward_date(due, ZONE)} {clock_time(due, ZONE)}")
        taken.append(due)
    assert taken == [run.start + hours * HOUR for hours in range(1, run.lasts // 60 + 1)]
    assert said == [f"{at.astimezone(ZoneInfo(ZONE)).date()} {label(at)}" for at in taken]
    assert len(set(said)) == len(said)


@settings(max_examples=EXAMPLES)
@given(RUNS)
@example(IN_THE_REPEATED_HOUR)
@example(OVER_NEW_YEAR)
def test_the_board_words_the_next_round_and_the_end(run: Run):
    status = status_at(a_day(replace(run, paused_for=0), [run.start]), run.start + MINUTE)
    words = read(card(ChairView(label="3", status=status), ZONE, "nobody", ())["children"], now=status.now)
    assert status.next_round_due_at is not None and status.free_at is not None
    assert f"Next {label(status.next_round_due_at)} in 59min" in words, words
    assert f"free {label(status.free_at)}" in words, words
    ends = columns([ChairView(label="3", status=status)], quarter(status.now), ZONE)
    assert [one.words for one in ends][1:] == [label(quarter(status.now) + n * 15 * MINUTE) for n in range(1, 8)]


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(MOMENTS), st.integers(-720, 720), st.integers(1, 720))
@example(AUTUMN, -60, 60)
@example(AUTUMN, -1, 60)
def test_two_moments_are_never_worded_alike(moment: datetime, minutes: int, later: int):
    one = moment.astimezone(UTC) + minutes * MINUTE
    other = one + later * MINUTE
    for worded in (clock_time, sentence_time):
        assert worded(one, ZONE) == label(one) and worded(other, ZONE) == label(other)
        assert (ward_date(one, ZONE), worded(one, ZONE)) < (ward_date(other, ZONE), worded(other, ZONE)) or (
            one < AUTUMN <= other  # 01:59 BST comes before 01:00 GMT
        )
        assert (ward_date(one, ZONE), worded(one, ZONE)) != (ward_date(other, ZONE), worded(other, ZONE))


# ---- the ward --------------------------------------------------------------------------------------------------------

CHAIRS = tuple(map(str, range(1, 13)))
numbers = count()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ward") / "ward.db"
    a_set_up_ward(f"sqlite:///{path}")
    return path


def a_booking(chair: str, start: datetime) -> Booking:
    lines = [NewFact(Booked(chair=chair, planned_start=start), start - HOUR)]
    return Booking(
        patient_id=f"P-{chair}", family_name="Marsh", given_name="Helen", born=date(1984, 4, 5), course=1, day=1,
        date=ward_date(start, ZONE), lines=lines,
    )  # fmt: skip


def who(now: datetime) -> dict[str, object]:
    return {"key": f"key-{next(numbers)}", "request_digest": "", "staff": "okafor", "device": "", "now": now}


@settings(max_examples=EXAMPLES // len(CHAIRS) + 1)
@given(
    moment=st.sampled_from(MOMENTS),
    minutes=st.lists(st.integers(-360, 360), min_size=len(CHAIRS), max_size=len(CHAIRS)),
    later=st.integers(0, 30 * 60),
    gone=st.sets(st.sampled_from(CHAIRS)),
)
def test_no_chair_is_missing_from_the_board_whatever_the_date(
    template: Path, moment: datetime, minutes: list[int], later: int, gone: set[str]
):
    """Whoever arrived and has not left is there; whoever left is there until the end of the booked date."""
    folder = template.with_name("now")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    store = open_store(f"sqlite:///{shutil.copy(template, folder / 'ward.db')}", "training")
    starts = {chair: moment.astimezone(UTC) + minute * MINUTE for chair, minute in zip(CHAIRS, minutes, strict=True)}
    now = max(starts.values()) + later * MINUTE
    days = store.book([a_booking(chair, start) for chair, start in starts.items()], **who(now))
    arrived = [
        (day.id, 1, [NewFact(Arrived(chair=chair, supervising_neurologist="Dr S", emergency_contact="2222"), start)])
        for day, (chair, start) in zip(days, starts.items(), strict=True)
    ]
    store.append_many(arrived, **who(now))
    left = [(day.id, 2, [NewFact(Transferred(where_to="ward", receiver="Dr C"), now)]) for day in days
            if day.facts[0].details.chair in gone]  # type: ignore[union-attr]  # fmt: skip
    if left:  # nothing is no act
        store.append_many(left, **who(now))
    on_board = LiveWard(store, the_protocol(), StoppedClock(now)).status()
    shown = {view.label for view in on_board.chairs if view.status is not None}
    opened = {day.facts[0].details.chair for day in store.open_days(ward_date(now, ZONE))}  # type: ignore[union-attr]
    store.close()
    here = {chair for chair, start in starts.items() if chair not in gone or ward_date(start, ZONE) == on_board.today}
    assert shown == opened == here
    assert {view.label for view in on_board.chairs if view.status and view.status.is_open} == set(CHAIRS) - gone
