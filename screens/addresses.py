"""Addresses as one text: divisions from the city down, then street and number.

``广东省汕头市龙湖区金霞街道珠池路8号`` ↔ (``440507001``, ``珠池路8号``). The text is Chinese whatever
language the person reads; the places come from a tree that has no districts where a city has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from config.catalogue import Level
from config.divisions import Division

PROVINCE = "广东省"
"""Of all nine cities."""

Below = Callable[[str], Sequence[Division]]
"""The divisions directly below a code; "" gives the cities."""


def lineage(code: str, find: Callable[[str], Division | None]) -> list[Division]:
    """From the city down to the division itself; empty for an unknown code."""
    line: list[Division] = []
    division = find(code) if code else None
    while division is not None:
        line.insert(0, division)
        division = find(division.parent) if division.parent else None
    return line


def region_text(line: Sequence[Division]) -> str:
    """As it is written before the street; "" for no region."""
    return PROVINCE + "".join(division.name.zh for division in line) if line else ""


def read(text: str, below: Below) -> tuple[str, str]:
    """The deepest division that the text begins with, and what follows it."""
    rest = text.removeprefix(PROVINCE)
    code = ""
    while True:
        fitting = [d for d in below(code) if rest.startswith(d.name.zh)]
        if not fitting:
            return (code, rest) if code else ("", text)
        found = max(fitting, key=lambda d: len(d.name.zh))
        code, rest = found.code, rest[len(found.name.zh) :]


def deep_enough(line: Sequence[Division], below: Below) -> bool:
    """Is a street of this region one place? From the town on, or where nothing lies below."""
    return bool(line) and (
        line[-1].level in (Level.TOWN, Level.VILLAGE) or not below(line[-1].code)
    )


def completions(typed: str, within: str, below: Below, most: int = 3) -> list[Division]:
    """Places under ``within`` whose name begins with what was typed so far or has begun in it, the
    highest first. Two characters at least: one fits too many."""
    typed = typed.strip()
    if len(typed) < 2:
        return []
    found: list[Division] = []
    for division in all_below(within, below):
        name = division.name.zh
        if name.startswith(typed) or typed.startswith(name):
            found.append(division)
            if len(found) == most:
                break
    return found


def all_below(code: str, below: Below) -> Iterator[Division]:
    """Every place under a code, breadth first, so that a town comes before the villages of all towns."""
    level = list(below(code))
    while level:
        yield from level
        level = [division for above in level for division in below(above.code)]


def without(typed: str, name: str) -> str:
    """What stays in the line after a completion was taken."""
    typed = typed.strip()
    return typed.removeprefix(name) if typed.startswith(name) else ""
