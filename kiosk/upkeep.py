"""Looking, now and then, for what the portal has for the next start: tables and settings."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

EVERY_S = 3600.0
AGAIN_S = 300.0

Look = Callable[[], bool]
"""Looks once, within the portal's time-outs; False: worth another look soon."""


class Upkeep:
    """Looks every hour, and sooner after a failure; one thread, which never holds up a visit."""

    def __init__(self, looks: Sequence[Look]) -> None:
        self._looks = tuple(looks)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begin, with a look at once."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stop.is_set():
            settled = [self._safely(look) for look in self._looks]
            self._stop.wait(EVERY_S if all(settled) else AGAIN_S)

    @staticmethod
    def _safely(look: Look) -> bool:
        try:
            return look()
        except Exception as error:
            # Without this thread tables and settings would grow old unnoticed.
            log.error("upkeep.failed error=%s", type(error).__name__)
            return False
