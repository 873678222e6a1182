"""A video source opened with OpenCV, every wait of it bounded (docs/devices/camera.md)."""

from __future__ import annotations

import importlib
import os
import threading
import time
from typing import TYPE_CHECKING, Any

from drivers.camera.options import CameraOptions, SourceKind

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]

OPEN_TIMEOUT_MS = 2000
READ_TIMEOUT_MS = 1500


class UnsuitableOpenCvError(RuntimeError):
    """The OpenCV found is not the headless build, or has touched Qt's environment."""


def load_cv2() -> Any:
    """The ``cv2`` module, imported on first use (it costs a device host half a second).

    Raises :class:`UnsuitableOpenCvError`: the builds with a window system carry a Qt of their own
    and point ``QT_QPA_PLATFORM_PLUGIN_PATH`` at it, also for child processes; and any package that
    depends on such a build overwrites the same ``cv2`` folder silently.
    """
    # Seconds; the default of 10 is longer than a person stands still. Read at import.
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
    before = os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH")
    cv2 = importlib.import_module("cv2")
    if not cv2.version.headless:
        raise UnsuitableOpenCvError("OpenCV is not the headless build: opencv-python-headless")
    if os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH") != before:
        raise UnsuitableOpenCvError("importing OpenCV changed QT_QPA_PLATFORM_PLUGIN_PATH")
    return cv2


class Capture:
    """One opening of the source, used by one thread and released once.

    After a read time-out FFmpeg's capture stays "open" but never delivers again, so whoever gets
    None from :meth:`read` must release it and open another.
    """

    def __init__(self, options: CameraOptions) -> None:
        self._cv2 = load_cv2()
        self._options = options
        self._picture: Any = None
        self._capture = self._open()
        self._period_s = self._file_period()
        self._next_at = time.monotonic()

    def _open(self) -> Any:
        cv2, options = self._cv2, self._options
        if options.kind is SourceKind.V4L2:
            capture = cv2.VideoCapture(options.source, cv2.CAP_V4L2)
            if capture.isOpened():
                # Uncompressed video at this size fills a USB 2 bus shared with other devices.
                capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
                capture.set(cv2.CAP_PROP_FRAME_WIDTH, options.width)
                capture.set(cv2.CAP_PROP_FRAME_HEIGHT, options.height)
                capture.set(cv2.CAP_PROP_FPS, options.fps)
                capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
            return capture
        limits = [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            OPEN_TIMEOUT_MS,
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            READ_TIMEOUT_MS,
        ]
        return cv2.VideoCapture(options.source, cv2.CAP_FFMPEG, limits)

    def _file_period(self) -> float:
        if self._options.kind is not SourceKind.FILE:
            return 0.0
        rate = self._capture.get(self._cv2.CAP_PROP_FPS)
        return 1.0 / (rate if 1 <= rate <= 120 else self._options.fps)

    @property
    def opened(self) -> bool:
        """True if the source answered."""
        return bool(self._capture.isOpened())

    def read(self, stop: threading.Event) -> Picture | None:
        """The next picture of the size asked for; None at the end, on a time-out, or on ``stop``.

        A file is delivered at its own rate and begins again at its end. The next call may overwrite
        the picture.
        """
        if self._period_s and self._wait_for_turn(stop):
            return None
        ok = self._grab()
        if not ok and self._period_s:
            # Reopened rather than rewound: not every container can seek.
            self._capture.release()
            self._capture = self._open()
            ok = self._grab()
        return self._shape(self._picture) if ok else None

    def _grab(self) -> bool:
        # Into the same memory, so that there is one place to wipe.
        ok, picture = self._capture.read(self._picture)
        if ok:
            self._picture = picture
        return bool(ok)

    def _wait_for_turn(self, stop: threading.Event) -> bool:
        now = time.monotonic()
        # After a pause (a suspended machine) go on from now instead of racing through the film.
        self._next_at = max(self._next_at + self._period_s, now - self._period_s)
        return stop.wait(max(0.0, self._next_at - now))

    def _shape(self, picture: Any) -> Picture:
        """Cropped around the centre to the aspect asked for, scaled, three channels, contiguous."""
        cv2, width, height = self._cv2, self._options.width, self._options.height
        if picture.ndim == 2:
            picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
        rows, columns = picture.shape[:2]
        if (rows, columns) != (height, width):
            keep_columns = min(columns, max(1, rows * width // height))
            keep_rows = min(rows, max(1, columns * height // width))
            left, top = (columns - keep_columns) // 2, (rows - keep_rows) // 2
            picture = picture[top : top + keep_rows, left : left + keep_columns]
            picture = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
        if self._options.mirror:
            picture = cv2.flip(picture, 1)
        shaped: Picture = picture if picture.flags["C_CONTIGUOUS"] else picture.copy()
        return shaped

    def release(self) -> None:
        """Let go of the source and wipe the last picture; safe to call twice."""
        self._capture.release()
        if self._picture is not None:
            self._picture.fill(0)
