"""BER-TLV as EMV and PBOC cards use it (ISO/IEC 7816-4 section 5.2, EMV book 3 annex B).

Strict and bounded: tags of at most three bytes, definite lengths of at most 65535, nesting of at
most eight. A value may hold a card number, so no error quotes one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_LENGTH = 0xFFFF
MAX_DEPTH = 8
_CONSTRUCTED = 0x20


class TlvError(ValueError):
    """Not well-formed; the message says what is wrong, never what the bytes were."""


@dataclass(frozen=True, slots=True)
class Tlv:
    """One data object. ``children``: of a constructed one, whose ``value`` is their encoding."""

    tag: int
    value: bytes = field(repr=False)
    children: tuple[Tlv, ...] = field(default=(), repr=False)

    def find(self, tag: int) -> Tlv | None:
        """The first object with this tag, itself included, depth first."""
        if self.tag == tag:
            return self
        return next((found for child in self.children if (found := child.find(tag))), None)


def parse(data: bytes) -> tuple[Tlv, ...]:
    """The objects in ``data``, all of it. Zero bytes between objects are padding.

    Raises :class:`TlvError`.
    """
    return _parse(data, 0)


def encode(tag: int, value: bytes) -> bytes:
    """One object; :class:`ValueError` if the value is longer than :data:`MAX_LENGTH`."""
    if len(value) > MAX_LENGTH:
        raise ValueError("value too long")
    head = tag.to_bytes(max(1, (tag.bit_length() + 7) // 8), "big")
    if len(value) < 0x80:
        return head + bytes([len(value)]) + value
    size = 1 if len(value) <= 0xFF else 2
    return head + bytes([0x80 | size]) + len(value).to_bytes(size, "big") + value


def _parse(data: bytes, depth: int) -> tuple[Tlv, ...]:
    if depth > MAX_DEPTH:
        raise TlvError("nested too deeply")
    found: list[Tlv] = []
    at = 0
    while at < len(data):
        if data[at] == 0:
            at += 1
            continue
        first = data[at]
        tag, at = _tag(data, at)
        length, at = _length(data, at)
        if length > len(data) - at:
            raise TlvError("value cut short")
        value = data[at : at + length]
        at += length
        children = _parse(value, depth + 1) if first & _CONSTRUCTED else ()
        found.append(Tlv(tag, value, children))
    return tuple(found)


def _tag(data: bytes, at: int) -> tuple[int, int]:
    end = at + 1
    if data[at] & 0x1F == 0x1F:
        while end < len(data) and data[end] & 0x80:
            end += 1
        end += 1
    if end > len(data):
        raise TlvError("tag cut short")
    if end - at > 3:
        raise TlvError("tag too long")
    return int.from_bytes(data[at:end], "big"), end


def _length(data: bytes, at: int) -> tuple[int, int]:
    if at >= len(data):
        raise TlvError("no length")
    first = data[at]
    if first < 0x80:
        return first, at + 1
    size = first & 0x7F
    if size not in (1, 2):
        raise TlvError("indefinite or oversized length")
    if at + 1 + size > len(data):
        raise TlvError("length cut short")
    return int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size
