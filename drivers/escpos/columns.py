"""Rows of dots turned into the columns that ESC * takes, for printers without a raster command."""

from __future__ import annotations

LINE_ROWS = 24
"""Dot rows of one line of columns in ESC * mode 33, three bytes a column."""

_SPREAD = [bytes(byte >> (7 - bit) & 1 for bit in range(8)) for byte in range(256)]


def columns_of(rows: bytes, stride: int) -> bytes:
    """Columns of :data:`LINE_ROWS` dots from left to right, the top dot in each one's first bit.

    ``rows``: at most as many rows, of ``stride`` bytes each; what is missing below is white.
    """
    columns = bytearray(stride * 8 * 3)
    for third in range(3):
        columns[third::3] = _bytes_down(rows[third * 8 * stride : (third + 1) * 8 * stride], stride)
    return bytes(columns)


def _bytes_down(rows: bytes, stride: int) -> bytes:
    """Of eight rows, a byte for each column."""
    # Every dot becomes a byte of 0 or 1; eight such rows, each shifted one further, do not meet.
    whole = 0
    for bit, top in enumerate(range(0, len(rows), stride)):
        dots = b"".join(map(_SPREAD.__getitem__, rows[top : top + stride]))
        whole |= int.from_bytes(dots, "big") << (7 - bit)
    return whole.to_bytes(stride * 8, "big")
