"""Nothing personal is left of an SDT line, and the frames stay as sound or unsound as they were."""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.flight import Entry, Recording, lines
from drivers.ports import IdDocument
from drivers.results import Failure, Ok
from drivers.sdt.cards import DEMO_CARDS, demo_card
from drivers.sdt.frames import (
    PREAMBLE,
    Answer,
    BadFrame,
    CardContent,
    Command,
    FrameDecoder,
    StatusWord,
    encode_answer,
    encode_request,
    pack_content,
    parse_answer,
    unpack_content,
)
from drivers.sdt.record import decode_record, encode_appended_address, encode_record
from drivers.sdt.redaction import SdtRedactor, fill_stream

OK = StatusWord.OK
NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=15)
ADDRESSES = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=6, max_size=35
)
PHOTOS = st.binary(min_size=16, max_size=1024)


@st.composite
def cards(draw: st.DrawFn) -> IdDocument:
    base = demo_card(draw(st.sampled_from(["elder", "wrong_check_digit", "rare_name"])))
    return replace(
        base,
        name=draw(NAMES),
        address=draw(ADDRESSES),
        appended_address=draw(ADDRESSES),
        photo=draw(PHOTOS),
        fingerprint=draw(PHOTOS),
    )


def wire_bytes(card: IdDocument, with_fingerprint: bool) -> bytes:
    content = CardContent(encode_record(card), card.photo, card.fingerprint)
    return encode_answer(Answer(0, 0, OK, pack_content(content, with_fingerprint))) + encode_answer(
        Answer(0, 0, OK, encode_appended_address(card.appended_address))
    )


def personal(card: IdDocument, length: int = 8) -> list[bytes]:
    """Stretches of the card long enough not to be met by chance."""
    texts = [card.name, card.number, card.address, card.appended_address]
    wide = [text.encode("utf-16-le") for text in texts]
    blobs = [card.photo, card.fingerprint]
    return [
        blob[at : at + length]
        for blob in (*wide, *blobs, *(text.encode() for text in texts))
        for at in range(0, len(blob) - length + 1, 2)
        if len(set(blob[at : at + length])) > 3
    ]


def exported(entries: list[Entry]) -> str:
    return "\n".join(lines(Recording("reader", "sdt-serial", 0.0, "", tuple(entries))))


def in_hex(text: str) -> list[bytes]:
    """Every run of hexadecimal digits as the bytes it stands for: in whole bytes, since half a byte
    further on any two small numbers look like a third."""
    return [bytes.fromhex(run) for run in re.findall(r"(?i)(?:[0-9a-f]{2}){8,}", text)]


def assert_clean(entries: list[Entry], card: IdDocument) -> None:
    kept = b"".join(entry.data for entry in entries)
    # The filler is an invented card itself: what it holds tells nothing.
    stand_in = encode_record(demo_card("resident"))
    text = exported(entries)
    shown = in_hex(text)
    for secret in personal(card):
        if secret in stand_in:
            continue
        assert secret not in kept
        assert not any(secret in run for run in shown)
    # Longer ones, so that eight characters are left of which no neighbour has a part.
    for secret in personal(card, 10):
        if secret in stand_in:
            continue
        for lead in range(3):
            coded = base64.b64encode(bytes(lead) + secret).decode()[4:-4]
            assert coded not in text
    for value in (card.name, card.address, card.number):
        assert value not in text
        assert json.dumps(value)[1:-1] not in text


def recorded(stream: bytes, cuts: list[int]) -> list[Entry]:
    redactor = SdtRedactor()
    entries = redactor.take(0.0, "out", encode_request(Command.READ_TEXT_PHOTO))
    edges = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    for number, (start, end) in enumerate(itertools.pairwise(edges)):
        entries += redactor.take(0.01 * number, "in", stream[start:end])
    return entries + redactor.settle()


@pytest.mark.parametrize(
    "leak",
    [
        lambda secret: Entry(0.0, "in", b"\x05" + secret),
        lambda secret: Entry(0.0, "note", secret.hex().upper().encode()),
        lambda secret: Entry(0.0, "note", b"read: " + secret.hex().encode()),
        lambda secret: Entry(0.0, "note", base64.b64encode(b"\x05" + secret)),
    ],
    ids=["bytes", "capitals", "note", "base64"],
)
@pytest.mark.parametrize("part", ["name", "address", "number", "photo"])
def test_the_check_sees_what_leaks(leak: Callable[[bytes], Entry], part: str) -> None:
    card = replace(demo_card("elder"), name="欧阳试一试", photo=bytes(range(64)))
    secret = getattr(card, part)
    kept = leak(secret if part == "photo" else secret.encode("utf-16-le"))
    with pytest.raises(AssertionError):
        assert_clean([kept], card)


def test_the_check_sees_no_secret_across_two_bytes() -> None:
    card = replace(demo_card("elder"), photo=b"\x00\x05\x50\x06" * 4)
    assert_clean([Entry(0.0, "in", b"\x00\x55\x00\x60" * 4)], card)


