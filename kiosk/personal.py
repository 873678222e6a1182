"""Personal values: a type that never shows itself, and the one masking function (S10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal text that masks itself wherever it is printed or logged; see :meth:`reveal`."""

    _value: str = field(repr=False)

    def reveal(self) -> str:
        """The value itself: only for the portal's sealed request, the printer and the hold-to-show."""
        return self._value

    def __str__(self) -> str:
        return "•••"

    def __repr__(self) -> str:
        return "Personal(•••)"

    def __bool__(self) -> bool:
        return bool(self._value)


def mask_number(number: str) -> str:
    """ID number with the first 3 and last 4 characters shown (S10)."""
    if len(number) <= 7:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def mask_name(name: str) -> str:
    """Name with its first character hidden (S10): 陈秋实 → *秋实; one character is hidden whole."""
    return "*" + name[1:] if len(name) > 1 else "*" * len(name)


def mask_phone(phone: str) -> str:
    """Phone number with the first 3 and last 4 digits shown."""
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:] if len(phone) > 7 else "*" * len(phone)


@dataclass(frozen=True, slots=True)
class Holder:
    """The person identified in this visit. Personal: wiped at its end.

    ``document_kind`` is a :class:`drivers.ports.IdDocumentKind` value. ``photo`` is a handle into the
    terminal's vault (``""`` if the card held none), never the picture itself.
    """

    document_kind: str
    name: Personal
    number: Personal
    sex: Personal
    nation: Personal
    birth: date | None = field(repr=False)
    address: Personal
    valid_to: date | None = field(repr=False)
    long_term: bool = field(default=False, repr=False)
    photo: str = ""

    @property
    def masked_name(self) -> str:
        """For screens and paper."""
        return mask_name(self.name.reveal())

    @property
    def masked_number(self) -> str:
        """For screens and paper."""
        return mask_number(self.number.reveal())
