"""Invented cards for the simulator: nobody's, but with numbers whose check digit holds.

The area code 440599 and the numeric country and region parts were never issued.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from drivers.ports import IdDocument, IdDocumentKind
from drivers.sdt.record import LONG_TERM

_WEIGHTS = tuple(2 ** (17 - position) % 11 for position in range(17))
_CHECK_CHARACTERS = "10X98765432"


def _with_check(first17: str) -> str:
    """The 18-character number: ISO 7064 MOD 11-2, as GB 11643 uses it."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return first17 + _CHECK_CHARACTERS[total % 11]


def _with_wrong_check(first17: str) -> str:
    right = _with_check(first17)[-1]
    return first17 + ("1" if right != "1" else "2")


def _resident(name: str, first17: str, sex: str, **other: Any) -> IdDocument:
    birth = date(int(first17[6:10]), int(first17[10:12]), int(first17[12:14]))
    base = IdDocument(
        kind=IdDocumentKind.RESIDENT,
        name=name,
        number=_with_check(first17),
        sex=sex,
        birth=birth,
        valid_from=date(2021, 3, 8),
        valid_to=date(2041, 3, 8),
        nation="01",
        address="广东省汕头市样例区演示街道一号",
        issuer="汕头市公安局样例分局",
    )
    return replace(base, **other)


_CARDS: dict[str, IdDocument] = {
    "resident": _resident("陈秋实", "44059919880214301", "1"),
    "elder": _resident(
        "李䶮",
        "44059919490612302",
        "2",
        valid_from=date(2010, 6, 12),
        valid_to=None,
        long_term=True,
        address="广东省汕头市样例区鮀岛镇礐石村2号",
    ),
    "rare_name": _resident("𬭎𬱖", "44059919960930303", "1", nation="97"),
    "expired": _resident(
        "周望舒",
        "44059919900101304",
        "2",
        valid_from=date(2009, 5, 1),
        valid_to=date(2019, 5, 1),
    ),
    "wrong_check_digit": _resident(
        "吴校验", "44059919850715305", "1", number=_with_wrong_check("44059919850715305")
    ),
    "hmt_permit": IdDocument(
        kind=IdDocumentKind.HMT_PERMIT,
        name="何样例",
        number=_with_check("81000019920505306"),
        sex="2",
        birth=date(1992, 5, 5),
        valid_from=date(2023, 9, 1),
        valid_to=date(2028, 9, 1),
        address="广东省汕头市样例区演示街道二号",
        issuer="汕头市公安局",
        pass_number="H00000001",  # noqa: S106 (the permit's number, no secret)
        issue_count="01",
    ),
    "foreigner_2017": IdDocument(
        kind=IdDocumentKind.FOREIGNER_2017,
        name="范样例",
        name_latin="SAMPLE, FRANCOISE",
        number="FRA000084020101",
        sex="2",
        birth=date(1984, 2, 1),
        valid_from=date(2022, 10, 20),
        valid_to=date(2032, 10, 20),
        country="FRA",
        issuer="1500",
    ),
    "foreigner_2023": IdDocument(
        kind=IdDocumentKind.FOREIGNER_2023,
        name="欧样例",
        name_latin="SAMPLE, OTTO MAXIMILIAN ALEXANDER VON DEMO",
        number=_with_check("99927619790317307"),
        sex="1",
        birth=date(1979, 3, 17),
        valid_from=date(2024, 1, 15),
        valid_to=date(2034, 1, 15),
        issuer="国家移民管理局",
        country="DEU",
        issue_count="00",
        related_number="001",
    ),
}

DEMO_CARDS: tuple[str, ...] = tuple(_CARDS)
"""Names of the demo cards, as ``lay_card`` and :func:`demo_card` take them."""

_DATES = frozenset({"birth", "valid_from", "valid_to"})
_TEXTS = (
    frozenset(entry.name for entry in fields(IdDocument))
    - _DATES
    - {
        "kind",
        "long_term",
        "photo",
        "fingerprint",
    }
)


def demo_card(name: str, photo: bytes = b"") -> IdDocument:
    """The demo card ``name``, carrying ``photo`` (see :func:`drivers.sdt.pack_stand_in_photo`).

    :class:`KeyError` for a name not in :data:`DEMO_CARDS`.
    """
    return replace(_CARDS[name], photo=photo)


def card_from_fields(values: Mapping[str, Any], photo: bytes = b"") -> IdDocument:
    """A card from a script's or panel's dictionary.

    Keys are the fields of :class:`IdDocument` and ``base`` (a demo card to start from, "resident"
    if left out). Dates are ISO text; ``valid_to`` may be 长期. :class:`ValueError` for a key or
    value that is none.
    """
    changes: dict[str, Any] = {}
    for key, value in values.items():
        if key == "base":
            continue
        if key == "kind":
            changes[key] = IdDocumentKind(value)
        elif key == "valid_to" and value == LONG_TERM:
            changes |= {"valid_to": None, "long_term": True}
        elif key in _DATES:
            changes[key] = date.fromisoformat(str(value))
            if key == "valid_to":
                changes["long_term"] = False
        elif key in _TEXTS:
            changes[key] = str(value)
        else:
            raise ValueError(f"a card has no field {key}")
    base = str(values.get("base", "resident"))
    if base not in _CARDS:
        raise ValueError(f"no demo card {base}; there are: {', '.join(_CARDS)}")
    return replace(_CARDS[base], photo=photo, **changes)
