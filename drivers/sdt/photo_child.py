"""The child process of :func:`drivers.sdt.photo.decode_photo`.

``python -m drivers.sdt.photo_child PARENT [command argument...]`` reads the photo of a card on
standard input and writes 102 x 126 BGR pixels on standard output. Without a command it decodes the
stand-in container; with one, the command makes the picture. Exit status: 0 done, 3 no picture, 4
the command could not be run or failed. It ends with its parent, the process PARENT, however that
ends, and the command ends with it.
"""

from __future__ import annotations

import ctypes
import io
import os
import resource
import signal
import subprocess
import sys
import warnings
from collections.abc import Sequence

from PIL import Image

from drivers.sdt.photo import PHOTO_HEIGHT, PHOTO_WIDTH, WLT_LENGTH, unpack_stand_in_photo

_PR_SET_PDEATHSIG = 1
_MAX_PICTURE = 1 << 20
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP")


def main(parent: int, command: Sequence[str]) -> int:
    """Decode once; returns the exit status."""
    _die_with(parent)
    _keep_off_the_disk()
    wlt = sys.stdin.buffer.read(WLT_LENGTH + 1)
    if len(wlt) > WLT_LENGTH:
        return 3
    if command:
        picture = _run(command, wlt)
        if picture is None:
            return 4
    else:
        picture = unpack_stand_in_photo(wlt)
    pixels = _to_bgr(picture) if picture else None
    if pixels is None:
        return 3
    sys.stdout.buffer.write(pixels)
    sys.stdout.buffer.flush()
    return 0


def _die_with(parent: int) -> None:
    """Nobody would end a decoder that hangs once the terminal is gone."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(3)  # it died before the kernel was told


def _keep_off_the_disk() -> None:
    """No core dumps and no growing files, for this process and the decoder it starts."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _run(command: Sequence[str], wlt: bytes) -> bytes | None:
    """What the decoder wrote; None if it failed or wrote more than any such picture has."""
    parent = os.getpid()
    try:
        decoder = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: _die_with(parent),  # safe: this process has one thread
        )
    except OSError:
        return None
    with decoder:
        if decoder.stdin is None or decoder.stdout is None:
            return None
        try:
            # 1 KiB always fits into the pipe, so this cannot wait for a decoder that never reads.
            decoder.stdin.write(wlt)
            decoder.stdin.close()
        except BrokenPipeError:
            # It ended without reading; its exit status says whether that was a failure.
            pass
        picture = decoder.stdout.read(_MAX_PICTURE + 1)
        if len(picture) > _MAX_PICTURE:
            decoder.kill()
            return None
    return picture if decoder.returncode == 0 else None


def _to_bgr(picture: bytes) -> bytes | None:
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as image:
            if image.size != (PHOTO_WIDTH, PHOTO_HEIGHT):
                return None
            return image.convert("RGB").tobytes("raw", "BGR")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning):
        # Pillow reports a broken picture by any of these, depending on the format.
        return None


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
