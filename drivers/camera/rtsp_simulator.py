"""A network camera on the loopback interface that speaks RTSP with a password, RTP/JPEG over TCP."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from socketserver import BaseRequestHandler
from typing import TYPE_CHECKING, Any

from drivers.camera.rtsp_server import digest_response, handler_for, matches
from drivers.camera.simulator import MjpegCameraSimulator

if TYPE_CHECKING:
    from drivers.camera.simulator import Scene

_PATH = "/live"
_USER = "terminal"
_COMMANDS = {
    "cut_mid_frame": "Close the connection in the middle of the next picture.",
    "slow": "Send no faster than this (bytes_per_s=2000).",
    "refuse": "Accept no password any more, as after it was changed; running streams go on.",
    "admit": "Accept the password again.",
}


class RtspCameraSimulator(MjpegCameraSimulator):
    """A simulated camera (:class:`drivers.simulation.Simulator`) that shows the same scenes as
    :class:`MjpegCameraSimulator`. Pictures' sides are multiples of 8; ``password``: a random one if
    not given."""

    def __init__(
        self,
        scenes: Mapping[str, Scene] | None = None,
        width: int = 640,
        height: int = 480,
        fps: float = 25.0,
        password: str = "",
    ) -> None:
        self._password = password or secrets.token_urlsafe(9)
        self._refusing = False
        self._refusals = 0
        self._bytes_per_s = 0.0
        self._cutting = False
        self._quickened = threading.Event()
        super().__init__(scenes, width, height, fps)

    def _handler(self) -> type[BaseRequestHandler]:
        return handler_for(self, _PATH)

    @property
    def address(self) -> str:
        """``rtsp://user:password@127.0.0.1:port/live``."""
        return f"rtsp://{_USER}:{self._password}@127.0.0.1:{self.port}{_PATH}"

    def commands(self) -> Mapping[str, str]:
        """See :class:`drivers.simulation.Simulator`."""
        return {**super().commands(), **_COMMANDS}

    def state(self) -> Mapping[str, Any]:
        """Also whether passwords are refused, how often, whether the next picture is cut, and the line's
        speed (0: unlimited)."""
        return {
            **super().state(),
            "refusing": self._refusing,
            "refusals": self._refusals,
            "cutting": self._cutting,
            "bytes_per_s": self._bytes_per_s,
        }

    def _cut_mid_frame(self) -> None:
        self._cutting = True

    def _slow(self, bytes_per_s: float = 2000.0) -> None:
        self._quickened.clear()
        self._bytes_per_s = bytes_per_s

    def _refuse(self) -> None:
        self._refusing = True

    def _admit(self) -> None:
        self._refusing = False

    def _resume(self) -> None:
        self._bytes_per_s, self._cutting, self._refusing = 0.0, False, False
        self._quickened.set()
        super()._resume()

    def _off(self) -> None:
        self._quickened.set()
        super()._off()

    def admits(self, answer: Mapping[str, str], nonce: str, method: str) -> bool:
        """See :class:`drivers.camera.rtsp_server.Stream`."""
        expected = digest_response(_USER, self._password, answer, nonce, method)
        if not self._refusing and answer.get("username") == _USER and matches(answer, expected):
            return True
        self._refusals += bool(answer)
        return False

    def on_line(self, packet: bytes, *, last: bool) -> None:
        """See :class:`drivers.camera.rtsp_server.Stream`."""
        if last and self._cutting:
            self._cutting = False
            raise ConnectionAbortedError
        if self._bytes_per_s:
            self._quickened.wait(len(packet) / self._bytes_per_s)
