"""Imports run one way: what import-linter's layers cannot say, read from the source of every file.

The layers themselves (dashboard ▸ callbacks ▸ components ▸ models) stand in pyproject.toml, where
import-linter reads them.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("models", "components", "callbacks", "dashboard", "seed")
SQL = {"sqlmodel", "sqlalchemy", "alembic", "psycopg", "sqlite3"}
SCREEN = {"dash", "dash_bootstrap_components", "plotly", "fastapi", "starlette", "uvicorn"}


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every module name the file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else str(node.module)


def packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


EVERYWHERE = [*sources(*ROOMS), ROOT / "app.py"]


@pytest.mark.parametrize("path", sources("models/clinical"), ids=named)
def test_the_clinical_core_stands_on_the_standard_library_alone(path: Path):
    for name in imported(path):
        assert f"{name}.".startswith("models.clinical.") or name.partition(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("path", sources("models"), ids=named)
def test_models_know_nothing_of_screens(path: Path):
    assert not packages(path) & SCREEN


@pytest.mark.parametrize("path", [p for p in EVERYWHERE if "models/store" not in named(p)], ids=named)
def test_only_the_store_speaks_sql(path: Path):
    assert not packages(path) & SQL


@pytest.mark.parametrize("path", EVERYWHERE, ids=named)
def test_nobody_imports_app_or_the_tests(path: Path):
    assert not packages(path) & {"app", "tests"}


@pytest.mark.parametrize("path", EVERYWHERE, ids=named)
def test_imports_are_absolute(path: Path):
    assert "." not in set(imported(path))


def test_the_top_level_holds_only_the_rooms_of_the_house():
    folders = {path.parent.relative_to(ROOT).parts[0] for path in ROOT.glob("*/*.py")}
    assert folders == {*ROOMS, "tests"}
    assert [path.name for path in ROOT.glob("*.py")] == ["app.py"]
