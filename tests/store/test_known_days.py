"""What is kept in memory is what is in the record, whoever wrote it; a day without news is the very same day."""

import pytest

from models.clinical.facts import EnteredInError, InfusionDay, PatientDetailsCorrected
from models.store import WardStore, reading
from models.store.database import looking
from models.store.known_days import KnownDays
from models.store.refusals import PositionTaken
from tests.store.wards import a_booking, a_day_with_facts, append, book, by_hand, heart_rate, is_sqlite, line, who

MARRIED = PatientDetailsCorrected(family_name="Okonkwo", reason="married")


def known(days: KnownDays, url: str, day_id: str) -> dict[str, InfusionDay]:
    """By this memory, held against a whole reading of the record."""
    with looking(url) as connection:
        found = days.alongside(connection, day_id)
        assert found == reading.days_alongside(connection, day_id)
    return {day.id: day for day in found}


def test_a_day_of_which_nothing_new_was_recorded_is_the_very_same(store: WardStore, url: str):
    day_id, days = a_day_with_facts(store), KnownDays()
    assert known(days, url, day_id)[day_id] is known(days, url, day_id)[day_id]
    assert store.days_alongside(day_id)[0] is store.days_alongside(day_id)[0]


def test_what_another_worker_recorded_is_there_and_the_rest_stays(store: WardStore, url: str):
    day_id, days = a_day_with_facts(store), KnownDays()
    before = known(days, url, day_id)[day_id]
    append(store, day_id, heart_rate(99))
    after = known(days, url, day_id)[day_id]
    assert after.position == before.position + 1
    assert all(mine is theirs for mine, theirs in zip(before.facts, after.facts, strict=False))


def test_what_this_worker_recorded_is_there(store: WardStore, url: str):
    day_id = a_day_with_facts(store)
    for rate in (91, 92):
        store.days_alongside(day_id)
        whole = append(store, day_id, heart_rate(rate))
        assert store.days_alongside(day_id) == [whole]


@pytest.mark.parametrize("own", [True, False], ids=["recorded here", "recorded by another worker"])
def test_a_corrected_name_and_its_strike_are_seen_on_every_day_of_the_patient(store: WardStore, url: str, own: bool):
    first = a_day_with_facts(store)
    [second] = book(store, a_booking(day=2))
    days = KnownDays()

    def names() -> set[str]:
        found = store.days_alongside(first) if own else known(days, url, first).values()
        return {day.patient.family_name for day in found}

    assert names() == {"Abara"}
    append(store, second.id, line(MARRIED))
    assert names() == {"Okonkwo"}
    append(store, second.id, line(EnteredInError(position=2, reason="wrong value")))
    assert names() == {"Abara"}


def test_a_day_booked_since_is_there(store: WardStore, url: str):
    day_id, days = a_day_with_facts(store), KnownDays()
    known(days, url, day_id)
    assert [day.id for day in store.days_alongside(day_id)] == [day_id]
    [second] = book(store, a_booking(day=2))
    assert set(known(days, url, day_id)) == {day_id, second.id} == {day.id for day in store.days_alongside(day_id)}


def test_an_unknown_day_has_nothing_beside_it(store: WardStore, url: str):
    assert known(KnownDays(), url, "never") == {} and store.days_alongside("nul\0") == []


def test_an_answer_older_than_what_was_recorded_meanwhile_is_not_kept(store: WardStore):
    day_id, days = a_day_with_facts(store), KnownDays()
    asked = days.changes
    found = store.days_alongside(day_id)
    days.append(append(store, day_id, heart_rate(99)).facts[-1:])
    days.trust(found, asked)
    assert days.from_memory(day_id) is None
    days.trust(found, days.changes)
    assert days.from_memory(day_id) is None, "the days themselves are not known either"


def test_whoever_came_too_late_looks_at_the_record_before_trying_again(store: WardStore, url: str):
    day_id = a_day_with_facts(store)
    [before] = store.days_alongside(day_id)
    columns = "part, request_digest, infusion_day_id, kind, happened_at, recorded_at, recorded_by, device, details"
    copied = f"{columns}, previous_hash, hash"
    by_hand(
        url,
        f"INSERT INTO fact (key, position, {copied}) SELECT 'by hand', position + 1, {copied} FROM fact "
        f"WHERE infusion_day_id = '{day_id}' AND position = {before.position}",
    )
    with pytest.raises(PositionTaken):
        store.append(day_id, before.position, [heart_rate(98)], **who())
    assert store.days_alongside(day_id)[0].position == before.position + 1


def test_a_day_is_asked_of_the_database_once_where_nobody_else_writes_it(store: WardStore, url: str):
    day_id = a_day_with_facts(store)
    store.days_alongside(day_id)
    append(store, day_id, heart_rate(99))
    store._database.read.dispose()
    [day] = store.days_alongside(day_id)
    assert store._database.read.pool.checkedin() == (0 if is_sqlite(url) else 1)
    assert day == store.infusion_day(day_id)
