"""Ward stories of the Today screen: booking, arriving, moving, deferring, and importing the hospital's list."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.proxy import FaultProxy, Mode
from tests.browser.tablet import PHONE, TABLET, UPRIGHT, WALL, Tablet
from tests.browser.ward_server import WardServer

LISTS = Path(__file__).parents[1] / "day_list" / "lists"
MORNING = "2026-11-20T07:00:00+00:00"


@pytest.fixture
def ward(start_ward: Callable[..., WardServer]) -> WardServer:
    """The training ward at seven in the morning; its clock stands still."""
    return start_ward(clock_start=MORNING, clock_rate=0)


@pytest.fixture
def open_today(open_as: Callable[..., Tablet]) -> Callable[..., Tablet]:
    """The Today screen, its list and its forms drawn."""

    def opened(**kind: Any) -> Tablet:
        tablet = open_as("okafor", "/today", **kind)
        tablet.wait_for_element(".today-page[data-begun]")
        tablet.wait_for_element(row("ASHDOWN"))
        return tablet

    return opened


def click(tablet: Tablet, selector: str) -> None:
    tablet.wait_for_element_by_css_selector(selector)
    tablet.run("document.querySelector(arguments[0]).click()", selector)


def write(tablet: Tablet, ident: str, words: str) -> None:
    tablet.find_element(f"#{ident}").send_keys(words)


def row(family: str) -> str:
    return f"#today-days .day-row[data-name^='{family}']"


def choose(tablet: Tablet, field: str, value: str) -> None:
    click(tablet, f"{field} [data-value='{value}']")


def fill_booking(tablet: Tablet, born: str = "5/4/1988") -> None:
    words = {"patient-id": "999 765 4321", "family-name": "Roth", "given-name": "Eli", "born": born, "start": "930"}
    for ident, text in words.items():
        write(tablet, f"book-{ident}", text)
    for field, value in {"course": "1", "day": "1", "chair": "6"}.items():
        choose(tablet, f"#book-{field}", value)


def test_a_patient_is_booked_arrives_moves_and_changes_chairs(open_today: Callable[..., Tablet]):
    tablet = open_today()
    fill_booking(tablet)
    assert tablet.text("#book-notes") == ""
    choose(tablet, "#book-chair", "1")
    tablet.find_element("#book-start").clear()
    write(tablet, "book-start", "7:05")
    assert tablet.text("#book-notes") == "ASHDOWN, Miriam is booked in chair 1 at 07:05 too."
    tablet.find_element("#book-start").clear()
    write(tablet, "book-start", "930")
    choose(tablet, "#book-chair", "6")
    assert tablet.text("#form-book .save") == "Book ROTH, Eli · born 05-Apr-1988 · chair 6"
    click(tablet, "#form-book .save")
    tablet.wait_until(lambda: "ROTH, Eli is booked, chair 6" in tablet.text("#today-said"))
    tablet.wait_for_text_to_equal(f"{row('ROTH')} .row-when b", "09:30")
    assert "999 765 4321" in tablet.text(row("ROTH"))

    click(tablet, f"{row('ROTH')} .act-arrive")
    assert tablet.text("#form-arrive .save") == "Record the arrival for ROTH, Eli · born 05-Apr-1988"
    click(tablet, "#form-arrive .save")
    tablet.wait_for_text_to_equal(f"{row('ROTH')} .row-phase", "Pre-medication")

    click(tablet, f"{row('ROTH')} .act-swap")
    click(tablet, "#form-swap [data-field=with] .chip")
    other = tablet.text("#form-swap [data-field=with] .chip").split(" · ")[0]
    click(tablet, "#form-swap .save")
    tablet.wait_for_text_to_equal(f"{row('ROTH')} .row-chair", other)

    click(tablet, f"{row('ROTH')} .act-defer")
    choose(tablet, "#form-defer [data-field=reason]", "infection")
    click(tablet, "#form-defer .save")
    tablet.wait_for_text_to_equal(f"{row('ROTH')} .row-phase", "Deferred")
    assert tablet.text(f"{row('ROTH')} .row-acts") == ""


def test_a_booking_needs_nothing_but_the_keyboard(open_today: Callable[..., Tablet]):
    tablet = open_today()
    keys = tablet.driver.switch_to.active_element
    tablet.run("document.getElementById('book-patient-id').focus()")
    for words in ("P-77", "Roth", "Eli", "05-Apr-1988", "none"):
        keys = tablet.driver.switch_to.active_element
        keys.send_keys(words + Keys.TAB)
    for presses in (0, 4):
        for _ in range(presses):
            tablet.driver.switch_to.active_element.send_keys(Keys.TAB)
        tablet.driver.switch_to.active_element.send_keys(Keys.SPACE)
        tablet.driver.switch_to.active_element.send_keys(Keys.TAB)
    reached = tablet.run("return document.activeElement.closest('form').id")
    assert reached == "form-book"
    assert tablet.run("return document.querySelector('#book-course [aria-pressed=true]').dataset.value") == "1"
    chips = "#book-chair [data-value='6']"
    tablet.run("document.querySelector(arguments[0]).focus()", chips)
    tablet.driver.switch_to.active_element.send_keys(Keys.SPACE)
    tablet.run("document.querySelector(\"#book-day [data-value='1']\").focus()")
    tablet.driver.switch_to.active_element.send_keys(Keys.ENTER)
    tablet.run("document.getElementById('book-note').focus()")
    tablet.driver.switch_to.active_element.send_keys(Keys.ENTER)
    tablet.wait_until(lambda: "ROTH, Eli is booked" in tablet.text("#today-said"))


def test_every_gap_of_a_booking_is_named_at_once(open_today: Callable[..., Tablet]):
    tablet = open_today()
    write(tablet, "book-family-name", "Roth")
    write(tablet, "book-born", "31/2/1988")
    click(tablet, "#form-book .save")
    said = tablet.text("#form-book .ask")
    assert said.startswith("Still missing: hospital number, given name, course, day, chair.")
    assert "Born is written as 05-Apr-1988" in said
    assert tablet.run("return document.activeElement.id") == "book-patient-id"


def test_a_known_number_fills_in_who_it_is_and_which_day_comes_next(
    open_today: Callable[..., Tablet], ward: WardServer
):
    with ward.client("okafor") as client:
        patient = client.chair("2")["patient"]
    tablet = open_today()
    write(tablet, "book-patient-id", patient["patient_id"])
    tablet.wait_until(lambda: "Known: BEKELE, Tomas" in tablet.text("#book-found"))
    assert tablet.run("return document.getElementById('book-born').value") == "30-Dec-1979"
    assert tablet.run("return document.getElementById('book-born').readOnly")
    assert tablet.run("return document.querySelector('#book-day [aria-pressed=true]').dataset.value") == "4"
    choose(tablet, "#book-chair", "6")
    click(tablet, "#form-book .save")
    tablet.wait_until(lambda: "One infusion a date" in tablet.text("#form-book .ask"))
    tablet.console()  # Chromium's own line about the refusal

    choose(tablet, "#book-date", "2026-11-21")
    click(tablet, "#form-book .save")
    tablet.wait_until(lambda: "BEKELE, Tomas is booked" in tablet.text("#today-said"))
    click(tablet, "[data-list-date=tomorrow]")
    tablet.wait_until(lambda: "BEKELE" in tablet.text("#other-days"))
    assert "Sat 21-Nov-2026" in tablet.text("#today-title")
    assert "Arrive" not in tablet.text("#other-days")


def test_under_age_is_booked_with_a_doctors_name(open_today: Callable[..., Tablet]):
    tablet = open_today()
    fill_booking(tablet, born="5/4/2010")
    click(tablet, "#form-book .save")
    tablet.wait_until(lambda: "16 years old" in tablet.text("#override"))
    tablet.console()  # Chromium's own line about the refusal
    choose(tablet, "#form-book [data-field='override.doctor']", "Dr Lind")
    click(tablet, "#form-book [data-field='override.reason'] .chip")
    click(tablet, "#form-book .save")
    tablet.wait_until(lambda: "ROTH, Eli is booked" in tablet.text("#today-said"))


def test_a_lost_reply_books_once(open_today: Callable[..., Tablet], proxy: FaultProxy, ward: WardServer):
    tablet = open_today(via=proxy)
    tablet.outage_expected = True
    fill_booking(tablet)
    tablet.wait_until(lambda: "new patient" in tablet.text("#book-found"))
    proxy.dropped = re.compile(rb"POST /api/infusion-days ")
    proxy.mode = Mode.DROP_REPLIES
    click(tablet, "#form-book .save")
    tablet.wait_until(lambda: tablet.text("#form-book .save-state") == "NOT SAVED")
    proxy.mode = Mode.PASS
    tablet.wait_until(lambda: "ROTH, Eli is booked" in tablet.text("#today-said"), within=20)
    with ward.client("okafor") as client:
        found = client.post("/api/patients/find", {"patient_id": "9997654321"}).json()
    assert found["days"] == [{"course": 1, "day": 1, "date": "2026-11-20"}]


# ---- the hospital's list ---------------------------------------------------------------------------------------------


def show_list(tablet: Tablet, name: str) -> None:
    click(tablet, "[data-show=import]")
    tablet.find_element("#import-file").send_keys(str(LISTS / name))


@pytest.mark.parametrize(("name", "patients"), [("day-list-comma.csv", 7), ("day-list-semicolon.csv", 4)])
def test_a_list_is_booked_whole_and_again_changes_nothing(open_today: Callable[..., Tablet], name: str, patients: int):
    tablet = open_today()
    show_list(tablet, name)
    tablet.wait_for_text_to_equal("#import-book", f"Book {patients} patients")
    click(tablet, "#import-book")
    tablet.wait_until(lambda: f"{patients} patients booked." in tablet.text("#today-said"))
    rows = "return document.querySelectorAll('#today-days .day-row').length"
    tablet.wait_until(lambda: tablet.run(rows) == 12 + patients)
    show_list(tablet, name)
    tablet.wait_until(lambda: "All of this list is booked already" in tablet.text("#import-lines"))
    assert not tablet.run("return document.getElementById('import-book').checkVisibility()")
    assert tablet.run(rows) == 12 + patients


def test_every_problem_of_a_list_is_named_and_nothing_is_booked(open_today: Callable[..., Tablet]):
    tablet = open_today()
    show_list(tablet, "day-list-comma.csv")
    tablet.wait_for_text_to_equal("#import-book", "Book 7 patients")
    click(tablet, "#import-book")
    tablet.wait_until(lambda: "7 patients booked." in tablet.text("#today-said"))
    show_list(tablet, "day-list-faulty.csv")
    tablet.wait_until(lambda: "problems: nothing can be booked" in tablet.text("#import-problems"))
    problems = tablet.text("#import-problems")
    assert all(f"Line {line}, " in problems for line in range(2, 12))
    assert "belongs to ASHDOWN, Miriam" in problems
    assert not tablet.run("return document.getElementById('import-book').checkVisibility()")


def test_a_pasted_list_with_odd_headings_is_mapped_by_hand(open_today: Callable[..., Tablet]):
    tablet = open_today()
    click(tablet, "[data-show=import]")
    click(tablet, ".paste summary")
    write(tablet, "import-pasted", "A;B;C;D;E;F;G\n1;Roth, Eli;05/04/1988;P-77;1;1;8:00")
    click(tablet, "#import-paste")
    tablet.wait_until(lambda: "no column is chosen" in tablet.text("#import-problems"))
    for field, heading in zip(
        ("chair", "name", "born", "patient_id", "course", "day", "start"), "ABCDEFG", strict=True
    ):
        script = "const s = document.getElementById(arguments[0]); s.value = arguments[1];"
        script += "s.dispatchEvent(new Event('change', {bubbles: true}))"
        tablet.run(script, f"import-column-{field}", heading)
        chosen = f"return document.getElementById('import-column-{field}').value"
        tablet.wait_until(lambda chosen=chosen, heading=heading: tablet.run(chosen) == heading)
    tablet.wait_for_text_to_equal("#import-book", "Book 1 patient")
    assert "ROTH, Eli" in tablet.text("#import-lines")


def test_what_is_no_list_is_refused_with_a_sentence(open_today: Callable[..., Tablet], tmp_path: Path):
    tablet = open_today()
    picture = tmp_path / "list.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    click(tablet, "[data-show=import]")
    tablet.find_element("#import-file").send_keys(str(picture))
    tablet.wait_until(lambda: "The file is not a list" in tablet.text("#import-said"))
    tablet.console()  # Chromium's own line about the refusal
    picture.write_bytes(b"chair,name\n" + b"x" * (1 << 20))
    tablet.find_element("#import-file").send_keys(str(picture))
    tablet.wait_until(lambda: "larger than 1 MB" in tablet.text("#import-said"))


# ---- every size ------------------------------------------------------------------------------------------------------

TOO_SMALL = """
return [...document.querySelectorAll("#page :is(button, a, input, select, summary, textarea)")]
    .filter(e => e.checkVisibility() && !e.classList.contains("visually-hidden"))
    .filter(e => { const r = e.getBoundingClientRect(); return r.width < 47.5 || r.height < 47.5; })
    .map(e => e.outerHTML.slice(0, 120));
"""
SIDEWAYS = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


SCREENS = {
    "tablet": (TABLET, False), "tablet, dark": (TABLET, True), "upright, dark": (UPRIGHT, True), "wall": (WALL, False),
    "phone": (PHONE, False),
}  # fmt: skip


@pytest.mark.parametrize(("size", "dark"), SCREENS.values(), ids=SCREENS)
def test_every_form_fits_every_screen(open_today: Callable[..., Tablet], size: tuple[int, int], dark: bool):
    tablet = open_today(size=size, dark=dark)
    side_by_side = size in (TABLET, WALL)
    assert tablet.run("return document.querySelector('.today-panel').checkVisibility()") == side_by_side
    shown = ("[data-show=book]", "[data-show=import]", "[data-show=close-ward]", "[data-show=staff]")
    for opened in ("", *shown, ".act-arrive", ".act-move", ".act-swap", ".act-defer"):
        if opened:
            click(tablet, opened)
        assert tablet.run(SIDEWAYS) == 0, opened
        assert tablet.run(TOO_SMALL) == [], opened
        if size != WALL and (dark or size == PHONE):  # every width once, and the dark colours twice
            assert tablet.axe() == [], opened
        if opened:
            click(tablet, "#today-forms > form:not([hidden]) [data-back]")
