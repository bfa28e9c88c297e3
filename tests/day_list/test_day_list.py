"""The day's list: what hospitals export, what stands in its way, line and field."""

from datetime import date, time
from pathlib import Path

import pytest

from models.day_list import Known, Unreadable, check, read, suggest
from models.day_list.cells import read_date, read_time

LISTS = Path(__file__).parent / "lists"
TODAY = date(2026, 11, 20)
PATIENTS = {"9990000018": ("Ashdown", "Miriam", date(1988, 4, 5))}


def known(**changes):
    facts = {
        "today": TODAY,
        "chairs": frozenset(str(label) for label in range(1, 13)),
        "days_in_course": lambda course: 5 if course == 1 else 3,
        "patient": lambda patient_id: None,
        "booked": lambda patient_id, day: None,
        "booked_on": lambda patient_id, course, day: None,
        "occupant": lambda chair, day, start: None,
        "adult_years": 18,
    }
    return Known(**(facts | changes))


def preview(name, **changes):
    sheet = read((LISTS / name).read_bytes())
    return check(sheet, suggest(sheet.headings), known(**changes))


def test_a_comma_list_is_read_whole():
    listed = preview("day-list-comma.csv").listed
    assert [(one.chair, one.family_name, one.course, one.day, one.start) for one in listed[:3]] == [
        ("1", "ASHDOWN", 1, 1, time(8)),
        ("2", "BEKELE", 1, 3, time(8)),
        ("3", "CASTELLANOS-IBARRA", 2, 1, time(8, 15)),
    ]
    assert len(listed) == 7 and not preview("day-list-comma.csv").problems


def test_a_semicolon_list_with_other_headings_a_mark_blank_lines_and_trailing_separators_is_read_whole():
    shown = preview("day-list-semicolon.csv")
    assert not shown.problems
    assert [(one.line, one.patient_id, one.family_name, one.born, one.course, one.day) for one in shown.listed] == [
        (2, "9990000085", "O'Grady", date(1988, 4, 5), 1, 1),
        (3, "9990000093", "Vashchenko", date(1979, 12, 30), 1, 3),
        (5, "9990000107", "Nguyễn", date(1991, 2, 28), 2, 1),
        (6, "9990000115", "van der Meer", date(1985, 7, 19), 1, 5),
    ]
    assert shown.listed[3].start == time(8, 15)


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        (2, "born", "there is no month 13"),
        (3, "chair", "chair 1 at 08:00 is taken by line 2"),
        (4, "chair", "no chair 99"),
        (5, "day", "course 1 has days 1 to 5"),
        (6, "born", "in the future"),
        (7, "family_name", "nothing is written"),
        (8, "day", "course 2 has days 1 to 3"),
        (9, "patient_id", "belongs to ASHDOWN, Miriam"),
        (10, "date", "in the past"),
        (11, "start", "no such time"),
    ],
)
def test_every_faulty_line_is_named_with_its_field(line, field, words):
    problems = [p for p in preview("day-list-faulty.csv", patient=PATIENTS.get).problems if p.line == line]
    assert [problem.field for problem in problems] == [field]
    assert words in problems[0].sentence and f"Line {line}" in problems[0].sentence


def test_the_same_list_again_books_nothing_and_has_no_problems():
    booked = {"9990000018": (1, 1)}
    shown = preview("day-list-comma.csv", patient=PATIENTS.get, booked=lambda who, day: booked.get(who))
    assert not shown.problems
    assert [one.already for one in shown.listed] == [True] + [False] * 6


def test_another_infusion_on_the_same_date_stands_in_the_way():
    shown = preview("day-list-comma.csv", booked=lambda who, day: (1, 2) if who == "9990000018" else None)
    assert [(problem.line, problem.field) for problem in shown.problems] == [(2, "date")]


