"""One world and one terminal for the whole folder; both are mended after every test.

Whatever passed between terminal and portal is judged by the contract: a finding fails the test.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_support import Desk, Stage, playing, terminal

import kiosk.terminal.monitor
from kiosk.visit.model import Step


@pytest.fixture(scope="session", autouse=True)
def quick_monitor() -> Iterator[None]:
    """The terminal looks at the portal several times a second, so that no test waits for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kiosk.terminal.monitor, "POLL_UP_S", 0.5)
        patch.setattr(kiosk.terminal.monitor, "POLL_DOWN_S", 0.2)
        yield


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The temporary folder of everything started here, device processes included."""
    folder = tmp_path_factory.mktemp("scratch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", str(folder))
        yield folder


@pytest.fixture(scope="session")
def stage(scratch: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    for noisy in ("urllib3", "fontTools", "PIL", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    with playing(tmp_path_factory.mktemp("world")) as running:
        yield running


@pytest.fixture(scope="session")
def shared_terminal(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with terminal(tmp_path_factory.mktemp("terminal"), stage, shelf=True) as running:
        running.ready()
        running.app.face.wait_settled(60.0)
        yield running


@pytest.fixture(autouse=True)
def mended(stage: Stage, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.INFO)
    yield
    stage.mend()
    watch = stage.world.portal.server.world.watch
    assert watch is not None
    found = [str(one) for one in watch.findings()]
    watch.clear()
    assert not found, found


@pytest.fixture
def desk(shared_terminal: Desk) -> Iterator[Desk]:
    """The shared terminal, everything ready, nobody in front of it."""
    shared_terminal.ready()
    yield shared_terminal
    shared_terminal.stage.mend()
    send_away(shared_terminal)


def send_away(desk: Desk) -> None:
    """Let whoever a failed test left standing there run out of time."""
    for timer in ("idle", "warning", "farewell"):
        if desk.terminal.visit.step is Step.ATTRACT:
            return
        desk.watch.run_out(timer)


def pytest_report_header() -> str:
    return f"end-to-end: real device processes on {os.cpu_count()} processors"
