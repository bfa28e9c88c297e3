"""The live ward: one read per change, deadlines without a write, and no beat when it could not read."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.clinical import protocol
from models.clinical.clock import Clock, ScenarioClock
from models.clinical.facts import PatientDetailsCorrected
from models.clinical.status import Phase
from models.live_ward import LiveWard
from tests.charting.ward import CALM, MORNING, Ward

ALEMTUZUMAB = protocol.load()


@pytest.fixture
def ward(sqlite_url: str) -> Ward:
    return Ward(sqlite_url, ALEMTUZUMAB)


def live(ward: Ward, clock: Clock | None = None) -> LiveWard:
    live_ward = LiveWard(ward.store, ALEMTUZUMAB, clock or ward.clock)
    ward.charting.announce = live_ward.changed
    return live_ward


def while_running(live_ward: LiveWard, story: Callable[[], Awaitable[Any]]) -> None:
    """The story, while the live ward runs; nothing in it may take longer than ten seconds."""

    async def both() -> None:
        loop = asyncio.create_task(live_ward.run())
        try:
            await live_ward.next_turn(0)
            await asyncio.wait_for(story(), 10)
        finally:
            loop.cancel()
            with suppress(asyncio.CancelledError):
                await loop

    asyncio.run(both())


def test_the_ward_shows_every_chair_in_the_order_of_the_board(ward: Ward):
    ward.booked(0, "3")
    status = live(ward).status()
    assert [view.label for view in status.chairs] == ["1", "2", "3", "4"]
    assert [view.status is None for view in status.chairs] == [True, True, False, True]
    assert (status.name, status.mode, status.zone) == ("Ward under test", "training", "Europe/London")
    assert status.revision == 1


def test_a_change_makes_the_next_revision_and_leaves_the_other_chairs_untouched(ward: Ward):
    first, second = ward.booked(0, "1"), ward.booked(1, "2")
    live_ward = live(ward)

    async def story() -> None:
        before = live_ward.status()
        await asyncio.to_thread(ward.charting.arrive, ward.act(), first)
        after = await live_ward.next_change(before.revision)
        assert after.revision == before.revision + 1
        assert after.chair("1").status.phase is Phase.PRE_MEDICATION  # type: ignore[union-attr]
        assert after.chair("2") is before.chair("2") and after.chair("1") is not before.chair("1")
        assert second

    while_running(live_ward, story)


def test_what_the_recorder_worked_out_is_told_without_a_look_at_the_store(ward: Ward, monkeypatch: pytest.MonkeyPatch):
    day_id = ward.running()
    live_ward = live(ward)

    async def story() -> None:
        monkeypatch.setattr(ward.store, "facts_after", None)
        await asyncio.to_thread(ward.charting.add_note, ward.act(), day_id, "sleeps")
        assert (await live_ward.next_change(1)).days[0].position == ward.status(day_id).position

    while_running(live_ward, story)


def test_what_was_worked_out_before_a_name_was_corrected_is_read_anew(ward: Ward):
    day_id = ward.running()
    live_ward = live(ward)
    old = ward.charting.standing(day_id)

    async def story() -> None:
        married = PatientDetailsCorrected(family_name="Okonkwo", reason="married")
        await asyncio.to_thread(ward.charting.correct_patient_details, ward.act(), day_id, married)
        await live_ward.next_change(1)
        ward.charting.announce = lambda days: None
        await asyncio.to_thread(ward.charting.add_note, ward.act(), day_id, "sleeps")
        new = ward.charting.standing(day_id)
        stale = replace(new, day=replace(new.day, patient=old.day.patient), status=old.status)
        live_ward.changed({day_id: stale})
        [told] = (await live_ward.next_change(2)).days
        assert (told.patient.family_name, told.position) == ("Okonkwo", new.day.position)

    while_running(live_ward, story)


def test_an_older_standing_never_takes_the_place_of_a_newer_one(ward: Ward):
    day_id = ward.running()
    live_ward = live(ward)
    old = ward.charting.standing(day_id)

    async def story() -> None:
        await asyncio.to_thread(ward.charting.add_note, ward.act(), day_id, "sleeps")
        newest = (await live_ward.next_change(1)).days[0]
        live_ward.changed({day_id: old})
        await live_ward.next_turn(live_ward.turns)
        assert live_ward.status().days[0] is newest

    while_running(live_ward, story)


def test_a_listener_that_fails_silences_nobody(ward: Ward):
    day_id = ward.running()
    live_ward = live(ward)
    heard: list[int] = []
    live_ward.tell(lambda: heard[1_000_000])
    live_ward.tell(lambda: heard.append(live_ward.status().revision))

    async def story() -> None:
        await asyncio.to_thread(ward.charting.add_note, ward.act(), day_id, "sleeps")
        await live_ward.next_change(1)
        assert heard[-1] == 2

    while_running(live_ward, story)


def test_nothing_new_makes_no_revision(ward: Ward):
    day_id = ward.booked()
    live_ward = live(ward)

    async def story() -> None:
        revision = live_ward.status().revision
        live_ward.changed([day_id])
        await live_ward.next_turn(live_ward.turns)
        assert live_ward.status().revision == revision

    while_running(live_ward, story)


def test_a_chair_shows_its_open_day_and_the_expected_ones_below(ward: Ward):
    expected, arriving = ward.booked(0, "1"), ward.booked(1, "1")
    live_ward = live(ward)

    async def story() -> None:
        before = live_ward.status().chair("1")
        assert before is not None and before.status is not None
        assert {before.status.infusion_day_id, before.later[0].infusion_day_id} == {expected, arriving}
        await asyncio.to_thread(ward.charting.arrive, ward.act(), arriving)
        after = (await live_ward.next_change(1)).chair("1")
        assert after is not None and after.status is not None
        assert after.status.infusion_day_id == arriving and after.free_since is None
        assert [day.infusion_day_id for day in after.later] == [expected]

    while_running(live_ward, story)


def test_a_deadline_moves_the_ward_without_a_write_and_without_a_look_at_the_store(ward: Ward):
    day_id = ward.running()
    due = live(ward).status().days[0].deadlines[0]
    clock = ScenarioClock(due - timedelta(seconds=0.3))
    live_ward = live(ward, clock)

    async def story() -> None:
        before, beats = live_ward.status(), live_ward.beats
        after = await live_ward.next_change(before.revision)
        assert after.now >= due and live_ward.beats == beats
        assert after.days[0] is not before.days[0] and day_id

    while_running(live_ward, story)


def test_a_paused_clock_brings_no_deadline_and_a_clock_set_forward_brings_it_at_once(ward: Ward):
    ward.arrived()
    due = live(ward).status().days[0].deadlines[0]
    clock = ScenarioClock(due - timedelta(seconds=1))
    clock.pause()
    live_ward = live(ward, clock)

    async def story() -> None:
        before = live_ward.status()
        clock.set_now(due)
        live_ward.changed()
        after = await live_ward.next_change(before.revision)
        assert after.now == due and after.days[0] is not before.days[0]

    while_running(live_ward, story)


def test_a_lost_notification_heals_within_a_beat(ward: Ward):
    day_id = ward.booked()
    live_ward = live(ward)
    ward.charting.announce = lambda day_ids: None

    async def story() -> None:
        before = live_ward.status()
        await asyncio.to_thread(ward.charting.arrive, ward.act(), day_id)
        after = await live_ward.next_change(before.revision)
        assert after.days[0].phase is Phase.PRE_MEDICATION

    while_running(live_ward, story)


def test_a_booking_nobody_told_of_comes_onto_the_board_within_a_beat(ward: Ward):
    """Another process of the same ward books, or the notification is lost."""
    ward.booked(0, "1")
    live_ward = live(ward)
    ward.charting.announce = lambda day_ids: None

    async def story() -> None:
        before = live_ward.status()
        await asyncio.to_thread(ward.booked, 1, "2")
        after = await live_ward.next_change(before.revision)
        assert [day.chair for day in after.days] == ["1", "2"]

    while_running(live_ward, story)


def test_the_board_follows_the_date_and_keeps_who_is_still_there(ward: Ward):
    ward.booked(0, "1")
    overnight = ward.arrived(1, "2")
    live_ward = live(ward)

    async def story() -> None:
        before = live_ward.status()
        assert len(before.days) == 2
        ward.clock.advance(24 * 3600)
        after = await live_ward.next_change(before.revision)
        assert [day.infusion_day_id for day in after.days] == [overnight]
        assert after.today == (MORNING + timedelta(days=1)).date()

    while_running(live_ward, story)


def test_a_ward_that_cannot_be_read_does_not_beat_and_beats_again_when_it_can(
    ward: Ward, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    ward.arrived()
    live_ward = live(ward)

    def rename(table: str, to: str) -> None:
        with sqlite3.connect(tmp_path / "ward.db", isolation_level=None) as database:
            database.execute("PRAGMA legacy_alter_table = ON")
            database.execute(f"ALTER TABLE {table} RENAME TO {to}")
        database.close()

    async def story() -> None:
        rename("fact", "fact_away")
        live_ward.changed()
        while "could not be read" not in caplog.text:
            await asyncio.sleep(0.01)
        beats, turns = live_ward.beats, live_ward.turns
        await asyncio.sleep(0)
        assert (live_ward.beats, live_ward.turns) == (beats, turns)
        rename("fact_away", "fact")
        await live_ward.next_turn(turns)
        assert live_ward.beats > beats

    while_running(live_ward, story)
    assert "Marsh" not in caplog.text


def test_the_patients_other_day_follows_a_change_of_the_course(ward: Ward):
    """A baseline recorded late on day 1 changes what day 2, on the board, compares with."""
    first = ward.arrived(0, "1")
    ward.clock.advance(24 * 3600)
    second = ward.booked(0, "2", day=2, date=ward.clock.now().date())
    live_ward = live(ward)

    async def story() -> None:
        before = {day.infusion_day_id: day for day in live_ward.status().days}
        await asyncio.to_thread(ward.charting.record_vital_signs, ward.act(), first, CALM)
        after = {day.infusion_day_id: day for day in (await live_ward.next_change(1)).days}
        assert after[second] is not before[second]

    while_running(live_ward, story)
