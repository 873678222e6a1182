"""The 256-byte text record of the card family, in its four layouts.

UTF-16LE, padded with spaces. The character at offset 248 names the layout: space for the resident
card, ``J`` for the residence permit of Hong Kong, Macau and Taiwan residents, ``I`` and ``Y`` for
the 2017 and 2023 permanent residence cards of foreigners. The number never decides: permits
carry numbers that look like a resident's. Sources: docs/devices/sdt.md.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from drivers.ports import IdDocument, IdDocumentKind
from drivers.results import Failure, Ok, Result

RECORD_LENGTH = 256
LONG_TERM = "长期"

_TYPE = (248, 2)
_TYPE_LETTERS = {
    " ": IdDocumentKind.RESIDENT,
    "J": IdDocumentKind.HMT_PERMIT,
    "I": IdDocumentKind.FOREIGNER_2017,
    "Y": IdDocumentKind.FOREIGNER_2023,
}

# One field: where its bytes are. Two stretches when a field is continued elsewhere.
Stretch = tuple[int, int]

_VALIDITY: dict[str, tuple[Stretch, ...]] = {
    "valid_from": ((188, 16),),
    "valid_to": ((204, 16),),
}
_COMMON: dict[str, tuple[Stretch, ...]] = {
    "name": ((0, 30),),
    "sex": ((30, 2),),
    "birth": ((36, 16),),
    "number": ((122, 36),),
    "issuer": ((158, 30),),
    **_VALIDITY,
}

LAYOUTS: dict[IdDocumentKind, dict[str, tuple[Stretch, ...]]] = {
    IdDocumentKind.RESIDENT: {**_COMMON, "nation": ((32, 4),), "address": ((52, 70),)},
    IdDocumentKind.HMT_PERMIT: {
        **_COMMON,
        "address": ((52, 70),),
        "pass_number": ((220, 18),),
        "issue_count": ((238, 4),),
    },
    IdDocumentKind.FOREIGNER_2017: {
        "name_latin": ((0, 120),),
        "sex": ((120, 2),),
        "number": ((122, 30),),
        "country": ((152, 6),),
        "name": ((158, 30),),
        **_VALIDITY,
        "birth": ((220, 16),),
        "issuer": ((240, 8),),
    },
    IdDocumentKind.FOREIGNER_2023: {
        **_COMMON,
        "issue_count": ((32, 4),),
        "name_latin": ((52, 70), (220, 22)),
        "country": ((242, 6),),
        "related_number": ((250, 6),),
    },
}
# Fields without which a record says nothing about a person. Foreigners may have no Chinese name.
_REQUIRED = {
    IdDocumentKind.RESIDENT: ("name", "number"),
    IdDocumentKind.HMT_PERMIT: ("name", "number"),
    IdDocumentKind.FOREIGNER_2017: ("name_latin", "number"),
    IdDocumentKind.FOREIGNER_2023: ("name_latin", "number"),
}


class _FieldError(Exception):
    """A field that cannot be taken as it is; carries its name, never its content."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"field {name}: {why}")


