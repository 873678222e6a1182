"""Live frames for the worker: the newest one only, never a queue."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from drivers.ports import FrameBufferInfo
from kiosk.verification.types import FrameSource

Image = npt.NDArray[np.uint8]


class LiveFrame(Protocol):
    """One frame: BGR pixels, a number that grows with every new frame, and its age in seconds."""

    def bgr(self) -> Image: ...

    @property
    def sequence(self) -> int: ...

    @property
    def age_s(self) -> float: ...


class LatestFrames(Protocol):
    """Something that always knows the newest frame."""

    def latest(self) -> LiveFrame | None:
        """The newest frame, or None while there is none."""
        ...

    def close(self) -> None:
        """Let go of the source; the frame's memory belongs to the camera host."""
        ...


def shared_memory(name: str, width: int, height: int) -> LatestFrames:
    """The camera host's block, by the description :meth:`drivers.ports.Camera.start` returned."""
    framebuffer = import_module("drivers.camera.framebuffer")
    return cast(LatestFrames, framebuffer.FrameReader(FrameBufferInfo(name, width, height)))


def open_source(source: FrameSource) -> LatestFrames:
    """Build the source in the worker; anything its factory raises means no frames are to be had."""
    module, _, attribute = source.factory.partition(":")
    return cast(LatestFrames, getattr(import_module(module), attribute)(**source.options))
