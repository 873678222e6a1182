"""A network camera on the loopback interface: MJPEG over HTTP (``multipart/x-mixed-replace``)."""

from __future__ import annotations

import importlib
import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from http.server import BaseHTTPRequestHandler
from socketserver import BaseRequestHandler
from typing import TYPE_CHECKING, Any

from drivers.camera.pattern import covered_lens, moving_pattern
from drivers.loopback_http import LoopbackHttpServer

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8] | bytes
    Scene = Callable[[int], Picture] | Sequence[Picture]

PATH = "/video.mjpg"
PATTERN = "pattern"
_BLANK = "blank"
_BOUNDARY = "frame"
_JPEG_QUALITY = 90

_FAULTS = {
    "pieces": "pictures come in pieces of 256 bytes",
    "slow": "a picture is spread over a third of a second",
    "damage": "bytes of a picture are spoilt",
    "noise": "rubbish between two pictures",
    "cut": "the connection ends in the middle of a picture",
}
_PIECE = 256
_SPREAD_S = 0.35
_COMMANDS: dict[str, str] = {
    "show": 'Show a registered scene (scene="pattern").',
    "blank": "Cover the lens: black pictures with a sensor's noise.",
    "freeze": "Send the same picture again and again.",
    "resume": "End freeze, hang and blank.",
    "hang": "Keep connections open but send nothing.",
    "drop": "Close the open connections; new ones are served.",
    "fault": f"Strike the next pictures: kind={'|'.join(_FAULTS)}, count of pictures.",
    "off": "Switch off: connections end and are refused.",
    "on": "Switch on again, at the same address.",
}


