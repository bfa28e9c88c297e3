"""Every hazard names its controls and the tests that prove them, and those tests exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HAZARDS = sorted((ROOT / "docs" / "hazards").glob("H*.md"))
INDEX = (ROOT / "docs" / "hazards" / "README.md").read_text()


def named_in(path):
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def unfounded(text):
    """Proofs named in `text` that no test file holds."""
    proofs = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    return [name for path, name in proofs if not (ROOT / path).exists() or name not in named_in(ROOT / path)]


def test_a_proof_that_does_not_exist_is_noticed():
    assert unfounded("- `tests/docs/test_hazards.py::test_nothing_at_all`") == ["test_nothing_at_all"]
    assert unfounded("- `tests/docs/nowhere.py::test_it`") == ["test_it"]


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda path: path.stem)
def test_a_hazard_has_controls_and_proofs_that_exist(hazard):
    text = hazard.read_text()
    controls, proofs = text.split("## Controls")[1].split("## Proof")
    assert controls.count("\n- ") >= 1 and proofs.count("\n- `tests/") >= 1
    assert not unfounded(text)
    assert f"({hazard.name})" in INDEX
