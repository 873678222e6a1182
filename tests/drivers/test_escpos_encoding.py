"""Encoder against interpreter, both against python-escpos, and the picture against zxing-cpp."""

from __future__ import annotations

import re
from typing import Any

import pytest
import qrcode
import zxingcpp
from escpos_bench import noise_image
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.escpos import encoding
from drivers.escpos.interpreter import (
    AskInOrder,
    AskProcessId,
    Cut,
    Interpreter,
    Operation,
    Rows,
    SetAutomaticStatus,
    Skipped,
)
from drivers.ports import RasterImage

DOTS = 576
REALTIME = re.compile(rb"\x10(\x04[\x01-\x08]|\x05[\x00-\x02]|\x14[\x01-\x08])")


def executed(stream: bytes, dots: int = DOTS, piece: int = 1000) -> list[Operation]:
    interpreter = Interpreter(dots)
    operations: list[Operation] = []
    for at in range(0, len(stream), piece):
        interpreter.feed(stream[at : at + piece])
        while (operation := interpreter.step()) is not None:
            operations.append(operation)
    assert interpreter.pending_bytes == 0
    return [operation for operation in operations if not isinstance(operation, Skipped)]


def rows_of(stream: bytes, dots: int = DOTS, piece: int = 1000) -> bytes:
    return b"".join(op.data for op in executed(stream, dots, piece) if isinstance(op, Rows))


def as_picture(raster: RasterImage) -> Image.Image:
    inverted = bytes(byte ^ 0xFF for byte in raster.data)
    return Image.frombytes("1", (raster.width, raster.height), inverted)


@given(st.integers(1, 576), st.integers(1, 150), st.integers(0, 99), st.integers(1, 700))
def test_raster_survives_encoding_in_any_pieces(
    width: int, height: int, seed: int, piece: int
) -> None:
    image = noise_image(width, height, seed)
    spare = -width % 8
    shown = rows_of(b"".join(encoding.raster_blocks(image)), piece=piece)
    stride = (width + 7) // 8
    sent = bytearray(image.data)
    for last in range(stride - 1, len(sent), stride):
        sent[last] &= 0xFF << spare & 0xFF
    rows = encoding.without_realtime_codes(bytes(sent))  # clearing may leave a 10 before a 04
    for y in range(height):
        row = rows[y * stride : (y + 1) * stride]
        assert shown[y * 72 : (y + 1) * 72] == row.ljust(72, b"\0")


@given(st.integers(0, 99), st.integers(0, 72 * 130 - 9), st.integers(80, 5000))
def test_blocks_are_bounded_and_hold_no_realtime_command(
    seed: int, at: int, block_bytes: int
) -> None:
    data = noise_image(576, 130, seed).data
    spiked = data[:at] + b"\x10\x04\x01\x10\x14\x08\x10\x05\x02" + data[at + 9 :]
    blocks = list(encoding.raster_blocks(RasterImage(576, 130, spiked), block_bytes))
    stream = b"".join(blocks) + encoding.ask_status(1)
    assert max(map(len, blocks)) <= block_bytes
    assert stream.index(b"\x10\x04\x01") == len(stream) - 3
    for code in (b"\x10\x14\x08", b"\x10\x05\x02"):
        assert code not in stream
    rows = b"".join(block[8:] for block in blocks)
    changed = [(a, b) for a, b in zip(spiked, rows, strict=True) if a != b]
    assert changed
    assert set(changed) == {(0x10, 0x18)}


