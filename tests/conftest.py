"""What every test lives by: a warning in our own log that a test did not announce fails it.

A test that means to cause warnings says so, with a pattern searched in "LOGGER MESSAGE"::

    @pytest.mark.logs(r"outbox\\.disk_full")

A test that takes ``caplog`` looks at the log itself and is left alone.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import signal
from collections.abc import Generator, Iterator

# Qt without a screen, said before anything imports Qt.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QSG_RENDER_LOOP"] = "basic"
os.environ["QT_QUICK_BACKEND"] = "software"
# numpy's threads for small matrices only spin for one another while other tests want the cores.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["QT_QUICK_CONTROLS_STYLE"] = "Basic"

import pytest
from cpu_seconds import CpuSeconds
from forked_workers import ForkedWorkers
from hypothesis import HealthCheck, settings

# A shell ignores it for what it runs behind, and what the tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is slow at everything; that is no finding about the code.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

ROOMS = ("config", "drivers", "offline_queue", "portal", "kiosk", "screens")
OF_THE_MACHINE = ("screens.lateness",)
"""Loggers that tell how busy the machine is."""


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name not in OF_THE_MACHINE:
            self.records.append(f"{record.name} {record.getMessage()}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres",
        action="store_true",
        help="the portal's tests run their sandboxes on a private PostgreSQL instead of SQLite",
    )
    parser.addoption(
        "--cpu",
        type=int,
        default=0,
        metavar="N",
        help="show the processor seconds of each folder and of the N dearest tests",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "logs(*patterns): warnings of our own log that the test means to cause"
    )
    if config.getoption("--cpu"):
        config.pluginmanager.register(CpuSeconds(config.getoption("--cpu")), "cpu seconds")
    if config.getoption("tx", None) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(ForkedWorkers(config), "forked workers")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests and their imports stay to the end: looking through them for garbage again and
    again would cost more than many a test."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        gc.enable()


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which one of the rooms logged an unannounced warning or error."""
    collector = _Collector()
    # At the rooms' loggers, not at the root: a test may set the root's handlers anew.
    for room in ROOMS:
        logging.getLogger(room).addHandler(collector)
    yield
    for room in ROOMS:
        logging.getLogger(room).removeHandler(collector)
    if "caplog" in request.fixturenames:
        return
    announced = [p for mark in request.node.iter_markers("logs") for p in mark.args]
    unannounced = [
        line for line in collector.records if not any(re.search(p, line) for p in announced)
    ]
    assert not unannounced, "unannounced warnings in the log:\n" + "\n".join(unannounced)
