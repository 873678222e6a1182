"""The frame codec: published bytes, and streams cut and soiled at will."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.sdt.frames import (
    MAX_LENGTH,
    PREAMBLE,
    Answer,
    BadFrame,
    CardContent,
    Command,
    FrameDecoder,
    StatusWord,
    encode_answer,
    encode_body,
    encode_request,
    pack_content,
    parse_answer,
    parse_request,
    unpack_content,
)


@pytest.mark.parametrize(
    ("command", "published"),
    [
        (Command.RESET_SAM, "00 03 10 FF EC"),
        (Command.SAM_STATUS, "00 03 11 FF ED"),
        (Command.SAM_NUMBER, "00 03 12 FF EE"),
        (Command.FIND_CARD, "00 03 20 01 22"),
        (Command.SELECT_CARD, "00 03 20 02 21"),
        (Command.READ_TEXT_PHOTO, "00 03 30 01 32"),
        (Command.READ_TEXT_PHOTO_FINGERPRINT, "00 03 30 10 23"),
        (Command.READ_APPENDED_ADDRESS, "00 03 30 03 30"),
        (Command.READ_CHIP_NUMBER, "00 03 30 05 36"),
    ],
)
def test_requests_are_the_published_bytes(command: Command, published: str) -> None:
    frame = encode_request(command)
    assert frame == bytes.fromhex("AAAAAA9669") + bytes.fromhex(published)
    [body] = FrameDecoder().feed(frame)
    assert isinstance(body, bytes)
    assert parse_request(body).command is command


@pytest.mark.parametrize(
    ("answer", "published"),
    [
        (Answer(0, 0, StatusWord.CARD_FOUND, bytes(4)), "0008 00009F 00000000 97"),
        (Answer(0, 0, StatusWord.OK, bytes(8)), "000C 000090 0000000000000000 9C"),
        (Answer(0, 0, StatusWord.NO_CARD), "0004 000080 84"),
    ],
)
def test_answers_are_the_published_bytes(answer: Answer, published: str) -> None:
    frame = bytes.fromhex("AAAAAA9669" + published.replace(" ", ""))
    assert encode_answer(answer) == frame
    [body] = FrameDecoder().feed(frame)
    assert isinstance(body, bytes)
    assert parse_answer(body) == answer


@pytest.mark.parametrize(
    ("features", "length"), [(None, 1295), (1024, 2321), (512, 1809), (0, 1297)]
)
def test_read_answers_have_the_published_length(features: int | None, length: int) -> None:
    content = CardContent(bytes(256), bytes(1024), bytes(features or 0))
    data = pack_content(content, with_fingerprint=features is not None)
    assert len(encode_answer(Answer(0, 0, StatusWord.OK, data))) == length


def test_an_unlisted_status_byte_is_kept_as_a_number() -> None:
    answer = Answer(0, 0, 0x77)
    assert answer.status is None
    assert answer.status_text == "000077 UNLISTED"
    assert parse_request(b"\x77\x01").command is None


def test_repr_shows_no_data() -> None:
    assert "secret" not in repr(Answer(0, 0, 0x90, b"secret"))
    assert "secret" not in repr(CardContent(b"secret", b"secret"))


def test_bodies_outside_the_protocol_are_refused() -> None:
    for body in (b"", b"\x01", bytes(MAX_LENGTH)):
        with pytest.raises(ValueError, match="outside the protocol"):
            encode_body(body)
    assert parse_answer(b"\x00\x01") is None


def test_a_true_frame_inside_a_false_one_is_found() -> None:
    true = encode_answer(Answer(0, 0, StatusWord.NO_CARD))
    decoder = FrameDecoder()
    items = decoder.feed(PREAMBLE + b"\x00\x08\x01" + true)
    assert items[0] == BadFrame("checksum")
    assert items[1:] == [true[7:-1]]


def test_an_impossible_length_does_not_hold_up_the_next_frame() -> None:
    true = encode_answer(Answer(0, 0, StatusWord.NO_CARD))
    assert FrameDecoder().feed(PREAMBLE + b"\xff\xff" + true) == [BadFrame("length"), true[7:-1]]


def test_settle_gives_up_a_cut_frame_and_finds_what_it_hid() -> None:
    true = encode_answer(Answer(0, 0, StatusWord.NO_CARD))
    decoder = FrameDecoder()
    assert decoder.feed(PREAMBLE + b"\x01\x00\x00" + true) == []
    assert decoder.inside_frame
    assert decoder.settle() == [BadFrame("cut"), true[7:-1]]
    assert not decoder.inside_frame
    assert decoder.feed(true) == [true[7:-1]]


def _cut(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in itertools.pairwise(places)]


_bodies = st.binary(min_size=2, max_size=60)
_noise = st.binary(max_size=12).filter(lambda noise: 0xAA not in noise)
_stray = st.sampled_from([b"", b"\xaa", b"\xaa\xaa", b"\xaa" * 7, b"\xaa\xaa\xaa\x96", b"\x96\x69"])


@given(
    st.lists(st.tuples(_noise, _stray, _bodies), max_size=6),
    st.lists(st.integers(0, 2000), max_size=12),
)
def test_frames_survive_fragments_and_noise(
    parts: list[tuple[bytes, bytes, bytes]], cuts: list[int]
) -> None:
    stream = b"".join(noise + stray + encode_body(body) for noise, stray, body in parts)
    decoder = FrameDecoder()
    seen = [item for piece in _cut(stream, cuts) for item in decoder.feed(piece)]
    assert seen == [body for _, _, body in parts]


@given(_bodies, st.integers(0, 10_000), st.integers(1, 255))
def test_one_damaged_byte_never_passes(body: bytes, place: int, flip: int) -> None:
    frame = bytearray(encode_body(body))
    frame[place % len(frame)] ^= flip
    decoder = FrameDecoder()
    items = decoder.feed(bytes(frame)) + decoder.settle()
    assert body not in items


@given(st.lists(st.binary(max_size=40), max_size=20), _bodies)
def test_after_any_garbage_and_silence_a_frame_is_found(garbage: list[bytes], body: bytes) -> None:
    decoder = FrameDecoder()
    for piece in garbage:
        decoder.feed(piece)
    decoder.settle()
    assert decoder.feed(encode_body(body)) == [body]


@given(st.binary(max_size=300))
def test_content_of_any_bytes_never_raises(data: bytes) -> None:
    content = unpack_content(data)
    if content is not None:
        assert pack_content(content) == data
