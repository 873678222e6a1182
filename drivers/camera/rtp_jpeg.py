"""JPEG pictures as RTP packets (RFC 2435) interleaved with RTSP on one TCP connection (RFC 2326 10.12).

What a network camera does with its pictures; our side of it is the camera simulator's, the other side
is FFmpeg's. The picture's headers do not travel: the receiver rebuilds them from the size, the kind of
colour sampling and the quantisation tables.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

PAYLOAD_TYPE = 26
CLOCK_HZ = 90_000
_RTP = struct.Struct("!BBHII")
_JPEG = struct.Struct("!IBBBB")
_TABLES = struct.Struct("!BBH")
_INTERLEAVED = struct.Struct("!cBH")
_CHUNK = 1400  # bytes of a picture in one packet
_VERSION = 0x80
_LAST = 0x80
_OWN_TABLES = 255
_LARGEST = 2040

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_DQT, _SOF0, _SOS, _DRI = 0xDB, 0xC0, 0xDA, 0xDD
_SAMPLING = {0x21: 0, 0x22: 1}
"""Type of RFC 2435 by the luminance's sampling factors: 4:2:2, 4:2:0."""


class UnfitJpegError(ValueError):
    """Not a picture that RFC 2435 can carry: baseline, three components, 4:2:2 or 4:2:0, at most
    2040 pixels, sides that are multiples of 8, no restart markers."""


@dataclass(frozen=True, slots=True)
class Jpeg:
    """The parts of a picture that travel. ``kind``: type of RFC 2435; ``tables``: for luminance and
    chrominance, 64 bytes each; ``scan``: the entropy-coded bytes."""

    width: int
    height: int
    kind: int
    tables: bytes
    scan: bytes


def parse(data: bytes) -> Jpeg:
    """Raises :class:`UnfitJpegError`. The Huffman tables must be those of the JPEG standard's annex
    K, as encoders use that do not optimise; this is not looked at."""
    if not (data.startswith(_SOI) and data.endswith(_EOI)):
        raise UnfitJpegError("no whole JPEG")
    tables: dict[int, bytes] = {}
    frame = b""
    at = 2
    while at + 4 <= len(data):
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        body, at = data[at + 4 : at + 2 + length], at + 2 + length
        if marker == _DQT:
            tables |= _tables(body)
        elif marker == _SOF0:
            frame = body
        elif marker == _DRI and any(body):
            raise UnfitJpegError("restart markers")
        elif marker == _SOS:
            return _checked(frame, tables, data[at:-2])
    raise UnfitJpegError("no scan")


def _tables(body: bytes) -> dict[int, bytes]:
    return {body[at]: body[at + 1 : at + 65] for at in range(0, len(body), 65)}


def _checked(frame: bytes, tables: dict[int, bytes], scan: bytes) -> Jpeg:
    if len(frame) != 15 or frame[0] != 8:
        raise UnfitJpegError("not baseline with three components")
    height, width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])
    kind = _SAMPLING.get(frame[7])
    if kind is None or frame[10] != 0x11 or frame[13] != 0x11:
        raise UnfitJpegError("neither 4:2:2 nor 4:2:0")
    if width % 8 or height % 8 or not 0 < max(width, height) <= _LARGEST:
        raise UnfitJpegError("a size that cannot be told")
    chosen = [tables.get(frame[8], b""), tables.get(frame[11], b"")]
    if frame[11] != frame[14] or any(len(table) != 64 for table in chosen):
        raise UnfitJpegError("quantisation tables")
    return Jpeg(width, height, kind, b"".join(chosen), scan)


def packets(jpeg: Jpeg, sequence: int, timestamp: int, source: int) -> Iterator[bytes]:
    """The picture's RTP packets, numbered from ``sequence``."""
    for number, at in enumerate(range(0, len(jpeg.scan), _CHUNK)):
        chunk = jpeg.scan[at : at + _CHUNK]
        last = _LAST if at + _CHUNK >= len(jpeg.scan) else 0
        rtp = _RTP.pack(
            _VERSION,
            last | PAYLOAD_TYPE,
            (sequence + number) & 0xFFFF,
            timestamp & 0xFFFF_FFFF,
            source,
        )
        # The upper eight bits of the first word are type-specific and 0, then the chunk's offset.
        head = _JPEG.pack(at, jpeg.kind, _OWN_TABLES, jpeg.width // 8, jpeg.height // 8)
        tables = _TABLES.pack(0, 0, len(jpeg.tables)) + jpeg.tables if at == 0 else b""
        yield rtp + head + tables + chunk


def interleaved(channel: int, packet: bytes) -> bytes:
    """``packet`` as it travels between the answers of an RTSP connection."""
    return _INTERLEAVED.pack(b"$", channel, len(packet)) + packet
