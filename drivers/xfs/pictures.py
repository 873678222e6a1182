"""Pictures of a Camera service, put into shared memory one after another."""

from __future__ import annotations

import base64
import binascii
import threading
import time
from typing import TYPE_CHECKING, Any

from drivers.camera.framebuffer import FrameWriter
from drivers.ports import FrameBufferInfo
from drivers.results import Failure, Ok, Result
from drivers.xfs.client import Connection
from drivers.xfs.messages import SUCCESS, Message
from drivers.xfs.state import completion_failure

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]

_PICTURE_S = 1.5
_MOST_PIXELS = 50_000_000


def take_picture(connection: Connection, camera: str, timeout_s: float) -> Result[Picture]:
    """One picture, as rows of blue, green, red. Failures: ``camera.no_frame``, ``device.*``."""
    answer = connection.call("Camera.TakePicture", {"camera": camera}, timeout_s)
    if isinstance(answer, Failure):
        if answer.code == "device.timeout":
            return Failure("camera.no_frame", "no picture in time")
        return answer
    if answer.value.code != SUCCESS:
        return _no_picture(answer.value)
    return _decoded(answer.value.payload.get("pictureFile") or "")


def _no_picture(message: Message) -> Failure:
    error = message.payload.get("errorCode") or ""
    if error == "cameraNotSupported":
        return Failure("device.misconfigured", error)
    if error in ("mediaFull", "cameraInoperable") or message.code == "timeOut":
        return Failure("camera.no_frame", error or message.code)
    return completion_failure(message)


def _decoded(text: str) -> Result[Picture]:
    # numpy and OpenCV only where pictures are taken; opening has seen that they are there
    import cv2
    import numpy as np

    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return Failure("device.protocol", "pictureFile is not Base64")
    picture: Any = None
    if data:
        try:
            picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error:
            picture = None
    if picture is None or picture.size // 3 > _MOST_PIXELS:
        return Failure("camera.no_frame", "pictureFile is no picture that can be read")
    return Ok(picture)


class PictureStream:
    """Takes pictures in a thread of its own until :meth:`stop`, or until the connection fails.

    ``ended``: why it ended by itself, or None. The connection is its own to close.
    """

    def __init__(
        self, connection: Connection, camera: str, first: Picture, period_s: float
    ) -> None:
        height, width = first.shape[:2]
        self._connection = connection
        self._camera = camera
        self._period_s = period_s
        self._writer = FrameWriter(width, height)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._newest = time.monotonic()
        self.ended: Failure | None = None
        self._write(first, self._newest)
        self._thread = threading.Thread(target=self._run, name="xfs-pictures", daemon=True)
        self._thread.start()

    @property
    def info(self) -> FrameBufferInfo:
        """Where the frames are."""
        return self._writer.info

    @property
    def age_s(self) -> float:
        """Seconds since the newest picture was asked for."""
        return time.monotonic() - self._newest

    def stop(self, timeout_s: float) -> bool:
        """Wipe the shared frame at once, then end; False if the thread did not end in time."""
        self._stopped.set()
        with self._lock:
            self._writer.close()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while not self._stopped.wait(self._period_s):
                began = time.monotonic()
                taken = take_picture(self._connection, self._camera, _PICTURE_S)
                if isinstance(taken, Ok):
                    self._write(taken.value, began)
                elif taken.code != "camera.no_frame":
                    self.ended = taken
                    break
        finally:
            self._connection.close()

    def _write(self, picture: Picture, at: float) -> None:
        import cv2
        import numpy as np

        size = (self.info.width, self.info.height)
        if picture.shape[1::-1] != size:
            picture = np.asarray(cv2.resize(picture, size), np.uint8)
        with self._lock:
            if self._stopped.is_set():
                return
            self._writer.write(np.ascontiguousarray(picture).data, int(at * 1e9))
            self._newest = at
