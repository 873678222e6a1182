"""Every failure an adapter can return is in the catalogue, and a test brings each about for real.

The proof has two halves. The code: every literal in ``drivers/`` that becomes a failure's code is an
entry. The tests: for every entry there is an assertion on its code in a test module that works a
simulator (or, for what is judged above the adapters, the whole terminal); that those assertions hold
is what running the suite says.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.failures import failure_catalogue

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
AT_A_SIMULATOR = re.compile(r"[Ss]imulat|_bench\b|_rig\b|e2e_support|host_adapters")

# What no device says: the photo's decoder is a program of its own, a code's meaning is read later.
OF_CONTENT = frozenset({"idcard.photo_undecodable", "scanner.unknown_code"})
ASSERTING = frozenset({"told", "refused", "failed_with", "code_is"})


def literals(node: ast.AST) -> Iterator[str]:
    """Every string in ``node`` that has a code's form."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield from (code for code in [part.value] if CODE.fullmatch(code))


def returned(source: str) -> Iterator[str]:
    """Codes a module hands to ``Failure(...)`` or to a status as ``failure=``."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name == "Failure" and node.args:
            yield from literals(node.args[0])
        for keyword in node.keywords:
            if keyword.arg == "failure":
                yield from literals(keyword.value)


def asserted(source: str) -> Iterator[str]:
    """Codes that a test module compares with, or is parametrised by."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert | ast.Compare):
            yield from literals(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                yield from literals(decorator)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            # Tables at the head of a module, which a test goes through.
            yield from literals(node.value)
        elif isinstance(node, ast.Call) and _checks(node):
            yield from literals(node)


def _checks(call: ast.Call) -> bool:
    """``told(code)`` and the like: helpers of the tests that assert for them."""
    return getattr(call.func, "id", getattr(call.func, "attr", "")) in ASSERTING


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def adapters_codes() -> dict[str, str]:
    """Code to a file that returns it."""
    return {
        code: str(path.relative_to(ROOT))
        for path in sources("drivers")
        for code in returned(path.read_text("utf-8"))
    }


def reached_codes() -> set[str]:
    codes: set[str] = set()
    for path in sources("tests/drivers", "tests/e2e", "tests/kiosk"):
        text = path.read_text("utf-8")
        if path == Path(__file__).resolve():
            continue
        at_a_simulator = AT_A_SIMULATOR.search(text) is not None
        codes.update(code for code in asserted(text) if at_a_simulator or code in OF_CONTENT)
    return codes


def test_every_code_an_adapter_can_return_is_in_the_catalogue() -> None:
    codes = adapters_codes()
    assert len(codes) >= 30
    missing = {code: place for code, place in codes.items() if code not in failure_catalogue()}
    assert missing == {}


def test_every_entry_is_brought_about_by_a_test_at_a_simulator() -> None:
    reached = reached_codes()
    assert sorted(set(failure_catalogue()) - reached) == []


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ('Failure("device.gone", "why")', {"device.gone"}),
        ('Failure("camera.a" if x else "camera.b")', {"camera.a", "camera.b"}),
        ('DeviceStatus(state, failure="ups.stale")', {"ups.stale"}),
        ('print("device.gone")', set()),
    ],
)
def test_the_search_finds_what_is_returned(source: str, codes: set[str]) -> None:
    assert set(returned(source)) == codes
