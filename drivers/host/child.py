"""The child process of a device host: preparing the process, then running the adapter.

Started by :mod:`drivers.host.process` as a new interpreter. It dies with the supervisor, however
that ends: the kernel kills it with the parent (``PR_SET_PDEATHSIG``), and the end of the socket
does where the parent was gone before that was asked for.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import logging
import os
import resource
import signal
import socket

from drivers.flight.memory import FlightMemory
from drivers.flight.recorder import FlightRecorder
from drivers.host.link import SocketLink
from drivers.host.runner import AdapterFactory, AdapterRunner
from drivers.host.wire import MAX_LOG_TEXT, LogLine, Setup

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4


def _die_with(parent: int) -> None:
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)  # it died before the kernel was told


def _leave_no_core() -> None:
    """No core file may ever hold a card's content; the ulimit alone does not stop a core handler."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _prepare(parent: int, fault_fd: int) -> None:
    _die_with(parent)
    _leave_no_core()
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the terminal, which tells us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.set_inheritable(fault_fd, False)
    # Where each thread was, written by a C-level handler even if the interpreter lock is stuck.
    faulthandler.enable(file=fault_fd, all_threads=True)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("300")  # rather a device host, which comes back, than the terminal


class _Forward(logging.Handler):
    """Sends log records of the adapter's own package to the terminal's log."""

    def __init__(self, link: SocketLink) -> None:
        super().__init__()
        self._link = link

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = record.getMessage()[:MAX_LOG_TEXT]
        except Exception:
            self.handleError(record)
            return
        self._link.send(LogLine(record.name, record.levelno, text))


def _forward_logs(link: SocketLink, setup: Setup) -> None:
    # Only these packages: a vendor library's log may quote what it read from a card.
    for root in {"drivers", setup.target.partition(":")[0].partition(".")[0]}:
        logger = logging.getLogger(root)
        logger.setLevel(setup.log_level)
        logger.addHandler(_Forward(link))
        logger.propagate = False
    logging.raiseExceptions = False


def main(socket_fd: int, fault_fd: int, parent: int, flight_fd: int) -> None:
    """Run the adapter named by the first message until told to end. Does not return on a crash."""
    _prepare(parent, fault_fd)
    connection = socket.socket(fileno=socket_fd)
    connection.set_inheritable(False)
    link = SocketLink(connection)
    setup = link.first()
    if not isinstance(setup, Setup):
        raise TypeError(f"first message is a {type(setup).__name__}")
    # The supervisor looks at every heartbeat; this stops what outruns it.
    resource.setrlimit(resource.RLIMIT_DATA, (setup.memory_ceiling, setup.memory_ceiling))
    _forward_logs(link, setup)
    link.start(setup.heartbeat_s)

    def load() -> AdapterFactory:
        from drivers.registry import adapter_class

        return adapter_class(setup.target)

    AdapterRunner(setup, link, load, FlightRecorder(FlightMemory(flight_fd))).run()
    # Not by way of interpreter shutdown: threads of a vendor library may never join.
    os._exit(0)
