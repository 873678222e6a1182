"""The thread that keeps the newest frame of a source in shared memory and reopens a dead source."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable

from drivers.camera.capture import Capture
from drivers.camera.framebuffer import FrameWriter
from drivers.camera.options import CameraOptions, SourceKind

FROZEN_S = 1.0
REOPEN_S = 3.0
_FIRST_BACKOFF_S = 0.25
_LONGEST_BACKOFF_S = 8.0


class CameraStream:
    """Streams from construction until :meth:`stop`. Thread-safe.

    A frame counts as new only if its picture differs from the one before: a live sensor never gives
    the same picture twice, a frozen driver or camera does. (A file may, and is believed.) The frame
    in memory therefore ages while a source is frozen, and every reader can see that for itself.
    """

    def __init__(
        self, options: CameraOptions, open_capture: Callable[[CameraOptions], Capture] = Capture
    ) -> None:
        self._options = options
        self._open_capture = open_capture
        self._writer = FrameWriter(options.width, options.height)
        self.info = self._writer.info
        self._stop = threading.Event()
        self._changed = threading.Condition()
        self._newest_at: float | None = None
        self._opened_at: float | None = None
        self._last_crc: int | None = None
        self._openings = 0
        self._frames = 0
        self._thread = threading.Thread(target=self._run, name="camera-stream", daemon=True)
        self._thread.start()

    def wait_for_frame(
        self, timeout_s: float, cancelled: Callable[[], bool] = lambda: False
    ) -> bool:
        """True as soon as there is a first frame."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while self._newest_at is None:
                remaining = deadline - time.monotonic()
                if remaining <= 0 or cancelled() or self._stop.is_set():
                    return False
                self._changed.wait(min(remaining, 0.1))
            return True

    def wait_beyond(self, frames: int, timeout_s: float) -> int:
        """Wait until more than ``frames`` frames have been published; how many there are now."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._frames > frames or self._stop.is_set(), max(0.0, timeout_s)
            )
            return self._frames

    def age_s(self) -> float | None:
        """Seconds since the newest frame, None before the first."""
        with self._changed:
            return None if self._newest_at is None else time.monotonic() - self._newest_at

    @property
    def source_open(self) -> bool:
        """True while the source is open, whether or not it delivers."""
        with self._changed:
            return self._opened_at is not None

    @property
    def openings(self) -> int:
        """How often the source has been opened successfully."""
        with self._changed:
            return self._openings

    def stop(self, timeout_s: float) -> bool:
        """Clear the frame at once, then end the thread; False if it does not end in time."""
        self._stop.set()
        with self._changed:
            self._writer.close()
            self._changed.notify_all()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        backoff = _FIRST_BACKOFF_S
        while not self._stop.is_set():
            capture = self._open_capture(self._options)
            try:
                delivered = capture.opened and self._deliver(capture)
            finally:
                with self._changed:
                    self._opened_at = None
                capture.release()
            backoff = _FIRST_BACKOFF_S if delivered else min(backoff * 2, _LONGEST_BACKOFF_S)
            self._stop.wait(backoff)

    def _deliver(self, capture: Capture) -> bool:
        """Publish frames until the source fails or freezes; True if there was a new one."""
        with self._changed:
            self._opened_at = fresh_at = time.monotonic()
            self._openings += 1
        delivered = False
        while not self._stop.is_set():
            picture = capture.read(self._stop)
            if picture is None:
                break
            now = time.monotonic()
            crc = zlib.crc32(picture.data)
            if crc != self._last_crc or self._options.kind is SourceKind.FILE:
                self._last_crc = crc
                self._publish(picture.data, now, crc)
                fresh_at, delivered = now, True
            elif now - fresh_at > REOPEN_S:
                break
        return delivered

    def _publish(self, pixels: memoryview, now: float, crc: int) -> None:
        with self._changed:
            # stop() closes the writer under the same lock: no picture is written after it.
            if self._stop.is_set():
                return
            self._writer.write(pixels, int(now * 1e9), crc)
            self._newest_at = now
            self._frames += 1
            self._changed.notify_all()
