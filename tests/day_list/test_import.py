"""The import as one act on a real store: all lines or none, repeated, interrupted, raced."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from models.charting import Act, Booking, Charting, Conflict, Imported, ListRefused
from models.clinical.clock import StoppedClock
from models.clinical.protocol import load
from models.clinical.status import Phase
from models.day_list import read, suggest
from models.store.opening import create_store
from models.store.rows import StaffMember, WardRow

LISTS = Path(__file__).parent / "lists"
TODAY = date(2026, 11, 20)
ROW = WardRow(
    name="Ward under test",
    mode="training",
    set_up=True,
    supervising_neurologist="Dr Haddad",
    emergency_contact="ICU 5555",
)


class ListWard:
    """Twelve chairs at seven in the morning of the day the example lists are for."""

    def __init__(self, url: str) -> None:
        self.store = create_store(url, "training")
        self.store.set_up(ROW, [str(n) for n in range(1, 13)], [StaffMember(id="okafor", name="Okafor", role="nurse")])
        self.clock = StoppedClock(datetime(2026, 11, 20, 7, tzinfo=UTC))
        self.announced: list[str] = []
        self.charting = Charting(self.store, load(), self.clock, self.announced.extend)
        self._keys = iter(range(1000))

    def act(self, **told: Any) -> Act:
        return Act(key=told.pop("key", f"form-{next(self._keys)}"), staff="okafor", **told)

    def imports(self, name: str, **told: Any) -> Imported:
        sheet = read((LISTS / name).read_bytes())
        return self.charting.import_day_list(self.act(**told), sheet, suggest(sheet.headings))

    def problems(self, name: str) -> dict[int, set[str]]:
        sheet = read((LISTS / name).read_bytes())
        found: dict[int, set[str]] = {}
        for problem in self.charting.preview_day_list(sheet, suggest(sheet.headings)).problems:
            found.setdefault(problem.line, set()).add(problem.field)
        return found

    def book(self, **changes: Any) -> str:
        told = {
            "chair": "1", "course": 1, "day": 1, "born": date(1988, 4, 5), "start": time(8), "patient_id": "9990000018",
            "family_name": "Ashdown", "given_name": "Miriam", "date": TODAY,
        } | changes  # fmt: skip
        return self.charting.book(self.act(), Booking(**told)).status.infusion_day_id

    def booked(self) -> list[tuple[str, str]]:
        return [(one.chair, one.patient.family_name) for one in self.charting.statuses_on(TODAY)]


@pytest.fixture
def ward(sqlite_url: str) -> Iterator[ListWard]:
    made = ListWard(sqlite_url)
    yield made
    made.store.close()


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def either_ward(request: pytest.FixtureRequest) -> Iterator[ListWard]:
    made = ListWard(request.getfixturevalue(request.param))
    yield made
    made.store.close()


@pytest.mark.parametrize(("name", "patients"), [("day-list-comma.csv", 7), ("day-list-semicolon.csv", 4)])
def test_a_list_is_booked_whole_and_again_changes_nothing(ward: ListWard, name: str, patients: int):
    first = ward.imports(name)
    assert (len(first.booked), first.already, first.again) == (patients, 0, False)
    assert all(one.status.phase is Phase.EXPECTED for one in first.booked)
    assert sorted(ward.announced) == sorted(one.status.infusion_day_id for one in first.booked)
    second = ward.imports(name)
    assert (len(second.booked), second.already) == (0, patients)
    assert len(ward.booked()) == patients


def test_starts_are_the_wards_own_time(ward: ListWard):
    starts = [one.status.planned_start for one in ward.imports("day-list-comma.csv").booked]
    assert starts[0] == datetime(2026, 11, 20, 8, tzinfo=UTC) and starts[-1] == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_the_same_form_sent_again_is_answered_the_same(ward: ListWard):
    first = ward.imports("day-list-comma.csv", key="form", request_digest="a")
    again = ward.imports("day-list-comma.csv", key="form", request_digest="a")
    assert [one.facts for one in again.booked] == [one.facts for one in first.booked]
    assert (again.already, again.again) == (0, True)
    with pytest.raises(Conflict):
        ward.imports("day-list-comma.csv", key="form", request_digest="b")


def test_every_line_of_the_faulty_list_is_named(ward: ListWard):
    assert ward.problems("day-list-faulty.csv") == {
        2: {"born"}, 3: {"chair"}, 4: {"chair"}, 5: {"day"}, 6: {"born"}, 7: {"family_name"}, 8: {"day"}, 10: {"date"},
        11: {"start"},
    }  # fmt: skip


def test_one_line_is_wrong_only_once_the_other_list_is_in(ward: ListWard):
    ward.imports("day-list-comma.csv")
    assert ward.problems("day-list-faulty.csv")[9] == {"patient_id"}


def test_nothing_of_a_faulty_list_is_booked(ward: ListWard):
    with pytest.raises(ListRefused) as refused:
        ward.imports("day-list-faulty.csv")
    assert "9 problems" in refused.value.sentence and len(refused.value.problems) == 9
    assert ward.booked() == [] and ward.announced == []


def test_a_line_booked_by_hand_is_left_out(ward: ListWard):
    ward.book()
    imported = ward.imports("day-list-comma.csv")
    assert (len(imported.booked), imported.already) == (6, 1)


@pytest.mark.parametrize(
    ("changes", "line", "field"),
    [
        ({"day": 2}, 2, "date"),  # another infusion that date
        ({"date": date(2026, 11, 21)}, 2, "day"),  # that day of the course on another date
        ({"born": date(1988, 5, 4), "course": 3}, 2, "born"),
        ({"patient_id": "77", "family_name": "Roth", "chair": "2"}, 3, "chair"),
    ],
)
def test_what_is_booked_otherwise_stands_in_the_way(ward: ListWard, changes: dict[str, Any], line: int, field: str):
    ward.book(**changes)
    assert field in ward.problems("day-list-comma.csv")[line]
    with pytest.raises(ListRefused):
        ward.imports("day-list-comma.csv")


def test_a_deferred_day_makes_room_again(ward: ListWard):
    ward.charting.defer(ward.act(), ward.book(), "infection")
    assert len(ward.imports("day-list-comma.csv").booked) == 7


def test_two_nurses_importing_the_same_list_book_it_once(either_ward: ListWard):
    with ThreadPoolExecutor(2) as nurses:
        done = list(nurses.map(lambda _: either_ward.imports("day-list-comma.csv"), range(2)))
    assert sorted(len(one.booked) for one in done) == [0, 7]
    assert len(either_ward.booked()) == 7


def test_a_booking_between_preview_and_import_is_seen_under_the_lock(ward: ListWard):
    """Somebody takes chair 1 at 08:00 while the list is being booked: nothing of the list is."""
    book = ward.store.book

    def somebody_first(*told: Any, **named: Any) -> Any:
        ward.store.book = book  # type: ignore[method-assign]
        ward.book(patient_id="77", family_name="Roth", born=date(1970, 1, 1))
        return book(*told, **named)

    ward.store.book = somebody_first  # type: ignore[method-assign]
    with pytest.raises(ListRefused, match="chair 1 at 08:00 is booked already"):
        ward.imports("day-list-comma.csv")
    assert ward.booked() == [("1", "Roth")]


def test_a_course_too_soon_or_too_high_is_told(ward: ListWard):
    assert ward.charting.course_warnings_of("nobody", 5, 1, TODAY)[0].startswith("Course 5: 4 courses")
    assert ward.charting.course_warnings_of("nobody", 1, 1, TODAY) == ()
