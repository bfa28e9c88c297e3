"""The training ward shows every state of a day, at any hour, and the same facts for the same moment."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.clinical.chair_status import chair_status
from models.clinical.course import history
from models.clinical.findings import Level
from models.clinical.protocol import load
from models.clinical.status import InfusionState, Phase
from models.store import create_store
from seed.training_ward import is_over, seed, within

PROTOCOL = load()
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("planned", "start"),
    [("20T08:12", time(8, 10)), ("20T00:00", time(0)), ("19T23:50", time(0)), ("21T00:40", time(23, 55))],
)
def test_a_start_beyond_midnight_is_the_first_or_last_of_its_date(planned, start):
    """Else a ward seeded early in the morning plans last evening's arrivals for tonight."""
    assert within(NOON.date(), datetime.fromisoformat(f"2026-11-{planned}")) == start


def seeded(folder, now):
    store = create_store(f"sqlite:///{folder}/{now:%H%M%S}.db", "training", "")
    seed(store, PROTOCOL, now, pin_hash="hash of a pin")
    return store


def board(store, now):
    today = now.astimezone(ZoneInfo(store.ward().zone)).date()
    statuses = {}
    for day in store.open_days(today):
        others = [other for other in store.days_of_patient(day.patient.id) if other.id != day.id]
        status = chair_status(day, history(day, others, PROTOCOL), PROTOCOL, now)
        assert status.chair not in statuses, "one day a chair"
        statuses[status.chair] = status
    return statuses


@pytest.mark.slow
@pytest.mark.parametrize(
    "now",
    [NOON, datetime(2026, 11, 21, 1, 50, tzinfo=UTC), datetime(2026, 10, 25, 3, 10, tzinfo=UTC)],
    ids=["noon", "at night", "the morning the clocks went back"],
)
def test_the_board_shows_twelve_chairs_in_the_middle_of_their_day(tmp_path, now):
    chairs = board(seeded(tmp_path, now), now)
    phases = [(chairs[str(label)].phase, chairs[str(label)].state) for label in range(1, 13)]
    running = (Phase.INFUSION, InfusionState.RUNNING)
    observed = (Phase.OBSERVATION, InfusionState.COMPLETED)
    assert phases == [
        (Phase.EXPECTED, None),
        (Phase.PRE_MEDICATION, None),
        (Phase.PRE_MEDICATION, None),
        running,
        running,
        (Phase.DISCHARGED, InfusionState.COMPLETED),
        (Phase.INFUSION, InfusionState.PAUSED),
        running,
        running,
        observed,
        observed,
        observed,
    ]
    part_done = {check.state for check in chairs["3"].hour_one}
    assert {"done", "missing"} <= part_done and chairs["3"].hour_one_began_at is not None
    assert chairs["2"].hour_one_began_at is None
    assert chairs["4"].level is Level.AMBER and chairs["4"].review_due
    assert chairs["5"].level is Level.NORMAL and chairs["5"].overdue_s == 0
    assert chairs["7"].pause_reason == "reaction" and chairs["7"].resume_by is not None
    assert chairs["8"].slowed and chairs["8"].bag_warning
    assert chairs["9"].overdue_s == 12 * 60 and chairs["9"].nurse is None
    assert chairs["10"].observation_remaining_s == 40 * 60
    assert chairs["11"].extended and chairs["11"].observation_ends_at is None
    assert chairs["12"].ready and not chairs["12"].missing_for_discharge
    assert chairs["4"].patient.family_name == chairs["5"].patient.family_name
    assert not any(status.warnings for status in chairs.values())


@pytest.mark.slow
def test_the_same_moment_gives_the_same_facts(tmp_path):
    (tmp_path / "again").mkdir()
    first, again = (seeded(folder, NOON) for folder in (tmp_path, tmp_path / "again"))

    def record(store):
        return [
            (status.chair, fact.position, fact.happened_at, fact.recorded_at, fact.recorded_by, fact.details)
            for _, status in sorted(board(store, NOON).items())
            for fact in status.facts
        ]

    assert record(first) == record(again)


@pytest.mark.slow
def test_a_training_day_is_over_ten_hours_after_it_was_seeded_and_before_it(tmp_path):
    store = seeded(tmp_path, NOON)
    assert not is_over(store, NOON + timedelta(hours=9, minutes=50))
    assert is_over(store, NOON + timedelta(hours=10, minutes=10))
    assert is_over(store, NOON - timedelta(days=1))
