"""The list of words and the code agree."""

import ast
import re
from pathlib import Path

from models.clinical.facts import KINDS
from models.clinical.findings import Level
from models.clinical.infusion_day import ACTS
from models.clinical.status import InfusionState, Phase

ROOT = Path(__file__).parents[2]
VOCABULARY = (ROOT / "docs" / "vocabulary.md").read_text()
NEVER = {"bed", "seat", "slot", "session", "visit", "encounter", "timestamp", "eta", "dismiss", "login", "logout",
         "utils", "helper", "manager", "common", "info", "drip", "premeds", "obs"}  # fmt: skip


def code_files():
    for folder in ("models", "components", "callbacks", "dashboard", "seed"):
        yield from (ROOT / folder).rglob("*.py")
    yield ROOT / "app.py"


def names_in(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def words_of(name):
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_every_fact_act_phase_and_level_has_its_word():
    words = [*KINDS, *Phase, *InfusionState, *(level.word for level in Level), *ACTS]
    missing = [word for word in words if word not in VOCABULARY and word != "Overridden"]
    assert not missing and "Overridden" in VOCABULARY


def test_no_name_in_the_code_uses_a_word_the_ward_does_not():
    assert words_of("openBedHelper_for_ETA") == {"open", "bed", "helper", "for", "eta"}
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in code_files()
        for name in names_in(path)
        if words_of(name) & NEVER
    }
    assert not found
