"""The newest picture of a camera for as long as somebody scans; nothing is kept or shared."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from drivers.camera.capture import Capture
from drivers.camera.options import CameraOptions

if TYPE_CHECKING:
    from drivers.camera.capture import Picture

_FIRST_BACKOFF_S = 0.25
_LONGEST_BACKOFF_S = 2.0


class CameraWatch:
    """Reads a source in a thread of its own from construction to :meth:`stop`: reading may take
    its full time-out, and a scan must still end in its time."""

    def __init__(
        self, options: CameraOptions, open_capture: Callable[[CameraOptions], Capture] = Capture
    ) -> None:
        self._options, self._open_capture = options, open_capture
        self._stop = threading.Event()
        self._changed = threading.Condition()
        self._picture: Picture | None = None
        self._number = 0
        self._thread = threading.Thread(target=self._run, name="scanner-camera", daemon=True)
        self._thread.start()

    def next(self, after: int, timeout_s: float) -> tuple[int, Picture] | None:
        """The newest picture if its number is beyond ``after`` (0 at first), waited for up to
        ``timeout_s`` seconds; else None."""
        with self._changed:
            self._changed.wait_for(lambda: self._number > after, max(0.0, timeout_s))
            if self._number <= after or self._picture is None:
                return None
            return self._number, self._picture

    def stop(self, timeout_s: float) -> bool:
        """Forget the picture and let go of the camera; False if reading does not return in time
        (it does within the capture's own time-out)."""
        self._stop.set()
        with self._changed:
            self._picture = None
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        backoff = _FIRST_BACKOFF_S
        while not self._stop.is_set():
            capture = self._open_capture(self._options)
            try:
                delivered = capture.opened and self._deliver(capture)
            finally:
                capture.release()
            backoff = _FIRST_BACKOFF_S if delivered else min(backoff * 2, _LONGEST_BACKOFF_S)
            self._stop.wait(backoff)

    def _deliver(self, capture: Capture) -> bool:
        delivered = False
        while not self._stop.is_set():
            picture = capture.read(self._stop)
            if picture is None:
                break
            with self._changed:
                if self._stop.is_set():
                    break
                self._picture, self._number = picture, self._number + 1
                self._changed.notify_all()
            delivered = True
        return delivered
