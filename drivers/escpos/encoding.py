"""What is sent to an ESC/POS printer: commands and raster bands.

A receipt is drawn elsewhere and sent as raster, so the paper shows the same glyphs whatever fonts
the printer has. Encoding is our own: a packed 1-bit image needs a header per band and nothing else,
while python-escpos unpacks it into a picture first (docs/devices/escpos.md has the comparison).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from drivers.escpos.columns import LINE_ROWS, columns_of
from drivers.ports import RasterImage

RasterCommand = Literal["gs_v_0", "gs_8_l", "esc_star"]

BLOCK_BYTES = 4096
LEAST_BLANK_ROWS = 24
INITIALISE = b"\x1b@"
FEED_AND_PARTIAL_CUT = b"\x1dVB\x00"
# six text lines: past the head and the tear bar also where GS P does nothing
FEED_TO_TEAR_BAR = b"\x1bd\x06"
ASK_PAPER_IN_ORDER = b"\x1dr\x01"
# lines of columns without a gap; a printer whose unit is smaller feeds by the columns' height
LINE_SPACING_OF_COLUMNS = bytes((0x1B, 0x33, LINE_ROWS))
LINE_SPACING_OF_UNKNOWN_UNITS = bytes((0x1B, 0x33, 16))
LINE_SPACING_AS_USUAL = b"\x1b2"
# bit 1 online/offline, bit 2 errors, bit 3 paper: not the drawer pin, which floats on kiosks
AUTOMATIC_STATUS_ON = b"\x1da\x0e"

_HEADER_BYTES = {"gs_v_0": 8, "gs_8_l": 24, "esc_star": 6}
_MAX_BAND_ROWS = 0xFFFF
_REALTIME_AS_WIDTH = (0x0410, 0x0510)
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


def _raster(rows: bytes, stride: int, command: RasterCommand) -> bytes:
    """One band: GS v 0, or GS 8 L function 112 (store) and GS ( L function 50 (print)."""
    height = (len(rows) // stride).to_bytes(2, "little")
    if command == "gs_v_0":
        return b"\x1dv0\x00" + stride.to_bytes(2, "little") + height + rows
    size = (10 + len(rows)).to_bytes(4, "little")
    width = (stride * 8).to_bytes(2, "little")
    stored = b"\x1d8L" + size + b"\x30\x70\x30\x01\x01\x31" + width + height + rows
    return stored + b"\x1d(L\x02\x00\x30\x32"


def _column_line(rows: bytes, stride: int) -> bytes:
    """ESC * mode 33 for up to :data:`LINE_ROWS` rows, and the line feed that prints them."""
    columns = columns_of(rows, stride)
    count = len(columns) // 3
    if count in _REALTIME_AS_WIDTH:
        # One white column more, beyond the others: the width would read as a real-time command.
        count, columns = count + 1, columns + bytes(3)
    return b"\x1b*!" + count.to_bytes(2, "little") + without_realtime_codes(columns) + b"\n"


def _column_lines(rows: bytes, stride: int, top: int, end: int) -> bytes:
    """Rows ``top`` to ``end``; the last line is filled up with what is below, which is white."""
    size = LINE_ROWS * stride
    starts = range(top * stride, end * stride, size)
    return b"".join(_column_line(rows[start : start + size], stride) for start in starts)


def _column_blocks(rows: bytes, stride: int, block_bytes: int, least_blank: int) -> Iterator[bytes]:
    line_bytes = _HEADER_BYTES["esc_star"] + stride * 8 * 3
    band = max(1, block_bytes // line_bytes) * LINE_ROWS
    feed, printed = b"", 0
    for first, end, blank in _bands(rows, stride, least_blank):
        if blank:
            feed = feed_dots(end - max(first, printed))
            continue
        for top in range(first, end, band):
            bottom = min(top + band, end)
            yield feed + _column_lines(rows, stride, top, bottom)
            feed, printed = b"", top - (top - bottom) // LINE_ROWS * LINE_ROWS
    if feed:
        yield feed


def raster_blocks(
    image: RasterImage,
    block_bytes: int = BLOCK_BYTES,
    *,
    command: RasterCommand = "gs_v_0",
    feeds: bool = True,
) -> Iterator[bytes]:
    """Raster commands of at most ``block_bytes`` each (one row at least, of columns 24), top to bottom.

    White runs of :data:`LEAST_BLANK_ROWS` or more are fed with ESC J instead of sent; a feed goes
    out in one block with the raster after it, over ``block_bytes`` by the feed's few bytes. That
    relies on :func:`motion_units`; with ``feeds`` False they are sent like any other rows.

    Between two blocks the stream is at a command boundary, the only place where a real-time query
    may be sent. :class:`ValueError` if the image's data does not fit its size.
    """
    stride = (image.width + 7) // 8
    least_blank = LEAST_BLANK_ROWS if feeds else image.height + 1
    if command == "esc_star":
        yield from _column_blocks(_checked_rows(image), stride, block_bytes, least_blank)
        return
    rows = without_realtime_codes(_checked_rows(image))
    band = min(max(1, (block_bytes - _HEADER_BYTES[command]) // stride), _MAX_BAND_ROWS)
    feed = b""
    for first, end, blank in _bands(rows, stride, least_blank):
        if blank:
            feed = feed_dots(end - first)
            continue
        for top in range(first, end, band):
            bottom = min(top + band, end)
            yield feed + _raster(rows[top * stride : bottom * stride], stride, command)
            feed = b""
    if feed:
        yield feed
