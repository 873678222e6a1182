"""What the portal tells of a person's records, bills and free times, as the visit holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.policy_terms import Fit
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
class FoundPolicy:
    """A published policy and whether it fits what was answered. ``until``: its last day (ISO), "" for
    none; ``days_left`` to it. ``against`` and ``open``: the questions whose answers rule it out, or
    would decide."""

    code: str
    fit: Fit
    name: Text
    gives: Text
    authority: Text
    basis: str
    until: str
    automatic: bool
    open: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    days_left: int | None = None


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
    policies: tuple[FoundPolicy, ...] = field(default=(), repr=False)
