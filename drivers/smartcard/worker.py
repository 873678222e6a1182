"""Calls that may never return, made in a thread of their own.

A card that hangs holds ``SCardTransmit`` for ever, and ``SCardCancel`` does not end it: only taking
the card out, or the reader, or pcscd, does. So the caller waits here with a limit and goes on without
the answer; the thread is busy until the call comes back.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

_CALLER_LOOKS_S = 0.05


class NoAnswer(Exception):  # noqa: N818 - an outcome of a call, not an error
    """The call did not return in time."""


class GivenUp(Exception):  # noqa: N818 - as above
    """The caller gave up before it returned."""


class Worker:
    """One thread that makes one call after another, in the order they were asked for."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        self._last: Future[Any] | None = None
        threading.Thread(target=self._run, name="pcsc-worker", daemon=True).start()

    @property
    def busy(self) -> bool:
        """A call that was not waited for is still out."""
        return self._last is not None and not self._last.done()

    def call(
        self,
        function: Callable[[], T],
        within_s: float,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> T:
        """What ``function`` returns or raises; else :class:`NoAnswer` or :class:`GivenUp`."""
        future = self.post(function)
        deadline = time.monotonic() + within_s
        while True:
            left = deadline - time.monotonic()
            try:
                return future.result(max(0.0, min(left, _CALLER_LOOKS_S)))
            except TimeoutError:
                if future.done():
                    raise  # the function's own
                if cancelled():
                    raise GivenUp from None
                if left <= 0:
                    raise NoAnswer from None

    def post(self, function: Callable[[], T]) -> Future[T]:
        """Have it called after those before it; nobody waits."""
        future: Future[T] = Future()
        self._last = future
        self._jobs.put((function, future))
        return future

    def close(self) -> None:
        """End the thread after what it was asked; a call that hangs is left behind."""
        self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            function, future = job
            try:
                future.set_result(function())
            except Exception as error:
                future.set_exception(error)
