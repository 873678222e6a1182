"""Requests to a supervisor's thread, with a file descriptor that wakes its selector."""

from __future__ import annotations

import os
import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Many threads put, one takes. After :meth:`close` nothing can be put any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._items: list[T] = []
        self._open = True
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)

    def fileno(self) -> int:
        """Readable while there may be something to take."""
        return self._wake

    def put(self, item: T) -> bool:
        """Leave a request; False if nobody will ever take it."""
        with self._lock:
            if not self._open:
                return False
            if self._items and self._items[-1] == item:
                return True  # asked for twice before anybody looked: once is enough
            self._items.append(item)
            os.eventfd_write(self._wake, 1)
            return True

    def take_all(self) -> list[T]:
        """Everything put so far, in order."""
        with self._lock:
            if self._items:
                os.eventfd_read(self._wake)
            items, self._items = self._items, []
            return items

    def close(self) -> list[T]:
        """Take no more; returns what was left."""
        with self._lock:
            items, self._items = self._items, []
            if self._open:
                self._open = False
                os.close(self._wake)
            return items
