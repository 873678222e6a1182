"""The binary encoding of IPP messages (RFC 8010), both directions, requests and answers alike.

A message is a version, an operation or status code, a request id, groups of attributes and the
document data after them. Values keep their tag, because one attribute may mix tags
(``media-supported`` holds keywords and names). Decoding accepts any bytes and either returns a
message or raises :class:`IppFormatError`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from drivers.ipp.constants import GroupTag, ValueTag

MAX_COLLECTION_DEPTH = 8

_HEADER = struct.Struct(">BBHI")
_RESOLUTION = struct.Struct(">iib")
_RANGE = struct.Struct(">ii")


class IppFormatError(ValueError):
    """The bytes are not an IPP message."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: ``tag`` from RFC 8010 section 3.5.2 and the Python form of the content.

    int for integers and enums, bool, str for every text kind, ``(low, high)`` for a range,
    ``(across, down, unit)`` for a resolution, a list of :class:`Attribute` for a collection,
    None for the out-of-band values, bytes for the rest (octetString, dateTime, unknown tags).
    """

    tag: int
    content: Any


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name with one or more values."""

    name: str
    values: tuple[Value, ...]

    @property
    def contents(self) -> list[Any]:
        """The plain contents, out-of-band values left out."""
        return [value.content for value in self.values if value.content is not None]


@dataclass(slots=True)
class Group:
    """An attribute group: operation, job, printer, unsupported."""

    tag: int
    attributes: list[Attribute] = field(default_factory=list)

    def add(self, name: str, tag: int, *contents: Any) -> Group:
        """Append an attribute whose values all have ``tag``; returns itself."""
        self.attributes.append(Attribute(name, tuple(Value(tag, item) for item in contents)))
        return self

    def get(self, name: str) -> list[Any]:
        """The contents of ``name``, empty if absent or out-of-band."""
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute.contents
        return []

    def integer(self, name: str) -> int | None:
        """The first content of ``name`` if it is an integer."""
        for content in self.get(name):
            if isinstance(content, int) and not isinstance(content, bool):
                return content
        return None

    def boolean(self, name: str) -> bool | None:
        """The first content of ``name`` if it is a boolean."""
        for content in self.get(name):
            if isinstance(content, bool):
                return content
        return None

    def strings(self, name: str) -> list[str]:
        """All textual contents of ``name``."""
        return [content for content in self.get(name) if isinstance(content, str)]


@dataclass(slots=True)
class Message:
    """A request (``code`` is the operation) or an answer (``code`` is the status)."""

    code: int
    request_id: int
    groups: list[Group] = field(default_factory=list)
    data: bytes = field(default=b"", repr=False)
    version: tuple[int, int] = (2, 0)

    def group(self, tag: GroupTag) -> Group:
        """The first group with ``tag``, an empty one if there is none."""
        return next(self.all(tag), Group(tag))

    def all(self, tag: GroupTag) -> Iterator[Group]:
        """Every group with ``tag`` (Get-Jobs answers with one per job)."""
        return (group for group in self.groups if group.tag == tag)


def encode(message: Message) -> bytes:
    """The bytes of ``message``; a value that does not fit its tag is a mistake (ValueError)."""
    parts = [_HEADER.pack(*message.version, message.code, message.request_id)]
    for group in message.groups:
        parts.append(bytes([group.tag]))
        for attribute in group.attributes:
            parts.extend(_encode_attribute(attribute))
    parts.append(bytes([GroupTag.END]))
    parts.append(message.data)
    return b"".join(parts)


def _encode_attribute(attribute: Attribute) -> Iterator[bytes]:
    for index, value in enumerate(attribute.values):
        name = attribute.name if index == 0 else ""
        if value.tag == ValueTag.BEGIN_COLLECTION:
            yield _field(value.tag, name, b"")
            yield from _encode_members(value.content)
        else:
            yield _field(value.tag, name, _encode_content(value))


def _encode_members(members: Iterable[Attribute]) -> Iterator[bytes]:
    for member in members:
        yield _field(ValueTag.MEMBER_NAME, "", member.name.encode("utf-8"))
        yield from _encode_attribute(Attribute("", member.values))
    yield _field(ValueTag.END_COLLECTION, "", b"")


def _field(tag: int, name: str, content: bytes) -> bytes:
    encoded = name.encode("utf-8")
    try:
        name_length, length = struct.pack(">H", len(encoded)), struct.pack(">H", len(content))
    except struct.error as error:
        raise ValueError(f"attribute {name!r} is too long for IPP") from error
    return bytes([tag]) + name_length + encoded + length + content