@settings(max_examples=40)
@given(st.integers(1, 200), st.integers(1, 60), st.integers(0, 99), st.booleans())
def test_columns_give_the_rows_they_were_made_of(
    width: int, height: int, seed: int, feeds: bool
) -> None:
    stride = (width + 7) // 8
    noise = noise_image(stride * 8, height, seed)
    gap = bytes(stride * (seed % 60))
    data = noise.data + gap + noise.data
    image = RasterImage(stride * 8, len(data) // stride, data)
    blocks = list(encoding.raster_blocks(image, 512, command="esc_star", feeds=feeds))
    assert max(map(len, blocks)) <= max(512, 9 + 24 * stride + 3)
    shown = rows_of(encoding.LINE_SPACING_OF_COLUMNS + b"".join(blocks), dots=stride * 8)
    expected = data.ljust(len(shown), b"\0")
    # A dot too many where the columns would read as a real-time command, and nothing else.
    differing = [(a, b) for a, b in zip(expected, shown, strict=True) if a != b]
    assert all(a & b == a and (a ^ b).bit_count() == 1 for a, b in differing)
    assert len(differing) <= 1 + len(data) // 5000
    assert len(shown) - len(data) < 24 * stride


@pytest.mark.parametrize("width", [1040, 1296])
def test_no_column_reads_as_a_realtime_command(width: int) -> None:
    """The width of these is 10 04 and 10 05 on the wire; the first column's top byte follows."""
    stride = width // 8
    data = bytearray(noise_image(width, 24).data)
    for row, bits in enumerate((0, 0, 0, 0, 0, 0, 0, 1)):
        data[row * stride] = bits << 7
    for at, column in enumerate((0x10, 0x04, 0x01)):  # the three bytes of column 9
        for bit in range(8):
            row = (at * 8 + bit) * stride + 1
            data[row] = data[row] & 0xBF | (column >> (7 - bit) & 1) << 6
    [block] = encoding.raster_blocks(RasterImage(width, 24, bytes(data)), command="esc_star")
    assert REALTIME.search(block) is None
    shown = rows_of(encoding.LINE_SPACING_OF_COLUMNS + block, dots=width)
    data[4 * stride + 1] |= 0x40  # 10 became 18
    assert shown == bytes(data)


@pytest.mark.parametrize("image", [RasterImage(8, 2, b"1"), RasterImage(0, 1, b"")])
def test_malformed_images_are_refused(image: RasterImage) -> None:
    with pytest.raises(ValueError, match="raster"):
        next(encoding.raster_blocks(image))


def test_command_arguments_are_checked() -> None:
    assert encoding.process_id(123_456) == b"3456"
    for bad in (b"123", b"12\x803", b"12345"):
        with pytest.raises(ValueError, match="process ID"):
            encoding.ask_process_id(bad)
    with pytest.raises(ValueError, match="1-4"):
        encoding.ask_status(5)


def theirs() -> Any:
    """Imported here: it reads a large table of printers, which one worker of the suite needs."""
    from escpos.printer import Dummy

    return Dummy()


@pytest.mark.parametrize("implementation", ["bitImageRaster", "graphics", "bitImageColumn"])
def test_interpreter_agrees_with_python_escpos(implementation: str) -> None:
    image = noise_image(DOTS, 240)
    other = theirs()
    # high density in both directions; python-escpos warns about media without a width
    other.image(as_picture(image), impl=implementation, center=False)
    shown = rows_of(other.output)
    assert shown[: len(image.data)] == image.data
    assert not any(shown[len(image.data) :])


def test_own_encoding_is_as_good_as_python_escpos_and_leaner() -> None:
    image = noise_image(DOTS, 2400)
    own = b"".join(encoding.raster_blocks(image))
    other = theirs()
    other.image(as_picture(image), impl="bitImageRaster", center=False, fragment_height=56)
    assert rows_of(own) == rows_of(other.output) == image.data
    assert len(own) <= len(other.output)


def test_questions_come_out_in_order() -> None:
    stream = (
        encoding.INITIALISE
        + encoding.AUTOMATIC_STATUS_ON
        + encoding.feed_dots(300)
        + encoding.FEED_AND_PARTIAL_CUT
        + encoding.ask_process_id(b"0042")
        + encoding.ASK_PAPER_IN_ORDER
    )
    assert executed(stream, piece=1) == [
        SetAutomaticStatus(0x0E),
        Rows(bytes(72 * 255)),
        Rows(bytes(72 * 45)),
        Cut(0),
        AskProcessId(b"0042"),
        AskInOrder(1),
    ]


@pytest.mark.parametrize(
    "ignored",
    [
        b"\x1c(A\x02\x00\x30\x00",
        b"\x1d(k\x04\x00\x31\x41\x32\x00",
        b"\x1dk\x04ABC\x00",
        b"\x1dkA\x0b01234567890",
        b"\x1bD\x08\x10\x00",
        b"\x1b\x21\x00\x1bt\x00\x1bM\x01\x1b{\x00",
        b"\x10\x04\x01\x10\x05\x02\x10\x14\x01\x00\x05",
        b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08",
        b"\x1d8K\x03\x00\x00\x00abc",
    ],
)
def test_other_commands_are_passed_over_whole(ignored: bytes) -> None:
    assert executed(ignored + encoding.ASK_PAPER_IN_ORDER, piece=1) == [AskInOrder(1)]


def text_rows(line: bytes) -> bytes:
    return rows_of(b"\x1b@" + line)


def test_chinese_text_is_drawn_in_double_cells() -> None:
    chinese = text_rows(b"\x1c&" + "潮汕".encode("gb18030") + b"\n")
    latin = text_rows(b"AB\n")
    rare = text_rows("\U0002caceA".encode("gb18030") + b"\n")
    assert len(chinese) == len(latin) == 72 * 30

    def right_edge(rows: bytes) -> int:
        return max(
            x
            for x in range(DOTS)
            if any(rows[y * 72 + x // 8] >> (7 - x % 8) & 1 for y in range(30))
        )

    assert 24 < right_edge(chinese) < 48
    assert 12 < right_edge(latin) < 24
    assert 24 < right_edge(rare) < 36
    assert right_edge(text_rows(b"\x1c.\xc4\n")) < 12


def test_alignment_size_and_wrapping() -> None:
    assert len(text_rows(b"\x1d!\x11A\n")) == 72 * 48
    assert len(text_rows(b"A" * 49 + b"\n")) == 72 * 60
    centred = text_rows(b"\x1ba\x01A\n")
    assert not any(centred[y * 72 + x] for y in range(30) for x in range(30))
    assert any(centred)
    assert len(text_rows(b"A\x1bd\x03")) == 72 * 90


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_interpreter_takes_anything(pieces: list[bytes]) -> None:
    interpreter = Interpreter(384)
    fed = 0
    for piece in pieces:
        interpreter.feed(piece)
        fed += len(piece)
        while (operation := interpreter.step()) is not None:
            if isinstance(operation, Rows):
                assert len(operation.data) % 48 == 0
                assert len(operation.data) <= 48 * 8000
    assert len(interpreter.take_raw()) + interpreter.pending_bytes == fed


@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.sampled_from([b"\x1b", b"\x1d", b"\x1c", b"\x10"]), st.binary(max_size=9)
            ).map(b"".join),
            st.sampled_from([b"\x1dv0", b"\x1d(L\x0a\x00", b"\x1b*\x21", b"\x1d8L", b"\x1d(H"]),
            st.binary(max_size=30),
        ),
        max_size=30,
    )
)
def test_interpreter_takes_anything_that_looks_like_commands(parts: list[bytes]) -> None:
    interpreter = Interpreter(576)
    stream = b"".join(parts)
    interpreter.feed(stream)
    while (operation := interpreter.step()) is not None:
        assert isinstance(operation, Operation)
    assert len(interpreter.take_raw()) + interpreter.pending_bytes == len(stream)
    interpreter.reset()
    assert interpreter.pending_bytes == 0


def test_printed_qr_code_can_be_scanned() -> None:
    link = "https://example.invalid/receipt/5F2K-7Q"
    code = qrcode.make(link, box_size=6).get_image().convert("1")
    page = Image.new("1", (DOTS, 400), 1)
    page.paste(code, (100, 40))
    data = bytes(byte ^ 0xFF for byte in page.tobytes())
    rows = rows_of(b"".join(encoding.raster_blocks(RasterImage(DOTS, 400, data))))
    paper = as_picture(RasterImage(DOTS, 400, rows)).convert("L")
    [found] = zxingcpp.read_barcodes(paper)
    assert found.text == link


@pytest.mark.parametrize("blank", [23, 24, 300])
def test_white_space_is_fed_and_the_paper_is_the_same(blank: int) -> None:
    stride = DOTS // 8
    data = b"\xaa" * stride * 3 + bytes(stride * blank) + b"\x55" * stride + bytes(stride * blank)
    sent = b"".join(encoding.raster_blocks(RasterImage(DOTS, len(data) // stride, data)))
    assert rows_of(sent) == data
    assert (len(sent) < stride * 10) == (blank >= encoding.LEAST_BLANK_ROWS)
