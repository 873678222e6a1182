"""Every locked dependency is in docs/licences.md, under a licence that goes with ours."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "tools/licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_locked_dependency_is_listed_and_allowed(licences: ModuleType) -> None:
    assert len(licences.locked_packages()) > 50
    assert licences.problems(licences.PAGE.read_text(encoding="utf-8")) == []


def test_a_missing_row_is_found(licences: ModuleType) -> None:
    page = licences.PAGE.read_text(encoding="utf-8").replace("| requests |", "| request |")
    assert any("stale" in problem for problem in licences.problems(page))


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("LGPL-3.0-only OR GPL-3.0-only", True),
        ("Apache-2.0 AND MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-2.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("unknown", False),
    ],
)
def test_what_is_allowed(licences: ModuleType, expression: str, allowed: bool) -> None:
    assert licences.is_allowed(expression) is allowed


def test_an_unknown_package_has_no_allowed_licence(licences: ModuleType) -> None:
    assert not licences.is_allowed(licences.licence_of("no-such-package-of-ours"))
