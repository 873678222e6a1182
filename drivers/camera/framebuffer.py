"""The newest camera frame in shared memory: one writer in the device host, readers elsewhere.

The block is a file of the memory file system ``/dev/shm``, which is what POSIX shared memory is on
Linux. ``multiprocessing.shared_memory`` is not used: up to Python 3.12 every *reader* there
registers with the resource tracker, which then removes the block under the writer or complains at
exit. A reader maps the block read-only, so it cannot harm the picture; the file is readable by the
terminal's own user alone; and the writer's lock on it, which the kernel drops however the writer
ends, tells a living block from an abandoned one.

Layout, all numbers native: a head of 64 bytes (magic, version, width, height, pixel format,
sequence of the newest frame, 0 for none), then two slots used in turn. A slot is 64 bytes (sequence
before, sequence after, monotonic time in ns, CRC-32) and ``height * width * 3`` bytes of BGR, rows
from the top. The writer marks a slot before and after filling it (a seqlock); the CRC makes the
check independent of the processor's memory ordering. With two slots a reader has a whole frame
period to copy.
"""

from __future__ import annotations

import contextlib
import fcntl
import mmap
import os
import secrets
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drivers.ports import FrameBufferInfo

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PREFIX = "citizen-window-frames-"
BGR24 = 1
_DIRECTORY = Path("/dev/shm")  # noqa: S108 - the memory file system itself, never a disk
_MAGIC = 0x4357_4652_414D_4531
_VERSION = 1
_HEAD_WORDS = 8
_SLOT_WORDS = 8
_WORD = 8
_SLOTS = 2
_READ_ATTEMPTS = 5

# Words of the head, and of a slot.
_H_MAGIC, _H_VERSION, _H_WIDTH, _H_HEIGHT, _H_FORMAT, _H_NEWEST = range(6)
_S_BEFORE, _S_AFTER, _S_TIME, _S_CRC = range(4)


@dataclass(frozen=True, slots=True)
class Frame:
    """A complete picture. ``timestamp_ns`` is of the monotonic clock, which all processes share."""

    sequence: int
    timestamp_ns: int
    width: int
    height: int
    pixels: bytes = field(repr=False)

    @property
    def age_s(self) -> float:
        """Seconds since the picture was taken, now."""
        return (time.monotonic_ns() - self.timestamp_ns) / 1e9

    def bgr(self) -> npt.NDArray[np.uint8]:
        """The picture as a read-only array of shape (height, width, 3)."""
        import numpy as np

        return np.frombuffer(self.pixels, np.uint8).reshape(self.height, self.width, 3)


class _Block:
    """The mapped memory and where things are in it."""

    def __init__(self, memory: mmap.mmap, width: int, height: int) -> None:
        self.memory = memory
        self._view = memoryview(memory)
        self._picture = width * height * 3
        self._stride = _slot_stride(width, height)
        self.head = self._view[: _HEAD_WORDS * _WORD].cast("Q")
        self.slots = [self._view[at : at + _SLOT_WORDS * _WORD].cast("Q") for at in self._starts()]
        self.pictures = [
            self._view[at + _SLOT_WORDS * _WORD : at + _SLOT_WORDS * _WORD + self._picture]
            for at in self._starts()
        ]

    def _starts(self) -> list[int]:
        return [_HEAD_WORDS * _WORD + index * self._stride for index in range(_SLOTS)]

    def close(self) -> None:
        for view in (self.head, *self.slots, *self.pictures, self._view):
            view.release()
        self.memory.close()


