"""Makes the mutants: a copy of the models in which each function of some modules carries its faults beside it."""

from __future__ import annotations

import ast
import difflib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.file_mutation import mutate_file_contents

ROOT = Path(__file__).parents[2]
MADE_IN = ROOT / "mutants"
CLINICAL = Path("models") / "clinical"
WRAPPERS = ("property", "lru_cache")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: `was` and `becomes` are the lines that differ."""

    module: str
    name: str
    function: str
    was: str
    becomes: str

    @property
    def id(self) -> str:
        """As the fault is switched on."""
        return f"models.clinical.{self.module}.{self.name}"

    @property
    def place(self) -> str:
        """The function the tests are looked up by."""
        return self.id.partition("__mutmut_")[0]


def make(modules: list[str]) -> list[Mutant]:
    """Into the folder `mutants`, anew."""
    shutil.rmtree(MADE_IN, ignore_errors=True)
    shutil.copytree(ROOT / "models", MADE_IN / "models", ignore=shutil.ignore_patterns("__pycache__"))
    return [mutant for module in modules for mutant in _write(module)]


def _write(module: str) -> Iterator[Mutant]:
    file = MADE_IN / CLINICAL / f"{module}.py"
    source = opened(file.read_text(encoding="utf-8"))
    made = mutate_file_contents(str(file), source)
    file.write_text(made.code, encoding="utf-8")
    lines = made.code.splitlines()

    def text_of(name: str) -> list[str]:
        span = made.line_span_by_function_name[name]
        return [line.replace(name, "it").strip() for line in lines[span.start - 1 : span.end]]

    for name in made.mutant_names:
        place = name.partition("__mutmut_")[0]
        was, becomes = difference(text_of(f"{place}__mutmut_orig"), text_of(name))
        function = place.removeprefix("xǁ").removeprefix("x_").replace("ǁ", ".")
        yield Mutant(module, name, function, was, becomes)


def difference(before: list[str], after: list[str]) -> tuple[str, str]:
    changes = [line for line in difflib.ndiff(before, after) if line[:2] in ("- ", "+ ")]
    was = " ".join(line[2:] for line in changes if line.startswith("-"))
    return was, " ".join(line[2:] for line in changes if line.startswith("+"))


def opened(source: str) -> str:
    """Properties and remembered functions wrapped after their definition: mutmut leaves decorated functions alone."""
    lines = source.splitlines()
    wrapped = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and len(node.decorator_list) == 1:
            decorator = node.decorator_list[0]
            text = ast.unparse(decorator)
            if text.partition("(")[0] in WRAPPERS:
                after = f"{' ' * node.col_offset}{node.name} = {text}({node.name})"
                wrapped.append((decorator.lineno, node.end_lineno or 0, after))
    for first, last, after in sorted(wrapped, reverse=True):
        lines.insert(last, after)
        del lines[first - 1]
    return "\n".join(lines) + "\n"
