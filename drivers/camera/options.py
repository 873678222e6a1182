"""Settings of a camera, and what kind of source they name."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

_DEVICES = "/dev/"
_DEFAULT_PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}


class SourceKind(StrEnum):
    """Where pictures come from."""

    V4L2 = "v4l2"
    STREAM = "stream"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class CameraOptions:
    """Settings of the adapter.

    ``source``: a V4L2 device, by index (0 is ``/dev/video0``) or by a path under ``/dev`` that stays
    the same at the next start (``/dev/v4l/by-path/...``); the URL of an MJPEG or RTSP stream, which
    may hold a password and so is never shown; or the path of a video file, which is repeated without
    end. ``width``, ``height``: of the frames
    handed out, pixels; a source of another shape is cropped around its centre. ``fps``: asked of a
    V4L2 device, and the rate of a file that does not know its own. ``mirror``: swap left and right,
    as people expect to see themselves.
    """

    source: str | int = field(repr=False)
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
        if isinstance(source, str) and "://" in source:
            _check_url(source)
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
        if "://" in self.source:
            return SourceKind.STREAM
        return SourceKind.V4L2 if self.source.startswith(_DEVICES) else SourceKind.FILE

    def absent(self, timeout_s: float) -> str | None:
        """Why the source cannot be there, or None; looks without opening the camera itself."""
        source = f"{_DEVICES}video{self.source}" if isinstance(self.source, int) else self.source
        if self.kind is SourceKind.V4L2:
            return None if os.path.exists(source) else f"{source} does not exist"
        if self.kind is SourceKind.FILE:
            return None if os.path.isfile(source) else "the video file does not exist"
        return _unreachable(source, timeout_s)


def _number(options: Mapping[str, Any], key: str, default: float, low: float, high: float) -> float:
    value = options.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"option {key!r} is not a number from {low} to {high}")
    return float(value)


def _check_url(url: str) -> None:
    """Raises ValueError, without the URL, for one that no stream can have."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError("option 'source': the address of the stream is malformed") from None
    if parts.scheme not in _DEFAULT_PORTS:
        known = ", ".join(_DEFAULT_PORTS)
        raise ValueError(f"option 'source': a stream's address begins with one of {known}")
    if not host or port == 0:
        raise ValueError("option 'source': the address of the stream names no host")


def _unreachable(url: str, timeout_s: float) -> str | None:
    parts = urlsplit(url)
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    try:
        # A name that cannot be encoded for the name service raises UnicodeError.
        with socket.create_connection((parts.hostname or "", port), timeout_s):
            return None
    except (OSError, UnicodeError) as error:
        return f"{type(error).__name__}: no connection to the stream's host"
