"""Personal values: a type that never shows itself, and the one masking function (S10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn, final


@final
class Personal:
    """A personal text that masks itself wherever it is printed or logged; see :meth:`reveal`.

    Immutable, compared by value. Deliberately no dataclass: ``dataclasses.asdict`` would take it
    apart. It can't be pickled: no visit crosses a process or reaches a file that way.
    """

    __slots__ = ("_value",)
    _value: str

    def __init__(self, value: str) -> None:
        object.__setattr__(self, "_value", value)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError("Personal can't be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("Personal can't be changed")

    def __eq__(self, other: object) -> bool:
        return self._value == other._value if isinstance(other, Personal) else NotImplemented

    def __hash__(self) -> int:
        return hash((Personal, self._value))

    def __copy__(self) -> Personal:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Personal:
        return self

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("personal values are not pickled")

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

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
    """ID number with the first 3 and last 4 characters shown (S10).

    Numbers too short to hide at least half that way (other documents) show less.
    """
    if len(number) <= 7:
        return "*" * len(number)
    if len(number) < 14:
        return "*" * (len(number) - 4) + number[-4:]
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
    terminal's vault (``""`` if the card held none), never the picture itself. ``method``: what the
    person was identified with, in the portal's words (``id_card``, ``qr_code``,
    ``social_security_card``).
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
    method: str = "id_card"

    @property
    def masked_name(self) -> str:
        """For screens and paper."""
        return mask_name(self.name.reveal())

    @property
    def masked_number(self) -> str:
        """For screens and paper."""
        return mask_number(self.number.reveal())
