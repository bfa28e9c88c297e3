"""`python -m seed`: a file is checked, a scenario is played, and a play is the same in every process and zone."""

import os
import subprocess
import sys

import pytest

from seed.__main__ import main
from seed.playing import record_hash
from tests.seed.plays import solved
from tests.seed.small import written


def told(capsys, *words):
    status = main(list(words))
    return status, capsys.readouterr().out


def test_a_sound_file_is_told_in_one_sentence(capsys):
    assert told(capsys, "check", "busy-ward") == (
        0, "Sound: “A busy ward”, 70 min from 13:00, 12 chairs, 2 branches, 18 expected actions, 30 points.\n"
    )  # fmt: skip


def test_a_wrong_file_is_told_by_line(capsys):
    status, said = told(capsys, "check", str(written('[[branches]]\nid = "b"\nchair = "2"\nat = 3\n')))
    assert (status, said) == (2, "small.toml, line 23, branches 1, chair: “2” is not one of 1.\n")


def test_a_file_that_is_not_there_is_told(capsys):
    assert told(capsys, "check", "nowhere.toml") == (2, "There is no file nowhere.toml, and none of that name ships.\n")


@pytest.mark.parametrize("speed", ["0", "-1", "inf", "fast"])
def test_a_clock_that_would_never_come_to_the_end_is_refused(capsys, speed):
    with pytest.raises(SystemExit):
        main(["play", "overdue", "--speed", speed])


def test_a_play_tells_its_course_and_its_score(capsys):
    status, said = told(capsys, "play", "overdue", "--headless", "--speed", "60", "--solution", "overdue")
    lines = said.splitlines()
    assert status == 0 and lines[0] == "A round nobody came to: 80 min from 11:40"
    assert any(
        line.startswith("11:52  chair 1   done      vital signs recorded: 84 /min, 118/72 mmHg") for line in lines
    )
    assert "9 of 9 points (100 %): passed" in lines


def test_a_play_in_which_nobody_does_anything_is_not_passed(capsys):
    status, said = told(capsys, "play", "overdue", "--headless")
    assert status == 1 and "Harm: The next round was missed too" in said and "not passed" in said


@pytest.mark.parametrize(
    ("zone", "salt", "speed"), [("Pacific/Auckland", "1", "7"), ("America/Los_Angeles", "2", "600")]
)
def test_another_process_zone_and_speed_record_the_same(zone, salt, speed):
    words = [sys.executable, "-m", "seed", "play", "overdue", "--headless", "--solution", "overdue", "--speed", speed]
    said = subprocess.run(
        words, env={**os.environ, "TZ": zone, "PYTHONHASHSEED": salt}, capture_output=True, text=True, check=True
    ).stdout
    assert said.splitlines()[-1] == f"Record {record_hash(solved('overdue'))}"
