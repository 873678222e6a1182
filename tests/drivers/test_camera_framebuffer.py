"""The shared frame: never torn, gone when the writer stops, cleaned up after a killed writer."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.camera import FrameReader, FrameWriter, sweep_stale, unlink_stale
from drivers.ports import FrameBufferInfo

WIDTH, HEIGHT = 320, 240
SIZE = WIDTH * HEIGHT * 3

# Writes frames whose bytes are all the same until its standard input closes; then closes cleanly.
WRITER = f"""
import sys, threading
from drivers.camera.framebuffer import FrameWriter
writer = FrameWriter({WIDTH}, {HEIGHT})
frames = [bytes([value]) * {SIZE} for value in range(251)]
writer.write(frames[1])
print(writer.info.name, flush=True)
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
number = 1
while not ended.is_set():
    number += 1
    writer.write(frames[number % 251])
writer.close()
"""


def spawn_writer() -> tuple[subprocess.Popen[str], FrameBufferInfo]:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", WRITER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, FrameBufferInfo(process.stdout.readline().strip(), WIDTH, HEIGHT)


@pytest.fixture
def writer() -> Iterator[FrameWriter]:
    writer = FrameWriter(WIDTH, HEIGHT)
    yield writer
    writer.close()


def block(info: FrameBufferInfo) -> Path:
    return Path("/dev/shm") / info.name


def test_reader_gets_what_was_written(writer: FrameWriter) -> None:
    with FrameReader(writer.info) as reader:
        assert reader.latest() is None
        pixels = bytes(range(256)) * (SIZE // 256)
        assert writer.write(pixels, timestamp_ns=5) == 1
        frame = reader.latest()
    assert frame is not None
    assert (frame.sequence, frame.timestamp_ns, frame.pixels) == (1, 5, pixels)
    assert frame.bgr().shape == (HEIGHT, WIDTH, 3)
    assert frame.bgr()[0, 1].tolist() == [3, 4, 5]
    assert frame.age_s > 0
    assert "pixels" not in repr(frame)


def test_frames_from_another_process_are_never_torn() -> None:
    process, info = spawn_writer()
    with FrameReader(info) as reader:
        sequences = []
        while len(sequences) < 300:
            frame = reader.latest()
            if frame is None:  # the writer, running unpaced here, was faster than every attempt
                continue
            assert frame.pixels.count(frame.pixels[0]) == SIZE
            assert frame.pixels[0] == frame.sequence % 251
            sequences.append(frame.sequence)
        assert sequences == sorted(sequences)
        assert sequences[-1] > sequences[0]
        _, errors = process.communicate("", timeout=20)
        assert reader.latest() is None
    assert process.returncode == 0
    # Nothing was said at exit either, by a resource tracker or anyone else.
    assert errors == ""
    assert not block(info).exists()


def test_damaged_slot_is_not_returned(writer: FrameWriter) -> None:
    writer.write(bytes([7]) * SIZE)
    with block(writer.info).open("r+b") as file, FrameReader(writer.info) as reader:
        assert reader.latest() is not None
        file.seek(-SIZE // 2, 2)  # within the second slot, where sequence 1 lies
        file.write(b"\x08")
        file.flush()
        assert reader.latest() is None
        writer.write(bytes([9]) * SIZE)
        frame = reader.latest()
    assert frame is not None
    assert frame.sequence == 2


def test_close_wipes_for_readers_still_attached(writer: FrameWriter) -> None:
    writer.write(b"\xaa" * SIZE)
    with block(writer.info).open("rb") as file, FrameReader(writer.info) as reader:
        assert reader.latest() is not None
        writer.close()
        assert reader.latest() is None
        assert b"\xaa" * 9 not in file.read()  # a slot's time or checksum may hold fewer
    assert not block(writer.info).exists()
    writer.close()
    with pytest.raises(ValueError, match="closed"):
        writer.write(bytes(SIZE))


def test_clear_hides_the_frame_until_the_next(writer: FrameWriter) -> None:
    with FrameReader(writer.info) as reader:
        writer.write(b"\x01" * SIZE)
        writer.clear()
        assert reader.latest() is None
        assert writer.write(b"\x02" * SIZE) == 2
        assert reader.latest() is not None


def test_a_frame_already_seen_is_not_copied_again(writer: FrameWriter) -> None:
    with FrameReader(writer.info) as reader:
        assert reader.latest(0) is None
        writer.write(b"\x01" * SIZE)
        first = reader.latest(0)
        assert first is not None
        assert reader.latest(first.sequence) is None
        writer.write(b"\x02" * SIZE, crc=zlib.crc32(b"\x02" * SIZE))
        second = reader.latest(first.sequence)
        assert second is not None
        assert second.pixels == b"\x02" * SIZE


def test_a_wrong_checksum_hides_the_frame(writer: FrameWriter) -> None:
    with FrameReader(writer.info) as reader:
        writer.write(b"\x01" * SIZE, crc=1)
        assert reader.latest() is None


def test_killed_writer_is_cleaned_up() -> None:
    process, info = spawn_writer()
    with FrameReader(info) as reader:
        while reader.latest() is None:
            assert process.poll() is None
        assert unlink_stale(info.name) is False  # alive
        assert info.name not in sweep_stale()
        process.kill()
        process.communicate(timeout=20)
        assert block(info).exists()
        assert unlink_stale(info.name) is True
        assert reader.latest() is None
    assert not block(info).exists()
    assert unlink_stale(info.name) is False


def test_sweep_finds_what_a_killed_writer_left() -> None:
    process, info = spawn_writer()
    process.kill()
    process.communicate(timeout=20)
    assert info.name in sweep_stale()
    assert not block(info).exists()


def test_block_is_private(writer: FrameWriter) -> None:
    assert block(writer.info).stat().st_mode & 0o777 == 0o600


def test_reader_of_an_absent_block_has_no_frame() -> None:
    with FrameReader(FrameBufferInfo("citizen-window-frames-absent", 16, 16)) as reader:
        assert reader.latest() is None


def test_reader_refuses_other_blocks(writer: FrameWriter) -> None:
    with pytest.raises(ValueError, match="not the name"):
        FrameReader(FrameBufferInfo("../etc/hostname", 16, 16))
    with pytest.raises(ValueError, match="size"):
        FrameReader(FrameBufferInfo(writer.info.name, WIDTH, HEIGHT + 1)).latest()
    with pytest.raises(ValueError, match="version"):
        FrameReader(FrameBufferInfo(writer.info.name, HEIGHT, WIDTH)).latest()


def test_frame_of_a_wrong_size_is_refused(writer: FrameWriter) -> None:
    with pytest.raises(ValueError, match="different"):
        writer.write(bytes(SIZE - 1))
    with FrameReader(writer.info) as reader:
        assert reader.latest() is None
