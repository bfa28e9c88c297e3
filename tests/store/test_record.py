"""What is appended comes back as it was, once, in order, and only where its writer thought the day stood."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clinical.facts import (
    KINDS,
    Arrived,
    Details,
    EnteredInError,
    NoteAdded,
    RoundNotDone,
    SampleTaken,
    Symptom,
    VitalSignsRecorded,
)
from models.clinical.refusal import Refusal
from models.store import KeyUsed, NewFact, PositionTaken, WardStore, appending, create_store
from models.store.serialise import from_text, to_text
from tests.store.wards import ARRIVED, NOW, TODAY, a_booking, append, book, heart_rate, line, who

FULL_SET = VitalSignsRecorded(
    heart_rate=71,
    systolic=128,
    diastolic=0,
    symptoms=(Symptom(symptom="rash", severity="mild"), Symptom(symptom="headache", change="worse", note="ü €")),
    temperature=36.6,
    spo2=98,
    consciousness="alert",
)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
zones = st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-11))])
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=zones)  # noqa: DTZ001
st.register_type_strategy(str, words)
st.register_type_strategy(datetime, moments)
st.register_type_strategy(int, st.integers(-(2**31) + 1, 2**31 - 1))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(choice=st.data())
def test_every_kind_of_fact_comes_back_from_its_text(kind: type[Details], choice: st.DataObject):
    details = choice.draw(st.from_type(kind))
    assert from_text(kind.__name__, to_text(details)) == details


def test_the_same_fact_has_one_text_whatever_zone_its_times_were_given_in():
    summer = timezone(timedelta(hours=1))
    assert to_text(RoundNotDone(reason="asleep", try_again_at=NOW)) == to_text(
        RoundNotDone(reason="asleep", try_again_at=NOW.astimezone(summer))
    )


@pytest.mark.parametrize(
    "details",
    [
        SampleTaken(sample="platelets", result=float("nan")),
        SampleTaken(sample="platelets", result=float("inf")),
        VitalSignsRecorded(heart_rate="71"),
        VitalSignsRecorded(heart_rate=71.5),
        NoteAdded(text=None),
        RoundNotDone(reason="asleep", try_again_at=datetime(2026, 11, 20, 9)),  # noqa: DTZ001
    ],
)
def test_what_would_not_come_back_as_it_is_never_enters(details: Details):
    with pytest.raises(ValueError):
        to_text(details)


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800"])
def test_characters_no_database_keeps_are_refused_in_a_sentence(store: WardStore, text: str):
    with pytest.raises(Refusal, match="cannot be recorded"):
        to_text(NoteAdded(text=text))
    with pytest.raises(Refusal, match="cannot be recorded"):
        store.append("no such day", 0, [heart_rate(71)], **who(key=text))
    with pytest.raises(Refusal, match="cannot be recorded"):
        book(store, a_booking(family_name=text))
    assert store.infusion_day(text) is None and store.find_patient(text) is None
    assert to_text(NoteAdded(text="\\u0000 typed")) == '{"text":"\\\\u0000 typed"}'


def test_a_number_no_column_takes_is_refused_in_a_sentence():
    assert "2147483647" in to_text(VitalSignsRecorded(heart_rate=2**31 - 1))
    with pytest.raises(Refusal, match="too large"):
        to_text(VitalSignsRecorded(heart_rate=2**31))


def test_appended_facts_are_read_as_they_were_given(store: WardStore):
    [day] = book(store)
    appended = store.append(day.id, 1, [ARRIVED, NewFact(FULL_SET, NOW, caused_by=2)], **who())
    assert [fact.position for fact in appended] == [2, 3]
    assert appended[1].details == FULL_SET and appended[1].caused_by == 2
    assert (appended[1].recorded_by, appended[1].device, appended[1].recorded_at) == ("okafor", "tablet 3", NOW)
    assert store.facts_after(day.id, 1) == appended
    assert store.facts_after(day.id, 3) == ()
    found = store.infusion_day(day.id)
    assert found is not None and found.facts == day.facts + appended
    assert found.facts[0].happened_at.tzinfo is UTC


def test_a_time_without_a_zone_never_enters(store: WardStore):
    [day] = book(store)
    with pytest.raises(ValueError):
        store.append(day.id, 1, [NewFact(FULL_SET, NOW.replace(tzinfo=None))], **who())
    with pytest.raises(ValueError):
        store.append(day.id, 1, [heart_rate(71)], **who() | {"now": NOW.replace(tzinfo=None)})
    assert store.positions([day.id]) == {day.id: 1}


def test_nothing_to_append_is_a_mistake_of_the_caller(store: WardStore):
    [day] = book(store)
    with pytest.raises(ValueError, match="nothing to record"):
        store.append(day.id, 1, [], **who())


@pytest.mark.parametrize("after", [0, 1, 3, 99])
def test_a_writer_who_saw_another_state_is_told_where_the_day_stands(store: WardStore, after: int):
    [day] = book(store)
    append(store, day.id, ARRIVED)
    with pytest.raises(PositionTaken) as taken:
        store.append(day.id, after, [heart_rate(71)], **who())
    assert (taken.value.infusion_day_id, taken.value.position) == (day.id, 2)
    assert store.positions([day.id]) == {day.id: 2}


def test_the_same_key_brings_what_was_recorded_even_when_the_day_has_moved_on(store: WardStore):
    [day] = book(store)
    saved = store.append(day.id, 1, [ARRIVED, heart_rate(71)], **who("tap-1"))
    append(store, day.id, heart_rate(72))
    for other_body in ([ARRIVED, heart_rate(71)], [heart_rate(99)]):
        with pytest.raises(KeyUsed) as used:
            store.append(day.id, 1, other_body, **who("tap-1") | {"request_digest": "another"})
        assert (used.value.facts, used.value.digest) == (saved, "digest")
    assert store.positions([day.id]) == {day.id: 4}
    found = store.find_key("tap-1")
    assert found is not None and (found.facts, found.request_digest) == (saved, "digest")
    assert store.find_key("never used") is None


def test_a_key_used_for_a_booking_is_used_for_everything(store: WardStore):
    [day] = store.book([a_booking()], **who("tap-1"))
    for again in (
        lambda: store.book([a_booking(day=2)], **who("tap-1")),
        lambda: store.append(day.id, 1, [ARRIVED], **who("tap-1")),
        lambda: store.append_many([(day.id, 1, [ARRIVED])], **who("tap-1")),
    ):
        with pytest.raises(KeyUsed):
            again()
    assert len(store.days_of_patient(day.patient.id)) == 1


def at_once(store: WardStore, *writes) -> list[object]:
    """Starts all writes together; their answers or what they raised."""
    together = Barrier(len(writes))

    def run(write) -> object:
        together.wait()
        try:
            return write()
        except (PositionTaken, KeyUsed) as late:
            return type(late)

    with ThreadPoolExecutor(len(writes)) as threads:
        return list(threads.map(run, writes))


def test_of_two_at_the_same_position_one_wins_and_the_other_is_told(store: WardStore):
    [day] = book(store)
    for position in range(1, 11):
        writes = [lambda n=n: store.append(day.id, position, [heart_rate(n)], **who()) for n in (71, 72, 73, 74)]  # noqa: B023
        answers = at_once(store, *writes)
        assert sorted(map(str, answers)).count(str(PositionTaken)) == 3
        [won] = [answer for answer in answers if answer is not PositionTaken]
        assert store.facts_after(day.id, position) == won


def test_of_two_with_the_same_key_one_wins_and_the_other_reads_it(store: WardStore):
    [day] = book(store)
    for position in range(1, 11):
        key = f"double tap {position}"
        write = lambda: store.append(day.id, position, [heart_rate(71)], **who(key))  # noqa: B023, E731
        answers = at_once(store, write, write, write)
        assert answers.count(KeyUsed) == 2
    assert store.positions([day.id]) == {day.id: 11}


@pytest.mark.parametrize("moment", ["after the key was looked up", "after the position was looked up"])
@pytest.mark.parametrize(("key", "told"), [("tap", KeyUsed), ("another", PositionTaken)])
def test_somebody_who_commits_in_between_is_noticed_at_any_moment(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, moment: str, key: str, told: type[Exception]
):
    """On SQLite nobody can: a write begins by taking the lock."""
    store = create_store(postgres_url, "training")
    [day] = book(store)
    chain_end = appending.chain_end

    def somebody_else() -> None:
        monkeypatch.undo()
        store.append(day.id, 1, [heart_rate(71)], **who(key))

    def somebody_else_after(*asked: object) -> str:
        found = chain_end(*asked)
        somebody_else()
        return found

    early = "key" in moment
    if not early:
        monkeypatch.setattr(appending, "chain_end", somebody_else_after)
    with pytest.raises(told):
        store.append(day.id, 1, [heart_rate(72)], **who("tap"), check=somebody_else if early else None)
    assert [fact.details for fact in store.facts_after(day.id, 1)] == [VitalSignsRecorded(heart_rate=71)]
    store.close()


def test_several_days_are_written_together_or_not_at_all(store: WardStore):
    first, second = book(store, a_booking("1"), a_booking("2"))
    with pytest.raises(PositionTaken):
        store.append_many([(first.id, 1, [heart_rate(71)]), (second.id, 9, [heart_rate(72)])], **who())
    assert store.positions([first.id, second.id]) == {first.id: 1, second.id: 1}
    swapped = store.append_many([(first.id, 1, [heart_rate(71)]), (second.id, 1, [heart_rate(72)])], **who("swap"))
    assert [(fact.infusion_day_id, fact.position) for fact in swapped] == [(first.id, 2), (second.id, 2)]
    found = store.find_key("swap")
    assert found is not None and found.facts == swapped


def test_a_check_sees_what_others_committed_and_its_refusal_records_nothing(store: WardStore):
    first, second = book(store, a_booking("1"), a_booking("2"))
    arrivals = [line(Arrived(chair="4", supervising_neurologist="", emergency_contact=""))]

    def chair_is_free() -> None:
        seated = [f for day in store.open_days(TODAY) for f in day.facts if isinstance(f.details, Arrived)]
        if seated:
            raise Refusal("Chair 4 is taken.")

    def arrive(day_id: str) -> object:
        try:
            return store.append(day_id, 1, arrivals, **who(), lock_ward=True, check=chair_is_free)
        except Refusal as refusal:
            return refusal.sentence

    answers = at_once(store, lambda: arrive(first.id), lambda: arrive(second.id))
    assert answers.count("Chair 4 is taken.") == 1
    assert sorted(store.positions([first.id, second.id]).values()) == [1, 2]


def test_a_replacement_names_what_it_replaces(store: WardStore):
    [day] = book(store)
    append(store, day.id, heart_rate(171))
    strike = NewFact(EnteredInError(position=2, reason="wrong value"), NOW)
    facts = store.append(day.id, 2, [strike, NewFact(VitalSignsRecorded(heart_rate=71), NOW, caused_by=3)], **who())
    assert [fact.caused_by for fact in facts] == [None, 3]


def test_fields_of_details_may_be_added_later_and_old_facts_still_read():
    lacking = {field.name for field in fields(VitalSignsRecorded)} - {"heart_rate"}
    assert lacking and from_text("VitalSignsRecorded", '{"heart_rate":71}') == VitalSignsRecorded(heart_rate=71)
