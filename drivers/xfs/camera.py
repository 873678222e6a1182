"""The camera port over Camera.TakePicture: single pictures, taken one after another."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field

from drivers.camera.capture import UnsuitableOpenCvError, load_cv2
from drivers.ports import AdapterContext, FrameBufferInfo, no_tap
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus
from drivers.xfs.adapter import XfsAdapter
from drivers.xfs.client import Connection
from drivers.xfs.negotiation import Capabilities
from drivers.xfs.options import XfsOptions
from drivers.xfs.pictures import PictureStream, take_picture
from drivers.xfs.state import left

_FROZEN_S, _LOST_S = 1.0, 3.0
_CLOSE_S = 2.0


class XfsCameraOptions(XfsOptions):
    """``camera``: its name in the service (``room``, ``person``, ``exitSlot``, or a maker's own).
    ``period_s``: from one picture to the next, at the shortest. ``recorded``: whether a service that
    keeps every picture on a recording medium may be used."""

    camera: str = Field(default="person", pattern=r"^[A-Za-z][A-Za-z0-9]{0,59}$")
    period_s: float = Field(default=0.3, ge=0.05, le=5)
    recorded: Literal["refuse", "accept"] = "refuse"


class XfsCamera(XfsAdapter):
    """Options: :class:`XfsCameraOptions`. The pictures come at the service's pace, over a
    connection of their own, between :meth:`start` and :meth:`stop` only."""

    interface = "Camera"
    section = "camera"
    needs = ("Camera.TakePicture",)
    reset = ("Camera.Reset", {})
    options_model = XfsCameraOptions
    most_bytes = 16 << 20

    def __init__(self, context: AdapterContext) -> None:
        super().__init__(context)
        self._stream: PictureStream | None = None

    def open(self) -> Result[None]:
        """See :meth:`XfsAdapter.open`; ``device.misconfigured`` too where OpenCV does not serve."""
        try:
            load_cv2()
        except UnsuitableOpenCvError as error:
            return Failure("device.misconfigured", str(error))
        return super().open()

    def _unable(self, capabilities: Capabilities) -> str:
        about = capabilities.section(self.section)
        name = self._options.camera
        if not (about.get("cameras") or {}).get(name):
            return f"the service has no camera called {name} (camera)"
        if about.get("maxPictures") and self._options.recorded == "refuse":
            return "the service keeps every picture on a recording medium (recorded)"
        return ""

    def close(self) -> None:
        """Stop, clear the shared frame, and leave the services."""
        self._leave()
        super().close()

    def _leave(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.stop(_CLOSE_S)

    def start(self, timeout_s: float) -> Result[FrameBufferInfo]:
        """See :meth:`drivers.ports.Camera.start`. Failures: ``camera.no_frame``, ``device.*``."""
        deadline = self._open_until = time.monotonic() + timeout_s
        ready = self._ready(timeout_s)
        if isinstance(ready, Failure):
            return ready
        if self._stream is not None and self._stream.ended is None:
            return Ok(self._stream.info)
        self._leave()
        first = take_picture(ready.value, self._options.camera, left(deadline))
        if isinstance(first, Failure):
            return first
        own = self._own_connection()
        if isinstance(own, Failure):
            return own
        try:
            self._stream = PictureStream(
                own.value, self._options.camera, first.value, self._options.period_s
            )
        except OSError:
            own.value.close()
            return Failure("camera.no_frame", "no shared memory for a picture")
        return Ok(self._stream.info)

    def _own_connection(self) -> Result[Connection]:
        # not recorded: it would run into the recording of the first one, which has it all but times
        return self._try(self._address, lambda uri: self._connect(uri, no_tap, lambda: False))

    def stop(self, timeout_s: float) -> Result[None]:
        """The shared frame is wiped before anything else. ``device.hung``: the service does not
        let go in time."""
        stream, self._stream = self._stream, None
        if stream is None or stream.stop(timeout_s):
            return Ok(None)
        return Failure("device.hung", "the service does not return from taking a picture")

    def _told(self) -> DeviceStatus:
        told = super()._told()
        if self._stream is None or told.failure is not None:
            return told
        ended, age = self._stream.ended, self._stream.age_s
        if ended is not None:
            return replace(
                told, device=DeviceState.OFFLINE, failure=ended.code, detail=ended.detail
            )
        if age <= _FROZEN_S:
            return told
        if age <= _LOST_S:
            return replace(told, failure="camera.frozen")
        return replace(told, device=DeviceState.OFFLINE, failure="camera.no_frame")

    def _read(self, payload: Mapping[str, Any]) -> DeviceStatus:
        base = super()._read(payload)
        told = payload.get(self.section) or {}
        if base.failure is not None:
            return base
        if (told.get("cameras") or {}).get(self._options.camera) in ("inop", "inoperative"):
            return replace(base, device=DeviceState.HARDWARE_ERROR, failure="device.offline")
        if (told.get("media") or {}).get(self._options.camera) == "full":
            return replace(base, failure="camera.no_frame", detail="the recording medium is full")
        return base
