"""``--cpu N``: where the suite's processor seconds go: summed per folder, and its N dearest tests.

Seconds are of the worker and of the processes it has waited for, user and system together. A
fixture's go to the test that asked for it first, those of a process that outlives its test to the
test during which it ends. Unlike ``--durations`` they say nothing about waits, and hardly anything
about what else the machine does.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator
from pathlib import PurePath

import pytest


def spent() -> float:
    """Processor seconds of this process and of its ended children so far."""
    return sum(os.times()[:4])


class CpuSeconds:
    """In a worker it writes into each report what was spent; in the main process it sums up."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._last = spent()
        self._tests: Counter[str] = Counter()

    def pytest_runtest_logstart(self) -> None:
        self._last = spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self,
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        now = spent()
        report.cpu_s = now - self._last
        self._last = now
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._tests[report.nodeid] += report.cpu_s

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        folders: Counter[str] = Counter()
        for test, seconds in self._tests.items():
            folders[PurePath(test.split("::")[0]).parent.as_posix()] += seconds
        folders["starting, collecting, running"] = spent() - folders.total()
        terminalreporter.section(f"{spent():.0f} processor seconds")
        for folder, seconds in folders.most_common():
            terminalreporter.line(f"{seconds:8.2f} {folder}")
        terminalreporter.section(f"dearest {self._rows} tests")
        for test, seconds in self._tests.most_common(self._rows):
            terminalreporter.line(f"{seconds:8.2f} {test}")