def test_a_chair_booked_at_that_time_for_somebody_else_stands_in_the_way():
    shown = preview("day-list-comma.csv", occupant=lambda chair, day, start: "999" if chair == "4" else None)
    assert [(problem.line, problem.field) for problem in shown.problems] == [(5, "chair")]


def test_a_needed_column_that_nobody_chose_is_named():
    sheet = read((LISTS / "day-list-comma.csv").read_bytes())
    mapping = {field: heading for field, heading in suggest(sheet.headings).items() if field != "born"}
    shown = check(sheet, mapping, known())
    assert [(problem.line, problem.field) for problem in shown.problems] == [(1, "born")] and not shown.listed


HEADINGS = b"chair,family_name,given_name,born,patient_id,course,day,start\n"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b"1,ROTH,Eli,1990-06-15,999,0,1,08:00", "course"),
        (b"1,ROTH,Eli,1990-06-15,999,1,\xd9\xa3,08:00", "day"),
        (b"1,ROTH,Eli,90-06-15,999,1,1,08:00", "born"),
        (b"1,ROTH,Eli,2009-06-15,999,1,1,08:00", "born"),
        (b"1,ROTH,Eli,1990-06-15,999,1,1,8", "start"),
        (b"1,ROTH,Eli,1990-06-15,999,1,1", "start"),
        (b"1,ROTH,Eli,1990-02-30,999,1,1,08:00", "born"),
    ],
)
def test_an_unreadable_cell_is_named(line, field):
    sheet = read(HEADINGS + line)
    assert [problem.field for problem in check(sheet, suggest(sheet.headings), known()).problems] == [field]


def test_one_patient_twice_on_a_date_or_under_two_names_is_named():
    twice = b"1,ROTH,Eli,1990-06-15,999,1,1,08:00\n2,ROTH,Eli,1990-06-15,999,1,1,09:00"
    sheet = read(HEADINGS + twice)
    assert [problem.line for problem in check(sheet, suggest(sheet.headings), known()).problems] == [3]


def test_a_name_column_and_a_windows_file_are_read():
    sheet = read("Chair;Name;DOB;MRN;Course;Day;Time\n1;Müller, Jörg;05.04.1988;77;1;1;08:00".encode("cp1252"))
    listed = check(sheet, suggest(sheet.headings), known()).listed
    assert (listed[0].family_name, listed[0].given_name, listed[0].date) == ("Müller", "Jörg", TODAY)


