"""What a start does beside the GUI thread, and what it leaves out."""

from __future__ import annotations

import linecache
import threading
from pathlib import Path

import pytest

from kiosk.advice import advice_table
from screens import runtime
from screens.drawings import drawings
from screens.fixtures import FakePort
from screens.run import run_shell
from screens.shell import ShellOptions
from screens.tables import TABLES

SMALL = ShellOptions(size=(270, 480))


@pytest.mark.usefixtures("qapp")
def test_tables_are_read_off_the_gui_thread_before_the_terminal_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[str] = []
    kept = (drawings, advice_table)
    noting = (lambda: threads.append(threading.current_thread().name), *TABLES)
    monkeypatch.setattr("screens.tables.TABLES", noting)
    for table in kept:
        table.cache_clear()
    started, read = threading.Event(), list[int]()

    def start() -> None:
        read.extend(table.cache_info().currsize for table in kept)
        started.set()

    def script() -> int:
        return 0 if started.wait(20) else 1

    assert run_shell(FakePort(), SMALL, behind=start, script=script) == 0
    assert read == [1, 1]
    assert threads == ["behind"]


def test_the_source_of_what_is_imported_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime.prepare_environment()
    file = tmp_path / "imported_behind_the_window.py"
    file.write_text("there = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert __import__(file.stem).there  # as a statement does: importlib is not looked at
    assert str(file) not in linecache.cache
