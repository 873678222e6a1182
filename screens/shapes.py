"""Values as people type and read them, and as they are kept: ``139 0000 0012`` and ``13900000012``.

A *kind* is a form field's ``widget``. Kinds without a shape of their own pass through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_GROUPS: Mapping[str, tuple[int, ...]] = {
    "phone": (3, 4, 4),
    "id_number": (6, 4, 4, 4),
    "company_code": (4, 4, 4, 4, 2),
    "bank_card": (4, 4, 4, 4, 3),
}
_LANDLINE_DIGITS = 12
_AMOUNT_DIGITS = 12


def plain(kind: str, text: str) -> str:
    """What is kept of a typed line; never fails, and what it kept it keeps again."""
    shape = _PLAIN.get(kind)
    return shape(text) if shape else text


def grouped(kind: str, value: str) -> str:
    """What stands in the line for a kept value."""
    if kind == "amount":
        whole, dot, cents = value.partition(".")
        return (f"{int(whole):,}" if whole else "") + dot + cents
    sizes = _GROUPS.get(kind, ())
    if kind == "phone" and not value.startswith("1"):
        return value  # a landline: area codes have three or four digits
    groups: list[str] = []
    for size in sizes:
        if value:
            groups.append(value[:size])
            value = value[size:]
    return " ".join([*groups, value] if value else groups)


def _digits(text: str, most: int) -> str:
    return re.sub(r"[^0-9]", "", text)[:most]


def _phone(text: str) -> str:
    digits = _digits(text, _LANDLINE_DIGITS)
    return digits[:11] if digits.startswith("1") else digits


def _id_number(text: str) -> str:
    """Seventeen digits and a digit or X; elsewhere X has no place."""
    kept = re.sub(r"[^0-9X]", "", text.upper())[:18]
    return kept[:17].replace("X", "") + kept[17:] if len(kept) > 17 else kept.replace("X", "")


def _company_code(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())[:18]


def _amount(text: str) -> str:
    """Yuan: one point, two decimals, no zeros before the first digit but one."""
    whole, dot, cents = re.sub(r"[^0-9.]", "", text).partition(".")
    whole = whole[:_AMOUNT_DIGITS].lstrip("0") or ("0" if whole else "")
    return (whole or ("0" if dot else "")) + dot + cents.replace(".", "")[:2]


def _dated(*widths: int) -> Callable[[str], str]:
    """``19580321`` and ``1958年3月21日`` → ``1958-03-21``: hyphens come by themselves."""

    def shape(text: str) -> str:
        parts = [""]
        for char in text:
            width = widths[len(parts) - 1]
            if "0" <= char <= "9":
                if len(parts[-1]) == width and len(parts) == len(widths):
                    break
                if len(parts[-1]) == width:
                    parts.append("")
                parts[-1] += char
            elif parts[-1] and len(parts) < len(widths) and (len(parts) > 1 or len(parts[0]) == 4):
                parts[-1] = parts[-1].zfill(2)
                parts.append("")
        return "-".join(parts)

    return shape


_PLAIN: Mapping[str, Callable[[str], str]] = {
    "phone": _phone,
    "number": lambda text: _digits(text, 200),
    "bank_card": lambda text: _digits(text, 19),
    "id_number": _id_number,
    "company_code": _company_code,
    "amount": _amount,
    "date": _dated(4, 2, 2),
    "month": _dated(4, 2),
}
