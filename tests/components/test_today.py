"""The Today screen as components: rows in order, what each tells and allows, and the shell that is never replaced."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from components.plain_html import plain_html
from components.today_list import Row, counts, day_row, nobody, other_date, rows
from components.today_page import fragments, layout
from models.clinical.facts import Booked, Fact, NoteAdded
from models.clinical.protocol import load
from models.clinical.status import ChairStatus
from models.ward_status import WardStatus, chair_views
from tests.components.statuses import NOW, ZONE, at, calm, discharged, expected

TODAY = NOW.date()
MOVES = {"allowed": ("move", "swap", "assign")}


def a_ward(*days: ChairStatus, **changes: Any) -> WardStatus:
    told: dict[str, Any] = {
        "name": "Day ward 3", "mode": "training", "zone": ZONE, "now": NOW, "today": TODAY, "clock_rate": 1.0,
        "revision": 1, "protocol": load(), "protocol_line": "alemtuzumab 1.0", "is_approved": False, "staff": {},
        "doctors": ("Dr Okonkwo",), "call_numbers": {}, "supervising_neurologist": "Dr Lind",
        "emergency_contact": "2222", "chairs": chair_views([str(n) for n in range(1, 13)], days), "days": days,
    } | changes  # fmt: skip
    return WardStatus(**told)


def shown(*days: ChairStatus) -> tuple[Row, ...]:
    return rows(days, TODAY, ZONE, TODAY)


def words(component: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", plain_html(component)).split())


def test_rows_stand_in_order_of_planned_start_then_chair():
    days = [
        calm("10", "Ionescu", planned_start=at("09:00")),
        calm("9", "Haviland", planned_start=at("09:00")),
        expected("3", planned_start=at("08:15")),
    ]
    assert [(row.start, row.chair) for row in shown(*days)] == [("08:15", "3"), ("09:00", "9"), ("09:00", "10")]


def test_a_row_tells_when_where_who_and_how_far():
    row = words(day_row(shown(calm("4", "Dunne", "Aoife", day=3))[0]))
    assert row.startswith("08:30 Infusion 4 DUNNE, Aoife born 19-Jul-1985 (41) ID 999 000 0042 course 1, day 3 of 5")


@pytest.mark.parametrize(
    ("allowed", "buttons"),
    [
        (("arrive", "defer", "move", "swap"), ("arrive", "defer", "move", "swap")),
        (("stop", "move", "swap"), ("move", "swap")),
        (("notes",), ()),
    ],
)
def test_only_acts_that_are_possible_have_a_button(allowed: tuple[str, ...], buttons: tuple[str, ...]):
    row = shown(expected(allowed=allowed))[0]
    html = plain_html(day_row(row))
    assert tuple(re.findall(r'data-open-act="(\w+)"', html)) == buttons == row.acts


def test_nobody_arrives_before_the_day():
    tomorrow = expected(date=TODAY + timedelta(days=1), allowed=("arrive", "defer"))
    assert rows([tomorrow], tomorrow.date, ZONE, TODAY)[0].acts == ("defer",)


def test_a_button_says_for_whom():
    html = plain_html(day_row(shown(calm("4", "Dunne", "Aoife", **MOVES))[0]))
    assert 'aria-label="Move: DUNNE, Aoife, chair 4"' in html


def test_the_same_family_name_is_told_on_both_rows():
    first, second = shown(calm("4", "Dunne", "Aoife"), calm("5", "Dunne", "Aoibhe"))
    assert (first.namesakes, second.namesakes) == (("5",), ("4",))
    assert "same family name: chair 5" in words(day_row(first))
    assert shown(calm("6", "El-Sayed"))[0].namesakes == ()


def test_a_day_still_open_from_before_says_since_when():
    before = calm("4", "Dunne", date=TODAY - timedelta(days=1))
    assert "open since Thu 19-Nov-2026" in words(day_row(shown(before)[0]))


def test_a_closed_day_is_told_apart_by_more_than_colour():
    row = shown(discharged("6", allowed=("notes",)))[0]
    assert row.is_gone and "Discharged" in words(day_row(row)) and 'class="day-row gone"' in plain_html(day_row(row))


def fact(position: int, details: Any) -> Fact:
    return Fact(
        infusion_day_id="day-4",
        position=position,
        happened_at=NOW,
        recorded_at=NOW,
        recorded_by="okafor",
        details=details,
    )


def test_a_note_of_the_booking_is_shown():
    booked = fact(1, Booked(chair="4", planned_start=NOW, note="platelets after infusion"))
    assert "platelets after infusion" in words(day_row(shown(calm("4", facts=(booked,)))[0]))


def test_what_the_list_does_not_show_redraws_nothing():
    """A round of vital signs or a note makes another status, but the same row."""
    booked = fact(1, Booked(chair="4", planned_start=NOW))
    before = calm("4", "Dunne", facts=(booked,))
    after = replace(before, facts=(booked, fact(2, NoteAdded(text="tea"))), position=2, run_time_s=9000)
    assert shown(before) == shown(after)
    old, new = fragments(a_ward(before))["today-days"], fragments(a_ward(after))["today-days"]
    assert new.same_as(old)
    assert not fragments(a_ward(replace(before, chair="5")))["today-days"].same_as(old)


def test_counts_add_up():
    days = [expected("1"), calm("4"), calm("5"), discharged("6")]
    assert counts(shown(*days)) == "4 booked: 1 expected, 2 here, 1 gone"


def test_a_day_without_patients_says_what_to_do():
    empty = fragments(a_ward())
    assert empty["today-counts"] == {"children": ""}
    said = words(empty["today-days"].props()["children"])
    assert said == (
        "No patients today. Book a patient, or import the list your hospital&#x27;s booking system exports. "
        "Book a patient Import a list"
    )
    assert "Nobody is booked for this date." in words(nobody(today=False))


def test_another_dates_list_says_when_it_was_read():
    tomorrow = TODAY + timedelta(days=1)
    drawn = words(other_date([expected(date=tomorrow)], tomorrow, NOW, ZONE, TODAY))
    assert drawn.startswith("1 booked: 1 expected, 0 here, 0 gone · as of 14:23")
    assert "open since" not in drawn


# ---- the shell -------------------------------------------------------------------------------------------------------


def test_live_places_are_empty_and_hold_no_form():
    html = plain_html(layout(a_ward(calm("4", "Dunne"))))
    assert "DUNNE" not in html
    assert set(fragments(a_ward(calm("4", "Dunne")))) <= set(re.findall(r'id="([^"]+)"', html))
    assert all(re.search(rf'id="{name}"[^>]*class="[^"]*\blive\b', html) for name in fragments(a_ward()))


def test_ids_are_used_once_and_every_label_names_a_field():
    html = plain_html(layout(a_ward()))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', html)) <= set(ids)


def test_the_page_says_that_it_is_training_and_a_real_ward_does_not():
    assert "TRAINING" in words(layout(a_ward()))
    assert "TRAINING" not in words(layout(a_ward(mode="ward")))


def test_deferring_offers_the_protocols_reasons_and_booking_its_days():
    html = plain_html(layout(a_ward()))
    protocol = load()
    defer = html[html.index('id="form-defer"') : html.index("</form>", html.index('id="form-defer"'))]
    assert all(f'data-value="{reason}"'.replace("'", "&#x27;") in defer for reason in protocol.defer_reasons)
    days = html[html.index('id="book-day"') : html.index('id="book-note"')]
    assert re.findall(r'data-value="(\d)"', days) == ["1", "2", "3", "4", "5"]


def test_the_forms_name_who_supervises_unless_nobody_does():
    assert "Neurologist Dr Lind" in words(layout(a_ward()))
    missing = plain_html(layout(a_ward(supervising_neurologist="")))
    assert re.search(r"<details[^>]* open", missing) and "nobody is named" in missing
