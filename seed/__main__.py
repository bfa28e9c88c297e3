"""`python -m seed check FILE | play FILE`: whether a scenario file is sound, and how it goes."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from models.clinical.protocol import Protocol, load
from seed.checking import checked, checked_solution
from seed.playing import play_headless, record_hash
from seed.scenario_file import FOLDER, Scenario
from seed.scenario_player import ScenarioPlayer
from seed.score import Mark, Score, score
from seed.solution_file import FOLDER as SOLUTIONS
from seed.time_line import time_line
from seed.toml_text import FileRefused

FASTEST = 3600


def say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")


def file_of(name: str, folder: Path) -> Path:
    """A path, or the name of one that ships."""
    path = next((one for one in (Path(name), folder / f"{name}.toml") if one.is_file()), None)
    if path is None:
        raise FileRefused([f"There is no file {name}, and none of that name ships."])
    return path


def a_speed(told: str) -> float:
    speed = float(told)
    if not 0 < speed <= FASTEST:
        raise argparse.ArgumentTypeError(f"a speed is a number above 0, at most {FASTEST}")
    return speed


def run_check(arguments: argparse.Namespace, protocol: Protocol) -> int:
    path = file_of(arguments.file, FOLDER)
    scenario = checked(path, protocol)
    solution = SOLUTIONS / path.name
    if solution.exists() and path.parent == FOLDER:
        checked_solution(solution, scenario, protocol)
    chairs = "1 chair" if len(scenario.chairs) == 1 else f"{len(scenario.chairs)} chairs"
    say(
        f"Sound: “{scenario.title}”, {scenario.minutes:.0f} min from {scenario.starts}, {chairs}, "
        f"{len(scenario.branches)} branches, {len(scenario.expected)} expected actions, "
        f"{sum(one.weight for one in scenario.expected)} points."
    )
    return 0


def run_play(arguments: argparse.Namespace, protocol: Protocol) -> int:
    path = file_of(arguments.file, FOLDER)
    scenario = checked(path, protocol)
    solution = None
    if arguments.solution:
        solution = checked_solution(file_of(arguments.solution, SOLUTIONS), scenario, protocol)
    with tempfile.TemporaryDirectory() as folder:
        player = play_headless(scenario, solution, Path(folder), protocol, arguments.speed)
        try:
            found = score(player)
            for line in (*course(player), "", *sheet(scenario, found), "", f"Record {record_hash(player)}"):
                say(line)
        finally:
            player.store.close()
    return 0 if found.passed else 1


# ---- words -----------------------------------------------------------------------------------------------------------


def course(player: ScenarioPlayer) -> Iterator[str]:
    yield f"{player.scenario.title}: {player.scenario.minutes:.0f} min from {player.scenario.starts}"
    for row in time_line(player):
        by = f" – {row.by}" if row.by else ""
        place = f" [{row.position}]" if row.position is not None else ""
        yield f"{player.scenario.words_at(row.at)}  chair {row.chair:<3} {row.kind:<9} {row.words}{place}{by}"


def sheet(scenario: Scenario, found: Score) -> Iterator[str]:
    for mark in found.marks:
        yield mark_words(scenario, mark)
    for one in found.times:
        told = [
            f"recognised after {minutes(one.to_recognise)}",
            f"held after {minutes(one.to_hold)}",
            f"called after {minutes(one.to_call)}",
            f"rounds overdue {one.rounds_overdue}, missed {one.rounds_missed}",
            f"alerts heard {one.alerts_sounded}, answered {one.alerts_answered}, escalated {one.alerts_escalated}",
        ]
        yield f"Chair {one.chair}: {'; '.join(told)}"
    for harm in found.harms:
        yield f"Harm: {harm}"
    verdict = "passed" if found.passed else "not passed"
    yield f"{found.points:g} of {found.of} points ({found.percent:.0f} %): {verdict}"


def mark_words(scenario: Scenario, mark: Mark) -> str:
    until = f"until {scenario.words_at(mark.closes_at)}" if mark.closes_at else "not asked"
    done = f"{scenario.words_at(mark.done_at)} by {mark.done_by}" if mark.done_at else "–"
    facts = f" [{', '.join(map(str, mark.facts))}]" if mark.facts else ""
    expected = mark.expected
    return (
        f"{mark.points:4g} /{mark.of:2d}  chair {expected.chair:<3} {mark.outcome:<9} {expected.words} "
        f"({until}; {done}){facts}"
    )


def minutes(told: timedelta | None) -> str:
    return "–" if told is None else f"{told / timedelta(minutes=1):.1f} min"


# ---- arguments -------------------------------------------------------------------------------------------------------


def arguments_of(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m seed", description="Scenario files: checked, and played.")
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="read a scenario file and say what is wrong, by line and field")
    check.set_defaults(run=run_check)
    play = commands.add_parser("play", help="play it without screens: its course, and the score")
    play.set_defaults(run=run_play)
    play.add_argument("--speed", type=a_speed, default=60.0, help="simulated seconds a second")
    play.add_argument(
        "--headless", action="store_true", help="without screens, as fast as it goes; there is no other way"
    )
    play.add_argument("--solution", help="who does what; without it nobody does anything")
    for command in (check, play):
        command.add_argument("file", help="a path, or the name of a scenario that ships")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    arguments = arguments_of(words)
    try:
        return int(arguments.run(arguments, load()))
    except FileRefused as refused:
        for sentence in refused.sentences:
            say(sentence)
    return 2


if __name__ == "__main__":
    sys.exit(main())
