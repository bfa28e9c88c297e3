"""The worked example of the guide is sound, is solved by its solution, and fails when nobody acts."""

import re
from pathlib import Path

from models.clinical.protocol import load
from seed.checking import checked, checked_solution
from seed.playing import play_headless
from seed.score import score

GUIDE = Path(__file__).parents[2] / "docs" / "scenarios.md"


def test_the_worked_example_works(tmp_path):
    protocol = load()
    texts = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    for name, text in zip(("faint.toml", "solution.toml"), texts, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    scenario = checked(tmp_path / "faint.toml", protocol)
    solution = checked_solution(tmp_path / "solution.toml", scenario, protocol)
    for folder in ("solved", "alone"):
        (tmp_path / folder).mkdir()
    solved = score(play_headless(scenario, solution, tmp_path / "solved", protocol))
    alone = score(play_headless(scenario, None, tmp_path / "alone", protocol))
    assert solved.percent == 100 and solved.passed
    assert len(alone.harms) == 2 and not alone.passed
