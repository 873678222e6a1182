"""The terminals the sandbox knows, and whose certificates it took back."""

from __future__ import annotations

import threading


class Terminals:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revoked: set[tuple[str, int]] = set()
        self._barred: set[str] = set()

    def revoke(self, terminal: str, serial: int | None = None) -> None:
        """Take back one certificate of a terminal, or (None) all it has or will have."""
        with self._lock:
            if serial is None:
                self._barred.add(terminal)
            else:
                self._revoked.add((terminal, serial))

    def reinstate(self, terminal: str) -> None:
        """Forget every revocation of a terminal."""
        with self._lock:
            self._barred.discard(terminal)
            self._revoked = {pair for pair in self._revoked if pair[0] != terminal}

    def revoked(self, terminal: str, serial: int) -> bool:
        """Whether this certificate may not be used."""
        with self._lock:
            return terminal in self._barred or (terminal, serial) in self._revoked
