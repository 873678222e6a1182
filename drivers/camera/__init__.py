"""Cameras, their newest frame in shared memory, and a camera simulator (docs/devices/camera.md)."""

from drivers.camera.adapter import OpenCvCamera
from drivers.camera.framebuffer import Frame, FrameReader, FrameWriter, sweep_stale, unlink_stale
from drivers.camera.options import CameraOptions

__all__ = [
    "CameraOptions",
    "Frame",
    "FrameReader",
    "FrameWriter",
    "OpenCvCamera",
    "sweep_stale",
    "unlink_stale",
]
