"""What is printed as pictures for the screen, made of the very data that go to the printer."""

from __future__ import annotations

import io
import logging
import re
import subprocess
from collections.abc import Iterator

from PIL import Image

from drivers.ports import RasterImage

log = logging.getLogger(__name__)

MAX_PAGES = 6
_DPI = 96
_TIMEOUT_S = 5.0
_HEADER = re.compile(rb"P6\s+(\d+)\s+(\d+)\s+255\s")


def slip_picture(image: RasterImage) -> bytes:
    """The slip, dot for dot, as a PNG: black on white."""
    white_is_one = bytes(byte ^ 0xFF for byte in image.data)
    return _png(Image.frombytes("1", (image.width, image.height), white_is_one))


def pdf_pictures(pdf: bytes) -> list[bytes]:
    """The first pages of ``pdf`` as PNGs; none if they can't be drawn here.

    Drawn by Poppler in a process of its own, through pipes: nothing is written to a disk, and a file
    that breaks the drawing breaks nothing else.
    """
    command = ["pdftoppm", "-r", str(_DPI), "-l", str(MAX_PAGES), "-"]
    try:
        drawn = subprocess.run(
            command, input=pdf, capture_output=True, timeout=_TIMEOUT_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.info("proof.not_drawn error=%s", type(error).__name__)
        return []
    return [_png(page) for page in _pages(drawn.stdout)]


def _pages(data: bytes) -> Iterator[Image.Image]:
    """The pictures of a stream of portable pixmaps."""
    at = 0
    while head := _HEADER.match(data, at):
        width, height = int(head[1]), int(head[2])
        at = head.end() + 3 * width * height
        yield Image.frombytes("RGB", (width, height), data[head.end() : at])


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