def encode_record(document: IdDocument, type_letter: str | None = None) -> bytes:
    """The record of ``document``, for a simulated card. ``type_letter`` overrides offset 248.

    :class:`ValueError` if a field does not fit or is not part of the layout.
    """
    layout = LAYOUTS[document.kind]
    record = bytearray(" ".encode("utf-16-le") * (RECORD_LENGTH // 2))
    for name, text in _texts(document).items():
        if not text:
            continue
        if name not in layout:
            raise ValueError(f"the {document.kind} layout has no field {name}")
        _put(record, layout[name], text.encode("utf-16-le"), name)
    letter = next(key for key, kind in _TYPE_LETTERS.items() if kind is document.kind)
    _put(record, (_TYPE,), (type_letter or letter).encode("utf-16-le"), "type")
    return bytes(record)


def decode_record(text: bytes, photo: bytes = b"") -> Result[IdDocument]:
    """The document in a text record.

    Failures: ``idcard.unknown_type`` for a letter at offset 248 we do not know;
    ``idcard.unreadable`` for a wrong length, undecodable text, an impossible date or a missing
    name or number. A failure's detail names the field, never what it holds.
    """
    if len(text) != RECORD_LENGTH:
        return Failure("idcard.unreadable", f"record of {len(text)} bytes")
    letter = text[_TYPE[0] : _TYPE[0] + _TYPE[1]].decode("utf-16-le", "replace")
    kind = _TYPE_LETTERS.get(letter)
    if kind is None:
        return Failure("idcard.unknown_type", f"record type U+{ord(letter):04X}")
    try:
        fields = {name: _text(text, name, where) for name, where in LAYOUTS[kind].items()}
        for name in _REQUIRED[kind]:
            if not fields[name]:
                raise _FieldError(name, "blank")
        return Ok(_document(kind, fields, photo))
    except _FieldError as bad:
        return Failure("idcard.unreadable", str(bad))


APPENDED_ADDRESS_LENGTH = 70


def encode_appended_address(text: str) -> bytes:
    """The 70 bytes of an appended address. :class:`ValueError` if it is too long."""
    data = bytearray(" ".encode("utf-16-le") * (APPENDED_ADDRESS_LENGTH // 2))
    _put(data, ((0, APPENDED_ADDRESS_LENGTH),), text.encode("utf-16-le"), "appended_address")
    return bytes(data)


def decode_appended_address(data: bytes) -> Result[str]:
    """The text of an appended address; ``idcard.unreadable`` if it is none, without quoting it."""
    if len(data) != APPENDED_ADDRESS_LENGTH:
        return Failure("idcard.unreadable", f"appended address of {len(data)} bytes")
    try:
        return Ok(_text(data, "appended_address", ((0, APPENDED_ADDRESS_LENGTH),)))
    except _FieldError as bad:
        return Failure("idcard.unreadable", str(bad))


def _document(kind: IdDocumentKind, fields: dict[str, str], photo: bytes) -> IdDocument:
    long_term = fields["valid_to"] == LONG_TERM
    return IdDocument(
        kind=kind,
        name=fields["name"],
        number=fields["number"],
        sex=fields["sex"],
        birth=_date("birth", fields["birth"]),
        valid_from=_date("valid_from", fields["valid_from"]),
        valid_to=None if long_term else _date("valid_to", fields["valid_to"]),
        long_term=long_term,
        nation=fields.get("nation", ""),
        address=fields.get("address", ""),
        issuer=fields["issuer"],
        name_latin=fields.get("name_latin", ""),
        country=fields.get("country", ""),
        pass_number=fields.get("pass_number", ""),
        issue_count=fields.get("issue_count", ""),
        related_number=fields.get("related_number", ""),
        photo=photo,
    )


def _text(record: bytes, name: str, where: tuple[Stretch, ...]) -> str:
    raw = b"".join(record[offset : offset + length] for offset, length in where)
    try:
        # Joined before decoding: a surrogate pair may straddle the two halves of a field.
        text = raw.decode("utf-16-le").rstrip("\0").strip(" \u3000")
    except UnicodeDecodeError:
        raise _FieldError(name, "not UTF-16") from None
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise _FieldError(name, "control character")
    return text


def _date(name: str, text: str) -> date:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise _FieldError(name, "not a date")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise _FieldError(name, "no such day") from None


def _texts(document: IdDocument) -> dict[str, str]:
    return {
        "name": document.name,
        "number": document.number,
        "sex": document.sex,
        "birth": _day(document.birth),
        "valid_from": _day(document.valid_from),
        "valid_to": LONG_TERM if document.long_term else _day(document.valid_to),
        "nation": document.nation,
        "address": document.address,
        "issuer": document.issuer,
        "name_latin": document.name_latin,
        "country": document.country,
        "pass_number": document.pass_number,
        "issue_count": document.issue_count,
        "related_number": document.related_number,
    }


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.year:04}{day.month:02}{day.day:02}"


def _put(record: bytearray, where: tuple[Stretch, ...], raw: bytes, name: str) -> None:
    if len(raw) > sum(length for _, length in where):
        raise ValueError(f"{name} is longer than its field")
    for offset, length in where:
        part, raw = raw[:length], raw[length:]
        record[offset : offset + len(part)] = part
