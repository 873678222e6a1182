"""Asking the system to shut down: one configured command, run without a shell, and audited."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Callable, Sequence

from kiosk.audit import AuditLog

log = logging.getLogger(__name__)

COMMAND_S = 20.0


class SystemShutdown:
    """``command``: program and arguments; empty: the system is never asked. ``close``: makes sure
    that nothing is in the middle of being written when the machine goes down."""

    def __init__(
        self, command: Sequence[str], audit: AuditLog, close: Callable[[], object]
    ) -> None:
        self._command = tuple(command)
        self._audit = audit
        self._close = close

    def ask(self) -> bool:
        """True if the system goes down now: the command ended well, and everything is closed.

        A command that fails leaves everything open, so that service goes on when the mains return.
        """
        if not self._command:
            self._audit.append("power.shutdown_off", {})
            return False
        self._audit.append("power.shutdown_asked", {"program": self._command[0]})
        fault = self._run()
        if fault:
            log.error("power.shutdown_failed fault=%s", fault)
            self._audit.append("power.shutdown_failed", {"fault": fault})
            return False
        self._close()
        self._audit.append("power.closed", {})
        return True

    def _run(self) -> str:
        """What went wrong; "" if nothing did."""
        try:
            done = subprocess.run(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=COMMAND_S,
            )
        except subprocess.TimeoutExpired:
            return "timeout"
        except OSError as error:
            return type(error).__name__
        return f"exit {done.returncode}" if done.returncode else ""
