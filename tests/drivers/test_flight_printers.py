"""What the flight recorder keeps of printers: commands and attributes, never what is printed."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.escpos import encoding
from drivers.escpos.redaction import EscposRedactor
from drivers.flight import Entry
from drivers.ipp.codec import Group, Message, encode
from drivers.ipp.constants import GroupTag, Operation, ValueTag
from drivers.ipp.redaction import IppRedactor
from drivers.ports import RasterImage

PDF = b"%PDF-1.7 an invented name in a document"


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in itertools.pairwise(edges)]


@given(st.binary(min_size=72 * 20, max_size=72 * 20), st.lists(st.integers(0, 9999), max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_receipt_leaves_only_its_commands(rows: bytes, cuts: list[int]) -> None:
    rows = encoding.without_realtime_codes(rows)
    image = RasterImage(576, 20, rows)
    commands = [encoding.INITIALISE, encoding.AUTOMATIC_STATUS_ON]
    ending = [
        encoding.feed_dots(300),
        encoding.FEED_AND_PARTIAL_CUT,
        encoding.ask_process_id(b"0042"),
        encoding.ASK_PAPER_IN_ORDER,
        encoding.ask_status(4),
    ]
    stream = b"".join([*commands, *encoding.raster_blocks(image), *ending])
    redactor = EscposRedactor()
    entries = [
        entry
        for number, piece in enumerate(pieces(stream, cuts))
        for entry in redactor.take(float(number), "out", piece)
    ]
    header = b"\x1dv0\x00" + (72).to_bytes(2, "little") + (20).to_bytes(2, "little")
    assert b"".join(entry.data for entry in entries) == b"".join([*commands, header, *ending])
    assert sum(entry.elided for entry in entries) == len(rows)


@given(st.binary(min_size=72 * 20, max_size=72 * 20), st.lists(st.integers(0, 9999), max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_receipt_by_way_of_the_printers_buffer_leaves_no_dot(
    rows: bytes, cuts: list[int]
) -> None:
    rows = b"\x1dv0\x00" + rows[4:]  # reads as a command, if taken for one
    image = RasterImage(576, 20, encoding.without_realtime_codes(rows))
    stream = b"".join(encoding.raster_blocks(image, command="gs_8_l")) + encoding.FEED_TO_TEAR_BAR
    redactor = EscposRedactor()
    entries = [
        entry
        for number, piece in enumerate(pieces(stream, cuts))
        for entry in redactor.take(float(number), "out", piece)
    ]
    assert b"".join(entry.data for entry in entries) == stream[:17] + encoding.FEED_TO_TEAR_BAR
    assert sum(entry.elided for entry in entries) == len(rows) + 7, "and the command that prints"


@given(st.binary(min_size=72 * 24, max_size=72 * 24), st.lists(st.integers(0, 9999), max_size=20))
@settings(max_examples=30, deadline=None)
def test_a_receipt_sent_as_columns_leaves_no_dot(rows: bytes, cuts: list[int]) -> None:
    image = RasterImage(576, 24, rows)
    begin = encoding.INITIALISE + encoding.LINE_SPACING_OF_COLUMNS
    [line] = encoding.raster_blocks(image, command="esc_star", feeds=False)
    redactor = EscposRedactor()
    entries = [
        entry
        for number, piece in enumerate(pieces(begin + line + encoding.FEED_TO_TEAR_BAR, cuts))
        for entry in redactor.take(float(number), "out", piece)
    ]
    kept = b"".join(entry.data for entry in entries)
    assert kept == begin + b"\x1b*!" + (576).to_bytes(2, "little") + encoding.FEED_TO_TEAR_BAR
    assert sum(entry.elided for entry in entries) == 3 * 576 + 1, "and the line feed"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=30))
def test_printed_text_is_elided(text: str) -> None:
    data = b"\x1c&" + text.encode("gb18030") + b"\n"
    entries = EscposRedactor().take(0.0, "out", data)
    assert all(not entry.data for entry in entries)
    assert sum(entry.elided for entry in entries) == len(data)


def test_answers_are_kept_and_echoes_are_not() -> None:
    redactor = EscposRedactor()
    redactor.take(0.0, "out", encoding.ask_status(1))
    assert redactor.take(0.1, "in", b"\x12") == [Entry(0.1, "in", b"\x12")]
    echoed = redactor.take(0.2, "in", b"an invented name, echoed by a looped-back line" * 3)
    assert sum(len(entry.data) for entry in echoed) <= 15
    assert b"name" not in b"".join(entry.data for entry in echoed)


def test_an_ipp_job_leaves_its_attributes() -> None:
    group = Group(GroupTag.OPERATION)
    group.add("attributes-charset", ValueTag.CHARSET, "utf-8")
    message = Message(Operation.PRINT_JOB, 7, [group], PDF)
    [entry] = IppRedactor().take(1.0, "out", encode(message))
    assert entry.elided == len(PDF)
    assert b"attributes-charset" in entry.data
    assert b"invented" not in entry.data


@given(st.binary(max_size=200))
def test_what_is_no_message_is_elided_or_ends_with_its_document(junk: bytes) -> None:
    [entry] = IppRedactor().take(1.0, "in", b"\x02\x00" + junk)
    assert len(entry.data) + entry.elided == len(junk) + 2
    [whole] = IppRedactor().take(1.0, "in", PDF)
    assert whole == Entry(1.0, "in", b"", len(PDF))


def test_an_answer_in_two_pieces_is_counted_once() -> None:
    redactor = EscposRedactor()
    kept = [*redactor.take(0.0, "in", b"i\x18"), *redactor.take(0.0, "in", b"\0\0\0")]
    assert [(entry.data, entry.elided) for entry in kept] == [(b"", 1), (b"\x18\0\0\0", 0)]
    kept = [*redactor.take(0.0, "in", b"\x18\0"), *redactor.settle()]
    assert [(entry.data, entry.elided) for entry in kept] == [(b"", 2)], "it never became one"
