"""Model files: read once, hashed, and loaded from exactly the bytes that were hashed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DETECTOR_FILE = "face_detection_short_range.tflite"
DETECTOR_SHA256 = "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633"
LANDMARKS_FILE = "face_landmark.tflite"
LANDMARKS_SHA256 = "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493"

DLIB_RESNET_SHA256 = "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30"
FACEPLUGIN_SHA256 = "87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581"


class ModelError(Exception):
    """A model cannot be used; the text is a reason for the log and the technician."""


def read_pinned(path: Path, sha256: str) -> bytes:
    """The file's bytes, if they are the expected ones; else :class:`ModelError`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"model_missing: {path.name}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256.lower():
        raise ModelError(f"model_hash: {path.name} is {found[:12]}, expected {sha256[:12]}")
    return data


@contextmanager
def as_path(data: bytes) -> Iterator[str]:
    """A path under which exactly ``data`` can be read, for loaders that only take a path.

    dlib has no other loader, and OpenCV 5.0's buffer form for TFLite ignores the engine argument.
    An anonymous memory file keeps anyone from changing the file between hash and load.
    """
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("model", os.MFD_CLOEXEC)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            yield f"/proc/self/fd/{descriptor}"
        return
    with tempfile.TemporaryDirectory() as private:
        path = Path(private) / "model"
        path.write_bytes(data)
        yield str(path)
