"""Settings of a camera, and what kind of source they name."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}


class SourceKind(StrEnum):
    """Where pictures come from."""

    V4L2 = "v4l2"
    STREAM = "stream"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class CameraOptions:
    """Settings of the adapter.

    ``source``: index of a V4L2 device (0 is ``/dev/video0``), the URL of an MJPEG or RTSP stream,
    or the path of a video file, which is repeated without end. ``width``, ``height``: of the frames
    handed out, pixels; a source of another shape is cropped around its centre. ``fps``: asked of a
    V4L2 device, and the rate of a file that does not know its own. ``mirror``: swap left and right,
    as people expect to see themselves.
    """

    source: str | int
    width: int = 640
    height: int = 480
    fps: float = 25.0
    mirror: bool = False

    @classmethod
    def parse(cls, options: Mapping[str, Any]) -> CameraOptions:
        """From the terminal's configuration. Raises ValueError naming the key at fault."""
        if unknown := sorted(set(options) - set(cls.__dataclass_fields__)):
            raise ValueError(f"unknown option {unknown[0]!r}")
        source = options.get("source")
        if isinstance(source, str) and source.isdecimal():
            source = int(source)
        if isinstance(source, bool) or not isinstance(source, str | int) or source in ("", -1):
            raise ValueError("option 'source' is missing, or neither text nor a device index")
        mirror = options.get("mirror", False)
        if not isinstance(mirror, bool):
            raise ValueError("option 'mirror' is neither true nor false")
        return cls(
            source=source,
            width=int(_number(options, "width", 640, 16, 4096)),
            height=int(_number(options, "height", 480, 16, 4096)),
            fps=_number(options, "fps", 25.0, 1, 120),
            mirror=mirror,
        )

    @property
    def kind(self) -> SourceKind:
        """V4L2 device, stream or file."""
        if isinstance(self.source, int):
            return SourceKind.V4L2
        return SourceKind.STREAM if "://" in self.source else SourceKind.FILE

    def absent(self, timeout_s: float) -> str | None:
        """Why the source cannot be there, or None; looks without opening the camera itself."""
        if isinstance(self.source, int):
            device = f"/dev/video{self.source}"
            return None if os.path.exists(device) else f"{device} does not exist"
        if self.kind is SourceKind.FILE:
            return None if os.path.isfile(self.source) else "the video file does not exist"
        return _unreachable(self.source, timeout_s)


def _number(options: Mapping[str, Any], key: str, default: float, low: float, high: float) -> float:
    value = options.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"option {key!r} is not a number from {low} to {high}")
    return float(value)


def _unreachable(url: str, timeout_s: float) -> str | None:
    parts = urlsplit(url)
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    if parts.hostname is None or port is None:
        return None
    try:
        with socket.create_connection((parts.hostname, port), timeout_s):
            return None
    except OSError as error:
        return f"{type(error).__name__}: no connection to the stream's host"
