"""``docs/portal-api.md`` says what the contract says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from portal.contract import ProblemCode
from portal.sandbox.contract_watch import contract

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("portal_api", ROOT / "tools/portal_api.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(tool: ModuleType) -> None:
    told = "docs/portal-api.md is stale: run python tools/portal_api.py --write"
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(), told


def test_it_names_every_operation_and_every_refusal(tool: ModuleType) -> None:
    text = tool.page()
    for path, item in contract()["paths"].items():
        for method, operation in item.items():
            assert f"## {operation['operationId']}\n\n`{method.upper()} {path}`: " in text
    for code in ProblemCode:
        assert f"| `{code.value}` | " in text
