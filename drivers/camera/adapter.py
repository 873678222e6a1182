"""The camera port over OpenCV: USB cameras, MJPEG and RTSP streams, video files."""

from __future__ import annotations

import time
from typing import ClassVar

from drivers.camera.capture import UnsuitableOpenCvError, load_cv2
from drivers.camera.options import CameraOptions
from drivers.camera.stream import FROZEN_S, REOPEN_S, CameraStream
from drivers.failure_codes import FailureCode
from drivers.ports import AdapterContext, FrameBufferInfo
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus

_OPEN_TIMEOUT_S = 1.0
_PROBE_TIMEOUT_S = 0.3
_PROBE_EVERY_S = 3.0
_CLOSE_TIMEOUT_S = 2.0

NO_FRAME: FailureCode = "camera.no_frame"
FROZEN: FailureCode = "camera.frozen"


class OpenCvCamera:
    """``Camera`` for every source OpenCV can read. The source is held open only between
    :meth:`start` and :meth:`stop`, so that a camera's light tells the truth."""

    port_options: ClassVar = {"source": "video"}
    asks_at_opening: ClassVar = False

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options: CameraOptions | None = None
        self._stream: CameraStream | None = None
        self._probed_at: float | None = None
        self._absent: str | None = None

    def open(self) -> Result[None]:
        """Check settings, OpenCV and that the source is there. Failures: ``device.misconfigured``,
        ``device.offline`` (a stream's host does not answer), ``device.gone`` (no such device)."""
        try:
            options = self._settings()
            load_cv2()
        except (ValueError, UnsuitableOpenCvError) as error:
            return Failure("device.misconfigured", str(error))
        absent = options.absent(_OPEN_TIMEOUT_S)
        if absent is not None:
            streams = isinstance(options.source, str) and "://" in options.source
            return Failure("device.offline" if streams else "device.gone", absent)
        self._options = options
        return Ok(None)

    def _settings(self) -> CameraOptions:
        """The camera's part of the options. Raises ValueError naming the key at fault."""
        return CameraOptions.parse(self._context.options)

    def close(self) -> None:
        """Stop streaming and clear the shared frame."""
        if self._stream is not None:
            self._stream.stop(_CLOSE_TIMEOUT_S)
            self._stream = None
        self._options = None

    def start(self, timeout_s: float) -> Result[FrameBufferInfo]:
        """Stream, and wait for the first frame. Failures: ``camera.no_frame``,
        ``device.cancelled``, ``device.offline`` (not open). Starting twice is harmless."""
        if self._options is None:
            return Failure("device.offline", "not open")
        if self._stream is None:
            self._stream = CameraStream(self._options)
        stream = self._stream
        if stream.wait_for_frame(timeout_s, self._context.cancelled):
            return Ok(stream.info)
        opened = stream.source_open
        self._stream = None
        # Its thread ends by itself within the read time-out; the frame is cleared already.
        stream.stop(0.0)
        if self._context.cancelled():
            return Failure("device.cancelled")
        return Failure(NO_FRAME, "source open" if opened else "source not open")

    def stop(self, timeout_s: float) -> Result[None]:
        """The shared frame is wiped before anything else. Failure ``device.hung``: the source does
        not let go in time; the device host should be restarted."""
        stream, self._stream = self._stream, None
        if stream is None or stream.stop(timeout_s):
            return Ok(None)
        return Failure("device.hung", "the video source does not return from reading")

    def status(self) -> DeviceStatus:
        """While streaming by the age of the newest frame: over 1 s ``camera.frozen``, over 3 s
        offline too. Otherwise whether the source is there, looked up every few seconds."""
        if self._options is None:
            return DeviceStatus(DeviceState.OFFLINE, failure="device.offline", detail="not open")
        if self._stream is None:
            return self._idle_status(self._options)
        age = self._stream.age_s()
        if age is None:
            return DeviceStatus(DeviceState.OFFLINE, failure=NO_FRAME)
        if age <= FROZEN_S:
            return DeviceStatus(DeviceState.ONLINE)
        if age <= REOPEN_S:
            return DeviceStatus(DeviceState.ONLINE, failure=FROZEN)
        failure = FROZEN if self._stream.source_open else NO_FRAME
        return DeviceStatus(DeviceState.OFFLINE, failure=failure)

    def _idle_status(self, options: CameraOptions) -> DeviceStatus:
        now = time.monotonic()
        if self._probed_at is None or now - self._probed_at >= _PROBE_EVERY_S:
            self._probed_at = now
            self._absent = options.absent(_PROBE_TIMEOUT_S)
        if self._absent is None:
            return DeviceStatus(DeviceState.ONLINE)
        device = DeviceState.NO_DEVICE if isinstance(options.source, int) else DeviceState.OFFLINE
        return DeviceStatus(device, failure="device.gone", detail=self._absent)
