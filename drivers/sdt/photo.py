"""The photo on a card: an opaque WLT stream, decoded by a plug-in in a process of its own.

WLT is proprietary; every decoder known to the public is a vendor's binary. So the stream stays as
it came, and a decoder is a *command* that reads it on standard input and writes a picture (PNG,
JPEG, WebP or BMP, 102x126) on standard output. It runs in a child process with a time limit: a
decoder that hangs or crashes costs nothing but its picture. Core dumps and writing to files are
forbidden to it, because a portrait must not reach the disk.

The built-in decoder knows only the *stand-in* container that simulated cards carry.
"""

from __future__ import annotations

import binascii
import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from drivers.results import Failure, Ok, Result

PHOTO_WIDTH = 102
PHOTO_HEIGHT = 126
WLT_LENGTH = 1024
BGR_LENGTH = PHOTO_WIDTH * PHOTO_HEIGHT * 3

_MAGICS = {b"CWSIMJPG": b"\xff\xd8\xff", b"CWSIMWBP": b"RIFF"}
_HEADER_LENGTH = 8 + 2 + 2
STAND_IN_CAPACITY = WLT_LENGTH - _HEADER_LENGTH
"""The most bytes a stand-in picture may have."""


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """A portrait as rows of blue, green, red bytes, top row first."""

    width: int
    height: int
    bgr: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PhotoDecoder:
    """Which decoder to run. ``command`` is a program with its arguments; empty means built-in."""

    command: tuple[str, ...] = ()


BUILT_IN_DECODER = PhotoDecoder()


def pack_stand_in_photo(image: bytes) -> bytes:
    """The 1,024 bytes a simulated card carries in place of WLT.

    Layout: magic (8 bytes, ``CWSIMJPG`` or ``CWSIMWBP``), length (2, big-endian), CRC-16/XMODEM of
    the picture (2, big-endian), the JPEG or WebP, zeros. :class:`ValueError` if the picture is
    neither or longer than :data:`STAND_IN_CAPACITY`.
    """
    magic = next((key for key, start in _MAGICS.items() if image.startswith(start)), None)
    if magic is None:
        raise ValueError("the stand-in photo must be a JPEG or a WebP")
    if len(image) > STAND_IN_CAPACITY:
        raise ValueError(f"the stand-in photo has {len(image)} of {STAND_IN_CAPACITY} bytes")
    crc = binascii.crc_hqx(image, 0)
    header = magic + len(image).to_bytes(2, "big") + crc.to_bytes(2, "big")
    return (header + image).ljust(WLT_LENGTH, b"\0")


def unpack_stand_in_photo(wlt: bytes) -> bytes | None:
    """The picture in a stand-in container; None for anything else, real WLT included."""
    if len(wlt) != WLT_LENGTH or wlt[:8] not in _MAGICS:
        return None
    length = int.from_bytes(wlt[8:10], "big")
    if length > STAND_IN_CAPACITY:
        return None
    image = wlt[_HEADER_LENGTH : _HEADER_LENGTH + length]
    return image if binascii.crc_hqx(image, 0) == int.from_bytes(wlt[10:12], "big") else None


def decode_photo(
    wlt: bytes, decoder: PhotoDecoder = BUILT_IN_DECODER, timeout_s: float = 5.0
) -> Result[DecodedPhoto]:
    """Decode the photo of a card in a child process, within ``timeout_s`` seconds.

    Failure: ``idcard.photo_undecodable`` for everything that can go wrong (no such command, hung,
    crashed, no picture, wrong size). Blocks: call it off the thread that draws.
    """
    child_of = ["-m", "drivers.sdt.photo_child", str(os.getpid())]
    arguments = [sys.executable, "-B", *child_of, *decoder.command]
    try:
        child = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_child_environment(),
            start_new_session=True,
        )
    except OSError as error:
        return _undecodable(f"decoder did not start: {error.strerror}")
    with child:
        try:
            # The child reads at most WLT_LENGTH + 1 bytes; more would only be refused there.
            output, _ = child.communicate(wlt[: WLT_LENGTH + 1], timeout=timeout_s)
        except subprocess.TimeoutExpired:
            return _undecodable(f"decoder gave nothing within {timeout_s:g} s")
        finally:
            _end_group(child)
    if child.returncode != 0:
        return _undecodable(f"decoder ended with {child.returncode}")
    if len(output) != BGR_LENGTH:
        return _undecodable(f"decoder gave {len(output)} of {BGR_LENGTH} bytes")
    return Ok(DecodedPhoto(PHOTO_WIDTH, PHOTO_HEIGHT, output))


def _undecodable(detail: str) -> Failure:
    return Failure("idcard.photo_undecodable", detail)


def _child_environment() -> dict[str, str]:
    """Ours, with the place this package was imported from first on the module path."""
    root = str(Path(__file__).resolve().parents[2])
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, path] if path else [root])}


def _end_group(child: subprocess.Popen[bytes]) -> None:
    """Kill a child that is still running, with what it started.

    Only while it has not been waited for: after that its number may belong to someone else.
    """
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