@pytest.mark.parametrize("raw", [b"", b"\n \n", b"just one word", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_list_is_refused_with_a_sentence(raw):
    with pytest.raises(Unreadable):
        read(raw)


def test_dates_and_times_of_other_habits():
    assert read_date("20-Nov-2026") == read_date("20.11.2026") == read_date("20/11/2026") == TODAY
    assert read_time("8.15") == read_time("08:15:00") == time(8, 15)
    with pytest.raises(ValueError, match="month Foo"):
        read_date("20-Foo-2026")


# ---- the habits of other exports -------------------------------------------------------------------------------------

LINES = "chair,family_name,given_name,born,patient_id,course,day,start\n1,ROTH,Eli,1990-06-15,999,1,1,08:00\n"


@pytest.mark.parametrize(
    "raw",
    [
        LINES.replace(",", "\t").encode(),
        LINES.replace(",", "|").encode(),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace("\n", "\r").encode(),
        LINES.encode("utf-16"),
        b"sep=;\r\n" + LINES.replace(",", ";").encode(),
        LINES.replace("ROTH", '"ROTH"').replace("\n", ",,\n").encode(),
        b"\n\n" + LINES.encode() + b"\n \n,,,\n",
        b"Day list, printed 19/11/2026 16:40\n" + LINES.encode(),
        LINES.replace("1990-06-15", "1990-06-15 00:00:00").replace(",1,1,", ",Course 1,Day 1,").encode(),
    ],
    ids=["tabs", "bars", "dos", "mac", "utf-16", "sep", "trailing", "blank", "title", "spreadsheet"],
)
def test_a_list_is_read_whatever_wrote_it(raw):
    sheet = read(raw)
    shown = check(sheet, suggest(sheet.headings), known())
    assert not shown.problems
    assert [(one.family_name, one.patient_id, one.day) for one in shown.listed] == [("ROTH", "999", 1)]


def test_a_line_is_named_as_the_file_counts_it():
    """Blank lines, a title and a note of two lines come before; line 6 is line 6."""
    text = "Day list,20/11/2026\n\n" + LINES.replace("start\n", "start,note\n").replace(
        "08:00\n", '08:00,"two\nlines"\n'
    )
    sheet = read((text + "99,LEE,Ann,1980-01-01,77,1,1,09:00,\n").encode())
    shown = check(sheet, suggest(sheet.headings), known())
    assert [(problem.line, problem.field) for problem in shown.problems] == [(6, "chair")]
    assert shown.listed[0].note == "two lines"


def test_commas_inside_quotes_are_no_separators():
    sheet = read(b'"Chair, number";Name\n1;"ROTH, Eli"')
    assert sheet.headings == ("Chair, number", "Name") and sheet.lines == ((2, ("1", "ROTH, Eli")),)


def test_headings_of_the_same_name_are_told_apart():
    assert read(b"Date,Name,Date,Name\n1,2,3,4").headings == ("Date", "Name", "Date (2)", "Name (2)")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (LINES.encode() + b'2,"LEE,Ann,1980-01-01,77,1,1,09:00', "Line 3 of the file"),
        (LINES.encode() + b'2,"LE"E,Ann,1980-01-01,77,1,1,09:00', "Line 3 of the file"),
        (LINES.encode() * 300, "599 lines; 500 are the most"),
        (b"a,b\n" + b"x" * (1 << 20), "larger than 1 MB"),
        (b"%PDF-1.7,\x00\x01", "signs that are no text"),
    ],
)
def test_what_cannot_be_read_says_where(raw, words):
    with pytest.raises(Unreadable, match=words):
        read(raw)


def test_one_day_of_a_course_stands_on_the_list_once():
    twice = LINES.replace("start\n", "start,date\n").replace("08:00\n", "08:00,2026-11-20\n")
    sheet = read((twice + "1,ROTH,Eli,1990-06-15,999,1,1,08:00,2026-11-21\n").encode())
    assert [(one.line, one.field) for one in check(sheet, suggest(sheet.headings), known()).problems] == [(3, "day")]


def test_one_number_has_one_name():
    two = LINES.replace("start\n", "start,date\n").replace("08:00\n", "08:00,2026-11-20\n")
    sheet = read((two + "1,ROTHE,Eli,1990-06-15,999,1,2,08:00,2026-11-21\n").encode())
    problems = check(sheet, suggest(sheet.headings), known()).problems
    assert [(one.line, one.field) for one in problems] == [(3, "patient_id")] and "another name" in problems[0].sentence


def test_a_known_patient_keeps_the_name_as_recorded():
    sheet = read(LINES.replace("ROTH", "roth ").encode())
    recorded = known(patient=lambda patient_id: ("Roth", "Eli", date(1990, 6, 15)))
    assert check(sheet, suggest(sheet.headings), recorded).listed[0].family_name == "Roth"


@pytest.mark.parametrize(("born", "of_age"), [("2008-11-20", True), ("2008-11-21", False)])
def test_of_age_is_counted_to_the_day(born, of_age):
    sheet = read(LINES.replace("1990-06-15", born).encode())
    assert bool(check(sheet, suggest(sheet.headings), known()).problems) is not of_age


def test_a_cell_without_end_is_refused():
    sheet = read(LINES.replace("ROTH", "R" * 121).encode())
    assert [one.field for one in check(sheet, suggest(sheet.headings), known()).problems] == ["family_name"]
