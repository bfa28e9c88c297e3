"""Reads show what the ward needs, cost the same after a year as on the first day, and the views need no JSON."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, event

from models.clinical.facts import (
    AlertAnswered,
    Arrived,
    Deferred,
    Details,
    Discharged,
    EnteredInError,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    RateChanged,
    Symptom,
    Transferred,
    VitalSignsRecorded,
)
from models.store import WardStore, create_store
from models.store.database import looking
from tests.store.wards import NOW, TODAY, a_booking, append, book, is_sqlite, line

ARRIVED = Arrived(chair="1", supervising_neurologist="Dr Roth", emergency_contact="2222")
DISCHARGED = Discharged(where_to="home")
ERROR = EnteredInError(position=3, reason="wrong patient")
STRUCK_ARRIVAL = EnteredInError(position=2, reason="wrong patient")
YESTERDAY = TODAY - timedelta(days=1)
LAST_YEAR = TODAY - timedelta(days=365)

SHOWN = [
    # date of the day | after being booked            | on today's board
    (TODAY, [], True),
    (TODAY, [ARRIVED], True),
    (TODAY, [ARRIVED, DISCHARGED], True),
    (TODAY, [Deferred(reason="infection")], True),
    (YESTERDAY, [], False),
    (YESTERDAY, [ARRIVED], True),
    (YESTERDAY, [ARRIVED, DISCHARGED], False),
    (YESTERDAY, [ARRIVED, Transferred(where_to="ward", receiver="Dr Weiß")], False),
    (YESTERDAY, [Deferred(reason="infection")], False),
    (YESTERDAY, [ARRIVED, DISCHARGED, ERROR], True),
    (YESTERDAY, [ARRIVED, DISCHARGED, ERROR, DISCHARGED], False),
    (YESTERDAY, [ARRIVED, STRUCK_ARRIVAL], False),
    (YESTERDAY, [ARRIVED, STRUCK_ARRIVAL, ARRIVED], True),
    (LAST_YEAR, [ARRIVED], True),
    (TODAY + timedelta(days=1), [], False),
    (TODAY + timedelta(days=1), [ARRIVED], True),
]


@pytest.mark.parametrize("together", [False, True], ids=["one by one", "in one act"])
@pytest.mark.parametrize(("on", "happened", "shown"), SHOWN)
def test_the_board_holds_every_open_day_and_all_of_today(
    store: WardStore, on: date, happened: list[Details], shown: bool, together: bool
):
    [day] = book(store, a_booking(on=on))
    lines = [line(details) for details in happened]
    for act in [lines] if together and lines else [[one] for one in lines]:
        append(store, day.id, *act)
    assert [found.id for found in store.open_days(TODAY)] == ([day.id] if shown else [])


def test_days_come_whole_each_with_its_own_patient_and_facts(store: WardStore):
    booked = book(store, *[a_booking(str(n), family_name=f"Name {n}", day=n) for n in range(1, 6)])
    for day in booked:
        append(store, day.id, line(VitalSignsRecorded(heart_rate=70 + day.day)))
    for day in store.open_days(TODAY):
        assert day.patient.family_name == f"Name {day.day}" and day.course == 1 and day.date == TODAY
        assert day.facts[1].details == VitalSignsRecorded(heart_rate=70 + day.day)
        assert store.infusion_day(day.id) == day and store.days_of_patient(day.patient.id) == [day]
    assert store.days_alongside("unknown") == [] == store.days_alongside("\0")
    assert store.infusion_day("unknown") is None and store.days_of_patient("unknown") == []
    assert store.positions([day.id for day in booked]) == {day.id: 2 for day in booked}
    assert store.positions([]) == {} and store.positions(["unknown"]) == {}


def test_a_day_comes_with_the_other_days_of_its_patient_and_of_nobody_else(store: WardStore):
    first, second, _ = book(store, a_booking(day=1), a_booking(course=2, day=1), a_booking("other"))
    for day in (first, second):
        assert store.days_alongside(day.id) == [first, second] == store.days_of_patient(first.patient.id)


def a_ward_of(days: int, url: str) -> WardStore:
    """Two patients each day, arrived, measured, corrected, discharged; those of the last day are still there."""
    store = create_store(url, "training")
    for past in range(days - 1, -1, -1):
        booked = [
            a_booking(f"{chair}-{past // 5}", day=past % 5 + 1, on=TODAY - timedelta(days=past)) for chair in (1, 2)
        ]
        for day in book(store, *booked):
            closing = [] if past == 0 else [line(DISCHARGED)]
            lines = [
                line(ARRIVED),
                *[line(VitalSignsRecorded(heart_rate=70 + n)) for n in range(5)],
                line(ERROR),
                *closing,
            ]
            append(store, day.id, *lines)
    return store


def rows_walked(store: WardStore) -> list[int]:
    """SQLite's own count of the steps each read takes: it grows with every row looked at."""
    [day, _] = store.open_days(TODAY)
    reads = [
        lambda: store.open_days(TODAY),
        lambda: store.infusion_day(day.id),
        lambda: store.days_alongside(day.id),
        lambda: store.positions([day.id]),
        lambda: store.facts_after(day.id, 3),
        lambda: store.find_key("unknown"),
        lambda: store.find_patient(day.patient.patient_id),
        store.newest_recorded_at,
    ]
    return [steps(store, read) for read in reads]


