"""What is wrong in a scenario file is told by file, line and field."""

import pytest

from seed.checking import checked, checked_solution
from seed.toml_lines import line_of, lines_of
from seed.toml_text import FileRefused
from tests.seed.plays import PROTOCOL, new_folder
from tests.seed.small import CHAIR, HEAD, small, written

# what stands in the file | what is written there instead | the sentence
WRONG = [
    ('title = "Small"\n', "", "line 1, title: is missing."),
    ("minutes = 60", 'minutes = "60"', "line 4, minutes: is a number."),
    ("minutes = 60", "minutes = 0", "line 4, minutes: is too small."),
    ("minutes = 60", "minuets = 60", "line 4, minuets: is not a field of this table."),
    ('starts = "10:20"', 'starts = "25:20"', 'line 7, starts: write a time as "10:30".'),
    ('nurse = "okafor"', 'nurse = "okafour"', "line 14, chairs 1, nurse: “okafour” is not one of "),
    ("day = 1\n", "day = 6\n", "line 13, chairs 1, day: course 1 has 5 days."),
    ('"09:30"', '"half past nine"', 'line 15, chairs 1, start: write a time as "10:30", or minutes from the start.'),
    ("[80, 120, 74, 36.8, 98, 14] },\n    {", "[80] },\n    {", "line 18, chairs 1, steps 2, values: is empty"),
    ('"10:30", values', '"10:30", valeus', "line 18, chairs 1, steps 2, valeus: is not a field of this table."),
]  # fmt: skip


@pytest.mark.parametrize(("written_so", "instead", "sentence"), WRONG)
def test_a_field_that_cannot_be_is_told_by_line(written_so, instead, sentence):
    text = HEAD + CHAIR
    assert written_so in text
    path = written("", head=text.replace(written_so, instead), chair="")
    with pytest.raises(FileRefused) as refused:
        checked(path, PROTOCOL)
    assert any(told.startswith(f"small.toml, {sentence}") for told in refused.value.sentences), refused.value.sentences


STEP = "steps = [{{ {} }}]\n"
BRANCH = '[[branches]]\nid = "b"\nchair = "1"\n'
EXPECTED = '[[expected]]\nid = "e"\nwords = "w"\nchair = "1"\nfact = "InfusionStopped"\n'
UNKNOWN = [
    (BRANCH, "line 21, branches 1: a branch waits for one thing"),
    (BRANCH + "at = 5\nchoice = 'c'\n", None),
    (
        BRANCH + "choice = 'c'\ndid = { fact = 'InfusionStopped' }\n",
        "line 21, branches 1: a branch waits for one thing",
    ),
    (BRANCH + "did = { fact = 'InfusionStoped' }\n", "line 24, branches 1, did, fact: “InfusionStoped” is not one of"),
    (
        BRANCH + "did = { fact = 'CallLogged', where = { who = 'x' } }\n",
        "line 24, branches 1, did, where: CallLogged has no “who”",
    ),
    (
        BRANCH + "not_done = { fact = 'InfusionStopped' }\n",
        "line 24, branches 1, not_done: say from when (at or after)",
    ),
    (BRANCH + "at = 5\nunless = ['other']\n", "line 25, branches 1, unless: there is no branch “other”"),
    (
        BRANCH.replace('"b"', '"c"')
        + "choice = 'c'\n"
        + STEP.format("values = [150, 90, 50]")
        + BRANCH
        + "at = 5\n"
        + STEP.format("values = [80, 90, 50]"),
        "line 26, branches 2, unless: what the trainer chose, “c”, would be undone: name it here",
    ),
    (BRANCH + "after = 'b'\n", "line 24, branches 1, after: “b” is not"),
    (BRANCH.replace('"1"', '"7"') + "at = 5\n", "line 23, branches 1, chair: “7” is not one of 1"),
    (
        BRANCH + "at = 5\n" + STEP.format("symptoms = [{ symptom = 'hedache' }]"),
        "line 25, branches 1, steps 1, symptoms: “hedache” is not a symptom",
    ),
    (
        BRANCH + "at = 5\n" + STEP.format("act = 'stopp', by = 'okafor'"),
        "line 25, branches 1, steps 1, act: “stopp” is not one of stop",
    ),
    (
        BRANCH + "at = 5\n" + STEP.format("act = 'call', by = 'okafor', body = { whom = 'x' }"),
        "line 25, branches 1, steps 1, body: call needs “what”",
    ),
    (
        BRANCH + "at = 5\n" + STEP.format("consciousness = 'sleepy'"),
        "line 25, branches 1, steps 1, consciousness: “sleepy” is no word",
    ),
    (
        EXPECTED + "from = 5\nwithin = 5\nuntil = 10\n",
        "line 28, expected 1, until: the deadline is until or within, not both",
    ),
    (EXPECTED + "from = 20\nuntil = 10\n", "line 27, expected 1, until: the deadline lies before it begins"),
    (EXPECTED + "by = 'surgeon'\n", "line 26, expected 1, by: “surgeon” is not one of"),
    (EXPECTED + EXPECTED, "line 27, expected 2, id: “e” stands here twice"),
]


@pytest.mark.parametrize(("more", "sentence"), UNKNOWN)
def test_a_word_the_ward_does_not_know_is_told_by_line(more, sentence):
    if sentence is None:
        assert small(more)
        return
    with pytest.raises(FileRefused) as refused:
        small(more)
    assert any(f"small.toml, {sentence}" in told for told in refused.value.sentences), refused.value.sentences


def test_what_is_not_toml_at_all_names_its_line():
    with pytest.raises(FileRefused, match=r"small\.toml: this is not TOML: .*line 21"):
        small("[[branches\n")


@pytest.mark.parametrize(
    ("acts", "sentence"),
    [
        ('{ at = 1, chair = "1", by = "okafor", act = "stopp" }', "line 3, acts 1, act: “stopp” is not one of stop"),
        ('{ chair = "1", by = "okafor", act = "stop" }', "line 3, acts 1: an act waits for one thing"),
        ('{ alert = "red", chair = "1", by = "okafor", act = "stop" }', "line 3, acts 1, alert: “red” is not"),
        ('{ at = 1, chair = "1", by = "okafor", act = "pause" }', "line 3, acts 1, body: pause needs “reason”"),
    ],
)
def test_a_solution_is_told_the_same_way(acts, sentence):
    path = new_folder() / "solution.toml"
    path.write_text(f'scenario = "small"\nacts = [\n    {acts},\n]\n')
    with pytest.raises(FileRefused) as refused:
        checked_solution(path, small(), PROTOCOL)
    assert any(f"solution.toml, {sentence}" in told for told in refused.value.sentences), refused.value.sentences


def test_lines_are_found_through_tables_lists_and_lists_in_lines():
    lines = lines_of(
        'a = 1\n[[t]]\nb = "[not a list"  # [nor this\n[[t.u]]\nc = [\n  { d = 1 },\n  { d = 2 },\n]\n[[t]]\nb = 2\n'
    )
    assert line_of(("t", 0, "b"), lines) == 3
    assert line_of(("t", 0, "u", 0, "c", 1, "d"), lines) == 7
    assert line_of(("t", 1, "b"), lines) == 10
    assert line_of(("nothing",), lines) == 1
