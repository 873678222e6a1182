"""BER-TLV and card numbers, with whatever bytes a card may send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.smartcard.number import masked_number
from drivers.smartcard.tlv import MAX_DEPTH, Tlv, TlvError, encode, parse


def test_a_directory_entry_is_found_in_its_template() -> None:
    aid = bytes.fromhex("A000000333010101")
    (template,) = parse(encode(0x6F, encode(0xA5, encode(0xBF0C, encode(0x61, encode(0x4F, aid))))))
    assert template.find(0x4F) == Tlv(0x4F, aid)
    assert template.find(0x50) is None


@pytest.mark.parametrize(
    "text", ["5A", "5F", "9FFFFFFF0100", "5A80", "5A83000001", "5A81", "5A0211"]
)
def test_malformed_objects_are_refused(text: str) -> None:
    with pytest.raises(TlvError):
        parse(bytes.fromhex(text))


def test_nesting_is_bounded() -> None:
    data = b""
    for _ in range(MAX_DEPTH + 2):
        data = encode(0x61, data)
    with pytest.raises(TlvError, match="deeply"):
        parse(data)


@given(st.sampled_from((0x5A, 0x9F38, 0x57)), st.binary(max_size=700))
def test_what_is_encoded_is_parsed(tag: int, value: bytes) -> None:
    assert parse(encode(tag, value)) == (Tlv(tag, value),)


@given(st.binary(max_size=400))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    try:
        objects = parse(data)
    except TlvError:
        return
    assert sum(len(item.value) for item in objects) <= len(data)


@pytest.mark.parametrize(
    ("packed", "shown"),
    [
        ("6200000000000005", "620000******0005"),
        ("6200000000000005FFFF", "620000******0005"),
        ("6200000000000006", None),
        ("62000000000000A5", None),
        ("6200", None),
        ("", None),
    ],
)
def test_a_card_number_is_masked_or_refused(packed: str, shown: str | None) -> None:
    assert masked_number(bytes.fromhex(packed)) == shown


def test_no_value_shows_in_a_repr() -> None:
    assert "6200" not in repr(parse(encode(0x5A, bytes.fromhex("6200000000000005"))))