def steps(store: WardStore, read) -> int:
    count = 0

    def one_more() -> None:
        nonlocal count
        count += 1

    def watch(connection: Connection) -> None:
        connection.connection.dbapi_connection.set_progress_handler(one_more, 10)

    event.listen(store._database.read, "begin", watch)
    try:
        read()
    finally:
        event.remove(store._database.read, "begin", watch)
    return count


def test_a_year_makes_no_read_longer(tmp_path):
    young, old = (a_ward_of(days, f"sqlite:///{tmp_path / str(days)}.db") for days in (5, 120))
    first_day, later = rows_walked(young), rows_walked(old)
    young.close()
    old.close()
    assert all(after <= before + 10 for before, after in zip(first_day, later, strict=True)), (first_day, later)


# ---- views -----------------------------------------------------------------------------------------------------------


def view(url: str, name: str, columns: str) -> list[tuple]:
    with looking(url) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM {name} ORDER BY position")]


def test_vital_signs_are_read_as_columns_with_what_was_struck(store: WardStore, url: str):
    [day] = book(store)
    rash, ache = Symptom(symptom="rash"), Symptom(symptom="headache", change="worse")
    full = VitalSignsRecorded(
        heart_rate=0, systolic=128, diastolic=76, symptoms=(rash, ache), temperature=36.6, spo2=98, confirmed=True
    )
    partial = VitalSignsRecorded(heart_rate=71, symptoms=())
    append(store, day.id, line(full), line(partial), line(VitalSignsRecorded(systolic=90)))
    append(store, day.id, line(EnteredInError(position=3, reason="wrong value")))
    columns = "position, heart_rate, systolic, diastolic, temperature, spo2, symptoms, confirmed, struck"
    found = [
        tuple(float(v) if k == 4 and v is not None else v for k, v in enumerate(row))
        for row in view(url, "vital_signs", columns)
    ]
    assert found == [
        (2, 0, 128, 76, 36.6, 98, "rash, headache", True, False),
        (3, 71, None, None, None, None, "", False, True),
        (4, None, 90, None, None, None, None, False, False),
    ]
    assert view(url, "vital_signs", "patient_id, course, day, infusion_day_id, recorded_by")[0] == (
        "4810021", 1, 1, day.id, "okafor"
    )  # fmt: skip