class MjpegCameraSimulator:
    """A simulated camera (:class:`drivers.simulation.Simulator`).

    A *scene* is a sequence of pictures shown in turn, or a function from the frame's index (counted
    from the scene's start) to a picture; a picture is JPEG bytes or a BGR array. Scenes come from
    whoever has pictures (:meth:`add_scene`); the built-in one is a moving test pattern.
    """

    def __init__(
        self,
        scenes: Mapping[str, Scene] | None = None,
        width: int = 640,
        height: int = 480,
        fps: float = 25.0,
    ) -> None:
        self._size = (width, height)
        self._period_s = 1.0 / fps
        self._scenes: dict[str, Scene] = {
            PATTERN: lambda index: moving_pattern(index, width, height),
            _BLANK: lambda index: covered_lens(index, width, height),
            **(scenes or {}),
        }
        self._lock = threading.RLock()
        self._scene = PATTERN
        self._index = itertools.count()
        self._frozen = False
        self._news = threading.Condition()
        self._jpeg = b""
        self._number = 0
        self._viewers = 0
        self._hanging = False
        self._served = False
        self._struck_by, self._strikes_left = "", 0
        self._ended = threading.Event()
        self._camera: threading.Thread | None = None
        self._http = LoopbackHttpServer(self._handler())

    def _handler(self) -> type[BaseRequestHandler]:
        return _handler(self)

    def add_scene(self, name: str, scene: Scene) -> None:
        """Register a scene for ``show``."""
        with self._lock:
            self._scenes[name] = scene

    def start(self) -> None:
        """Switch on and listen."""
        with self._lock:
            if self._camera is not None:
                return
            self._ended.clear()
            self._camera = threading.Thread(target=self._run, name="mjpeg-camera", daemon=True)
            self._camera.start()
            self._http.start()
            self._on()

    def stop(self) -> None:
        """Switch off for good."""
        with self._lock:
            self._off()
            self._http.stop()
            camera, self._camera = self._camera, None
        # Joined without the lock, which the camera's thread takes for each picture.
        self._ended.set()
        if camera is not None:
            camera.join()

    @property
    def address(self) -> str:
        """``http://127.0.0.1:port/video.mjpg``."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    @property
    def port(self) -> int:
        """Chosen by :meth:`start`."""
        return self._http.port

    def commands(self) -> Mapping[str, str]:
        """See :class:`drivers.simulation.Simulator`."""
        return dict(_COMMANDS)

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """See :class:`drivers.simulation.Simulator`. An unknown scene: :class:`KeyError`."""
        if name not in self.commands():
            raise KeyError(name)
        with self._lock:
            getattr(self, f"_{name}")(**arguments)
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """Power, scene, faults, viewers, pictures sent out so far."""
        with self._lock, self._news:
            return {
                "on": self._http.is_on,
                "scene": self._scene,
                "scenes": sorted(self._scenes),
                "frozen": self._frozen,
                "hanging": self._hanging,
                "viewers": self._viewers,
                "frames": self._number,
                "fault": self._struck_by if self._strikes_left else None,
            }

    def _show(self, scene: str = PATTERN) -> None:
        if scene not in self._scenes:
            raise KeyError(scene)
        self._scene, self._index = scene, itertools.count()

    def _blank(self) -> None:
        self._show(_BLANK)

    def _freeze(self) -> None:
        self._frozen = True

    def _resume(self) -> None:
        self._frozen = False
        if self._scene == _BLANK:
            self._show(PATTERN)
        self._set_hanging(False)

    def _hang(self) -> None:
        self._set_hanging(True)

    def _set_hanging(self, hanging: bool) -> None:
        with self._news:
            self._hanging = hanging
            self._news.notify_all()

    def _drop(self) -> None:
        self._http.cut_connections()

    def _fault(self, kind: str, count: int = 1) -> None:
        if kind not in _FAULTS:
            raise ValueError(f"no fault {kind}; there are: {', '.join(_FAULTS)}")
        with self._news:
            self._struck_by, self._strikes_left = kind, count

    def on_the_wire(self, part: bytes) -> Iterator[bytes]:
        """A picture's part as it goes out, piece by piece, with the fault that strikes it."""
        with self._news:
            fault = self._struck_by if self._strikes_left else ""
            self._strikes_left = max(0, self._strikes_left - 1)
        match fault:
            case "damage":
                middle = len(part) // 2
                part = part[:middle] + b"\xff\x00\xd9\x55" * 16 + part[middle + 64 :]
            case "noise":
                yield b"\xff\xd8 no picture \xff\xd9\r\n" * 8
            case "cut":
                yield part[: len(part) // 2]
                raise ConnectionAbortedError
        size = _PIECE if fault in ("pieces", "slow") else len(part)
        pieces = [part[at : at + size] for at in range(0, len(part), size)]
        for piece in pieces:
            yield piece
            if fault == "slow":
                self._ended.wait(_SPREAD_S / len(pieces))

    def _off(self) -> None:
        with self._news:
            self._served = False
            self._news.notify_all()
        self._http.switch_off()

    def _on(self) -> None:
        with self._news:
            self._served = True
        self._http.switch_on()

    def _run(self) -> None:
        """Take a picture every period while somebody watches."""
        next_at = time.monotonic()
        while not self._ended.is_set():
            next_at = max(next_at + self._period_s, time.monotonic())
            if self._ended.wait(max(0.0, next_at - time.monotonic())):
                return
            with self._news:
                watched = self._viewers > 0 and not self._hanging
            if watched:
                jpeg = self._next_picture()
                with self._news:
                    self._jpeg = jpeg
                    self._number += 1
                    self._news.notify_all()

    def _next_picture(self) -> bytes:
        with self._lock:
            if self._frozen and self._jpeg:
                return self._jpeg
            scene, index = self._scenes[self._scene], next(self._index)
        picture = scene(index) if callable(scene) else scene[index % len(scene)]
        return picture if isinstance(picture, bytes) else _encode(picture)

    def watch(self, send: Callable[[bytes], object]) -> None:
        """Pass every new picture to ``send`` until the camera is switched off or ``send`` raises
        OSError. Called by the HTTP server's threads."""
        with self._news:
            self._viewers += 1
            seen = self._number
        try:
            while (news := self._next_news(seen)) is not None:
                seen, jpeg = news
                send(jpeg)
        finally:
            with self._news:
                self._viewers -= 1

    def _next_news(self, seen: int) -> tuple[int, bytes] | None:
        """Wait for a picture after number ``seen``; None once switched off."""
        with self._news:
            self._news.wait_for(
                lambda: not self._served or (self._number != seen and not self._hanging)
            )
            return (self._number, self._jpeg) if self._served else None


def _encode(picture: npt.NDArray[np.uint8]) -> bytes:
    cv2 = importlib.import_module("cv2")
    ok, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    if not ok:
        raise ValueError("this picture cannot be encoded as JPEG")
    return bytes(jpeg)


def _handler(camera: MjpegCameraSimulator) -> type[BaseHTTPRequestHandler]:
    """An HTTP request handler that streams ``camera``."""

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            if self.path != PATH:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", f"multipart/x-mixed-replace;boundary={_BOUNDARY}")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            camera.watch(self._send)

        def _send(self, jpeg: bytes) -> None:
            head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n"
            for piece in camera.on_the_wire(head.encode("ascii") + b"\r\n" + jpeg + b"\r\n"):
                self.wfile.write(piece)

        def log_message(self, format: str, *args: Any) -> None:
            """No log: frames are not events."""

    return Handler
