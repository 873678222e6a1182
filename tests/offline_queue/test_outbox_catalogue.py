"""The catalogue of what an outbox must stand: each row names tests that are there, and mutants of
the outbox do not pass them (all of them: ``python tools/mutants.py``)."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/outbox.md"
ROWS = 21


@pytest.fixture(scope="module")
def mutants() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("mutants", ROOT / "tools/mutants.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutants"] = module  # dataclasses look themselves up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["mutants"]


def rows() -> dict[int, str]:
    """Number and cells of each row of the table."""
    section = (
        PAGE.read_text(encoding="utf-8").partition("\n## Catalogue\n")[2].partition("\n## ")[0]
    )
    found = re.findall(r"^\| (\d+) \| (.*) \|$", section, re.MULTILINE)
    return {int(number): cells for number, cells in found}


@cache
def names_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assigned = [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    return frozenset((*names, *assigned))


def test_every_row_names_tests_that_are_there_or_says_why_not() -> None:
    table = rows()
    assert sorted(table) == list(range(1, ROWS + 1))
    files = {path.stem: path for path in ROOT.glob("tests/**/test_*.py")}
    for number, cells in table.items():
        named = re.findall(r"`(test_\w+)`: ([^|;.]+)", cells)
        assert named or "Not covered: " in cells, f"row {number} names no test and no reason"
        for module, tests in named:
            for test in re.findall(r"`(\w+)`", tests):
                assert test in names_in(files[module]), f"row {number}: {module} has no {test}"


def test_mutants_are_of_today(mutants: ModuleType) -> None:
    for name, mutant in mutants.MUTANTS.items():
        text = (ROOT / mutant.file).read_text(encoding="utf-8")
        assert text.count(mutant.old) == 1, name
        for killer in mutant.killers:
            path, _, test = killer.partition("::")
            assert test in names_in(ROOT / path), f"{name}: {killer}"


def test_the_suite_kills_a_mutant_and_lets_the_healthy_live(
    mutants: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = mutants.MUTANTS["in flight is queued again after a start"]
    healthy = replace(killed, new=killed.old)
    monkeypatch.setitem(mutants.MUTANTS, "healthy", healthy)
    assert mutants.survived("in flight is queued again after a start") == []
    assert mutants.survived("acknowledged before the commit") == []
    assert mutants.survived("healthy") == list(healthy.killers)