def test_changes_of_the_infusion_are_read_as_columns(store: WardStore, url: str):
    [day] = book(store)
    acts = [
        InfusionStarted(rate_ml_per_hour=25.0),
        InfusionPaused(reason="symptoms", note="flushed"),
        InfusionResumed(rate_ml_per_hour=12.5),
        RateChanged(rate_ml_per_hour=25.0, reason="better"),
        InfusionStopped(reason="rash"),
        InfusionCompleted(),
    ]
    append(store, day.id, *[line(act) for act in acts], line(EnteredInError(position=7, reason="wrong value")))
    found = view(url, "infusion_changes", "change, rate_ml_per_hour, reason, note, struck")
    assert [(change, None if rate is None else float(rate), *rest) for change, rate, *rest in found] == [
        ("started", 25.0, None, None, False),
        ("paused", None, "symptoms", "flushed", False),
        ("resumed", 12.5, None, None, False),
        ("rate changed", 25.0, "better", None, False),
        ("stopped", None, "rash", None, False),
        ("completed", None, None, None, True),
    ]


def test_answers_to_alerts_are_read_as_columns_with_the_reading_that_raised_them(store: WardStore, url: str):
    [day] = book(store)
    until = NOW + timedelta(minutes=30)
    append(store, day.id, line(VitalSignsRecorded(systolic=182, diastolic=74, level_shown="red")))
    append(
        store,
        day.id,
        line(AlertAnswered(alert="systolic high/2", answer="outcome", outcome="stopped", note="pump off")),
        line(AlertAnswered(alert="review due/2026-11-20T11:30:00Z", answer="acting")),
        line(AlertAnswered(alert="symptom: rash/99", answer="known and accepted", doctor="Dr Roth", until=until)),
        line(EnteredInError(position=4, reason="other")),
    )
    columns = "position, alert, rule, answered_by, reading, level_shown, answer, doctor, outcome, note, struck"
    assert view(url, "alerts", columns) == [
        (3, "systolic high/2", "systolic high", "Okafor, Ada", 2, "red", "outcome", "", "stopped", "pump off", False),
        (4, "review due/2026-11-20T11:30:00Z", "review due", "Okafor, Ada", None, None, "acting", "", "", "", True),
        (5, "symptom: rash/99", "symptom: rash", "Okafor, Ada", 99, None, "known and accepted", "Dr Roth", "", "",
         False),
    ]  # fmt: skip
    raised, promised = (view(url, "alerts", "reading_recorded_at, until")[place] for place in (0, 2))
    assert (raised[0] is not None, raised[1]) == (True, None)
    assert promised[0] is None and str(promised[1])[:19].replace("T", " ") == str(until)[:19]


def test_how_long_an_answer_took_is_one_subtraction_for_pandas(store: WardStore, url: str):
    import pandas

    [day] = book(store)
    append(store, day.id, line(VitalSignsRecorded(systolic=182, diastolic=74, level_shown="red")))
    append(store, day.id, line(AlertAnswered(alert="systolic high/2", answer="seen"), 1))
    with looking(url) as connection:
        frame = pandas.read_sql("SELECT * FROM alerts", connection, parse_dates=["happened_at", "reading_recorded_at"])
    assert (frame["happened_at"] - frame["reading_recorded_at"]).dt.total_seconds().tolist() == [60.0]


def test_pandas_reads_a_day_from_the_view(store: WardStore, url: str):
    import pandas

    [day] = book(store)
    append(store, day.id, *[line(VitalSignsRecorded(heart_rate=70 + n, temperature=36.5), n) for n in range(3)])
    with looking(url) as connection:
        in_order = "SELECT * FROM vital_signs ORDER BY happened_at"
        frame = pandas.read_sql(in_order, connection, parse_dates=["happened_at"])
    assert frame["heart_rate"].mean() == 71 and frame["happened_at"].dt.minute.tolist() == [42, 43, 44]
    assert is_sqlite(url) or frame["happened_at"].iloc[0] == NOW
