"""A ring of entries in memory that two processes share: the child writes, the supervisor reads.

Shared memory and not messages, because a recording is wanted most when the child hangs or is dead:
what it wrote before is still there. The memory has no name in any file system, and holds only what
was redacted before.

Layout: ``head`` and ``tail`` (8 bytes each, little-endian), then the ring. Both count bytes since
the beginning; entries lie in [tail, head). An entry is ``length (4) | crc (4) | body``. The writer
moves ``tail`` before it overwrites and ``head`` after it wrote, so a reader that looks at ``tail``
again after copying knows what may be torn; the check sums catch what else could go wrong.
"""

from __future__ import annotations

import mmap
import os
import struct
import weakref
import zlib

from drivers.flight.entry import DIRECTIONS, Entry

RING_BYTES = 256 * 1024
"""About a minute of a reader that looks for a card, an hour of an idle one."""

LARGEST_DATA = 8 * 1024
"""Bytes kept of one entry; what is beyond is elided."""

_HEAD = struct.Struct("<Q")
_HEADER_BYTES = 16
_FRAME = struct.Struct("<II")
_BODY = struct.Struct("<dBI")


class FlightMemory:
    """The ring. One writer; any number of readers, in any process.

    ``inherited``: descriptor of memory made by another process, which is closed here (the mapping
    keeps the memory); None makes fresh memory, with :attr:`descriptor` to pass on.
    """

    def __init__(self, inherited: int | None = None) -> None:
        size = _HEADER_BYTES + RING_BYTES
        if inherited is None:
            self.descriptor = os.memfd_create("flight-recorder", os.MFD_CLOEXEC)
            os.ftruncate(self.descriptor, size)
            self._map = mmap.mmap(self.descriptor, size)
            weakref.finalize(self, os.close, self.descriptor)
        else:
            self.descriptor = -1
            self._map = mmap.mmap(inherited, size)
            os.close(inherited)

    def append(self, entry: Entry) -> None:
        """Write an entry over the oldest ones."""
        data = entry.data[:LARGEST_DATA]
        elided = min(entry.elided + len(entry.data) - len(data), 0xFFFFFFFF)
        body = _BODY.pack(entry.at, DIRECTIONS.index(entry.direction), elided) + data
        record = _FRAME.pack(len(body), zlib.crc32(body)) + body
        head, tail = self._get(0), self._get(8)
        if not self._sound(head, tail):
            tail = head = 0
        end = head + len(record)
        while end - tail > RING_BYTES:
            (length,) = struct.unpack("<I", self._ring(tail, 4))
            tail = min(tail + _FRAME.size + length, head)
        self._set(8, tail)
        self._put(head, record)
        self._set(0, end)

    def read(self) -> tuple[tuple[Entry, ...], int]:
        """The entries, oldest first, and how many bytes of older ones are gone."""
        head, tail = self._get(0), self._get(8)
        if not self._sound(head, tail):
            return (), 0
        copy = self._ring(tail, head - tail)
        kept_from = self._get(8)
        entries = []
        at = max(0, kept_from - tail)
        while at + _FRAME.size <= len(copy):
            length, check = _FRAME.unpack_from(copy, at)
            body = copy[at + _FRAME.size : at + _FRAME.size + length]
            if len(body) != length or zlib.crc32(body) != check:
                break
            if (entry := _entry(body)) is not None:
                entries.append(entry)
            at += _FRAME.size + length
        return tuple(entries), kept_from

    @staticmethod
    def _sound(head: int, tail: int) -> bool:
        return tail <= head <= tail + RING_BYTES

    def _get(self, place: int) -> int:
        return int(_HEAD.unpack_from(self._map, place)[0])

    def _set(self, place: int, value: int) -> None:
        _HEAD.pack_into(self._map, place, value)

    def _ring(self, start: int, count: int) -> bytes:
        at = start % RING_BYTES
        first = min(count, RING_BYTES - at)
        base = _HEADER_BYTES
        return self._map[base + at : base + at + first] + self._map[base : base + count - first]

    def _put(self, start: int, data: bytes) -> None:
        at = start % RING_BYTES
        first = min(len(data), RING_BYTES - at)
        base = _HEADER_BYTES
        self._map[base + at : base + at + first] = data[:first]
        self._map[base : base + len(data) - first] = data[first:]


def _entry(body: bytes) -> Entry | None:
    if len(body) < _BODY.size:
        return None
    at, direction, elided = _BODY.unpack_from(body)
    if direction >= len(DIRECTIONS):
        return None
    return Entry(at, DIRECTIONS[direction], body[_BODY.size :], elided)
