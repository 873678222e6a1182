"""Status bytes of ESC/POS printers, table by table, and the parser of the mixed stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.adapter import device_status
from drivers.escpos.status import (
    PrinterStatus,
    Reply,
    ReplyKind,
    ReplyParser,
    classify,
    decode_asb,
    decode_paper,
    decode_realtime,
    merge_realtime,
)
from drivers.status import DeviceState, SupplyState

OK_BYTES = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


@pytest.mark.parametrize(
    ("query", "byte", "field"),
    [
        (1, 0x1A, "offline"),
        (1, 0x32, "waiting_for_recovery"),
        (1, 0x52, "feed_button"),
        (2, 0x16, "cover_open"),
        (2, 0x32, "stopped_by_paper_end"),
        (2, 0x52, "error"),
        (3, 0x16, "mechanical_error"),
        (3, 0x1A, "cutter_error"),
        (3, 0x32, "unrecoverable_error"),
        (3, 0x52, "auto_recoverable_error"),
        (4, 0x1E, "paper_near_end"),
        (4, 0x72, "paper_end"),
    ],
)
def test_each_realtime_bit_sets_its_field_alone(query: int, byte: int, field: str) -> None:
    assert decode_realtime({**OK_BYTES, query: byte}) == PrinterStatus(**{field: True})


@pytest.mark.parametrize(
    ("answers", "failure", "device", "paper"),
    [
        ((0x12, 0x12, 0x12, 0x12), None, DeviceState.ONLINE, SupplyState.FULL),
        ((0x12, 0x12, 0x12, 0x1E), None, DeviceState.ONLINE, SupplyState.LOW),
        ((0x1A, 0x32, 0x12, 0x7E), "printer.paper_out", DeviceState.ONLINE, SupplyState.OUT),
        ((0x1A, 0x16, 0x12, 0x12), "printer.cover_open", DeviceState.USER_ERROR, SupplyState.FULL),
        ((0x1A, 0x52, 0x1A, 0x12), "printer.cutter", DeviceState.HARDWARE_ERROR, SupplyState.FULL),
        (
            (0x1A, 0x52, 0x32, 0x12),
            "printer.hardware",
            DeviceState.HARDWARE_ERROR,
            SupplyState.FULL,
        ),
        ((0x1A, 0x52, 0x16, 0x12), "printer.jam", DeviceState.HARDWARE_ERROR, SupplyState.FULL),
        (
            (0x1A, 0x52, 0x52, 0x12),
            "printer.too_hot",
            DeviceState.DEVICE_BUSY,
            SupplyState.FULL,
        ),
        ((0x1A, 0x12, 0x12, 0x12), "device.offline", DeviceState.OFFLINE, SupplyState.FULL),
    ],
)
def test_whole_answers_mean_what_the_tables_say(
    answers: tuple[int, int, int, int],
    failure: str | None,
    device: DeviceState,
    paper: SupplyState,
) -> None:
    status = decode_realtime(dict(enumerate(answers, 1)))
    shown = device_status(status)
    assert (status.failure, shown.device, shown.paper) == (failure, device, paper)
    assert shown.usable is (failure in (None, "printer.too_hot"))


@pytest.mark.parametrize(
    ("block", "field"),
    [
        ("18000000", "offline"),
        ("30000000", "cover_open"),
        ("50000000", "feed_button"),
        ("10010000", "waiting_for_recovery"),
        ("10040000", "mechanical_error"),
        ("10080000", "cutter_error"),
        ("10200000", "unrecoverable_error"),
        ("10400000", "auto_recoverable_error"),
        ("10000300", "paper_near_end"),
        ("10000C00", "paper_end"),
    ],
)
def test_each_automatic_status_bit(block: str, field: str) -> None:
    assert decode_asb(bytes.fromhex(block)) == PrinterStatus(**{field: True})


@pytest.mark.parametrize(
    ("byte", "near", "end"), [(0, 0, 0), (1, 1, 0), (2, 1, 0), (3, 1, 0), (4, 0, 1), (0xC, 0, 1)]
)
def test_paper_sensor_answer(byte: int, near: int, end: int) -> None:
    paper = decode_paper(byte)
    assert (paper.near_end, paper.end) == (bool(near), bool(end))


def test_bytes_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="0x10"):
        merge_realtime(PrinterStatus(), 1, 0x10)
    with pytest.raises(ValueError, match="1-4"):
        merge_realtime(PrinterStatus(), 5, 0x12)
    with pytest.raises(ValueError, match="four bytes"):
        decode_asb(b"\x12\0\0\0")
    with pytest.raises(ValueError, match="GS r"):
        decode_paper(0x12)


def test_every_byte_has_one_kind() -> None:
    for byte in range(256):
        expected = {
            0x12: ReplyKind.REALTIME,
            0x10: ReplyKind.ASB,
        }.get(byte & 0x93, ReplyKind.IN_ORDER if byte & 0x90 == 0 else ReplyKind.NOISE)
        expected = {0x11: ReplyKind.XON, 0x13: ReplyKind.XOFF, 0x37: ReplyKind.PROCESS_ID}.get(
            byte, expected
        )
        assert classify(byte) is expected


REPLIES = st.one_of(
    st.integers(0, 255)
    .filter(lambda b: b & 0x93 == 0x12)
    .map(lambda b: Reply(ReplyKind.REALTIME, bytes((b,)))),
    st.integers(0, 255)
    .filter(lambda b: b & 0x90 == 0)
    .map(lambda b: Reply(ReplyKind.IN_ORDER, bytes((b,)))),
    st.tuples(
        st.sampled_from([0x10, 0x14, 0x18, 0x30, 0x38, 0x7C]),
        *[st.integers(0, 255).filter(lambda b: b & 0x90 == 0)] * 3,
    ).map(lambda b: Reply(ReplyKind.ASB, bytes(b))),
    st.lists(st.integers(0x20, 0x7E), min_size=4, max_size=4).map(
        lambda b: Reply(ReplyKind.PROCESS_ID, bytes(b))
    ),
    st.sampled_from([Reply(ReplyKind.XON, b"\x11"), Reply(ReplyKind.XOFF, b"\x13")]),
)


def wire_form(reply: Reply) -> bytes:
    return b"\x37\x22" + reply.data + b"\0" if reply.kind is ReplyKind.PROCESS_ID else reply.data


@given(st.lists(REPLIES), st.integers(1, 9))
def test_mixed_answers_come_apart_whatever_the_pieces(replies: list[Reply], piece: int) -> None:
    stream = b"".join(map(wire_form, replies))
    parser = ReplyParser()
    parsed: list[Reply] = []
    for at in range(0, len(stream), piece):
        parsed += parser.feed(stream[at : at + piece])
    assert parsed == replies


@given(st.binary(max_size=200))
def test_noise_never_raises_and_nothing_is_kept_for_long(data: bytes) -> None:
    parser = ReplyParser()
    used = sum(len(wire_form(reply)) for reply in parser.feed(data))
    assert 0 <= len(data) - used <= 6
    parser.reset()
    assert parser.feed(b"\x12") == [Reply(ReplyKind.REALTIME, b"\x12")]
