"""Errors in the log while somebody uses the terminal: a visit that ends well is no excuse for them."""

from __future__ import annotations

import logging


class ErrorLog(logging.Handler):
    """Gathers what any thread logs as an error, from now until :meth:`close`."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._lines: list[str] = []
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """One more."""
        self._lines.append(f"{record.name} {record.getMessage()}")

    def take(self) -> list[str]:
        """Logger and message of each since the last call."""
        lines, self._lines = self._lines, []
        return lines

    def close(self) -> None:
        """Stop reading the log."""
        logging.getLogger().removeHandler(self)
        super().close()
