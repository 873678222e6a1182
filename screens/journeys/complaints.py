"""What the terminal itself complains of while somebody uses it: errors in its log, warnings of QML."""

from __future__ import annotations

import logging
import re

from screens.shell import Shell

_PLACE = re.compile(r"_QMLTYPE_\d+\(0x[0-9a-f]+\)")
"""What differs from one window to the next."""


class Complaints(logging.Handler):
    """Gathers them from any thread for as long as it is open."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(logging.ERROR)
        self._shell = shell
        self._warned = len(shell.warnings)
        self._logged: list[str] = []
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """One more."""
        self._logged.append(f"log: {record.name} {record.getMessage()}")

    def new(self) -> list[str]:
        """Since the last call."""
        warned = self._shell.warnings[self._warned :]
        self._warned += len(warned)
        logged, self._logged = self._logged, []
        return [*(f"QML: {_PLACE.sub('', warning)}" for warning in warned), *logged]

    def close(self) -> None:
        """Stop reading the log."""
        logging.getLogger().removeHandler(self)
        super().close()
