"""Personal bytes of the present visit (portrait, proof, pickup keys): in memory, under handles."""

from __future__ import annotations

import secrets
import threading


class Vault:
    """Holds what must be gone when the person has left. Thread-safe.

    Python can't promise that no copy survives in freed memory; what it can promise is that nothing
    reachable is left, that nothing was written to disk, and that buffers are overwritten.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, bytearray] = {}
        self._epoch = 0

    @property
    def epoch(self) -> int:
        """Counts wipes. Work that began before a wipe must not bring anything back after it."""
        return self._epoch

    def put(self, content: bytes, epoch: int) -> str:
        """Keep ``content`` of work begun in ``epoch``; its handle, or "" if a wipe came between."""
        handle = secrets.token_hex(8)
        return handle if self.keep(handle, content, epoch) else ""

    def keep(self, handle: str, content: bytes, epoch: int) -> bool:
        """Keep ``content`` under a handle of the caller's; False if a wipe came between."""
        with self._lock:
            if epoch != self._epoch:
                return False
            self._held[handle] = bytearray(content)
            return True

    def get(self, handle: str) -> bytes | None:
        """The content, or None once it was wiped."""
        with self._lock:
            content = self._held.get(handle)
            return bytes(content) if content is not None else None

    def drop(self, handle: str) -> None:
        """Overwrite and forget one thing, if it is held."""
        with self._lock:
            content = self._held.pop(handle, None)
            if content is not None:
                content[:] = bytes(len(content))

    def wipe(self) -> int:
        """Overwrite and forget everything; returns how many things were held."""
        with self._lock:
            for content in self._held.values():
                content[:] = bytes(len(content))
            count = len(self._held)
            self._held.clear()
            self._epoch += 1
            return count