def _slot_stride(width: int, height: int) -> int:
    return _SLOT_WORDS * _WORD + -(-width * height * 3 // 64) * 64


def _block_size(width: int, height: int) -> int:
    return _HEAD_WORDS * _WORD + _SLOTS * _slot_stride(width, height)


class FrameWriter:
    """Owns the block. Created empty; not thread-safe: one thread writes and closes.

    Raises OSError if ``/dev/shm`` is missing or full.
    """

    def __init__(self, width: int, height: int) -> None:
        if width <= 0 or height <= 0:
            raise ValueError("a frame has a positive size")
        name = PREFIX + secrets.token_hex(8)
        self.info = FrameBufferInfo(name, width, height)
        self._path = _DIRECTORY / name
        self._sequence = 0
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC
        self._file = os.open(self._path, flags, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            size = _block_size(width, height)
            # Reserves the memory now: a full /dev/shm is an error here, not a SIGBUS later.
            os.posix_fallocate(self._file, 0, size)
            self._block: _Block | None = _Block(mmap.mmap(self._file, size), width, height)
        except BaseException:
            os.close(self._file)
            self._path.unlink(missing_ok=True)
            raise
        head = self._block.head
        head[_H_VERSION], head[_H_FORMAT] = _VERSION, BGR24
        head[_H_WIDTH], head[_H_HEIGHT] = width, height
        head[_H_MAGIC] = _MAGIC

    def write(
        self,
        pixels: bytes | bytearray | memoryview,
        timestamp_ns: int | None = None,
        crc: int | None = None,
    ) -> int:
        """Publish a frame of exactly ``height * width * 3`` contiguous bytes; returns its sequence.

        ``timestamp_ns``: when it was taken (monotonic clock), now if None. ``crc``: the pixels'
        CRC-32 if it is known already; it takes longer than the copy.
        """
        if self._block is None:
            raise ValueError("the frame buffer is closed")
        source = memoryview(pixels).cast("B")
        sequence = self._sequence + 1
        index = sequence % _SLOTS
        slot, picture = self._block.slots[index], self._block.pictures[index]
        slot[_S_BEFORE] = sequence
        picture[:] = source
        slot[_S_TIME] = time.monotonic_ns() if timestamp_ns is None else timestamp_ns
        slot[_S_CRC] = zlib.crc32(source) if crc is None else crc
        slot[_S_AFTER] = sequence
        self._block.head[_H_NEWEST] = sequence
        self._sequence = sequence
        return sequence

    def clear(self) -> None:
        """Overwrite the pictures with zeros; readers see no frame until the next one."""
        if self._block is not None:
            _wipe(self._block)

    def close(self) -> None:
        """Wipe and remove the block; safe to call twice. Readers still attached see no frame."""
        if self._block is None:
            return
        self.clear()
        self._block.close()
        self._block = None
        self._path.unlink(missing_ok=True)
        os.close(self._file)


def _wipe(block: _Block) -> None:
    block.head[_H_NEWEST] = 0
    for slot, picture in zip(block.slots, block.pictures, strict=True):
        slot[_S_BEFORE] = 0
        slot[_S_AFTER] = 0
        picture[:] = bytes(len(picture))


class FrameReader:
    """Reads the newest frame of the block ``info`` names. One instance a thread; close it."""

    def __init__(self, info: FrameBufferInfo) -> None:
        _check_name(info.name)
        self.info = info
        self._block: _Block | None = None

    def latest(self, after: int = 0) -> Frame | None:
        """A copy of the newest frame, never a torn one; None if there is none (any more), or it is
        that with sequence ``after``, which costs nothing to find."""
        block = self._block or self._attach()
        if block is None:
            return None
        for _ in range(_READ_ATTEMPTS):
            sequence = block.head[_H_NEWEST]
            if sequence in (0, after):
                return None
            frame = self._copy(block, sequence)
            if frame is not None:
                return frame
        return None

    def _copy(self, block: _Block, sequence: int) -> Frame | None:
        slot, picture = block.slots[sequence % _SLOTS], block.pictures[sequence % _SLOTS]
        if slot[_S_AFTER] != sequence:
            return None
        timestamp, crc = slot[_S_TIME], slot[_S_CRC]
        pixels = bytes(picture)
        if slot[_S_BEFORE] != sequence or zlib.crc32(pixels) != crc:
            return None
        return Frame(sequence, timestamp, self.info.width, self.info.height, pixels)

    def _attach(self) -> _Block | None:
        size = _block_size(self.info.width, self.info.height)
        try:
            file = os.open(_DIRECTORY / self.info.name, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            if os.fstat(file).st_size != size:
                raise ValueError(f"{self.info.name} is not a frame buffer of this size")
            memory = mmap.mmap(file, size, prot=mmap.PROT_READ)
        finally:
            os.close(file)
        block = _Block(memory, self.info.width, self.info.height)
        expected = [_MAGIC, _VERSION, self.info.width, self.info.height, BGR24]
        if list(block.head[:_H_NEWEST]) != expected:
            block.close()
            raise ValueError(f"{self.info.name} is not a frame buffer of this version")
        self._block = block
        return block

    def close(self) -> None:
        """Let go of the memory; safe to call twice."""
        if self._block is not None:
            self._block.close()
            self._block = None

    def __enter__(self) -> FrameReader:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def _check_name(name: str) -> None:
    if not name.startswith(PREFIX) or "/" in name:
        raise ValueError(f"not the name of a frame buffer: {name!r}")


def unlink_stale(name: str) -> bool:
    """Wipe and remove the block of a writer that ended without closing it (killed, crashed).

    False, and nothing done, if the block does not exist or its writer is alive.
    """
    _check_name(name)
    path = _DIRECTORY / name
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        size = os.fstat(file).st_size
        os.pwrite(file, bytes(size), 0)
        path.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    return True


def sweep_stale() -> list[str]:
    """:func:`unlink_stale` for every abandoned block of this user; returns the names removed.

    For the supervisor, at its start and after each device host that was killed.
    """
    removed = []
    for path in _DIRECTORY.glob(f"{PREFIX}*"):
        with contextlib.suppress(PermissionError):
            if unlink_stale(path.name):
                removed.append(path.name)
    return removed
