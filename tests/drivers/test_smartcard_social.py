"""Records of the social-security card, good and spoilt."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.smartcard.social import (
    LENGTHS,
    SELECT_SSSE,
    RecordError,
    bcd_date,
    gbk_text,
    record_value,
)


def test_the_application_is_selected_by_its_published_name() -> None:
    assert SELECT_SSSE[5:].decode("gbk") == "sx1.sh.社会保障"
    assert SELECT_SSSE[4] == len(SELECT_SSSE) - 5


def test_a_name_is_read_from_its_record() -> None:
    record = bytes([0x09, 0x1E]) + "陈秋实".encode("gbk").ljust(0x1E, b"\0")
    assert gbk_text(0x09, record_value(0x09, record)) == "陈秋实"


def test_a_birth_date_is_read() -> None:
    assert bcd_date(0x0D, record_value(0x0D, bytes.fromhex("0D0419880214"))) == date(1988, 2, 14)


@pytest.mark.parametrize("value", ["1988021A", "19880230", "00000000", "1988"])
def test_an_impossible_date_is_refused(value: str) -> None:
    with pytest.raises(RecordError) as refused:
        bcd_date(0x0D, bytes.fromhex(value))
    assert value not in str(refused.value)


@pytest.mark.parametrize("value", [b"\x81", b"\0\0", b"\x01\x02"])
def test_text_that_is_none_is_refused(value: bytes) -> None:
    with pytest.raises(RecordError):
        gbk_text(0x09, value)


@given(st.sampled_from(sorted(LENGTHS)), st.binary(max_size=40))
def test_any_record_is_read_or_refused(tag: int, record: bytes) -> None:
    try:
        value = record_value(tag, record)
    except RecordError:
        return
    assert len(value) == LENGTHS[tag]