@given(cards(), st.booleans(), st.lists(st.integers(0, 3000), max_size=12))
@settings(max_examples=40, deadline=None)
def test_a_sound_reading_is_filled(card: IdDocument, fingerprint: bool, cuts: list[int]) -> None:
    stream = wire_bytes(card, fingerprint)
    entries = recorded(stream, cuts)
    assert_clean(entries, card)
    kept = b"".join(entry.data for entry in entries if entry.direction == "in")
    assert len(kept) == len(stream)
    read, address = (_answer(item) for item in FrameDecoder().feed(kept))
    content = unpack_content(read.data, fingerprint)
    assert content is not None
    assert isinstance(decode_record(content.text), Ok)
    assert len(content.photo) == len(card.photo)
    assert not any(content.photo + content.fingerprint + address.data)


def _answer(item: bytes | BadFrame) -> Answer:
    assert isinstance(item, bytes)
    answer = parse_answer(item)
    assert answer is not None
    return answer


@given(
    cards(),
    st.lists(st.tuples(st.integers(0, 4000), st.sampled_from(["flip", "drop", "false"])),
             min_size=1, max_size=6),
    st.lists(st.integers(0, 3000), max_size=6),
)  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_a_damaged_reading_is_filled_too(
    card: IdDocument, damage: list[tuple[int, str]], cuts: list[int]
) -> None:
    stream = bytearray(wire_bytes(card, True))
    for place, kind in damage:
        at = place % len(stream)
        if kind == "flip":
            stream[at] ^= 0x41
        elif kind == "drop":
            del stream[at : at + 3]
        else:
            stream[at:at] = PREAMBLE + b"\x00\x40"
    entries = recorded(bytes(stream), cuts)
    assert_clean(entries, card)


@given(st.binary(max_size=200), st.lists(st.sampled_from([
    PREAMBLE, PREAMBLE[:3], encode_answer(Answer(0, 0, 0x80)),
    encode_answer(Answer(0, 0, OK, bytes(8))), PREAMBLE + b"\x00\x06", b"\xaa\xaa\x96",
]), max_size=6))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_a_filled_stream_has_the_same_frames(noise: bytes, parts: list[bytes]) -> None:
    stream = noise[:100].join([b"", *parts]) + noise[100:]
    before, after = (_outline(data) for data in (stream, fill_stream(stream)))
    assert len(fill_stream(stream)) == len(stream)
    assert after == before


def _outline(data: bytes) -> list[bytes | str]:
    decoder = FrameDecoder()
    items = decoder.feed(data) + decoder.settle()
    return [item.reason if isinstance(item, BadFrame) else item[:3] for item in items]


@pytest.mark.parametrize("name", DEMO_CARDS)
@pytest.mark.parametrize("letter", [None, "?"])
def test_the_filler_is_worth_what_the_record_was(name: str, letter: str | None) -> None:
    record = encode_record(demo_card(name), letter)
    for text in (record, record[:36] + b"x\x00" * 8 + record[52:]):
        frame = encode_answer(Answer(0, 0, OK, pack_content(CardContent(text, bytes(1024)))))
        [item] = FrameDecoder().feed(fill_stream(frame))
        content = unpack_content(_answer(item).data)
        assert content is not None
        was, now = decode_record(text), decode_record(content.text)
        assert type(was) is type(now)
        if isinstance(was, Failure):
            assert isinstance(now, Failure)
            assert was.code == now.code


def test_pieces_keep_their_times_and_a_request_settles_what_was_held() -> None:
    redactor = SdtRedactor()
    answer = encode_answer(Answer(0, 0, OK, bytes(8)))
    assert redactor.take(1.0, "in", answer[:9]) == []
    assert redactor.take(1.1, "in", answer[9:]) == [
        Entry(1.0, "in", answer[:9]),
        Entry(1.1, "in", answer[9:]),
    ]
    assert redactor.take(2.0, "in", answer[:12]) == []
    request = encode_request(Command.FIND_CARD)
    assert redactor.take(2.1, "out", request) == [
        Entry(2.0, "in", answer[:7] + bytes(5)),
        Entry(2.1, "out", request),
    ]
    assert redactor.take(3.0, "out", b"no frame") == [Entry(3.0, "out", b"", 8)]


def test_silence_ends_a_frame_and_babble_is_not_held_for_ever() -> None:
    redactor = SdtRedactor()
    assert redactor.take(1.0, "in", PREAMBLE + b"\x08") == []
    assert len(redactor.take(2.0, "in", b"\x00")) == 2
    held = 0
    for number in range(2000):
        held += 8
        held -= sum(
            len(e.data) for e in redactor.take(3 + number / 1e4, "in", PREAMBLE + b"\x09\x00\xaa")
        )
        assert held < 6000
