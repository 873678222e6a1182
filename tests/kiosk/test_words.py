"""Every code that can reach a person has words in both languages and a remedy."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

import kiosk
from drivers.failures import failure_catalogue
from kiosk.words import known_codes, part_of, remedy_for, words_for
from offline_queue import items
from portal.contract.base import ProblemCode
from portal.outcomes import NoAnswerCode, UnreachableCode

KIOSK = Path(str(resources.files(kiosk)))
FAMILIES = {code.partition(".")[0] for code in known_codes()}
CODE = re.compile(r"[a-z_]+\.[a-z0-9_]+")

# Dotted words of the same families that no person is told: names of log lines, outbox verdicts
# (the portal's own code is kept for technicians), files and audit records.
FOR_MACHINES = {f"portal.{code.value}" for code in ProblemCode} | {
    f"network.{code.value}" for code in (*UnreachableCode, *NoAnswerCode)
}
FOR_MACHINES |= {"visit.recording", "portal.certificate"}  # operations of the control socket
FOR_MACHINES |= {
    "staff.called",
    "staff.call_ended",
    "visit.ended",
}  # events told to operators and counted
FOR_MACHINES |= {  # why the carrying tool tries again later
    "outbox.no_uploads",
    "outbox.case_blocked",
    "outbox.export_unreadable",
    "outbox.transport_failed",
}
FOR_MACHINES |= {"outbox.expired", "outbox.tampered"}  # verdicts, told in words of their own


def literals(path: Path) -> set[str]:
    """String constants of a module that are handed on: no docstrings, log lines, audit codes."""
    tree = ast.parse(path.read_text("utf-8"))
    aside = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _for_machines(node.func)
        for inner in ast.walk(node)
    }
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside
    }
    return {text for text in texts if CODE.fullmatch(text) and text.split(".")[0] in FAMILIES}


def _for_machines(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        logger = isinstance(called.value, ast.Name) and called.value.id == "log"
        return logger or called.attr in ("joinpath", "append", "Record")
    return isinstance(called, ast.Name) and called.id == "Record"


MODULES = sorted(
    path for folder in (".", "terminal", "visit") for path in (KIOSK / folder).glob("*.py")
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_code_a_module_can_emit_has_words(path: Path) -> None:
    strange = literals(path) - known_codes() - FOR_MACHINES
    assert not strange, strange


def test_the_search_for_codes_finds_them() -> None:
    assert "staff.locked" in literals(KIOSK / "terminal" / "staff.py")
    assert "item.no_reader" in literals(KIOSK / "directory.py")


@pytest.mark.parametrize("code", sorted(known_codes()))
def test_a_code_has_words_in_both_languages_and_a_remedy(code: str) -> None:
    words = words_for(code)
    assert re.search("[\u4e00-\u9fff]", words.zh)
    assert re.search("[A-Za-z]", words.en)
    assert not re.search("[\u4e00-\u9fff]", words.en)
    assert len(remedy_for(code)) > 5
    assert part_of(code) in {
        "card_reader", "receipt_printer", "document_printer", "camera", "scanner", "terminal",
    }  # fmt: skip


def test_no_code_is_in_both_files() -> None:
    own = tomllib.loads((KIOSK / "words.toml").read_text("utf-8"))
    assert not set(own) & set(failure_catalogue())


def test_every_refusal_of_the_outbox_has_words() -> None:
    said = re.findall(r"``(outbox\.[a-z_]+)``", items.Refusal.__doc__ or "")
    assert len(said) >= 5
    assert not set(said) - known_codes()


def test_an_unknown_code_gets_the_general_sentence() -> None:
    assert words_for("no.such") == words_for("visit.internal")
    assert remedy_for("no.such") == remedy_for("visit.internal")
    assert part_of("no.such") == "terminal"


NAMED = (
    "kiosk/words.toml",
    "kiosk/evidence.toml",
    "screens/drawings.toml",
    "screens/i18n/zh_CN.ts",
)


@pytest.mark.parametrize("file", NAMED)
def test_the_government_platform_has_one_name(file: str) -> None:
    text = (KIOSK.parent / file).read_text("utf-8")
    assert "政务平台" in text
    assert not re.search("(?<!政务)平台", text)
