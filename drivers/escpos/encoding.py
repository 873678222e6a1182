"""What is sent to an ESC/POS printer: commands and raster bands.

A receipt is drawn elsewhere and sent as raster, so the paper shows the same glyphs whatever fonts
the printer has. Encoding is our own: a packed 1-bit image needs a header per band and nothing else,
while python-escpos unpacks it into a picture first (docs/devices/escpos.md has the comparison).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drivers.ports import RasterImage

BLOCK_BYTES = 4096
LEAST_BLANK_ROWS = 24
INITIALISE = b"\x1b@"
FEED_AND_PARTIAL_CUT = b"\x1dVB\x00"
ASK_PAPER_IN_ORDER = b"\x1dr\x01"
# bit 1 online/offline, bit 2 errors, bit 3 paper: not the drawer pin, which floats on kiosks
AUTOMATIC_STATUS_ON = b"\x1da\x0e"

_HEADER_BYTES = 8
_MAX_BAND_ROWS = 0xFFFF
# DLE EOT, DLE ENQ and DLE DC4 act even inside raster data (Epson: "real-time commands").
_REALTIME_IN_DATA = re.compile(rb"\x10(?=\x04[\x01-\x08]|\x05[\x00-\x02]|\x14[\x01-\x08])")


def ask_status(query: int) -> bytes:
    """DLE EOT ``query`` (1 printer, 2 offline cause, 3 error cause, 4 paper)."""
    if not 1 <= query <= 4:
        raise ValueError(f"DLE EOT {query} is not one of 1-4")
    return bytes((0x10, 0x04, query))


def ask_process_id(identity: bytes) -> bytes:
    """GS ( H fn 48: the printer answers ``identity`` once everything before it was processed.

    ``identity``: four printable ASCII characters (0x20-0x7E).
    """
    if len(identity) != 4 or any(not 0x20 <= byte <= 0x7E for byte in identity):
        raise ValueError("a process ID is four printable ASCII characters")
    return b"\x1d(H\x06\x00\x30\x30" + identity


def process_id(number: int) -> bytes:
    """A process ID for job ``number``; repeats after 10,000 jobs."""
    return b"%04d" % (number % 10_000)


def feed_dots(dots: int) -> bytes:
    """ESC J: feed ``dots`` dot lines, in as many commands as it takes."""
    whole, rest = divmod(dots, 255)
    return b"\x1bJ\xff" * whole + (bytes((0x1B, 0x4A, rest)) if rest else b"")


def motion_units(dpi: int) -> bytes:
    """GS P: makes one unit of ESC J one dot line. Printers differ in what it is otherwise."""
    return bytes((0x1D, 0x50, dpi, dpi))


def _bands(rows: bytes, stride: int, least_blank: int) -> Iterator[tuple[int, int, bool]]:
    """``(top, end, blank)`` of each band; white runs shorter than ``least_blank`` are not split."""
    height = len(rows) // stride
    white = bytes(stride)
    top = at = 0
    while at < height:
        end = at
        while end < height and rows[end * stride : (end + 1) * stride] == white:
            end += 1
        if end - at >= least_blank:
            if at > top:
                yield top, at, False
            yield at, end, True
            top = end
        at = max(end, at + 1)
    if height > top:
        yield top, height, False


def _checked_rows(image: RasterImage) -> bytes:
    stride = (image.width + 7) // 8
    if image.width <= 0 or image.height <= 0 or len(image.data) != stride * image.height:
        raise ValueError(
            f"raster of {image.width}x{image.height} needs {stride * image.height} bytes, "
            f"got {len(image.data)}"
        )
    spare = stride * 8 - image.width
    if not spare:
        return image.data
    rows = bytearray(image.data)
    for last in range(stride - 1, len(rows), stride):
        rows[last] &= 0xFF << spare & 0xFF
    return bytes(rows)


def without_realtime_codes(rows: bytes) -> bytes:
    """``rows`` with one black dot added wherever raster data would read as a real-time command.

    Such bytes (0x10 0x04 0x01 ...) would make the printer answer, clear its buffer or pulse the
    drawer in the middle of a picture. 0x10 becomes 0x18: a lone dot grows to two, which does not
    show at 203 dpi.
    """
    return _REALTIME_IN_DATA.sub(b"\x18", rows)


def raster_blocks(image: RasterImage, block_bytes: int = BLOCK_BYTES) -> Iterator[bytes]:
    """GS v 0 commands of at most ``block_bytes`` each (one row at least), top to bottom.

    White runs of :data:`LEAST_BLANK_ROWS` or more are fed with ESC J instead of sent; a feed goes
    out in one block with the raster after it, over ``block_bytes`` by the feed's few bytes. That
    relies on :func:`motion_units`.

    Between two blocks the stream is at a command boundary, the only place where a real-time query
    may be sent. :class:`ValueError` if the image's data does not fit its size.
    """
    rows = without_realtime_codes(_checked_rows(image))
    stride = (image.width + 7) // 8
    band = min(max(1, (block_bytes - _HEADER_BYTES) // stride), _MAX_BAND_ROWS)
    feed = b""
    for first, end, blank in _bands(rows, stride, LEAST_BLANK_ROWS):
        if blank:
            feed = feed_dots(end - first)
            continue
        for top in range(first, end, band):
            height = min(band, end - top)
            header = b"\x1dv0\x00" + stride.to_bytes(2, "little") + height.to_bytes(2, "little")
            yield feed + header + rows[top * stride : (top + height) * stride]
            feed = b""
    if feed:
        yield feed
