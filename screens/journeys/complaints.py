"""What the terminal itself complains of while somebody uses it: errors in its log, warnings of QML."""

from __future__ import annotations

import re

from kiosk.demo.errors import ErrorLog
from screens.shell import Shell

_PLACE = re.compile(r"_QMLTYPE_\d+\(0x[0-9a-f]+\)")
"""What differs from one window to the next."""


class Complaints:
    """Gathers them, of any thread, until :meth:`close`."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._warned = len(shell.warnings)
        self._errors = ErrorLog()

    def new(self) -> list[str]:
        """Since the last call."""
        warned = self._shell.warnings[self._warned :]
        self._warned += len(warned)
        qml = [f"QML: {_PLACE.sub('', warning)}" for warning in warned]
        return [*qml, *(f"log: {line}" for line in self._errors.take())]

    def close(self) -> None:
        """Stop reading the log."""
        self._errors.close()
