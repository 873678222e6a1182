"""What the portal tells of a person's records, bills and free times, as the visit holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.text import Text


@dataclass(frozen=True, slots=True)
class Bill:
    """An amount due; ``amount_fen`` in 0.01 yuan. ``one_of``: what it is an alternative for, "" where it
    stands alone."""

    bill_id: str
    label: Text
    period: str
    amount_fen: int
    due: str
    one_of: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A free appointment."""

    slot_id: str
    date: str
    start: str
    end: str
    free: int
    place: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer table; ``kind``: text, amount (yuan with two decimals), date."""

    key: str
    label: Text
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """What the authority's records say. Personal."""

    title: Text
    as_of: str
    source: Text
    summary: tuple[tuple[Text, str], ...] = field(repr=False)
    columns: tuple[Column, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    bills: tuple[Bill, ...] = field(default=(), repr=False)
