"""Schemathesis over a live sandbox: a short budget here, a longer one by ``contract_fuzz.py``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from contract_fuzz import fuzz

from portal.sandbox import Fault, FaultKind, SandboxServer

# What each schema allows and forbids, value by value, is left to the long run: it takes most of the time.
SHORT = ("--phases", "fuzzing,stateful")


@pytest.mark.timeout(600)
def test_whatever_is_asked_is_answered_by_the_contract(
    start: Callable[..., SandboxServer], tmp_path: Path
) -> None:
    server = start()
    done = fuzz(server.base_url, tmp_path, ["--max-examples", "2", "--seed", "1", *SHORT])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "API Links:" in done.stdout
    assert server.world.state()["cases"] > 0  # the chains began with a case that was taken


def test_a_broken_answer_is_found(start: Callable[..., SandboxServer], tmp_path: Path) -> None:
    server = start()
    server.add_fault(Fault(kind=FaultKind.HTML_200, target="time"))
    only = ["--include-operation-id", "getTime", "--max-examples", "1", "--phases", "fuzzing"]
    done = fuzz(server.base_url, tmp_path, only)
    assert (done.returncode, "text/html" in done.stdout) == (1, True), done.stdout