def _encode_content(value: Value) -> bytes:
    tag, content = value.tag, value.content
    if content is None:
        return b""
    try:
        if tag in (ValueTag.INTEGER, ValueTag.ENUM):
            return struct.pack(">i", content)
        if tag == ValueTag.BOOLEAN:
            return b"\x01" if content else b"\x00"
        if tag == ValueTag.RANGE:
            return _RANGE.pack(*content)
        if tag == ValueTag.RESOLUTION:
            return _RESOLUTION.pack(*content)
    except (struct.error, TypeError) as error:
        raise ValueError(f"{content!r} does not fit IPP tag {tag:#04x}") from error
    if isinstance(content, str):
        return content.encode("utf-8")
    if isinstance(content, bytes):
        return content
    raise ValueError(f"{type(content).__name__} does not fit IPP tag {tag:#04x}")


def decode(raw: bytes) -> Message:
    """The message in ``raw``. Raises :class:`IppFormatError` for anything else."""
    try:
        return _Decoder(raw).message()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise IppFormatError(f"malformed IPP message: {error}") from error


class _Decoder:
    """A cursor over the bytes. Slices are checked, so a cut message never yields short values."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    def _take(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._raw):
            raise IppFormatError("message ends inside an attribute")
        taken = self._raw[self._at : end]
        self._at = end
        return taken

    def _length(self) -> int:
        return int.from_bytes(self._take(2), "big")

    def message(self) -> Message:
        major, minor, code, request_id = _HEADER.unpack(self._take(_HEADER.size))
        groups: list[Group] = []
        while (tag := self._take(1)[0]) != GroupTag.END:
            if tag < 0x10:
                groups.append(Group(tag))
            elif not groups:
                raise IppFormatError("attribute before the first group")
            else:
                self._attribute(tag, groups[-1].attributes)
        return Message(code, request_id, groups, self._raw[self._at :], (major, minor))

    def _attribute(self, tag: int, attributes: list[Attribute]) -> None:
        name = self._take(self._length()).decode("utf-8")
        value = self._value(tag, depth=0)
        if name:
            attributes.append(Attribute(name, (value,)))
        elif attributes:
            last = attributes[-1]
            attributes[-1] = Attribute(last.name, (*last.values, value))
        else:
            raise IppFormatError("additional value without an attribute")

    def _value(self, tag: int, depth: int) -> Value:
        content = self._take(self._length())
        if tag == ValueTag.BEGIN_COLLECTION:
            if depth >= MAX_COLLECTION_DEPTH:
                raise IppFormatError("collections nested too deeply")
            return Value(tag, self._members(depth + 1))
        return Value(tag, _decode_content(tag, content))

    def _members(self, depth: int) -> list[Attribute]:
        members: list[Attribute] = []
        while (tag := self._take(1)[0]) != ValueTag.END_COLLECTION:
            if tag < 0x10:
                raise IppFormatError("group inside a collection")
            self._take(self._length())
            if tag == ValueTag.MEMBER_NAME:
                members.append(Attribute(self._take(self._length()).decode("utf-8"), ()))
            elif not members:
                raise IppFormatError("member value without a name")
            else:
                value = self._value(tag, depth)
                members[-1] = Attribute(members[-1].name, (*members[-1].values, value))
        self._take(self._length())
        self._take(self._length())
        return members


def _decode_content(tag: int, content: bytes) -> Any:
    if 0x10 <= tag <= 0x1F:
        return None
    if tag in (ValueTag.INTEGER, ValueTag.ENUM):
        return struct.unpack(">i", content)[0]
    if tag == ValueTag.BOOLEAN:
        return struct.unpack(">?", content)[0]
    if tag == ValueTag.RANGE:
        return _RANGE.unpack(content)
    if tag == ValueTag.RESOLUTION:
        return _RESOLUTION.unpack(content)
    if tag in (ValueTag.TEXT_WITH_LANGUAGE, ValueTag.NAME_WITH_LANGUAGE):
        return _decode_with_language(content)
    if 0x40 <= tag <= 0x5F:
        # Printers do send text in other encodings; a status must not be lost over a label.
        return content.decode("utf-8", "replace")
    return content


def _decode_with_language(content: bytes) -> str:
    language_length = int.from_bytes(content[:2], "big")
    text = content[2 + language_length :]
    if len(text) < 2 or len(text) != 2 + int.from_bytes(text[:2], "big"):
        raise IppFormatError("malformed text with language")
    return text[2:].decode("utf-8", "replace")
