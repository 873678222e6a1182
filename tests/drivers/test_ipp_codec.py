"""The IPP encoding: against published bytes, against pyipp, and against anything at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyipp.parser import parse as pyipp_parse
from pyipp.serializer import encode_dict

from drivers.ipp.codec import (
    Attribute,
    Group,
    IppFormatError,
    Message,
    Value,
    decode,
    encode,
)
from drivers.ipp.constants import GroupTag, Operation, ValueTag

# RFC 8010 appendix A.1: the beginning of the Print-Job request, with its job attributes.
PRINT_JOB = (
    bytes.fromhex("0101 0002 00000001 01")
    + b"\x47\x00\x12attributes-charset\x00\x05utf-8"
    + b"\x48\x00\x1battributes-natural-language\x00\x05en-us"
    + b"\x45\x00\x0bprinter-uri\x00\x2cipp://printer.example.com/ipp/print/pinetree"
    + b"\x42\x00\x08job-name\x00\x06foobar"
    + b"\x22\x00\x16ipp-attribute-fidelity\x00\x01\x01"
    + b"\x02\x21\x00\x06copies\x00\x04\x00\x00\x00\x14"
    + b"\x44\x00\x05sides\x00\x13two-sided-long-edge"
    + b"\x03%!PDF..."
)

text = st.text(max_size=20)
names = st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=12)
int32 = st.integers(-(2**31), 2**31 - 1)
simple_values = st.one_of(
    st.builds(Value, st.sampled_from([ValueTag.INTEGER, ValueTag.ENUM]), int32),
    st.builds(Value, st.just(ValueTag.BOOLEAN), st.booleans()),
    st.builds(Value, st.sampled_from([ValueTag.TEXT, ValueTag.KEYWORD, ValueTag.URI]), text),
    st.builds(Value, st.just(ValueTag.RANGE), st.tuples(int32, int32)),
    st.builds(
        Value, st.just(ValueTag.RESOLUTION), st.tuples(int32, int32, st.sampled_from([3, 4]))
    ),
    st.builds(Value, st.just(ValueTag.OCTET_STRING), st.binary(max_size=20)),
    st.builds(Value, st.just(ValueTag.NO_VALUE), st.none()),
)
values = st.recursive(
    simple_values,
    lambda inner: st.builds(
        Value,
        st.just(ValueTag.BEGIN_COLLECTION),
        st.lists(
            st.builds(Attribute, names, st.lists(inner, min_size=1, max_size=2).map(tuple)),
            max_size=3,
        ),
    ),
    max_leaves=6,
)
attributes = st.builds(Attribute, names, st.lists(values, min_size=1, max_size=3).map(tuple))
groups = st.builds(
    Group,
    st.sampled_from([GroupTag.OPERATION, GroupTag.JOB, GroupTag.PRINTER]),
    st.lists(attributes, max_size=4),
)
messages = st.builds(
    Message,
    st.integers(0, 0xFFFF),
    st.integers(0, 2**32 - 1),
    st.lists(groups, max_size=3),
    st.binary(max_size=40),
)


def depth(attribute_list: list[Attribute]) -> int:
    inner = [
        depth(value.content)
        for attribute in attribute_list
        for value in attribute.values
        if value.tag == ValueTag.BEGIN_COLLECTION
    ]
    return 1 + max(inner, default=0)


def test_example_of_the_standard() -> None:
    message = decode(PRINT_JOB)
    assert (message.version, message.code, message.request_id) == ((1, 1), Operation.PRINT_JOB, 1)
    operation, job = message.group(GroupTag.OPERATION), message.group(GroupTag.JOB)
    assert operation.strings("job-name") == ["foobar"]
    assert operation.boolean("ipp-attribute-fidelity") is True
    assert job.integer("copies") == 20
    assert job.strings("sides") == ["two-sided-long-edge"]
    assert message.data == b"%!PDF..."
    assert encode(message) == PRINT_JOB


@settings(max_examples=50)
@given(messages)
def test_what_is_encoded_is_decoded(message: Message) -> None:
    assert decode(encode(message)) == message


@given(st.binary(max_size=120))
def test_any_bytes_are_a_message_or_refused(raw: bytes) -> None:
    try:
        decode(raw)
    except IppFormatError:
        return
    assert len(raw) >= 9


@settings(max_examples=50)
@given(messages, st.data())
def test_a_cut_message_is_refused(message: Message, data: st.DataObject) -> None:
    message.data = b""
    raw = encode(message)
    cut = data.draw(st.integers(0, len(raw) - 1))
    with pytest.raises(IppFormatError):
        decode(raw[:cut])


@settings(max_examples=50)
@given(messages, st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_message_never_crashes_the_decoder(message: Message, at: int, byte: int) -> None:
    raw = bytearray(encode(message))
    raw[at % len(raw)] = byte
    try:
        survivor = decode(bytes(raw))
    except IppFormatError:
        return
    assert isinstance(survivor, Message)


def test_collections_nested_without_end_are_refused() -> None:
    nested: Any = Value(ValueTag.INTEGER, 1)
    for _ in range(9):
        nested = Value(ValueTag.BEGIN_COLLECTION, [Attribute("m", (nested,))])
    group = Group(GroupTag.PRINTER, [Attribute("a", (nested,))])
    with pytest.raises(IppFormatError, match="deeply"):
        decode(encode(Message(0, 1, [group])))
    assert depth(group.attributes) == 10


def test_text_with_language_gives_the_text() -> None:
    content = b"\x00\x05zh-cn" + b"\x00\x06" + "缺纸".encode()
    group = Group(GroupTag.PRINTER).add("a", ValueTag.TEXT_WITH_LANGUAGE, content)
    assert decode(encode(Message(0, 1, [group]))).groups[0].strings("a") == ["缺纸"]
    group = Group(GroupTag.PRINTER).add("a", ValueTag.TEXT_WITH_LANGUAGE, content[:-1])
    with pytest.raises(IppFormatError):
        decode(encode(Message(0, 1, [group])))


def test_values_that_do_not_fit_are_mistakes() -> None:
    for tag, content in (
        (ValueTag.INTEGER, "one"),
        (ValueTag.INTEGER, 2**31),
        (ValueTag.RANGE, (1,)),
        (ValueTag.TEXT, 1),
        (ValueTag.TEXT, "x" * 65536),
    ):
        with pytest.raises(ValueError, match="IPP"):
            encode(Message(0, 1, [Group(GroupTag.JOB).add("a", tag, content)]))


def test_pyipp_reads_our_messages() -> None:
    group = Group(GroupTag.OPERATION).add("attributes-charset", ValueTag.CHARSET, "utf-8")
    job = Group(GroupTag.JOB)
    job.add("job-id", ValueTag.INTEGER, 7).add("job-state", ValueTag.ENUM, 9)
    job.add("job-state-reasons", ValueTag.KEYWORD, "a", "b")
    parsed = pyipp_parse(encode(Message(0, 42, [group, job])))
    assert (parsed["status-code"], parsed["request-id"]) == (0, 42)
    assert parsed["jobs"] == [{"job-id": 7, "job-state": 9, "job-state-reasons": ["a", "b"]}]


def test_we_read_messages_of_pyipp() -> None:
    raw = encode_dict(
        {
            "version": (2, 0),
            "operation": Operation.PRINT_JOB,
            "request-id": 5,
            "operation-attributes-tag": {
                "attributes-charset": "utf-8",
                "requested-attributes": ["job-id", "job-state"],
                "last-document": True,
            },
            "data": b"%PDF",
        }
    )
    message = decode(raw)
    operation = message.group(GroupTag.OPERATION)
    assert operation.strings("requested-attributes") == ["job-id", "job-state"]
    assert operation.boolean("last-document") is True
    assert message.data == b"%PDF"
