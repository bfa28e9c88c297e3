"""`make mutants`: makes the mutants of the modules named (all without a name), judges them, and prints the score."""

from __future__ import annotations

import importlib
import random
import sys
import tomllib
from pathlib import Path

import pytest

from tests.mutants.judging import Judge
from tests.mutants.making import MADE_IN, ROOT, Mutant, make

MEASURED = {
    "limits": ("limits", "thresholds", "combinations", "symptoms"),
    "alerts": ("alerts", "alert_life", "alert_answers", "raising", "value_alerts", "task_alerts"),
    "clock": ("clock", "infusion_clock", "infusion_figures", "monitoring"),
    "gates": ("infusion_day", "accept", "locks", "go_no_go", "observation", "extension", "discharge"),
}
TO_HOLD = 95.0
SEED = 11
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def main(named: list[str]) -> int:
    """`limits`, `thresholds`, `gates`; `sample=60` for that many mutants of each module; `again=FILE` for those that
    survived in a former print."""
    said = dict(word.split("=", 1) for word in named if "=" in word)
    wanted = [word for word in named if "=" not in word] or list(MEASURED)
    modules = [module for word in wanted for module in MEASURED.get(word, (word,))]
    survived = Path(said["again"]).read_text(encoding="utf-8") if "again" in said else ""
    few = chosen(make(modules), modules, int(said.get("sample", 0)))
    mutants = [one for one in few if not is_equivalent(one) and (not survived or told_of(one) in survived)]
    stand_in()
    told: dict[Mutant, str] = {}

    def tell(mutant: Mutant, verdict: str) -> None:
        told[mutant] = verdict
        if verdict != "noticed":
            print(f"{verdict}: {told_of(mutant)}", end="", flush=True)
        mine = [said for one, said in told.items() if one.module == mutant.module]
        if len(mine) == sum(one.module == mutant.module for one in mutants):
            print(row(mutant.module, mine), flush=True)

    arguments = ["-q", "-s", "-p", "no:cacheprovider", "-m", "not slow", str(ROOT / "tests" / "clinical")]
    if pytest.main(arguments, plugins=[Judge(mutants, tell)]) != 0:
        return 1
    return table(modules, told)


def told_of(mutant: Mutant) -> str:
    return f"{mutant.module}.{mutant.function}\n  - {mutant.was}\n  + {mutant.becomes}\n"


def stand_in() -> None:
    """The copy takes the place of the models before a test can import them."""
    sys.path.insert(0, str(MADE_IN))
    importlib.import_module("models.clinical")


def chosen(mutants: list[Mutant], modules: list[str], sample: int) -> list[Mutant]:
    """All of them, or the same few of each module every time."""
    picked = []
    for module in modules:
        mine = [mutant for mutant in mutants if mutant.module == module]
        few = random.Random(f"{SEED} {module}").sample(mine, min(sample, len(mine))) if sample else mine
        picked += few
    return picked


def is_equivalent(mutant: Mutant) -> bool:
    return any(
        (row["module"], row["was"], row["becomes"]) == (mutant.module, mutant.was, mutant.becomes)
        for row in tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", ())
    )


def table(modules: list[str], told: dict[Mutant, str]) -> int:
    print("\n| module | mutants | noticed | score |\n|---|---|---|---|")
    for module in modules:
        print(row(module, [verdict for mutant, verdict in told.items() if mutant.module == module]))
    print(row("**together**", list(told.values())))
    return 0 if score(list(told.values())) >= TO_HOLD else 1


def row(words: str, verdicts: list[str]) -> str:
    return f"| {words} | {len(verdicts)} | {verdicts.count('noticed')} | {score(verdicts):.1f} % |"


def score(verdicts: list[str]) -> float:
    return 100 * verdicts.count("noticed") / len(verdicts) if verdicts else 100.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
